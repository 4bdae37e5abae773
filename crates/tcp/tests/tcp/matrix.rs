//! Eight kinds of segment arrive in each of the eleven states: the state afterwards, the reply, the rule.
//!
//! Every segment has the number that the end expects next. If it has ACK, it acknowledges everything that was sent.
//! Cases with other numbers are in `segments`.

use std::fmt::Write as _;

use expect_test::expect_file;
use tcp::{Control, State};

use crate::ends::{End, sent};

const KINDS: [Control; 8] = [
    Control::empty(),
    Control::ACK,
    Control::SYN,
    Control::RST,
    Control::FIN,
    Control::SYN.union(Control::ACK),
    Control::RST.union(Control::ACK),
    Control::FIN.union(Control::ACK),
];

#[test]
fn eight_kinds_of_segment_in_eleven_states() {
    let mut table = String::new();
    for &state in State::ALL {
        for kind in KINDS {
            let mut end = End::in_state(state);
            let next = end.tcb.rcv.nxt;
            let sent_by_us = end.tcb.snd.nxt.since(end.tcb.snd.iss);
            let mut segment = end.peer(kind, 0, sent_by_us);
            if state.is_synchronized() || state == State::SynReceived {
                segment.seq = next;
            }
            let transition = end.rcv(&segment);
            let reply = sent(&transition).join("; ");
            let reply = if reply.is_empty() { "-".to_owned() } else { reply };
            let (state, kind, rule) = (state.name(), kind.to_string(), transition.rule());
            let _ = writeln!(table, "{state:<12}  {kind:<7}  {:<12}  {reply:<29}  {rule}", end.state());
        }
    }
    expect_file!["matrix.txt"].assert_eq(&table);
}
