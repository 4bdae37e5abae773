//! Rare cases that the test suites of other stacks cover; `docs/edge-cases.txt` lists them.

use bytes::Bytes;
use tcp::time::{Duration, Instant};
use tcp::{Call, CallError, Config, Control, Reply, Rule, Segment, Settings, Signal, State, TimerKind};

use crate::ends::{End, Pair, rules, sent};

const FIN_ACK: Control = Control::FIN.union(Control::ACK);
static DATA: [u8; 6_000] = [7; 6_000];

fn in_state(state: State, change: impl FnOnce(&mut Config)) -> End {
    let mut settings = Settings::default();
    change(&mut settings.config);
    End::in_state_with(state, settings)
}

// ---- Opening -------------------------------------------------------------------------------------------------------

#[test]
fn a_closed_listener_answers_like_a_closed_port() {
    let mut end = End::in_state(State::Listen);
    end.call(Call::Close);
    assert_eq!(end.rcv(&end.peer(Control::SYN, 0, 0)).rule(), Rule::ClosedRcvWithoutAck);
}

#[test]
fn a_listener_waits_for_ever() {
    assert_eq!(End::in_state(State::Listen).tcb.timers.next(), None);
}

#[test]
fn the_third_segment_may_bring_data_and_fin() {
    let mut end = End::in_state(State::SynReceived);
    let last = Segment { text: Bytes::from_static(b"all"), ..end.peer(FIN_ACK, 1, 1) };
    assert_eq!(sent(&end.rcv(&last)), ["ACK seq=1 ack=5"]);
    assert_eq!((end.state(), end.receive()), (State::CloseWait, b"all".to_vec()));
}

#[test]
fn a_bad_number_in_syn_received_does_not_stop_the_open() {
    let mut end = End::in_state(State::SynReceived);
    let transition = end.rcv(&end.peer(Control::ACK, 70_000, 1));
    assert_eq!((end.state(), sent(&transition)), (State::SynReceived, vec!["ACK seq=1 ack=1".into()]));
    end.rcv(&end.peer(Control::ACK, 1, 1));
    assert_eq!(end.state(), State::Established);
}

#[test]
fn a_simultaneous_open_survives_the_loss_of_both_syn_acks() {
    let mut pair = Pair::new();
    let (a, b) = (pair.a.tcb.local, pair.b.tcb.local);
    pair.b = End::server();
    pair.a(End::connect);
    pair.b(|end| end.call(Call::OpenActive { local: b, remote: a }));
    pair.deliver();
    pair.deliver();
    assert_eq!(pair.states(), [State::SynReceived; 2]);
    pair.lose();
    pair.lose();
    pair.a(|end| end.expire().1);
    pair.settle();
    assert_eq!(pair.states(), [State::Established; 2]);
}

// ---- Numbers outside the window --------------------------------------------------------------------------------------

#[test]
fn segments_beyond_the_window_draw_an_ack() {
    for state in [State::Established, State::Closing] {
        for control in [Control::ACK, FIN_ACK, Control::FIN, Control::SYN, Control::SYN | Control::ACK] {
            for text in [&b""[..], b"x"] {
                for offset in [0, 1, 2] {
                    let mut end = End::in_state(state);
                    let beyond = end.tcb.rcv.nxt.add(end.tcb.rcv.wnd + offset);
                    let segment =
                        Segment { seq: beyond, text: Bytes::from_static(text), ..end.peer(control, 0, 1) };
                    let transition = end.rcv(&segment);
                    let answers: Vec<_> = transition.sent().map(|(answer, _)| answer.control).collect();
                    assert_eq!((end.state(), answers), (state, vec![Control::ACK]), "{segment} in {state}");
                }
            }
        }
    }
}

#[test]
fn an_ack_of_unsent_data_is_answered_in_every_open_state() {
    let open = [
        State::Established,
        State::CloseWait,
        State::FinWait1,
        State::FinWait2,
        State::Closing,
        State::LastAck,
    ];
    for state in open {
        for beyond in [1, 2, 9] {
            let mut end = End::in_state(state);
            let mut ack = end.peer(Control::ACK, 0, 0);
            (ack.seq, ack.ack) = (end.tcb.rcv.nxt, end.tcb.snd.nxt.add(beyond));
            let transition = end.rcv(&ack);
            assert_eq!((rules(&transition), end.state()), (vec![Rule::AckOfUnsent], state));
            assert_eq!(transition.sent().count(), 1);
        }
    }
}

