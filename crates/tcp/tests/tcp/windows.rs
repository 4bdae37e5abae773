//! Windows: how much each end may send, windows that close or shrink, and window probes (RFC 9293 §3.8.6).

use tcp::time::{Duration, Instant};
use tcp::{
    Call, Config, Control, Options, Rule, Segment, SendReason, Settings, Signal, State, TimerKind, Transition,
};

use crate::ends::{End, reasons, sent};

const HOUR: Duration = Duration::from_secs(3_600);
const MSS: u32 = 536;
static DATA: [u8; 100_000] = [7; 100_000];

/// An open connection in which only the window limits the sender.
fn established(change: impl FnOnce(&mut Config)) -> End {
    let mut settings = Settings::default();
    settings.config.congestion_control = false;
    settings.config.send_buffer_bytes = DATA.len() as u32;
    change(&mut settings.config);
    End::in_state_with(State::Established, settings)
}

/// The peer acknowledges everything before `ack` and offers `window`.
#[track_caller]
fn offer(end: &mut End, ack: u32, window: u16) -> Transition {
    end.rcv(&Segment { window, ..end.peer(Control::ACK, 1, ack) })
}

/// An end with data to send to a peer whose window is closed.
fn shut_out(change: impl FnOnce(&mut Config)) -> End {
    let mut end = established(change);
    offer(&mut end, 1, 0);
    assert!(sent(&end.send(b"patience")).is_empty());
    end
}

// ---- What a window is (§3.1) -----------------------------------------------------------------------------------------

#[test]
fn must_1_the_largest_window_is_not_read_as_negative() {
    let mut end = established(|_| {});
    offer(&mut end, 1, 0xFFFF);
    end.send(&DATA);
    assert!((0x8000..=0xFFFF).contains(&end.tcb.in_flight()), "{} octets in flight", end.tcb.in_flight());
}

/// Both ends offer window scale; the peer's shift is three.
#[test]
fn rec_1_a_window_of_more_than_16_bits_is_used_in_full() {
    let mut settings = Settings::default();
    settings.config.congestion_control = false;
    settings.config.send_buffer_bytes = DATA.len() as u32;
    settings.config.receive_buffer_bytes = 1_000_000;
    settings.config.window_scale = Some(4);
    let mut end = End::in_state_with(State::SynSent, settings);
    let options = Options { mss: Some(1_460), window_scale: Some(3), ..Options::default() };
    let syn_ack = Segment { options, window: 12_000, ..end.peer(Control::SYN | Control::ACK, 0, 1) };
    let transition = end.rcv(&syn_ack);
    // Ours is as large as the buffer: 1,000,000 in steps of 16.
    assert_eq!(transition.sent().map(|(ack, _)| ack.window).collect::<Vec<_>>(), [62_500]);
    assert_eq!(end.tcb.rcv.wnd, 1_000_000);
    // Theirs is unscaled in the SYN,ACK, and eight times the field afterwards.
    end.send(&DATA);
    assert_eq!(end.tcb.in_flight(), 11_680, "eight whole segments of 1,460");
    offer(&mut end, 1, 12_000);
    assert_eq!(end.tcb.snd.wnd, 96_000);
    assert_eq!(end.tcb.in_flight(), 94_900, "as many whole segments as fit into 96,000");
    offer(&mut end, 94_901, 65_535);
    assert_eq!((end.tcb.snd.wnd, end.tcb.unsent_bytes()), (524_280, 0));
    // The last octet of a window beyond 16 bits is accepted, and the one after it is not.
    let at = |end: &End, offset: u32| end.peer_text(offset, 94_901, b"x");
    let inside = at(&end, 1_000_000);
    assert_eq!(end.rcv(&inside).rule(), Rule::TextOutOfOrder);
    let outside = at(&end, 1_000_001);
    assert_eq!(end.rcv(&outside).rule(), Rule::OutsideWindow);
}

// ---- Closed windows (§3.8.6.1) -----------------------------------------------------------------------------------------

