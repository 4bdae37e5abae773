//! The size of segments: the MSS option, its effect, and which segment carries PSH (RFC 9293 §3.7.1, §3.9.1.2).

use bytes::Bytes;
use tcp::wire;
use tcp::{Call, Config, Control, Segment, Settings, State};

use crate::ends::{End, Pair, sent};

static DATA: [u8; 10_000] = [7; 10_000];

fn settings(change: impl FnOnce(&mut Config)) -> Settings {
    let mut settings = Settings::default();
    settings.config.congestion_control = false;
    change(&mut settings.config);
    settings
}

fn established(change: impl FnOnce(&mut Config)) -> End {
    End::in_state_with(State::Established, settings(change))
}

/// The MSS in each SYN of an end on a link of `mtu`: active and passive, first and repeated.
fn announced(mtu: u16) -> Vec<Option<u16>> {
    let mut active = End::in_state_with(State::Closed, settings(|config| config.mtu = mtu));
    let mut passive = End::in_state_with(State::Listen, settings(|config| config.mtu = mtu));
    let syn = passive.peer(Control::SYN, 0, 0);
    let transitions = [active.connect(), active.expire().1, passive.rcv(&syn), passive.expire().1];
    let segments = transitions.iter().flat_map(|transition| transition.sent());
    segments.map(|(segment, _)| segment.options.mss).collect()
}

/// The sizes of the segments that carry `DATA` to a peer that announces `mss`, after an active or a passive open.
fn sizes(mtu: u16, mss: u16, is_active: bool) -> Vec<usize> {
    let settings = settings(|config| config.mtu = mtu);
    let mut end = End::in_state_with(if is_active { State::SynSent } else { State::Listen }, settings);
    let control = if is_active { Control::SYN | Control::ACK } else { Control::SYN };
    let mut syn = end.peer(control, 0, 1);
    syn.options.mss = Some(mss);
    end.rcv(&syn);
    if !is_active {
        end.rcv(&end.peer(Control::ACK, 1, 1));
    }
    assert_eq!(end.state(), State::Established);
    end.send(&DATA).sent().map(|(segment, _)| segment.text.len()).collect()
}

#[test]
fn must_14_both_ends_announce_an_mss_and_respect_it() {
    assert_eq!(announced(1_500), [Some(1_460); 4]);
    for is_active in [true, false] {
        assert_eq!(sizes(1_500, 1_000, is_active), [1_000; 10]);
    }
}

#[test]
fn must_49_the_time_to_live_is_64_or_as_set() {
    for (chosen, sent) in [(None, 64), (Some(1), 1), (Some(255), 255), (Some(0), 1)] {
        let mut end = established(|config| config.ttl = chosen.unwrap_or(config.ttl));
        let data = end.send(b"data");
        let mut nobody = End::in_state_with(State::Closed, end.settings.clone());
        let reset = nobody.rcv(&nobody.peer(Control::ACK, 1, 1));
        for transition in [data, reset] {
            let ttls: Vec<_> = transition.sent().map(|(segment, _)| wire::encode(segment)[8]).collect();
            assert_eq!(ttls, [sent]);
        }
    }
}

#[test]
fn must_16_segments_fit_our_link_even_if_the_peer_takes_more() {
    for is_active in [true, false] {
        let sizes = |mtu, mss| sizes(mtu, mss, is_active);
        assert_eq!(sizes(1_500, 9_000)[..2], [1_460; 2]);
        assert_eq!(sizes(576, 1_460)[..2], [536; 2]);
        assert_eq!(sizes(9_000, 1_460)[..2], [1_460; 2]);
    }
}

