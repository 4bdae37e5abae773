//! From a record to its explanation.

use std::fmt::Display;

use serde::Serialize;

use super::claims::{self, Claim, NoteRef, Standing};
use super::notation::{Notation, Numbers};
use super::template::{self, Slot, Writer, filled};
use super::text::{self, Deed, Phrase, Remark, phrase};
use super::{Lang, Span, joined, plain};
use lab::Records;
use lab::host::{Errno, HostId, SocketCall, Value};
use lab::net::{By, Record, Verdict, What};
use lab::predicate::sender_of;
use tcp::Space;
use tcp::time::{Duration, Instant};
use tcp::{
    Call, Check, Dispute, Effect, Event, Fired, Reply, Rule, Segment, SeqNumber, Signal, State, Tcb, Test,
    TimerKind, Transition, Var,
};

/// What the reader is told of one record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// A few words.
    pub title: String,
    /// What happened, in this run's numbers.
    pub happened: Vec<Span>,
    /// The rule, in the notes' words.
    pub why: Vec<Span>,
    /// What would have happened without it; may be empty.
    pub otherwise: Vec<Span>,
    /// Where a note is imprecise or wrong: what it says, and what the standard says.
    pub trial: Option<Vec<Span>>,
    /// The tests made, in order.
    pub checks: Vec<CheckLine>,
    /// Why the segment was thrown away, if it was.
    pub dropped: Vec<Vec<Span>>,
    /// The notes this is taken from.
    pub sources: Vec<NoteRef>,
    /// The clauses of the standards.
    pub clauses: &'static [&'static str],
    /// The claims it shows.
    pub claims: &'static [&'static str],
    /// The scenario that breaks or shows the rule.
    pub experiment: Option<&'static str>,
}

/// One test, ready to be printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckLine {
    /// Which.
    pub test: Test,
    /// It held.
    pub passed: bool,
    /// What was asked.
    pub question: Vec<Span>,
    /// The outcome in words.
    pub outcome: Vec<Span>,
    /// The formula, in the RFC's names; may be empty.
    pub formula: &'static str,
    /// What was compared: name and value.
    pub operands: Vec<(&'static str, String)>,
    /// For a test that failed: by how much.
    pub margin: Option<String>,
}

/// One end in a quiet moment.
#[derive(Clone, Copy, Debug)]
pub struct QuietEnd<'a> {
    /// Whose.
    pub host: HostId,
    /// Its connection.
    pub tcb: &'a Tcb,
}

/// The explanation of `records[index]`. The records after it do not matter; those before it give the letters.
///
/// # Panics
/// If there is no such record.
#[must_use]
pub fn explain(records: Records<'_>, index: usize, notation: Notation, lang: Lang) -> Explanation {
    explain_with(records, index, numbers(records, index), notation, lang)
}

/// [`explain`] for one who has read the records up to this one already, and knows their `numbers`.
///
/// # Panics
/// If there is no such record.
#[must_use]
pub fn explain_with(
    records: Records<'_>,
    index: usize,
    numbers: Numbers,
    notation: Notation,
    lang: Lang,
) -> Explanation {
    let scene = Scene::new(records, index, numbers, notation, lang);
    match &scene.record.what {
        What::Transition { transition, call, .. } => {
            scene.explain_transition(transition, call.as_ref().map(|(call, _)| call))
        }
        _ => scene.explain_deed(),
    }
}

/// One plain sentence about `records[index]`, for the log that a screen reader speaks.
///
/// # Panics
/// If there is no such record.
#[must_use]
pub fn describe(records: Records<'_>, index: usize, notation: Notation, lang: Lang) -> String {
    describe_with(records, index, numbers(records, index), notation, lang)
}

/// [`describe`] for one who knows the `numbers` already.
///
/// # Panics
/// If there is no such record.
#[must_use]
pub fn describe_with(
    records: Records<'_>,
    index: usize,
    numbers: Numbers,
    notation: Notation,
    lang: Lang,
) -> String {
    let scene = Scene::new(records, index, numbers, notation, lang);
    match &scene.record.what {
        What::Transition { transition, call, .. } => {
            scene.describe_transition(transition, call.as_ref().map(|(call, _)| call))
        }
        _ => plain(&scene.explain_deed().happened),
    }
}

