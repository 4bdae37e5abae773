//! Shell commands and Python, as far as they have a meaning for a stack in memory.

use tcp_state_lab::host::SocketState;
use tcp_state_lab::tcp::{Config, State};
use tcp_state_lab::time::Duration;

use crate::calls::{Calls, Failure};
use crate::stack::Stack;

/// The end of the name of the program that sets a machine up for Linux's scripts.
pub(crate) const LINUX_DEFAULTS: &str = "/defaults.sh";

/// The shifts by which FreeBSD and Linux scale windows, unless their largest buffers were changed.
const SHIFT_OF_FREEBSD: u8 = 6;
const SHIFT_OF_LINUX: u8 = 7;
/// With the larger buffers that its scripts are written for.
const SHIFT_OF_LINUX_SET_UP: u8 = 8;

/// RFC 7323 §2.3.
const LARGEST_SHIFT: u8 = 14;

/// How long FreeBSD lets an acknowledgement wait, unless told otherwise.
const DELAYED: Duration = Duration::from_millis(40);

/// Settings of other systems that change nothing that this stack does, or that it has no counterpart for while its
/// default is what the scripts ask for (rule N3). A value, if one is given, is the only one that is ignored.
const IGNORED: &[(&str, Option<&str>)] = &[
    ("kern.timecounter.alloweddeviation", None),
    ("net.inet.icmp.icmplim", None),
    ("net.inet.icmp.quotelen", None),
    ("net.inet.tcp.blackhole", Some("0")),
    ("net.inet.tcp.cc.algorithm", None),
    ("net.inet.tcp.ecn.enable", None),
    ("net.inet.tcp.ecn.maxretries", None),
    ("net.inet.tcp.ecn.plusplus", None),
    ("net.inet.tcp.functions_default", None),
    ("net.inet.tcp.hostcache.purgenow", None),
    ("net.inet.tcp.log_debug", None),
    ("net.inet.tcp.nolocaltimewait", None),
    ("net.inet.tcp.path_mtu_discovery", None),
    ("net.inet.tcp.pmtud_blackhole_detection", None),
    ("net.inet.tcp.recvbuf_auto", None),
    ("net.inet.tcp.rexmit_drop_options", Some("0")),
    ("net.inet.tcp.rexmit_slop", None),
    ("net.inet.tcp.sendbuf_auto", None),
    ("net.inet.tcp.syncookies", None),
    ("net.inet.tcp.syncookies_only", Some("0")),
    ("net.inet.tcp.tolerate_missing_ts", Some("0")),
    ("net.inet.tcp.ts_offset_per_conn", None),
    ("net.inet.tcp.tso", None),
    ("net.ipv4.tcp_congestion_control", Some("reno")),
    ("net.ipv4.tcp_early_retrans", None),
    ("net.ipv4.tcp_ecn", Some("0")),
    ("net.ipv4.tcp_min_tso_segs", None),
    ("net.ipv4.tcp_moderate_rcvbuf", None),
    ("net.ipv4.tcp_no_metrics_save", None),
    ("net.ipv4.tcp_syn_linear_timeouts", Some("0")),
    ("net.ipv4.tcp_slow_start_after_idle", None),
    ("net.ipv4.tcp_tso_win_divisor", None),
    ("net.ipv4.tcp_wmem", None),
];

/// How sockstat and TCP_INFO call the states, without what they put before.
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

/// How Linux numbers the other states (`tcp_states.h`).
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

/// What scripts have set by sysctl and what only together decides something.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Knobs {
    insecure_rst: bool,
    insecure_syn: bool,
    /// By how much FreeBSD shifts windows.
    shift: u8,
}

impl Knobs {
    pub(crate) const fn new() -> Self {
        Self { insecure_rst: false, insecure_syn: false, shift: SHIFT_OF_FREEBSD }
    }
}

/// Runs `command`, which may be several.
pub(crate) fn run(command: &str, stack: &mut Stack, knobs: &mut Knobs) -> Result<(), Failure> {
    // A line that ends with a backslash goes on.
    let command = command.replace("\\\n", " ");
    let parts = command.split(['\n', ';']).flat_map(|line| line.split("&&"));
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let words = words(part);
        let Some((program, arguments)) = words.split_first() else { continue };
        match program.as_str() {
            // Asking without setting is how scripts see whether a setting exists.
            "sysctl" => arguments
                .iter()
                .filter(|word| !word.starts_with('-') && word.contains('='))
                .try_for_each(|word| set(word, stack, knobs))?,
            // The same for Linux, by the names of files.
            program if program.ends_with("/set_sysctls.py") => {
                arguments.iter().try_for_each(|word| set(&dotted(word), stack, knobs))?;
            }
            "sockstat" => count(part, stack)?,
            "tcpdrop" => drop_states(part, stack)?,
            // How a machine is set up as Linux comes is known from the start.
            program if program.ends_with(LINUX_DEFAULTS) => {}
            // What a network card does, and counters that are set to zero.
            "ethtool" => {}
            "nstat" if arguments == ["-n"] => {}
            _ => return Err(Failure::Unsupported(format!("the command `{part}`"))),
        }
    }
    Ok(())
}

