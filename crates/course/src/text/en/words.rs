//! Names, reasons and short texts, in English.

use crate::claims::NoteRef;
use crate::text::{Deed, Remark, RuleText, StateText, TestText};
use lab::host::Errno;
use tcp::wire::WireError;
use tcp::{Dispute, DropReason, IcmpKind, SendReason, State, Test, TimerKind};

/// A state: its name, what it waits for, when one meets it.
pub(crate) const fn state(state: State) -> StateText {
    match state {
        State::Closed => StateText {
            name: "closed",
            waits: "There is no connection and no TCB.",
            seen: "It comes before the open and after the last release; no connection list shows it.",
        },
        State::Listen => StateText {
            name: "listening",
            waits: "Waits for a connection request from any remote end.",
            seen: "A server rests here; a connection list has one line for each listening port.",
        },
        State::SynSent => StateText {
            name: "request sent",
            waits: "A connection request was sent; it waits for the peer's `SYN,ACK`.",
            seen: "If it lasts, the `SYN` found no answer: the peer cannot be reached, or a firewall \
                drops it.",
        },
        State::SynReceived => StateText {
            name: "request received",
            waits: "A request was received and a `SYN,ACK` sent; it waits for the third segment.",
            seen: "Normally too brief to catch; in masses it points to a SYN flood or to lost \
                acknowledgements.",
        },
        State::Established => StateText {
            name: "established",
            waits: "Both ends may send data; it waits for data, or for either end to close.",
            seen: "The normal state of a working connection; also what a half-open one looks like, when \
                the other end has crashed unnoticed.",
        },
        State::FinWait1 => StateText {
            name: "FIN sent",
            waits: "Its own `FIN` was sent; it waits for the acknowledgement, or for the peer's `FIN`.",
            seen: "Rarely seen: it lasts one round trip.",
        },
        State::FinWait2 => StateText {
            name: "FIN acknowledged",
            waits: "Its own `FIN` is acknowledged; it waits for the peer's `FIN`. The peer may still have \
                data to send.",
            seen: "Often seen with netstat; the peer's application decides how long it lasts.",
        },
        State::CloseWait => StateText {
            name: "peer has closed",
            waits: "The peer has closed; it waits for the local application to call close().",
            seen: "If it lasts, the application has not closed: it forgot, is busy, or is still sending.",
        },
        State::Closing => StateText {
            name: "closing together",
            waits: "The two `FIN`s crossed; it waits for the acknowledgement of its own.",
            seen: "Rare: it takes both ends to close at nearly the same time.",
        },
        State::LastAck => StateText {
            name: "last acknowledgement",
            waits: "The peer closed first, and its own `FIN` was sent; it waits for the last \
                acknowledgement.",
            seen: "Usually brief; if it lasts, the `FIN` or the last acknowledgement was lost and is \
                being repeated.",
        },
        State::TimeWait => StateText {
            name: "time wait",
            waits: "Both directions are released; it waits 2MSL, until every segment of the connection \
                has died out.",
            seen: "Found on the end that closed first; many of them mean many active closes and are not a \
                fault.",
        },
    }
}