/// What each end is waiting for, and when its next timer expires: one paragraph an end.
#[must_use]
pub fn quiet(ends: &[QuietEnd<'_>], now: Instant, lang: Lang) -> Vec<Vec<Span>> {
    let paragraph = |end: &QuietEnd<'_>| {
        let next = end.tcb.timers.next();
        let fill = |slot: Slot| match slot {
            Slot::Host => Some(text::host(end.host, lang).to_owned()),
            Slot::To => Some(end.tcb.state.name().to_owned()),
            Slot::Timer => next.map(|(kind, _)| text::timer(kind, lang).to_owned()),
            Slot::Wait => next.map(|(_, at)| duration(at.since(now), lang)),
            _ => None,
        };
        let mut writer = Writer::new(lang, &fill);
        // What it waits for has marks of its own, so it is put in before they are read.
        let waits = &text::state(end.tcb.state, lang).waits;
        let mut spans = writer.write(&phrase(Phrase::IsInState, lang).replace("{waits}", waits));
        if let Some((kind, _)) = next {
            let between = phrase(Phrase::BetweenSentences, lang);
            spans.extend(Some(Span::Text(between.to_owned())).filter(|_| !between.is_empty()));
            spans.extend(writer.write(text::timer_waits(kind, lang)));
        }
        spans
    };
    ends.iter().map(paragraph).collect()
}

/// A length of time, rounded as a reader wants it: minutes, seconds, or tenths.
#[must_use]
pub(super) fn duration(length: Duration, lang: Lang) -> String {
    let micros = length.as_micros();
    if micros >= 60_000_000 && micros.is_multiple_of(60_000_000) {
        return filled(phrase(Phrase::Minutes, lang), &[("count", &(micros / 60_000_000))]);
    }
    let digits = format!("{}.{:03}", micros / 1_000_000, micros / 1_000 % 1_000);
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    filled(phrase(Phrase::Seconds, lang), &[("count", &digits)])
}

/// The letters known once `records[index]` is there.
fn numbers(records: Records<'_>, index: usize) -> Numbers {
    let mut numbers = Numbers::default();
    records.first(index + 1).iter().for_each(|record| numbers.read(record));
    numbers
}

/// A record among those before it.
struct Scene<'a> {
    records: Records<'a>,
    record: &'a Record,
    numbers: Numbers,
    notation: Notation,
    lang: Lang,
}

impl<'a> Scene<'a> {
    fn new(records: Records<'a>, index: usize, numbers: Numbers, notation: Notation, lang: Lang) -> Self {
        let record = records.get(index).expect("the record is one of them");
        let records = records.first(index + 1);
        Self { records, record, numbers, notation, lang }
    }

    fn host(&self) -> HostId {
        self.record.host.unwrap_or(HostId::Client)
    }

    fn segment(&self, segment: &Segment, from: HostId) -> String {
        self.numbers.segment_text(segment, from, self.notation)
    }

    /// A number of the connection of `tcb`, counted by this record's host or by the other one.
    fn seq(&self, tcb: &Tcb, space: Space, value: u32) -> String {
        let owner = match space {
            Space::Ours => self.host(),
            Space::Theirs => self.host().other(),
            Space::Count => return value.to_string(),
        };
        self.numbers.seq_text((tcb.local, tcb.remote), owner, SeqNumber(value), self.notation)
    }

    fn explain_transition(&self, transition: &Transition, call: Option<&SocketCall>) -> Explanation {
        let headline = transition.headline();
        let words = text::rule(headline.rule, self.lang);
        let fill = |slot| self.fill(transition, call, headline, slot);
        let mut writer = Writer::new(self.lang, &fill);
        let happened = self.happened(transition, call, headline);
        let mut dropped: Vec<_> = transition.dropped().collect();
        dropped.dedup();
        Explanation {
            title: plain(&writer.write(&words.title)),
            happened,
            why: writer.write(&words.why),
            otherwise: self.otherwise(&words.otherwise, Dispute::of(transition), &mut writer),
            trial: self.trial(headline.rule.claims()),
            checks: transition.checks.iter().map(|check| self.check_line(transition, check)).collect(),
            dropped: dropped.iter().map(|why| writer.write(text::drop_reason(*why, self.lang))).collect(),
            sources: claims::sources(headline.rule.claims()),
            clauses: headline.rule.clauses(),
            claims: headline.rule.claims(),
            experiment: claims::experiment_of(headline.rule.claims()),
        }
    }

