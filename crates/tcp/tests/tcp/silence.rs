//! Delayed acknowledgements, keep-alives, Nagle's algorithm, FIN-WAIT-2 without an application, and the limit of
//! answers to doubtful segments.

use tcp::time::{Duration, Instant};
use tcp::{Call, Config, Control, Rule, Segment, SendReason, Settings, Signal, State, TimerKind, Timestamps};

use crate::ends::{End, rules, sent};

const HOUR: Duration = Duration::from_secs(3_600);

fn established(change: impl FnOnce(&mut Config)) -> End {
    let mut settings = Settings::default();
    change(&mut settings.config);
    End::in_state_with(State::Established, settings)
}

// ---- Keep-alives (RFC 9293 §3.8.4) -----------------------------------------------------------------------------------

#[test]
fn must_25_keepalives_are_off_by_default() {
    let mut end = End::in_state(State::Established);
    end.rcv(&end.peer_text(1, 1, b"hello"));
    assert_eq!(end.tcb.timers.next(), None);
}

#[test]
fn must_28_the_first_probe_comes_after_two_hours_of_silence() {
    let mut end = established(|config| config.keepalive = true);
    let heard = end.now;
    end.rcv(&end.peer_text(1, 1, b"hello"));
    let (kind, transition) = end.expire();
    assert_eq!((kind, transition.rule()), (TimerKind::Keepalive, Rule::ProbeKeepalive));
    assert_eq!(end.now.since(heard), HOUR * 2);
}

#[test]
fn shld_12_a_probe_has_no_data_and_an_old_number() {
    let mut end = established(|config| config.keepalive = true);
    end.rcv(&end.peer(Control::ACK, 1, 1));
    let (_, transition) = end.expire();
    assert_eq!(sent(&transition), ["ACK seq=0 ack=1"]);
    assert_eq!(transition.sent().next().expect("the probe").1, SendReason::KeepaliveProbe);
}

#[test]
fn a_probe_is_answered_by_any_end_whether_it_probes_itself_or_not() {
    let mut end = End::in_state(State::Established);
    let transition = end.rcv(&end.peer(Control::ACK, 0, 1));
    assert_eq!(
        (transition.rule(), sent(&transition)),
        (Rule::KeepaliveAnswered, vec!["ACK seq=1 ack=1".into()])
    );
}

#[test]
fn must_26_any_segment_restarts_the_keepalive_timer() {
    let mut end = established(|config| config.keepalive = true);
    end.rcv(&end.peer(Control::ACK, 1, 1));
    end.wait(HOUR);
    end.rcv(&end.peer(Control::ACK, 1, 1));
    let heard = end.now;
    end.expire();
    assert_eq!(end.now.since(heard), HOUR * 2);
}

#[test]
fn a_new_keepalive_time_counts_from_the_call_that_sets_it() {
    let mut end = established(|config| config.keepalive = true);
    end.rcv(&end.peer(Control::ACK, 1, 1));
    end.settings.config.keepalive_idle = Duration::from_secs(10);
    end.call(Call::Configure);
    let set = end.now;
    assert_eq!(end.expire().0, TimerKind::Keepalive);
    assert_eq!(end.now.since(set), Duration::from_secs(10));
}

#[test]
fn must_26_no_probe_while_something_is_in_flight() {
    let mut end = established(|config| config.keepalive = true);
    end.rcv(&end.peer(Control::ACK, 1, 1));
    assert!(end.tcb.timers.is_armed(TimerKind::Keepalive));
    end.send(b"hello");
    assert!(!end.tcb.timers.is_armed(TimerKind::Keepalive));
    end.rcv(&end.peer(Control::ACK, 1, 6));
    assert!(end.tcb.timers.is_armed(TimerKind::Keepalive));
}

#[test]
fn must_29_nine_unanswered_probes_do_not_end_the_connection() {
    let mut end = established(|config| config.keepalive = true);
    end.rcv(&end.peer(Control::ACK, 1, 1));
    for _ in 0..9 {
        assert_eq!(end.expire().1.rule(), Rule::ProbeKeepalive);
    }
    end.rcv(&end.peer(Control::ACK, 1, 1));
    let answered = end.now;
    assert_eq!(end.expire().1.rule(), Rule::ProbeKeepalive);
    assert_eq!((end.state(), end.now.since(answered)), (State::Established, HOUR * 2));
}