/// A test: the question and its two outcomes.
pub(crate) const fn test(test: Test) -> TestText {
    match test {
        Test::NotRst => TestText { question: "Is it an `RST`?", passed: "no", failed: "yes" },
        Test::HasAck => TestText { question: "Does it have `ACK`?", passed: "yes", failed: "no" },
        Test::NotAck => TestText {
            question: "Does it have `ACK`?",
            passed: "no",
            failed: "yes, but there is nothing to acknowledge here",
        },
        Test::HasSyn => TestText { question: "Does it have `SYN`?", passed: "yes", failed: "no" },
        Test::NotSyn => TestText { question: "Does it have `SYN`?", passed: "no", failed: "yes" },
        Test::HasFin => TestText { question: "Does it have `FIN`?", passed: "yes", failed: "no" },
        Test::BacklogHasRoom => TestText { question: "Has the backlog room?", passed: "yes", failed: "full" },
        Test::AckOfOurSyn => {
            TestText { question: "Does it acknowledge our `SYN`?", passed: "yes", failed: "no" }
        }
        Test::HasTimestamps => TestText {
            question: "Does it carry timestamps, as agreed?",
            passed: "it does",
            failed: "it does not",
        },
        Test::TimestampNotTooOld => TestText {
            question: "Is its timestamp no older than the latest one?",
            passed: "it is not older",
            failed: "it is older",
        },
        Test::InWindow => {
            TestText { question: "Is it inside the receive window?", passed: "inside", failed: "outside" }
        }
        Test::RstExact => TestText {
            question: "Is the number of the `RST` exactly the one expected?",
            passed: "exactly",
            failed: "not exactly",
        },
        Test::AckNotTooOld => {
            TestText { question: "Is the acknowledgement recent enough?", passed: "yes", failed: "too old" }
        }
        Test::AckNotBeyondSent => TestText {
            question: "Does it acknowledge only what was sent?",
            passed: "yes",
            failed: "it goes beyond",
        },
        Test::AckIsNew => {
            TestText { question: "Does it acknowledge something new?", passed: "yes", failed: "nothing new" }
        }
        Test::WindowIsNewer => {
            TestText { question: "Is its window newer?", passed: "newer, taken", failed: "older, ignored" }
        }
        Test::CoversOurFin => {
            TestText { question: "Does it acknowledge our `FIN`?", passed: "yes", failed: "not yet" }
        }
        Test::TextIsNext => TestText {
            question: "Does the data begin at the number expected?",
            passed: "yes",
            failed: "something is missing before it",
        },
        Test::FinIsNext => TestText {
            question: "Has everything before the `FIN` arrived?",
            passed: "yes",
            failed: "something is missing",
        },
        Test::RetriesLeft => TestText { question: "Are retries left?", passed: "yes", failed: "used up" },
        Test::NothingUnread => {
            TestText { question: "Was everything read?", passed: "yes", failed: "data is unread" }
        }
        Test::NothingQueued => TestText {
            question: "Is nothing waiting to be sent?",
            passed: "nothing",
            failed: "data is waiting",
        },
        Test::SynTimeIsNewer => TestText {
            question: "Is its timestamp later than the old connection?",
            passed: "yes",
            failed: "no",
        },
        Test::SynIsNewer => {
            TestText { question: "Is its number beyond the old connection?", passed: "yes", failed: "no" }
        }
        Test::NetworkHasRoom => TestText {
            question: "Does the congestion window have room?",
            passed: "yes",
            failed: "no, so it waits for acknowledgements",
        },
        Test::NothingInFlight => TestText {
            question: "Is nothing unacknowledged?",
            passed: "nothing",
            failed: "something is, so a small segment waits",
        },
        Test::QuotesWhatIsInFlight => TestText {
            question: "Is the segment that the report quotes in flight?",
            passed: "it is",
            failed: "it is not, so the report is ignored",
        },
        Test::CookieIsOurs => TestText {
            question: "Does it bring back a cookie of this listener?",
            passed: "it does",
            failed: "it does not",
        },
        Test::ChallengesLeft => TestText {
            question: "May one more doubtful segment be answered?",
            passed: "yes",
            failed: "the limit is reached",
        },
        Test::WindowOpen => {
            TestText { question: "Is there room in the peer's window?", passed: "yes", failed: "no" }
        }
    }
}

