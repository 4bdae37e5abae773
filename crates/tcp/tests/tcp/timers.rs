//! Time-outs: RFC 9293 §3.10.8, RFC 6298, the limits R1 and R2, and window probes.

use tcp::time::{Duration, Instant};
use tcp::{
    Call, Control, Effect, Rule, Segment, SendReason, Settings, Signal, State, Test, TimerKind, TimerReason,
};

use crate::ends::{End, reasons, rules, sent};

#[test]
fn must_13_time_wait_lasts_2msl_to_the_microsecond() {
    let end = End::in_state(State::TimeWait);
    let deadline = end.tcb.timers.deadline(TimerKind::TimeWait).expect("2 MSL run");
    assert_eq!(deadline.at, end.now + Duration::from_secs(240));
    assert_eq!(end.tcb.timers.armed().count(), 1);
    let mut end = end;
    let (kind, transition) = end.expire();
    assert_eq!((kind, transition.rule()), (TimerKind::TimeWait, Rule::TimeWaitExpires));
    assert!(transition.effects.contains(&Effect::DeleteTcb));
}

#[test]
fn a_repeated_fin_starts_2msl_over() {
    let mut end = End::in_state(State::TimeWait);
    end.wait(Duration::from_secs(100));
    let transition = end.rcv(&end.peer(Control::FIN | Control::ACK, 1, 2));
    assert_eq!(rules(&transition), [Rule::TimeWaitRcvFin]);
    assert_eq!(sent(&transition), ["ACK seq=2 ack=2"]);
    let deadline = end.tcb.timers.deadline(TimerKind::TimeWait).expect("2 MSL run");
    assert_eq!((deadline.at, deadline.why), (Instant::from_millis(340_000), TimerReason::RepeatedFin));
}

#[test]
fn must_22_syn_repeats_double_and_end_after_over_three_minutes() {
    let mut end = End::in_state(State::SynSent);
    let mut times = Vec::new();
    let last = loop {
        let (_, transition) = end.expire();
        if end.state() == State::Closed {
            break transition;
        }
        assert_eq!(rules(&transition), [Rule::RetransmitSyn]);
        assert_eq!(sent(&transition), ["SYN seq=0"]);
        times.push(end.now.as_micros() / 1_000_000);
    };
    assert_eq!(times, [1, 3, 7, 15, 31, 63, 127]);
    assert_eq!(last.rule(), Rule::RetriesExhausted);
    assert_eq!(last.signals().collect::<Vec<_>>(), [Signal::TimedOut]);
}

#[test]
fn must_23_a_syn_is_not_given_up_within_three_minutes() {
    for state in [State::SynSent, State::SynReceived] {
        let mut end = End::in_state(state);
        while end.state() == state {
            end.expire();
        }
        assert_eq!(end.state(), State::Closed);
        assert!(end.now >= Instant::from_millis(180_000), "{state} was given up at {:?}", end.now);
    }
}

/// An end in `state`, with something in flight that waits for an acknowledgement.
fn waiting(state: State) -> End {
    let mut end = End::in_state(state);
    if matches!(state, State::Established | State::CloseWait) {
        end.send(b"hello");
    }
    assert!(end.tcb.in_flight() > 0, "{state}");
    end
}

const WAITING: [State; 7] = [
    State::SynSent,
    State::SynReceived,
    State::Established,
    State::FinWait1,
    State::CloseWait,
    State::Closing,
    State::LastAck,
];

#[test]
fn shld_9_the_application_is_told_of_trouble_before_the_end() {
    for state in WAITING {
        let mut end = waiting(state);
        let mut told = Vec::new();
        for repeat in 1.. {
            let transition = end.expire().1;
            told.extend(transition.signals().map(|signal| (signal, repeat)));
            if end.state() != state {
                let limit = if end.tcb.syn_acked { 15 } else { 7 };
                // R1 is three repeats, R2 the limit: the expiry after it ends the connection.
                assert_eq!(told, [(Signal::InTrouble, 3), (Signal::TimedOut, limit + 1)], "{state}");
                break;
            }
        }
    }
}

