//! The transmission control block: all that one end remembers of a connection (RFC 9293 §3.3.1).
//!
//! One flat value for all states, because snapshots, differences, exercises and the diagram need one type. The RFC's
//! names are kept to the letter. Outside `tcp/` it is read only: [`super::step`] alone makes new ones.

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
    /// Where it stands.
    pub state: State,
    /// The local end.
    pub local: Endpoint,
    /// The remote end; unspecified in LISTEN.
    pub remote: Endpoint,
    /// How it was opened: decides what RST does in SYN-RECEIVED (RFC 9293 §3.5.3, MUST-11).
    pub origin: Origin,
    /// The send sequence variables.
    pub snd: SendVariables,
    /// The receive sequence variables.
    pub rcv: ReceiveVariables,
    /// Our SYN is acknowledged. Not the same as UNA != ISS: after 4 GiB the numbers have come round to ISS again.
    pub syn_acked: bool,
    /// How far our FIN has got.
    pub fin: OurFin,
    /// Who reads what arrives.
    pub reader: Reader,
    /// The largest segment text the other end takes.
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
    /// retransmission, for nobody can tell which copy an acknowledgement answers (Karn, RFC 6298 §3).
    pub timing: Option<(SeqNumber, Instant)>,
    /// How often the oldest unacknowledged segment, or the window probe, was sent again.
    pub retries: u8,
    /// In LISTEN: the last number that a former connection between the two ends used. The new one begins beyond it.
    pub last_used: Option<SeqNumber>,
    /// What both ends named in their SYNs.
    pub agreed: Agreed,
    /// A loss that is being repaired.
    pub recovery: Option<Recovery>,
    /// What the other end holds beyond SND.UNA, as far as its SACK blocks said.
    pub scoreboard: Scoreboard,
    /// What the network takes; none before the connection is open, or without congestion control.
    pub congestion: Option<Reno>,
    /// The latest report of trouble on the way. It does not end the connection, but tells why if it ends by time
    /// (RFC 9293 §3.9.1.8, MUST-47).
    pub soft_error: Option<IcmpKind>,
    /// Doubtful segments answered lately.
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
    /// SND.WND: how many octets, from UNA on, the other end takes.
    pub wnd: u32,
    /// SND.WL1: SEG.SEQ of the segment that last moved WND.
    pub wl1: SeqNumber,
    /// SND.WL2: SEG.ACK of the segment that last moved WND.
    pub wl2: SeqNumber,
    /// ISS: our initial sequence number.
    pub iss: SeqNumber,
    /// The largest WND ever seen (MAX.SND.WND of RFC 5961 §5.2).
    pub max_wnd: u32,
}

/// A loss that is being repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Recovery {
    /// Everything before this number was sent before the loss was noticed. A partial acknowledgement below it means
    /// that the next segment was lost as well (RFC 6582).
    pub point: SeqNumber,
    /// Duplicate acknowledgements showed it, so segments still arrive; otherwise it was the timer.
    pub is_fast: bool,
}

/// How many doubtful segments were answered, and since when (RFC 5961 §7). Two ends that disagree about their numbers
/// would otherwise answer each other for ever.
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
    /// RCV.WND: how many octets, from NXT on, we take. NXT + WND never moves back (RFC 9293 §3.8.6, SHLD-14).
    pub wnd: u32,
    /// IRS: the other end's initial sequence number.
    pub irs: SeqNumber,
    /// The number last acknowledged to the other end. Behind NXT while an acknowledgement is put off.
    pub acked: SeqNumber,
    /// The right edge last announced. NXT + WND may lie beyond it until the next segment says so.
    pub announced: SeqNumber,
}

/// Passive or active OPEN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// It was opened by LISTEN.
    Passive,
    /// It was opened by connect().
    Active,
}

/// How far our FIN has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OurFin {
    /// The application has not closed.
    NotAsked,
    /// The application has closed; data or the handshake still goes first.
    Queued,
    /// Sent, with this number.
    Sent(SeqNumber),
}

/// Who reads what arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reader {
    /// The application may read.
    Open,
    /// shutdown(SHUT_RD): it will not.
    Shut,
    /// close(): there is no application any more.
    Gone,
}

impl Tcb {
    /// An end with no connection: fictional in the RFC's words, and the start of every OPEN.
    #[must_use]
    pub fn closed(local: Endpoint, remote: Endpoint, config: &Config) -> Self {
        Self {
            state: State::Closed,
            local,
            remote,
            origin: Origin::Active,
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

    /// The variables by name, always the same ones in the same order; those of congestion control only where there
    /// is any.
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

    /// Numbers sent and not acknowledged: octets, SYN and FIN.
    #[must_use]
    pub const fn in_flight(&self) -> u32 {
        self.snd.nxt.since(self.snd.una)
    }

    /// The number of the first octet in the send buffer: SND.UNA, or the one after while our SYN is outstanding.
    #[must_use]
    pub fn first_unacked_octet(&self) -> SeqNumber {
        if self.syn_acked { self.snd.una } else { self.snd.iss.add(1) }
    }

    /// Octets in the send buffer that were never sent.
    #[must_use]
    pub fn unsent_bytes(&self) -> u32 {
        self.send_buffer.len().saturating_sub(self.octets_in_flight())
    }

    /// Octets of the send buffer in flight: without SYN and FIN.
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