/// Why a segment is thrown away.
pub(crate) const fn drop_reason(reason: DropReason) -> &'static str {
    match reason {
        DropReason::RstAtClosed => {
            "There is no connection here; an `RST` has nothing to reset and is not \
            answered."
        }
        DropReason::NoConnection => "It belongs to no connection here.",
        DropReason::RstAtListen => "A listening end has sent nothing, so an `RST` has nothing to reset.",
        DropReason::AckAtListen => "A listening end has sent nothing that could be acknowledged.",
        DropReason::NotASyn => "A listening end takes only a `SYN`.",
        DropReason::BacklogFull => "The backlog is full.",
        DropReason::AckUnacceptable => "It acknowledges something never sent.",
        DropReason::RstUnproven => {
            "This `RST` does not acknowledge our `SYN`, so nothing proves that it \
            is the peer's."
        }
        DropReason::NeitherSynNorRst => "A `SYN,ACK` is awaited, and it has neither `SYN` nor `RST`.",
        DropReason::TimestampMissing => "It has no timestamps, although both ends agreed on them.",
        DropReason::TimestampTooOld => "Its timestamp is older than the latest one.",
        DropReason::OutsideWindow => "Its numbers lie outside the receive window.",
        DropReason::RstNotExact => {
            "The number of the `RST` is inside the window but not exactly the one \
            expected."
        }
        DropReason::RstInTimeWait => "In `TIME-WAIT` an `RST` is ignored, as RFC 1337 advises.",
        DropReason::SynInWindow => "An open connection takes no `SYN`.",
        DropReason::NoAck => {
            "It has no `ACK`, which every segment of a synchronised connection must \
            carry."
        }
        DropReason::AckTooOld => "Its acknowledgement number is too old.",
        DropReason::ReadShut => "The application has shut its reading side; nobody will read the data.",
        DropReason::TextAfterFin => "No data may follow the peer's `FIN`.",
        DropReason::TextOnSyn => "Text that comes with a `SYN` is left for the peer to send again.",
        DropReason::SynWithFin => "This host takes no segment that opens and closes at once.",
        DropReason::AlreadyReceived => "Its data or its `FIN` was received before.",
    }
}

/// The name of a timer.
pub(crate) const fn timer(kind: TimerKind) -> &'static str {
    match kind {
        TimerKind::Retransmission => "retransmission timer",
        TimerKind::Persist => "persist timer",
        TimerKind::TimeWait => "2MSL timer",
        TimerKind::UserTimeout => "user time-out",
        TimerKind::DelayedAck => "delayed-ACK timer",
        TimerKind::Keepalive => "keepalive timer",
        TimerKind::FinWait2 => "FIN-WAIT-2 timer",
    }
}

/// What happens when it expires.
pub(crate) const fn timer_waits(kind: TimerKind) -> &'static str {
    match kind {
        TimerKind::Retransmission => {
            "When it expires without an acknowledgement, the oldest segment is \
            sent again."
        }
        TimerKind::Persist => "When it expires, the peer's zero window is probed.",
        TimerKind::TimeWait => "When it expires, the TCB is deleted and the end is closed.",
        TimerKind::UserTimeout => "When it expires without an acknowledgement, the connection is given up.",
        TimerKind::DelayedAck => "When it expires, the acknowledgement that was put off leaves.",
        TimerKind::Keepalive => "When it expires without a word from the peer, a probe segment is sent.",
        TimerKind::FinWait2 => "When it expires without the peer's FIN, the TCB is deleted.",
    }
}

/// What an ICMP report says.
pub(crate) const fn icmp(kind: IcmpKind) -> &'static str {
    match kind {
        IcmpKind::NetUnreachable => "the network cannot be reached",
        IcmpKind::HostUnreachable => "the host cannot be reached",
        IcmpKind::ProtocolUnreachable => "the host has no TCP",
        IcmpKind::PortUnreachable => "nobody is at that port",
        IcmpKind::Prohibited => "an administrator forbids it",
        IcmpKind::FragmentationNeeded => "the packet is too large for a link",
        IcmpKind::SourceQuench => "too many packets arrive",
        IcmpKind::TimeExceeded => "the packet was on its way for too long",
        IcmpKind::ParameterProblem => "a header was not understood",
    }
}