#[test]
fn shld_9_after_a_recovery_the_next_trouble_is_told_too() {
    let mut end = waiting(State::Established);
    for acked in [6, 11] {
        let told: Vec<_> = (0..4).map(|_| end.expire().1.signals().collect::<Vec<_>>()).collect();
        assert_eq!(told, [vec![], vec![], vec![Signal::InTrouble], vec![]]);
        end.rcv(&end.peer(Control::ACK, 1, acked));
        assert_eq!(end.tcb.in_flight(), 0);
        end.send(b"hello");
    }
}

#[test]
fn shld_10_fewer_than_three_repeats_are_not_reported() {
    let mut end = End::in_state(State::Established);
    end.send(b"hello");
    for _ in 0..2 {
        assert_eq!(end.expire().1.signals().count(), 0);
    }
    end.rcv(&end.peer(Control::ACK, 1, 3));
    let told = [(); 3].map(|()| end.expire().1.signals().count());
    assert_eq!(told, [0, 0, 1], "with the third repeat in a row");
}

#[test]
fn shld_11_data_is_not_given_up_within_a_hundred_seconds() {
    for state in [State::Established, State::FinWait1, State::LastAck] {
        let mut end = End::in_state(state);
        if state == State::Established {
            end.send(b"hello");
        }
        while end.state() == state {
            end.expire();
        }
        assert!(end.now >= Instant::from_millis(100_000), "{state} was given up at {:?}", end.now);
    }
}

#[test]
fn must_20_data_is_repeated_until_r2_and_r2_can_be_set() {
    let mut settings = Settings::default();
    settings.config.data_retries = 3;
    let mut end = End::in_state_with(State::Established, settings);
    end.send(b"hello");
    for _ in 0..3 {
        let (_, transition) = end.expire();
        assert_eq!(rules(&transition), [Rule::RetransmitData]);
        assert_eq!(reasons(&transition), [SendReason::Retransmission]);
    }
    let (_, transition) = end.expire();
    assert_eq!(transition.rule(), Rule::RetriesExhausted);
    assert_eq!(transition.check(Test::RetriesLeft).map(|check| check.passed), Some(false));
    // 1 + 2 + 4 + 8 s.
    assert_eq!(end.now, Instant::from_millis(15_000));
}

#[test]
fn syn_ack_and_fin_are_repeated_unchanged() {
    let mut end = End::in_state(State::SynReceived);
    let (_, transition) = end.expire();
    assert_eq!(
        (transition.rule(), sent(&transition)),
        (Rule::RetransmitSynAck, vec!["SYN,ACK seq=0 ack=1".into()])
    );
    let mut end = End::in_state(State::LastAck);
    let (_, transition) = end.expire();
    assert_eq!(
        (transition.rule(), sent(&transition)),
        (Rule::RetransmitFin, vec!["FIN,ACK seq=1 ack=2".into()])
    );
}

#[test]
fn data_and_fin_lost_together_are_repeated_together() {
    let mut end = End::in_state(State::Established);
    end.send(b"bye");
    end.call(Call::Shutdown);
    let (_, transition) = end.expire();
    assert_eq!(sent(&transition), ["FIN,PSH,ACK seq=1 ack=1 len=3"]);
}

#[test]
fn must_18_karn_a_repeated_segment_gives_no_sample() {
    let mut end = End::in_state(State::Established);
    end.send(b"x");
    end.expire();
    let backed_off = end.tcb.rto.timeout();
    assert_eq!(backed_off, Duration::from_secs(2));
    let before = end.tcb.rto.smoothed();
    end.wait(Duration::from_secs(5));
    end.rcv(&end.peer(Control::ACK, 1, 2));
    assert_eq!(end.tcb.rto.smoothed(), before);
    assert_eq!(end.tcb.rto.timeout(), Duration::from_secs(1), "progress ends the back-off");
}

#[test]
fn after_a_repeated_syn_data_starts_with_three_seconds() {
    let mut end = End::in_state(State::SynSent);
    end.expire();
    end.rcv(&end.peer(Control::SYN | Control::ACK, 0, 1));
    assert_eq!(end.tcb.rto.timeout(), Duration::from_secs(3));
    let mut end = End::in_state(State::SynReceived);
    end.expire();
    end.rcv(&end.peer(Control::ACK, 1, 1));
    assert_eq!(end.tcb.rto.timeout(), Duration::from_secs(3));
}

