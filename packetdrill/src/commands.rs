//! Shell commands and Python code in scripts, as far as they make sense for a stack in memory.

use lab::host::SocketState;
use tcp::State;

use crate::calls::{Calls, Failure};
use crate::stack::Stack;
use crate::sysctl::{self, Knobs};
use crate::systems::LINUX_DEFAULTS;

/// The names of the states in sockstat and TCP_INFO, without their prefixes.
const STATES: [(&str, State); 19] = [
    ("CLOSED", State::Closed),
    ("CLOSE", State::Closed),
    ("LISTEN", State::Listen),
    ("SYN_SENT", State::SynSent),
    ("SYN_RCVD", State::SynReceived),
    ("SYN_RECV", State::SynReceived),
    ("SYN_RECEIVED", State::SynReceived),
    ("ESTABLISHED", State::Established),
    ("FIN_WAIT_1", State::FinWait1),
    ("FIN_WAIT1", State::FinWait1),
    ("FIN_WAIT_2", State::FinWait2),
    ("FIN_WAIT2", State::FinWait2),
    ("CLOSE_WAIT", State::CloseWait),
    ("CLOSING", State::Closing),
    ("LAST_ACK", State::LastAck),
    ("TIME_WAIT", State::TimeWait),
    ("0", State::Closed),
    ("7", State::Closed),
    ("10", State::Listen),
];

/// The numbers of the other states in Linux (`tcp_states.h`).
const NUMBERED: [(&str, State); 9] = [
    ("1", State::Established),
    ("2", State::SynSent),
    ("3", State::SynReceived),
    ("4", State::FinWait1),
    ("5", State::FinWait2),
    ("6", State::TimeWait),
    ("8", State::CloseWait),
    ("9", State::LastAck),
    ("11", State::Closing),
];

/// How long `sleep N` takes, in microseconds.
pub(crate) fn sleep(command: &str) -> Option<u64> {
    let seconds: u64 = command.trim().strip_prefix("sleep ")?.trim().parse().ok()?;
    seconds.checked_mul(1_000_000)
}

/// Runs `command`, which may consist of several commands.
pub(crate) fn run(command: &str, stack: &mut Stack, knobs: &mut Knobs) -> Result<(), Failure> {
    // A backslash at the end continues the line.
    let command = command.replace("\\\n", " ");
    let parts = command.split(['\n', ';']).flat_map(|line| line.split("&&"));
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let words = words(part);
        let Some((program, arguments)) = words.split_first() else { continue };
        match program.as_str() {
            // Scripts read a setting only to see whether it exists.
            "sysctl" => arguments
                .iter()
                .filter(|word| !word.starts_with('-') && word.contains('='))
                .try_for_each(|word| sysctl::set(word, stack, knobs))?,
            // The same for Linux, with file names.
            program if program.ends_with("/set_sysctls.py") => {
                arguments.iter().try_for_each(|word| sysctl::set(&sysctl::dotted(word), stack, knobs))?;
            }
            "sockstat" => count(part, stack)?,
            "tcpdrop" => drop_states(part, stack)?,
            // `systems` has applied these defaults already.
            program if program.ends_with(LINUX_DEFAULTS) => {}
            // Settings of a network card, and resets of counters: not needed here.
            "ethtool" => {}
            "nstat" if arguments == ["-n"] => {}
            _ => return Err(Failure::Unsupported(format!("the command `{part}`"))),
        }
    }
    Ok(())
}

