//! Segments with unexpected numbers, and segments with data: RFC 9293 §3.10.7, RFC 5961.

use bytes::Bytes;
use tcp::{
    Call, Control, DropReason, Options, Rule, Segment, SendReason, Settings, Signal, State, Test, Var,
};

use crate::ends::{End, Pair, reasons, rules, sent};

/// RFC 793's rules for RST and SYN in the window.
fn before_rfc5961() -> Settings {
    let mut settings = Settings::default();
    settings.config.rfc5961 = false;
    settings
}

/// The states of RFC 9293 §3.10.7.4 in which a user is told of a reset.
const OPEN: [State; 4] = [State::Established, State::FinWait1, State::FinWait2, State::CloseWait];

#[test]
fn rst_is_accepted_only_with_exactly_the_next_number() {
    for state in OPEN {
        // Offset from RCV.NXT, and what the RST does: the four edges of the window.
        let wnd = End::in_state(state).tcb.rcv.wnd;
        for (offset, rule) in [
            (u32::MAX, Rule::OutsideWindowRst),
            (0, Rule::RstResets),
            (1, Rule::RstChallenged),
            (wnd - 1, Rule::RstChallenged),
            (wnd, Rule::OutsideWindowRst),
        ] {
            let mut end = End::in_state(state);
            let rst = Segment { seq: end.tcb.rcv.nxt.add(offset), ..end.peer(Control::RST, 0, 0) };
            let transition = end.rcv(&rst);
            assert_eq!(transition.rule(), rule, "{state} offset {offset}");
            assert_eq!(end.state() == State::Closed, rule == Rule::RstResets);
            let challenged = rule == Rule::RstChallenged;
            assert_eq!(reasons(&transition) == [SendReason::Challenge], challenged);
            assert_eq!(transition.signals().collect::<Vec<_>>() == [Signal::Reset], rule == Rule::RstResets);
        }
    }
}

#[test]
fn before_rfc_5961_any_rst_in_the_window_resets() {
    let mut end = End::in_state_with(State::Established, before_rfc5961());
    let rst = Segment { seq: end.tcb.rcv.nxt.add(1), ..end.peer(Control::RST, 0, 0) };
    assert_eq!(end.rcv(&rst).rule(), Rule::RstResets);
}

#[test]
fn shld_2_rst_with_data_is_accepted() {
    let mut end = End::in_state(State::Established);
    let rst = Segment { text: Bytes::from_static(b"why"), ..end.peer(Control::RST, 1, 0) };
    assert_eq!(end.rcv(&rst).rule(), Rule::RstResets);
}

#[test]
fn rst_ends_the_last_states_but_not_time_wait_with_rfc_1337() {
    for state in [State::Closing, State::LastAck, State::TimeWait] {
        let mut end = End::in_state(state);
        let rst = end.peer(Control::RST, 2, 0);
        let transition = end.rcv(&rst);
        assert_eq!(transition.rule(), Rule::RstEndsClosing, "{state}");
        // In TIME-WAIT everything was exchanged and acknowledged, so the application is not told.
        assert_eq!(transition.signals().next().is_none(), state == State::TimeWait);
    }
    let mut settings = Settings::default();
    settings.config.rfc1337 = true;
    let mut end = End::in_state_with(State::TimeWait, settings);
    let rst = end.peer(Control::RST, 2, 0);
    let transition = end.rcv(&rst);
    assert_eq!((transition.rule(), end.state()), (Rule::TimeWaitIgnoresRst, State::TimeWait));
    assert_eq!(transition.dropped().collect::<Vec<_>>(), [DropReason::RstInTimeWait]);
}

#[test]
fn syn_on_an_open_connection_draws_a_challenge_whatever_its_number() {
    for offset in [u32::MAX, 0, 65_000, 70_000] {
        let mut end = End::in_state(State::Established);
        let syn = end.peer(Control::SYN, 1u32.wrapping_add(offset), 0);
        let transition = end.rcv(&syn);
        assert_eq!(transition.rule(), Rule::SynChallenged, "offset {offset}");
        assert_eq!(sent(&transition), ["ACK seq=1 ack=1"]);
    }
}

