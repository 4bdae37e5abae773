//! Breaks scripts on purpose. Whatever a script demands, one that demands something else must fail: this is how it is
//! known that the runner looks.

use crate::mode::Mode;
use crate::schedule::Tolerance;
use crate::script::{Action, Body, CallSpec, Event, Expr, Numbering, Packet, Script, Segment, Time, flag};

/// A script with one thing wrong.
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
            // Another segment that goes in is another script, not a wrong one.
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
        // In this mode they may come at any time or not at all: only the last number must be right.
        if self.mode == Mode::Acks && segment.is_pure_ack() {
            if let Some(ack) = segment.ack.filter(|_| self.is_last_to_acknowledge()) {
                self.push_action("ack + 1", with(&|segment| segment.ack = Some(ack.wrapping_add(1))));
            }
            return;
        }
        if let Some(ack) = segment.ack {
            self.push_action("ack + 1", with(&|segment| segment.ack = Some(ack.wrapping_add(1))));
        }
        for (_, bit) in flag::LETTERS {
            let what = if segment.has(bit) { "a flag removed" } else { "a flag added" };
            self.push_action(what, with(&|segment| segment.flags ^= bit));
        }
        // On a SYN the script's own number is what the stack's is called.
        if segment.numbering == Numbering::Usual && !segment.has(flag::SYN) {
            self.push_action("seq + 1", with(&|segment| segment.seq = segment.seq.wrapping_add(1)));
        }
        self.push_action("one octet more", with(&|segment| segment.length += 1));
        if let Some(window) = segment.window.filter(|_| !self.mode.is_loose()) {
            self.push_action("another window", with(&|segment| segment.window = Some(window ^ 1)));
        }
        let compares_options = !self.mode.is_loose() || !segment.has(flag::SYN);
        if let Some(options) = segment.options.as_ref().filter(|_| compares_options) {
            let more = options.iter().cloned().chain([crate::script::TcpOption::Nop]).collect::<Vec<_>>();
            self.push_action("an option more", with(&|segment| segment.options = Some(more.clone())));
        }
        self.push("the segment expected twice", |events, at| {
            events.insert(at + 1, Event { time: Time::Relative(0), ..events[at].clone() });
        });
        self.of_absence();
        self.of_time();
    }

    /// No segment that is expected later has an acknowledgement.
    fn is_last_to_acknowledge(&self) -> bool {
        !self.script.events[self.at + 1..].iter().any(|event| match &event.action {
            Action::Expect(Packet { body: Body::Tcp(segment), .. }) => segment.ack.is_some(),
            _ => false,
        })
    }

    /// Without the expectation the segment is left over, or taken for the next. Of a segment that is awaited at the
    /// very end nothing can be left over: the script ends before it comes.
    fn of_absence(&mut self) {
        let wait = match self.event().time {
            Time::Relative(wait) => wait,
            Time::Absolute(_) | Time::Any | Time::AbsoluteRange(..) | Time::RelativeRange(..) => return,
        };
        if wait > 0 && self.at + 1 == self.script.events.len() {
            return;
        }
        self.push("the segment not expected", |events, at| {
            events.remove(at);
            // The others keep their times.
            if let Some(Event { time: Time::Relative(after), .. }) = events.get_mut(at) {
                *after += wait;
            }
        });
        // What the calls of close() bring that end a script is not looked at (rule N9).
        let closing = self.found.last().map_or(0, |mutant| mutant.script.closing());
        if self.mode.is_loose() && closing < self.at {
            self.found.pop();
        }
    }

    fn of_time(&mut self) {
        let time = self.event().time;
        let Ok(tolerance) = Tolerance::of(self.script) else { return };
        // Tolerance grows with the wait; twice the wait and what is always tolerated is beyond it in any case.
        let shift = |wait: u64| wait + wait + 2 * tolerance.around(0, 0) + 1;
        let shifted = match time {
            Time::Any => return,
            Time::Absolute(at) => Time::Absolute(shift(at)),
            Time::Relative(wait) => Time::Relative(shift(wait)),
            Time::AbsoluteRange(start, end) => Time::AbsoluteRange(shift(end), shift(end) + end - start),
            Time::RelativeRange(start, end) => Time::RelativeRange(shift(end), shift(end) + end - start),
        };
        self.push("another time", |events, at| events[at].time = shifted);
    }

    fn of_call(&mut self, spec: &CallSpec) {
        let wrong = match spec.result {
            Expr::Number(-1) if spec.errno.is_none() => CallSpec { result: Expr::Number(0), ..spec.clone() },
            Expr::Number(_) => {
                // No call of the stack fails for this.
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

    /// The call asks for an option that is compared as a number.
    fn compares_value(&self, spec: &CallSpec) -> bool {
        let name = spec.arguments.get(2).and_then(Expr::word);
        // Rule N3, and SO_ERROR is a name.
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

fn returns_a_count(spec: &CallSpec) -> bool {
    let counting = [
        "read", "recv", "recvfrom", "readv", "recvmsg", "write", "send", "sendto", "writev", "sendmsg",
        "poll",
    ];
    counting.contains(&spec.name.as_str())
}