/// What a record shows besides its rules.
pub(crate) const fn remark(remark: Remark) -> &'static str {
    match remark {
        Remark::InTrouble => {
            "**R1** is reached: after {retries} repeats without an answer TCP tells the application that the \
            connection is in trouble, and goes on trying. (The socket calls have no word for it; only when the \
            retries are used up do they return an error.)"
        }
        Remark::SlowStart => {
            "**Slow start**: still below ssthresh ({ssthresh}), the congestion window grows from {old_cwnd} to \
            {cwnd} bytes."
        }
        Remark::CongestionAvoidance => {
            "**Congestion avoidance**: ssthresh ({ssthresh}) is reached, so the congestion window grows only from \
            {old_cwnd} to {cwnd} bytes, about one segment a round trip."
        }
        Remark::Collapsed => {
            "After a time-out the congestion window is **one segment**: {cwnd} bytes<< instead of {old_cwnd}>>. \
            ssthresh becomes {ssthresh}, half of what was in flight but at least two segments."
        }
        Remark::Halved => {
            "**Fast recovery** begins: ssthresh becomes {ssthresh} bytes, half of what was in flight but at least two \
            segments. The congestion window is that and three segments more, {cwnd}<< (before: {old_cwnd})>>, for three \
            have left the network."
        }
        Remark::Inflated => {
            "**Fast recovery**: one more segment has left the network, so the congestion window grows from \
            {old_cwnd} to {cwnd} bytes."
        }
        Remark::PartlyRepaired => {
            "**Fast recovery** goes on: less what was acknowledged and plus one segment, the congestion window goes \
            from {old_cwnd} to {cwnd} bytes."
        }
        Remark::Repaired => {
            "The loss is repaired and **fast recovery** ends: the congestion window goes from {old_cwnd} to {cwnd} \
            bytes, no more than ssthresh ({ssthresh})."
        }
        Remark::Idle => {
            "Nothing was sent for longer than a time-out, so the congestion window returns from {old_cwnd} to its \
            initial {cwnd} bytes."
        }
    }
}

/// Why a segment is sent.
pub(crate) const fn send_reason(why: SendReason) -> &'static str {
    match why {
        SendReason::Open => "to ask for a connection",
        SendReason::AcceptOpen => "to agree to the connection",
        SendReason::Data => "to send data",
        SendReason::Close => "to release this direction",
        SendReason::Acknowledge => "to acknowledge",
        SendReason::Retransmission => "retransmission on timeout",
        SendReason::FastRetransmit => "duplicate acknowledgements show that it was lost",
        SendReason::SackRetransmit => "SACK shows that it was lost too",
        SendReason::PartialAck => "a partial acknowledgement shows that it was lost too",
        SendReason::WindowProbe => "to probe a zero window",
        SendReason::KeepaliveProbe => "to ask whether the peer is still there",
        SendReason::WindowUpdate => "to say that the window has opened",
        SendReason::Challenge => "to challenge a doubtful segment",
        SendReason::Reset => "reset: it belongs to no connection",
        SendReason::Abort => "to abort the connection",
    }
}

/// What an error of a call means.
pub(crate) const fn errno(errno: Errno) -> &'static str {
    match errno {
        Errno::EADDRINUSE => {
            "Address in use: the port is taken, or an old connection on it is still in \
            TIME-WAIT."
        }
        Errno::EADDRNOTAVAIL => "No local port is left.",
        Errno::EAGAIN => "Nothing can be done yet; try again later.",
        Errno::EALREADY => "The connection is still being opened.",
        Errno::EBADF => "There is no such descriptor, or it is closed.",
        Errno::ECONNABORTED => "The connection ended before it was accepted.",
        Errno::ECONNREFUSED => "Connection refused: nobody listens on that port.",
        Errno::ECONNRESET => "Connection reset by peer.",
        Errno::EHOSTUNREACH => "There is no way to that host, a router reported.",
        Errno::EHOSTDOWN => "The host is down; no process can make a call.",
        Errno::EINPROGRESS => "The open has begun and is not complete.",
        Errno::EINVAL => "The call makes no sense on this socket now.",
        Errno::EISCONN => "The socket is connected already.",
        Errno::EMFILE => "The process has as many descriptors as it may have.",
        Errno::ENETUNREACH => "There is no way to that address.",
        Errno::ENOTCONN => "The socket is not connected.",
        Errno::EOPNOTSUPP => "This kind of socket does not support the operation.",
        Errno::EPIPE => "This direction is closed; nothing more can be sent.",
        Errno::ETIMEDOUT => "The peer did not answer; the connection timed out.",
    }
}

