//! Options agreed on in the SYNs: window scale and timestamps (RFC 7323), selective acknowledgement (RFC 2018, RFC
//! 6675).

use tcp::time::Duration;
use tcp::{
    Call, Config, Control, DropReason, Options, Rule, Segment, SendReason, SeqNumber, Settings, State, Test,
    Timestamps, Transition, give_way,
};

use crate::ends::{A, B, End, Pair, reasons, rules};

const MSS: u32 = 1_000;
static DATA: [u8; 20 * MSS as usize] = [7; 20 * MSS as usize];

fn settings(change: impl FnOnce(&mut Config)) -> Settings {
    let mut settings = Settings::default();
    change(&mut settings.config);
    settings
}

/// An end in ESTABLISHED whose peer sent the options `theirs` in its SYN,ACK.
fn opened(settings: Settings, theirs: Options) -> End {
    let mut end = End::in_state_with(State::SynSent, settings);
    let syn_ack = Segment { options: theirs, ..end.peer(Control::SYN | Control::ACK, 0, 1) };
    end.rcv(&syn_ack);
    assert_eq!(end.state(), State::Established);
    end
}

fn options_sent(transition: &Transition) -> Options {
    transition.sent().next().expect("a segment leaves").0.options.clone()
}

/// Both ends of a pair with these settings, after the handshake.
fn pair(settings: &Settings) -> Pair {
    let mut pair = Pair::new();
    pair.a.settings = settings.clone();
    pair.b = End::new(B, settings.clone());
    pair.b.call(Call::OpenPassive);
    pair.a(|a| a.connect());
    pair.settle();
    assert_eq!(pair.states(), [State::Established; 2]);
    pair
}

// ---- Agreement -------------------------------------------------------------------------------------------------

#[test]
fn by_default_a_syn_has_only_an_mss_option() {
    let mut end = End::client();
    let expected = Options { mss: Some(1_460), ..Options::default() };
    assert_eq!(options_sent(&end.connect()), expected);
}

#[test]
fn a_syn_offers_what_is_switched_on() {
    let all = settings(|config| {
        (config.window_scale, config.timestamps, config.sack) = (Some(7), true, true);
    });
    let mut end = End::new(A, all);
    end.wait(Duration::from_millis(5));
    let offered = options_sent(&end.connect());
    assert_eq!((offered.window_scale, offered.sack_permitted), (Some(7), true));
    assert_eq!(offered.timestamps, Some(Timestamps { value: 5, echo: 0 }));
}

#[test]
fn a_syn_ack_has_only_options_that_the_syn_had() {
    let all = settings(|config| {
        (config.window_scale, config.timestamps, config.sack) = (Some(7), true, true);
    });
    let mut end = End::in_state_with(State::Listen, all);
    let plain = options_sent(&end.rcv(&end.peer(Control::SYN, 0, 0)));
    assert_eq!(plain, Options { mss: Some(1_460), ..Options::default() });
    assert_eq!(end.tcb.agreed, Default::default());
}

#[test]
fn a_repeated_syn_offers_the_same_again() {
    let mut end = End::new(A, settings(|config| (config.window_scale, config.sack) = (Some(3), true)));
    let first = options_sent(&end.connect());
    let (_, again) = end.expire();
    assert_eq!(options_sent(&again), first);
}

#[test]
fn must_16_a_segment_leaves_room_for_its_options() {
    let theirs = Options {
        mss: Some(MSS as u16),
        timestamps: Some(Timestamps { value: 1, echo: 0 }),
        ..Options::default()
    };
    let mut end = opened(settings(|config| config.timestamps = true), theirs);
    let (segment, _) = end.send(&DATA).sent().next().map(|(s, why)| (s.clone(), why)).expect("data leaves");
    assert_eq!(segment.text_len(), MSS - 12, "the option takes 12 octets of every segment");
}

// ---- Window scale ----------------------------------------------------------------------------------------------

