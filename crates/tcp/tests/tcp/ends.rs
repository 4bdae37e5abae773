//! Helpers for tests: one end, or two ends joined by a wire. Segments stay on the wire until the test delivers or drops
//! them.

use std::collections::VecDeque;
use std::net::Ipv4Addr;
use std::rc::Rc;

use bytes::Bytes;
use tcp::time::{Duration, Instant};
use tcp::{
    Call, Control, Endpoint, Event, Options, Reply, Rule, Segment, SendReason, SeqNumber, Settings, State,
    Tcb, TimerKind, Transition, step,
};

use invariants::fired::observe;

pub(crate) const A: Endpoint = Endpoint::new(Ipv4Addr::new(192, 0, 2, 1), 40_001);
pub(crate) const B: Endpoint = Endpoint::new(Ipv4Addr::new(198, 51, 100, 7), 80);

/// The initial sequence number of the peer that the test plays.
pub(crate) const PEER_ISS: SeqNumber = SeqNumber(5_000);

/// One end of a connection. The test plays the other end.
#[derive(Clone)]
pub(crate) struct End {
    pub(crate) tcb: Rc<Tcb>,
    pub(crate) settings: Settings,
    pub(crate) now: Instant,
}

impl End {
    pub(crate) fn new(local: Endpoint, settings: Settings) -> Self {
        let tcb = Rc::new(Tcb::closed(local, Endpoint::UNSPECIFIED, &settings.config));
        Self { tcb, settings, now: Instant::ZERO }
    }

    pub(crate) fn client() -> Self {
        Self::new(A, Settings::default())
    }

    pub(crate) fn server() -> Self {
        Self::new(B, Settings::default())
    }

    #[track_caller]
    pub(crate) fn on(&mut self, event: Event) -> Transition {
        let transition = step(&self.tcb, &self.settings, self.now, event);
        observe(&transition);
        invariants::check(&transition, &self.settings);
        self.tcb = Rc::clone(&transition.after);
        transition
    }

    #[track_caller]
    pub(crate) fn call(&mut self, call: Call) -> Transition {
        self.on(Event::Call(call))
    }

    #[track_caller]
    pub(crate) fn connect(&mut self) -> Transition {
        self.call(Call::OpenActive { local: A, remote: B })
    }

    #[track_caller]
    pub(crate) fn send(&mut self, data: &'static [u8]) -> Transition {
        self.call(Call::Send { data: Bytes::from_static(data), remote: None })
    }

    #[track_caller]
    pub(crate) fn receive(&mut self) -> Vec<u8> {
        match self.call(Call::Receive { max_bytes: 100_000 }).reply() {
            Some(Reply::Received(data)) => data.to_vec(),
            other => panic!("nothing received: {other:?}"),
        }
    }

    #[track_caller]
    pub(crate) fn rcv(&mut self, segment: &Segment) -> Transition {
        self.on(Event::SegmentArrives(segment.clone()))
    }

    /// Moves the clock to the next timer and lets it expire.
    #[track_caller]
    pub(crate) fn expire(&mut self) -> (TimerKind, Transition) {
        let (kind, at) = self.tcb.timers.next().expect("a timer runs");
        self.now = at;
        (kind, self.on(Event::Timeout(kind)))
    }

    #[track_caller]
    pub(crate) fn timeout(&mut self, kind: TimerKind) -> Transition {
        self.on(Event::Timeout(kind))
    }

    pub(crate) fn wait(&mut self, wait: Duration) {
        self.now += wait;
    }

    pub(crate) fn state(&self) -> State {
        self.tcb.state
    }

    /// A segment from the test's peer. `seq` counts from its ISS and `ack` from ours; the SYN is number 0.
    pub(crate) fn peer(&self, control: Control, seq: u32, ack: u32) -> Segment {
        Segment {
            source: if self.tcb.local == A { B } else { A },
            destination: self.tcb.local,
            seq: PEER_ISS.add(seq),
            ack: if control.contains(Control::ACK) { self.tcb.snd.iss.add(ack) } else { SeqNumber(0) },
            control,
            window: 65_535,
            urgent: 0,
            ttl: 64,
            options: Options::default(),
            text: Bytes::new(),
        }
    }

    /// Such a segment with text.
    pub(crate) fn peer_text(&self, seq: u32, ack: u32, text: &'static [u8]) -> Segment {
        Segment { text: Bytes::from_static(text), ..self.peer(Control::ACK | Control::PSH, seq, ack) }
    }

    /// An end brought to `state` in the shortest way. The next number of its peer is 1, or 2 after a FIN.
    pub(crate) fn in_state(state: State) -> Self {
        Self::in_state_with(state, Settings::default())
    }