/// Why a packet died before TCP saw it.
pub(crate) const fn wire_error(error: WireError) -> &'static str {
    match error {
        WireError::Truncated => "it is shorter than its headers",
        WireError::NotIpv4 => "its version is not IPv4",
        WireError::BadIpHeaderLength => "its IP header length is impossible",
        WireError::BadTotalLength => "its total length is not its real length",
        WireError::Fragment => "it is only a fragment",
        WireError::BadIpChecksum => "its IP header checksum is wrong",
        WireError::NotTcp => "it is not a TCP segment",
        WireError::BadDataOffset => "its TCP data offset is impossible",
        WireError::BadTcpChecksum { .. } => "its TCP checksum is wrong",
        WireError::Misaddressed => "it is not for this host",
        WireError::QuietTime => "the host keeps its quiet time after a crash",
    }
}

/// What happened outside the state machine.
pub(crate) const fn deed(deed: Deed) -> RuleText {
    match deed {
        Deed::Call => RuleText {
            title: "A system call",
            happened: "The application on {host} calls {call}, which returns {result}.",
            why: "The call changes only the socket: no connection is touched and no segment is sent.",
            otherwise: "",
        },
        Deed::CallWaits => RuleText {
            title: "A call waits",
            happened: "The application on {host} calls {call}. Nothing is there yet, so the call waits, for as long as \
                SO_RCVTIMEO allows.",
            why: "The call waits, not TCP: meanwhile segments arrive and timers expire as always.",
            otherwise: "",
        },
        Deed::CallFailed => RuleText {
            title: "A call fails",
            happened: "The application on {host} calls {call}, which fails with {result}. {error}",
            why: "The call changed no connection, and no segment was sent.",
            otherwise: "",
        },
        Deed::Discarded => RuleText {
            title: "A corrupted segment is dropped",
            happened: "{segment} reaches {host}, but {error}. It is dropped before TCP sees it, and \
                nothing is answered.",
            why: "The checksum covers the header, the data and both addresses. Not even the sender of a \
                corrupted segment can be trusted, so nobody is told; without an acknowledgement the \
                sender retransmits.",
            otherwise: "Without the check wrong data would reach the application, and wrong numbers would \
                upset the connection.",
        },
        Deed::Unheard => RuleText {
            title: "It reaches a host that is down",
            happened: "{segment} reaches {host}, but {host} is down: nobody receives it, and nothing is \
                answered.",
            why: "A crashed host cannot send an `RST`. Its peer hears nothing and can only retransmit.",
            otherwise: "Once {host} has restarted, the same segment draws an `RST`, for the connection is \
                forgotten.",
        },
        Deed::Delivered => RuleText {
            title: "Delivered at once",
            happened: "{by} let {segment} of {host} arrive at once.",
            why: "The link decides when a segment arrives; TCP may assume nothing about it.",
            otherwise: "",
        },
        Deed::Unreachable => RuleText {
            title: "A segment cannot be passed on",
            happened: "{by} let a router drop {segment} of {host} and report by ICMP: {icmp}.",
            why: "ICMP tells the sender why a packet was lost. The report may be wrong or forged, and most troubles \
                pass, so TCP notes it and goes on trying; only a **hard error** ends a connection that is being opened.",
            otherwise: "Without the report {host} would only notice that no acknowledgement comes.",
        },
        Deed::Dropped => RuleText {
            title: "A segment is lost",
            happened: "{by} dropped {segment} of {host}; it will not arrive.",
            why: "IP does not promise delivery. The sender can only conclude from a missing \
                acknowledgement that it was lost, and **retransmit on timeout**. A lost pure \
                acknowledgement is not retransmitted; the peer's retransmission brings a new one.",
            otherwise: "Had it not been dropped, {peer} would have received it, and nothing would need \
                repair.",
        },
        Deed::Lost => RuleText {
            title: "A segment is lost by chance",
            happened: "{segment} of {host} is lost on the way, by chance.",
            why: "Real networks lose segments; TCP repairs this with sequence numbers, acknowledgements \
                and retransmission on timeout.",
            otherwise: "With the loss rate at 0 it would arrive.",
        },
        Deed::LostInCable => RuleText {
            title: "The cable is cut, a segment is lost",
            happened: "The cable is cut, so {segment} of {host} is lost.",
            why: "Nobody tells TCP that the cable is cut: it only misses acknowledgements and retransmits \
                until its retries are used up. An end with nothing to send notices nothing.",
            otherwise: "Once the cable is mended, the next retransmission gets through.",
        },
        Deed::Delayed => RuleText {
            title: "A segment is delayed",
            happened: "{by} made {segment} of {host} arrive {wait} later.",
            why: "A segment may be stuck in the network, but not longer than the maximum segment lifetime \
                (MSL). If it takes longer than the retransmission time-out, its sender believes it lost.",
            otherwise: "",
        },
        Deed::Held => RuleText {
            title: "A segment is stuck in the network",
            happened: "{by} held {segment} of {host} on the way until it is released.",
            why: "What is stuck for long becomes a **late segment**: its sender has retransmitted \
                meanwhile, the connection may even be released.",
            otherwise: "",
        },
        Deed::Released => RuleText {
            title: "A stuck segment goes on",
            happened: "{by} released {segment} of {host}; it travels the rest of its way.",
            why: "The receiver judges by the numbers whether it is still of use; a stale one is dropped \
                or reset.",
            otherwise: "",
        },
        Deed::Duplicated => RuleText {
            title: "A segment is duplicated",
            happened: "{by} duplicated {segment} of {host}; both copies will arrive.",
            why: "Networks may duplicate segments; the receiver recognises the copy by its numbers, drops \
                it and acknowledges once more.",
            otherwise: "",
        },
        Deed::Swapped => RuleText {
            title: "Segments out of order",
            happened: "{by} made {segment} of {host} change places with the one after it.",
            why: "IP does not promise order; the receiver puts segments back in place by their numbers.",
            otherwise: "",
        },
        Deed::Corrupted => RuleText {
            title: "A segment is corrupted",
            happened: "{by} flipped a bit in {segment} of {host}.",
            why: "The receiver's checksum will notice and drop it; to the sender this is the same as a \
                loss.",
            otherwise: "",
        },
        Deed::Crashed => RuleText {
            title: "A host crashes",
            happened: "{host} crashes: every connection, timer and buffer is lost, and no segment is sent.",
            why: "The peer does not know; its end stays in `ESTABLISHED`. This is a **half-open \
                connection**, and as long as nobody sends, nobody notices.",
            otherwise: "In an orderly shutdown the system closes the connections for its processes, and \
                the peer receives a `FIN`.",
        },
        Deed::Restarted => RuleText {
            title: "A host restarts",
            happened: "{host} is up again and remembers none of its connections.",
            why: "Data the peer sends on an old connection now draws an `RST`. A host that lost its \
                memory of sequence numbers should keep quiet for one MSL (the quiet time).",
            otherwise: "",
        },
        Deed::CableCut => RuleText {
            title: "The cable is cut",
            happened: "The cable is cut, and everything on it is lost.",
            why: "Neither end knows: TCP can only conclude it from missing acknowledgements. A connection \
                that sends nothing stays up.",
            otherwise: "",
        },
        Deed::CableMended => RuleText {
            title: "The cable is mended",
            happened: "The cable is whole again, and what is sent from now on can arrive.",
            why: "Connections that were not given up go on: the next retransmission succeeds.",
            otherwise: "",
        },
        Deed::Setting => RuleText {
            title: "A setting changes",
            happened: "A setting of the lab has changed and holds from now on.",
            why: "Segments already on their way are not affected.",
            otherwise: "",
        },
    }
}

