//! The quiet time of a host after a crash (RFC 9293 §3.4.3).

use super::*;

#[test]
fn with_quiet_time_a_host_is_silent_for_one_msl_after_a_crash() {
    let mut host = Bench::new();
    host.0.settings_mut().config.quiet_time = true;
    host.0.crash();
    host.0.restart(NOW);
    let listener = host.listener(1);
    assert_eq!(host.arrive(5_000, Control::SYN, 100, 0), [], "neither an answer nor a reset");
    let socket = host.socket();
    assert_eq!(host.connect(socket, 9), Err(Errno::EAGAIN));
    let later = NOW + host.0.settings().config.msl;
    assert!(!host.0.is_quiet(later));
    assert_eq!(host.state(listener), Some(State::Listen));
}

#[test]
fn by_default_a_host_sends_at_once_after_a_restart() {
    let mut host = Bench::new();
    host.0.crash();
    host.0.restart(NOW);
    host.listener(1);
    assert_eq!(host.arrive(5_000, Control::SYN, 100, 0).len(), 1);
}