    pub(crate) fn in_state_with(state: State, settings: Settings) -> Self {
        let mut end = Self::new(if state == State::Listen { B } else { A }, settings);
        let road: &[State] = match state {
            State::Closed => &[],
            State::Listen => &[State::Listen],
            State::SynSent => &[State::SynSent],
            State::SynReceived => &[State::Listen, State::SynReceived],
            State::Established => &[State::SynSent, State::Established],
            State::FinWait1 => &[State::SynSent, State::Established, State::FinWait1],
            State::FinWait2 => &[State::SynSent, State::Established, State::FinWait1, State::FinWait2],
            State::CloseWait => &[State::SynSent, State::Established, State::CloseWait],
            State::Closing => &[State::SynSent, State::Established, State::FinWait1, State::Closing],
            State::LastAck => &[State::SynSent, State::Established, State::CloseWait, State::LastAck],
            State::TimeWait => {
                &[State::SynSent, State::Established, State::FinWait1, State::FinWait2, State::TimeWait]
            }
        };
        for &next in road {
            end.go(next);
            assert_eq!(end.state(), next);
        }
        end
    }

    fn go(&mut self, next: State) {
        let fin_ack = Control::FIN | Control::ACK;
        match (self.state(), next) {
            (State::Closed, State::Listen) => self.call(Call::OpenPassive),
            (State::Closed, State::SynSent) => self.connect(),
            (State::Listen, State::SynReceived) => self.rcv(&self.peer(Control::SYN, 0, 0)),
            (State::SynSent, State::Established) => self.rcv(&self.peer(Control::SYN | Control::ACK, 0, 1)),
            (State::Established, State::FinWait1) | (State::CloseWait, State::LastAck) => {
                self.call(Call::Shutdown)
            }
            (State::FinWait1, State::FinWait2) => self.rcv(&self.peer(Control::ACK, 1, 2)),
            (State::Established, State::CloseWait) | (State::FinWait1, State::Closing) => {
                self.rcv(&self.peer(fin_ack, 1, 1))
            }
            (State::FinWait2, State::TimeWait) => self.rcv(&self.peer(fin_ack, 1, 2)),
            (from, to) => panic!("no road from {from} to {to}"),
        };
    }
}

/// Two ends of this stack.
pub(crate) struct Pair {
    pub(crate) a: End,
    pub(crate) b: End,
    /// Segments on the wire, oldest first: `true` if A sent it.
    pub(crate) wire: VecDeque<(bool, Segment)>,
}

impl Pair {
    /// A closed, B listening.
    pub(crate) fn new() -> Self {
        let (a, mut b) = (End::client(), End::server());
        b.call(Call::OpenPassive);
        Self { a, b, wire: VecDeque::new() }
    }

    pub(crate) fn established() -> Self {
        let mut pair = Self::new();
        pair.a(|a| a.connect());
        pair.settle();
        assert_eq!(pair.states(), [State::Established; 2]);
        pair
    }

    pub(crate) fn states(&self) -> [State; 2] {
        [self.a.state(), self.b.state()]
    }

    /// Does something at A. The segments it sends go on the wire.
    pub(crate) fn a(&mut self, act: impl FnOnce(&mut End) -> Transition) -> Transition {
        let transition = act(&mut self.a);
        self.wire.extend(transition.sent().map(|(segment, _)| (true, segment.clone())));
        transition
    }

    /// Does something at B.
    pub(crate) fn b(&mut self, act: impl FnOnce(&mut End) -> Transition) -> Transition {
        let transition = act(&mut self.b);
        self.wire.extend(transition.sent().map(|(segment, _)| (false, segment.clone())));
        transition
    }

    /// Delivers the oldest segment.
    #[track_caller]
    pub(crate) fn deliver(&mut self) -> Transition {
        let (from_a, segment) = self.wire.pop_front().expect("a segment is on the wire");
        if from_a { self.b(|b| b.rcv(&segment)) } else { self.a(|a| a.rcv(&segment)) }
    }

    /// Loses the oldest segment.
    #[track_caller]
    pub(crate) fn lose(&mut self) -> Segment {
        self.wire.pop_front().expect("a segment is on the wire").1
    }

    /// Delivers until the wire is empty.
    #[track_caller]
    pub(crate) fn settle(&mut self) {
        for _ in 0..1_000 {
            if self.wire.is_empty() {
                return;
            }
            self.deliver();
        }
        panic!("the two ends never fall silent");
    }
}

/// The rules that fired, in order.
pub(crate) fn rules(transition: &Transition) -> Vec<Rule> {
    transition.fired.iter().map(|fired| fired.rule).collect()
}

/// The segments sent: control bits, numbers relative to ISS and IRS, length.
pub(crate) fn sent(transition: &Transition) -> Vec<String> {
    let tcb = &transition.after;
    transition
        .sent()
        .map(|(segment, _)| {
            let seq = segment.seq.since(tcb.snd.iss);
            let ack = segment.ack.since(tcb.rcv.irs);
            let ack = if segment.has(Control::ACK) { format!(" ack={ack}") } else { String::new() };
            let text =
                if segment.text.is_empty() { String::new() } else { format!(" len={}", segment.text.len()) };
            format!("{} seq={seq}{ack}{text}", segment.control)
        })
        .collect()
}

pub(crate) fn reasons(transition: &Transition) -> Vec<SendReason> {
    transition.sent().map(|(_, why)| why).collect()
}