#[test]
fn may_6_a_probe_can_carry_one_old_octet() {
    let mut end = established(|config| {
        config.keepalive = true;
        config.keepalive_octet = true;
    });
    end.rcv(&end.peer(Control::ACK, 1, 1));
    let (_, transition) = end.expire();
    assert_eq!(sent(&transition), ["ACK seq=0 ack=1 len=1"]);
    // Such a probe is answered, and its octet is not delivered.
    let answer = End::in_state(State::Established).rcv(&end.peer_text(0, 1, &[0]));
    assert_eq!(sent(&answer), ["ACK seq=1 ack=1"]);
    assert_eq!(answer.after.readable_bytes(), 0);
}

#[test]
fn may_5_ten_unanswered_probes_75_s_apart_end_the_connection() {
    let mut end = established(|config| config.keepalive = true);
    let heard = end.now;
    end.rcv(&end.peer(Control::ACK, 1, 1));
    for _ in 0..10 {
        end.expire();
    }
    let (_, transition) = end.expire();
    assert_eq!((transition.rule(), end.state()), (Rule::KeepaliveExhausted, State::Closed));
    assert_eq!(end.now.since(heard), HOUR * 2 + Duration::from_secs(75) * 10);
    assert_eq!(sent(&transition), ["RST,ACK seq=1 ack=1"]);
    assert_eq!(transition.signals().collect::<Vec<_>>(), [Signal::TimedOut]);
}

#[test]
fn must_27_idle_time_interval_and_number_of_probes_can_be_chosen() {
    let mut end = established(|config| {
        config.keepalive = true;
        config.keepalive_idle = Duration::from_secs(10);
        config.keepalive_interval = Duration::from_secs(2);
        config.keepalive_probes = 3;
    });
    let heard = end.now;
    end.rcv(&end.peer(Control::ACK, 1, 1));
    while end.state() == State::Established {
        end.expire();
    }
    assert_eq!(end.now.since(heard), Duration::from_secs(10 + 3 * 2));
}

#[test]
fn must_24_keepalives_can_be_switched_on_and_off_on_an_open_connection() {
    let mut end = End::in_state(State::Established);
    end.settings.config.keepalive = true;
    assert_eq!(rules(&end.call(Call::Configure)), [Rule::OptionsApplied]);
    assert!(end.tcb.timers.is_armed(TimerKind::Keepalive));
    end.settings.config.keepalive = false;
    end.call(Call::Configure);
    assert!(!end.tcb.timers.is_armed(TimerKind::Keepalive));
}

#[test]
fn a_half_closed_end_probes_too() {
    for state in [State::CloseWait, State::FinWait2] {
        let mut settings = Settings::default();
        settings.config.keepalive = true;
        let mut end = End::in_state_with(state, settings);
        end.call(Call::Configure);
        assert_eq!(end.expire().1.rule(), Rule::ProbeKeepalive, "{state}");
        assert_eq!(end.state(), state);
    }
}

// ---- Delayed acknowledgements (§3.8.6.3) -------------------------------------------------------------------------------

fn delaying(millis: u64) -> End {
    established(|config| config.ack_delay = Duration::from_millis(millis))
}

#[test]
fn shld_18_an_acknowledgement_is_delayed() {
    let mut end = delaying(200);
    let transition = end.rcv(&end.peer_text(1, 1, b"hello"));
    assert_eq!(rules(&transition), [Rule::AckDuplicate, Rule::TextInOrder, Rule::AckDelayed].split_at(1).1);
    assert!(sent(&transition).is_empty());
    assert_eq!(sent(&end.send(b"world")), ["PSH,ACK seq=1 ack=6 len=5"]);
    assert!(!end.tcb.timers.is_armed(TimerKind::DelayedAck));
}

#[test]
fn must_40_an_ack_is_never_delayed_for_half_a_second() {
    for (asked, waited) in [(200, 200), (500, 499), (10_000, 499)] {
        let mut end = delaying(asked);
        let heard = end.now;
        end.rcv(&end.peer_text(1, 1, b"hello"));
        let (kind, transition) = end.expire();
        assert_eq!((kind, transition.rule()), (TimerKind::DelayedAck, Rule::DelayedAckExpires));
        assert_eq!(sent(&transition), ["ACK seq=1 ack=6"]);
        assert_eq!(end.now.since(heard), Duration::from_millis(waited));
    }
}