/// The options alone are longer than the MSS. Each segment still carries one octet.
#[test]
fn an_mss_of_one_with_options_still_makes_progress() {
    let all = settings(|config| (config.timestamps, config.sack) = (true, true));
    let times = Some(Timestamps { value: 1, echo: 0 });
    let theirs = Options { mss: Some(1), sack_permitted: true, timestamps: times, ..Options::default() };
    let mut end = opened(all, theirs);
    // A hole, so that every segment also carries a SACK block.
    let behind = stamped(Segment { text: b"z".as_slice().into(), ..end.peer(Control::ACK, 9, 1) }, 1, 0);
    end.rcv(&behind);
    let mut said = end.send(b"progress").sent().map(|(segment, _)| segment.clone()).collect::<Vec<_>>();
    assert!(!said.is_empty());
    while end.tcb.in_flight() > 0 {
        let acked = end.tcb.snd.nxt.since(end.tcb.snd.iss);
        let transition = end.rcv(&stamped(end.peer(Control::ACK, 1, acked), 1, 0));
        said.extend(transition.sent().map(|(segment, _)| segment.clone()));
    }
    for segment in &said {
        assert_eq!((segment.text.len(), segment.options.sack.len()), (1, 1), "{segment}");
        assert!(segment.options.timestamps.is_some(), "{segment}");
    }
    let text: Vec<_> = said.iter().flat_map(|segment| segment.text.to_vec()).collect();
    assert_eq!(text, b"progress");
}

#[test]
fn a_window_beyond_65535_is_announced_by_its_upper_bits() {
    let big = settings(|config| (config.window_scale, config.receive_buffer_bytes) = (Some(3), 400_000));
    let pair = pair(&big);
    assert_eq!(pair.a.tcb.rcv.wnd, 400_000);
    assert_eq!(pair.b.tcb.snd.wnd, 400_000);
}

#[test]
fn the_window_of_a_syn_is_never_scaled() {
    let big = settings(|config| (config.window_scale, config.receive_buffer_bytes) = (Some(3), 400_000));
    let mut end = End::new(A, big);
    let syn = end.connect();
    assert_eq!(syn.sent().next().expect("SYN").0.window, 65_535);
    let theirs = Options { window_scale: Some(5), ..Options::default() };
    end.rcv(&Segment { options: theirs, window: 1_000, ..end.peer(Control::SYN | Control::ACK, 0, 1) });
    assert_eq!(end.tcb.snd.wnd, 1_000);
    end.rcv(&Segment { window: 1_000, ..end.peer(Control::ACK, 1, 1) });
    assert_eq!(end.tcb.snd.wnd, 32_000);
}

/// The shift is a setting and does not depend on the buffer. For any pair of them, the announced window is the buffer,
/// or the largest value of the field, rounded down to the scale.
#[test]
fn each_shift_announces_as_much_of_a_buffer_as_it_can() {
    for shift in 0..=14 {
        for buffer in [1, 100, 65_535, 65_536, 131_071, 1_000_000, 1 << 24, 65_535 << 14, u32::MAX] {
            let settings = settings(|config| {
                (config.window_scale, config.receive_buffer_bytes) = (Some(shift), buffer);
            });
            let theirs = Options { window_scale: Some(0), ..Options::default() };
            let mut end = opened(settings, theirs);
            let sent = end.send(b"x");
            let field = sent.sent().next().expect("it is sent").0.window;
            let largest = buffer.min(65_535 << shift);
            assert_eq!(end.tcb.rcv.wnd, largest, "{buffer} octets, shift {shift}");
            assert_eq!(u32::from(field), largest >> shift, "{buffer} octets, shift {shift}");
        }
    }
}

#[test]
fn a_shift_beyond_fourteen_counts_as_fourteen() {
    let end = opened(
        settings(|config| config.window_scale = Some(200)),
        Options { window_scale: Some(255), ..Options::default() },
    );
    let shifts = end.tcb.agreed.shifts.expect("both named one");
    assert_eq!((shifts.send, shifts.receive), (14, 14));
}

#[test]
fn without_the_peers_window_scale_windows_end_at_65535() {
    let big = settings(|config| (config.window_scale, config.receive_buffer_bytes) = (Some(3), 400_000));
    let end = opened(big, Options::default());
    assert_eq!((end.tcb.rcv.wnd, end.tcb.agreed.shifts), (65_535, None));
}

// ---- Timestamps ------------------------------------------------------------------------------------------------

/// An open end whose peer's last timestamp was 1,000.
fn timed() -> End {
    let theirs = Options { timestamps: Some(Timestamps { value: 1_000, echo: 0 }), ..Options::default() };
    opened(settings(|config| config.timestamps = true), theirs)
}

fn stamped(segment: Segment, value: u32, echo: u32) -> Segment {
    let timestamps = Some(Timestamps { value, echo });
    Segment { options: Options { timestamps, ..Options::default() }, ..segment }
}

