//! Every rule that the state machine can fire: its stable name, the clauses it follows, and the claims it shows.
//!
//! Records name the rules that fired, the course has a text for each rule, tests must fire each, and the page, the
//! scenarios and the links refer to rules by name. Names never change and are never reused.

use core::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::state::State;

/// Defines the enum and its table together, so that every rule has a name, a clause and its claims.
macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident $name:literal [$($clause:literal),+] [$($claim:literal),*];)+) => {
        /// A named rule. In the order in which RFC 9293 §3.10 treats events: calls, segments, time-outs. Then come the
        /// rules that are broken on purpose.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[ts(rename = "RuleName")]
        pub enum Rule { $($(#[$doc])* #[serde(rename = $name)] $rule,)+ }

        impl Rule {
            /// Every rule, in order.
            pub const ALL: &'static [Self] = &[$(Self::$rule,)+];

            /// The stable name: `syn-sent-rcv-syn-ack`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$rule => $name,)+ }
            }

            /// The clauses it follows; the most important one comes first.
            #[must_use]
            pub const fn clauses(self) -> &'static [&'static str] {
                match self { $(Self::$rule => &[$($clause),+],)+ }
            }

            /// The claims of the curriculum it shows.
            #[must_use]
            pub const fn claims(self) -> &'static [&'static str] {
                match self { $(Self::$rule => &[$($claim),*],)+ }
            }
        }
    };
}

