//! The seventh and eighth steps of RFC 9293 §3.10.7.4: the segment text, and the FIN.

use std::rc::Rc;

use bytes::Bytes;

use super::acknowledgment::finish_closing;
use crate::check::Test;
use crate::effect::{DropReason, SendReason, Signal};
use crate::receive_window::advance_receive;
use crate::rule::Rule;
use crate::segment::{Control, Segment};
use crate::seq::SeqNumber;
use crate::state::State;
use crate::step::Step;
use crate::tcb::Reader;
use crate::timer::TimerReason;
use crate::variable::Var;

/// Takes the text and the FIN of a segment that passed the other checks, and whatever was waiting for them.
pub(super) fn process(step: &mut Step<'_>, segment: Segment) {
    let fin = segment.has(Control::FIN).then(|| segment.fin_seq());
    if !segment.text.is_empty() && !process_text(step, segment) {
        return;
    }
    if let Some(fin) = fin {
        note_fin(step, fin);
    }
    if !take_what_waited(step) {
        return;
    }
    if step.tcb().receive_buffer.waiting_fin() == Some(step.tcb().rcv.nxt) {
        process_fin(step);
    }
}

/// Takes the text. False if this ended the connection.
fn process_text(step: &mut Step<'_>, segment: Segment) -> bool {
    if !step.state().may_receive() {
        // The other end has sent its FIN, so this text cannot be new (§3.10.7.4, "this should not occur").
        step.fire(Rule::TextAfterFin);
        step.drop_segment(DropReason::TextAfterFin);
        step.owe_ack(SendReason::Acknowledge);
        return true;
    }
    note_duplicate(step, &segment);
    let length = segment.len();
    let (seq, text) = trim(step, segment);
    if text.is_empty() {
        return true;
    }
    if step.tcb().reader == Reader::Gone {
        refuse_text(step);
        return false;
    }
    let next = step.tcb().rcv.nxt;
    let count = text.len() as u32;
    let operands = [(Var::SegSeq, seq.0), (Var::RcvNxt, next.0), (Var::SegLen, length)];
    let is_next = step.check(Test::TextIsNext, seq == next, &operands);
    if !is_next {
        step.owe_ack(SendReason::Acknowledge);
        Rc::make_mut(&mut step.tcb_mut().receive_buffer).keep(seq, text);
        step.fire(Rule::TextOutOfOrder);
        return true;
    }
    let had_waiting = step.tcb().receive_buffer.waiting_blocks().next().is_some();
    let is_shut = step.tcb().reader == Reader::Shut && !step.settings.config.keep_text_after_shutdown;
    let taken = Rc::make_mut(&mut step.tcb_mut().receive_buffer).accept(next, text);
    advance_receive(step.tcb_mut(), taken);
    if is_shut {
        Rc::make_mut(&mut step.tcb_mut().receive_buffer).clear();
        step.fire(Rule::TextAfterShutdownRead);
        step.drop_segment(DropReason::ReadShut);
        step.open_window();
    } else {
        step.fire(if had_waiting && taken > count { Rule::TextFillsHole } else { Rule::TextInOrder });
        step.deliver(taken);
    }
    if had_waiting || step.duplicate.is_some() {
        // Something was missing or came twice: the sender must hear of it at once, so no delayed ACK.
        step.owe_ack(SendReason::Acknowledge);
    } else {
        step.owe_ack_of_text();
    }
    true
}

/// Notes which part of the text was received before, so that the acknowledgement can report it (RFC 2883).
pub(super) fn note_duplicate(step: &mut Step<'_>, segment: &Segment) {
    let tcb = step.tcb();
    if tcb.agreed.sack && !segment.text.is_empty() {
        let first = segment.text_seq();
        let after = first.add(segment.text.len() as u32);
        step.duplicate = tcb.receive_buffer.known(tcb.rcv.nxt, first, after);
    }
}

/// The part of the text that lies in the window: octets received before and octets beyond the right edge are cut off.
fn trim(step: &Step<'_>, segment: Segment) -> (SeqNumber, Bytes) {
    let rcv = step.tcb().rcv;
    let mut seq = segment.text_seq();
    let mut text = segment.text;
    if seq.is_before(rcv.nxt) {
        let known = (rcv.nxt.since(seq) as usize).min(text.len());
        text = text.slice(known..);
        seq = rcv.nxt;
    }
    let room = rcv.wnd.saturating_sub(seq.since(rcv.nxt)) as usize;
    text.truncate(room);
    (seq, text)
}

