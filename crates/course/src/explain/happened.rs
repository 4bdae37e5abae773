//! What happened in a transition: what came, what each rule made of it, what was sent.

use super::Telling;
use crate::Span;
use crate::template::{self, Slot};
use crate::text::{self, Phrase, Remark, phrase};
use crate::typesetting::Writer;
use lab::host::SocketCall;
use tcp::{Event, Fired, Rule, Signal, State, Tcb, TimerKind, Transition};

impl Telling<'_> {
    /// What came, what each rule made of it, and what else was sent.
    pub(super) fn happened(
        &self,
        transition: &Transition,
        call: Option<&SocketCall>,
        headline: Fired,
    ) -> Vec<Span> {
        let fill = |slot| self.fill(transition, call, headline, slot);
        let mut writer = Writer::new(self.lang, &fill);
        let mut spans = writer.write(phrase(lead(&transition.cause), self.lang));
        // "The server receives X. It agrees …": only after a segment, for after a call "it" would be the application.
        let mut may_say_it = transition.segment().is_some();
        let mut told = 0;
        for fired in &transition.fired {
            let is_headline = *fired == headline;
            if !is_headline && is_understood(fired.rule) {
                continue;
            }
            let template = &*text::rule(fired.rule, self.lang).happened;
            let with_pronoun = if may_say_it { text::with_pronoun(template, self.lang) } else { None };
            let template = with_pronoun.as_deref().unwrap_or(template);
            may_say_it = false;
            let uses_reply = template::uses(template, Slot::Reply);
            let body = |with_reply: bool| {
                let fill = |slot| match slot {
                    Slot::Reply if !with_reply => None,
                    _ => self.fill(transition, call, *fired, slot),
                };
                Writer::new(self.lang, &fill).write(template)
            };
            // Several rules, one answer: the headline tells of it.
            let mut sentences = if is_headline { body(true) } else { body(false) };
            if sentences.is_empty() {
                sentences = body(true);
            }
            if uses_reply && (is_headline || told == 0) {
                told = usize::from(transition.sent().next().is_some());
            }
            self.append(&mut spans, sentences);
        }
        for (segment, why) in transition.sent().skip(told).take(3) {
            let fill = |slot| match slot {
                Slot::Host => Some(text::host(self.host(), self.lang).to_owned()),
                Slot::Reply => Some(self.segment(segment, self.host())),
                Slot::Result => Some(text::send_reason(why, self.lang).to_owned()),
                _ => None,
            };
            let sentence = Writer::new(self.lang, &fill).write(phrase(Phrase::Sends, self.lang));
            self.append(&mut spans, sentence);
        }
        let trouble = transition.signals().find(|signal| *signal == Signal::InTrouble);
        for remark in trouble.map(|_| Remark::InTrouble).into_iter().chain(congestion(transition)) {
            let sentence = Writer::new(self.lang, &fill).write(text::remark(remark, self.lang));
            self.append(&mut spans, sentence);
        }
        spans
    }

    /// Puts one sentence after another.
    fn append(&self, spans: &mut Vec<Span>, mut more: Vec<Span>) {
        let between = phrase(Phrase::BetweenSentences, self.lang);
        if !spans.is_empty() && !between.is_empty() {
            match more.first_mut() {
                Some(Span::Text(first)) => first.insert_str(0, between),
                Some(Span::Code(_) | Span::Strong(_)) => spans.push(Span::Text(between.to_owned())),
                None => {}
            }
        }
        if let (Some(Span::Text(last)), Some(Span::Text(first))) = (spans.last_mut(), more.first()) {
            last.push_str(first);
            more.remove(0);
        }
        spans.append(&mut more);
    }
}

/// What became of the congestion window (RFC 5681), if anything did.
fn congestion(t: &Transition) -> Option<Remark> {
    let (old, new) = (t.before.congestion?, t.after.congestion?);
    if (old.cwnd, old.ssthresh) == (new.cwnd, new.ssthresh) || t.to() == State::Closed {
        return None;
    }
    let is_fast = |tcb: &Tcb| tcb.recovery.is_some_and(|recovery| recovery.is_fast);
    Some(match (is_fast(&t.before), is_fast(&t.after)) {
        _ if t.cause == Event::Timeout(TimerKind::Retransmission) => Remark::Collapsed,
        (false, true) => Remark::Halved,
        (true, true) if t.before.snd.una == t.after.snd.una => Remark::Inflated,
        (true, true) => Remark::PartlyRepaired,
        (true, false) => Remark::Repaired,
        (false, false) if new.cwnd < old.cwnd => Remark::Idle,
        (false, false) if old.cwnd < old.ssthresh => Remark::SlowStart,
        (false, false) => Remark::CongestionAvoidance,
    })
}

/// Not worth a sentence beside another rule: what it did is said there, or goes without saying.
const fn is_understood(rule: Rule) -> bool {
    matches!(rule, Rule::AckAdvances | Rule::AckDuplicate | Rule::AckMovesWindow | Rule::TimeWaitRcvAck)
}

/// What came.
pub(super) fn lead(cause: &Event) -> Phrase {
    match cause {
        Event::SegmentArrives(_) => Phrase::SegmentArrives,
        Event::IcmpArrives(_) => Phrase::IcmpArrives,
        Event::Timeout(_) => Phrase::TimerExpires,
        Event::Call(_) => Phrase::ApplicationCalls,
    }
}