rules! {
    // ---- OPEN (RFC 9293 §3.10.1) -------------------------------------------------------------------------------
    /// A passive OPEN on a CLOSED end: LISTEN.
    OpenPassive "open-passive" ["RFC 9293 §3.10.1"] ["C02"];
    /// An active OPEN on a CLOSED end: SYN, SYN-SENT.
    OpenActive "open-active" ["RFC 9293 §3.10.1", "RFC 9293 §3.4.1"] ["C03", "C04"];
    /// An active OPEN on a listening end turns it active: SYN, SYN-SENT.
    OpenActiveFromListen "open-active-from-listen" ["RFC 9293 §3.10.1"] [];
    /// OPEN where a connection exists already, or a passive OPEN twice.
    OpenRefused "open-refused" ["RFC 9293 §3.10.1"] [];

    // ---- SEND (§3.10.2) ----------------------------------------------------------------------------------------
    /// SEND with a remote end on a listening end turns it active: SYN, SYN-SENT.
    SendFromListen "send-from-listen" ["RFC 9293 §3.10.2"] [];
    /// Data is queued until the connection is open.
    SendQueued "send-queued" ["RFC 9293 §3.10.2"] [];
    /// Data is taken, and sent as far as the window allows.
    SendAccepted "send-accepted" ["RFC 9293 §3.10.2", "RFC 9293 §3.7"] ["C24"];
    /// The send buffer is full: the call would block.
    SendBufferFull "send-buffer-full" ["RFC 9293 §3.10.2"] [];
    /// This end has already said FIN: EPIPE.
    SendAfterClose "send-after-close" ["RFC 9293 §3.10.2"] ["C21"];
    /// There is no connection to send on.
    SendWithoutConnection "send-without-connection" ["RFC 9293 §3.10.2"] [];

    // ---- RECEIVE (§3.10.3) -------------------------------------------------------------------------------------
    /// Data that waited is handed to the application.
    ReceiveDelivers "receive-delivers" ["RFC 9293 §3.10.3"] [];
    /// Nothing has arrived yet: the call would block.
    ReceiveWaits "receive-waits" ["RFC 9293 §3.10.3"] [];
    /// The other end has sent FIN and all data was read: end of file.
    ReceiveEndOfFile "receive-end-of-file" ["RFC 9293 §3.10.3", "RFC 9293 §3.6"] ["C23"];
    /// The application closed its reading side.
    ReceiveAfterShutdown "receive-after-shutdown" ["RFC 9293 §3.10.3"] ["C51"];
    /// There is no connection to read from.
    ReceiveWithoutConnection "receive-without-connection" ["RFC 9293 §3.10.3"] [];
    /// shutdown(SHUT_RD): nothing more will be read; the peer is told nothing.
    ShutdownRead "shutdown-read" ["POSIX shutdown()"] ["C51"];

    // ---- CLOSE (§3.10.4) ---------------------------------------------------------------------------------------
    /// CLOSE in LISTEN: the TCB is deleted.
    CloseListen "close-listen" ["RFC 9293 §3.10.4"] [];
    /// CLOSE in SYN-SENT: the TCB is deleted, nothing is sent.
    CloseSynSent "close-syn-sent" ["RFC 9293 §3.10.4"] [];
    /// CLOSE in SYN-RECEIVED with nothing to send: FIN, FIN-WAIT-1.
    CloseSynReceived "close-syn-received" ["RFC 9293 §3.10.4"] ["C21"];
    /// CLOSE in SYN-RECEIVED with data waiting: queued until the connection is open.
    CloseSynReceivedQueued "close-syn-received-queued" ["RFC 9293 §3.10.4"] [];
    /// CLOSE in ESTABLISHED: FIN after all data, FIN-WAIT-1.
    CloseEstablished "close-established" ["RFC 9293 §3.10.4", "RFC 9293 §3.6"] ["C20", "C21", "C22", "C50"];
    /// CLOSE in CLOSE-WAIT: FIN after all data, LAST-ACK.
    CloseCloseWait "close-close-wait" ["RFC 9293 §3.10.4", "RFC 9293 §3.6"] ["C26", "C22"];
    /// CLOSE again: never a second FIN.
    CloseAgain "close-again" ["RFC 9293 §3.10.4"] [];
    /// CLOSE where there is no connection.
    CloseWithoutConnection "close-without-connection" ["RFC 9293 §3.10.4"] [];
    /// close() with data unread: RST instead of FIN, so that the peer learns its data was lost.
    CloseWithUnreadData "close-with-unread-data" ["RFC 9293 §3.6.1", "RFC 2525 §2.17"] ["C57"];
    /// close() after our FIN was sent: the application is done, and TCP finishes the connection by itself.
    CloseOrphans "close-orphans" ["RFC 9293 §3.6.1"] ["C37"];

    // ---- ABORT (§3.10.5) ---------------------------------------------------------------------------------------
    /// ABORT of a synchronised connection: RST, CLOSED.
    AbortSendsReset "abort-sends-reset" ["RFC 9293 §3.10.5"] ["C57"];
    /// ABORT in LISTEN, SYN-SENT, CLOSING, LAST-ACK, TIME-WAIT: the TCB is deleted, nothing is sent.
    AbortSilently "abort-silently" ["RFC 9293 §3.10.5"] ["C57"];
    /// ABORT where there is no connection.
    AbortWithoutConnection "abort-without-connection" ["RFC 9293 §3.10.5"] [];

    // ---- setsockopt() ------------------------------------------------------------------------------------------
    /// The settings of a connection take effect.
    OptionsApplied "options-applied" ["RFC 9293 §3.9.1"] [];

    // ---- SEGMENT ARRIVES: in any state -------------------------------------------------------------------------
    /// SYN and FIN in one segment, on a host that drops such segments.
    SynFinDropped "syn-fin-dropped" ["RFC 9293 §3.10.7"] [];

    // ---- SEGMENT ARRIVES: CLOSED (§3.10.7.1) -------------------------------------------------------------------
    /// RST at CLOSED: dropped; an RST never answers an RST.
    ClosedRcvRst "closed-rcv-rst" ["RFC 9293 §3.10.7.1"] ["C57"];
    /// A segment without ACK at CLOSED: RST with SEQ 0, acknowledging it.
    ClosedRcvWithoutAck "closed-rcv-without-ack" ["RFC 9293 §3.10.7.1", "RFC 9293 §3.5.2"] ["C55"];
    /// A segment with ACK at CLOSED: RST with its acknowledgement number.
    ClosedRcvAck "closed-rcv-ack" ["RFC 9293 §3.10.7.1", "RFC 9293 §3.5.2"] ["C53", "C54", "C30"];

    // ---- SEGMENT ARRIVES: LISTEN (§3.10.7.2) -------------------------------------------------------------------
    /// RST at LISTEN: ignored.
    ListenRcvRst "listen-rcv-rst" ["RFC 9293 §3.10.7.2"] ["C57"];
    /// ACK at LISTEN: it belongs to no connection here, RST.
    ListenRcvAck "listen-rcv-ack" ["RFC 9293 §3.10.7.2", "RFC 9293 §3.5.2"] ["C54"];
    /// SYN,ACK at LISTEN, if so set: dropped silently.
    ListenIgnoresSynAck "listen-ignores-syn-ack" ["RFC 9293 §3.10.7.2"] ["C54"];
    /// SYN at LISTEN: SYN,ACK, SYN-RECEIVED.
    ListenRcvSyn "listen-rcv-syn" ["RFC 9293 §3.10.7.2", "RFC 9293 §3.5"] ["C05", "C04"];
    /// Neither RST, ACK nor SYN at LISTEN: dropped.
    ListenRcvOther "listen-rcv-other" ["RFC 9293 §3.10.7.2"] [];
    /// SYN at LISTEN, but the backlog is full: dropped; the client will try again.
    ListenBacklogFull "listen-backlog-full" ["RFC 4987 §2", "RFC 9293 §3.9.1.1"] ["C74"];
    /// SYN at LISTEN when the backlog is full: SYN,ACK with a cookie, and nothing is kept.
    ListenSynCookie "listen-syn-cookie" ["RFC 4987 §3.6"] ["C74"];
    /// ACK at LISTEN that returns a cookie: ESTABLISHED.
    ListenRcvCookie "listen-rcv-cookie" ["RFC 4987 §3.6", "RFC 9293 §3.10.7.4"] ["C74"];
    /// Text that came with a SYN, if so set: ignored; the other end will send it again.
    TextOnSynIgnored "text-on-syn-ignored" ["RFC 9293 §3.10.7.2", "RFC 9293 §3.4"] ["C04"];

    // ---- SEGMENT ARRIVES: SYN-SENT (§3.10.7.3) -----------------------------------------------------------------
    /// An acknowledgement of something never sent, in SYN-SENT: RST.
    SynSentRcvBadAck "syn-sent-rcv-bad-ack" ["RFC 9293 §3.10.7.3", "RFC 9293 §3.5.2"] ["C10"];
    /// After that RST, if so set: the SYN is sent again at once.
    SynAgainAtOnce "syn-again-at-once" ["RFC 9293 §3.10.7.3"] ["C10"];
    /// An acknowledgement of something never sent, with RST, in SYN-SENT: dropped.
    SynSentRcvBadAckRst "syn-sent-rcv-bad-ack-rst" ["RFC 9293 §3.10.7.3"] [];
    /// RST that acknowledges our SYN: connection refused, CLOSED.
    SynSentRcvRst "syn-sent-rcv-rst" ["RFC 9293 §3.10.7.3", "RFC 9293 §3.5.3"] ["C55"];
    /// RST without ACK in SYN-SENT: dropped, since anyone could have sent it.
    SynSentRcvRstWithoutAck "syn-sent-rcv-rst-without-ack" ["RFC 9293 §3.10.7.3"] [];
    /// SYN,ACK of our SYN: ACK, ESTABLISHED.
    SynSentRcvSynAck "syn-sent-rcv-syn-ack" ["RFC 9293 §3.10.7.3", "RFC 9293 §3.5"] ["C06", "C07"];
    /// SYN without ACK: both ends opened at once. SYN,ACK, SYN-RECEIVED.
    SynSentRcvSyn "syn-sent-rcv-syn" ["RFC 9293 §3.10.7.3", "RFC 9293 §3.5"] ["C12"];
    /// Neither SYN nor RST in SYN-SENT: dropped.
    SynSentRcvOther "syn-sent-rcv-other" ["RFC 9293 §3.10.7.3"] [];

    // ---- SEGMENT ARRIVES: the other states (§3.10.7.4), in the order of its checks -----------------------------
    /// No timestamps, although both ends agreed on them: dropped.
    TimestampMissing "timestamp-missing" ["RFC 7323 §3.2"] [];
    /// Its timestamp is older than the last one: a late duplicate, whatever its sequence number. ACK, drop.
    TimestampTooOld "timestamp-too-old" ["RFC 7323 §5.3"] ["C30"];
    /// First check failed: outside the window. ACK, drop.
    OutsideWindow "outside-window" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.4"] ["C76"];
    /// First check failed by exactly one: a keep-alive probe. ACK, drop.
    KeepaliveAnswered "keepalive-answered" ["RFC 9293 §3.8.4", "RFC 9293 §3.10.7.4"] ["C59"];
    /// Too many doubtful segments arrived in a short time: this one gets no answer.
    ChallengeLimited "challenge-limited" ["RFC 5961 §7"] [];
    /// First check failed, and it is an RST: dropped silently.
    OutsideWindowRst "outside-window-rst" ["RFC 9293 §3.10.7.4", "RFC 5961 §3.2"] ["C71"];
    /// The SYN that opened this connection arrived again: SYN,ACK once more.
    SynReceivedRcvSynAgain "syn-received-rcv-syn-again" ["RFC 9293 §3.8.1", "RFC 9293 §3.10.7.4"] ["C11"];
    /// Simultaneous open, last step: a SYN,ACK whose SYN is already known and whose ACK counts. ESTABLISHED.
    SynReceivedRcvSynAck "syn-received-rcv-syn-ack" ["RFC 9293 §3.5", "RFC 9293 A.2"] ["C12"];
    /// The other end's FIN arrived again in TIME-WAIT: ACK, 2 MSL start over.
    TimeWaitRcvFin "time-wait-rcv-fin" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.6.1"] ["C29"];
    /// The SYN,ACK that opened this connection arrived again, so our ACK of it was lost: ACK, drop.
    SynAckAgain "syn-ack-again" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.8.1"] ["C11"];
    /// A FIN already received arrived again: ACK, drop.
    RepeatedFin "repeated-fin" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.4"] ["C76", "C11"];
    /// RST in SYN-RECEIVED that came from LISTEN: back to LISTEN, silently.
    SynReceivedRcvRstPassive "syn-received-rcv-rst-passive" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.5.3"] ["C10"];
    /// RST in SYN-RECEIVED that came from SYN-SENT: connection refused, CLOSED.
    SynReceivedRcvRstActive "syn-received-rcv-rst-active" ["RFC 9293 §3.10.7.4"] [];
    /// RST with exactly the next number, while the connection is open: the user is told "connection reset". CLOSED.
    RstResets "rst-resets" ["RFC 9293 §3.10.7.4", "RFC 5961 §3.2"] ["C54", "C71", "C57"];
    /// RST with exactly the next number in CLOSING, LAST-ACK or TIME-WAIT: CLOSED.
    RstEndsClosing "rst-ends-closing" ["RFC 9293 §3.10.7.4", "RFC 1337 §2"] ["C73", "C30"];
    /// RST in the window but not exact: challenge ACK.
    RstChallenged "rst-challenged" ["RFC 5961 §3.2", "RFC 9293 §3.10.7.4"] ["C71"];
    /// RST in TIME-WAIT, if so set: ignored.
    TimeWaitIgnoresRst "time-wait-ignores-rst" ["RFC 1337 §3"] ["C73"];
    /// SYN in TIME-WAIT with a number beyond the old connection: it makes room for the new one.
    TimeWaitGivesWay "time-wait-gives-way" ["RFC 9293 §3.6.1", "RFC 1122 §4.2.2.13"] ["C56"];
    /// SYN in TIME-WAIT, if so set: RST, and TIME-WAIT goes on.
    TimeWaitRefusesSyn "time-wait-refuses-syn" ["RFC 9293 §3.6.1"] ["C56"];
    /// SYN on an open connection: challenge ACK, whatever its number.
    SynChallenged "syn-challenged" ["RFC 5961 §4.2", "RFC 9293 §3.10.7.4"] ["C72"];
    /// SYN in the window, as RFC 793 had it: RST, CLOSED.
    SynResets "syn-resets" ["RFC 793 p. 71", "RFC 9293 §3.10.7.4"] ["C72"];
    /// No ACK bit: dropped.
    WithoutAck "without-ack" ["RFC 9293 §3.10.7.4"] [];
    /// The acknowledgement of our SYN in SYN-RECEIVED: ESTABLISHED.
    SynReceivedRcvAck "syn-received-rcv-ack" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.5"] ["C06", "C12"];
    /// An acknowledgement of something never sent, in SYN-RECEIVED: RST, the state stays.
    SynReceivedRcvBadAck "syn-received-rcv-bad-ack" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.5.2"] [];
    /// It acknowledges new data: SND.UNA moves on.
    AckAdvances "ack-advances" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.4"] [];
    /// It acknowledges nothing new.
    AckDuplicate "ack-duplicate" ["RFC 9293 §3.10.7.4"] [];
    /// Three duplicate acknowledgements in a row prove a loss: the oldest segment is sent again at once.
    FastRetransmit "fast-retransmit" ["RFC 5681 §3.2", "RFC 9293 §3.8.2"] ["C76"];
    /// SACK shows another hole: it is sent again before anything new.
    SackRepeatsHole "sack-repeats-hole" ["RFC 2018 §5", "RFC 6675 §5"] ["C76"];
    /// It only changes the window.
    AckMovesWindow "ack-moves-window" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.8.6"] ["C75"];
    /// It acknowledges something never sent: ACK, drop.
    AckOfUnsent "ack-of-unsent" ["RFC 9293 §3.10.7.4"] [];
    /// It acknowledges something very old: challenge ACK, drop.
    AckTooOld "ack-too-old" ["RFC 5961 §5.2", "RFC 9293 §3.10.7.4"] [];
    /// Our FIN is acknowledged in FIN-WAIT-1: FIN-WAIT-2.
    FinWait1RcvAckOfFin "fin-wait-1-rcv-ack-of-fin" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.6"] ["C25", "C23", "C24"];
    /// Our FIN is acknowledged in CLOSING: TIME-WAIT.
    ClosingRcvAckOfFin "closing-rcv-ack-of-fin" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.6"] ["C35"];
    /// Our FIN is acknowledged in LAST-ACK: CLOSED.
    LastAckRcvAckOfFin "last-ack-rcv-ack-of-fin" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.6"] ["C28"];
    /// An ordinary acknowledgement in TIME-WAIT: nothing to do.
    TimeWaitRcvAck "time-wait-rcv-ack" ["RFC 9293 §3.10.7.4"] [];
    /// Text with the next number: taken and acknowledged.
    TextInOrder "text-in-order" ["RFC 9293 §3.10.7.4"] ["C24"];
    /// Text with the next number is taken, and its acknowledgement is delayed.
    AckDelayed "ack-delayed" ["RFC 9293 §3.8.6.3"] [];
    /// A small segment waits until everything sent is acknowledged.
    NagleWaits "nagle-waits" ["RFC 9293 §3.7.4"] [];
    /// Text that fills a hole: taken, together with the text that waited behind the hole.
    TextFillsHole "text-fills-hole" ["RFC 9293 §3.10.7.4"] ["C76"];
    /// Text behind a hole: kept, and RCV.NXT is acknowledged at once.
    TextOutOfOrder "text-out-of-order" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.8"] ["C76"];
    /// Text after shutdown(SHUT_RD): acknowledged and thrown away.
    TextAfterShutdownRead "text-after-shutdown-read" ["POSIX shutdown()"] ["C51"];
    /// Text for an application that has closed: RST.
    TextAfterClose "text-after-close" ["RFC 9293 §3.6.1", "RFC 2525 §2.17"] ["C57"];
    /// Text after the other end's FIN: ignored.
    TextAfterFin "text-after-fin" ["RFC 9293 §3.10.7.4"] [];
    /// FIN behind missing data: it waits until the hole is filled.
    FinBehindHole "fin-behind-hole" ["RFC 9293 §3.10.7.4"] ["C76"];
    /// FIN in ESTABLISHED: ACK, end of file for the application, CLOSE-WAIT.
    EstablishedRcvFin "established-rcv-fin" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.6"] ["C23", "C24", "C41"];
    /// FIN in FIN-WAIT-1 before the acknowledgement of ours: both close at once. CLOSING.
    FinWait1RcvFin "fin-wait-1-rcv-fin" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.6"] ["C35"];
    /// FIN in FIN-WAIT-1, if so set: the acknowledgement carries our FIN once more.
    FinAgainWithAck "fin-again-with-ack" ["RFC 9293 §3.10.7.4"] ["C35"];
    /// FIN together with the acknowledgement of ours: straight to TIME-WAIT.
    FinWait1RcvFinAck "fin-wait-1-rcv-fin-ack" ["RFC 9293 §3.10.7.4", "RFC 1122 §4.2.2.8"] ["C33"];
    /// FIN in FIN-WAIT-2: ACK, TIME-WAIT.
    FinWait2RcvFin "fin-wait-2-rcv-fin" ["RFC 9293 §3.10.7.4", "RFC 9293 §3.6.1"] ["C27"];

    // ---- ICMP (§3.9.2.2) ---------------------------------------------------------------------------------------
    /// A report about a segment that is not in flight: old or forged, ignored.
    IcmpOfNothingInFlight "icmp-of-nothing-in-flight" ["RFC 9293 §3.9.2.2", "RFC 5927 §4.1"] [];
    /// Source Quench: ignored.
    IcmpSourceQuench "icmp-source-quench" ["RFC 9293 §3.9.2.2", "RFC 6633 §3"] [];
    /// A hard error: the open is given up.
    IcmpEndsConnection "icmp-ends-connection" ["RFC 9293 §3.9.2.2", "RFC 5461 §4.1"] ["C55"];
    /// A problem that may pass: kept for the application, and the connection goes on.
    IcmpNoted "icmp-noted" ["RFC 9293 §3.9.2.2", "RFC 5461 §2.2"] ["C70"];

    // ---- Time-outs (§3.10.8) -----------------------------------------------------------------------------------
    /// The SYN was not acknowledged in time: sent again.
    RetransmitSyn "retransmit-syn" ["RFC 9293 §3.10.8", "RFC 6298 §5.4"] ["C11", "C70"];
    /// The SYN,ACK was not acknowledged in time: sent again.
    RetransmitSynAck "retransmit-syn-ack" ["RFC 9293 §3.10.8", "RFC 6298 §5.4"] ["C11", "C08"];
    /// Data was not acknowledged in time: the oldest segment is sent again.
    RetransmitData "retransmit-data" ["RFC 9293 §3.10.8", "RFC 6298 §5.4"] ["C76"];
    /// The FIN was not acknowledged in time: sent again.
    RetransmitFin "retransmit-fin" ["RFC 9293 §3.10.8", "RFC 6298 §5.4"] ["C29", "C11"];
    /// The retry limit R2 is reached: the connection is given up.
    RetriesExhausted "retries-exhausted" ["RFC 9293 §3.8.3"] ["C70", "C79"];
    /// The window is still closed: a probe of one octet.
    ProbeZeroWindow "probe-zero-window" ["RFC 9293 §3.8.6.1"] ["C75"];
    /// The window opened only a little: after one time-out, as much as fits is sent.
    SendSmallSegment "send-small-segment" ["RFC 9293 §3.8.6.2.1"] [];
    /// The user time-out is reached: aborted.
    UserTimeoutExpires "user-timeout-expires" ["RFC 9293 §3.10.8", "RFC 9293 §3.8.3"] ["C79"];
    /// 2 MSL are over: the TCB is deleted, CLOSED.
    TimeWaitExpires "time-wait-expires" ["RFC 9293 §3.10.8", "RFC 9293 §3.6.1"] ["C27", "C28", "C31"];

    /// The delayed acknowledgement must be sent now.
    DelayedAckExpires "delayed-ack-expires" ["RFC 9293 §3.8.6.3"] [];
    /// The connection was idle for a long time: ask whether the other end is still there.
    ProbeKeepalive "probe-keepalive" ["RFC 9293 §3.8.4"] ["C59"];
    /// No probe was answered: the connection is given up.
    KeepaliveExhausted "keepalive-exhausted" ["RFC 9293 §3.8.4"] ["C59"];
    /// No application is left, and the other FIN does not come: the TCB is deleted.
    FinWait2Expires "fin-wait-2-expires" ["RFC 1122 §4.2.2.20"] ["C37"];

    /// A time-out of a timer that is not running: nothing happens.
    SpuriousTimeout "spurious-timeout" ["RFC 9293 §3.10.8"] [];

    // ---- Rules broken on purpose (`WhatIf`) --------------------------------------------------------------------
    /// Two-way open: SYN at LISTEN, SYN,ACK, and the server is ESTABLISHED at once.
    ListenRcvSynTwoWay "what-if-listen-rcv-syn-two-way" ["RFC 9293 §3.5"] ["C09"];
    /// Two-way open: SYN,ACK in SYN-SENT, ESTABLISHED, and no third segment is sent.
    SynSentRcvSynAckTwoWay "what-if-syn-sent-rcv-syn-ack-two-way" ["RFC 9293 §3.5"] ["C09"];
    /// Two-way open: the client ignores a SYN,ACK it did not ask for.
    ClosedRcvSynAckTwoWay "what-if-closed-rcv-syn-ack-two-way" ["RFC 9293 §3.5.2"] ["C09"];
    /// No TIME-WAIT: the other FIN is acknowledged, and the TCB is deleted at once.
    SkipTimeWait "what-if-skip-time-wait" ["RFC 9293 §3.6.1"] ["C30", "C31"];
    /// Three-way close: the passive closer sends its FIN and deletes its TCB without waiting for the ACK.
    CloseWaitForgets "what-if-close-wait-forgets" ["RFC 9293 §3.6"] ["C34"];
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A rule that fired, and the states before and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fired {
    /// The rule.
    pub rule: Rule,
    /// The state before it fired.
    pub from: State,
    /// The state after it fired.
    pub to: State,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_in_kebab_case() {
        let mut seen = BTreeSet::new();
        for rule in Rule::ALL {
            assert!(seen.insert(rule.name()), "{rule} twice");
            assert!(
                rule.name().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{rule}"
            );
        }
    }

    #[test]
    fn claims_look_like_claims() {
        for rule in Rule::ALL {
            for claim in rule.claims() {
                assert!(claim.len() == 3 && claim.starts_with('C'), "{rule} names {claim}");
            }
        }
    }
}