#[test]
fn shld_19_every_second_full_segment_is_acknowledged_at_once() {
    static FULL: [u8; 1_460] = [7; 1_460];
    let mut end = delaying(200);
    assert!(sent(&end.rcv(&end.peer_text(1, 1, &FULL))).is_empty());
    assert_eq!(sent(&end.rcv(&end.peer_text(1_461, 1, &FULL))), ["ACK seq=1 ack=2921"]);
    assert!(sent(&end.rcv(&end.peer_text(2_921, 1, &FULL))).is_empty());
}

#[test]
fn shld_19_with_timestamps_a_full_segment_is_shorter() {
    static FULL: [u8; 1_448] = [7; 1_448];
    let mut end = delaying(200);
    end.settings.config.timestamps = true;
    let mut fresh = End::in_state_with(State::SynSent, end.settings.clone());
    let mut syn_ack = fresh.peer(Control::SYN | Control::ACK, 0, 1);
    syn_ack.options.timestamps = Some(Timestamps { value: 1, echo: 0 });
    fresh.rcv(&syn_ack);
    let stamped = |seq| {
        let mut segment = fresh.peer_text(seq, 1, &FULL);
        segment.options.timestamps = Some(Timestamps { value: 2, echo: 0 });
        segment
    };
    let [first, second] = [stamped(1), stamped(1_449)];
    assert!(sent(&fresh.rcv(&first)).is_empty());
    assert_eq!(sent(&fresh.rcv(&second)), ["ACK seq=1 ack=2897"]);
}

#[test]
fn may_13_holes_and_fin_are_acknowledged_at_once() {
    let mut end = delaying(200);
    assert_eq!(sent(&end.rcv(&end.peer_text(6, 1, b"world"))), ["ACK seq=1 ack=1"]);
    assert_eq!(sent(&end.rcv(&end.peer_text(1, 1, b"hello"))), ["ACK seq=1 ack=11"]);
    assert!(sent(&end.rcv(&end.peer_text(11, 1, b"!"))).is_empty());
    assert_eq!(sent(&end.rcv(&end.peer(Control::FIN | Control::ACK, 12, 1))), ["ACK seq=1 ack=13"]);
    assert!(!end.tcb.timers.is_armed(TimerKind::DelayedAck));
}

#[test]
fn must_58_one_ack_answers_everything_in_a_segment() {
    let mut end = established(|config| config.nagle = true);
    end.send(b"a");
    end.send(b"b");
    // Data that is sent because of this segment carries the acknowledgement of its text.
    assert_eq!(sent(&end.rcv(&end.peer_text(1, 2, b"hello"))), ["PSH,ACK seq=2 ack=6 len=1"]);
    // Text and FIN get one acknowledgement.
    let last = Segment { control: Control::FIN | Control::ACK, ..end.peer_text(6, 2, b"bye") };
    assert_eq!(sent(&end.rcv(&last)), ["ACK seq=3 ack=10"]);
}

/// Delivers segments that arrive at the same instant, each as an event of its own.
fn burst(end: &mut End, segments: &[Segment]) -> Vec<String> {
    segments.iter().flat_map(|segment| sent(&end.rcv(segment))).collect()
}

#[test]
fn must_58_a_burst_gets_as_few_acks_as_possible() {
    static FULL: [u8; 1_460] = [7; 1_460];
    // Every second full segment must be acknowledged (SHLD-19).
    let mut end = delaying(200);
    let segments: Vec<_> = (0..9).map(|i| end.peer_text(1 + i * 1_460, 1, &FULL)).collect();
    let answers = ["ACK seq=1 ack=2921", "ACK seq=1 ack=5841", "ACK seq=1 ack=8761", "ACK seq=1 ack=11681"];
    assert_eq!(burst(&mut end, &segments), answers);
    assert_eq!(sent(&end.expire().1), ["ACK seq=1 ack=13141"]);
    // Small ones get one acknowledgement.
    let mut end = delaying(200);
    let segments: Vec<_> = (0..9).map(|i| end.peer_text(1 + i * 10, 1, b"ten octets")).collect();
    assert_eq!(burst(&mut end, &segments), [""; 0]);
    assert_eq!(sent(&end.expire().1), ["ACK seq=1 ack=91"]);
    // Data that the application sends meanwhile carries the acknowledgement of all of them.
    let segments: Vec<_> = (9..18).map(|i| end.peer_text(1 + i * 10, 1, b"ten octets")).collect();
    assert_eq!(burst(&mut end, &segments), [""; 0]);
    assert_eq!(sent(&end.send(b"answer")), ["PSH,ACK seq=1 ack=181 len=6"]);
    assert!(!end.tcb.timers.is_armed(TimerKind::DelayedAck));
}

