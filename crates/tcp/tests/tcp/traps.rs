//! Places where the letter of the RFC differs from its own figures or from working stacks.

use tcp::time::{Duration, Instant};
use tcp::{Call, Control, Rule, Segment, State, TimerKind};

use crate::ends::{A, B, End, Pair, rules, sent};

#[test]
fn trap_a_the_syn_ack_of_a_simultaneous_open_completes_it() {
    let mut pair = Pair::new();
    pair.b = End::server();
    pair.a(End::connect);
    pair.b(|b| b.call(Call::OpenActive { local: B, remote: A }));
    pair.settle();
    assert_eq!(pair.states(), [State::Established; 2]);

    let mut end = End::in_state(State::SynSent);
    end.rcv(&end.peer(Control::SYN, 0, 0));
    let transition = end.rcv(&end.peer(Control::SYN | Control::ACK, 0, 1));
    assert_eq!(rules(&transition), [Rule::SynReceivedRcvSynAck]);
    assert_eq!(sent(&transition), ["ACK seq=1 ack=1"]);
}

#[test]
fn trap_b_a_repeated_syn_draws_the_syn_ack_again() {
    let mut end = End::in_state(State::SynReceived);
    end.wait(Duration::from_millis(999));
    let transition = end.rcv(&end.peer(Control::SYN, 0, 0));
    assert_eq!(rules(&transition), [Rule::SynReceivedRcvSynAgain]);
    assert_eq!(sent(&transition), ["SYN,ACK seq=0 ack=1"]);
    // The timer must not send it once more a millisecond later.
    let deadline = end.tcb.timers.deadline(TimerKind::Retransmission).expect("the SYN is outstanding");
    assert_eq!(deadline.at, Instant::from_millis(1_999));
    // Another SYN, in the window: challenged, not back to LISTEN.
    let transition = end.rcv(&end.peer(Control::SYN, 9, 0));
    assert_eq!((transition.rule(), end.state()), (Rule::SynChallenged, State::SynReceived));
}

#[test]
fn trap_c_a_bad_ack_in_syn_received_draws_rst_and_nothing_else() {
    let mut end = End::in_state(State::SynReceived);
    assert_eq!(sent(&end.rcv(&end.peer(Control::ACK, 1, 9))), ["RST seq=9"]);
    assert_eq!(end.state(), State::SynReceived);
}

#[test]
fn trap_d_close_in_close_wait_leads_to_last_ack() {
    let mut end = End::in_state(State::CloseWait);
    assert_eq!(end.call(Call::Shutdown).rule(), Rule::CloseCloseWait);
    assert_eq!(end.state(), State::LastAck);
}

#[test]
fn trap_e_fin_with_the_ack_of_ours_goes_straight_to_time_wait() {
    let mut end = End::in_state(State::FinWait1);
    let transition = end.rcv(&end.peer(Control::FIN | Control::ACK, 1, 2));
    assert_eq!(rules(&transition), [Rule::AckAdvances, Rule::FinWait1RcvFinAck]);
    assert_eq!((transition.from(), transition.to()), (State::FinWait1, State::TimeWait));
}

#[test]
fn trap_f_a_fin_waits_behind_a_hole() {
    let mut end = End::in_state(State::Established);
    assert_eq!(
        rules(&end.rcv(&end.peer(Control::FIN | Control::ACK, 4, 1))).last(),
        Some(&Rule::FinBehindHole)
    );
    end.rcv(&end.peer_text(1, 1, b"abc"));
    assert_eq!(end.state(), State::CloseWait);
    let transition = end.rcv(&end.peer(Control::FIN | Control::ACK, 4, 1));
    assert_eq!(
        (rules(&transition), sent(&transition)),
        (vec![Rule::RepeatedFin], vec!["ACK seq=1 ack=5".into()])
    );
}

#[test]
fn trap_g_the_right_edge_itself_is_outside_the_window() {
    let mut end = End::in_state(State::Established);
    let edge = end.tcb.rcv.nxt.add(end.tcb.rcv.wnd);
    let rst = Segment { seq: edge, ..end.peer(Control::RST, 0, 0) };
    assert_eq!(end.rcv(&rst).rule(), Rule::OutsideWindowRst);
    let rst = Segment { seq: edge.sub(1), ..end.peer(Control::RST, 0, 0) };
    assert_eq!(end.rcv(&rst).rule(), Rule::RstChallenged);
}

#[test]
fn trap_h_syn_sent_accepts_an_rst_by_its_ack() {
    let mut end = End::in_state(State::SynSent);
    let rst = Segment { seq: end.tcb.snd.iss.add(77), ..end.peer(Control::RST | Control::ACK, 0, 1) };
    assert_eq!(end.rcv(&rst).rule(), Rule::SynSentRcvRst);
}

#[test]
fn trap_i_an_rst_never_answers_an_rst_and_has_no_window() {
    for &state in State::ALL {
        for control in [Control::RST, Control::RST | Control::ACK] {
            for offset in [0, 1, 2, 3, 70_000] {
                let mut end = End::in_state(state);
                // The invariants check every segment sent.
                end.rcv(&end.peer(control, offset, offset));
            }
        }
    }
}