/// By RFC 793 p. 71, a SYN in the window is an error in TIME-WAIT too. One outside is acknowledged.
#[test]
fn before_rfc_5961_a_syn_in_the_window_resets_time_wait() {
    let mut settings = Settings::default();
    settings.config.rfc5961 = false;
    let in_time_wait = End::in_state_with(State::TimeWait, settings);
    let window = in_time_wait.tcb.rcv.wnd;
    for (seq, is_inside) in [(2, true), (1 + window, true), (1, false), (2 + window, false)] {
        for control in [Control::SYN, Control::SYN | Control::ACK] {
            let mut end = in_time_wait.clone();
            let transition = end.rcv(&end.peer(control, seq, 2));
            if is_inside {
                assert_eq!((transition.rule(), end.state()), (Rule::SynResets, State::Closed), "{seq}");
                assert_eq!(sent(&transition), ["RST,ACK seq=2 ack=2"], "{seq}");
            } else {
                assert_eq!((transition.rule(), end.state()), (Rule::OutsideWindow, State::TimeWait), "{seq}");
                assert_eq!(sent(&transition), ["ACK seq=2 ack=2"], "{seq}");
            }
        }
    }
}

#[test]
fn before_rfc_5961_a_syn_in_the_window_resets() {
    let mut end = End::in_state_with(State::Established, before_rfc5961());
    let syn = end.peer(Control::SYN, 100, 0);
    let transition = end.rcv(&syn);
    assert_eq!((transition.rule(), end.state()), (Rule::SynResets, State::Closed));
    assert_eq!(sent(&transition), ["RST,ACK seq=1 ack=1"]);

    let mut end = End::in_state_with(State::Established, before_rfc5961());
    let syn = end.peer(Control::SYN, 0, 0);
    assert_eq!(rules(&end.rcv(&syn)), [Rule::OutsideWindow]);
}

#[test]
fn outside_the_window_draws_an_ack_and_records_the_numbers() {
    let mut end = End::in_state(State::Established);
    let beyond = end.peer_text(1 + 65_535, 1, b"x");
    let transition = end.rcv(&beyond);
    assert_eq!(rules(&transition), [Rule::OutsideWindow]);
    assert_eq!(transition.dropped().collect::<Vec<_>>(), [DropReason::OutsideWindow]);
    let check = transition.check(Test::InWindow).expect("the first check is recorded");
    assert!(!check.passed);
    assert_eq!(check.operands.value(Var::RcvWnd), Some(65_535));

    let old = end.peer_text(0, 1, b"y");
    let transition = end.rcv(&old);
    assert_eq!(transition.dropped().collect::<Vec<_>>(), [DropReason::AlreadyReceived]);
    assert_eq!(sent(&transition), ["ACK seq=1 ack=1"]);
}

#[test]
fn syn_sent_decides_by_the_acknowledgement_alone() {
    let cases: [(Control, u32, Rule, &[&str]); 6] = [
        (Control::SYN | Control::ACK, 0, Rule::SynSentRcvBadAck, &["RST seq=0"]),
        (Control::SYN | Control::ACK, 2, Rule::SynSentRcvBadAck, &["RST seq=2"]),
        (Control::ACK, 0, Rule::SynSentRcvBadAck, &["RST seq=0"]),
        (Control::RST | Control::ACK, 2, Rule::SynSentRcvBadAckRst, &[]),
        (Control::RST | Control::ACK, 1, Rule::SynSentRcvRst, &[]),
        (Control::ACK, 1, Rule::SynSentRcvOther, &[]),
    ];
    for (control, ack, rule, reply) in cases {
        let mut end = End::in_state(State::SynSent);
        let transition = end.rcv(&end.peer(control, 0, ack));
        assert_eq!(transition.rule(), rule, "{control} ack {ack}");
        assert_eq!(sent(&transition), reply);
    }
    let mut end = End::in_state(State::SynSent);
    let transition = end.rcv(&end.peer(Control::RST | Control::ACK, 0, 1));
    assert_eq!(transition.signals().collect::<Vec<_>>(), [Signal::Refused]);
}