#[test]
fn must_59_a_burst_is_answered_after_all_was_processed() {
    let mut end = delaying(200);
    let mut segments: Vec<_> = (0..9).map(|i| end.peer_text(1 + i * 10, 1, b"ten octets")).collect();
    // The same segment twice, an old acknowledgement, and a FIN, which is acknowledged at once.
    segments.push(end.peer(Control::ACK, 91, 1));
    segments.push(end.peer(Control::FIN | Control::ACK, 91, 1));
    assert_eq!(burst(&mut end, &segments), ["ACK seq=1 ack=92"]);
    assert_eq!((end.state(), end.tcb.readable_bytes()), (State::CloseWait, 90));
}

#[test]
fn must_59_full_segments_at_one_instant_get_one_ack() {
    static FULL: [u8; 1_460] = [7; 1_460];
    for delay in [0, 200] {
        let mut end = delaying(delay);
        end.settings.config.aggregate_acks = true;
        let segments: Vec<_> = (0..4).map(|i| end.peer_text(1 + i * 1_460, 1, &FULL)).collect();
        assert_eq!(burst(&mut end, &segments), [""; 0]);
        let arrived = end.now;
        let (kind, transition) = end.expire();
        assert_eq!((kind, sent(&transition)), (TimerKind::DelayedAck, vec!["ACK seq=1 ack=5841".into()]));
        assert_eq!(end.now, arrived, "what is owed to full segments does not wait (SHLD-19)");
        // A segment that need not be acknowledged at once is still delayed.
        end.rcv(&end.peer_text(5_841, 1, b"more"));
        end.expire();
        assert_eq!(end.now.since(arrived), Duration::from_millis(delay));
    }
}

#[test]
fn must_59_data_behind_a_filled_hole_is_taken_before_the_ack() {
    let mut end = End::in_state(State::Established);
    for seq in [6, 11, 16] {
        end.rcv(&end.peer_text(seq, 1, b"abcde"));
    }
    end.rcv(&end.peer(Control::FIN | Control::ACK, 21, 1));
    assert_eq!(sent(&end.rcv(&end.peer_text(1, 1, b"first"))), ["ACK seq=1 ack=22"]);
}

// ---- Nagle (§3.7.4) --------------------------------------------------------------------------------------------------

#[test]
fn shld_7_nagle_holds_a_small_segment_until_all_is_acked() {
    let mut end = established(|config| config.nagle = true);
    assert_eq!(sent(&end.send(b"a")), ["PSH,ACK seq=1 ack=1 len=1"]);
    let transition = end.send(b"b");
    assert_eq!((transition.rule(), sent(&transition).len()), (Rule::NagleWaits, 0));
    end.send(b"c");
    assert_eq!(sent(&end.rcv(&end.peer(Control::ACK, 1, 2))), ["PSH,ACK seq=2 ack=1 len=2"]);
}

#[test]
fn must_17_nodelay_on_an_open_connection_sends_what_waited() {
    let mut end = established(|config| config.nagle = true);
    end.send(b"a");
    end.send(b"b");
    end.settings.config.nagle = false;
    assert_eq!(sent(&end.call(Call::Configure)), ["PSH,ACK seq=2 ack=1 len=1"]);
}

#[test]
fn a_full_segment_and_fin_do_not_wait() {
    static FULL: [u8; 1_460] = [7; 1_460];
    let mut end = established(|config| config.nagle = true);
    end.tcb = std::rc::Rc::new(tcp::Tcb { send_mss: 1_460, ..(*end.tcb).clone() });
    end.send(b"a");
    assert_eq!(sent(&end.send(&FULL)), ["PSH,ACK seq=2 ack=1 len=1460"]);
    assert!(sent(&end.send(b"b")).is_empty());
    assert_eq!(sent(&end.call(Call::Shutdown)), ["FIN,PSH,ACK seq=1462 ack=1 len=1"]);
}

