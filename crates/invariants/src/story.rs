//! Takes any bytes for a story of one end: calls, segments and time-outs, in any order and with any settings.

use std::collections::BTreeSet;

use bytes::Bytes;
use tcp::options::timestamp;
use tcp::time::Duration;
use tcp::{
    Call, Config, Control, Event, IcmpKind, IcmpReport, Options, Rule, Segment, SeqNumber, Settings, State,
    TimerKind, Timestamps, WhatIf,
};

use super::bytes_as::Choices;
use super::end::{End, LOCAL, Offer, REMOTE};

/// The longest story. Longer ones would find nothing new.
const MOST_EVENTS: u32 = 400;

/// Reads the settings, the first state, and then one event after the other. Returns the rules that fired.
pub fn check(data: &[u8]) -> BTreeSet<Rule> {
    let mut choices = Choices(data);
    let bits = choices.u16();
    let (more, offers) = (choices.byte(), offer(choices.byte()));
    let config = with_options(config(bits, &mut choices), more);
    let settings = Settings { config, ..Settings::default() };
    let mut end = End::in_state(choices.pick(State::ALL), settings, offers);
    // Most stories break no rules.
    if bits >> 13 == 7 {
        end.settings.what_if = broken_rules(choices.byte());
    }
    let mut count = 0;
    while !choices.is_over() && count < MOST_EVENTS {
        count += 1;
        let kind = choices.byte() % 18;
        if kind == 17 {
            // Several times, because it takes three duplicates to prove a loss.
            for _ in 0..=choices.byte() % 6 {
                end.on(Event::SegmentArrives(duplicate(&mut choices, &end)));
            }
        } else {
            let event = event(kind, &mut choices, &mut end);
            end.on(event);
        }
    }
    end.fired
}

pub(crate) fn config(bits: u16, choices: &mut Choices<'_>) -> Config {
    let is_set = |bit: u16| bits >> bit & 1 == 1;
    let bytes = choices.pick(&[65_535, 1_000_000, 1_000, 100, 1]);
    Config {
        rfc5961: !is_set(0),
        rfc1337: is_set(1),
        nagle: is_set(2),
        ack_delay: Duration::from_millis(if is_set(3) { 200 } else { 0 }),
        congestion_control: !is_set(4),
        keepalive: is_set(5),
        fin_wait_2: is_set(6).then_some(Duration::from_secs(60)),
        user_timeout: is_set(7).then_some(Duration::from_secs(30)),
        challenge_limit: if is_set(8) { None } else { Some(10) },
        send_buffer_bytes: if is_set(9) { bytes } else { 65_535 },
        receive_buffer_bytes: if is_set(10) { bytes } else { 65_535 },
        mtu: if is_set(11) { 68 } else { 1_500 },
        data_retries: if is_set(12) { 2 } else { 15 },
        aggregate_acks: is_set(13),
        ..if is_set(15) { the_other_ways() } else { Config::default() }
    }
}

/// The settings that answer every dispute differently from RFC 9293.
fn the_other_ways() -> Config {
    Config {
        drop_syn_fin: true,
        refuse_in_time_wait: true,
        ignore_syn_ack_at_listen: true,
        syn_again_at_once: true,
        fin_again_with_ack: true,
        reset_while_opening: true,
        epipe_in_close_wait: true,
        fin_with_unread_data: true,
        open_timeout: Some(Duration::from_secs(3)),
        keep_text_after_shutdown: true,
        delay_ack_of_fin: true,
        syn_linear_retries: 4,
        ignore_text_on_syn: true,
        ..Config::default()
    }
}

/// Settings for options and other features, chosen by `bits`.
fn with_options(config: Config, bits: u8) -> Config {
    let is_set = |bit: u8| bits >> bit & 1 == 1;
    Config {
        timestamps: is_set(0),
        sack: is_set(1),
        window_scale: is_set(2).then_some(if is_set(3) { 14 } else { 2 }),
        reopen_from_time_wait: is_set(4),
        icmp_hard_aborts: is_set(5),
        drop_syn_fin: is_set(6),
        keepalive_octet: is_set(7),
        ..config
    }
}