#[test]
fn syn_received_answers_a_bad_ack_with_rst_and_stays() {
    for ack in [0, 2] {
        let mut end = End::in_state(State::SynReceived);
        let transition = end.rcv(&end.peer(Control::ACK, 1, ack));
        assert_eq!((transition.rule(), end.state()), (Rule::SynReceivedRcvBadAck, State::SynReceived));
        assert_eq!(sent(&transition), [format!("RST seq={ack}")]);
        assert_eq!(end.rcv(&end.peer(Control::ACK, 1, 1)).rule(), Rule::SynReceivedRcvAck);
    }
}

#[test]
fn must_11_rst_in_syn_received_depends_on_how_it_was_opened() {
    let mut active = End::in_state(State::SynSent);
    active.rcv(&active.peer(Control::SYN, 0, 0));
    assert_eq!(active.state(), State::SynReceived);
    let transition = active.rcv(&active.peer(Control::RST, 1, 0));
    assert_eq!((transition.rule(), active.state()), (Rule::SynReceivedRcvRstActive, State::Closed));
    assert_eq!(transition.signals().collect::<Vec<_>>(), [Signal::Refused]);

    // An end that came from LISTEN goes back to it, and the user is not told.
    let mut passive = End::in_state(State::SynReceived);
    let transition = passive.rcv(&passive.peer(Control::RST, 1, 0));
    assert_eq!((transition.rule(), passive.state()), (Rule::SynReceivedRcvRstPassive, State::Listen));
    assert_eq!(transition.signals().count(), 0);
}

#[test]
fn an_ack_of_something_never_sent_is_answered_and_dropped() {
    let mut end = End::in_state(State::Established);
    let transition = end.rcv(&end.peer(Control::ACK, 1, 2));
    assert_eq!(rules(&transition), [Rule::AckOfUnsent]);
    assert_eq!(sent(&transition), ["ACK seq=1 ack=1"]);
}

#[test]
fn may_12_an_ack_from_long_ago_is_challenged() {
    let mut end = End::in_state(State::Established);
    let transition = end.rcv(&end.peer(Control::ACK, 1, 1u32.wrapping_sub(65_536)));
    assert_eq!(rules(&transition), [Rule::AckTooOld]);
    assert_eq!(reasons(&transition), [SendReason::Challenge]);
    // A less old one is only a duplicate.
    assert_eq!(rules(&end.rcv(&end.peer(Control::ACK, 1, 1u32.wrapping_sub(65_535)))), [Rule::AckDuplicate]);

    // Before RFC 5961 every old acknowledgement is a duplicate, however old.
    let mut end = End::in_state_with(State::Established, before_rfc5961());
    let transition = end.rcv(&end.peer(Control::ACK, 1, 1u32.wrapping_sub(65_536)));
    assert_eq!((rules(&transition), sent(&transition).len()), (vec![Rule::AckDuplicate], 0));
}

#[test]
fn only_a_newer_segment_moves_the_window() {
    let mut end = End::in_state(State::Established);
    let smaller = Segment { window: 1_000, ..end.peer(Control::ACK, 1, 1) };
    assert_eq!(rules(&end.rcv(&smaller)), [Rule::AckMovesWindow]);
    assert_eq!(end.tcb.snd.wnd, 1_000);
    end.rcv(&end.peer_text(1, 1, b"later"));
    end.rcv(&end.peer_text(6, 1, b"!"));
    assert_eq!(end.tcb.snd.wnd, 65_535);
    // A delayed old segment: its window is out of date.
    let stale = Segment { window: 7, ..end.peer_text(1, 1, b"later-and-more") };
    let transition = end.rcv(&stale);
    assert_eq!(transition.check(Test::WindowIsNewer).map(|check| check.passed), Some(false));
    assert_eq!(end.tcb.snd.wnd, 65_535);
}

#[test]
fn shld_31_text_behind_a_hole_is_kept_and_overlaps_are_trimmed() {
    let mut end = End::in_state(State::Established);
    assert_eq!(rules(&end.rcv(&end.peer_text(1, 1, b"abc"))).last(), Some(&Rule::TextInOrder));
    let transition = end.rcv(&end.peer_text(7, 1, b"ghi"));
    assert_eq!(rules(&transition).last(), Some(&Rule::TextOutOfOrder));
    assert_eq!(sent(&transition), ["ACK seq=1 ack=4"]);
    // Overlaps on both sides.
    let transition = end.rcv(&end.peer_text(2, 1, b"bcdefg"));
    assert_eq!(rules(&transition).last(), Some(&Rule::TextFillsHole));
    assert_eq!(sent(&transition), ["ACK seq=1 ack=10"]);
    assert_eq!(end.receive(), b"abcdefghi");
}

