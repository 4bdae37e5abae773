//! What public scripts take for granted of the system they were written for: rules N10 and N11.

use tcp::Config;
use tcp::time::Duration;

use crate::mode::Mode;
use crate::script::Script;
use crate::stack::Stack;

/// The end of the name of the program that sets a machine up for Linux's scripts.
pub(crate) const LINUX_DEFAULTS: &str = "/defaults.sh";

/// The shifts by which FreeBSD and Linux scale windows, unless their largest buffers were changed.
pub(crate) const SHIFT_OF_FREEBSD: u8 = 6;
pub(crate) const SHIFT_OF_LINUX: u8 = 7;
/// With the larger buffers that its scripts are written for.
const SHIFT_OF_LINUX_SET_UP: u8 = 8;

/// RFC 7323 §2.3.
const LARGEST_SHIFT: u8 = 14;

/// How long FreeBSD lets an acknowledgement wait, unless told otherwise.
pub(crate) const DELAYED: Duration = Duration::from_millis(40);

/// What `defaults.sh` does, which scripts begin with; and rules N10 and N11.
pub(crate) fn be_what_is_taken_for_granted(script: &Script, mode: Mode, stack: &mut Stack) {
    let names = |start: &str| script.words().any(|word| word.starts_with(start));
    let is_set_up = script.words().any(|word| word.ends_with(LINUX_DEFAULTS));
    let is_for_freebsd = names("net.inet.");
    let is_for_linux = is_set_up || names("net.ipv4.") || names("/proc/sys/net/ipv4/");
    if mode.is_loose() && is_for_freebsd {
        be_freebsd(stack.config_mut());
    } else if mode.is_loose() && is_for_linux {
        be_linux(stack.config_mut());
    }
    if is_set_up {
        set_up_linux(stack.config_mut());
    }
    match script.first_syn_awaited().map(|syn| syn.options.as_deref()) {
        Some(Some(listed)) if mode.is_loose() => stack.offer(listed),
        // Whatever the other end may want.
        Some(None) if mode.is_loose() && !is_for_freebsd && !is_for_linux => {
            set_up_linux(stack.config_mut());
        }
        _ => {}
    }
}

/// Rule N10: what is no setting of FreeBSD's, and the defaults of what is one.
const fn be_freebsd(config: &mut Config) {
    config.rfc1337 = true;
    config.fin_with_unread_data = true;
    config.ack_delay = DELAYED;
    config.rto_max = Duration::from_secs(64);
    (config.syn_retries, config.data_retries) = (12, 12);
    config.open_timeout = Some(Duration::from_secs(75));
    config.msl = Duration::from_secs(30);
    config.fin_wait_2 = Some(Duration::from_secs(60));
    (config.keepalive, config.keepalive_probes) = (true, 8);
    (config.window_scale, config.timestamps, config.sack) = (Some(SHIFT_OF_FREEBSD), true, true);
}

/// Rule N10 for Linux.
const fn be_linux(config: &mut Config) {
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
const fn set_up_linux(config: &mut Config) {
    (config.window_scale, config.timestamps, config.sack) = (Some(SHIFT_OF_LINUX_SET_UP), true, true);
}

/// By how much Linux shifts windows for buffers that may grow so large.
pub(crate) fn shift_of_linux(largest: u32) -> u8 {
    let bits = largest.max(1).ilog2() as u8;
    bits.saturating_sub(15).min(LARGEST_SHIFT)
}

/// By how much a window of 16 bits must be shifted to cover a buffer.
pub(crate) fn shift_for(buffer: u32) -> u8 {
    (0..LARGEST_SHIFT)
        .find(|shift| u64::from(u16::MAX) << shift >= u64::from(buffer))
        .unwrap_or(LARGEST_SHIFT)
}
