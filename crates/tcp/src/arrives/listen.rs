//! LISTEN (RFC 9293 §3.10.7.2).

use std::rc::Rc;

use crate::check::Test;
use crate::effect::{DropReason, SendReason, Signal};
use crate::event::Event;
use crate::isn::initial_sequence_number;
use crate::options::agree;
use crate::output::MAX_WINDOW;
use crate::rule::Rule;
use crate::segment::{Control, Segment};
use crate::state::State;
use crate::step::Step;
use crate::tcb::{DEFAULT_MSS, Tcb};
use crate::time::Instant;
use crate::transition::Transition;
use crate::variable::Var;
use crate::what_if::Settings;

pub(super) fn on_segment(step: &mut Step<'_>, segment: &Segment) {
    // First check: an RST. A listening end has sent nothing that an RST could answer.
    if !step.check(Test::NotRst, !segment.has(Control::RST), &[]) {
        step.fire(Rule::ListenRcvRst);
        step.drop_segment(DropReason::RstAtListen);
        return;
    }
    // Second check: an ACK. A listening end has sent nothing that could be acknowledged.
    if !step.check(Test::NotAck, !segment.has(Control::ACK), &[]) {
        step.drop_segment(DropReason::AckAtListen);
        if step.settings.config.ignore_syn_ack_at_listen && segment.has(Control::SYN) {
            return step.fire(Rule::ListenIgnoresSynAck);
        }
        step.fire(Rule::ListenRcvAck);
        step.send_reset_to(segment);
        return;
    }
    // Third check: a SYN.
    if step.check(Test::HasSyn, segment.has(Control::SYN), &[]) {
        on_syn(step, segment);
    } else {
        step.fire(Rule::ListenRcvOther);
        step.drop_segment(DropReason::NotASyn);
    }
}

fn on_syn(step: &mut Step<'_>, segment: &Segment) {
    let (local, remote) = (segment.destination, segment.source);
    let mut iss = initial_sequence_number(step.settings, local, remote, step.now);
    if let Some(last) = step.tcb().last_used
        && !iss.is_after(last)
    {
        // The old connection used numbers faster than the ISN clock ticks: start beyond its window (RFC 1122
        // §4.2.2.13).
        iss = last.add(MAX_WINDOW + 1);
    }
    let tcb = step.tcb_mut();
    tcb.local = local;
    tcb.remote = remote;
    tcb.last_used = None;
    tcb.snd.iss = iss;
    tcb.snd.una = iss;
    tcb.snd.nxt = iss;
    adopt_syn(step, segment);
    keep_what_follows_the_syn(step, segment);
    if step.settings.what_if.two_way_open {
        step.enter(State::Established, Rule::ListenRcvSynTwoWay);
        step.send_syn(SendReason::AcceptOpen);
        // No third segment will come: the SYN counts as acknowledged, so no timer waits for an answer.
        step.stop_all_timers();
        let tcb = step.tcb_mut();
        tcb.snd.una = tcb.snd.nxt;
        tcb.syn_acked = true;
        tcb.timing = None;
        step.signal(Signal::Established);
    } else {
        step.enter(State::SynReceived, Rule::ListenRcvSyn);
        step.send_syn(SendReason::AcceptOpen);
    }
}

/// Takes the other end's numbers, window and options from its SYN. RCV.NXT counts the SYN only, not its text.
pub(super) fn adopt_syn(step: &mut Step<'_>, segment: &Segment) {
    let (config, now) = (&step.settings.config, step.now);
    let tcb = step.tcb_mut();
    tcb.rcv.irs = segment.seq;
    tcb.rcv.nxt = segment.seq.add(1);
    tcb.rcv.announced = tcb.rcv.nxt;
    // Nothing was acknowledged yet, not even the SYN.
    tcb.rcv.acked = segment.seq;
    tcb.snd.wnd = u32::from(segment.window);
    tcb.snd.max_wnd = tcb.snd.wnd;
    tcb.snd.wl1 = segment.seq;
    tcb.snd.wl2 = segment.ack;
    // With an MSS of 0 no data could be sent: it is treated as absent (RFC 9293 §3.7.1).
    let mss = segment.options.mss.filter(|&mss| mss > 0).unwrap_or(DEFAULT_MSS);
    // Our own link sets a limit too (MUST-16).
    tcb.send_mss = mss.min(config.receive_mss());
    agree(tcb, config, &segment.options, now);
}

/// Keeps text and FIN that came with a SYN until the connection is open (RFC 9293 §3.10.7.2).
pub(super) fn keep_what_follows_the_syn(step: &mut Step<'_>, segment: &Segment) {
    if ignores_text(step, segment) {
        return;
    }
    let tcb = step.tcb_mut();
    let window = tcb.rcv.wnd as usize;
    if !segment.text.is_empty() {
        let text = segment.text.slice(..segment.text.len().min(window));
        Rc::make_mut(&mut tcb.receive_buffer).keep(segment.text_seq(), text);
    }
    if segment.has(Control::FIN) && segment.text.len() < window {
        Rc::make_mut(&mut tcb.receive_buffer).keep_fin(segment.fin_seq());
    }
}

/// Whether this stack ignores the text that came with a SYN. Then the other end sends it again.
pub(super) fn ignores_text(step: &mut Step<'_>, syn: &Segment) -> bool {
    let ignores = step.settings.config.ignore_text_on_syn && !syn.text.is_empty();
    if ignores {
        step.fire(Rule::TextOnSynIgnored);
        step.drop_segment(DropReason::TextOnSyn);
    }
    ignores
}

/// The record of a SYN that arrives when the backlog of `listener` is full. Only the host knows how many connections
/// wait, so the host makes this check before it calls [`step`](crate::step()).
#[must_use]
pub fn refuse_syn(
    listener: &Rc<Tcb>,
    settings: &Settings,
    now: Instant,
    segment: Segment,
    waiting: u32,
    backlog: u32,
) -> Transition {
    let mut after = Rc::clone(listener);
    let mut step = Step::recorded(&mut after, settings, now);
    step.check(Test::BacklogHasRoom, false, &[(Var::Waiting, waiting), (Var::Backlog, backlog)]);
    step.fire(Rule::ListenBacklogFull);
    step.drop_segment(DropReason::BacklogFull);
    step.finish(Event::SegmentArrives(segment))
}
