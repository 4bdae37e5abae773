//! The transmission control block: everything that one end knows about its connection (RFC 9293 §3.3.1).
//!
//! One flat struct for all states, because snapshots, differences, exercises and the diagram need a single type. Names
//! are those of the RFC. Other crates only read it: [`crate::step()`] makes all changes.

use std::rc::Rc;

use crate::config::Config;
use crate::congestion::Reno;
use crate::icmp::IcmpKind;
use crate::options::Agreed;
use crate::receive_buffer::ReceiveBuffer;
use crate::rto::Rto;
use crate::sack::Scoreboard;
use crate::segment::Endpoint;
use crate::send_buffer::SendBuffer;
use crate::seq::SeqNumber;
use crate::state::State;
use crate::time::Instant;
use crate::timer::Timers;
use crate::variable::Var;

/// The MSS to assume when the other end names none (RFC 9293 §3.7.1, MUST-15).
pub const DEFAULT_MSS: u16 = 536;

/// One end of a connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tcb {
    /// The state of the connection.
    pub state: State,
    /// The local end.
    pub local: Endpoint,
    /// The remote end; unspecified in LISTEN.
    pub remote: Endpoint,
    /// How it was opened. This decides what an RST does in SYN-RECEIVED (RFC 9293 §3.5.3, MUST-11).
    pub origin: OpenKind,
    /// The send sequence variables.
    pub snd: SendVariables,
    /// The receive sequence variables.
    pub rcv: ReceiveVariables,
    /// Our SYN is acknowledged. Not the same as UNA != ISS: after 4 GiB of data, UNA is ISS again.
    pub syn_acked: bool,
    /// Whether our FIN was asked for, and sent.
    pub fin: OurFin,
    /// Who will read the data that arrives.
    pub reader: Reader,
    /// How much text the other end accepts in one segment.
    pub send_mss: u16,
    /// Data sent and not acknowledged, and data not yet sent.
    pub send_buffer: Rc<SendBuffer>,
    /// Data received and not read, and data behind a hole.
    pub receive_buffer: Rc<ReceiveBuffer>,
    /// The running timers.
    pub timers: Timers,
    /// The retransmission time-out.
    pub rto: Rto,
    /// The round trip being measured: the number whose acknowledgement ends it, and when it began. None after a
    /// retransmission, since an acknowledgement could answer either copy (Karn, RFC 6298 §3).
    pub timing: Option<(SeqNumber, Instant)>,
    /// How often the oldest unacknowledged segment, or the window probe, was sent again.
    pub retries: u8,
    /// In LISTEN: the last number that an earlier connection between the same ends used. The new one starts beyond it.
    pub last_used: Option<SeqNumber>,
    /// The options that both ends sent in their SYNs.
    pub agreed: Agreed,
    /// A loss that is being repaired.
    pub recovery: Option<Recovery>,
    /// What the other end has received beyond SND.UNA, as its SACK blocks tell.
    pub scoreboard: Scoreboard,
    /// The state of congestion control; None before the connection is open, or if it is off.
    pub congestion: Option<Reno>,
    /// The latest problem that ICMP reported. It does not end the connection, but gives the reason if the connection
    /// times out (RFC 9293 §3.9.1.8, MUST-47).
    pub soft_error: Option<IcmpKind>,
    /// How many doubtful segments were answered in the last seconds.
    pub challenges: Challenges,
}

/// SND.*: our numbers.
///
/// ```text
///        UNA        NXT         UNA + WND
///  ───────┼──────────┼────────────┼───────
///   acked │ in flight│ may be sent│ may not
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SendVariables {
    /// SND.UNA: the oldest number not acknowledged. Equals NXT when nothing is in flight.
    pub una: SeqNumber,
    /// SND.NXT: the next number to send.
    pub nxt: SeqNumber,
    /// SND.WND: how many octets, from UNA on, the other end accepts.
    pub wnd: u32,
    /// SND.WL1: SEG.SEQ of the segment that last set WND.
    pub wl1: SeqNumber,
    /// SND.WL2: SEG.ACK of the segment that last set WND.
    pub wl2: SeqNumber,
    /// ISS: our initial sequence number.
    pub iss: SeqNumber,
    /// The largest WND ever seen (MAX.SND.WND of RFC 5961 §5.2).
    pub max_wnd: u32,
}

/// A loss that is being repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Recovery {
    /// Everything before this number was sent before the loss was noticed. An acknowledgement below it is partial: the
    /// next segment was lost too (RFC 6582).
    pub point: SeqNumber,
    /// True if duplicate acknowledgements showed the loss, so segments still arrive; false if the timer did.
    pub is_fast: bool,
}

/// How many doubtful segments were answered, and since when (RFC 5961 §7). Without a limit, two ends that disagree
/// about their numbers would answer each other for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Challenges {
    /// When the count began.
    pub since: Instant,
    /// How many were answered since then.
    pub count: u8,
}