// ---- FIN-WAIT-2 without an application (C37) ---------------------------------------------------------------------------

#[test]
fn fin_wait_2_has_no_limit_by_default() {
    let mut end = End::in_state(State::Established);
    end.call(Call::Close);
    end.rcv(&end.peer(Control::ACK, 1, 2));
    assert_eq!((end.state(), end.tcb.timers.next()), (State::FinWait2, None));
}

#[test]
fn an_orphan_in_fin_wait_2_is_given_up_if_so_configured() {
    let mut end = established(|config| config.fin_wait_2 = Some(Duration::from_secs(60)));
    end.call(Call::Close);
    end.rcv(&end.peer(Control::ACK, 1, 2));
    let entered = end.now;
    let (kind, transition) = end.expire();
    assert_eq!((kind, transition.rule()), (TimerKind::FinWait2, Rule::FinWait2Expires));
    assert_eq!((end.state(), end.now.since(entered)), (State::Closed, Duration::from_secs(60)));
    assert!(sent(&transition).is_empty());
}

#[test]
fn an_application_that_only_shut_down_may_wait_in_fin_wait_2_for_ever() {
    let mut end = established(|config| config.fin_wait_2 = Some(Duration::from_secs(60)));
    end.call(Call::Shutdown);
    end.rcv(&end.peer(Control::ACK, 1, 2));
    assert_eq!(end.tcb.timers.next(), None);
    end.call(Call::Close);
    assert!(end.tcb.timers.is_armed(TimerKind::FinWait2));
    end.rcv(&end.peer(Control::FIN | Control::ACK, 1, 2));
    assert!(!end.tcb.timers.is_armed(TimerKind::FinWait2));
    assert_eq!(end.state(), State::TimeWait);
}

// ---- Answers to doubtful segments (RFC 5961 §7) ------------------------------------------------------------------------

fn doubtful(end: &End) -> [Segment; 4] {
    let mut unsent = end.peer(Control::ACK, 1, 9_000);
    unsent.window = 100;
    [end.peer(Control::SYN, 70, 0), end.peer(Control::RST, 50, 0), unsent, end.peer(Control::ACK, 90_000, 1)]
}

#[test]
fn at_most_ten_doubtful_segments_are_answered_in_five_seconds() {
    let mut end = End::in_state(State::Established);
    let segments = doubtful(&end);
    let begin = end.now;
    let answers = (0..40).filter(|i| !sent(&end.rcv(&segments[i % 4])).is_empty()).count();
    assert_eq!(answers, 10);
    assert_eq!(end.rcv(&segments[0]).rule(), Rule::ChallengeLimited);
    end.now = begin + Duration::from_secs(5);
    assert_eq!(sent(&end.rcv(&segments[0])), ["ACK seq=1 ack=1"]);
}

#[test]
fn the_limit_can_be_lifted() {
    let mut end = established(|config| config.challenge_limit = None);
    let segments = doubtful(&end);
    assert!((0..40).all(|i| !sent(&end.rcv(&segments[i % 4])).is_empty()));
}

#[test]
fn repeated_data_is_acknowledged_every_time() {
    let mut end = End::in_state(State::Established);
    let data = end.peer_text(1, 1, b"hello");
    end.rcv(&data);
    assert!((0..40).all(|_| sent(&end.rcv(&data)) == ["ACK seq=1 ack=6"]));
}

#[test]
fn two_ends_that_disagree_stop_answering_each_other() {
    let (mut a, mut b) = (End::in_state(State::Established), End::in_state(State::Established));
    let mut answer = Some(a.peer(Control::ACK, 1, 9_000));
    let mut exchanged = 0;
    while let Some(segment) = answer.take() {
        exchanged += 1;
        assert!(exchanged < 100, "they never stop");
        // To each end, the other's answer looks like an acknowledgement of something never sent.
        let replies = a.rcv(&Segment { ack: a.tcb.snd.nxt.add(5_000), ..segment });
        answer = replies.sent().next().map(|(_, _)| b.peer(Control::ACK, 1, 9_000));
        std::mem::swap(&mut a, &mut b);
    }
    assert_eq!((a.now, exchanged), (Instant::ZERO, 21));
}