/// The options in the other end's SYN.
fn offer(bits: u8) -> Offer {
    let scales = [None, Some(0), Some(7), Some(u8::MAX)];
    Offer { window_scale: scales[usize::from(bits >> 2 & 3)], sack: bits & 2 == 2, timestamps: bits & 1 == 1 }
}

const fn broken_rules(bits: u8) -> WhatIf {
    WhatIf {
        two_way_open: bits & 1 == 1,
        no_time_wait: bits & 2 == 2,
        three_way_close: bits & 4 == 4,
        fixed_isn: bits & 8 == 8,
    }
}

fn event(kind: u8, choices: &mut Choices<'_>, end: &mut End) -> Event {
    match kind {
        0..7 => Event::SegmentArrives(segment(choices, end)),
        7 => Event::SegmentArrives(wild_segment(choices)),
        8..12 => Event::Call(call(choices)),
        12 | 13 => next_timeout(end),
        14 => Event::Timeout(choices.pick(TimerKind::ALL)),
        15 => Event::IcmpArrives(report(choices, end)),
        _ => {
            end.now += Duration::from_millis(u64::from(choices.u16()));
            overdue(end).unwrap_or_else(|| Event::SegmentArrives(segment(choices, end)))
        }
    }
}

fn call(choices: &mut Choices<'_>) -> Call {
    match choices.byte() % 10 {
        0 => Call::OpenPassive,
        1 => Call::OpenActive { local: LOCAL, remote: REMOTE },
        2..5 => {
            let count = usize::from(choices.u16() % 5_000);
            let first = usize::from(choices.byte());
            let data: Bytes = (first..first + count).map(|i| i as u8).collect();
            Call::Send { data, remote: choices.bool().then_some(REMOTE) }
        }
        5 | 6 => Call::Receive { max_bytes: u32::from(choices.u16()) },
        7 => Call::Shutdown,
        8 => {
            if choices.bool() {
                Call::ShutdownRead
            } else {
                Call::Configure
            }
        }
        _ => {
            if choices.bool() {
                Call::Close
            } else {
                Call::Abort
            }
        }
    }
}

/// A report about a number in flight, or close to it.
fn report(choices: &mut Choices<'_>, end: &End) -> IcmpReport {
    let kind = choices.pick(IcmpKind::ALL);
    let snd = end.tcb.snd;
    IcmpReport { kind, seq: choices.pick(&[snd.una, snd.una, snd.nxt.sub(1), snd.nxt, snd.iss.sub(1)]) }
}

/// A segment whose numbers are close to those of the connection.
fn segment(choices: &mut Choices<'_>, end: &End) -> Segment {
    let tcb = &end.tcb;
    let (snd, rcv) = (tcb.snd, tcb.rcv);
    let seqs = [rcv.nxt, rcv.nxt, rcv.nxt, rcv.irs, rcv.nxt.add(rcv.wnd), rcv.nxt.sub(1), rcv.nxt.add(100)];
    let acks = [snd.nxt, snd.nxt, snd.una, snd.una.add(1), snd.iss, snd.iss.add(1), snd.una.sub(snd.max_wnd)];
    let seq = near(choices, &seqs);
    let ack = near(choices, &acks);
    let usual = [
        Control::ACK,
        Control::ACK,
        Control::ACK,
        Control::ACK.union(Control::FIN),
        Control::RST,
        Control::SYN,
    ];
    let control =
        if choices.bool() { choices.pick(&usual) } else { Control::from_bits_retain(choices.byte()) };
    let text_bytes = choices.pick(&[0, 0, 1, 10, 100, 1_460]);
    let window = choices.pick(&[0, 1, 100, 5_000, 65_535]);
    Segment {
        source: REMOTE,
        destination: LOCAL,
        seq,
        ack,
        control,
        window,
        urgent: 0,
        ttl: 64,
        options: options(choices, end, control),
        text: Bytes::from(vec![7; text_bytes]),
    }
}