#[test]
fn must_65_every_syn_and_nothing_else_carries_the_mss() {
    let mut pair = Pair::new();
    let mut seen = Vec::new();
    let mut note = |pair: &mut Pair| {
        while let Some((_, segment)) = pair.wire.front() {
            seen.push((segment.control, segment.options.mss.is_some()));
            pair.deliver();
        }
    };
    pair.a(End::connect);
    note(&mut pair);
    pair.a(|a| a.send(b"hello"));
    note(&mut pair);
    pair.a(|a| a.call(Call::Shutdown));
    note(&mut pair);
    pair.b(|b| b.call(Call::Abort));
    note(&mut pair);
    for bit in [Control::SYN, Control::PSH, Control::FIN, Control::RST] {
        assert!(seen.iter().any(|(control, _)| control.contains(bit)), "{bit} was sent");
    }
    for (control, has_mss) in seen {
        assert_eq!(has_mss, control.contains(Control::SYN), "{control}");
    }
}

#[test]
fn must_67_the_announced_mss_is_the_mtu_less_two_headers() {
    // Every link carries 68 octets (RFC 791), so a smaller MTU is ignored.
    for (mtu, mss) in [(1_500, 1_460), (9_000, 8_960), (72, 32), (68, 28), (0, 28)] {
        assert_eq!(announced(mtu), [Some(mss); 4]);
    }
}

#[test]
fn shld_5_an_mss_other_than_the_default_is_in_every_syn() {
    for mtu in [575, 577] {
        assert_eq!(announced(mtu), [Some(mtu - 40); 4]);
    }
}

#[test]
fn may_3_even_the_default_mss_is_announced() {
    assert_eq!(announced(576), [Some(536); 4]);
}

#[test]
fn a_tiny_mss_makes_progress_and_zero_is_ignored() {
    assert_eq!(sizes(1_500, 1, true)[..3], [1; 3]);
    assert_eq!(sizes(1_500, 0, true)[..3], [536; 3]);
}

#[test]
fn must_61_the_last_buffered_segment_carries_psh() {
    let mut end = established(|_| {});
    let first = sent(&end.send(&DATA[..1_200]));
    assert_eq!(
        first,
        ["ACK seq=1 ack=1 len=536", "ACK seq=537 ack=1 len=536", "PSH,ACK seq=1073 ack=1 len=128"]
    );
    assert_eq!(sent(&end.send(b"more")), ["PSH,ACK seq=1201 ack=1 len=4"]);
}

#[test]
fn shld_27_queued_sends_leave_together_with_one_psh() {
    let mut end = established(|_| {});
    end.rcv(&Segment { window: 0, ..end.peer(Control::ACK, 1, 1) });
    for text in [b"ab", b"cd", b"ef"] {
        assert!(sent(&end.send(text)).is_empty());
    }
    assert_eq!(sent(&end.rcv(&end.peer(Control::ACK, 1, 1))), ["PSH,ACK seq=1 ack=1 len=6"]);
}

#[test]
fn shld_28_segments_are_as_large_as_they_may_be() {
    let mut end = established(|_| {});
    end.rcv(&Segment { window: 0, ..end.peer(Control::ACK, 1, 1) });
    for _ in 0..10 {
        end.call(Call::Send { data: Bytes::from_static(&DATA[..100]), remote: None });
    }
    let opened = end.rcv(&end.peer(Control::ACK, 1, 1));
    assert_eq!(sent(&opened), ["ACK seq=1 ack=1 len=536", "PSH,ACK seq=537 ack=1 len=464"]);
}

#[test]
fn may_16_nagle_joins_small_writes() {
    let mut end = established(|config| config.nagle = true);
    end.send(b"a");
    for text in [b"b", b"c", b"d"] {
        assert!(sent(&end.send(text)).is_empty());
    }
    assert_eq!(sent(&end.rcv(&end.peer(Control::ACK, 1, 2))), ["PSH,ACK seq=2 ack=1 len=3"]);
    // Without Nagle each is sent by itself.
    let mut end = established(|_| {});
    end.send(b"a");
    assert_eq!(sent(&end.send(b"b")), ["PSH,ACK seq=2 ack=1 len=1"]);
}
