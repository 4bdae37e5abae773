//! Breaks scripts on purpose. A script that demands something else must fail. This shows that the runner really
//! compares everything.

use crate::mode::Mode;
use crate::run::LATEST;
use crate::schedule::Tolerance;
use crate::script::{
    Action, Body, CallSpec, Event, Expr, Numbering, Packet, Script, Segment, TcpOption, Time, flag,
};

/// More seconds than a script waits for a segment that may come at any time.
const LONG: u64 = 3_600_000_000;

/// A script with one wrong expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// What is wrong.
    pub what: &'static str,
    /// Where.
    pub line: u32,
    /// The script.
    pub script: Script,
}

/// Every mutant of `script` that must fail in `mode`, if the script itself passes in it.
#[must_use]
pub fn mutants(script: &Script, mode: Mode) -> Vec<Mutant> {
    let mut mutants = Mutants { script, mode, at: 0, found: Vec::new() };
    for at in 0..script.events.len() {
        mutants.at = at;
        mutants.of_event();
    }
    mutants.found
}

struct Mutants<'a> {
    script: &'a Script,
    mode: Mode,
    /// The event that is being broken.
    at: usize,
    found: Vec<Mutant>,
}

impl<'a> Mutants<'a> {
    fn event(&self) -> &'a Event {
        &self.script.events[self.at]
    }

    fn push(&mut self, what: &'static str, change: impl FnOnce(&mut Vec<Event>, usize)) {
        let mut script = self.script.clone();
        change(&mut script.events, self.at);
        self.found.push(Mutant { what, line: self.event().line, script });
    }

    fn push_action(&mut self, what: &'static str, action: Action) {
        self.push(what, |events, at| events[at].action = action);
    }

    fn of_event(&mut self) {
        match &self.event().action {
            Action::Expect(packet) => self.of_packet(packet),
            Action::Call(spec) => self.of_call(spec),
            Action::Command(command) => self.of_command(command),
            Action::Code(code) => self.of_code(code),
            // If a different segment were sent to the stack, it would be a different script, not a wrong one.
            Action::Inject(_) => {}
        }
    }

    fn of_packet(&mut self, packet: &Packet) {
        let Body::Tcp(segment) = &packet.body else { return };
        let with = |change: &dyn Fn(&mut Segment)| {
            let mut segment = segment.clone();
            change(&mut segment);
            Action::Expect(Packet { body: Body::Tcp(segment), ..packet.clone() })
        };
        let ack_is_compared = if self.mode == Mode::Acks && segment.is_pure_ack() {
            if !self.repeats_the_number(segment) {
                // By rule N6 it may come at any time or not at all: only its number must be right in the end.
                if self.is_number_awaited() {
                    self.push_ack(packet, segment);
                }
                return;
            }
            // A repeated acknowledgement must come at the script's time. There is no mutant with another number, which
            // would be new and could come later; and none without it, because an unexpected one is not left over.
            self.is_number_awaited()
        } else {
            self.of_absence();
            true
        };
        if ack_is_compared {
            self.push_ack(packet, segment);
        }
        for (_, bit) in flag::LETTERS {
            // Rule N15: a stack may send text without PSH, and the script alone does not tell when.
            if bit == flag::PSH && self.mode.is_loose() && segment.length > 0 && !segment.has(bit) {
                continue;
            }
            let what = if segment.has(bit) { "a flag removed" } else { "a flag added" };
            let mutant = with(&|segment| segment.flags ^= bit);
            // That would be a script for a stack with ECN, which is not played.
            if !mutant.awaits_ecn() {
                self.push_action(what, mutant);
            }
        }
        // The number of a SYN in the script is only a name for the stack's own number.
        if segment.numbering == Numbering::Usual && !segment.has(flag::SYN) {
            self.push_action("seq + 1", with(&|segment| segment.seq = segment.seq.wrapping_add(1)));
        }
        self.push_action("one octet more", with(&|segment| segment.length += 1));
        if let Some(window) = segment.window.filter(|_| !self.mode.is_loose()) {
            self.push_action("another window", with(&|segment| segment.window = Some(window ^ 1)));
        }
        for (what, options) in self.lists_of_options(segment) {
            self.push_action(what, with(&|segment| segment.options = Some(options.clone())));
        }
        self.push("the segment expected twice", |events, at| {
            events.insert(at + 1, Event { time: Time::Relative(0), ..events[at].clone() });
        });
        self.of_time();
    }

    fn push_ack(&mut self, packet: &Packet, segment: &Segment) {
        if let Some(ack) = segment.ack {
            let wrong = Segment { ack: Some(ack.wrapping_add(1)), ..segment.clone() };
            let body = Body::Tcp(wrong);
            self.push_action("ack + 1", Action::Expect(Packet { body, ..packet.clone() }));
        }
    }

    /// The options of `segment` with one change.
    fn lists_of_options(&self, segment: &Segment) -> Vec<(&'static str, Vec<TcpOption>)> {
        let Some(options) = &segment.options else { return Vec::new() };
        // Rule N1: padding is not compared in a SYN.
        let is_set = self.mode.is_loose() && segment.has(flag::SYN);
        let one_more = if is_set { TcpOption::FastOpen(Vec::new()) } else { TcpOption::Nop };
        let more = options.iter().cloned().chain([one_more]).collect();
        let others = options.iter().enumerate().filter_map(|(at, option)| {
            let mut options = options.clone();
            options[at] = otherwise(option)?;
            Some(("another option", options))
        });
        [("an option more", more)].into_iter().chain(others).collect()
    }

    /// Whether the last expected segment before this one with an acknowledgement acknowledges the same number.
    fn repeats_the_number(&self, segment: &Segment) -> bool {
        let before = self.script.events[..self.at].iter().rev().find_map(acknowledged);
        before.is_some() && before == segment.ack
    }

    /// Whether rule N6 would notice a wrong number in this acknowledgement: no later one takes its place before it is
    /// overdue.
    fn is_number_awaited(&self) -> bool {
        let later = &self.script.events[self.at + 1..];
        let Some(next) = later.iter().position(|event| acknowledged(event).is_some()) else { return true };
        let Ok(tolerance) = Tolerance::of(self.script) else { return false };
        let Time::Relative(wait) = self.event().time else { return false };
        let mut since = 0;
        let overdue = LATEST + 2 * tolerance.around(wait, 0);
        later[..next].iter().any(|event| {
            match event.time {
                Time::Relative(wait) => since += wait,
                Time::Absolute(_) | Time::Any | Time::AbsoluteRange(..) | Time::RelativeRange(..) => {}
            }
            since > overdue && !matches!(event.action, Action::Expect(_))
        })
    }

    /// Removes the expectation, so the segment is left over or taken for the next one. In its place time passes: if the
    /// script ends with it, until the segment must have come. The other events keep their times.
    fn of_absence(&mut self) {
        let Ok(tolerance) = Tolerance::of(self.script) else { return };
        let time = self.event().time;
        let is_last = self.at + 1 == self.script.events.len();
        let late = |end: u64| end + tolerance.around(end, 0);
        let until = match time {
            _ if !is_last => time,
            Time::Absolute(at) | Time::AbsoluteRange(_, at) => Time::Absolute(late(at)),
            Time::Relative(wait) | Time::RelativeRange(_, wait) => Time::Relative(late(wait)),
            Time::Any => Time::Relative(LONG),
        };
        self.push("the segment not expected", |events, at| {
            events[at] = Event { time: until, action: Action::Command(String::new()), ..events[at] };
        });
        // Packets caused by the final close() calls are not compared (rule N9).
        let closing = self.found.last().map_or(0, |mutant| mutant.script.closing());
        if self.mode.is_loose() && closing < self.at {
            self.found.pop();
        }
    }

    /// With a `*` the segment may come at any time, so there is no wrong time.
    fn of_time(&mut self) {
        let Ok(tolerance) = Tolerance::of(self.script) else { return };
        let around =
            |start: u64, end: u64| (tolerance.before(start, end), tolerance.beyond(end), end - start);
        let (early, late) = match self.event().time {
            Time::Any => return,
            Time::Absolute(at) => {
                let (before, beyond, _) = around(at, at);
                (before.map(Time::Absolute), beyond.map(Time::Absolute))
            }
            Time::Relative(wait) => {
                let (before, beyond, _) = around(wait, wait);
                (before.map(Time::Relative), beyond.map(Time::Relative))
            }
            Time::AbsoluteRange(start, end) => {
                let (before, beyond, width) = around(start, end);
                let early = before.map(|before| Time::AbsoluteRange(before.saturating_sub(width), before));
                (early, beyond.map(|beyond| Time::AbsoluteRange(beyond, beyond + width)))
            }
            Time::RelativeRange(start, end) => {
                let (before, beyond, width) = around(start, end);
                let early = before.map(|before| Time::RelativeRange(before.saturating_sub(width), before));
                (early, beyond.map(|beyond| Time::RelativeRange(beyond, beyond + width)))
            }
        };
        for (what, time) in [("an earlier time", early), ("a later time", late)] {
            if let Some(time) = time {
                self.push(what, |events, at| events[at].time = time);
            }
        }
    }

    fn of_call(&mut self, spec: &CallSpec) {
        let wrong = match spec.result {
            Expr::Number(-1) if spec.errno.is_none() => CallSpec { result: Expr::Number(0), ..spec.clone() },
            Expr::Number(_) => {
                // No call of the stack fails with this error.
                CallSpec { result: Expr::Number(-1), errno: Some("EFAULT".to_owned()), ..spec.clone() }
            }
            _ => return,
        };
        self.push_action("another result", Action::Call(wrong));
        if let Some(number) = spec.result.number().filter(|number| *number >= 0 && returns_a_count(spec)) {
            let wrong = CallSpec { result: Expr::Number(number + 1), ..spec.clone() };
            self.push_action("one more returned", Action::Call(wrong));
        }
        if let Some(number) = spec.arguments.get(3).and_then(|value| value.inner().number())
            && self.compares_value(spec)
        {
            let mut spec = spec.clone();
            spec.arguments[3] = Expr::List(vec![Expr::Number(number + 1)]);
            self.push_action("another value", Action::Call(spec));
        }
        let is_error =
            spec.name == "getsockopt" && spec.arguments.get(2).and_then(Expr::word) == Some("SO_ERROR");
        if is_error && let Some(value) = spec.arguments.get(3) {
            let wrong = if value.inner().number() == Some(0) {
                Expr::Word("ECONNRESET".to_owned())
            } else {
                Expr::Number(0)
            };
            let mut spec = spec.clone();
            spec.arguments[3] = Expr::List(vec![wrong]);
            self.push_action("another error", Action::Call(spec));
        }
    }

    /// The call reads an option that is compared as a number.
    fn compares_value(&self, spec: &CallSpec) -> bool {
        let name = spec.arguments.get(2).and_then(Expr::word);
        // Not buffers (rule N3), and not SO_ERROR, which is a name.
        let is_compared = name != Some("SO_ERROR") && (name != Some("SO_RCVBUF") || !self.mode.is_loose());
        spec.name == "getsockopt" && is_compared
    }

    fn of_command(&mut self, command: &str) {
        let Some((before, number)) = command.rsplit_once("grep ") else { return };
        let Ok(number) = number.trim().parse::<u32>() else { return };
        if command.starts_with("sockstat") {
            self.push_action("another count", Action::Command(format!("{before}grep {}", number + 1)));
        }
    }

    fn of_code(&mut self, code: &str) {
        let Some((name, value)) = code.split_once("==") else { return };
        let wrong = match value.trim() {
            "TCPI_CLOSED" | "TCP_CLOSE" => "TCPI_ESTABLISHED",
            "7" => "8",
            _ => "7",
        };
        self.push_action("another state", Action::Code(format!("{name}== {wrong}")));
    }
}