/// The last acknowledgement again, from a peer that keeps to what was agreed on and has two segments beyond a hole.
fn duplicate(choices: &mut Choices<'_>, end: &End) -> Segment {
    let tcb = &end.tcb;
    let shift = tcb.agreed.shifts.map_or(0, |shifts| shifts.send);
    let held = |place: u32| {
        let first = tcb.snd.una.add(place * u32::from(tcb.send_mss));
        (first, first.add(u32::from(tcb.send_mss)))
    };
    let mut segment = end.next_segment(Control::ACK);
    segment.ack = tcb.snd.una;
    segment.window = (tcb.snd.wnd >> shift).min(65_535) as u16;
    if tcb.agreed.sack {
        let first = u32::from(choices.byte() % 4);
        segment.options.sack = [held(first + 2), held(first)].into_iter().collect();
    }
    segment
}

/// One of `from`, or a number next to it.
fn near(choices: &mut Choices<'_>, from: &[SeqNumber]) -> SeqNumber {
    let base = choices.pick(from);
    match choices.byte() {
        0..128 => base,
        other => base.add(u32::from(other & 0x3F)).sub(32),
    }
}

/// Usually the options of a peer that keeps to what was agreed on; sometimes any options.
fn options(choices: &mut Choices<'_>, end: &End, control: Control) -> Options {
    let mss = choices.pick(&[None, None, Some(0), Some(1), Some(536), Some(u16::MAX)]);
    let bits = choices.byte();
    let is_odd = |bit: u8| bits >> bit & 1 == 1;
    let agreed = end.tcb.agreed;
    let mut options = Options { mss, ..Options::default() };
    if control.contains(Control::SYN) {
        options.window_scale = is_odd(0).then(|| choices.pick(&[0, 7, u8::MAX]));
        options.sack_permitted = is_odd(1);
    }
    if agreed.sack && is_odd(2) {
        let (una, nxt) = (end.tcb.snd.una, end.tcb.snd.nxt);
        let numbers = [una, una.add(1), una.add(100), una.add(1_460), una.add(2_920), nxt.sub(1), nxt];
        let count = usize::from(bits >> 6) + 1;
        options.sack = (0..count).map(|_| (near(choices, &numbers), near(choices, &numbers))).collect();
    }
    if agreed.timestamps.is_some() != is_odd(3) || (control.contains(Control::SYN) && is_odd(4)) {
        let late = if is_odd(5) { u32::from(choices.byte()) } else { 0 };
        let value = end.peer_clock().wrapping_sub(late).wrapping_add(late / 8);
        options.timestamps = Some(Timestamps { value, echo: timestamp(end.now).wrapping_sub(late) });
    }
    options
}

/// A segment with any numbers.
fn wild_segment(choices: &mut Choices<'_>) -> Segment {
    Segment {
        source: REMOTE,
        destination: LOCAL,
        seq: SeqNumber(choices.u32()),
        ack: SeqNumber(choices.u32()),
        control: Control::from_bits_retain(choices.byte()),
        window: choices.u16(),
        urgent: choices.u16(),
        ttl: 64,
        options: Options::default(),
        text: Bytes::from(vec![9; usize::from(choices.byte())]),
    }
}

/// Moves the clock to the next timer. That timer expires.
fn next_timeout(end: &mut End) -> Event {
    match end.tcb.timers.next() {
        Some((kind, at)) => {
            end.now = end.now.max(at);
            Event::Timeout(kind)
        }
        None => Event::Timeout(TimerKind::Retransmission),
    }
}

/// A timer that is overdue.
fn overdue(end: &End) -> Option<Event> {
    let (kind, at) = end.tcb.timers.next()?;
    (at <= end.now).then_some(Event::Timeout(kind))
}
