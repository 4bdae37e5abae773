//! Public scripts assume the defaults of the system they were written for. Here the stack is set up like that system:
//! rules N10 and N11.

use tcp::Config;
use tcp::time::Duration;

use crate::mode::Mode;
use crate::script::Script;
use crate::stack::Stack;

/// The end of the name of the program that sets up a machine for Linux's scripts.
pub(crate) const LINUX_DEFAULTS: &str = "/defaults.sh";

/// The window scales of FreeBSD and Linux, unless their largest buffers were changed.
pub(crate) const SHIFT_OF_FREEBSD: u8 = 6;
pub(crate) const SHIFT_OF_LINUX: u8 = 7;
/// The window scale of Linux with the larger buffers that `defaults.sh` sets.
const SHIFT_OF_LINUX_SET_UP: u8 = 8;

/// The largest window scale (RFC 7323 §2.3).
const LARGEST_SHIFT: u8 = 14;

/// How long FreeBSD delays an acknowledgement by default.
pub(crate) const DELAYED: Duration = Duration::from_millis(40);

/// Sets up the stack as `script` assumes: rules N10 and N11, and what `defaults.sh` sets.
pub(crate) fn set_up(script: &Script, mode: Mode, stack: &mut Stack) {
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
        // The script accepts any options (`<...>`), so everything is offered.
        Some(None) if mode.is_loose() && !is_for_freebsd && !is_for_linux => {
            set_up_linux(stack.config_mut());
        }
        _ => {}
    }
}

/// Rule N10: FreeBSD's fixed behaviour and the defaults of its settings.
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

/// Rule N10: Linux's fixed behaviour and the defaults of its settings.
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

/// The settings of `defaults.sh` that make a difference here.
const fn set_up_linux(config: &mut Config) {
    (config.window_scale, config.timestamps, config.sack) = (Some(SHIFT_OF_LINUX_SET_UP), true, true);
}

/// The window scale of Linux for buffers of at most `largest` bytes.
pub(crate) fn shift_of_linux(largest: u32) -> u8 {
    let bits = largest.max(1).ilog2() as u8;
    bits.saturating_sub(15).min(LARGEST_SHIFT)
}

/// The smallest window scale with which a window can cover a buffer.
pub(crate) fn shift_for(buffer: u32) -> u8 {
    (0..LARGEST_SHIFT)
        .find(|shift| u64::from(u16::MAX) << shift >= u64::from(buffer))
        .unwrap_or(LARGEST_SHIFT)
}