/// The number that an expected segment acknowledges, counted from the other end's SYN.
fn acknowledged(event: &Event) -> Option<u32> {
    match &event.action {
        // A SYN,ACK acknowledges that SYN, with its number in the script.
        Action::Expect(Packet { body: Body::Tcp(segment), .. }) if segment.has(flag::SYN) => {
            segment.ack.map(|_| 1)
        }
        Action::Expect(Packet { body: Body::Tcp(segment), .. }) => segment.ack,
        _ => None,
    }
}

/// The same option with other content; None if it has no content.
fn otherwise(option: &TcpOption) -> Option<TcpOption> {
    Some(match option {
        TcpOption::Mss(mss) => TcpOption::Mss(mss ^ 1),
        TcpOption::WindowScale(shift) => TcpOption::WindowScale(shift ^ 1),
        TcpOption::Sack(blocks) => {
            TcpOption::Sack(blocks.iter().map(|&(left, right)| (left, right.wrapping_add(1))).collect())
        }
        TcpOption::Timestamps { val, ecr } => TcpOption::Timestamps { val: *val, ecr: ecr.wrapping_add(1) },
        TcpOption::End
        | TcpOption::Nop
        | TcpOption::SackPermitted
        | TcpOption::FastOpen(_)
        | TcpOption::Other { .. } => return None,
    })
}

fn returns_a_count(spec: &CallSpec) -> bool {
    let counting = [
        "read", "recv", "recvfrom", "readv", "recvmsg", "write", "send", "sendto", "writev", "sendmsg",
        "poll",
    ];
    counting.contains(&spec.name.as_str())
}