#[test]
fn text_and_fin_beyond_the_window_are_cut_off() {
    for control in [Control::ACK, FIN_ACK] {
        let mut end = in_state(State::Established, |config| config.receive_buffer_bytes = 4);
        let text = Bytes::from_static(b"abcdef");
        let transition = end.rcv(&Segment { text, ..end.peer(control, 1, 1) });
        assert_eq!(sent(&transition), ["ACK seq=1 ack=5"]);
        assert_eq!((end.state(), end.receive()), (State::Established, b"abcd".to_vec()));
    }
}

#[test]
fn an_rst_with_data_outside_the_window_is_dropped_silently() {
    let mut end = End::in_state(State::Established);
    let rst = Segment { text: Bytes::from_static(b"x"), ..end.peer(Control::RST, 70_000, 0) };
    let transition = end.rcv(&rst);
    assert_eq!((rules(&transition), sent(&transition).len()), (vec![Rule::OutsideWindowRst], 0));
}

#[test]
fn a_challenge_acknowledges_the_latest_number() {
    let mut end = in_state(State::Established, |config| config.ack_delay = Duration::from_millis(200));
    assert!(sent(&end.rcv(&end.peer_text(1, 1, b"hello"))).is_empty());
    assert_eq!(sent(&end.rcv(&end.peer(Control::SYN, 1, 0))), ["ACK seq=1 ack=6"]);
}

#[test]
fn a_syn_with_data_counts_for_the_challenge_limit() {
    let mut end = End::in_state(State::Established);
    let syn = Segment { text: Bytes::from_static(b"x"), ..end.peer(Control::SYN, 90_000, 0) };
    assert_eq!((0..40).filter(|_| !sent(&end.rcv(&syn)).is_empty()).count(), 10);
}

#[test]
fn losses_are_repaired_while_numbers_wrap() {
    // The ISN follows a clock of four microseconds. Opened at this time, it is 300 before the wrap.
    let mut early = End::client();
    early.connect();
    let mut end = End::client();
    end.wait(Duration::from_micros(u64::from(0u32.wrapping_sub(300).wrapping_sub(early.tcb.snd.iss.0)) * 4));
    end.connect();
    assert_eq!(end.tcb.snd.iss.0, 0u32.wrapping_sub(300));
    // The peer's numbers wrap too, 8 octets after its SYN.
    let theirs = 0u32.wrapping_sub(5_000 + 8);
    end.rcv(&end.peer(Control::SYN | Control::ACK, theirs, 1));
    end.send(&DATA[..4 * 536]);
    assert_eq!(sent(&end.expire().1), ["ACK seq=1 ack=1 len=536"], "by the timer, across the wrap");
    let next = theirs.wrapping_add(1);
    end.rcv(&end.peer(Control::ACK, next, 1 + 4 * 536));
    end.send(&DATA[..536]);
    end.rcv(&end.peer_text(next, 1 + 5 * 536, b"across the wrap"));
    assert_eq!((end.tcb.in_flight(), end.receive()), (0, b"across the wrap".to_vec()));
    assert!(end.tcb.rcv.nxt.0 < 10 && end.tcb.snd.una.0 < 5_000);
}

// ---- Acknowledgements and repeats --------------------------------------------------------------------------------------

#[test]
fn answers_to_window_probes_are_no_sign_of_loss() {
    let mut end = End::in_state(State::Established);
    let shut = Segment { window: 0, ..end.peer(Control::ACK, 1, 1) };
    end.rcv(&shut);
    end.send(b"patience");
    for _ in 0..6 {
        end.expire();
        assert!(sent(&end.rcv(&shut)).is_empty());
    }
}

#[test]
fn sending_nothing_sends_nothing() {
    let mut end = End::in_state(State::Established);
    let transition = end.send(b"");
    assert_eq!((transition.reply(), sent(&transition).len()), (Some(&Reply::Sent(0)), 0));
    assert_eq!(end.tcb.timers.next(), None);
}