#[test]
fn the_timer_restarts_on_progress_and_stops_when_all_is_acknowledged() {
    let mut end = End::in_state(State::Established);
    end.send(b"ab");
    end.wait(Duration::from_millis(600));
    end.rcv(&end.peer(Control::ACK, 1, 2));
    let deadline = end.tcb.timers.deadline(TimerKind::Retransmission).expect("one octet is outstanding");
    assert_eq!((deadline.why, deadline.at > Instant::from_millis(1_500)), (TimerReason::ProgressMade, true));
    end.rcv(&end.peer(Control::ACK, 1, 3));
    assert_eq!(end.tcb.timers.next(), None);
}

#[test]
fn a_partial_ack_after_a_time_out_repeats_the_next_segment() {
    let mut end = End::in_state(State::Established);
    end.send(&[1; 536 * 3]);
    end.expire();
    let transition = end.rcv(&end.peer(Control::ACK, 1, 1 + 536));
    assert_eq!(reasons(&transition), [SendReason::PartialAck]);
    assert_eq!(sent(&transition), ["ACK seq=537 ack=1 len=536"]);
}

#[test]
fn must_36_a_closed_window_is_probed_while_probes_are_answered() {
    let mut end = End::in_state(State::Established);
    end.rcv(&Segment { window: 0, ..end.peer(Control::ACK, 1, 1) });
    assert!(sent(&end.send(b"patience")).is_empty());
    assert_eq!(end.tcb.timers.next().map(|(kind, _)| kind), Some(TimerKind::Persist));
    for _ in 0..40 {
        let (_, transition) = end.expire();
        assert_eq!(transition.rule(), Rule::ProbeZeroWindow);
        assert_eq!(sent(&transition), ["ACK seq=1 ack=1 len=1"]);
        end.rcv(&Segment { window: 0, ..end.peer(Control::ACK, 1, 1) });
    }
    assert_eq!(end.state(), State::Established);
    // The window opens: the octet of the probe and the rest are sent.
    let transition = end.rcv(&end.peer(Control::ACK, 1, 1));
    assert_eq!(sent(&transition), ["ACK seq=1 ack=1 len=1", "PSH,ACK seq=2 ack=1 len=7"]);
    assert!(!end.tcb.timers.is_armed(TimerKind::Persist));
}

#[test]
fn unanswered_probes_count_as_retries() {
    let mut settings = Settings::default();
    settings.config.data_retries = 2;
    let mut end = End::in_state_with(State::Established, settings);
    end.rcv(&Segment { window: 0, ..end.peer(Control::ACK, 1, 1) });
    end.send(b"anyone?");
    end.expire();
    end.expire();
    assert_eq!(end.expire().1.rule(), Rule::RetriesExhausted);
}

#[test]
fn a_probe_is_accepted_if_the_window_update_was_lost() {
    let mut end = End::in_state(State::Established);
    end.rcv(&Segment { window: 0, ..end.peer(Control::ACK, 1, 1) });
    end.send(b"abc");
    end.expire();
    let transition = end.rcv(&end.peer(Control::ACK, 1, 2));
    assert_eq!(sent(&transition), ["PSH,ACK seq=2 ack=1 len=2"]);
}

#[test]
fn must_38_a_very_small_window_is_used_only_after_a_time_out() {
    let mut end = End::in_state(State::Established);
    end.rcv(&Segment { window: 100, ..end.peer(Control::ACK, 1, 1) });
    assert!(sent(&end.send(&[9; 600])).is_empty());
    let (kind, transition) = end.expire();
    assert_eq!((kind, transition.rule()), (TimerKind::Persist, Rule::SendSmallSegment));
    assert_eq!(sent(&transition), ["ACK seq=1 ack=1 len=100"]);
}

#[test]
fn a_fin_behind_a_closed_window_is_the_probe() {
    let mut end = End::in_state(State::Established);
    end.rcv(&Segment { window: 0, ..end.peer(Control::ACK, 1, 1) });
    assert!(sent(&end.call(Call::Shutdown)).is_empty());
    let (_, transition) = end.expire();
    assert_eq!(
        (transition.rule(), sent(&transition)),
        (Rule::ProbeZeroWindow, vec!["FIN,ACK seq=1 ack=1".into()])
    );
}