#[test]
fn must_37_a_window_may_stay_closed_while_probes_are_answered() {
    let mut end = shut_out(|config| config.data_retries = 3);
    while end.now < Instant::ZERO + HOUR {
        assert_eq!(end.expire().1.rule(), Rule::ProbeZeroWindow);
        offer(&mut end, 1, 0);
    }
    assert_eq!(end.state(), State::Established);
    // Without answers the connection ends after three more probes.
    (0..3).for_each(|_| assert_eq!(end.expire().1.rule(), Rule::ProbeZeroWindow));
    assert_eq!(end.expire().1.rule(), Rule::RetriesExhausted);
}

#[test]
fn shld_29_the_first_probe_is_sent_after_one_time_out() {
    let shut = shut_out(|_| {});
    assert_eq!(shut.tcb.timers.next(), Some((TimerKind::Persist, Instant::ZERO + Duration::from_secs(1))));
    // After a repeated SYN the time-out is three seconds.
    let mut slow = End::in_state(State::SynSent);
    slow.expire();
    slow.rcv(&Segment { window: 0, ..slow.peer(Control::SYN | Control::ACK, 0, 1) });
    let since = slow.now;
    slow.send(b"patience");
    assert_eq!(slow.tcb.timers.next(), Some((TimerKind::Persist, since + Duration::from_secs(3))));
}

#[test]
fn shld_30_the_time_between_probes_doubles_up_to_the_longest_time_out() {
    let mut end = shut_out(|_| {});
    let mut gaps = Vec::new();
    for _ in 0..9 {
        let before = end.now;
        end.expire();
        gaps.push(end.now.since(before).as_millis() / 1_000);
        offer(&mut end, 1, 0);
    }
    assert_eq!(gaps, [1, 2, 4, 8, 16, 32, 64, 120, 120]);
}

#[test]
fn may_8_a_full_receiver_keeps_its_window_closed_and_answers() {
    let mut end = established(|config| config.receive_buffer_bytes = 4);
    end.rcv(&end.peer_text(1, 1, b"full"));
    for _ in 0..200 {
        end.wait(Duration::from_millis(100));
        let transition = end.rcv(&end.peer_text(5, 1, b"?"));
        assert_eq!(sent(&transition), ["ACK seq=1 ack=5"]);
        assert!(transition.sent().all(|(segment, _)| segment.window == 0));
    }
    assert_eq!((end.state(), end.tcb.readable_bytes()), (State::Established, 4));
}

// ---- Silly windows (§3.8.6.2) ------------------------------------------------------------------------------------------

#[test]
fn must_39_a_closed_window_opens_by_a_segment_or_half_the_buffer() {
    for (buffer, worth) in [(10_000, 1_460), (1_000, 500)] {
        let mut end = established(|config| config.receive_buffer_bytes = buffer);
        for block in 0..buffer / 500 {
            end.rcv(&end.peer_text(1 + block * 500, 1, &DATA[..500]));
        }
        assert_eq!(end.tcb.rcv.wnd, 0);
        for _ in 1..worth {
            assert!(sent(&end.call(Call::Receive { max_bytes: 1 })).is_empty());
        }
        // A segment sent for another reason does not announce the few octets either.
        let answer = end.rcv(&end.peer_text(1 + buffer, 1, b"?"));
        assert!(answer.sent().all(|(segment, _)| segment.window == 0));
        let transition = end.call(Call::Receive { max_bytes: 1 });
        assert_eq!(reasons(&transition), [SendReason::WindowUpdate]);
        assert!(transition.sent().all(|(segment, _)| u32::from(segment.window) == worth));
    }
}

#[test]
fn must_60_data_is_never_held_back_for_ever() {
    // Normally it is sent at once.
    let mut end = established(|_| {});
    assert_eq!(sent(&end.send(b"a")), ["PSH,ACK seq=1 ack=1 len=1"]);
    // With Nagle's algorithm it waits for one acknowledgement.
    let mut end = established(|config| config.nagle = true);
    end.send(b"a");
    assert!(sent(&end.send(b"b")).is_empty());
    assert_eq!(sent(&offer(&mut end, 2, 9_000)), ["PSH,ACK seq=2 ack=1 len=1"]);
    // A very small window is used after one time-out.
    let mut end = established(|_| {});
    offer(&mut end, 1, 10);
    assert!(sent(&end.send(&DATA[..600])).is_empty());
    assert_eq!(sent(&end.expire().1), ["ACK seq=1 ack=1 len=10"]);
    assert_eq!(end.now, Instant::ZERO + Duration::from_secs(1));
}