#[test]
fn the_latest_timestamp_in_order_is_echoed() {
    let mut end = timed();
    let transition = end.rcv(&stamped(end.peer_text(1, 1, b"abc"), 1_020, 0));
    assert_eq!(options_sent(&transition).timestamps.expect("agreed").echo, 1_020);
    // Beyond a hole: the echo stays that of the last segment in order.
    let transition = end.rcv(&stamped(end.peer_text(9, 1, b"xyz"), 1_050, 0));
    assert_eq!(options_sent(&transition).timestamps.expect("agreed").echo, 1_020);
}

#[test]
fn a_delayed_acknowledgement_echoes_the_earliest_segment_it_covers() {
    let mut end = timed();
    end.settings.config.ack_delay = Duration::from_millis(200);
    end.rcv(&stamped(end.peer_text(1, 1, b"abc"), 1_020, 0));
    end.rcv(&stamped(end.peer_text(4, 1, b"def"), 1_030, 0));
    let (_, transition) = end.expire();
    assert_eq!(options_sent(&transition).timestamps.expect("agreed").echo, 1_020);
}

#[test]
fn a_segment_with_an_old_timestamp_is_dropped() {
    let mut end = timed();
    let transition = end.rcv(&stamped(end.peer_text(1, 1, b"old"), 999, 0));
    assert_eq!(transition.rule(), Rule::TimestampTooOld);
    assert!(transition.dropped().eq([DropReason::TimestampTooOld]));
    assert_eq!(reasons(&transition), [SendReason::Acknowledge]);
    assert_eq!(end.tcb.readable_bytes(), 0);
    assert!(!transition.check(Test::TimestampNotTooOld).expect("it was made").passed);
}

#[test]
fn an_ack_of_unsent_data_does_not_update_ts_recent() {
    let mut end = timed();
    let recent = end.tcb.agreed.timestamps.expect("they were agreed on");
    let late = Some(Timestamps { value: recent.value + 1_000_000, echo: 1 });
    let forged = Segment {
        options: Options { timestamps: late, ..Options::default() },
        ..end.peer(Control::ACK, 1, 9_999)
    };
    assert_eq!(end.rcv(&forged).rule(), Rule::AckOfUnsent);
    assert_eq!(end.tcb.agreed.timestamps, Some(recent), "what comes later would be too old");
}

#[test]
fn timestamps_wrap_like_sequence_numbers() {
    let theirs = Options { timestamps: Some(Timestamps { value: u32::MAX, echo: 0 }), ..Options::default() };
    let mut end = opened(settings(|config| config.timestamps = true), theirs);
    end.rcv(&stamped(end.peer_text(1, 1, b"abc"), 3, 0));
    assert_eq!(end.tcb.readable_bytes(), 3);
}

#[test]
fn after_twenty_four_days_an_old_timestamp_proves_nothing() {
    let mut end = timed();
    end.wait(Duration::from_secs(25 * 24 * 3_600));
    end.rcv(&stamped(end.peer_text(1, 1, b"abc"), 900, 0));
    assert_eq!(end.tcb.readable_bytes(), 3);
}

#[test]
fn once_agreed_on_a_segment_without_timestamps_is_dropped() {
    let mut end = timed();
    let transition = end.rcv(&end.peer_text(1, 1, b"abc"));
    assert_eq!(transition.rule(), Rule::TimestampMissing);
    assert!(transition.dropped().eq([DropReason::TimestampMissing]));
    assert_eq!(transition.sent().count(), 0);
}

#[test]
fn an_rst_needs_no_timestamp() {
    let mut end = timed();
    end.rcv(&end.peer(Control::RST, 1, 0));
    assert_eq!(end.state(), State::Closed);
}

#[test]
fn with_timestamps_even_a_repeated_segment_measures_a_round_trip() {
    let mut end = timed();
    end.wait(Duration::from_millis(10_000));
    end.send(b"abc");
    let (_, again) = end.expire();
    let sent_at = options_sent(&again).timestamps.expect("agreed").value;
    end.wait(Duration::from_millis(80));
    let before = end.tcb.rto.smoothed();
    end.rcv(&stamped(end.peer(Control::ACK, 1, 4), 1_100, sent_at));
    assert_ne!(end.tcb.rto.smoothed(), before, "Karn's rule does not apply: the echo names the copy");
}

