//! What the reader is told of each rule, in English.

use crate::text::RuleText;
use tcp::Rule;

pub(crate) const fn rule(rule: Rule) -> RuleText {
    match rule {
        Rule::OpenPassive => RuleText {
            title: "Passive open",
            happened: "{host} creates its transmission control block (TCB), goes from {from} to {to} and \
                waits for a connection request. Nothing is sent.",
            why: "A server opens passively: it gets ready to accept connection requests and initiates \
                nothing.",
            otherwise: "If no process were listening, an arriving connection request would be answered at \
                once with `RST`.",
        },
        Rule::OpenActive => RuleText {
            title: "Active open: the connection request",
            happened: "{host} creates its transmission control block (TCB), chooses an initial sequence \
                number, sends the connection request {reply} and goes from {from} to {to}.",
            why: "A segment with `SYN=1` **uses one sequence number** even without data, so the next \
                number to send is the initial one plus 1. The initial number comes from a clock and a \
                secret, so that old segments rarely fit by chance.",
            otherwise: "If a `SYN` used no number, no acknowledgement number could say that it had \
                arrived, and nobody would know whether to send it again.",
        },
        Rule::OpenActiveFromListen => RuleText {
            title: "A listening end opens actively",
            happened: "{host} was listening and now opens actively: it sends {reply} and goes from {from} \
                to {to}.",
            why: "The standard lets an end in `LISTEN` name a remote end and turn active; it then sends a \
                `SYN` itself.",
            otherwise: "The socket interface does not offer this: connect() on a listening socket fails, \
                and another socket is needed.",
        },
        Rule::OpenRefused => RuleText {
            title: "Open refused: a connection exists",
            happened: "{host} is in {from}: a connection or a listener exists here already. The call is \
                refused and nothing changes.",
            why: "A TCB is opened once: another OPEN is told “connection already exists”.",
            otherwise: "If a second open were allowed, two connections would join the same pair of \
                sockets, and arriving segments could not be told apart.",
        },
        Rule::SendFromListen => RuleText {
            title: "Sending from LISTEN: open first",
            happened: "{host} was listening and now has data to send, so it first sends {reply} and goes \
                from {from} to {to}; the data waits in the queue.",
            why: "Data cannot travel without a connection; a SEND that names the remote end makes a \
                listening end open actively.",
            otherwise: "The socket interface does not offer this: send() on a listening socket gives \
                ENOTCONN.",
        },
        Rule::SendQueued => RuleText {
            title: "Data queued until the connection is open",
            happened: "The connection is still being opened, so {host} puts {bytes} bytes into the send \
                buffer, sends nothing yet and stays in {to}.",
            why: "Before the connection is open data can only wait; it leaves once `ESTABLISHED` is \
                reached.",
            otherwise: "If data reached the other application before the open completed, old data on a \
                stale connection request would be believed as well.",
        },
        Rule::SendAccepted => RuleText {
            title: "Data sent",
            happened: "{host} takes {bytes} bytes from the application.<< The window allows it: {reply} \
                leaves at once.>>",
            why: "In `ESTABLISHED` and `CLOSE-WAIT` this end's own direction is open and may carry data. \
                Each byte uses one sequence number, and what was sent stays in the send buffer until it \
                is acknowledged.",
            otherwise: "If no copy were kept until the acknowledgement, a lost segment could not be sent \
                again.",
        },
        Rule::SendBufferFull => RuleText {
            title: "The send buffer is full",
            happened: "{host}'s send buffer has no room, so the call takes nothing.",
            why: "Data sent and not yet acknowledged, and data not yet sent, both occupy the send buffer; \
                acknowledgements make room.",
            otherwise: "Without a limit, a peer that never reads would fill the sender's memory.",
        },
        Rule::SendAfterClose => RuleText {
            title: "No sending after the close",
            happened: "{host} is in {from}: its connection release was sent or is queued, so this send is \
                refused (EPIPE).",
            why: "A `FIN` says “I send no more data”: its number follows the last byte, and no place for \
                data is left after it.",
            otherwise: "If data could follow a `FIN`, the other application, which has read end of file, \
                would never read it.",
        },
        Rule::SendWithoutConnection => RuleText {
            title: "No connection to send on",
            happened: "{host} is in {from}: there is no connection to send on, and the call is refused.",
            why: "Data travels only on a connection: sequence numbers mean something only once it is open.",
            otherwise: "Data sent without a connection would count from a number the peer does not know; \
                it could only answer `RST`.",
        },
        Rule::ReceiveDelivers => RuleText {
            title: "The application reads",
            happened: "{host} hands {bytes} bytes from the receive buffer to the application.<< That \
                opens the window, and {reply} says so.>>",
            why: "Data that arrived in order waits in the receive buffer; reading it makes room in the \
                window.",
            otherwise: "If the application never read, the receive window would shrink to 0, and the peer \
                could only stop and probe.",
        },
        Rule::ReceiveWaits => RuleText {
            title: "Nothing to read yet",
            happened: "{host}'s receive buffer is empty and the peer has not closed: the read returns EAGAIN, or waits if SO_RCVTIMEO gives it time.",
            why: "No data is not the end of the data: end of file comes only after the peer's `FIN`.",
            otherwise: "If “nothing yet” were taken for “nothing more”, the application would close too \
                early.",
        },
        Rule::ReceiveEndOfFile => RuleText {
            title: "End of file",
            happened: "{host} has read everything that came before the peer's `FIN`; this read returns \
                end of file.",
            why: "The peer's `FIN` ends only **the peer's direction**; this end may still send, and its \
                application decides when to close.",
            otherwise: "If the application reads end of file and never calls close(), this end stays in \
                `CLOSE-WAIT`.",
        },
        Rule::ReceiveAfterShutdown => RuleText {
            title: "The reading side is shut",
            happened: "{host}'s application has shut its reading side (SHUT_RD); the read returns end of \
                file at once.",
            why: "SHUT_RD changes only this end: data already in the receive buffer and data still to \
                come is silently dropped, and the peer is told nothing.",
            otherwise: "To let the peer know that nothing more will be read, the connection must be \
                closed; no segment says “I stop reading”.",
        },
        Rule::ReceiveWithoutConnection => RuleText {
            title: "No connection to read from",
            happened: "{host} is in {from}: there is no connection to read from, and the call is refused.",
            why: "Only a connection has a receive buffer. When a connection is reset, unread data goes \
                with it.",
            otherwise: "If this returned end of file, the application would take an abort for a clean \
                release.",
        },
        Rule::ShutdownRead => RuleText {
            title: "Shut the reading side: shutdown(SHUT_RD)",
            happened: "{host} reads no more: data in the receive buffer and data still to come will be \
                thrown away. No segment is sent; the state stays {to}.",
            why: "SHUT_RD is a local matter: TCP has no segment for “I read no more”, and the peer may go \
                on sending.",
            otherwise: "To half-close the connection use SHUT_WR, which does send a `FIN`.",
        },
        Rule::CloseListen => RuleText {
            title: "Stop listening",
            happened: "{host} deletes the listening TCB and goes from {from} back to {to}. No segment is \
                sent.",
            why: "A listening end has no peer yet, so nobody needs to be told.",
            otherwise: "From now on an arriving connection request is answered with `RST`.",
        },
        Rule::CloseSynSent => RuleText {
            title: "Giving up while opening",
            happened: "{host} deletes its TCB and goes from {from} back to {to}. Nothing is sent.",
            why: "The connection is not open, so there is nothing to release; if the peer's `SYN,ACK` \
                still arrives it is answered with `RST`, and the peer knows.",
            otherwise: "A `FIN` at this point might speak of a connection the peer has never heard of.",
        },
        Rule::CloseSynReceived => RuleText {
            title: "Closing before the open completed",
            happened: "{host} has nothing waiting to be sent, so it sends the connection release {reply} \
                at once and goes from {from} to {to}.",
            why: "The `FIN` takes the number after the `SYN`; the peer handles them in order: first open, \
                then release.",
            otherwise: "If the connection were simply forgotten, the peer would stay in `ESTABLISHED` and \
                believe that somebody is there.",
        },
        Rule::CloseSynReceivedQueued => RuleText {
            title: "The close waits for the open",
            happened: "{host} still has data to send, so the close is queued: after the open the data \
                goes first, then the `FIN`. The state stays {to}.",
            why: "A `FIN` comes after all data: its number is the last byte's plus 1.",
            otherwise: "If the `FIN` went first, the queued data would have no numbers left and would be \
                lost.",
        },
        Rule::CloseEstablished => RuleText {
            title: "Active close: the connection release",
            happened: "{host} has no more data to send and goes from {from} to {to}.<< It sends the \
                connection release {reply}.>>",
            why: "The active closer sends `FIN=1` first; its number u is the last byte sent plus 1. A \
                `FIN` **uses one sequence number** even without data; after it this direction carries no \
                more data, but this end still receives.",
            otherwise: "If a `FIN` used no number, no acknowledgement number could say that it arrived, \
                and its loss would go unnoticed.",
        },
        Rule::CloseCloseWait => RuleText {
            title: "The passive end releases too",
            happened: "{host} has sent its last data and goes from {from} to {to}.<< It sends its own \
                connection release {reply}.>>",
            why: "Each direction is **closed on its own**: the peer's ended long ago, now this one ends. \
                The `FIN` uses one sequence number too; then the last acknowledgement is awaited.",
            otherwise: "If the application never called close(), this end would stay in `CLOSE-WAIT` and \
                the peer in `FIN-WAIT-2`.",
        },
        Rule::CloseAgain => RuleText {
            title: "Closed already",
            happened: "{host} is in {from}: the close was asked for before. There is no second `FIN`, and \
                the state stays.",
            why: "A direction ends once; the same `FIN` may be sent again after a time-out, but never a \
                different one.",
            otherwise: "A second `FIN` with another number would look like something after the end, and \
                the peer would drop it.",
        },
        Rule::CloseWithoutConnection => RuleText {
            title: "No connection to close",
            happened: "{host} is in {from}: there is no connection to close.",
            why: "Without a TCB there is no peer to be told.",
            otherwise: "A `FIN` sent now would belong to no connection; the peer could only answer `RST`.",
        },
        Rule::CloseWithUnreadData => RuleText {
            title: "Closing with data unread: RST",
            happened: "{host}'s receive buffer still holds {bytes} unread bytes, so close() sends {reply} \
                and goes from {from} to {to}.",
            why: "The application will never read them, so the data is lost; `RST` instead of `FIN` lets \
                the peer know.",
            otherwise: "With an ordinary `FIN` the peer would believe that all its data was read and the \
                release was clean.",
        },
        Rule::CloseOrphans => RuleText {
            title: "The application leaves, the connection finishes by itself",
            happened: "{host}'s `FIN` is out already, so close() only gives the descriptor back; the \
                connection stays in {to} and finishes by itself.",
            why: "Closing the descriptor does not end the connection: the TCB lasts until both directions \
                are released, and on the active end 2MSL longer.",
            otherwise: "No application looks after it any more. If the peer never closes, the standard \
                sets no limit; common stacks give up after a while (Linux: 60 s).",
        },
        Rule::AbortSendsReset => RuleText {
            title: "Abort: RST",
            happened: "{host} throws its send buffer away, sends {reply} and goes from {from} to {to} at \
                once.",
            why: "With SO_LINGER on and a time of 0, close() is an **abort**: unsent data is thrown away, \
                and there is neither `FIN` nor `TIME-WAIT`.",
            otherwise: "An ordinary close sends the data and the `FIN` first, waits for the \
                acknowledgement, and on the active end waits 2MSL more.",
        },
        Rule::AbortSilently => RuleText {
            title: "Abort without a word",
            happened: "{host} deletes its TCB and goes from {from} to {to}. No segment is sent.",
            why: "In `LISTEN` and `SYN-SENT` there is no connection to reset yet; in `CLOSING`, \
                `LAST-ACK` and `TIME-WAIT` the peer has released already. No `RST` is needed.",
            otherwise: "An `RST` now could make the peer take a clean release for an error.",
        },
        Rule::AbortWithoutConnection => RuleText {
            title: "No connection to abort",
            happened: "{host} is in {from}: there is no connection to abort.",
            why: "Without a TCB there is no peer to be told.",
            otherwise: "An `RST` sent from nowhere would fit no connection's numbers, and the peer would \
                drop it.",
        },
        Rule::OptionsApplied => RuleText {
            title: "Socket options take effect",
            happened: "{host} goes on with the new options; the state stays {to}.",
            why: "Options concern this end alone: no segment speaks of them, and the peer cannot know of them.",
            otherwise: "If they waited for the next segment, an idle connection would never see them.",
        },
        Rule::ClosedRcvRst => RuleText {
            title: "RST where there is no connection: dropped",
            happened: "{host} has no connection on this socket. It drops the segment and answers nothing.",
            why: "**An `RST` is never answered**, least of all with another `RST`.",
            otherwise: "If `RST` answered `RST`, two hosts without a connection would reset each other \
                for ever.",
        },
        Rule::ClosedRcvWithoutAck => RuleText {
            title: "Nobody listens: RST",
            happened: "No process listens on this port of {host}, which answers at once with {reply}.",
            why: "Connecting to a port nobody listens on brings `RST`. The segment had no `ACK`, so the \
                reset has number 0 and acknowledges it (a `SYN` counts as one), so that the peer can \
                believe it; its window is 0.",
            otherwise: "If it were silently dropped, the peer would time out and retransmit again and \
                again before it knew.",
        },
        Rule::ClosedRcvAck => RuleText {
            title: "No such connection: RST",
            happened: "{host} has no connection on this socket and answers with {reply}, whose number is \
                exactly the next one the peer expects.",
            why: "The peer acknowledges numbers this end knows nothing of, so the two ends disagree: this \
                end may have restarted (a half-open connection), or deleted its TCB. The `RST` makes the \
                peer give the connection up.",
            otherwise: "Without an answer the peer would retransmit until its retries are used up; with \
                just any number it would not believe the `RST`.",
        },
        Rule::ListenRcvRst => RuleText {
            title: "RST in LISTEN: ignored",
            happened: "{host} is listening, ignores it and stays in {to}.",
            why: "A listening end has sent nothing, so there is nothing to reset.",
            otherwise: "If it were believed, anyone could stop a server from listening with one `RST`.",
        },
        Rule::ListenRcvAck => RuleText {
            title: "ACK in LISTEN: RST",
            happened: "{host} is listening and has sent nothing that could be acknowledged. It answers \
                with {reply} and stays in {to}.",
            why: "An acknowledgement that reaches `LISTEN` belongs to an old connection; the `RST` makes \
                its sender give that one up.",
            otherwise: "If it were accepted, segments of an old connection would enter a new one.",
        },
        Rule::ListenIgnoresSynAck => RuleText {
            title: "SYN,ACK in LISTEN: silence, by choice",
            happened: "{host} is listening and has sent nothing that could be acknowledged. It is set to drop such a segment without a word and stays in {to}.",
            why: "Silence tells a scanner less, and a connection that is really half-open is noticed all the same, by the next segment that is answered.",
            otherwise: "By the standard the answer is `RST`, which makes the sender give its old connection up at once.",
        },
        Rule::ListenRcvSyn => RuleText {
            title: "Agreeing to open: SYN,ACK",
            happened: "{host} agrees to open, chooses its own initial sequence number, answers with \
                {reply} and goes from {from} to {to}.",
            why: "One segment does two things: `ACK=1` acknowledges the peer's `SYN`, `SYN=1` \
                synchronises this end's own number. It uses one sequence number as well.",
            otherwise: "If the connection counted as open already (a two-way handshake), a stale \
                connection request could make the server open one that nobody wants.",
        },
        Rule::SynFinDropped => RuleText {
            title: "SYN and FIN at once: dropped by choice",
            happened: "{host} is set to take no segment with both `SYN` and `FIN`; this one is dropped \
                without a word, and the state stays {to}.",
            why: "No ordinary program sends one; it mostly comes from someone who probes the host. Many \
                systems and firewalls drop it.",
            otherwise: "By the standard both count: the `SYN` opens, and the `FIN` is kept until the \
                connection is open.",
        },
        Rule::ListenRcvOther => RuleText {
            title: "Something else in LISTEN: dropped",
            happened: "{host} is listening; the segment has neither `SYN` nor `ACK` nor `RST`, so it is \
                dropped and the state stays {to}.",
            why: "Only a `SYN` can begin a connection, and other segments without `ACK` cannot belong to \
                one.",
            otherwise: "Answering it would only help someone to probe the port.",
        },
        Rule::ListenBacklogFull => RuleText {
            title: "The backlog is full: dropped",
            happened: "{host}'s backlog is full ({waiting} connections, limit {backlog}); what arrived is dropped without an answer.",
            why: "Silence makes the client retransmit later, when there may be room; a mass of requests \
                stuck in `SYN-RECEIVED` that fill the backlog is a SYN flood.",
            otherwise: "With an `RST` the client would fail at once instead of trying again.",
        },
        Rule::ListenSynCookie => RuleText {
            title: "The backlog is full: a SYN cookie",
            happened: "{host}'s backlog is full ({waiting} connections, limit {backlog}). It answers with {reply} and \
                remembers nothing: what it must know later lies in its initial sequence number.",
            why: "A SYN flood fills the backlog with requests that are never completed. Who really is there sends the \
                number back, plus one, and proves itself.",
            otherwise: "Without cookies every further request would be dropped, and honest clients with them.",
        },
        Rule::ListenRcvCookie => RuleText {
            title: "A SYN cookie comes back",
            happened: "{host} remembers no request, but {ack} is a cookie that it gave to this client, plus one: as if \
                it had waited in `SYN-RECEIVED`, the connection opens.",
            why: "Nobody else can compute the cookie, so the client has seen the `SYN,ACK`; that is all the third \
                segment has to prove.",
            otherwise: "An acknowledgement that fits no cookie belongs to no connection and draws `RST`.",
        },
        Rule::TextOnSynIgnored => RuleText {
            title: "Text on a SYN: ignored, by choice",
            happened: "{host} is set to ignore the text that came with the `SYN`: it acknowledges the `SYN` alone.",
            why: "The peer keeps what is not acknowledged and sends it again once the connection is open; until then nothing has to be kept for a client that may not exist.",
            otherwise: "By the standard the text is kept and handed over when the connection is open.",
        },
        Rule::SynSentRcvBadAck => RuleText {
            title: "It acknowledges something never sent: RST",
            happened: "{host} waits for the acknowledgement of its `SYN`, but {ack} is out of range. It \
                answers with {reply} and stays in {to}.",
            why: "Only ISS < SEG.ACK ≤ SND.NXT acknowledges this end's `SYN`; anything else belongs to an \
                old connection, and the `RST` makes the peer drop that.",
            otherwise: "If it were accepted, an old `SYN,ACK` could start the two ends off with wrong \
                numbers.",
        },
        Rule::SynAgainAtOnce => RuleText {
            title: "SYN once more, at once",
            happened: "{host} is set not to wait for the retransmission timer: after the `RST` it sends its `SYN` again at once, and stays in {to}.",
            why: "The `RST` has just removed the old connection at the peer, so the same `SYN` will be understood now.",
            otherwise: "By the standard it waits until the retransmission timer expires, one second at first.",
        },
        Rule::SynSentRcvBadAckRst => RuleText {
            title: "RST with a wrong acknowledgement: dropped",
            happened: "{host} drops it: {ack} does not acknowledge its `SYN`, and an `RST` is never \
                answered. The state stays {to}.",
            why: "In `SYN-SENT` only an `RST` that acknowledges this end's `SYN` is believed.",
            otherwise: "If any `RST` were believed, old or forged ones could prevent the open.",
        },
        Rule::SynSentRcvRst => RuleText {
            title: "Connection refused",
            happened: "{host}'s `SYN` is answered with `RST`: it deletes its TCB, goes from {from} back \
                to {to}, and the application learns “connection refused” (ECONNREFUSED).",
            why: "The `RST` acknowledges the `SYN`, so the peer did receive the request; nobody listens \
                on that port.",
            otherwise: "If it were ignored, {host} would send its `SYN` again and again and end with a \
                time-out error.",
        },
        Rule::SynSentRcvRstWithoutAck => RuleText {
            title: "RST without an acknowledgement: dropped",
            happened: "{host} drops it and stays in {to}: this `RST` does not acknowledge its `SYN`.",
            why: "Without an acknowledgement nothing proves that its sender has seen the `SYN`.",
            otherwise: "If it were believed, anyone could prevent the open without having seen the `SYN`.",
        },
        Rule::SynSentRcvSynAck => RuleText {
            title: "SYN,ACK received: established",
            happened: "{host}'s `SYN` is acknowledged. It answers with the ordinary ACK segment {reply} \
                and goes from {from} to {to}.",
            why: "The third segment acknowledges the peer's `SYN`. Without data it **uses no sequence \
                number**, so the first data byte has the initial number plus 1 again.",
            otherwise: "Without this third segment the server could not know whether the client really \
                wants the connection: a stale request would succeed.",
        },
        Rule::SynSentRcvSyn => RuleText {
            title: "Simultaneous open: both sent SYN",
            happened: "{host} has sent a `SYN` and now receives the peer's. It acknowledges it with \
                {reply} and goes from {from} to {to}.",
            why: "When both ends open actively at once, the two `SYN`s cross; both ends pass through \
                `SYN-RECEIVED`, and **one** connection results.",
            otherwise: "If each were taken for a new request, there would be two connections or none.",
        },
        Rule::SynSentRcvOther => RuleText {
            title: "Something else while SYN,ACK is awaited: dropped",
            happened: "{host} waits for `SYN,ACK`; the segment has neither `SYN` nor `RST`, so it is \
                dropped and the state stays {to}.",
            why: "Without the peer's `SYN` its initial number is unknown, and nothing in the segment can \
                be placed.",
            otherwise: "If it were accepted, data would begin at an unknown number.",
        },
        Rule::TimestampMissing => RuleText {
            title: "No timestamps: dropped",
            happened: "Both ends agreed on timestamps, and this segment has none; {host} drops it without a word.",
            why: "Once both SYNs have carried timestamps every segment must, or old segments could not be told from \
                new ones. Only RST is exempt.",
            otherwise: "Whoever leaves the option out could slip old data past the check of the timestamps.",
        },
        Rule::TimestampTooOld => RuleText {
            title: "An old timestamp: dropped and acknowledged",
            happened: "The timestamp of this segment is older than the latest that {host} has seen, so it is a late \
                one, whatever its number {seq}. It is dropped<<, and {reply} says what is expected>>.",
            why: "On a fast connection the sequence numbers come round within the lifetime of a segment; the \
                timestamp tells the laps apart (PAWS).",
            otherwise: "A segment of the lap before would lie inside the window and its data would be taken for new.",
        },
        Rule::OutsideWindow => RuleText {
            title: "Outside the receive window: dropped and acknowledged",
            happened: "{host} expects {expected}, but the numbers of this segment, from {seq} on, lie \
                outside the receive window. It is dropped<<, and {reply} says what is expected>>.",
            why: "Every segment's numbers are checked first. Duplicates and late segments fall outside \
                the window; they are dropped but acknowledged, so that the peer learns where things \
                stand.",
            otherwise: "Without the check old data would reach the application again; without the \
                acknowledgement a peer that missed one would retransmit for ever.",
        },
        Rule::KeepaliveAnswered => RuleText {
            title: "A probe arrives: acknowledged",
            happened: "{host} expects {expected}; this segment has the number before it, {seq}, and no \
                data<<. {host} answers with {reply}>>.",
            why: "With a number that was acknowledged long ago the peer asks: are you still there? Such \
                a segment lies outside the window and is acknowledged like any other, which tells the \
                peer that the connection still stands.",
            otherwise: "Without an answer the peer would take this end for dead and, after some more \
                probes, give the connection up.",
        },
        Rule::ChallengeLimited => RuleText {
            title: "Too many doubtful segments: no answer to this one",
            happened: "{host} has answered {limit} doubtful segments within 5 seconds; this one is \
                dropped without a word, and the state stays {to}.",
            why: "Every doubtful segment deserves an answer, but not without end: forgeries can be many, \
                and two ends that disagree about their numbers would answer each other for ever.",
            otherwise: "Without a limit the two ends would acknowledge each other's acknowledgements \
                endlessly.",
        },
        Rule::OutsideWindowRst => RuleText {
            title: "RST outside the window: dropped silently",
            happened: "{host} expects {expected}, but this `RST` has {seq}, outside the window. It is \
                dropped without a word; the state stays {to}.",
            why: "Only an `RST` whose number is **exactly** the next expected is believed; one outside \
                the window is not even questioned.",
            otherwise: "If it were believed, anyone could cut connections without knowing their numbers.",
        },
        Rule::SynReceivedRcvSynAgain => RuleText {
            title: "The same request again: SYN,ACK again",
            happened: "{host} has answered this connection request before. That it comes again means that \
                the `SYN,ACK` may be lost, so {reply} is sent once more; the state stays {to}.",
            why: "A peer that missed the `SYN,ACK` times out and sends its `SYN` again; the same answer \
                with the same numbers is enough.",
            otherwise: "If it were treated as outside the window only, the peer would have to wait for \
                the server's own retransmission timer.",
        },
        Rule::SynReceivedRcvSynAck => RuleText {
            title: "Simultaneous open completes: established",
            happened: "Its `SYN` is known already, but its `ACK` acknowledges {host}'s own `SYN`: {from} \
                becomes {to}.<< It answers with {reply}.>>",
            why: "In a simultaneous open the two ends acknowledge each other with `SYN,ACK`. Its number \
                is the initial one, received before, so the plain check of numbers would drop it; hence \
                the special case.",
            otherwise: "If it were dropped, two ends that follow the letter of the rule would stay in \
                `SYN-RECEIVED` and retransmit.",
        },
        Rule::SynAckAgain => RuleText {
            title: "The SYN,ACK again: acknowledged again",
            happened: "{host} has acknowledged this `SYN,ACK` before. That it comes again means that the \
                third segment was lost, so {host} acknowledges again with {reply} and stays in {to}.",
            why: "A server that misses the third segment retransmits its `SYN,ACK`; a pure \
                acknowledgement is never retransmitted by itself, the peer's retransmission brings a new \
                one.",
            otherwise: "Without a new acknowledgement the server would stay in `SYN-RECEIVED` until its \
                retries are used up, or until data arrives.",
        },
        Rule::TimeWaitRcvFin => RuleText {
            title: "The FIN again: acknowledged again, 2MSL restart",
            happened: "{host} has acknowledged the peer's `FIN` before. That it comes again means that \
                the last `ACK` was lost. {host} sends {reply} again, restarts the 2MSL timer ({msl2}) \
                and stays in {to}.",
            why: "This is the first reason to wait 2MSL: the last acknowledgement may be lost, the peer \
                then **sends its connection release again**, and somebody must be there to answer.",
            otherwise: "If the TCB were gone, the repeated `FIN` would draw an `RST`, and the peer would \
                take a clean release for an error.",
        },
        Rule::RepeatedFin => RuleText {
            title: "A repeated FIN: acknowledged again",
            happened: "{host} has received this `FIN` before, so it is dropped and acknowledged again \
                with {reply}; the state stays {to}.",
            why: "A repeated `FIN` means that the peer missed the acknowledgement; its number is behind \
                the window, so it is acknowledged and not processed again.",
            otherwise: "Without a new acknowledgement the peer would go on retransmitting its `FIN` until \
                it gave up.",
        },
        Rule::SynReceivedRcvRstPassive => RuleText {
            title: "RST: back to listening",
            happened: "{host} drops this half-made connection and goes from {from} back to {to}; the \
                application never hears of it.",
            why: "A client that did not ask for the connection answers the unexpected `SYN,ACK` with \
                `RST`, so the server knows at once and listens on. This is how three segments defeat a \
                stale connection request.",
            otherwise: "With two segments the server would count itself established already and wait for \
                data that never comes.",
        },
        Rule::SynReceivedRcvRstActive => RuleText {
            title: "Simultaneous open refused",
            happened: "{host} had opened actively; on `RST` it deletes its TCB, goes from {from} to {to}, and the application gets an error (`{error}`).",
            why: "`SYN-RECEIVED` must remember where it came from: after a passive open it returns to \
                `LISTEN`, after an active open the application is told.",
            otherwise: "If an active opener went to `LISTEN`, it would listen where nobody asked it to.",
        },
        Rule::RstResets => RuleText {
            title: "Connection reset",
            happened: "The number of the `RST` is exactly {expected}, the next one {host} expects. It deletes its TCB, goes from {from} to {to}, the application gets an error (`{error}`), and **nothing is answered**.",
            why: "An `RST` says that the peer knows no such connection (“connection reset by peer”): it restarted, or it aborted. Buffered data is thrown away.",
            otherwise: "If the number did not matter, whoever guesses the sockets could cut the \
                connection; if the `RST` were ignored, this end would keep a half-open connection.",
        },
        Rule::RstEndsClosing => RuleText {
            title: "RST cuts the last phase short",
            happened: "The number of the `RST` is exactly {expected}, so {host} deletes its TCB and goes \
                from {from} to {to}.",
            why: "In `CLOSING`, `LAST-ACK` and `TIME-WAIT` both directions have ended. In `LAST-ACK` an \
                `RST` makes a clean release look like an error; in `TIME-WAIT` it cuts the waiting short.",
            otherwise: "Ending `TIME-WAIT` on an `RST` gives up the protection of 2MSL; RFC 1337 advises \
                to ignore it there, which the settings allow.",
        },
        Rule::RstChallenged => RuleText {
            title: "RST not exact: challenged",
            happened: "{host} expects {expected}, but the `RST` has {seq}: inside the window and yet not \
                exact. It does not reset; it sends the challenge ACK {reply} and stays in {to}.",
            why: "The true peer answers the challenge with an `RST` of the exact number; a forger does \
                not see it and cannot.",
            otherwise: "If any `RST` inside the window were believed, an attacker would need only a guess \
                within the window, not the exact number.",
        },
        Rule::TimeWaitIgnoresRst => RuleText {
            title: "RST ignored in TIME-WAIT",
            happened: "{host} ignores this `RST`, as RFC 1337 advises, waits out 2MSL and stays in {to}.",
            why: "An old duplicate can draw an `RST` that would end `TIME-WAIT` early; ignoring it keeps \
                the protection of 2MSL.",
            otherwise: "If it were believed, segments of the old connection could turn up in a new one \
                between the same sockets.",
        },
        Rule::TimeWaitGivesWay => RuleText {
            title: "TIME-WAIT makes room for a new connection",
            happened: "{host} is in {from}, and this `SYN`, {seq}, is newer than all that the old connection used, by its number or by its timestamp: it cannot belong to it. The old TCB is deleted ({to}), and the listening socket takes the new connection.",
            why: "The standard allows it: when the new initial number is greater than every number of the old connection, or the time of the `SYN` is later than every time in it, segments of the two cannot be confused.",
            otherwise: "Without it, the same pair of sockets would have to wait for 2MSL before they could connect again.",
        },
        Rule::TimeWaitRefusesSyn => RuleText {
            title: "SYN in TIME-WAIT: refused, by choice",
            happened: "{host} is set to refuse a new connection between these sockets while the old one is in {from}: it answers with {reply} and waits on.",
            why: "Segments of the old connection may still be on their way; with the `RST` the client learns at once that it must wait or choose another port.",
            otherwise: "A challenge ACK would be answered by an `RST` of the client, and its next `SYN` would open the connection.",
        },
        Rule::SynChallenged => RuleText {
            title: "SYN on an open connection: challenged",
            happened: "{host} has this connection already. Whatever the number of the `SYN`, it only \
                sends the challenge ACK {reply} and stays in {to}.",
            why: "If the peer did restart, it does not know that acknowledgement and answers with an \
                exact `RST`, which clears the old half-open connection; if the `SYN` is forged, nothing \
                happens.",
            otherwise: "If a `SYN` could reset the connection, one forged `SYN` would cut it.",
        },
        Rule::SynResets => RuleText {
            title: "SYN on an open connection: reset, the old way",
            happened: "{host} has the protection of RFC 5961 switched off, so a `SYN` inside the window \
                resets the connection: it sends {reply} and goes from {from} to {to}.",
            why: "RFC 793 took a `SYN` inside the window for an error and reset the connection. Today's \
                standard challenges it.",
            otherwise: "With RFC 5961 on, the same `SYN` draws a challenge ACK, and the connection is \
                unharmed.",
        },
        Rule::WithoutAck => RuleText {
            title: "No ACK bit: dropped",
            happened: "{host} drops it: once numbers are synchronised every segment must carry `ACK`. The \
                state stays {to}.",
            why: "On an open connection every segment has `ACK=1`, apart from the first `SYN` and some \
                `RST`s.",
            otherwise: "If it were accepted, someone who never saw this end's numbers could inject data.",
        },
        Rule::SynReceivedRcvAck => RuleText {
            title: "The third segment arrives: established",
            happened: "{host}'s `SYN` is acknowledged, so it goes from {from} to {to}.",
            why: "Only now is the server established: the client has acknowledged its initial number, \
                which proves that both can send and receive and that the request is not a stale one.",
            otherwise: "Without waiting for it the handshake would be two-way, and a stale connection \
                request would tie up the server.",
        },
        Rule::SynReceivedRcvBadAck => RuleText {
            title: "A wrong acknowledgement: RST, the state stays",
            happened: "{host} waits for the acknowledgement of its `SYN`, but {ack} is out of range. It \
                answers with {reply} and stays in {to}.",
            why: "The acknowledgement does not belong to the connection being opened; the `RST` is for \
                the old one, and the new one is unharmed.",
            otherwise: "If the open were given up, old segments could break new connections.",
        },
        Rule::AckAdvances => RuleText {
            title: "New data acknowledged",
            happened: "{ack} says that every number before it has arrived, so {host} removes them from \
                its send buffer: SND.UNA moves from {una} to {ack}.",
            why: "Acknowledgements are cumulative: the number is the next one expected, and everything \
                before it has arrived.",
            otherwise: "If each segment were acknowledged on its own, one lost acknowledgement would mean \
                sending again what had arrived.",
        },
        Rule::AckDuplicate => RuleText {
            title: "Nothing new acknowledged",
            happened: "{ack} acknowledges nothing new<<, but says that a segment has left the network: {host} sends {reply}>>.",
            why: "Duplicate acknowledgements are normal: the peer may have received something twice or \
                out of order.",
            otherwise: "If they counted as new, late acknowledgements would upset the connection.",
        },
        Rule::FastRetransmit => RuleText {
            title: "Fast retransmit: no waiting for the timer",
            happened: "After 3 duplicate acknowledgements {host} concludes that the segment at {una} is lost. It sends {reply} at once, without waiting for the timer, and halves its congestion window.",
            why: "Duplicate acknowledgements say that later segments still arrive and one before them is missing; three rule out mere reordering.",
            otherwise: "With the timer alone, one lost segment would cost a whole time-out of silence, and the congestion window would start again from the bottom.",
        },
        Rule::SackRepeatsHole => RuleText {
            title: "SACK: the next hole is filled",
            happened: "The peer still acknowledges {una}, but its SACK blocks say what it holds beyond. {host} repeats \
                what is missing, {reply}, before anything new.",
            why: "A cumulative acknowledgement tells of one hole only; the blocks show them all, so several lost \
                segments can be repeated within one round trip, and nothing that arrived is sent again.",
            otherwise: "Without SACK each further lost segment costs a round trip, or is repeated although it had arrived.",
        },
        Rule::AckMovesWindow => RuleText {
            title: "Window update",
            happened: "It acknowledges nothing new, but the peer's receive window has changed; {host} \
                notes the new window {window}.<< There is room: {reply} leaves.>>",
            why: "The receiver decides the window; SND.WL1 and SND.WL2 make sure that only newer segments \
                change it.",
            otherwise: "If an old segment's window were used, the sender might overrun the peer's buffer \
                or believe that the window is shut.",
        },
        Rule::AckOfUnsent => RuleText {
            title: "It acknowledges something never sent: dropped",
            happened: "{ack} is beyond everything {host} has sent (SND.NXT = {next}), so it is dropped \
                and answered with {reply}.",
            why: "What was never sent cannot be acknowledged; the answer tells the peer where things \
                stand.",
            otherwise: "If it were accepted, {host} would delete data that was never sent.",
        },
        Rule::AckTooOld => RuleText {
            title: "A very old acknowledgement: dropped and challenged",
            happened: "{ack} lies more than the largest window before SND.UNA = {una}. {host} drops it \
                and sends the challenge ACK {reply}.",
            why: "RFC 5961 limits the range of acknowledgement numbers, so that forged segments are \
                harder to get in.",
            otherwise: "Without the check an attacker would only have to guess the sequence number to \
                inject data.",
        },
        Rule::FinWait1RcvAckOfFin => RuleText {
            title: "Our FIN is acknowledged: half-closed",
            happened: "{ack} acknowledges {host}'s `FIN`, so it goes from {from} to {to} and waits for \
                the peer's connection release.",
            why: "The direction from {host} to the peer is released; the connection is **half-closed**: \
                {host} sends no more data but must accept what the peer still sends.",
            otherwise: "If this acknowledgement ended both directions, data the peer still has would be \
                lost; that is why a close usually takes four segments.",
        },
        Rule::ClosingRcvAckOfFin => RuleText {
            title: "Simultaneous close: our FIN is acknowledged",
            happened: "{ack} acknowledges {host}'s `FIN`, so it goes from {from} to {to} and the 2MSL \
                timer ({msl2}) starts.",
            why: "When both close at once the two `FIN`s cross, and each end waits for the other's \
                acknowledgement; both pass through `TIME-WAIT`.",
            otherwise: "If it closed at once, a peer that missed the last acknowledgement would have its \
                repeated `FIN` answered with `RST`.",
        },
        Rule::LastAckRcvAckOfFin => RuleText {
            title: "The last acknowledgement: closed at once",
            happened: "{ack} acknowledges {host}'s `FIN`; it deletes its TCB and goes from {from} to {to}.",
            why: "The passive end is **closed as soon as** the last acknowledgement arrives and waits for \
                no 2MSL, so it ends earlier than the active one.",
            otherwise: "Without this fourth segment {host} could not know whether its release arrived, \
                and could only send its `FIN` again and again.",
        },
        Rule::TimeWaitRcvAck => RuleText {
            title: "An ordinary ACK in TIME-WAIT: nothing to do",
            happened: "{host} is in {to}; an ordinary acknowledgement asks nothing of it<<. This one has not \
                the number that is expected, so {reply} says where {host} stands>>.",
            why: "In `TIME-WAIT` only a repeated `FIN` needs an answer: it means that the last \
                acknowledgement was lost.",
            otherwise: "If every acknowledgement restarted 2MSL, an old duplicate could prolong the wait \
                for ever.",
        },
        Rule::TextInOrder => RuleText {
            title: "Data in order",
            happened: "The segment's {bytes} bytes begin exactly at {expected}, the number {host} \
                expects. They go into the receive buffer<<, and {reply} acknowledges them>>.",
            why: "RCV.NXT moves on to the next number expected, and the acknowledgement says that \
                everything before it has arrived. A half-closed connection is no different: the open \
                direction still receives.",
            otherwise: "Without an acknowledgement the peer would time out and send the same data again.",
        },
        Rule::AckDelayed => RuleText {
            title: "In order, acknowledged later",
            happened: "What arrived goes to the application. {host} waits, by the delayed-ACK timer, for something to carry the acknowledgement.",
            why: "An acknowledgement may wait, for less than half a second: if data leaves meanwhile, or \
                a second segment arrives, a bare acknowledgement is saved.",
            otherwise: "If it waited too long, the peer would think the data lost and send it again.",
        },
        Rule::NagleWaits => RuleText {
            title: "A small segment waits",
            happened: "{host} has unacknowledged data in flight, and what is left does not fill a \
                segment: it waits for the acknowledgement.",
            why: "While something is unacknowledged, only full segments leave, so that there are not \
                many tiny ones. TCP_NODELAY switches this off.",
            otherwise: "If every byte left at once, packets of 41 bytes would carry 1 byte of data.",
        },
        Rule::TextFillsHole => RuleText {
            title: "The hole is filled",
            happened: "The missing data is here: {host} moves it and what waited behind it into the \
                receive buffer, {bytes} bytes in all<<, and {reply} acknowledges them>>.",
            why: "Data out of order is kept; once the hole is filled, one acknowledgement covers \
                everything.",
            otherwise: "If it were not kept, the peer would have to send it all again.",
        },
        Rule::TextOutOfOrder => RuleText {
            title: "Data out of order: kept, the hole is awaited",
            happened: "{host} expects {expected}, but this segment begins at {seq}: something is missing \
                in between. The data is kept and not handed to the application<<, and {reply} repeats at \
                once what is expected>>.",
            why: "A byte stream is delivered in order; sequence numbers put late and repeated segments in \
                their places.",
            otherwise: "If it were handed over now, the data would be in the wrong order.",
        },
        Rule::TextAfterShutdownRead => RuleText {
            title: "Reading side shut: acknowledged and dropped",
            happened: "{host}'s application reads no more, so the {bytes} bytes are thrown away<<, but \
                acknowledged as usual: {reply}>>.",
            why: "After SHUT_RD data is silently dropped, and the peer is not told.",
            otherwise: "Without an acknowledgement the peer would retransmit until it gave up the whole \
                connection.",
        },
        Rule::TextAfterClose => RuleText {
            title: "Data for an application that has left: RST",
            happened: "{host}'s application has called close(), so nobody will read this data. It sends \
                {reply} and goes from {from} to {to}.",
            why: "close() shuts both directions; data that comes later is lost, and the `RST` says so. To \
                half-close, use shutdown(SHUT_WR).",
            otherwise: "If the data were acknowledged, the peer would believe that it was read.",
        },
        Rule::TextAfterFin => RuleText {
            title: "Data after FIN: ignored",
            happened: "{host} has received the peer's `FIN`; no data should follow. It is ignored, and \
                the state stays {to}.",
            why: "The `FIN` has the peer's last number; data after it has no legal place.",
            otherwise: "If it were accepted, the application would read data after end of file.",
        },
        Rule::FinBehindHole => RuleText {
            title: "FIN behind a hole: it waits",
            happened: "Data from {expected} on is still missing before this `FIN`. {host} remembers it \
                and does not change its state<<; {reply} repeats what is expected>>.",
            why: "A `FIN` has a number too and is taken in order: the peer has finished only when \
                everything before it has arrived.",
            otherwise: "If it were taken now, the application would read end of file with data still \
                missing.",
        },
        Rule::EstablishedRcvFin => RuleText {
            title: "Passive close: the peer's FIN is acknowledged",
            happened: "{host} takes the peer's connection release, goes from {from} to {to}<<, acknowledges it with {reply}>> and tells its application: after the last data comes end of file.",
            why: "The direction from the peer to {host} is released; the connection is **half-closed**. \
                {host} may still send, for as long as its application likes.",
            otherwise: "If the application forgets to call close(), this end stays in `CLOSE-WAIT`.",
        },
        Rule::FinWait1RcvFin => RuleText {
            title: "Both close at once",
            happened: "{host}'s `FIN` is not acknowledged yet, but the peer's `FIN` arrives. {host} \
                acknowledges it with {reply} and goes from {from} to {to}.",
            why: "The two `FIN`s crossed: both ends closed at the same time. `CLOSING` waits for the \
                acknowledgement of this end's own `FIN`. It is rarely seen.",
            otherwise: "If it went straight to `TIME-WAIT`, nobody would repeat its own `FIN` if that was \
                lost.",
        },
        Rule::FinAgainWithAck => RuleText {
            title: "FIN once more, with the acknowledgement",
            happened: "{host} is set to repeat its `FIN` with the acknowledgement.",
            why: "If its `FIN` was lost, the peer has it now, without waiting for the retransmission timer; if not, the repeat does no harm.",
            otherwise: "By the standard the acknowledgement leaves alone (Figure 13), and a lost `FIN` waits for the timer.",
        },
        Rule::FinWait1RcvFinAck => RuleText {
            title: "FIN and ACK in one segment",
            happened: "This one segment both acknowledges {host}'s `FIN` and brings the peer's. {host} \
                answers with {reply} and goes from {from} **straight** to {to}, without `FIN-WAIT-2`; \
                the 2MSL timer ({msl2}) starts.",
            why: "With nothing left to send, the peer can put the second and third segment into one, with \
                both `FIN` and `ACK` set; the close then takes three segments.",
            otherwise: "If the peer still had data, it would acknowledge first and release after the \
                data: four segments.",
        },
        Rule::FinWait2RcvFin => RuleText {
            title: "The peer's FIN: TIME-WAIT",
            happened: "{host} acknowledges the peer's connection release with {reply}, goes from {from} \
                to {to}, and the 2MSL timer ({msl2}) starts.",
            why: "Both directions are released, but the TCB is kept for 2MSL: the last acknowledgement \
                may be lost, and every segment of this connection must die out in that time.",
            otherwise: "If the TCB went at once, the peer's repeated `FIN` would draw an `RST`, and late \
                segments could enter a new connection.",
        },
        Rule::IcmpOfNothingInFlight => RuleText {
            title: "ICMP about nothing in flight: ignored",
            happened: "The report quotes a segment that {host} has not in flight, so it is old or forged.",
            why: "Anybody can send an ICMP packet; only one who sees the traffic knows a number that is in flight now.",
            otherwise: "If every report counted, anyone who guesses the ports could break connections.",
        },
        Rule::IcmpSourceQuench => RuleText {
            title: "Source Quench: ignored",
            happened: "A router asks {host} to send more slowly; TCP does not listen to that.",
            why: "Congestion control learns from losses what the network takes; Source Quench helped little and was \
                easily abused.",
            otherwise: "An attacker could slow any connection down with one packet now and then.",
        },
        Rule::IcmpEndsConnection => RuleText {
            title: "A hard ICMP error: given up",
            happened: "The report says that trying again is useless: {icmp}. {host} gives up, goes from {from} to {to}, and the application gets an error (`{error}`).",
            why: "While a connection is being opened nothing can be lost by giving up, and the application can try another address at once. An open connection is ended like this only if the settings say so: such reports are easily forged.",
            otherwise: "It would go on retransmitting for minutes before the application learns of it.",
        },
        Rule::IcmpNoted => RuleText {
            title: "An ICMP error that may pass: noted",
            happened: "{host} notes the report, {icmp}, and goes on: the retransmission timer decides.",
            why: "Routes come back. TCP must not end a connection for such a report; but if it ends by time, the \
                application learns the reason.",
            otherwise: "A short fault of one router would break every connection through it.",
        },
        Rule::RetransmitSyn => RuleText {
            title: "The SYN is retransmitted",
            happened: "{host}'s `SYN` was not acknowledged in time, so {reply} is sent again (retry \
                {retries}); the next wait is {rto}.",
            why: "A lost `SYN`, `SYN,ACK` or acknowledgement is repaired by **retransmission on timeout**; repeated time-outs double the wait, so as not to add to congestion.",
            otherwise: "Without it, one lost segment would keep the connection from ever opening.",
        },
        Rule::RetransmitSynAck => RuleText {
            title: "The SYN,ACK is retransmitted",
            happened: "The third segment did not arrive, so {host} sends {reply} again (retry {retries}); \
                the next wait is {rto}.",
            why: "Whether the `SYN,ACK` or the client's acknowledgement was lost looks the same from \
                here: after the retransmission the peer acknowledges again.",
            otherwise: "If a client withholds the last acknowledgement on purpose, the server stays in \
                `SYN-RECEIVED` until its retries are used up; many of these make a SYN flood.",
        },
        Rule::RetransmitData => RuleText {
            title: "Data is retransmitted",
            happened: "{host}'s oldest data was not acknowledged in time, so {reply} is sent again (retry \
                {retries}); the next wait is {rto}.",
            why: "The same data goes out with the same numbers: if it had arrived, the receiver \
                recognises the duplicate by its numbers, drops it and acknowledges again.",
            otherwise: "Without it, lost data would never arrive, and the byte stream would break.",
        },
        Rule::RetransmitFin => RuleText {
            title: "The FIN is retransmitted",
            happened: "{host}'s `FIN` was not acknowledged in time, so {reply} is sent again (retry \
                {retries}); the next wait is {rto}, and the state stays {to}.",
            why: "Whether the `FIN` or its acknowledgement was lost, retransmission repairs it; a peer in \
                `TIME-WAIT` acknowledges again and restarts its 2MSL timer.",
            otherwise: "If the peer had no `TIME-WAIT` and its TCB were gone, the repeated `FIN` would \
                only draw an `RST`.",
        },
        Rule::RetriesExhausted => RuleText {
            title: "Retries used up: given up",
            happened: "{host} has retransmitted {limit} times without an acknowledgement. It gives the connection up, goes from {from} to {to}, and the application gets an error (`{error}`).",
            why: "The peer may have crashed or the line may be cut. The retry limit R2 decides how long a silent network is survived; a `SYN` must be tried for three minutes at least. If a router reported trouble meanwhile, the error says so instead of “timed out”.",
            otherwise: "Without a limit, this end would retransmit for ever after the peer had failed.",
        },
        Rule::ProbeZeroWindow => RuleText {
            title: "A zero window is probed",
            happened: "The peer's receive window is 0, so {host} sends the probe {reply} to see whether \
                it has opened.",
            why: "The acknowledgement that announces the open window may be lost, and acknowledgements \
                are not retransmitted; so the sender probes. The connection stays up as long as probes \
                are answered.",
            otherwise: "Without probes, losing that one acknowledgement would leave both ends waiting for \
                each other for ever.",
        },
        Rule::SendSmallSegment => RuleText {
            title: "A small segment after all",
            happened: "The window opened only a little; {host} has waited and now sends {reply}, as much \
                as fits.",
            why: "To avoid the silly window syndrome a small opening is not used at once; but the wait is \
                bounded.",
            otherwise: "If every byte of window were used at once, headers would outweigh the data many \
                times.",
        },
        Rule::UserTimeoutExpires => RuleText {
            title: "User time-out: given up",
            happened: "{host}'s data has been unacknowledged longer than its application allows. The \
                connection is given up: {from} becomes {to}, and the application gets ETIMEDOUT.",
            why: "With the user time-out the application says how long it is willing to wait; that can be \
                much earlier than the retry limit.",
            otherwise: "Without it, only the retry limit would end the waiting.",
        },
        Rule::TimeWaitExpires => RuleText {
            title: "2MSL are over: the TCB is deleted",
            happened: "{host} has waited 2MSL ({msl2}); it deletes its transmission control block (TCB) \
                and goes from {from} to {to}. The connection has ended completely.",
            why: "Within one maximum segment lifetime (MSL) every segment has died out; after 2MSL \
                neither a segment nor its answer can turn up, and the pair of sockets may be used again.",
            otherwise: "Without the wait, late segments of this connection could be taken for data by a \
                new one between the same sockets.",
        },
        Rule::DelayedAckExpires => RuleText {
            title: "The delayed acknowledgement must leave",
            happened: "{host} can wait no longer and sends {reply}.",
            why: "Nothing left that could have carried it; an acknowledgement waits less than half a second.",
            otherwise: "If it went on waiting, the peer's retransmission timer would expire.",
        },
        Rule::ProbeKeepalive => RuleText {
            title: "Idle for long: a probe segment",
            happened: "{host} has heard nothing from the peer for long and sends the probe segment \
                {reply}. Its number was acknowledged before, which forces the peer to answer. Probes \
                unanswered so far: {retries}.",
            why: "The keepalive timer starts anew with every segment from the peer, usually at two \
                hours; when it expires, probe segments go out, one every 75 seconds. It is off unless \
                the application asks for it.",
            otherwise: "Without it this end would wait in vain for a peer that has died.",
        },
        Rule::KeepaliveExhausted => RuleText {
            title: "No probe was answered: given up",
            happened: "{limit} probe segments in a row went unanswered. {host} takes the peer for dead, \
                sends {reply}, goes from {from} to {to}, and the application gets ETIMEDOUT.",
            why: "One unanswered probe proves nothing, it may have been lost on the way; after {limit} in a row the connection is given up.",
            otherwise: "If one were enough, a short fault of the line would cut a good connection.",
        },
        Rule::FinWait2Expires => RuleText {
            title: "The peer's FIN never came: the TCB is deleted",
            happened: "{host} has waited too long in {from}, and its application closed long ago. It \
                deletes its transmission control block (TCB) and goes to {to}.",
            why: "The standard sets no limit to `FIN-WAIT-2`; but for an end without an application \
                common stacks do (60 seconds in Linux).",
            otherwise: "Without a limit this end would stay in `FIN-WAIT-2` for as long as the peer does \
                not close.",
        },
        Rule::SpuriousTimeout => RuleText {
            title: "The timer does not run",
            happened: "This timer was stopped, so nothing happens and the state stays {to}.",
            why: "Only a running timer can expire; an expiry that comes after it was stopped does not \
                count.",
            otherwise: "If it were acted on, segments already acknowledged would be sent again.",
        },
        Rule::ListenRcvSynTwoWay => RuleText {
            title: "Broken rule: two-way open, established at once",
            happened: "By the two-way rule {host} counts itself established as soon as the `SYN` arrives: \
                it sends {reply} and goes from {from} straight to {to}.",
            why: "Real TCP enters `SYN-RECEIVED` here and waits for the third segment. Now nobody checks \
                whether the client wants this connection.",
            otherwise: "If this is a **stale connection request**, the server has opened a connection \
                nobody asked for and waits for data that never comes.",
        },
        Rule::SynSentRcvSynAckTwoWay => RuleText {
            title: "Broken rule: two-way open, no third segment",
            happened: "By the two-way rule {host} goes from {from} to {to} when the `SYN,ACK` arrives and \
                sends no acknowledgement.",
            why: "Real TCP sends the third segment here, so that the server knows that somebody wants the \
                connection.",
            otherwise: "When all goes well nothing looks different; the difference shows when a stale \
                connection request reaches the server.",
        },
        Rule::ClosedRcvSynAckTwoWay => RuleText {
            title: "Broken rule: an unexpected SYN,ACK is ignored",
            happened: "{host} did not ask for this connection. By the two-way rule it ignores the \
                `SYN,ACK` and stays in {to}.",
            why: "Real TCP answers with `RST` here, and the server knows at once that the request was \
                stale.",
            otherwise: "Now the server never learns it: it stays in `ESTABLISHED` and waits for data that \
                never comes.",
        },
        Rule::SkipTimeWait => RuleText {
            title: "Broken rule: no TIME-WAIT",
            happened: "{host} acknowledges the peer's `FIN` with {reply}, deletes its TCB and goes from \
                {from} straight to {to} without waiting 2MSL.",
            why: "Real TCP enters `TIME-WAIT` here. Now, if the last acknowledgement is lost, nobody can \
                answer the peer's repeated `FIN`.",
            otherwise: "Drop that acknowledgement and see: the repeated `FIN` draws an `RST`, and the \
                peer takes a clean release for an error.",
        },
        Rule::CloseWaitForgets => RuleText {
            title: "Broken rule: three-way close, no last acknowledgement",
            happened: "{host} sends its connection release {reply}, deletes its TCB without waiting for \
                the acknowledgement and goes from {from} straight to {to}.",
            why: "Real TCP enters `LAST-ACK` here. Without the last acknowledgement the passive end \
                cannot know that its release arrived.",
            otherwise: "If this `FIN` is lost nobody repeats it, and the peer stays in `FIN-WAIT-2`.",
        },
    }
}