// ---- Windows that shrink ---------------------------------------------------------------------------------------------

#[test]
fn only_a_window_that_opens_by_much_is_announced() {
    // A quarter of a buffer of 16 segments, or two segments of a buffer of six: anything less gets no acknowledgement.
    for (buffer, worth) in [(16 * 1_460, 4 * 1_460), (6 * 1_460, 2 * 1_460)] {
        let mut end = established(|config| config.receive_buffer_bytes = buffer);
        for segment in 0..4 {
            end.rcv(&end.peer_text(1 + segment * 1_460, 1, &DATA[..1_460]));
        }
        assert!(sent(&end.call(Call::Receive { max_bytes: worth - 1_460 })).is_empty());
        let transition = end.call(Call::Receive { max_bytes: 1_460 });
        assert_eq!(reasons(&transition), [SendReason::WindowUpdate], "of {buffer} octets");
    }
}

#[test]
fn must_35_a_window_that_shrinks_to_nothing_is_probed() {
    // If something is in flight, its repeats serve as probes.
    let mut end = established(|_| {});
    end.send(&DATA[..500]);
    for _ in 0..40 {
        offer(&mut end, 1, 0);
        assert_eq!(sent(&end.expire().1), ["PSH,ACK seq=1 ack=1 len=500"]);
    }
    assert_eq!(end.state(), State::Established);
    // If nothing is in flight, the next octet is the probe.
    end.send(b"more");
    offer(&mut end, 501, 0);
    assert_eq!(sent(&end.expire().1), ["ACK seq=501 ack=1 len=1"]);
}

#[test]
fn shld_15_nothing_new_is_sent_beyond_an_edge_that_moved_back() {
    let mut end = established(|_| {});
    end.send(&DATA[..500]);
    // The right edge moves back from 65536 to 301, below what is in flight.
    assert!(sent(&offer(&mut end, 201, 100)).is_empty());
    assert!(sent(&end.send(b"more")).is_empty());
    assert_eq!(sent(&offer(&mut end, 501, 100)), ["PSH,ACK seq=501 ack=1 len=4"]);
}

#[test]
fn shld_16_data_within_the_new_edge_is_repeated() {
    let mut end = established(|_| {});
    end.send(&DATA[..3 * 536]);
    offer(&mut end, 1, 2 * MSS as u16);
    assert_eq!(sent(&end.expire().1), ["ACK seq=1 ack=1 len=536"]);
    assert_eq!(sent(&offer(&mut end, 1 + MSS, MSS as u16)), ["ACK seq=537 ack=1 len=536"]);
}

#[test]
fn may_7_a_repeated_segment_may_reach_beyond_the_new_edge() {
    let mut end = established(|_| {});
    end.send(&DATA[..500]);
    offer(&mut end, 1, 100);
    assert_eq!(sent(&end.expire().1), ["PSH,ACK seq=1 ack=1 len=500"]);
}

#[test]
fn shld_17_data_beyond_the_new_edge_does_not_time_out() {
    let mut end = established(|config| config.data_retries = 3);
    end.send(&DATA[..500]);
    // The peer has accepted 100 octets and offers no window for the rest in flight.
    offer(&mut end, 101, 0);
    for _ in 0..20 {
        assert_eq!(end.expire().1.rule(), Rule::RetransmitData);
        offer(&mut end, 101, 0);
    }
    assert_eq!(end.state(), State::Established);
}

#[test]
fn shld_9_the_application_is_told_of_unanswered_probes() {
    let mut end = End::in_state(State::Established);
    end.rcv(&Segment { window: 0, ..end.peer(Control::ACK, 1, 1) });
    end.send(b"waits");
    let told: Vec<bool> =
        (0..5).map(|_| end.expire().1.signals().any(|signal| signal == Signal::InTrouble)).collect();
    assert_eq!(told, [false, false, true, false, false]);
}