#[test]
fn shld_4_a_later_timestamp_shortens_time_wait_whatever_the_number() {
    let mut end = timed();
    end.settings.config.reopen_from_time_wait = true;
    end.call(Call::Shutdown);
    end.rcv(&stamped(end.peer(Control::FIN | Control::ACK, 1, 2), 1_010, 0));
    assert_eq!(end.state(), State::TimeWait);
    let gives_way = |seq, value| {
        let syn = stamped(end.peer(Control::SYN, seq, 0), value, 0);
        give_way(&end.tcb, &end.settings, end.now, &syn).is_some()
    };
    assert!(gives_way(0, 1_011), "an old number, but a later time");
    assert!(gives_way(9, 1_010), "the same time, but a later number");
    assert!(!gives_way(0, 1_010), "neither");
    assert!(!gives_way(9, 1_009), "an earlier time, whatever the number");
}

#[test]
fn shld_4_new_timestamps_open_if_the_old_connection_had_none() {
    for (wants, expected) in [(true, true), (false, false)] {
        let mut settings = Settings::default();
        settings.config.reopen_from_time_wait = true;
        settings.config.timestamps = wants;
        let end = End::in_state_with(State::TimeWait, settings);
        assert_eq!(end.tcb.agreed.timestamps, None, "its peer had none");
        let syn = stamped(end.peer(Control::SYN, 0, 0), 5, 0);
        assert_eq!(give_way(&end.tcb, &end.settings, end.now, &syn).is_some(), expected, "{wants}");
    }
}

#[test]
fn an_echo_from_the_future_measures_nothing() {
    let mut end = timed();
    end.wait(Duration::from_millis(10_000));
    end.send(b"abc");
    end.wait(Duration::from_millis(50));
    end.rcv(&stamped(end.peer(Control::ACK, 1, 4), 1_100, 4_000_000));
    assert_eq!(end.tcb.in_flight(), 0, "the acknowledgement counts");
    assert!(end.tcb.rto.smoothed() < Some(Duration::from_secs(1)), "{:?}", end.tcb.rto);
}

#[test]
fn a_window_has_room_for_a_limited_number_of_small_segments() {
    for (mtu, expected) in [(1_500, 1 << 20), (68, 28 * 4_096)] {
        let large = settings(|config| {
            config.window_scale = Some(7);
            config.receive_buffer_bytes = 1 << 20;
            config.mtu = mtu;
        });
        let end = opened(large, Options { window_scale: Some(0), ..Options::default() });
        assert_eq!(end.tcb.rcv.wnd, expected, "{mtu}");
        assert!(!end.tcb.rcv.announced.is_after(end.tcb.rcv.nxt.add(expected)));
    }
}

// ---- Selective acknowledgement ---------------------------------------------------------------------------------

#[test]
fn sack_reports_the_latest_block_first() {
    let mut end =
        opened(settings(|config| config.sack = true), Options { sack_permitted: true, ..Options::default() });
    let blocks = |transition: &Transition, end: &End| -> Vec<_> {
        let irs = end.tcb.rcv.irs;
        let relative = |(first, after): (SeqNumber, SeqNumber)| (first.since(irs), after.since(irs));
        options_sent(transition).sack.iter().map(relative).collect()
    };
    let transition = end.rcv(&end.peer_text(11, 1, b"cc"));
    assert_eq!(blocks(&transition, &end), [(11, 13)]);
    let transition = end.rcv(&end.peer_text(5, 1, b"bb"));
    assert_eq!(blocks(&transition, &end), [(5, 7), (11, 13)]);
    let transition = end.rcv(&end.peer_text(13, 1, b"dd"));
    assert_eq!(blocks(&transition, &end), [(11, 15), (5, 7)]);
    let transition = end.rcv(&end.peer_text(1, 1, b"aaaa"));
    assert_eq!(blocks(&transition, &end), [(11, 15)], "what is acknowledged is not named");
}

#[test]
fn without_agreement_sack_is_neither_sent_nor_believed() {
    let mut end = opened(settings(|config| config.sack = true), Options::default());
    let transition = end.rcv(&end.peer_text(5, 1, b"bb"));
    assert!(options_sent(&transition).sack.is_empty());
    end.send(&DATA);
    end.rcv(&sacking(&end, 0, &[(1, 2)]));
    assert!(end.tcb.scoreboard.is_empty());
}

