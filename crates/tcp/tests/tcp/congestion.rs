//! Congestion control in a connection (RFC 5681, RFC 6582): which segments are sent when, and what a loss changes.

use tcp::isn::initial_sequence_number;
use tcp::time::Instant;
use tcp::{Call, Control, Rule, Segment, SendReason, SeqNumber, Settings, State, Test, Transition};

use crate::ends::{A, B, End, sent};

const MSS: usize = 536;
static DATA: [u8; 40 * MSS] = [7; 40 * MSS];
/// No two segments of this are the same.
static NUMBERED: [u8; 40 * MSS] = {
    let mut data = [0; 40 * MSS];
    let mut i = 0;
    while i < data.len() {
        data[i] = (i % 251) as u8;
        i += 1;
    }
    data
};

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
fn ack(end: &mut End, segments: u32) -> Transition {
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
fn waiting_for_the_network_is_recorded_as_such() {
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
fn without_congestion_control_only_the_window_limits() {
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
    let cwnd = end.tcb.congestion.expect("it is on").cwnd;
    // Limited transmit: each of the first two allows a new segment, although the window is full (RFC 3042).
    for next in [13, 14] {
        let transition = ack(&mut end, 4);
        assert_eq!(transition.rule(), Rule::AckDuplicate);
        let new: Vec<_> = transition.sent().map(|(segment, _)| segment.seq).collect();
        assert_eq!(new, [end.tcb.snd.iss.add(1 + (next - 1) * MSS as u32)]);
        assert_eq!(end.tcb.congestion.expect("it is on").cwnd, cwnd);
    }
    let transition = ack(&mut end, 4);
    assert_eq!(transition.rule(), Rule::FastRetransmit);
    let (segment, why) = transition.sent().next().expect("the lost segment");
    assert_eq!((segment.seq, why), (end.tcb.snd.una, SendReason::FastRetransmit));
    assert_eq!(end.tcb.congestion.expect("it is on").ssthresh, 4 * MSS as u32);
}

/// An open connection whose numbers wrap round in the middle of its third segment, four of them in flight.
fn about_to_wrap() -> End {
    let mut end = End::client();
    // The ISN follows a clock of four microseconds (MUST-8).
    let at_zero = initial_sequence_number(&end.settings, A, B, Instant::ZERO);
    let wanted = SeqNumber(0).sub(2 * MSS as u32 + MSS as u32 / 2);
    end.now = Instant::from_micros(4 * u64::from(wanted.since(at_zero)));
    end.connect();
    assert_eq!(end.tcb.snd.iss, wanted);
    end.rcv(&end.peer(Control::SYN | Control::ACK, 0, 1));
    end.send(&NUMBERED);
    assert_eq!(segments_in_flight(&end), 4);
    end
}

/// Which of the numbered segments were sent, in order. All must be complete.
#[track_caller]
fn numbered(end: &End, transition: &Transition) -> Vec<u32> {
    let start = end.tcb.snd.iss.add(1);
    let place = |segment: &Segment| {
        let offset = segment.seq.since(start);
        let text = &NUMBERED[offset as usize..offset as usize + segment.text.len()];
        assert_eq!((segment.text.len(), &segment.text[..]), (MSS, text), "its own text, and all of it");
        offset / MSS as u32
    };
    transition.sent().map(|(segment, _)| place(segment)).collect()
}

#[test]
fn fast_retransmit_and_recovery_work_across_the_wrap() {
    for lost in 0..4 {
        let mut end = about_to_wrap();
        (0..lost).for_each(|acked| drop(ack(&mut end, acked + 1)));
        let answers: Vec<_> = (0..3).map(|_| ack(&mut end, lost)).collect();
        let point = end.tcb.recovery.expect("it has begun").point;
        assert_eq!(answers[2].rule(), Rule::FastRetransmit, "segment {lost}");
        assert_eq!(numbered(&end, &answers[2]).first(), Some(&lost));
        // The segment after it is lost too, as a partial acknowledgement shows.
        let partial = ack(&mut end, lost + 1);
        assert_eq!(numbered(&end, &partial).first(), Some(&(lost + 1)), "segment {lost}");
        assert!(end.tcb.recovery.is_some());
        // Everything that was in flight has arrived.
        let all = end.rcv(&Segment { ack: point, ..end.peer(Control::ACK, 1, 1) });
        assert_eq!((all.rule(), end.tcb.snd.una, end.tcb.recovery), (Rule::AckAdvances, point, None));
        numbered(&end, &all);
    }
}

#[test]
fn a_time_out_repeats_across_the_wrap() {
    for lost in 0..4 {
        let mut end = about_to_wrap();
        (0..lost).for_each(|acked| drop(ack(&mut end, acked + 1)));
        let (_, transition) = end.expire();
        assert_eq!((transition.rule(), numbered(&end, &transition)), (Rule::RetransmitData, vec![lost]));
    }
}

#[test]
fn more_duplicates_allow_new_data_until_a_full_acknowledgement() {
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
        let update = tcp::Segment { window, ..end.peer(Control::ACK, 1, 1) };
        assert_ne!(end.rcv(&update).rule(), Rule::FastRetransmit);
    }
    for seq in 1..6 {
        assert_ne!(end.rcv(&end.peer_text(seq, 1, b"x")).rule(), Rule::FastRetransmit);
    }
}

#[test]
fn after_a_repeated_syn_the_window_starts_with_one_segment() {
    let mut end = End::client();
    end.connect();
    end.expire();
    end.rcv(&end.peer(Control::SYN | Control::ACK, 0, 1));
    assert_eq!(end.state(), State::Established);
    end.send(&DATA);
    assert_eq!(segments_in_flight(&end), 1);
    end.call(Call::Abort);
}
