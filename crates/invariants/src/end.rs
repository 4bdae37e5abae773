//! One end of a connection, checked after every step. The test plays the other end.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::rc::Rc;

use bytes::Bytes;
use tcp::options::timestamp;
use tcp::time::Instant;
use tcp::{
    Call, Control, Endpoint, Event, Options, Rule, Segment, SeqNumber, Settings, State, Tcb, Timestamps,
    Transition, give_way, step,
};

use super::Ledger;

pub(crate) const LOCAL: Endpoint = Endpoint::new(Ipv4Addr::new(192, 0, 2, 1), 40_001);
pub(crate) const REMOTE: Endpoint = Endpoint::new(Ipv4Addr::new(198, 51, 100, 7), 80);
/// Close to 2^32, so that numbers wrap soon.
pub(crate) const PEER_ISS: SeqNumber = SeqNumber(u32::MAX - 700);
/// Where the other end's timestamp clock starts: close to 2^32, so that it wraps soon too.
const PEER_CLOCK: u32 = u32::MAX - 1_000;

/// The options that an end sends in its SYN.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Offer {
    pub(crate) window_scale: Option<u8>,
    pub(crate) sack: bool,
    pub(crate) timestamps: bool,
}

impl Offer {
    pub(crate) const ALL: Self = Self { window_scale: Some(3), sack: true, timestamps: true };
}

/// An end under test.
pub(crate) struct End {
    pub(crate) tcb: Rc<Tcb>,
    pub(crate) settings: Settings,
    pub(crate) now: Instant,
    /// Every rule that fired.
    pub(crate) fired: BTreeSet<Rule>,
    peer_offers: Offer,
    ledger: Ledger,
}

impl End {
    fn new(settings: Settings, peer_offers: Offer) -> Self {
        let tcb = Rc::new(Tcb::closed(LOCAL, Endpoint::UNSPECIFIED, &settings.config));
        let (fired, ledger) = (BTreeSet::new(), Ledger::default());
        Self { tcb, settings, now: Instant::ZERO, fired, peer_offers, ledger }
    }

    /// An end brought to `state` in the shortest way. The other end's SYN has the options in `peer_offers`.
    pub(crate) fn in_state(state: State, settings: Settings, peer_offers: Offer) -> Self {
        let mut end = Self::new(settings, peer_offers);
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

    /// The next segment of a peer that has received everything.
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
            options: self.options_of_peer(is_first),
            text: Bytes::new(),
        }
    }

    /// The options of a segment that the peer sends now, if it keeps to what was agreed on.
    fn options_of_peer(&self, is_first: bool) -> Options {
        let offers = self.peer_offers;
        let is_timed = if is_first { offers.timestamps } else { self.tcb.agreed.timestamps.is_some() };
        let times = Timestamps { value: self.peer_clock(), echo: timestamp(self.now) };
        let timestamps = is_timed.then_some(times);
        if is_first {
            let (window_scale, sack_permitted) = (offers.window_scale, offers.sack);
            Options { window_scale, sack_permitted, timestamps, ..Options::default() }
        } else {
            Options { timestamps, ..Options::default() }
        }
    }

    /// The other end's timestamp clock.
    pub(crate) fn peer_clock(&self) -> u32 {
        timestamp(self.now).wrapping_add(PEER_CLOCK)
    }

    fn hear(&mut self, control: Control) {
        self.on(Event::SegmentArrives(self.next_segment(control)));
    }

    #[track_caller]
    pub(crate) fn on(&mut self, event: Event) {
        let reopened = match &event {
            Event::SegmentArrives(segment) => self.give_way(segment),
            Event::Call(_) | Event::Timeout(_) | Event::IcmpArrives(_) => None,
        };
        let transition = step(&self.tcb, &self.settings, self.now, event);
        self.take(&transition);
        if let Some(last_used) = reopened
            && !self.settings.what_if.fixed_isn
            && self.tcb.state == State::SynReceived
        {
            assert!(self.tcb.snd.iss.is_after(last_used), "the new connection has numbers of the old one");
        }
    }

    /// In TIME-WAIT, if another socket listens on the same port and `segment` may open a new connection: the old
    /// connection ends, and the listener's TCB takes its place. Returns the last number that the old connection used.
    #[track_caller]
    fn give_way(&mut self, segment: &Segment) -> Option<SeqNumber> {
        let last_used = self.tcb.snd.nxt;
        let transition = give_way(&self.tcb, &self.settings, self.now, segment)?;
        self.take(&transition);
        let fresh = Rc::new(Tcb::closed(LOCAL, Endpoint::UNSPECIFIED, &self.settings.config));
        let transition = step(&fresh, &self.settings, self.now, Event::Call(Call::OpenPassive));
        self.take(&transition);
        Rc::make_mut(&mut self.tcb).last_used = Some(last_used);
        Some(last_used)
    }

    #[track_caller]
    fn take(&mut self, transition: &Transition) {
        self.ledger.check(transition, &self.settings);
        self.fired.extend(transition.fired.iter().map(|fired| fired.rule));
        self.tcb = Rc::clone(&transition.after);
    }
}