/// An open end with SACK that has sent eight segments.
fn sending() -> End {
    let theirs = Options { mss: Some(MSS as u16), sack_permitted: true, ..Options::default() };
    let unlimited = settings(|config| config.sack = true);
    let mut end = opened(unlimited, theirs);
    end.send(&DATA);
    for acked in 1..=4 {
        end.rcv(&sacking(&end, acked, &[]));
    }
    assert_eq!(end.tcb.in_flight(), 8 * MSS, "slow start has doubled");
    end
}

/// An acknowledgement of the first `acked` segments, with SACK blocks that count in segments.
fn sacking(end: &End, acked: u32, blocks: &[(u32, u32)]) -> Segment {
    let number = |segment: u32| end.tcb.snd.iss.add(1 + segment * MSS);
    let sack = blocks.iter().map(|&(first, after)| (number(first), number(after))).collect();
    Segment { options: Options { sack, ..Options::default() }, ..end.peer(Control::ACK, 1, 1 + acked * MSS) }
}

/// Which segments a transition sent, counted in segments from the first one.
fn numbers(transition: &Transition) -> Vec<u32> {
    let first = transition.after.snd.iss.add(1);
    transition.sent().map(|(segment, _)| segment.seq.since(first) / MSS).collect()
}

#[test]
fn two_lost_segments_are_repeated_within_one_round_trip() {
    // Segments 4 to 11 are in flight; 4 and 7 are lost.
    let mut end = sending();
    assert_eq!(numbers(&end.rcv(&sacking(&end, 4, &[(5, 6)]))), [12], "limited transmit");
    assert_eq!(numbers(&end.rcv(&sacking(&end, 4, &[(5, 7)]))), [13]);
    let third = end.rcv(&sacking(&end, 4, &[(8, 9), (5, 7)]));
    assert_eq!((third.rule(), numbers(&third)), (Rule::FastRetransmit, vec![4]));
    let fourth = end.rcv(&sacking(&end, 4, &[(8, 10), (5, 7)]));
    assert!(rules(&fourth).contains(&Rule::SackRepeatsHole));
    assert_eq!((reasons(&fourth)[0], numbers(&fourth)[0]), (SendReason::SackRetransmit, 7));
    let fifth = end.rcv(&sacking(&end, 4, &[(8, 11), (5, 7)]));
    assert!(!rules(&fifth).contains(&Rule::SackRepeatsHole), "no hole is left");
    assert!(numbers(&fifth).iter().all(|number| *number > 11), "and nothing is sent twice");
}

#[test]
fn sack_proves_a_loss_even_while_the_window_changes() {
    let mut end = sending();
    // Each one reports something new, and the first also changes the window.
    let mut first = sacking(&end, 4, &[(5, 6)]);
    first.window -= 1;
    let mut later = [sacking(&end, 4, &[(5, 7)]), sacking(&end, 4, &[(5, 8)])];
    later.iter_mut().for_each(|segment| segment.window -= 1);
    assert_eq!(end.rcv(&first).rule(), Rule::AckDuplicate);
    assert_eq!(end.rcv(&later[0]).rule(), Rule::AckDuplicate);
    assert_eq!(end.rcv(&later[1]).rule(), Rule::FastRetransmit);
    // One that reports nothing new is only a window update.
    let mut again = sacking(&end, 4, &[(5, 8)]);
    again.window -= 2;
    assert_eq!(end.rcv(&again).rule(), Rule::AckMovesWindow);
}

#[test]
fn a_partial_ack_repeats_no_segment_that_the_peer_has() {
    let mut end = sending();
    for blocks in [&[(5, 6)][..], &[(5, 7)], &[(8, 9), (5, 7)]] {
        end.rcv(&sacking(&end, 4, blocks));
    }
    let partial = end.rcv(&sacking(&end, 7, &[(8, 9)]));
    assert_eq!(numbers(&partial)[0], 7);
    assert_eq!(reasons(&partial)[0], SendReason::PartialAck);
}

#[test]
fn a_repeated_segment_ends_where_the_peer_already_has_the_rest() {
    let mut end = sending();
    let half = Segment {
        options: Options {
            sack: [(end.tcb.snd.una.add(MSS / 2), end.tcb.snd.una.add(MSS))].into_iter().collect(),
            ..Options::default()
        },
        ..end.peer(Control::ACK, 1, 1 + 4 * MSS)
    };
    end.rcv(&half);
    end.rcv(&half);
    let third = end.rcv(&half);
    assert_eq!(third.sent().next().expect("the lost half").0.text_len(), MSS / 2);
}