/// No application will read this text, and the sender must learn that (§3.6.1, SHLD-3; RFC 2525 §2.17).
fn refuse_text(step: &mut Step<'_>) {
    step.send_reset(SendReason::Abort);
    step.break_off(Rule::TextAfterClose);
}

/// Takes the text that came with the SYN, now that the connection is open. False if this ended the connection.
fn take_what_waited(step: &mut Step<'_>) -> bool {
    let next = step.tcb().rcv.nxt;
    let is_next = step.tcb().receive_buffer.waiting_blocks().next().is_some_and(|(seq, _)| seq == next);
    if is_next && step.state().may_receive() {
        if step.tcb().reader == Reader::Gone {
            refuse_text(step);
            return false;
        }
        let taken = Rc::make_mut(&mut step.tcb_mut().receive_buffer).accept(next, Bytes::new());
        advance_receive(step.tcb_mut(), taken);
        step.fire(Rule::TextInOrder);
        step.deliver(taken);
        step.owe_ack(SendReason::Acknowledge);
    }
    true
}

/// Notes where the other end's stream ends. A FIN beyond the window does not count: it was cut off like text.
fn note_fin(step: &mut Step<'_>, fin: SeqNumber) {
    let rcv = step.tcb().rcv;
    if !step.state().may_receive() {
        // A second FIN with another number: the stream has already ended, so it is treated as a repeat of the first.
        return acknowledge_known_fin(step);
    }
    if fin.since(rcv.nxt) > rcv.wnd {
        return;
    }
    let operands = [(Var::SegSeq, fin.0), (Var::RcvNxt, rcv.nxt.0)];
    let is_next = step.check(Test::FinIsNext, fin == rcv.nxt, &operands);
    Rc::make_mut(&mut step.tcb_mut().receive_buffer).keep_fin(fin);
    if !is_next {
        step.fire(Rule::FinBehindHole);
        step.owe_ack(SendReason::Acknowledge);
    }
}

/// The other end's FIN again: our ACK of it was lost. TIME-WAIT starts over (RFC 9293 §3.10.7.4).
pub(super) fn acknowledge_known_fin(step: &mut Step<'_>) {
    step.drop_segment(DropReason::AlreadyReceived);
    step.owe_ack(SendReason::Acknowledge);
    if step.state() == State::TimeWait {
        step.fire(Rule::TimeWaitRcvFin);
        step.restart_time_wait(TimerReason::RepeatedFin);
    } else {
        step.fire(Rule::RepeatedFin);
    }
}

/// Nothing is missing before the FIN: it is counted and acknowledged, and the application is told.
fn process_fin(step: &mut Step<'_>) {
    let tcb = step.tcb_mut();
    advance_receive(tcb, 1);
    Rc::make_mut(&mut tcb.receive_buffer).end();
    if step.state() == State::Established && step.settings.config.delay_ack_of_fin {
        step.owe_ack_of_text();
    } else {
        step.owe_ack(SendReason::Acknowledge);
    }
    step.signal(Signal::PeerClosed);
    let fin_acked = step.tcb().is_fin_acked();
    match step.state() {
        State::Established => step.enter(State::CloseWait, Rule::EstablishedRcvFin),
        // The ACK check has already moved SND.UNA, so this segment itself may have acknowledged our FIN (C33).
        State::FinWait1 if fin_acked => finish_closing(step, State::TimeWait, Rule::FinWait1RcvFinAck),
        State::FinWait1 => {
            step.enter(State::Closing, Rule::FinWait1RcvFin);
            if step.settings.config.fin_again_with_ack {
                step.fire(Rule::FinAgainWithAck);
                step.repeat_fin();
            }
        }
        State::FinWait2 => finish_closing(step, State::TimeWait, Rule::FinWait2RcvFin),
        // In these states `note_fin` keeps no FIN.
        State::Closed
        | State::Listen
        | State::SynSent
        | State::SynReceived
        | State::CloseWait
        | State::Closing
        | State::LastAck
        | State::TimeWait => {}
    }
}