/// The words of a line. A word in quotes may contain spaces.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for letter in line.chars() {
        match (letter, quote) {
            (_, Some(open)) if letter == open => quote = None,
            ('"' | '\'', None) => quote = Some(letter),
            (_, None) if letter.is_whitespace() => words.push(core::mem::take(&mut word)),
            _ => word.push(letter),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// The question of `sockstat … -p PORT … | grep -c STATE | grep N`: are N connections in that state?
pub(crate) struct Count {
    pub(crate) port: Option<u16>,
    /// Only sockets that the program still holds count.
    pub(crate) only_held: bool,
    pub(crate) state: State,
    pub(crate) wanted: usize,
}

/// None: the command asks something else.
pub(crate) fn count_asked(command: &str) -> Option<Count> {
    let mut stages = command.split('|').map(|stage| stage.split_whitespace().collect::<Vec<_>>());
    let listing = stages.next().unwrap_or_default();
    let port: Option<u16> = match listing.iter().position(|word| *word == "-p") {
        Some(at) => Some(listing.get(at + 1)?.parse().ok()?),
        None => None,
    };
    let (mut counted, mut wanted, mut only_held) = (None, None, false);
    for stage in stages {
        match (stage.as_slice(), counted) {
            (["grep", "-c", state], None) => counted = Some(state_named(state)?),
            (["grep", number], Some(_)) => wanted = number.parse::<usize>().ok(),
            // The name of the program: only sockets that it still holds count.
            (["grep", _], None) => only_held = true,
            _ => return None,
        }
    }
    Some(Count { port, only_held, state: counted?, wanted: wanted? })
}

fn count(command: &str, stack: &Stack) -> Result<(), Failure> {
    let unsupported = || Failure::Unsupported(format!("the command `{command}`"));
    let Count { port, only_held, state, wanted } = count_asked(command).ok_or_else(unsupported)?;
    let found = stack.sockets().filter(|socket| {
        // A finished connection is listed as long as a program holds its socket.
        let is_there = match socket.state {
            SocketState::Fresh => false,
            SocketState::Over(_) => socket.is_open(),
            SocketState::Listening { .. } | SocketState::Connected(_) => true,
        };
        let at_port = port.is_none_or(|port| socket.local.port == port || socket.remote().port == port);
        is_there && at_port && socket.tcp_state() == state && (!only_held || socket.is_open())
    });
    let found = found.count();
    if found == wanted {
        return Ok(());
    }
    Err(Failure::mismatch(format!("{wanted} connections in {state}"), found))
}

/// `tcpdrop -s STATE`.
fn drop_states(command: &str, stack: &mut Stack) -> Result<(), Failure> {
    let words: Vec<_> = command.split_whitespace().collect();
    let state = words.iter().position(|word| *word == "-s").and_then(|at| state_named(words.get(at + 1)?));
    if state != Some(State::TimeWait) {
        return Err(Failure::Unsupported(format!("the command `{command}`")));
    }
    let waiting: Vec<_> = stack
        .sockets()
        .filter(|socket| socket.tcp_state() == State::TimeWait)
        .map(|socket| socket.id)
        .collect();
    waiting.into_iter().for_each(|id| stack.end_time_wait(id));
    Ok(())
}

/// Python code: lines like `assert tcpi_state == NAME`, perhaps with a message after it.
pub(crate) fn assert(code: &str, stack: &Stack, calls: &Calls) -> Result<(), Failure> {
    for line in code.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty()) {
        let unsupported = || Failure::Unsupported(format!("the code `{line}`"));
        if line.starts_with("print") {
            continue;
        }
        let assertion = line.strip_prefix("assert ").ok_or_else(unsupported)?;
        let condition = assertion.split_once(',').map_or(assertion, |(condition, _)| condition);
        let (name, value) = condition.split_once("==").ok_or_else(unsupported)?;
        match (name.trim(), value.trim()) {
            ("tcpi_state", value) => {
                let wanted = state_named(value).ok_or_else(unsupported)?;
                let found = calls.state_under_test(stack)?;
                if found != wanted {
                    return Err(Failure::mismatch(format!("tcpi_state == {wanted}"), found));
                }
            }
            (name @ ("tcpi_options" | "tcpi_snd_mss" | "tcpi_advmss"), value) => {
                let wanted: u16 = value.parse().map_err(|_| unsupported())?;
                let found = match name {
                    "tcpi_options" => calls.options_under_test(stack)?.into(),
                    "tcpi_snd_mss" => calls.segment_size_under_test(stack)?,
                    _ => stack.config().receive_mss(),
                };
                if found != wanted {
                    return Err(Failure::mismatch(format!("{name} == {wanted}"), found));
                }
            }
            _ => return Err(unsupported()),
        }
    }
    Ok(())
}

pub(crate) fn state_named(text: &str) -> Option<State> {
    let name = text.strip_prefix("TCPI_").or_else(|| text.strip_prefix("TCP_")).unwrap_or(text);
    STATES.iter().chain(&NUMBERED).find(|(known, _)| *known == name).map(|(_, state)| *state)
}

#[cfg(test)]
mod tests {
    use tcp::time::Duration;

    use super::*;

    fn outcome(command: &str) -> Result<(), Failure> {
        run(command, &mut Stack::new(), &mut Knobs::new())
    }

    #[test]
    fn settings_reach_the_stack() {
        let (mut stack, mut knobs) = (Stack::new(), Knobs::new());
        let mut set = |command| run(command, &mut stack, &mut knobs).map(|()| stack.config().clone());
        assert!(!set("sysctl -w net.inet.tcp.insecure_rst=1").expect("known").rfc5961);
        assert!(!set("sysctl -w net.inet.tcp.insecure_syn=0").expect("known").rfc5961);
        assert!(set("sysctl -w net.inet.tcp.insecure_rst=0").expect("known").rfc5961);
        let config = set("sysctl -w net.inet.tcp.msl=30000 net.inet.tcp.rexmit_initial=500").expect("known");
        assert_eq!((config.msl, config.rto_initial), (Duration::from_secs(30), Duration::from_millis(500)));
        let config = set("sysctl -w net.inet.tcp.rfc1323=1 net.inet.tcp.sack.enable=1").expect("known");
        assert_eq!((config.window_scale, config.timestamps, config.sack), (Some(6), true, true));
        let config =
            set("./set_sysctls.py /proc/sys/net/ipv4/tcp_timestamps=0 /proc/sys/net/ipv4/tcp_sack=0");
        let config = config.expect("known");
        assert_eq!((config.window_scale, config.timestamps, config.sack), (Some(6), false, false));
    }

    #[test]
    fn what_cannot_be_done_is_said_and_not_passed_over() {
        for command in [
            "sysctl -w net.inet.tcp.blackhole=1",
            "sysctl -w net.inet.tcp.rexmit_drop_options=1",
            "sysctl -w net.inet.tcp.never_heard_of=1",
            "rm -r /",
            "tcpdrop -s ESTABLISHED",
            "sockstat -4 | grep -c NOWHERE | grep 1",
        ] {
            assert!(matches!(outcome(command), Err(Failure::Unsupported(_))), "{command}");
        }
        assert_eq!(outcome("sysctl -q net.inet.tcp.never_heard_of"), Ok(()));
    }

    #[test]
    fn connections_are_counted_exactly() {
        assert_eq!(outcome("sockstat -4 -P tcp -p 8080 -s | grep -c SYN_RCVD | grep 0"), Ok(()));
        assert!(matches!(
            outcome("sockstat -s | grep packetdril | grep -c TIME_WAIT | grep 1"),
            Err(Failure::Mismatch { .. })
        ));
    }
}