#[test]
fn a_fin_before_missing_data_waits_for_it() {
    let mut end = End::in_state(State::Established);
    let fin = Segment {
        control: Control::FIN | Control::ACK,
        text: Bytes::from_static(b"def"),
        ..end.peer(Control::ACK, 4, 1)
    };
    let transition = end.rcv(&fin);
    assert_eq!(rules(&transition), [Rule::TextOutOfOrder, Rule::FinBehindHole]);
    assert_eq!(end.state(), State::Established);
    let transition = end.rcv(&end.peer_text(1, 1, b"abc"));
    assert_eq!((transition.rule(), end.state()), (Rule::EstablishedRcvFin, State::CloseWait));
    assert_eq!(sent(&transition), ["ACK seq=1 ack=8"]);
    assert_eq!(end.receive(), b"abcdef");
}

#[test]
fn data_on_a_syn_is_read_only_after_the_connection_is_open() {
    let mut end = End::in_state(State::Listen);
    let syn = Segment { text: Bytes::from_static(b"early"), ..end.peer(Control::SYN, 0, 0) };
    assert_eq!(sent(&end.rcv(&syn)), ["SYN,ACK seq=0 ack=1"]);
    assert_eq!(end.tcb.readable_bytes(), 0);
    let transition = end.rcv(&end.peer(Control::ACK, 1, 1));
    assert_eq!(sent(&transition), ["ACK seq=1 ack=6"]);
    assert_eq!(end.receive(), b"early");
}

#[test]
fn syn_with_fin_opens_and_the_fin_counts_later() {
    let mut end = End::in_state(State::Listen);
    end.rcv(&end.peer(Control::SYN | Control::FIN, 0, 0));
    assert_eq!(end.state(), State::SynReceived);
    end.rcv(&end.peer(Control::ACK, 1, 1));
    assert_eq!(end.state(), State::CloseWait);
}

#[test]
fn text_after_shutdown_read_is_acknowledged_and_thrown_away() {
    let mut end = End::in_state(State::Established);
    end.call(Call::ShutdownRead);
    let transition = end.rcv(&end.peer_text(1, 1, b"unheard"));
    assert_eq!(transition.rule(), Rule::TextAfterShutdownRead);
    assert_eq!(sent(&transition), ["ACK seq=1 ack=8"]);
    assert_eq!(end.tcb.readable_bytes(), 0);
}

#[test]
fn shld_3_text_for_an_application_that_has_closed_draws_rst() {
    let mut end = End::in_state(State::Established);
    end.call(Call::Close);
    let transition = end.rcv(&end.peer_text(1, 1, b"too late"));
    assert_eq!((transition.rule(), end.state()), (Rule::TextAfterClose, State::Closed));
    assert_eq!(sent(&transition), ["RST,ACK seq=2 ack=1"]);
}

#[test]
fn text_after_the_other_ends_fin_is_ignored_and_acknowledged() {
    let mut end = End::in_state(State::CloseWait);
    let transition = end.rcv(&end.peer_text(2, 1, b"after the end"));
    assert_eq!(transition.rule(), Rule::TextAfterFin);
    assert_eq!(sent(&transition), ["ACK seq=1 ack=2"]);
}

#[test]
fn must_66_a_closed_window_accepts_acks_and_resets_but_no_text() {
    let mut settings = Settings::default();
    settings.config.receive_buffer_bytes = 4;
    let mut end = End::in_state_with(State::Established, settings);
    end.rcv(&end.peer_text(1, 1, b"full"));
    assert_eq!(end.tcb.rcv.wnd, 0);
    end.send(b"mine");
    let transition = end.rcv(&end.peer_text(5, 5, b"x"));
    assert_eq!(rules(&transition)[..2], [Rule::OutsideWindow, Rule::AckAdvances]);
    assert_eq!(end.tcb.in_flight(), 0);
    let rst = end.peer(Control::RST, 5, 0);
    assert_eq!(end.rcv(&rst).rule(), Rule::RstResets);
}