/// RCV.*: the other end's numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ReceiveVariables {
    /// RCV.NXT: the next number expected.
    pub nxt: SeqNumber,
    /// RCV.WND: how many octets, from NXT on, we accept. NXT + WND never moves back (RFC 9293 §3.8.6, SHLD-14).
    pub wnd: u32,
    /// IRS: the other end's initial sequence number.
    pub irs: SeqNumber,
    /// The number last acknowledged to the other end. Smaller than NXT while an acknowledgement is delayed.
    pub acked: SeqNumber,
    /// The right edge of the window as last announced. NXT + WND may lie beyond it until the next segment is sent.
    pub announced: SeqNumber,
}

/// Passive or active OPEN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OpenKind {
    /// It was opened by LISTEN.
    Passive,
    /// It was opened by connect().
    Active,
}

/// Whether our FIN was asked for, and sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OurFin {
    /// The application has not closed.
    NotAsked,
    /// The application has closed, but data or the handshake comes first.
    Queued,
    /// The FIN was sent with this number.
    Sent(SeqNumber),
}

/// Who will read the data that arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reader {
    /// The application may read.
    Open,
    /// shutdown(SHUT_RD): the application will not read any more.
    Shut,
    /// close(): there is no application left.
    Gone,
}

impl Tcb {
    /// An end with no connection ("fictional", in the RFC's words). Every OPEN starts from it.
    #[must_use]
    pub fn closed(local: Endpoint, remote: Endpoint, config: &Config) -> Self {
        Self {
            state: State::Closed,
            local,
            remote,
            origin: OpenKind::Active,
            snd: SendVariables::default(),
            rcv: ReceiveVariables { wnd: config.receive_buffer_bytes, ..ReceiveVariables::default() },
            syn_acked: false,
            fin: OurFin::NotAsked,
            reader: Reader::Open,
            send_mss: DEFAULT_MSS,
            send_buffer: Rc::default(),
            receive_buffer: Rc::default(),
            timers: Timers::default(),
            rto: Rto::new(config),
            timing: None,
            retries: 0,
            last_used: None,
            agreed: Agreed::default(),
            recovery: None,
            scoreboard: Scoreboard::default(),
            congestion: None,
            soft_error: None,
            challenges: Challenges::default(),
        }
    }

    /// The variables by name, always in the same order. Those of congestion control are left out if there is none.
    pub fn variables(&self) -> impl Iterator<Item = (Var, u32)> {
        let congestion = self.congestion.map(|reno| [(Var::Cwnd, reno.cwnd), (Var::Ssthresh, reno.ssthresh)]);
        let sequence = [
            (Var::Iss, self.snd.iss.0),
            (Var::SndUna, self.snd.una.0),
            (Var::SndNxt, self.snd.nxt.0),
            (Var::SndWnd, self.snd.wnd),
            (Var::SndWl1, self.snd.wl1.0),
            (Var::SndWl2, self.snd.wl2.0),
            (Var::Irs, self.rcv.irs.0),
            (Var::RcvNxt, self.rcv.nxt.0),
            (Var::RcvWnd, self.rcv.wnd),
        ];
        sequence.into_iter().chain(congestion.into_iter().flatten())
    }

    /// How many numbers were sent and are not acknowledged: octets, SYN and FIN.
    #[must_use]
    pub const fn in_flight(&self) -> u32 {
        self.snd.nxt.since(self.snd.una)
    }

    /// The number of the first octet in the send buffer: SND.UNA, or the one after while our SYN is outstanding.
    #[must_use]
    pub fn first_unacked_octet(&self) -> SeqNumber {
        if self.syn_acked { self.snd.una } else { self.snd.iss.add(1) }
    }

    /// How many octets of the send buffer were never sent.
    #[must_use]
    pub fn unsent_bytes(&self) -> u32 {
        self.send_buffer.len().saturating_sub(self.octets_in_flight())
    }

    /// How many octets of the send buffer are in flight; SYN and FIN do not count.
    #[must_use]
    pub fn octets_in_flight(&self) -> u32 {
        let first = self.first_unacked_octet();
        if self.snd.nxt.is_at_or_before(first) {
            return 0;
        }
        let fin = u32::from(matches!(self.fin, OurFin::Sent(seq) if self.snd.una.is_at_or_before(seq)));
        self.snd.nxt.since(first) - fin
    }

    /// Our FIN was sent and is acknowledged.
    #[must_use]
    pub fn is_fin_acked(&self) -> bool {
        matches!(self.fin, OurFin::Sent(seq) if self.snd.una.is_after(seq))
    }

    /// Bytes the application may read now.
    #[must_use]
    pub fn readable_bytes(&self) -> u32 {
        self.receive_buffer.readable_bytes()
    }
}