/// An edge of the diagram, by its id: the event, the action, what it means.
pub(crate) fn edge(id: &str) -> Option<&'static str> {
    Some(match id {
        "closed--listen" => "A server opens passively and begins to listen.",
        "closed--syn-sent" => "A client opens actively and sends its connection request.",
        "listen--closed" => "It stops listening.",
        "listen--syn-received" => "The server agrees to open and answers with SYN,ACK.",
        "listen--syn-sent" => "A listening end turns active; the socket interface does not offer this.",
        "syn-sent--closed" => "The open is given up; a refusal or a time-out takes this edge too.",
        "syn-sent--syn-received" => "Both ends open at once.",
        "syn-sent--established" => "The client sends the third segment and is established.",
        "syn-received--listen" => "The client disowns the request, and the server listens on.",
        "syn-received--established" => "The third segment arrives: the server is established.",
        "syn-received--fin-wait-1" => "It closes before the open has completed.",
        "established--fin-wait-1" => "Active close: the connection release is sent.",
        "established--close-wait" => "Passive close: the peer's release is acknowledged; half-closed.",
        "fin-wait-1--fin-wait-2" => "This end's release is acknowledged; the peer's is awaited.",
        "fin-wait-1--closing" => "Both close at once; the FINs crossed.",
        "fin-wait-1--time-wait" => "FIN and ACK share one segment; FIN-WAIT-2 is skipped.",
        "fin-wait-2--time-wait" => "The peer has released too; the 2MSL wait begins.",
        "closing--time-wait" => "The last step of a simultaneous close.",
        "close-wait--last-ack" => "The passive end releases its own direction too.",
        "last-ack--closed" => "The last acknowledgement arrives: closed at once.",
        "time-wait--closed" => "Every segment of this connection has died out.",
        "syn-received--closed" => "The open did not complete.",
        "established--closed" => "The connection ends without a release.",
        "fin-wait-1--closed" => "The release did not complete.",
        "fin-wait-2--closed" => "The peer did not release in order.",
        "close-wait--closed" => "The connection ends before this direction was released.",
        "closing--closed" => "The simultaneous close did not complete.",
        "listen--established" => "Broken rule: the server does not wait for the third segment.",
        _ => return None,
    })
}