#[test]
fn reading_reopens_a_closed_window_and_announces_it() {
    let mut settings = Settings::default();
    settings.config.receive_buffer_bytes = 4;
    let mut end = End::in_state_with(State::Established, settings);
    end.rcv(&end.peer_text(1, 1, b"full"));
    // One octet is not worth a segment (silly window); half the buffer is.
    let transition = end.call(Call::Receive { max_bytes: 1 });
    assert_eq!((sent(&transition).len(), end.tcb.rcv.wnd), (0, 0));
    let transition = end.call(Call::Receive { max_bytes: 1 });
    assert_eq!(reasons(&transition), [SendReason::WindowUpdate]);
    assert_eq!(end.tcb.rcv.wnd, 2);
}

#[test]
fn a_lost_third_segment_is_replaced_by_the_next_one() {
    let mut pair = Pair::new();
    pair.a(End::connect);
    pair.deliver();
    pair.deliver();
    pair.lose();
    // The server repeats its SYN,ACK. The client is already ESTABLISHED and acknowledges again.
    let (_, repeat) = {
        let (kind, transition) = pair.b.expire();
        (kind, transition.sent().next().map(|(segment, _)| segment.clone()).expect("SYN,ACK"))
    };
    let transition = pair.a(|a| a.rcv(&repeat));
    assert_eq!(rules(&transition), [Rule::SynAckAgain]);
    pair.settle();
    assert_eq!(pair.states(), [State::Established; 2]);
}

#[test]
fn data_may_come_with_the_third_segment_or_replace_it() {
    let mut pair = Pair::new();
    pair.a(End::connect);
    assert_eq!(pair.a.send(b"early").rule(), Rule::SendQueued);
    pair.deliver();
    let transition = pair.deliver();
    assert_eq!(sent(&transition), ["PSH,ACK seq=1 ack=1 len=5"]);
    pair.settle();
    assert_eq!((pair.states(), pair.b.receive()), ([State::Established; 2], b"early".to_vec()));
}

#[test]
fn syn_with_fin_can_be_dropped_by_a_setting() {
    let mut settings = Settings::default();
    settings.config.drop_syn_fin = true;
    for state in [State::Listen, State::SynSent] {
        let mut end = End::in_state_with(state, settings.clone());
        let transition = end.rcv(&end.peer(Control::SYN | Control::FIN, 0, 0));
        assert_eq!((transition.rule(), end.state()), (Rule::SynFinDropped, state));
        assert!(sent(&transition).is_empty());
    }
    // In the other states it is treated like any other SYN.
    for state in [State::Closed, State::Established, State::TimeWait] {
        let [with, without] = [settings.clone(), Settings::default()].map(|settings| {
            let mut end = End::in_state_with(state, settings);
            let transition = end.rcv(&end.peer(Control::SYN | Control::FIN, 2, 0));
            (transition.rule(), sent(&transition))
        });
        assert_eq!(with, without, "in {state}");
        assert_eq!(with.1.len(), 1, "in {state}");
    }
}

#[test]
fn without_rfc_5961_only_a_syn_in_the_window_is_an_error() {
    let mut settings = Settings::default();
    settings.config.rfc5961 = false;
    for state in [State::Established, State::CloseWait, State::FinWait2, State::TimeWait] {
        let mut end = End::in_state_with(state, settings.clone());
        let next = end.tcb.rcv.nxt.since(end.tcb.rcv.irs);
        // The last octet or the FIN is inside the window, but the SYN is not.
        for segment in [
            Segment { text: b"old and new".as_slice().into(), ..end.peer(Control::SYN, next - 1, 0) },
            end.peer(Control::SYN | Control::FIN, next - 1, 0),
        ] {
            let transition = end.rcv(&segment);
            assert_eq!((transition.rule(), end.state()), (Rule::OutsideWindow, state), "in {state}");
            assert!(sent(&transition)[0].starts_with("ACK"), "in {state}");
        }
        let transition = end.rcv(&end.peer(Control::SYN, next, 0));
        assert_eq!((transition.rule(), end.state()), (Rule::SynResets, State::Closed), "in {state}");
    }
}