#[test]
fn data_queued_while_a_segment_is_repeated_follows_it() {
    let mut end = End::in_state(State::Established);
    end.send(b"first");
    end.expire();
    end.send(b"second");
    assert_eq!(sent(&end.expire().1), ["PSH,ACK seq=1 ack=1 len=11"]);
    end.rcv(&end.peer(Control::ACK, 1, 12));
    assert_eq!((end.tcb.in_flight(), end.tcb.send_buffer.len()), (0, 0));
}

#[test]
fn close_works_while_half_of_a_burst_is_acknowledged() {
    let mut end = End::in_state(State::Established);
    end.send(&DATA[..3 * 536]);
    end.rcv(&end.peer(Control::ACK, 1, 1 + 536));
    assert_eq!(sent(&end.call(Call::Shutdown)), ["FIN,ACK seq=1609 ack=1"]);
    end.rcv(&end.peer(Control::ACK, 1, 1 + 3 * 536));
    assert_eq!(end.state(), State::FinWait1);
    end.rcv(&end.peer(Control::ACK, 1, 2 + 3 * 536));
    assert_eq!(end.state(), State::FinWait2);
}

#[test]
fn a_fin_waits_behind_data_held_by_congestion_control() {
    let mut end = End::in_state(State::Established);
    end.send(&DATA[..6 * 536]);
    assert!(sent(&end.call(Call::Shutdown)).is_empty(), "four segments are in flight, two wait");
    let transitions = [1, 2].map(|n| end.rcv(&end.peer(Control::ACK, 1, 1 + n * 536)));
    let left: Vec<_> = transitions.iter().flat_map(sent).collect();
    let data = ["ACK seq=2145 ack=1 len=536", "PSH,ACK seq=2681 ack=1 len=536"];
    assert_eq!(left, [data[0], data[1], "FIN,ACK seq=3217 ack=1"]);
}

#[test]
fn a_fin_is_repeated_in_each_state_that_waits_for_its_acknowledgement() {
    for state in [State::FinWait1, State::Closing, State::LastAck] {
        let mut end = End::in_state(state);
        for seconds in [1, 3, 7] {
            let (kind, transition) = end.expire();
            assert_eq!(
                (kind, transition.rule()),
                (TimerKind::Retransmission, Rule::RetransmitFin),
                "{state}"
            );
            assert_eq!(end.now, Instant::ZERO + Duration::from_secs(seconds));
        }
    }
}

#[test]
fn the_user_timeout_counts_for_fin_and_a_closed_window_too() {
    let patience = |config: &mut Config| config.user_timeout = Some(Duration::from_secs(5));
    let mut closing = in_state(State::Established, patience);
    closing.call(Call::Shutdown);
    let mut shut_out = in_state(State::Established, patience);
    let shut = Segment { window: 0, ..shut_out.peer(Control::ACK, 1, 1) };
    shut_out.rcv(&shut);
    shut_out.send(b"patience");
    for end in [&mut closing, &mut shut_out] {
        let last = loop {
            let (_, transition) = end.expire();
            if end.state() == State::Closed {
                break transition;
            }
        };
        assert_eq!(last.signals().collect::<Vec<_>>(), [Signal::TimedOut]);
        assert!(end.now <= Instant::ZERO + Duration::from_secs(6));
    }
}

// ---- Closing ---------------------------------------------------------------------------------------------------------

#[test]
fn text_is_still_taken_after_our_fin() {
    for state in [State::FinWait1, State::FinWait2] {
        let mut end = End::in_state(state);
        assert_eq!(sent(&end.rcv(&end.peer_text(1, 1, b"late"))), ["ACK seq=2 ack=5"]);
        assert_eq!((end.state(), end.receive()), (state, b"late".to_vec()));
    }
}

#[test]
fn a_fin_that_arrives_while_our_data_waits_leads_through_closing() {
    let mut end = End::in_state(State::Established);
    end.rcv(&Segment { window: 0, ..end.peer(Control::ACK, 1, 1) });
    end.send(b"waits");
    assert!(sent(&end.call(Call::Shutdown)).is_empty());
    end.rcv(&Segment { window: 0, ..end.peer(FIN_ACK, 1, 1) });
    assert_eq!(end.state(), State::Closing);
    let opened = end.rcv(&end.peer(Control::ACK, 2, 1));
    assert_eq!(sent(&opened), ["FIN,PSH,ACK seq=1 ack=2 len=5"]);
    end.rcv(&end.peer(Control::ACK, 2, 7));
    assert_eq!(end.state(), State::TimeWait);
}

