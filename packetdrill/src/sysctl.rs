//! The sysctl settings of FreeBSD and Linux, as far as this stack has a counterpart.

use tcp::time::Duration;

use crate::calls::Failure;
use crate::stack::Stack;
use crate::systems::{DELAYED, SHIFT_OF_FREEBSD, SHIFT_OF_LINUX, shift_for, shift_of_linux};

/// Settings that are ignored, because they make no difference to this stack, or because the scripts set what this stack
/// does anyway (rule N3). If there is a value, only this value is ignored.
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
    ("net.ipv4.tcp_autocorking", None),
    ("net.ipv4.tcp_congestion_control", Some("reno")),
    ("net.ipv4.tcp_dsack", Some("1")),
    ("net.ipv4.tcp_early_retrans", None),
    ("net.ipv4.tcp_ecn", Some("0")),
    ("net.ipv4.tcp_fastopen", Some("0")),
    ("net.ipv4.tcp_frto", Some("0")),
    ("net.ipv4.tcp_low_latency", None),
    ("net.ipv4.tcp_max_reordering", Some("3")),
    ("net.ipv4.tcp_min_tso_segs", None),
    ("net.ipv4.tcp_moderate_rcvbuf", None),
    ("net.ipv4.tcp_no_metrics_save", None),
    ("net.ipv4.tcp_recovery", Some("0")),
    ("net.ipv4.tcp_reordering", Some("3")),
    ("net.ipv4.tcp_retries1", None),
    ("net.ipv4.tcp_syn_linear_timeouts", Some("0")),
    ("net.ipv4.tcp_slow_start_after_idle", None),
    ("net.ipv4.tcp_tso_win_divisor", None),
    ("net.ipv4.tcp_wmem", None),
];

/// Settings of a script that take effect only together with others.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Knobs {
    insecure_rst: bool,
    insecure_syn: bool,
    /// FreeBSD's window scale.
    shift: u8,
}

impl Knobs {
    pub(crate) const fn new() -> Self {
        Self { insecure_rst: false, insecure_syn: false, shift: SHIFT_OF_FREEBSD }
    }
}

/// Turns `/proc/sys/net/ipv4/tcp_sack=0` into the notation of sysctl.
pub(crate) fn dotted(assignment: &str) -> String {
    let (path, value) = assignment.split_once('=').unwrap_or((assignment, ""));
    let name = path.strip_prefix("/proc/sys/").unwrap_or(path).replace('/', ".");
    format!("{name}={value}")
}

/// `sysctl -w name=value`.
pub(crate) fn set(assignment: &str, stack: &mut Stack, knobs: &mut Knobs) -> Result<(), Failure> {
    let unsupported = || Failure::Unsupported(format!("sysctl {assignment}"));
    let (name, value) = assignment.split_once('=').ok_or_else(unsupported)?;
    let ignored =
        |(known, only): &(&str, Option<&str>)| *known == name && only.is_none_or(|only| only == value);
    if IGNORED.iter().any(ignored) {
        return Ok(());
    }
    let config = stack.config_mut();
    if name == "net.ipv4.tcp_rmem" {
        // The smallest, the default and the largest buffer. The last one determines the window scale.
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
        // Window scale and timestamps. 0: neither, 1: both, 2: only the first, 3: only the second.
        "net.inet.tcp.rfc1323" if number <= 3 => {
            config.window_scale = matches!(number, 1 | 2).then_some(knobs.shift);
            config.timestamps = matches!(number, 1 | 3);
        }
        "net.inet.tcp.sack.enable" | "net.ipv4.tcp_sack" => config.sack = number != 0,
        "net.ipv4.tcp_window_scaling" => config.window_scale = (number != 0).then_some(SHIFT_OF_LINUX),
        "net.ipv4.tcp_timestamps" => config.timestamps = number != 0,
        "net.inet.tcp.sendspace" => config.send_buffer_bytes = number,
        "net.inet.tcp.delayed_ack" if number == 0 => config.ack_delay = Duration::ZERO,
        // A second segment is always acknowledged at once; the delay is set by delacktime.
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
        // The largest buffer determines the window scale.
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
        // Whether TIME-WAIT ignores an RST, as in RFC 1337.
        "net.ipv4.tcp_rfc1337" => config.rfc1337 = number != 0,
        "net.ipv4.tcp_syncookies" if number <= 1 => config.syn_cookies = number != 0,
        "net.ipv4.tcp_fin_timeout" => config.fin_wait_2 = Some(seconds),
        "net.ipv4.tcp_keepalive_time" => config.keepalive_idle = seconds,
        "net.ipv4.tcp_keepalive_intvl" => config.keepalive_interval = seconds,
        "net.ipv4.tcp_keepalive_probes" => {
            config.keepalive_probes = u8::try_from(number).map_err(|_| unsupported())?;
        }
        "net.ipv4.tcp_syn_retries" | "net.ipv4.tcp_synack_retries" => {
            config.syn_retries = u8::try_from(number).map_err(|_| unsupported())?
        }
        "net.ipv4.tcp_retries2" => config.data_retries = u8::try_from(number).map_err(|_| unsupported())?,
        _ => return Err(unsupported()),
    }
    // FreeBSD has two switches for one setting of this stack. Scripts use only one of them at a time.
    config.rfc5961 = !(knobs.insecure_rst || knobs.insecure_syn);
    Ok(())
}

/// `32*1024*1024`.
fn product(text: &str) -> Option<u32> {
    text.split('*').try_fold(1_u32, |product, factor| product.checked_mul(factor.parse().ok()?))
}