/// The probe carried the last octet and was acknowledged; the window stays closed. There is nothing left to probe for:
/// another probe would be a FIN that nobody asked for, or a second FIN.
#[test]
fn after_a_probe_with_the_last_octet_probing_stops() {
    let shut = |end: &End| Segment { window: 0, ..end.peer(Control::ACK, 1, 1) };
    let mut end = End::in_state(State::Established);
    end.rcv(&shut(&end));
    end.send(b"x");
    assert_eq!(sent(&end.expire().1), ["PSH,ACK seq=1 ack=1 len=1"]);
    end.rcv(&Segment { window: 0, ..end.peer(Control::ACK, 1, 2) });
    assert_eq!((end.state(), end.tcb.timers.armed().count()), (State::Established, 0));

    let mut end = End::in_state(State::Established);
    end.rcv(&shut(&end));
    end.call(Call::Shutdown);
    assert_eq!(sent(&end.expire().1), ["FIN,ACK seq=1 ack=1"]);
    end.rcv(&Segment { window: 0, ..end.peer(Control::ACK, 1, 2) });
    assert_eq!((end.state(), end.tcb.timers.armed().count()), (State::FinWait2, 0));
}

#[test]
fn must_34_after_a_window_shrinks_nothing_new_is_sent() {
    let mut end = End::in_state(State::Established);
    end.send(&[1; 500]);
    let transition = end.rcv(&Segment { window: 10, ..end.peer(Control::ACK, 1, 1) });
    assert!(sent(&transition).is_empty());
    assert!(sent(&end.send(b"more")).is_empty());
    assert!(end.tcb.timers.is_armed(TimerKind::Retransmission));
}

#[test]
fn the_open_timeout_ends_with_the_open() {
    let mut settings = Settings::default();
    settings.config.open_timeout = Some(Duration::from_secs(10));
    let mut opening = End::in_state_with(State::SynSent, settings.clone());
    let began = opening.now;
    let (kind, transition) = loop {
        let (kind, transition) = opening.expire();
        if opening.state() == State::Closed {
            break (kind, transition);
        }
    };
    assert_eq!((kind, transition.rule()), (TimerKind::UserTimeout, Rule::UserTimeoutExpires));
    assert!(transition.signals().eq([Signal::TimedOut]));
    assert_eq!(opening.now.since(began), Duration::from_secs(10), "though a SYN may be repeated for longer");

    // Both kinds of open, with data waiting. Once the connection is open, only R2 decides.
    let mut active = End::in_state_with(State::SynSent, settings.clone());
    active.send(b"data");
    active.rcv(&active.peer(Control::SYN | Control::ACK, 0, 1));
    let mut passive = End::in_state_with(State::SynReceived, settings);
    assert!(passive.tcb.timers.is_armed(TimerKind::UserTimeout));
    passive.rcv(&passive.peer(Control::ACK, 1, 1));
    for end in [active, passive] {
        assert_eq!(end.state(), State::Established);
        assert!(!end.tcb.timers.is_armed(TimerKind::UserTimeout));
    }
}

#[test]
fn the_user_timeout_aborts_if_data_stays_unacknowledged() {
    let mut settings = Settings::default();
    settings.config.user_timeout = Some(Duration::from_secs(5));
    let mut end = End::in_state_with(State::Established, settings);
    end.send(b"hello");
    end.expire();
    end.expire();
    let (kind, transition) = end.expire();
    assert_eq!((kind, transition.rule()), (TimerKind::UserTimeout, Rule::UserTimeoutExpires));
    assert_eq!(end.now, Instant::from_millis(5_000));
    assert_eq!(transition.signals().collect::<Vec<_>>(), [Signal::TimedOut]);
}

#[test]
fn a_timeout_of_a_timer_that_does_not_run_is_harmless() {
    let mut end = End::in_state(State::Established);
    let transition = end.timeout(TimerKind::TimeWait);
    assert_eq!(rules(&transition), [Rule::SpuriousTimeout]);
    assert!(std::rc::Rc::ptr_eq(&transition.before, &transition.after));
}
