//! Invariants that must hold after every event of a connection. Tests and fuzz targets share them.
//!
//! [`check`] checks one record. [`Ledger`] also remembers what the connection has sent before. [`packet`], [`story`]
//! and [`link`] turn any bytes into something to check: the fuzzer chooses the bytes, and the tests make them from
//! seeds.

pub mod boundary;
mod bytes_as;
mod end;
pub mod fired;
pub mod hosts;
pub mod link;
pub mod packet;
pub mod question;
pub mod receive;
pub mod story;

use tcp::edge::{Edge, Origin};
use tcp::options::timestamp;
use tcp::tcb::OurFin;
use tcp::{Control, Options, SendReason, SeqNumber, Settings, State, Tcb, TimerKind, Transition};

/// Checks everything that must be true for one record.
///
/// # Panics
/// If something is not true, with the whole record.
#[track_caller]
pub fn check(transition: &Transition, settings: &Settings) {
    let faults = faults(transition, settings);
    assert!(faults.is_empty(), "{}\nin {transition:#?}", faults.join("\n"));
}

fn faults(transition: &Transition, settings: &Settings) -> Vec<String> {
    let mut faults = Faults(Vec::new());
    rules(&mut faults, transition, settings);
    numbers(&mut faults, transition, settings);
    windows(&mut faults, transition, settings);
    timers(&mut faults, transition, settings);
    fin(&mut faults, &transition.after);
    replies(&mut faults, transition);
    options(&mut faults, transition);
    faults.0
}

struct Faults(Vec<String>);

impl Faults {
    fn unless(&mut self, holds: bool, what: &str) {
        if !holds {
            self.0.push(what.to_owned());
        }
    }
}

/// The rules lead from the state before to the state after, and each step is an edge of the diagram.
fn rules(faults: &mut Faults, transition: &Transition, settings: &Settings) {
    let fired = &transition.fired;
    faults.unless(!fired.is_empty(), "no rule fired");
    let starts = fired.first().map(|fired| fired.from);
    let ends = fired.last().map(|fired| fired.to);
    faults.unless(starts == Some(transition.from()), "the first rule starts in another state");
    faults.unless(ends == Some(transition.to()), "the last rule ends in another state");
    faults.unless(fired.windows(2).all(|two| two[0].to == two[1].from), "the rules are not one path");
    for step in fired.iter().filter(|fired| fired.from != fired.to) {
        let edge = Edge::between(step.from, step.to);
        let is_known =
            edge.is_some_and(|edge| edge.origin != Origin::WhatIf || !settings.what_if.is_conformant());
        // Rules broken on purpose take shortcuts that are no edges of the diagram.
        let is_broken = step.rule.name().starts_with("what-if");
        faults.unless(is_known || is_broken, "a step that is no edge of the diagram");
    }
}

/// The sender's sequence space: SND.UNA =< SND.NXT, and between them are octets of the buffer, SYN and FIN.
fn numbers(faults: &mut Faults, transition: &Transition, settings: &Settings) {
    let tcb = &transition.after;
    faults.unless(tcb.snd.una.is_at_or_before(tcb.snd.nxt), "SND.UNA is beyond SND.NXT");
    faults.unless(tcb.snd.wnd <= tcb.snd.max_wnd, "SND.WND is larger than the largest ever");
    if is_open(tcb.state) {
        let fin = u32::from(matches!(tcb.fin, OurFin::Sent(_)) && !tcb.is_fin_acked());
        let syn = u32::from(!tcb.syn_acked);
        faults.unless(tcb.octets_in_flight() <= tcb.send_buffer.len(), "more is in flight than is kept");
        faults.unless(
            tcb.in_flight() == tcb.octets_in_flight() + fin + syn,
            "in flight is something that is neither text nor SYN nor FIN",
        );
    }
    for (segment, _) in transition.sent() {
        // With a two-way open, the SYN,ACK may be repeated long after it was acknowledged.
        let is_late_syn = settings.what_if.two_way_open && segment.has(Control::SYN);
        if is_late_syn || segment.has(Control::RST) || tcb.state == State::Listen {
            continue;
        }
        // A keep-alive probe has the number before SND.NXT.
        let first = transition.before.snd.una.sub(1);
        let is_first_segment =
            transition.before.state == State::Closed || transition.before.state == State::Listen;
        faults.unless(is_first_segment || segment.seq.is_at_or_after(first), "it sends what is acknowledged");
        faults.unless(segment.end().is_at_or_before(tcb.snd.nxt), "it sends what lies beyond SND.NXT");
        faults.unless(segment.text_len() <= u32::from(tcb.send_mss), "it sends more than the MSS allows");
    }
}