/// The words of a line; one in quotes may have spaces.
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

/// `/proc/sys/net/ipv4/tcp_sack=0` as sysctl has it.
pub(crate) fn dotted(assignment: &str) -> String {
    let (path, value) = assignment.split_once('=').unwrap_or((assignment, ""));
    let name = path.strip_prefix("/proc/sys/").unwrap_or(path).replace('/', ".");
    format!("{name}={value}")
}

/// `sysctl -w name=value`.
fn set(assignment: &str, stack: &mut Stack, knobs: &mut Knobs) -> Result<(), Failure> {
    let unsupported = || Failure::Unsupported(format!("sysctl {assignment}"));
    let (name, value) = assignment.split_once('=').ok_or_else(unsupported)?;
    let ignored =
        |(known, only): &(&str, Option<&str>)| *known == name && only.is_none_or(|only| only == value);
    if IGNORED.iter().any(ignored) {
        return Ok(());
    }
    let config = stack.config_mut();
    if name == "net.ipv4.tcp_rmem" {
        // The least, the usual and the largest buffer; the last decides by how much windows are shifted.
        let sizes = value.replace(['$', '(', ')'], "");
        let largest = sizes.split_whitespace().nth(2).and_then(product).ok_or_else(unsupported)?;
        config.window_scale = config.window_scale.map(|_| shift_of_linux(largest));
        return Ok(());
    }
    let number: u32 = value.parse().map_err(|_| unsupported())?;
    let (millis, seconds) = (Duration::from_millis(number.into()), Duration::from_secs(number.into()));
    match name {
        "net.inet.tcp.insecure_rst" => knobs.insecure_rst = number != 0,
        "net.inet.tcp.insecure_syn" => knobs.insecure_syn = number != 0,
        "net.inet.tcp.recvspace" => config.receive_buffer_bytes = number,
        // 0: neither, 1: both, 2: only the first, 3: only the second.
        "net.inet.tcp.rfc1323" if number <= 3 => {
            config.window_scale = matches!(number, 1 | 2).then_some(knobs.shift);
            config.timestamps = matches!(number, 1 | 3);
        }
        "net.inet.tcp.sack.enable" | "net.ipv4.tcp_sack" => config.sack = number != 0,
        "net.ipv4.tcp_window_scaling" => config.window_scale = (number != 0).then_some(SHIFT_OF_LINUX),
        "net.ipv4.tcp_timestamps" => config.timestamps = number != 0,
        "net.inet.tcp.sendspace" => config.send_buffer_bytes = number,
        "net.inet.tcp.delayed_ack" if number == 0 => config.ack_delay = Duration::ZERO,
        // A second segment never waits; the time is what delacktime says.
        "net.inet.tcp.delayed_ack" => config.ack_delay = DELAYED,
        "net.inet.tcp.delacktime" => config.ack_delay = millis,
        "net.inet.tcp.initcwnd_segments" => {
            config.initial_segments = Some(u8::try_from(number).map_err(|_| unsupported())?);
        }
        "net.inet.tcp.ack_war_cnt" | "net.ipv4.tcp_challenge_ack_limit" => {
            config.challenge_limit = u8::try_from(number).ok().filter(|limit| *limit > 0);
        }
        "net.inet.tcp.drop_synfin" => config.drop_syn_fin = number != 0,
        "net.inet.tcp.keepinit" => config.open_timeout = Some(millis),
        "net.inet.tcp.icmp_may_rst" => config.icmp_never_aborts = number == 0,
        // The largest buffer decides by how much windows are shifted.
        "kern.ipc.maxsockbuf" => {
            knobs.shift = shift_for(number);
            config.window_scale = config.window_scale.map(|_| knobs.shift);
        }
        "net.inet.tcp.keepidle" => config.keepalive_idle = millis,
        "net.inet.tcp.keepintvl" => config.keepalive_interval = millis,
        "net.inet.tcp.keepcnt" => {
            config.keepalive_probes = u8::try_from(number).map_err(|_| unsupported())?
        }
        "net.inet.tcp.always_keepalive" => config.keepalive = number != 0,
        "net.inet.tcp.finwait2_timeout" => config.fin_wait_2 = Some(millis),
        "net.inet.tcp.fast_finwait2_recycle" if number == 0 => {}
        "net.inet.tcp.mssdflt" if number == 536 => {}
        "net.inet.tcp.rexmit_initial" => config.rto_initial = millis,
        "net.inet.tcp.rexmit_min" => config.rto_min = millis,
        "net.inet.tcp.msl" => config.msl = millis,
        // Linux: the reset of RFC 793 in TIME-WAIT, or the fix of RFC 1337.
        "net.ipv4.tcp_rfc1337" => config.rfc1337 = number != 0,
        "net.ipv4.tcp_syncookies" if number <= 1 => config.syn_cookies = number != 0,
        "net.ipv4.tcp_fin_timeout" => config.fin_wait_2 = Some(seconds),
        "net.ipv4.tcp_keepalive_time" => config.keepalive_idle = seconds,
        "net.ipv4.tcp_keepalive_intvl" => config.keepalive_interval = seconds,
        "net.ipv4.tcp_keepalive_probes" => {
            config.keepalive_probes = u8::try_from(number).map_err(|_| unsupported())?;
        }
        "net.ipv4.tcp_syn_retries" => config.syn_retries = u8::try_from(number).map_err(|_| unsupported())?,
        "net.ipv4.tcp_retries2" => config.data_retries = u8::try_from(number).map_err(|_| unsupported())?,
        _ => return Err(unsupported()),
    }
    // FreeBSD has two switches for what is one protection here; a script turns one of them at a time.
    config.rfc5961 = !(knobs.insecure_rst || knobs.insecure_syn);
    Ok(())
}