/// The title of a note.
pub(crate) const fn note_title(note: NoteRef) -> &'static str {
    match note {
        NoteRef::N0 => "Connection release and state codes",
        NoteRef::N1 => "State transitions of opening and closing",
        NoteRef::N2 => "Three-segment open, four-segment close",
        NoteRef::N3 => "The state-transition diagram in depth",
        NoteRef::N4 => "The four-way close",
    }
}

/// What good stacks do where they disagree.
pub(crate) const fn dispute(dispute: Dispute) -> &'static str {
    match dispute {
        Dispute::SynAckAtListen => "RFC 9293 and Linux answer RST; FreeBSD keeps silent.",
        Dispute::BadAckInSynSent => {
            "By RFC 9293 the RST is all; FreeBSD repeats the SYN when the timer expires, Linux and lwIP at once."
        }
        Dispute::FinInFinWait1 => {
            "RFC 9293 and Linux send an acknowledgement alone; FreeBSD sends its FIN again with it."
        }
        Dispute::RstInTimeWait => {
            "RFC 9293 and Linux end TIME-WAIT (Linux ignores the RST with tcp_rfc1337 = 1); FreeBSD and lwIP ignore it."
        }
        Dispute::SynInTimeWait => {
            "RFC 9293 allows a newer SYN to open; Linux and FreeBSD let it, lwIP answers RST. This lab challenges it unless \
             set otherwise."
        }
        Dispute::SynWhenOpen => {
            "RFC 9293, Linux and smoltcp send a challenge ACK; in FreeBSD it is a setting; RFC 793 reset the connection."
        }
        Dispute::RstWhileOpening => {
            "RFC 9293 and FreeBSD say “refused” (ECONNREFUSED), Linux says “reset” (ECONNRESET)."
        }
        Dispute::RstInCloseWait => {
            "RFC 9293 and FreeBSD say “reset” (ECONNRESET), Linux says “broken pipe” (EPIPE)."
        }
        Dispute::UnreadData => "RFC 9293 and Linux send RST, for data was lost; FreeBSD sends its FIN.",
        Dispute::TextAfterShutdown => {
            "RFC 9293 knows no such call; FreeBSD acknowledges the data and drops it, Linux keeps it and lets it be read."
        }
        Dispute::SynWithFin => "By RFC 9293 both count; Linux drops the segment, in FreeBSD it is a setting.",
        Dispute::AckOfFin => {
            "RFC 9293 allows both; FreeBSD acknowledges a FIN at once, Linux up to 40 ms later."
        }
        Dispute::SynRetries => {
            "By RFC 9293 and in FreeBSD the wait grows from the start; Linux does not double it for the first four repeats."
        }
        Dispute::TextOnSyn => {
            "RFC 9293 and FreeBSD keep the text until the connection is open; Linux ignores it, except with TCP Fast Open."
        }
    }
}
