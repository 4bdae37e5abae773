//! Two ends over a bad network: segments are lost, duplicated and reordered. The data delivered is always a prefix of
//! the data sent. Once the network is good again and both applications have closed, both ends reach CLOSED.

use bytes::Bytes;
use tcp::rng::Rng;
use tcp::time::{Duration, Instant};
use tcp::{Call, Control, Reply, Segment, SeqNumber, Settings, State, TimerKind, Transition};

use crate::ends::{A, B, End, Pair};

/// Two ends with a clock, a wire with delays, and two applications that send data.
struct Storm {
    ends: [End; 2],
    flying: Vec<(Instant, u32, usize, Segment)>,
    count: u32,
    now: Instant,
    rng: Rng,
    unsent: [Bytes; 2],
    sent: [Vec<u8>; 2],
    read: [Vec<u8>; 2],
    said_fin: [bool; 2],
    calm: bool,
    /// The right edge of the window that each end announced last.
    edges: [Option<SeqNumber>; 2],
}

impl Storm {
    fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let mut settings = Settings::default();
        // Small buffers, so that windows close and open.
        settings.config.receive_buffer_bytes = 200 + rng.below(5_000);
        settings.config.send_buffer_bytes = 200 + rng.below(5_000);
        settings.config.data_retries = u8::MAX;
        settings.config.syn_retries = u8::MAX;
        settings.config.timestamps = rng.below(2) == 0;
        settings.config.sack = rng.below(2) == 0;
        settings.config.window_scale = (rng.below(2) == 0).then_some(3);
        settings.config.nagle = rng.below(4) == 0;
        settings.config.ack_delay = Duration::from_millis(if rng.below(4) == 0 { 200 } else { 0 });
        let Pair { mut a, mut b, .. } = Pair::new();
        a.settings = settings.clone();
        b = End::new(b.tcb.local, settings);
        b.call(Call::OpenPassive);
        let mut text = || -> Bytes { (0..rng.below(20_000)).map(|_| rng.below(256) as u8).collect() };
        let unsent = [text(), text()];
        let sent = unsent.clone().map(|bytes| bytes.to_vec());
        Self {
            ends: [a, b],
            flying: Vec::new(),
            count: 0,
            now: Instant::ZERO,
            rng,
            unsent,
            sent,
            read: [Vec::new(), Vec::new()],
            said_fin: [false; 2],
            calm: false,
            edges: [None; 2],
        }
    }

    fn take(&mut self, from: usize, transition: &Transition) {
        for (segment, _) in transition.sent() {
            self.check_edge(from, segment, transition);
            let copies = if self.calm { 1 } else { [0, 1, 1, 1, 1, 2][self.rng.below(6) as usize] };
            for _ in 0..copies {
                let jitter = if self.calm { 0 } else { self.rng.below(400) };
                self.count += 1;
                let at = self.now + Duration::from_millis(100 + u64::from(jitter));
                self.flying.push((at, self.count, 1 - from, segment.clone()));
            }
        }
    }

    /// The right edge that an end has announced never moves back (RFC 9293 §3.8.6, SHLD-14). An RST announces nothing.
    /// With window scale it may move back by less than one step of the scale (RFC 7323 §2.4).
    fn check_edge(&mut self, end: usize, segment: &Segment, transition: &Transition) {
        if segment.has(Control::ACK) && !segment.has(Control::RST) {
            let shifts = transition.after.agreed.shifts.filter(|_| !segment.has(Control::SYN));
            let shift = shifts.map_or(0, |shifts| shifts.receive);
            let edge = segment.ack.add(u32::from(segment.window) << shift);
            let before = self.edges[end].replace(edge).unwrap_or(edge);
            let lost = (1 << shift) - 1;
            assert!(
                edge.add(lost).is_at_or_after(before),
                "the right edge moved back from {before} to {edge}"
            );
        }
    }

    fn on(&mut self, end: usize, act: impl FnOnce(&mut End) -> Transition) -> Transition {
        self.ends[end].now = self.now;
        let transition = act(&mut self.ends[end]);
        self.take(end, &transition);
        transition
    }

    /// After each event the applications act: they write, read sometimes, and close when they are done.
    fn run_applications(&mut self) {
        for end in [0, 1] {
            if self.ends[end].state().may_send() && !self.unsent[end].is_empty() {
                let data = self.unsent[end].clone();
                let transition = self.on(end, |e| e.call(Call::Send { data, remote: None }));
                if let Some(Reply::Sent(taken)) = transition.reply() {
                    self.unsent[end] = self.unsent[end].slice(*taken as usize..);
                }
            }
            if self.ends[end].tcb.readable_bytes() > 0 && (self.calm || self.rng.below(3) == 0) {
                let max_bytes = 1 + self.rng.below(3_000);
                let transition = self.on(end, |e| e.call(Call::Receive { max_bytes }));
                if let Some(Reply::Received(data)) = transition.reply() {
                    self.read[end].extend_from_slice(data);
                }
            }
            if self.ends[end].state().may_send() && self.unsent[end].is_empty() && !self.said_fin[end] {
                self.said_fin[end] = true;
                self.on(end, |e| e.call(Call::Shutdown));
            }
        }
    }

    /// Runs the next arrival or time-out; false if there is none.
    fn advance(&mut self) -> bool {
        let arrival = self.flying.iter().map(|&(at, n, ..)| (at, n)).min();
        let timers = [0, 1].map(|end| self.ends[end].tcb.timers.next().map(|(kind, at)| (at, end, kind)));
        let timer = timers.into_iter().flatten().min();
        match (arrival, timer) {
            (None, None) => return false,
            (Some((at, number)), timer) if timer.is_none_or(|(due, ..)| at <= due) => {
                let index = self.flying.iter().position(|&(_, n, ..)| n == number).expect("it flies");
                let (_, _, to, segment) = self.flying.swap_remove(index);
                self.now = at;
                self.on(to, |end| end.rcv(&segment));
            }
            (_, Some((at, end, kind))) => {
                self.now = at;
                self.on(end, |e| e.timeout(kind));
            }
            (Some(_), None) => unreachable!("the arm before takes it"),
        }
        true
    }

    fn check_prefixes(&self) {
        for (reader, writer) in [(0, 1), (1, 0)] {
            assert!(self.sent[writer].starts_with(&self.read[reader]), "delivered data is no prefix");
        }
    }

    fn run(&mut self) {
        self.on(0, |a| a.call(Call::OpenActive { local: A, remote: B }));
        for event in 0..100_000 {
            self.calm = event > 300;
            self.run_applications();
            self.check_prefixes();
            let is_closed = self.ends.iter().all(|end| end.state() == State::Closed);
            if is_closed && self.ends.iter().all(|end| end.tcb.readable_bytes() == 0) {
                for end in [0, 1] {
                    assert_eq!(self.read[end].len(), self.sent[1 - end].len(), "data is missing");
                }
                return;
            }
            assert!(self.advance() || is_closed, "nothing is left to happen: {:?}", self.states());
        }
        panic!("no end in sight: {:?}", self.states());
    }

    fn states(&self) -> [(State, Option<TimerKind>); 2] {
        [0, 1].map(|e| (self.ends[e].state(), self.ends[e].tcb.timers.next().map(|(kind, _)| kind)))
    }
}

#[test]
fn data_arrives_and_both_ends_close_under_any_losses() {
    for seed in 0..300 {
        Storm::new(seed).run();
    }
}

#[test]
fn shld_14_the_announced_right_edge_never_moves_back() {
    for seed in 1_000..1_100 {
        let mut storm = Storm::new(seed);
        storm.run();
        assert!(storm.edges.iter().all(Option::is_some), "both ends have announced something");
    }
}