#[test]
fn both_may_close_at_once_with_data_in_flight() {
    let mut pair = Pair::established();
    pair.a(|a| a.send(b"from A"));
    pair.b(|b| b.send(b"from B"));
    pair.a(|a| a.call(Call::Shutdown));
    pair.b(|b| b.call(Call::Shutdown));
    pair.settle();
    assert_eq!(pair.states(), [State::TimeWait; 2]);
    assert_eq!((pair.a.receive(), pair.b.receive()), (b"from B".to_vec(), b"from A".to_vec()));
}

#[test]
fn last_ack_survives_partial_repeated_and_impossible_acks() {
    let mut end = End::in_state(State::CloseWait);
    end.send(b"abcdef");
    end.call(Call::Shutdown);
    for (ack, answers) in [(4, 0), (4, 0), (7, 0), (99, 1)] {
        let transition = end.rcv(&end.peer(Control::ACK, 2, ack));
        assert_eq!((end.state(), sent(&transition).len()), (State::LastAck, answers), "ack {ack}");
    }
    end.rcv(&end.peer(Control::ACK, 2, 8));
    assert_eq!(end.state(), State::Closed);
}

#[test]
fn reading_in_time_wait_sends_no_window_update() {
    let mut end = in_state(State::Established, |config| config.receive_buffer_bytes = 5);
    end.rcv(&end.peer_text(1, 1, b"last"));
    end.rcv(&end.peer(FIN_ACK, 5, 1));
    end.call(Call::Shutdown);
    assert_eq!(end.state(), State::LastAck);
    assert!(sent(&end.call(Call::Receive { max_bytes: 4 })).is_empty());
    let mut end = in_state(State::FinWait2, |config| config.receive_buffer_bytes = 5);
    end.rcv(&end.peer_text(1, 2, b"last"));
    end.rcv(&end.peer(FIN_ACK, 5, 2));
    assert_eq!(end.state(), State::TimeWait);
    assert!(sent(&end.call(Call::Receive { max_bytes: 4 })).is_empty());
}

#[test]
fn close_with_unread_data_after_our_fin_resets_with_snd_nxt() {
    let mut end = End::in_state(State::FinWait2);
    end.rcv(&end.peer_text(1, 2, b"unread"));
    assert_eq!(sent(&end.call(Call::Close)), ["RST,ACK seq=2 ack=7"]);
}

#[test]
fn a_fin_at_a_closed_window_counts_when_it_is_repeated() {
    let mut end = in_state(State::Established, |config| config.receive_buffer_bytes = 4);
    end.rcv(&end.peer_text(1, 1, b"full"));
    assert_eq!(sent(&end.rcv(&end.peer(FIN_ACK, 5, 1))), ["ACK seq=1 ack=5"]);
    assert_eq!((end.state(), end.receive()), (State::Established, b"full".to_vec()));
    end.rcv(&end.peer(FIN_ACK, 5, 1));
    assert_eq!(end.state(), State::CloseWait);
}

#[test]
fn of_two_different_fins_the_earlier_one_counts() {
    let mut end = End::in_state(State::Established);
    end.rcv(&end.peer(FIN_ACK, 6, 1));
    end.rcv(&end.peer(FIN_ACK, 4, 1));
    end.rcv(&end.peer_text(1, 1, b"abc"));
    assert_eq!((end.state(), end.receive()), (State::CloseWait, b"abc".to_vec()));
    let second = end.rcv(&end.peer(FIN_ACK, 6, 1));
    assert_eq!((end.state(), sent(&second)), (State::CloseWait, vec!["ACK seq=1 ack=5".into()]));
}

#[test]
fn a_reset_drops_data_behind_a_hole() {
    let mut end = End::in_state(State::Established);
    end.rcv(&end.peer_text(4, 1, b"def"));
    end.rcv(&end.peer(Control::RST, 1, 0));
    let read = end.call(Call::Receive { max_bytes: 9 });
    assert_eq!((end.state(), read.reply()), (State::Closed, Some(&Reply::Refused(CallError::DoesNotExist))));
}
