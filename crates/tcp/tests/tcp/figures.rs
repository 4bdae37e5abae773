//! Figures 6 to 13 of RFC 9293, and the trace of RFC 1337, with this stack at both ends.
//!
//! In the figures A starts with number 100 and B with 300 (91 or 400 in an earlier connection). Here the initial
//! numbers come from a keyed hash, so each trace is printed with its numbers shifted to those of the figure.

use expect_test::{Expect, expect};
use tcp::time::Duration;
use tcp::{Call, Control, Segment, SeqNumber, Settings, State, Transition};

use crate::ends::{End, Pair};

/// Prints a run like the figures: state of A, segment, state of B.
struct Figure {
    pair: Pair,
    lines: String,
    /// The numbers of A and B that are printed as 100 and 300.
    origin: [SeqNumber; 2],
}

impl Figure {
    fn new(pair: Pair) -> Self {
        let mut figure = Self { pair, lines: String::new(), origin: [SeqNumber(0); 2] };
        figure.line("", "");
        figure
    }

    fn anchor(&mut self) {
        for (origin, end) in self.origin.iter_mut().zip([&self.pair.a, &self.pair.b]) {
            if end.tcb.snd.iss != SeqNumber(0) && *origin == SeqNumber(0) {
                *origin = end.tcb.snd.iss;
            }
        }
    }

    fn show(&self, segment: &Segment, from_a: bool) -> String {
        let place = |number: SeqNumber, of_a: bool| {
            let (origin, shown) = if of_a { (self.origin[0], 100) } else { (self.origin[1], 300) };
            if origin == SeqNumber(0) { number } else { number.sub(origin.0).add(shown) }
        };
        let mut shown = segment.clone();
        if segment.seq != SeqNumber(0) || !segment.has(Control::RST) {
            shown.seq = place(segment.seq, from_a);
        }
        shown.ack = place(segment.ack, !from_a);
        shown.to_string()
    }

    fn line(&mut self, arrow: &str, segment: &str) {
        let [a, b] = self.pair.states().map(State::name);
        let line = format!("{a:<12} {arrow:<3} {segment:<34} {arrow:<3} {b}");
        self.lines += line.trim_end();
        self.lines.push('\n');
    }

    fn a(&mut self, act: impl FnOnce(&mut End) -> Transition) -> &mut Self {
        self.pair.a(act);
        self.anchor();
        self
    }

    fn b(&mut self, act: impl FnOnce(&mut End) -> Transition) -> &mut Self {
        self.pair.b(act);
        self.anchor();
        self
    }

    /// Delivers the oldest segment and prints it with the states that follow.
    #[track_caller]
    fn deliver(&mut self) -> &mut Self {
        let (from_a, segment) = self.pair.wire.front().expect("a segment is on the wire").clone();
        self.pair.deliver();
        self.anchor();
        let shown = self.show(&segment, from_a);
        self.line(if from_a { "-->" } else { "<--" }, &shown);
        self
    }

    /// An old duplicate reaches B.
    fn old_duplicate(&mut self, segment: &Segment) -> &mut Self {
        self.pair.b(|b| b.rcv(segment));
        self.anchor();
        let shown = self.show(segment, true);
        self.line("...", &shown);
        self
    }

    #[track_caller]
    fn check(&self, expected: &Expect) {
        assert!(self.pair.wire.is_empty(), "still on the wire: {:?}", self.pair.wire);
        expected.assert_eq(&self.lines);
    }
}

fn close(end: &mut End) -> Transition {
    end.call(Call::Shutdown)
}