/// The receive window: its right edge never moves back, and nothing is acknowledged that was not received.
fn windows(faults: &mut Faults, transition: &Transition, settings: &Settings) {
    let (before, after) = (&transition.before, &transition.after);
    if !is_open(after.state) || !after.state.is_synchronized() {
        return;
    }
    // With a two-way open, the client has acknowledged nothing yet.
    let is_received = after.rcv.acked.is_at_or_before(after.rcv.nxt);
    faults.unless(is_received || settings.what_if.two_way_open, "acknowledged what was not received");
    if !before.state.is_synchronized() {
        return;
    }
    let edge = |tcb: &Tcb| tcb.rcv.nxt.add(tcb.rcv.wnd);
    faults.unless(after.rcv.nxt.is_at_or_after(before.rcv.nxt), "RCV.NXT moved back");
    faults.unless(after.snd.una.is_at_or_after(before.snd.una), "SND.UNA moved back");
    faults.unless(after.snd.nxt.is_at_or_after(before.snd.nxt), "SND.NXT moved back");
    if after.state.may_receive() {
        faults.unless(edge(after).is_at_or_after(edge(before)), "the window's right edge moved back");
        let announced = after.rcv.announced;
        faults.unless(announced.is_at_or_before(edge(after)), "announced more than the window");
        // A scaled window is rounded down (RFC 7323 §2.4). The window of a SYN is not scaled, so a repeated SYN may
        // announce less than was announced since (§2.2).
        let step = 1 << after.agreed.shifts.map_or(0, |shifts| shifts.receive);
        let is_kept = announced.add(step - 1).is_at_or_after(before.rcv.announced);
        let repeats_syn = transition.sent().any(|(segment, _)| segment.has(Control::SYN));
        faults.unless(is_kept || repeats_syn, "the announced edge moved back");
    }
}

/// Exactly those timers run that the state needs.
fn timers(faults: &mut Faults, transition: &Transition, settings: &Settings) {
    let tcb = &transition.after;
    let runs = |kind| tcb.timers.is_armed(kind);
    let (retransmission, persist) = (runs(TimerKind::Retransmission), runs(TimerKind::Persist));
    faults.unless(!(retransmission && persist), "retransmission and persist timers both run");
    faults
        .unless(runs(TimerKind::TimeWait) == (tcb.state == State::TimeWait), "2MSL runs in TIME-WAIT alone");
    if matches!(tcb.state, State::Closed | State::Listen) {
        faults.unless(tcb.timers.armed().next().is_none(), "a timer runs although there is no connection");
        return;
    }
    let is_outstanding = tcb.in_flight() > 0;
    faults.unless(retransmission || persist || !is_outstanding, "nothing will repeat what is outstanding");
    faults.unless(is_outstanding || !retransmission, "the retransmission timer runs for nothing");
    faults.unless(is_outstanding || !runs(TimerKind::UserTimeout), "the user time-out runs for nothing");
    let waits = tcb.unsent_bytes() > 0 || tcb.fin == OurFin::Queued;
    let may_leave = tcb.state.is_synchronized() && tcb.state != State::TimeWait;
    faults.unless(!(waits && may_leave) || is_outstanding || persist, "nothing will send what waits");
    faults.unless(waits || is_outstanding || !persist, "the persist timer runs for nothing");
    faults.unless(!runs(TimerKind::DelayedAck) || tcb.rcv.acked != tcb.rcv.nxt, "no ACK is put off");
    faults.unless(!runs(TimerKind::Keepalive) || settings.config.keepalive, "keep-alives are off");
    for (_, deadline) in tcb.timers.armed() {
        faults.unless(
            deadline.armed_at <= transition.at && deadline.armed_at <= deadline.at,
            "a timer set in the future",
        );
    }
}

/// The state of our FIN matches the state of the connection.
fn fin(faults: &mut Faults, tcb: &Tcb) {
    let is_out = tcb.fin != OurFin::NotAsked;
    let fits = match tcb.state {
        State::Closed => true,
        State::Listen | State::Established | State::CloseWait => !is_out,
        // CLOSE with waiting data takes effect when the connection is open.
        State::SynSent | State::SynReceived => !matches!(tcb.fin, OurFin::Sent(_)),
        State::FinWait1 | State::Closing | State::LastAck => is_out && !tcb.is_fin_acked(),
        State::FinWait2 | State::TimeWait => tcb.is_fin_acked() && tcb.send_buffer.is_empty(),
    };
    faults.unless(fits, "our FIN is not where the state says");
}

/// An RST is answered only by a challenge, a bare acknowledgement (RFC 5961 §3.2). An RST announces no window, and only
/// a SYN has an MSS option (MUST-65).
fn replies(faults: &mut Faults, transition: &Transition) {
    let was_reset = transition.segment().is_some_and(|segment| segment.has(Control::RST));
    for (segment, why) in transition.sent() {
        let is_reset = segment.has(Control::RST);
        let is_bare = segment.control == Control::ACK && segment.is_empty();
        let is_challenge = why == SendReason::Challenge && is_bare;
        faults.unless(!was_reset || is_challenge, "something answers an RST that is no challenge");
        faults.unless(!is_reset || segment.window == 0, "an RST has a window");
        faults.unless(!(is_reset && segment.has(Control::SYN)), "an RST has a SYN");
        faults.unless(
            segment.options.mss.is_some() == segment.has(Control::SYN),
            "the MSS is not on SYN alone",
        );
    }
}