/// Rule N10: what is no setting of FreeBSD's, and the defaults of what is one.
pub(crate) const fn be_freebsd(config: &mut Config) {
    config.rfc1337 = true;
    config.fin_with_unread_data = true;
    config.ack_delay = DELAYED;
    config.rto_max = Duration::from_secs(64);
    (config.syn_retries, config.data_retries) = (12, 12);
    config.open_timeout = Some(Duration::from_secs(75));
    (config.keepalive, config.keepalive_probes) = (true, 8);
    (config.window_scale, config.timestamps, config.sack) = (Some(SHIFT_OF_FREEBSD), true, true);
}

/// `32*1024*1024`.
fn product(text: &str) -> Option<u32> {
    text.split('*').try_fold(1_u32, |product, factor| product.checked_mul(factor.parse().ok()?))
}

/// Rule N10 for Linux.
pub(crate) const fn be_linux(config: &mut Config) {
    (config.drop_syn_fin, config.ignore_text_on_syn) = (true, true);
    (config.syn_again_at_once, config.reset_while_opening) = (true, true);
    (config.epipe_in_close_wait, config.keep_text_after_shutdown) = (true, true);
    config.reopen_from_time_wait = true;
    config.rto_min = Duration::from_millis(200);
    config.syn_retries = 6;
    config.msl = Duration::from_secs(30);
    config.fin_wait_2 = Some(Duration::from_secs(60));
    config.keepalive_probes = 9;
    (config.window_scale, config.timestamps, config.sack) = (Some(SHIFT_OF_LINUX), true, true);
}

/// What `defaults.sh` sets that matters here.
pub(crate) const fn set_up_linux(config: &mut Config) {
    (config.window_scale, config.timestamps, config.sack) = (Some(SHIFT_OF_LINUX_SET_UP), true, true);
}

/// By how much Linux shifts windows for buffers that may grow so large.
fn shift_of_linux(largest: u32) -> u8 {
    let bits = largest.max(1).ilog2() as u8;
    bits.saturating_sub(15).min(LARGEST_SHIFT)
}

/// By how much a window of 16 bits must be shifted to cover a buffer.
fn shift_for(buffer: u32) -> u8 {
    (0..LARGEST_SHIFT)
        .find(|shift| u64::from(u16::MAX) << shift >= u64::from(buffer))
        .unwrap_or(LARGEST_SHIFT)
}

/// What `sockstat … -p PORT … | grep -c STATE | grep N` asks: that so many connections are in that state.
pub(crate) struct Count {
    pub(crate) port: Option<u16>,
    /// Only sockets that the program still holds.
    pub(crate) only_held: bool,
    pub(crate) state: State,
    pub(crate) wanted: usize,
}

/// None: it asks something else.
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
            // The name of the program: only sockets that it still holds.
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
        // What is over is listed for as long as a program holds it.
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

/// Python: `assert tcpi_state == NAME` and the like, one a line; what is to be said if it does not hold may follow.
pub(crate) fn assert(code: &str, stack: &Stack, calls: &Calls) -> Result<(), Failure> {
    for line in code.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty()) {
        let unsupported = || Failure::Unsupported(format!("the code `{line}`"));
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