#[test]
fn time_wait_answers_everything_but_a_plain_ack() {
    let mut end = End::in_state(State::TimeWait);
    let transition = end.rcv(&end.peer(Control::ACK, 2, 2));
    assert_eq!((rules(&transition).last(), sent(&transition).len()), (Some(&Rule::TimeWaitRcvAck), 0));
    let transition = end.rcv(&end.peer(Control::ACK, 500, 2));
    assert_eq!(
        (rules(&transition).last(), sent(&transition)),
        (Some(&Rule::TimeWaitRcvAck), vec!["ACK seq=2 ack=2".to_owned()])
    );
    let transition = end.rcv(&end.peer(Control::ACK, 1, 2));
    assert_eq!((rules(&transition), sent(&transition).len()), (vec![Rule::KeepaliveAnswered], 1));
    let transition = end.rcv(&end.peer_text(2, 2, b"late"));
    assert_eq!((transition.rule(), sent(&transition).len()), (Rule::TextAfterFin, 1));
}

#[test]
fn segments_follow_the_peers_mss_and_window() {
    let mut end = End::in_state(State::SynSent);
    let mut syn_ack = Segment { window: 900, ..end.peer(Control::SYN | Control::ACK, 0, 1) };
    syn_ack.options.mss = Some(400);
    end.rcv(&syn_ack);
    let transition = end.send(&[7; 1_000]);
    assert_eq!(sent(&transition), ["ACK seq=1 ack=1 len=400", "ACK seq=401 ack=1 len=400"]);
    // 100 octets of window are left: too few for a segment until all is acknowledged or the window opens.
    let transition = end.rcv(&Segment { window: 900, ..end.peer(Control::ACK, 1, 801) });
    assert_eq!(sent(&transition), ["PSH,ACK seq=801 ack=1 len=200"]);
}

#[test]
fn must_15_without_an_mss_option_536_is_assumed() {
    let mut end = End::in_state(State::Established);
    let transition = end.send(&[1; 600]);
    assert_eq!(sent(&transition), ["ACK seq=1 ack=1 len=536", "PSH,ACK seq=537 ack=1 len=64"]);
}

/// Settings with SACK, and the options of a peer that has SACK.
fn with_sack() -> (Settings, Options) {
    let mut settings = Settings::default();
    settings.config.sack = true;
    (settings, Options { sack_permitted: true, ..Options::default() })
}

#[test]
fn text_of_a_syn_is_not_reported_by_sack() {
    let (settings, options) = with_sack();
    let mut end = End::in_state_with(State::Listen, settings);
    end.rcv(&Segment { options, text: b"early".as_slice().into(), ..end.peer(Control::SYN, 0, 0) });
    let transition = end.rcv(&end.peer(Control::ACK, 100_000, 1));
    assert!(transition.sent().next().expect("a challenge").0.options.sack.is_empty());
}

#[test]
fn text_beyond_a_fin_is_dropped() {
    let (settings, options) = with_sack();
    let mut end = End::in_state_with(State::SynSent, settings);
    end.rcv(&Segment { options, ..end.peer(Control::SYN | Control::ACK, 0, 1) });
    end.rcv(&end.peer_text(2, 1, b"beyond"));
    let transition = end.rcv(&end.peer(Control::FIN | Control::ACK, 1, 1));
    assert!(transition.sent().next().expect("ACK of FIN").0.options.sack.is_empty());
    assert_eq!(end.tcb.receive_buffer.waiting_blocks().count(), 0, "it is not kept for ever");
}

#[test]
fn shld_3_text_of_a_syn_draws_rst_if_closed_meanwhile() {
    let mut end = End::in_state(State::Listen);
    end.rcv(&Segment { text: b"early".as_slice().into(), ..end.peer(Control::SYN, 0, 0) });
    end.call(Call::Close);
    let transition = end.rcv(&end.peer(Control::ACK, 1, 2));
    assert_eq!((transition.rule(), end.state()), (Rule::TextAfterClose, State::Closed));
    assert_eq!(sent(&transition), ["RST,ACK seq=2 ack=1"]);
}