/// Options are offered only by SYNs, and used only if both ends offered them. Then every segment has timestamps (RFC
/// 7323 §3.2), and SACK blocks report data beyond a hole (RFC 2018 §4); the first block may report what the last
/// segment brought a second time (RFC 2883 §4). The room for options is taken from the text (MUST-16).
fn options(faults: &mut Faults, transition: &Transition) {
    let tcb = &transition.after;
    let agreed = tcb.agreed;
    for (segment, _) in transition.sent() {
        let Options { window_scale, sack_permitted, ref sack, timestamps, .. } = segment.options;
        let is_syn = segment.has(Control::SYN);
        faults.unless(is_syn || (window_scale.is_none() && !sack_permitted), "an offer is not on a SYN");
        if segment.has(Control::SYN | Control::ACK) && is_open(tcb.state) {
            faults.unless(window_scale.is_some() == agreed.shifts.is_some(), "an answer names another scale");
            faults.unless(sack_permitted == agreed.sack, "an answer is not what was agreed about SACK");
        }
        let is_bound = is_open(tcb.state) && !segment.has(Control::RST);
        if is_bound && segment.has(Control::ACK) {
            let recent = agreed.timestamps.map(|recent| recent.value);
            faults.unless(timestamps.map(|times| times.echo) == recent, "the echo is not the latest time");
        }
        let is_now = timestamps.is_none_or(|times| times.value == timestamp(transition.at));
        faults.unless(is_now, "it was not sent when it says");
        faults.unless(sack.is_empty() || agreed.sack, "SACK was not agreed on");
        for (place, (first, after)) in sack.iter().enumerate() {
            let is_beyond = first.is_after(segment.ack);
            let is_copy =
                place == 0 && after.is_at_or_before(segment.ack) && brings(transition, first, after);
            let is_sound = (is_beyond || is_copy) && after.is_after(first);
            faults.unless(is_sound, "a SACK block names neither what lies beyond a hole nor what came twice");
        }
        let blocks = if sack.is_empty() { 0 } else { 4 + 8 * sack.len() as u32 };
        let size = segment.text_len() + timestamps.map_or(0, |_| 12) + blocks;
        let fits = size <= u32::from(tcb.send_mss) || segment.text_len() <= 1;
        faults.unless(is_syn || fits, "text and options together exceed the MSS");
    }
}

/// The text of the arrived segment covers all numbers from `first` to before `after`.
fn brings(transition: &Transition, first: SeqNumber, after: SeqNumber) -> bool {
    transition.segment().is_some_and(|segment| {
        let end = segment.text_seq().add(segment.text_len());
        first.is_at_or_after(segment.text_seq()) && after.is_at_or_before(end)
    })
}

/// SYN-SENT and all states after it.
const fn is_open(state: State) -> bool {
    !matches!(state, State::Closed | State::Listen)
}

/// What one connection has sent. Its stream must never change, and must end once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ledger {
    /// The number of our first octet, and the octets from there on.
    stream: Option<(SeqNumber, Vec<u8>)>,
    /// The number of our FIN.
    fin: Option<SeqNumber>,
}

impl Ledger {
    /// There is a connection that could send something.
    pub const fn is_open(&self) -> bool {
        self.stream.is_some()
    }

    /// Checks `transition`, and compares what it sends with what was sent before.
    #[track_caller]
    pub fn check(&mut self, transition: &Transition, settings: &Settings) {
        check(transition, settings);
        let has_begun = transition.fired.iter().any(|fired| {
            matches!(fired.to, State::SynSent | State::SynReceived)
                && matches!(fired.from, State::Closed | State::Listen)
        });
        if has_begun || !is_open(transition.to()) {
            *self = Self::default();
        }
        if !is_open(transition.to()) {
            return;
        }
        let start = transition.after.snd.iss.add(1);
        let (_, stream) = self.stream.get_or_insert_with(|| (start, Vec::new()));
        for (segment, why) in transition.sent().filter(|(segment, _)| !segment.has(Control::RST)) {
            if why == SendReason::KeepaliveProbe {
                // The octet of a probe, if it has one, is garbage with an old number (MAY-6).
                let is_probe = segment.seq.add(1) == transition.after.snd.una && segment.len() <= 1;
                assert!(is_probe, "a keep-alive probe says something: {segment}");
                continue;
            }
            if !segment.text.is_empty() {
                let at = segment.text_seq().since(start) as usize;
                assert!(at <= stream.len(), "it left a hole in its own stream: {segment}");
                let known = (stream.len() - at).min(segment.text.len());
                assert_eq!(
                    stream[at..at + known],
                    segment.text[..known],
                    "it said otherwise before: {segment}"
                );
                stream.extend_from_slice(&segment.text[known..]);
            }
            if segment.has(Control::FIN) {
                let fin = *self.fin.get_or_insert(segment.fin_seq());
                assert_eq!(fin, segment.fin_seq(), "a second FIN number: {segment}");
            }
            if let Some(fin) = self.fin {
                assert!(
                    segment.end().is_at_or_before(fin.add(1)),
                    "it speaks after its FIN {fin}: {segment}"
                );
            }
        }
    }
}