#[test]
fn after_a_time_out_sack_blocks_are_forgotten() {
    let mut end = sending();
    end.rcv(&sacking(&end, 4, &[(5, 12)]));
    assert!(!end.tcb.scoreboard.is_empty());
    let (_, transition) = end.expire();
    assert!(end.tcb.scoreboard.is_empty());
    assert_eq!(numbers(&transition), [4]);
}

#[test]
fn sack_blocks_of_unsent_data_are_not_believed() {
    let mut end = sending();
    end.rcv(&sacking(&end, 4, &[(11, 13), (90, 95), (6, 6)]));
    assert!(end.tcb.scoreboard.is_empty());
}

// ---- Data that came twice (RFC 2883) ------------------------------------------------------------------------------------------

/// An end that agreed on SACK and received the octets from 1 to before 100 in order.
fn receiving() -> End {
    let theirs = Options { mss: Some(MSS as u16), sack_permitted: true, ..Options::default() };
    let mut end = opened(settings(|config| config.sack = true), theirs);
    end.rcv(&stretch(&end, 1, 100));
    end
}

/// The octets from `first` to before `after`.
fn stretch(end: &End, first: u32, after: u32) -> Segment {
    static OCTETS: [u8; 1_000] = [7; 1_000];
    end.peer_text(first, 1, &OCTETS[..(after - first) as usize])
}

/// Sends the octets from `first` to before `after`. Returns the number and the SACK blocks of the acknowledgement.
fn answer(end: &mut End, first: u32, after: u32) -> (u32, Vec<(u32, u32)>) {
    let transition = end.rcv(&stretch(end, first, after));
    let irs = end.tcb.rcv.irs;
    let (ack, _) = transition.sent().next().expect("an acknowledgement");
    let blocks = ack.options.sack.iter().map(|(first, after)| (first.since(irs), after.since(irs)));
    (ack.ack.since(irs), blocks.collect())
}

#[test]
fn data_that_came_twice_is_reported_once() {
    let mut end = receiving();
    assert_eq!(answer(&mut end, 50, 75), (100, vec![(50, 75)]));
    assert_eq!(answer(&mut end, 200, 300), (100, vec![(200, 300)]));
    // Of a segment that also brings new data, only the part that came twice is reported.
    assert_eq!(answer(&mut end, 50, 150), (150, vec![(50, 100), (200, 300)]));
}

#[test]
fn a_repeat_behind_a_hole_is_reported_before_its_block() {
    let mut end = receiving();
    for (first, after) in [(200, 300), (400, 500), (600, 700)] {
        end.rcv(&stretch(&end, first, after));
    }
    let [low, middle, high] = [(200, 300), (400, 500), (600, 700)];
    assert_eq!(answer(&mut end, 600, 700), (100, vec![high, high, middle, low]));
    // If several ranges came twice, only the first is reported; and there is room for four blocks.
    assert_eq!(answer(&mut end, 250, 450), (100, vec![(250, 300), (200, 500), high]));
    assert_eq!(answer(&mut end, 100, 275), (500, vec![(200, 275), high]));
    assert_eq!(answer(&mut end, 500, 650), (700, vec![(600, 650)]));
}

#[test]
fn the_report_of_a_repeat_is_not_delayed() {
    let mut end = receiving();
    end.settings.config.ack_delay = Duration::from_millis(200);
    end.settings.config.aggregate_acks = true;
    assert_eq!(answer(&mut end, 50, 150), (150, vec![(50, 100)]));
}

#[test]
fn without_sack_repeats_are_not_reported() {
    let mut end = opened(Settings::default(), Options { mss: Some(MSS as u16), ..Options::default() });
    end.rcv(&stretch(&end, 1, 100));
    assert_eq!(answer(&mut end, 50, 75), (100, vec![]));
}

#[test]
fn reports_of_repeats_prove_no_loss() {
    let mut end = sending();
    for _ in 0..4 {
        let transition = end.rcv(&sacking(&end, 4, &[(2, 3)]));
        assert_eq!((transition.rule(), numbers(&transition)), (Rule::AckDuplicate, vec![]));
    }
    assert!(end.tcb.scoreboard.is_empty());
}
