//! Congestion control at work in a connection (RFC 5681, RFC 6582): what leaves when, and what a loss costs.

use tcp_state_lab::tcp::{Call, Control, Rule, SendReason, Settings, State, Test};

use crate::ends::{End, sent};

const MSS: usize = 536;
static DATA: [u8; 40 * MSS] = [7; 40 * MSS];

/// An open connection with all of `DATA` in its send buffer.
fn sending(control: bool) -> End {
    let mut settings = Settings::default();
    settings.config.congestion_control = control;
    let mut end = End::in_state_with(State::Established, settings);
    assert_eq!(usize::from(end.tcb.send_mss), MSS);
    end.send(&DATA);
    end
}

/// Acknowledges the first `segments` segments.
fn ack(end: &mut End, segments: u32) -> tcp_state_lab::tcp::Transition {
    end.rcv(&end.peer(Control::ACK, 1, 1 + segments * MSS as u32))
}

fn segments_in_flight(end: &End) -> u32 {
    end.tcb.in_flight().div_ceil(MSS as u32)
}

#[test]
fn must_19_a_connection_begins_with_a_few_segments_and_doubles() {
    let mut end = sending(true);
    assert_eq!(segments_in_flight(&end), 4);
    for acked in 1..=4 {
        assert_eq!(sent(&ack(&mut end, acked)).len(), 2, "one for the one that left, one for the growth");
    }
    assert_eq!(segments_in_flight(&end), 8);
}

#[test]
fn what_waits_for_the_network_is_told_from_what_waits_for_the_peer() {
    let end = sending(true);
    let mut settings = Settings::default();
    settings.config.congestion_control = true;
    let mut fresh = End::in_state_with(State::Established, settings);
    let transition = fresh.send(&DATA);
    let check = transition.check(Test::NetworkHasRoom).expect("data waits");
    assert!(!check.passed);
    assert_eq!(end.tcb.timers.armed().count(), 1, "the retransmission timer alone");
}

#[test]
fn without_congestion_control_the_window_alone_limits() {
    let end = sending(false);
    assert_eq!(end.tcb.in_flight(), DATA.len() as u32);
    assert!(end.tcb.congestion.is_none());
}

#[test]
fn must_19_a_time_out_goes_back_to_one_segment() {
    let mut end = sending(true);
    (1..=8).for_each(|acked| drop(ack(&mut end, acked)));
    end.expire();
    let reno = end.tcb.congestion.expect("it is on");
    assert_eq!((reno.cwnd, reno.ssthresh), (MSS as u32, 6 * MSS as u32));
}

#[test]
fn three_duplicate_acknowledgements_repeat_the_lost_segment_at_once() {
    let mut end = sending(true);
    (1..=4).for_each(|acked| drop(ack(&mut end, acked)));
    assert!(ack(&mut end, 4).sent().next().is_none());
    assert!(ack(&mut end, 4).sent().next().is_none());
    let transition = ack(&mut end, 4);
    assert_eq!(transition.rule(), Rule::FastRetransmit);
    let (segment, why) = transition.sent().next().expect("the lost segment");
    assert_eq!((segment.seq, why), (end.tcb.snd.una, SendReason::FastRetransmit));
    assert_eq!(end.tcb.congestion.expect("it is on").ssthresh, 4 * MSS as u32);
}

#[test]
fn further_duplicates_let_new_data_go_and_the_full_acknowledgement_ends_it() {
    let mut end = sending(true);
    (1..=4).for_each(|acked| drop(ack(&mut end, acked)));
    (0..3).for_each(|_| drop(ack(&mut end, 4)));
    assert!(ack(&mut end, 4).sent().next().is_none(), "the window is still full");
    let new = (0..4).flat_map(|_| sent(&ack(&mut end, 4))).count();
    assert!(new > 0, "each duplicate says that a segment has left the network");
    let flight = end.tcb.in_flight() / MSS as u32;
    ack(&mut end, 4 + flight);
    assert_eq!(end.tcb.recovery, None);
    assert!(end.tcb.congestion.expect("it is on").cwnd <= 5 * MSS as u32);
}

#[test]
fn a_partial_acknowledgement_repeats_the_next_hole_at_once() {
    let mut end = sending(true);
    (1..=4).for_each(|acked| drop(ack(&mut end, acked)));
    (0..3).for_each(|_| drop(ack(&mut end, 4)));
    let transition = ack(&mut end, 6);
    assert!(
        transition
            .sent()
            .any(|(segment, why)| { (segment.seq, why) == (end.tcb.snd.una, SendReason::PartialAck) })
    );
    assert!(end.tcb.recovery.is_some());
}

#[test]
fn duplicates_after_a_time_out_prove_nothing() {
    let mut end = sending(true);
    (1..=4).for_each(|acked| drop(ack(&mut end, acked)));
    end.expire();
    for _ in 0..6 {
        assert_ne!(ack(&mut end, 4).rule(), Rule::FastRetransmit);
    }
}

#[test]
fn a_window_update_or_data_is_no_duplicate() {
    let mut end = sending(true);
    for window in [60_000, 59_000, 58_000, 57_000, 56_000] {
        let update = tcp_state_lab::tcp::Segment { window, ..end.peer(Control::ACK, 1, 1) };
        assert_ne!(end.rcv(&update).rule(), Rule::FastRetransmit);
    }
    for seq in 1..6 {
        assert_ne!(end.rcv(&end.peer_text(seq, 1, b"x")).rule(), Rule::FastRetransmit);
    }
}

#[test]
fn a_handshake_that_had_to_be_repeated_begins_with_one_segment() {
    let mut end = End::client();
    end.connect();
    end.expire();
    end.rcv(&end.peer(Control::SYN | Control::ACK, 0, 1));
    assert_eq!(end.state(), State::Established);
    end.send(&DATA);
    assert_eq!(segments_in_flight(&end), 1);
    end.call(Call::Abort);
}