    /// What would happen without the rule, and what other stacks do instead.
    fn otherwise(&self, words: &str, dispute: Option<Dispute>, writer: &mut Writer<'_>) -> Vec<Span> {
        let mut spans = writer.write(words);
        if let Some(dispute) = dispute {
            let between = phrase(Phrase::BetweenSentences, self.lang);
            spans.push(Span::Text(format!("{between}{}", text::dispute(dispute, self.lang))));
        }
        spans
    }

    /// What came, what each rule made of it, and what else was sent.
    fn happened(&self, transition: &Transition, call: Option<&SocketCall>, headline: Fired) -> Vec<Span> {
        let fill = |slot| self.fill(transition, call, headline, slot);
        let mut writer = Writer::new(self.lang, &fill);
        let mut spans = writer.write(lead(&transition.cause, self.lang));
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

    fn fill(&self, t: &Transition, call: Option<&SocketCall>, fired: Fired, slot: Slot) -> Option<String> {
        let host = self.host();
        let segment = t.segment();
        // Where the TCB is fresh or gone, the segment knows the two ends.
        let seq = |space, value: SeqNumber| match segment {
            Some(segment) => {
                let owner = if space == Space::Ours { host } else { host.other() };
                self.numbers.seq_text((segment.destination, segment.source), owner, value, self.notation)
            }
            None => self.seq(&t.after, space, value.0),
        };
        let armed = |kind: TimerKind| {
            t.effects.iter().find_map(|effect| match effect {
                Effect::ArmTimer { kind: which, at, .. } if *which == kind => Some(at.since(t.at)),
                _ => None,
            })
        };
        let length = |length: Duration| duration(length, self.lang);
        let operand =
            |test, var| t.check(test).and_then(|check| check.operands.value(var)).map(|n| n.to_string());
        match slot {
            Slot::Host => Some(text::host(host, self.lang).to_owned()),
            Slot::Peer => Some(text::host(host.other(), self.lang).to_owned()),
            Slot::Segment => segment.map(|segment| self.segment(segment, host.other())),
            Slot::Reply => t.sent().next().map(|(segment, _)| self.segment(segment, host)),
            Slot::From => Some(fired.from.name().to_owned()),
            Slot::To => Some(fired.to.name().to_owned()),
            Slot::Bytes => Some(bytes_of(t).to_string()),
            Slot::Seq => segment.map(|segment| seq(Space::Theirs, segment.seq)),
            Slot::Ack => segment.map(|segment| {
                let ends = (segment.destination, segment.source);
                self.numbers.ack_text(ends, host, segment.ack, self.notation)
            }),
            Slot::Expected => Some(seq(Space::Theirs, t.before.rcv.nxt)),
            Slot::Una => Some(seq(Space::Ours, t.before.snd.una)),
            Slot::Next => Some(seq(Space::Ours, t.before.snd.nxt)),
            Slot::Window => segment.map(|segment| segment.window.to_string()),
            Slot::Retries => Some(t.after.retries.to_string()),
            Slot::Limit => {
                operand(Test::RetriesLeft, Var::RetryLimit).or_else(|| Some(t.before.retries.to_string()))
            }
            Slot::Rto => armed(TimerKind::Retransmission).map(length),
            Slot::Msl2 => armed(TimerKind::TimeWait).map(length).or_else(|| {
                let deadline = t.before.timers.deadline(TimerKind::TimeWait)?;
                Some(length(deadline.at.since(deadline.armed_at)))
            }),
            Slot::Wait => t.after.timers.next().map(|(_, at)| length(at.since(t.at))),
            Slot::Waiting => operand(Test::BacklogHasRoom, Var::Waiting),
            Slot::Backlog => operand(Test::BacklogHasRoom, Var::Backlog),
            Slot::Call => Some(call.map_or_else(|| call_name(&t.cause).to_owned(), ToString::to_string)),
            Slot::Error => t.signals().find_map(Errno::of_end).map(|error| error.name().to_owned()),
            Slot::Result | Slot::By => None,
            Slot::Cwnd => t.after.congestion.map(|reno| reno.cwnd.to_string()),
            Slot::OldCwnd => {
                let (old, new) = (t.before.congestion?.cwnd, t.after.congestion?.cwnd);
                (old != new).then(|| old.to_string())
            }
            Slot::Ssthresh => t.after.congestion.map(|reno| reno.ssthresh.to_string()),
            Slot::Icmp => match t.cause {
                Event::IcmpArrives(report) => Some(text::icmp(report.kind, self.lang).to_owned()),
                Event::Call(_) | Event::SegmentArrives(_) | Event::Timeout(_) => None,
            },
            Slot::Timer => match t.cause {
                Event::Timeout(kind) => Some(text::timer(kind, self.lang).to_owned()),
                Event::Call(_) | Event::SegmentArrives(_) | Event::IcmpArrives(_) => None,
            },
        }
    }

    fn trial(&self, ids: &[&str]) -> Option<Vec<Span>> {
        let claim =
            ids.iter().filter_map(|id| Claim::find(id)).find(|claim| claim.standing != Standing::Holds)?;
        let spans = Writer::new(self.lang, &|_| None).write(text::trial(claim, self.lang)?);
        Some(spans)
    }

    fn check_line(&self, transition: &Transition, check: &Check) -> CheckLine {
        let words = text::test(check.test, self.lang);
        let mut writer = Writer::new(self.lang, &|_| None);
        let question = writer.write(&words.question);
        let outcome = writer.write(if check.passed { &words.passed } else { &words.failed });
        // Where the TCB is fresh or gone, the segment knows the two ends.
        let ends = transition.segment().map(|segment| (segment.destination, segment.source));
        let value = |var: Var, value: u32| match (var.space(), ends) {
            (Space::Count, _) => value.to_string(),
            (Space::Ours, Some(ends)) if var == Var::SegAck => {
                self.numbers.ack_text(ends, self.host(), SeqNumber(value), self.notation)
            }
            (space, Some(ends)) => {
                let owner = if space == Space::Ours { self.host() } else { self.host().other() };
                self.numbers.seq_text(ends, owner, SeqNumber(value), self.notation)
            }
            (space, None) => self.seq(&transition.after, space, value),
        };
        CheckLine {
            test: check.test,
            passed: check.passed,
            question,
            outcome,
            formula: text::formula(check.test),
            operands: check.operands.iter().map(|(var, n)| (var.name(), value(var, n))).collect(),
            margin: if check.passed { None } else { margin(check, self.lang) },
        }
    }

    fn explain_deed(&self) -> Explanation {
        let deed = deed_of(&self.record.what);
        let words = text::deed(deed, self.lang);
        let fill = |slot| self.fill_deed(slot);
        let mut writer = Writer::new(self.lang, &fill);
        let claims = claims_of(deed);
        Explanation {
            title: plain(&writer.write(&words.title)),
            happened: writer.write(&words.happened),
            why: writer.write(&words.why),
            otherwise: writer.write(&words.otherwise),
            trial: self.trial(claims),
            sources: claims::sources(claims),
            claims,
            experiment: claims::experiment_of(claims),
            ..Explanation::default()
        }
    }

    fn fill_deed(&self, slot: Slot) -> Option<String> {
        let sent = match &self.record.what {
            What::Discarded { sending, .. }
            | What::Unheard { sending, .. }
            | What::Verdict { sending, .. } => sender_of(self.records, *sending),
            _ => None,
        };
        // On the link the sentence is about the sender; on a host it is about that host.
        let host = self.record.host.or(sent.map(|(from, _)| from))?;
        match slot {
            Slot::Host => Some(text::host(host, self.lang).to_owned()),
            Slot::Peer => Some(text::host(host.other(), self.lang).to_owned()),
            Slot::Segment => sent.map(|(from, segment)| self.segment(segment, from)),
            Slot::Call => match &self.record.what {
                What::Call { call, .. } => Some(call.to_string()),
                _ => None,
            },
            Slot::Result => match &self.record.what {
                What::Call { result: Ok(value), .. } => Some(value.to_string()),
                What::Call { result: Err(errno), .. } => Some(errno.name().to_owned()),
                _ => None,
            },
            Slot::Error => match &self.record.what {
                What::Call { result: Err(errno), .. } => Some(text::errno(*errno, self.lang).to_owned()),
                What::Discarded { error, .. } => Some(text::wire_error(*error, self.lang).to_owned()),
                _ => None,
            },
            Slot::By => match &self.record.what {
                What::Verdict { by, .. } => Some(by_whom(*by, self.lang).to_owned()),
                _ => None,
            },
            Slot::Wait => match &self.record.what {
                What::Verdict { verdict: Verdict::Delay(added), .. } => Some(duration(*added, self.lang)),
                _ => None,
            },
            Slot::Icmp => match &self.record.what {
                What::Verdict { verdict: Verdict::Unreachable(kind), .. } => {
                    Some(text::icmp(*kind, self.lang).to_owned())
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn describe_transition(&self, t: &Transition, call: Option<&SocketCall>) -> String {
        let headline = t.headline();
        let fill = |slot| self.fill(t, call, headline, slot);
        let stop = phrase(Phrase::FullStop, self.lang);
        let lead = plain(&Writer::new(self.lang, &fill).write(lead(&t.cause, self.lang)));
        let lead = lead.trim_end_matches(stop);
        let say = |words, values: &[(&str, &dyn Display)]| filled(phrase(words, self.lang), values);
        let mut clauses = Vec::new();
        if t.from() != t.to() {
            let [from, to] = [t.from(), t.to()].map(|state| self.state_aloud(state));
            clauses.push(say(Phrase::ClauseState, &[("from", &from), ("to", &to)]));
        }
        for why in t.dropped().take(1) {
            let why = plain(&Writer::new(self.lang, &|_| None).write(text::drop_reason(why, self.lang)));
            let why = template::uncapitalized(why.trim_end_matches(stop), self.lang);
            clauses.push(say(Phrase::ClauseDrop, &[("why", &why)]));
        }
        for (segment, _) in t.sent().take(3) {
            let segment = self.segment(segment, self.host());
            clauses.push(say(Phrase::ClauseSend, &[("segment", &segment)]));
        }
        let Some(last) = clauses.pop() else { return say(Phrase::Told, &[("lead", &lead)]) };
        // After a call or a timer the subject changes: it is the host that goes on and sends.
        let told = match (t.segment().is_some(), clauses.is_empty()) {
            (true, true) => Phrase::ToldWithClause,
            (true, false) => Phrase::ToldWithClauses,
            (false, true) => Phrase::ToldThenClause,
            (false, false) => Phrase::ToldThenClauses,
        };
        let host = text::host(self.host(), self.lang);
        let clauses = joined(&clauses, phrase(Phrase::BetweenClauses, self.lang));
        say(told, &[("lead", &lead), ("host", &host), ("clauses", &clauses), ("last", &last)])
    }

    fn state_aloud(&self, state: State) -> String {
        let gloss = template::gloss(state, self.lang);
        format!("{state}{}", gloss.unwrap_or_default())
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
fn lead(cause: &Event, lang: Lang) -> &'static str {
    phrase(
        match cause {
            Event::SegmentArrives(_) => Phrase::SegmentArrives,
            Event::IcmpArrives(_) => Phrase::IcmpArrives,
            Event::Timeout(_) => Phrase::TimerExpires,
            Event::Call(_) => Phrase::ApplicationCalls,
        },
        lang,
    )
}

/// The call, where the record does not say how it was made.
const fn call_name(cause: &Event) -> &'static str {
    match cause {
        Event::Call(Call::OpenPassive) => "listen()",
        Event::Call(Call::OpenActive { .. }) => "connect()",
        Event::Call(Call::Send { .. }) => "send()",
        Event::Call(Call::Receive { .. }) => "recv()",
        Event::Call(Call::Shutdown) => "shutdown(SHUT_WR)",
        Event::Call(Call::ShutdownRead) => "shutdown(SHUT_RD)",
        Event::Call(Call::Close | Call::Abort) => "close()",
        Event::Call(Call::Configure) => "setsockopt()",
        Event::SegmentArrives(_) | Event::Timeout(_) | Event::IcmpArrives(_) => "",
    }
}

/// The bytes a rule speaks of: taken from the application, handed to it, or brought by the segment.
fn bytes_of(t: &Transition) -> u32 {
    let delivered: u32 =
        t.effects.iter().map(|e| if let Effect::Deliver { bytes } = e { *bytes } else { 0 }).sum();
    match (&t.cause, t.reply()) {
        (Event::Call(_), Some(Reply::Sent(bytes))) => *bytes,
        (Event::Call(_), Some(Reply::Received(data))) => u32::try_from(data.len()).unwrap_or(u32::MAX),
        (Event::Call(_), _) => t.before.readable_bytes(),
        (Event::SegmentArrives(segment), _) if delivered == 0 => segment.text_len(),
        _ => delivered,
    }
}

const fn deed_of(what: &What) -> Deed {
    match what {
        What::Call { result: Ok(Value::Waits { .. }), .. } => Deed::CallWaits,
        What::Call { result: Ok(_), .. } => Deed::Call,
        What::Call { result: Err(_), .. } => Deed::CallFailed,
        What::Discarded { .. } => Deed::Discarded,
        What::Unheard { .. } => Deed::Unheard,
        What::Verdict { verdict, by, .. } => match (verdict, by) {
            (Verdict::Drop, By::Loss) => Deed::Lost,
            (Verdict::Drop, By::CutCable) => Deed::LostInCable,
            (Verdict::Drop, By::FullLink) => Deed::LostInQueue,
            (Verdict::Drop, _) => Deed::Dropped,
            (Verdict::Unreachable(_), _) => Deed::Unreachable,
            (Verdict::Deliver, _) => Deed::Delivered,
            (Verdict::Delay(_), _) => Deed::Delayed,
            (Verdict::Hold, _) => Deed::Held,
            (Verdict::Release, _) => Deed::Released,
            (Verdict::Duplicate, _) => Deed::Duplicated,
            (Verdict::Swap, _) => Deed::Swapped,
            (Verdict::Corrupt { .. }, _) => Deed::Corrupted,
        },
        What::Crashed => Deed::Crashed,
        What::Restarted => Deed::Restarted,
        What::CableCut => Deed::CableCut,
        What::CableMended => Deed::CableMended,
        What::Setting(_) | What::Transition { .. } => Deed::Setting,
    }
}

const fn claims_of(deed: Deed) -> &'static [&'static str] {
    match deed {
        Deed::Call
        | Deed::CallWaits
        | Deed::CallFailed
        | Deed::Setting
        | Deed::Delivered
        | Deed::CableMended => &[],
        Deed::Discarded | Deed::Corrupted | Deed::Duplicated | Deed::Swapped => &["C76"],
        Deed::Dropped | Deed::Unreachable | Deed::Lost | Deed::LostInQueue => &["C11"],
        Deed::Delayed | Deed::Held | Deed::Released => &["C31"],
        Deed::Unheard | Deed::LostInCable | Deed::Crashed | Deed::CableCut => &["C53"],
        Deed::Restarted => &["C54", "C45"],
    }
}

fn by_whom(by: By, lang: Lang) -> &'static str {
    phrase(
        match by {
            By::Learner => Phrase::ByLearner,
            By::Rule => Phrase::ByRule,
            By::Loss | By::Duplication | By::FullLink => Phrase::ByLink,
            By::CutCable => Phrase::ByCutCable,
        },
        lang,
    )
}

/// By how much a test failed.
fn margin(check: &Check, lang: Lang) -> Option<String> {
    let value = |var| check.operands.value(var).map(SeqNumber);
    let (subject, object) = match check.test {
        Test::InWindow | Test::RstExact | Test::TextIsNext => (Var::SegSeq, Var::RcvNxt),
        Test::AckNotBeyondSent => (Var::SegAck, Var::SndNxt),
        Test::AckNotTooOld | Test::AckIsNew => (Var::SegAck, Var::SndUna),
        Test::AckOfOurSyn => (Var::SegAck, Var::SndNxt),
        Test::TimestampNotTooOld | Test::SynTimeIsNewer => (Var::SegTsval, Var::TsRecent),
        Test::FinIsNext => (Var::FinSeq, Var::RcvNxt),
        Test::CoversOurFin => (Var::SegAck, Var::FinSeq),
        _ => return None,
    };
    let distance = value(subject)?.distance(value(object)?);
    let words = match distance.signum() {
        1 => Phrase::MarginAbove,
        -1 => Phrase::MarginBelow,
        _ => Phrase::MarginEqual,
    };
    let values: [(_, &dyn Display); 3] =
        [("subject", &subject.name()), ("object", &object.name()), ("by", &distance.unsigned_abs())];
    Some(filled(phrase(words, lang), &values))
}