#[test]
fn figure_6_basic_three_way_handshake() {
    let mut figure = Figure::new(Pair::new());
    figure.a(End::connect).deliver().deliver().deliver();
    figure.a(|a| a.send(b"hello")).deliver().deliver();
    figure.check(&expect![[r#"
        CLOSED                                                  LISTEN
        SYN-SENT     --> <SEQ=100><CTL=SYN>                 --> SYN-RECEIVED
        ESTABLISHED  <-- <SEQ=300><ACK=101><CTL=SYN,ACK>    <-- SYN-RECEIVED
        ESTABLISHED  --> <SEQ=101><ACK=301><CTL=ACK>        --> ESTABLISHED
        ESTABLISHED  --> <SEQ=101><ACK=301><LEN=5><CTL=PSH,ACK> --> ESTABLISHED
        ESTABLISHED  <-- <SEQ=301><ACK=106><CTL=ACK>        <-- ESTABLISHED
    "#]]);
}

#[test]
fn figure_7_simultaneous_open() {
    let mut pair = Pair::new();
    pair.b = End::server();
    let mut figure = Figure::new(pair);
    figure.a(End::connect);
    figure.b(|b| b.call(Call::OpenActive { local: crate::ends::B, remote: crate::ends::A }));
    figure.deliver().deliver().deliver().deliver().deliver().deliver();
    figure.check(&expect![[r#"
        CLOSED                                                  CLOSED
        SYN-SENT     --> <SEQ=100><CTL=SYN>                 --> SYN-RECEIVED
        SYN-RECEIVED <-- <SEQ=300><CTL=SYN>                 <-- SYN-RECEIVED
        ESTABLISHED  <-- <SEQ=300><ACK=101><CTL=SYN,ACK>    <-- SYN-RECEIVED
        ESTABLISHED  --> <SEQ=100><ACK=301><CTL=SYN,ACK>    --> ESTABLISHED
        ESTABLISHED  --> <SEQ=101><ACK=301><CTL=ACK>        --> ESTABLISHED
        ESTABLISHED  <-- <SEQ=301><ACK=101><CTL=ACK>        <-- ESTABLISHED
    "#]]);
}

#[test]
fn figure_8_recovery_from_an_old_duplicate_syn() {
    let mut figure = Figure::new(Pair::new());
    figure.a(End::connect);
    let (_, syn) = figure.pair.wire.pop_front().expect("the SYN");
    let old = Segment { seq: syn.seq.sub(10), ..syn.clone() };
    figure.old_duplicate(&old);
    // B's SYN,ACK of the old duplicate, A's RST, then the real SYN.
    figure.deliver().deliver();
    figure.origin[1] = SeqNumber(0);
    figure.pair.b.wait(Duration::from_millis(1));
    figure.pair.wire.push_back((true, syn));
    figure.deliver().deliver().deliver();
    figure.check(&expect![[r#"
        CLOSED                                                  LISTEN
        SYN-SENT     ... <SEQ=90><CTL=SYN>                  ... SYN-RECEIVED
        SYN-SENT     <-- <SEQ=300><ACK=91><CTL=SYN,ACK>     <-- SYN-RECEIVED
        SYN-SENT     --> <SEQ=91><CTL=RST>                  --> LISTEN
        SYN-SENT     --> <SEQ=100><CTL=SYN>                 --> SYN-RECEIVED
        ESTABLISHED  <-- <SEQ=300><ACK=101><CTL=SYN,ACK>    <-- SYN-RECEIVED
        ESTABLISHED  --> <SEQ=101><ACK=301><CTL=ACK>        --> ESTABLISHED
    "#]]);
}

#[test]
fn figure_9_half_open_discovered_by_a_new_syn() {
    let mut figure = Figure::new(Pair::established());
    figure.anchor();
    // A crashes and comes back a minute later: its new ISS is 15,000,000 ticks further on.
    figure.pair.a = End::client();
    figure.pair.a.now = figure.pair.b.now + Duration::from_secs(60);
    // A's new SYN, B's ACK of the old connection, A's RST with exactly the number B expects.
    figure.a(End::connect).deliver().deliver().deliver();
    figure.check(&expect![[r#"
        ESTABLISHED                                             ESTABLISHED
        SYN-SENT     --> <SEQ=15000100><CTL=SYN>            --> ESTABLISHED
        SYN-SENT     <-- <SEQ=301><ACK=101><CTL=ACK>        <-- ESTABLISHED
        SYN-SENT     --> <SEQ=101><CTL=RST>                 --> CLOSED
    "#]]);
}

#[test]
fn figure_10_active_side_causes_half_open_discovery() {
    let mut figure = Figure::new(Pair::established());
    figure.anchor();
    figure.pair.a = End::client();
    figure.b(|b| b.send(b"ten octets")).deliver().deliver();
    figure.check(&expect![[r#"
        ESTABLISHED                                             ESTABLISHED
        CLOSED       <-- <SEQ=301><ACK=101><LEN=10><CTL=PSH,ACK> <-- ESTABLISHED
        CLOSED       --> <SEQ=101><CTL=RST>                 --> CLOSED
    "#]]);
}

#[test]
fn figure_11_old_duplicate_syn_resets_a_listener() {
    let mut pair = Pair::new();
    pair.a.call(Call::OpenPassive);
    let mut figure = Figure::new(pair);
    let stale =
        Segment { source: crate::ends::A, seq: SeqNumber(7), ..figure.pair.b.peer(Control::SYN, 0, 0) };
    figure.old_duplicate(&stale).deliver().deliver();
    figure.check(&expect![[r#"
        LISTEN                                                  LISTEN
        LISTEN       ... <SEQ=7><CTL=SYN>                   ... SYN-RECEIVED
        LISTEN       <-- <SEQ=300><ACK=8><CTL=SYN,ACK>      <-- SYN-RECEIVED
        LISTEN       --> <SEQ=8><CTL=RST>                   --> LISTEN
    "#]]);
}

#[test]
fn figure_12_normal_close() {
    let mut figure = Figure::new(Pair::established());
    figure.a(close).deliver().deliver();
    figure.b(close).deliver().deliver();
    figure.pair.a.expire();
    figure.line("", "(2 MSL)");
    figure.check(&expect![[r#"
        ESTABLISHED                                             ESTABLISHED
        FIN-WAIT-1   --> <SEQ=101><ACK=301><CTL=FIN,ACK>    --> CLOSE-WAIT
        FIN-WAIT-2   <-- <SEQ=301><ACK=102><CTL=ACK>        <-- CLOSE-WAIT
        TIME-WAIT    <-- <SEQ=301><ACK=102><CTL=FIN,ACK>    <-- LAST-ACK
        TIME-WAIT    --> <SEQ=102><ACK=302><CTL=ACK>        --> CLOSED
        CLOSED           (2 MSL)                                CLOSED
    "#]]);
}

#[test]
fn figure_13_simultaneous_close() {
    let mut figure = Figure::new(Pair::established());
    figure.a(close);
    figure.b(close);
    figure.deliver().deliver().deliver().deliver();
    figure.pair.a.expire();
    figure.pair.b.expire();
    figure.line("", "(2 MSL)");
    figure.check(&expect![[r#"
        ESTABLISHED                                             ESTABLISHED
        FIN-WAIT-1   --> <SEQ=101><ACK=301><CTL=FIN,ACK>    --> CLOSING
        CLOSING      <-- <SEQ=301><ACK=101><CTL=FIN,ACK>    <-- CLOSING
        TIME-WAIT    <-- <SEQ=302><ACK=102><CTL=ACK>        <-- CLOSING
        TIME-WAIT    --> <SEQ=102><ACK=302><CTL=ACK>        --> TIME-WAIT
        CLOSED           (2 MSL)                                CLOSED
    "#]]);
}

#[test]
fn rfc_1337_an_old_duplicate_assassinates_time_wait() {
    for rfc1337 in [false, true] {
        let mut settings = Settings::default();
        settings.config.rfc1337 = rfc1337;
        let mut pair = Pair::established();
        pair.a.settings = settings;
        pair.a(close);
        pair.settle();
        pair.b(close);
        pair.settle();
        assert_eq!(pair.states(), [State::TimeWait, State::Closed]);
        // A answers an old duplicate of B's data with an ACK. B has no connection and answers that with an RST.
        let old = Segment { source: crate::ends::B, ..pair.a.peer_text(1, 1, b"old") };
        let old = Segment { seq: pair.a.tcb.rcv.irs.add(1), ack: pair.a.tcb.snd.una, ..old };
        pair.a(|a| a.rcv(&old));
        pair.settle();
        let expected = if rfc1337 { State::TimeWait } else { State::Closed };
        assert_eq!(pair.a.state(), expected);
    }
}
