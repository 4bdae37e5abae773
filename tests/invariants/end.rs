//! One end whose other end is the test, checked at every step.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::rc::Rc;

use bytes::Bytes;
use tcp_state_lab::tcp::{
    Call, Control, Endpoint, Event, Options, Rule, Segment, SeqNumber, Settings, State, Tcb, step,
};
use tcp_state_lab::time::Instant;

use super::Ledger;

pub(crate) const LOCAL: Endpoint = Endpoint::new(Ipv4Addr::new(192, 0, 2, 1), 40_001);
pub(crate) const REMOTE: Endpoint = Endpoint::new(Ipv4Addr::new(198, 51, 100, 7), 80);
/// So near 2^32 that numbers wrap round soon.
pub(crate) const PEER_ISS: SeqNumber = SeqNumber(u32::MAX - 700);

/// An end under test.
pub(crate) struct End {
    pub(crate) tcb: Rc<Tcb>,
    pub(crate) settings: Settings,
    pub(crate) now: Instant,
    /// Every rule that fired.
    pub(crate) fired: BTreeSet<Rule>,
    ledger: Ledger,
}

impl End {
    pub(crate) fn new(settings: Settings) -> Self {
        let tcb = Rc::new(Tcb::closed(LOCAL, Endpoint::UNSPECIFIED, &settings.config));
        Self { tcb, settings, now: Instant::ZERO, fired: BTreeSet::new(), ledger: Ledger::default() }
    }

    /// An end brought to `state` by the shortest road.
    pub(crate) fn in_state(state: State, settings: Settings) -> Self {
        let mut end = Self::new(settings);
        let (syn_ack, fin_ack) = (Control::SYN | Control::ACK, Control::FIN | Control::ACK);
        if matches!(state, State::Listen | State::SynReceived) {
            end.on(Event::Call(Call::OpenPassive));
        } else if state != State::Closed {
            end.on(Event::Call(Call::OpenActive { local: LOCAL, remote: REMOTE }));
        }
        match state {
            State::Closed | State::Listen | State::SynSent => {}
            State::SynReceived => end.hear(Control::SYN),
            _ => end.hear(syn_ack),
        }
        let closes_first =
            matches!(state, State::FinWait1 | State::FinWait2 | State::Closing | State::TimeWait);
        if closes_first {
            end.on(Event::Call(Call::Shutdown));
        }
        match state {
            State::FinWait2 => end.hear(Control::ACK),
            State::TimeWait | State::CloseWait | State::LastAck => end.hear(fin_ack),
            State::Closing => {
                let old = end.tcb.snd.una;
                end.on(Event::SegmentArrives(Segment { ack: old, ..end.next_segment(fin_ack) }));
            }
            _ => {}
        }
        if state == State::LastAck {
            end.on(Event::Call(Call::Shutdown));
        }
        assert_eq!(end.tcb.state, state);
        end
    }

    /// The next segment of a peer that has heard everything.
    pub(crate) fn next_segment(&self, control: Control) -> Segment {
        let is_first = control.contains(Control::SYN);
        Segment {
            source: REMOTE,
            destination: LOCAL,
            seq: if is_first { PEER_ISS } else { self.tcb.rcv.nxt },
            ack: if control.contains(Control::ACK) { self.tcb.snd.nxt } else { SeqNumber(0) },
            control,
            window: 8_000,
            urgent: 0,
            ttl: 64,
            options: Options::default(),
            text: Bytes::new(),
        }
    }

    fn hear(&mut self, control: Control) {
        self.on(Event::SegmentArrives(self.next_segment(control)));
    }

    #[track_caller]
    pub(crate) fn on(&mut self, event: Event) {
        let transition = step(&self.tcb, &self.settings, self.now, event);
        self.ledger.check(&transition, &self.settings);
        self.fired.extend(transition.fired.iter().map(|fired| fired.rule));
        self.tcb = Rc::clone(&transition.after);
    }
}
