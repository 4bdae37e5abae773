//! Whatever can come up is explained in every language.

use std::collections::BTreeSet;
use std::rc::Rc;

use bytes::Bytes;

use course::template::{self, Slot};
use course::{Explanation, Lang, Notation, describe, explain, plain, text};
use lab::host::{HostId, Program, SocketCall, SocketId, SocketOption};
use lab::net::{Input, PacketId, Record, Setup, Verdict, What, World};
use lab::{Log, Records};
use tcp::time::{Duration, Instant};
use tcp::{
    Call, Config, Control, Dispute, Endpoint, Event, IcmpKind, IcmpReport, Options, Rule, Segment, Settings,
    State, Tcb, TimerKind, Timestamps, WhatIf,
};

use crate::chinese;

const C: HostId = HostId::Client;
const S: HostId = HostId::Server;

pub(crate) fn explain_all(records: Records<'_>) {
    for index in 0..records.len() {
        for lang in Lang::ALL {
            for notation in Notation::ALL {
                check_explanation(records, index, notation, lang);
            }
        }
    }
}

#[track_caller]
fn check_explanation(records: Records<'_>, index: usize, notation: Notation, lang: Lang) {
    let explanation = explain(records, index, notation, lang);
    let Explanation { title, happened, why, otherwise, trial, .. } = &explanation;
    let record = &records[index];
    assert!(!title.is_empty() && !happened.is_empty() && !why.is_empty(), "{record:#?}\n{explanation:#?}");
    if let What::Transition { transition, .. } = &record.what {
        assert!(!otherwise.is_empty(), "{record:#?}\n{explanation:#?}");
        // Where stacks disagree the reader learns who does otherwise.
        if let Some(dispute) = Dispute::of(transition) {
            assert!(plain(otherwise).ends_with(text::dispute(dispute, lang)), "{dispute:?}");
        }
        // Every rule has its sentence: a template whose slots could not be filled leaves none.
        for fired in &transition.fired {
            let template = &text::rule(fired.rule, lang).happened;
            assert!(template::slots(template, true).is_ok_and(|slots| !slots.contains(&Slot::Segment)));
        }
    }
    let log = describe(records, index, notation, lang);
    let parts = [happened, why, otherwise].map(|spans| plain(spans));
    for text in parts.iter().chain([&log, title]).chain(trial.as_ref().map(|spans| plain(spans)).as_ref()) {
        assert!(!text.contains(['{', '}', '`']) && !text.contains("**") && !text.contains("<<"), "{text}");
        match lang {
            Lang::ZhHans => assert_eq!(chinese::fault(text), None, "{text}"),
            Lang::En => {
                assert!(!text.contains("  ") && !text.contains(" ."), "{text}");
                assert!(!text.contains(". the ") && !text.starts_with("the "), "{text}");
            }
        }
    }
}

/// A generator as plain as can be; the tests only need variety.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32 % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len() as u32) as usize]
    }
}

/// Options as a peer would send that knows all of them.
fn any_options(dice: &mut Dice, tcb: &Tcb) -> Options {
    let recent = tcb.agreed.timestamps.map_or(1_000, |recent| recent.value);
    let value = dice.pick(&[recent, recent, recent, recent + 1, recent.wrapping_sub(5)]);
    let held = [(2, 3), (5, 6)].map(|(first, after)| (tcb.snd.una.add(first), tcb.snd.una.add(after)));
    Options {
        window_scale: Some(1),
        sack_permitted: true,
        timestamps: (dice.roll(12) > 0).then_some(Timestamps { value, echo: 1 }),
        sack: held.into_iter().collect(),
        ..Options::default()
    }
}

/// A segment that could reach `tcb`: mostly near its numbers, now and then far off.
fn any_segment(dice: &mut Dice, tcb: &Tcb, here: Endpoint, there: Endpoint) -> Segment {
    const CONTROLS: [Control; 12] = [
        Control::ACK,
        Control::ACK,
        Control::ACK,
        Control::SYN,
        Control::SYN.union(Control::ACK),
        Control::SYN.union(Control::ACK),
        Control::FIN.union(Control::ACK),
        Control::FIN.union(Control::ACK),
        Control::RST,
        Control::RST.union(Control::ACK),
        Control::empty(),
        Control::SYN.union(Control::ACK).union(Control::FIN),
    ];
    let rcv = tcb.rcv;
    let seqs =
        [rcv.nxt, rcv.nxt, rcv.nxt, rcv.nxt, rcv.irs, rcv.nxt.sub(1), rcv.nxt.add(3), rcv.nxt.add(90_000)];
    let snd = tcb.snd;
    let acks = [
        snd.nxt,
        snd.nxt,
        snd.nxt,
        snd.una,
        snd.nxt.sub(1),
        snd.nxt.add(1),
        snd.una.sub(80_000),
        snd.iss.add(1),
    ];
    let text = if dice.roll(3) == 0 { &b"some"[..dice.roll(5) as usize] } else { b"" };
    let any = Segment {
        source: there,
        destination: here,
        seq: dice.pick(&seqs),
        ack: dice.pick(&acks),
        control: dice.pick(&CONTROLS),
        window: dice.pick(&[0, 2, 65_535, 65_535, 65_535]),
        urgent: 0,
        ttl: 64,
        options: any_options(dice, tcb),
        text: Bytes::from_static(text),
    };
    if tcb.octets_in_flight() == 0 || dice.roll(3) == 0 {
        return any;
    }
    // The last acknowledgement once more: chance alone would hardly make three of them in a row.
    let window = u16::try_from(snd.wnd).unwrap_or(u16::MAX);
    Segment { seq: rcv.nxt, ack: snd.una, control: Control::ACK, window, text: Bytes::new(), ..any }
}

fn any_event(dice: &mut Dice, tcb: &Tcb, here: Endpoint, there: Endpoint) -> Event {
    if dice.roll(4) > 0 && tcb.state != State::Closed || dice.roll(6) == 0 {
        let armed: Vec<_> = tcb.timers.armed().map(|(kind, _)| kind).collect();
        if !armed.is_empty() && dice.roll(4) == 0 {
            return Event::Timeout(dice.pick(&armed));
        }
        if dice.roll(60) == 0 {
            return Event::Timeout(dice.pick(TimerKind::ALL));
        }
        return Event::SegmentArrives(any_segment(dice, tcb, here, there));
    }
    if dice.roll(12) == 0 {
        let seq = dice.pick(&[tcb.snd.una, tcb.snd.una, tcb.snd.nxt]);
        return Event::IcmpArrives(IcmpReport { kind: dice.pick(IcmpKind::ALL), seq });
    }
    Event::Call(match dice.roll(12) {
        0 | 1 => Call::OpenPassive,
        2..=4 => Call::OpenActive { local: here, remote: there },
        5 | 6 => Call::Send { data: Bytes::from_static(b"some data"), remote: Some(there) },
        7 => Call::Receive { max_bytes: dice.roll(9) },
        8 => Call::Shutdown,
        9 if dice.roll(4) == 0 => Call::ShutdownRead,
        9 => Call::Shutdown,
        10 if dice.roll(3) == 0 => Call::Abort,
        11 if dice.roll(2) == 0 => Call::Configure,
        _ => Call::Close,
    })
}

fn any_settings(dice: &mut Dice) -> Settings {
    let mut on = |sides| dice.roll(sides) == 0;
    Settings {
        config: Config {
            rfc5961: !on(4),
            rfc1337: on(2),
            data_retries: 3,
            syn_retries: 2,
            user_timeout: on(4).then_some(Duration::from_secs(5)),
            open_timeout: on(4).then_some(Duration::from_secs(2)),
            send_buffer_bytes: if on(5) { 6 } else { 65_535 },
            drop_syn_fin: on(4),
            refuse_in_time_wait: on(2),
            ignore_syn_ack_at_listen: on(4),
            syn_again_at_once: on(4),
            fin_again_with_ack: on(4),
            reset_while_opening: on(4),
            epipe_in_close_wait: on(4),
            fin_with_unread_data: on(4),
            keep_text_after_shutdown: on(4),
            delay_ack_of_fin: on(4),
            syn_linear_retries: if on(4) { 1 } else { 0 },
            ignore_text_on_syn: on(4),
            challenge_limit: if on(3) { Some(1) } else { Some(10) },
            ack_delay: Duration::from_millis(if on(4) { 200 } else { 0 }),
            aggregate_acks: on(4),
            nagle: on(4),
            window_scale: on(4).then_some(2),
            timestamps: on(4),
            sack: on(2),
            keepalive: on(3),
            keepalive_idle: Duration::from_secs(2),
            keepalive_interval: Duration::from_secs(1),
            keepalive_probes: 2,
            fin_wait_2: on(2).then_some(Duration::from_secs(3)),
            ..Config::default()
        },
        what_if: WhatIf {
            two_way_open: on(6),
            no_time_wait: on(6),
            three_way_close: on(6),
            fixed_isn: on(6),
        },
    }
}

#[test]
fn whatever_one_end_goes_through_is_explained() {
    let here = Endpoint::new(C.addr(), 40_000);
    let there = Endpoint::new(S.addr(), 80);
    let mut dice = Dice(1);
    let mut fired = BTreeSet::new();
    for _ in 0..6_000 {
        let settings = any_settings(&mut dice);
        let mut tcb = Rc::new(Tcb::closed(here, there, &settings.config));
        let mut records: Log<Rc<Record>> = Log::default();
        for tick in 0..24 {
            let now = Instant::from_millis(tick * 700);
            let event = any_event(&mut dice, &tcb, here, there);
            let transition = Rc::new(tcp::step(&tcb, &settings, now, event));
            tcb = Rc::clone(&transition.after);
            // A host never opens a TCB twice: an end of a connection begins as a fresh one.
            if transition.to() == State::Closed
                || transition.from() == State::SynReceived && tcb.state == State::Listen
            {
                tcb = Rc::new(Tcb::closed(here, there, &settings.config));
            }
            let is_new = transition.fired.iter().filter(|f| fired.insert(f.rule)).count() > 0;
            records.push(Rc::new(Record {
                id: tick as u32,
                at: now,
                host: Some(C),
                socket: Some(SocketId(3)),
                what: What::Transition { transition, packet: None, call: None, by_program: false },
                sent: Vec::new(),
            }));
            // Explaining reads all records before, so everything is explained now and then, and new things always.
            if is_new || dice.roll(40) == 0 {
                for lang in Lang::ALL {
                    check_explanation(records.all(), records.len() - 1, Notation::Symbolic, lang);
                }
            }
        }
    }
    let missing: Vec<_> =
        Rule::ALL.iter().filter(|rule| !fired.contains(rule)).map(|rule| rule.name()).collect();
    // The host makes these, see the next tests.
    assert_eq!(
        missing,
        ["listen-backlog-full", "listen-syn-cookie", "listen-rcv-cookie", "time-wait-gives-way"],
        "a rule that never came up was never explained here"
    );
}

#[test]
fn a_refused_request_is_explained() {
    let config = Config::default();
    let settings = Settings::default();
    let (here, there) = (Endpoint::new(S.addr(), 80), Endpoint::new(C.addr(), 40_000));
    let closed = Rc::new(Tcb::closed(here, Endpoint::UNSPECIFIED, &config));
    let listener = tcp::step(&closed, &settings, Instant::ZERO, Event::Call(Call::OpenPassive)).after;
    let syn = Segment { control: Control::SYN, ..any_segment(&mut Dice(1), &listener, here, there) };
    let transition = tcp::refuse_syn(&listener, &settings, Instant::ZERO, syn.clone(), 5, 5);
    explain_alone(transition);
    let asked = tcp::answer_with_cookie(&listener, &settings, Instant::ZERO, syn.clone(), 5, 5);
    let cookie = asked.sent().next().expect("SYN,ACK").0.seq;
    explain_alone(asked);
    let (seq, ack) = (syn.seq.add(1), cookie.add(1));
    let answer = Segment { control: Control::ACK, seq, ack, text: Bytes::new(), ..syn };
    explain_alone(tcp::open_by_cookie(&listener, &settings, Instant::ZERO, &answer, 0, 1).expect("it fits"));
    // Nobody has accepted meanwhile.
    explain_alone(tcp::open_by_cookie(&listener, &settings, Instant::ZERO, &answer, 1, 1).expect("it fits"));
}

#[test]
fn a_connection_that_gives_way_is_explained() {
    let mut settings = Settings::default();
    settings.config.reopen_from_time_wait = true;
    let (here, there) = (Endpoint::new(S.addr(), 80), Endpoint::new(C.addr(), 40_000));
    let old = Rc::new(Tcb { state: State::TimeWait, ..Tcb::closed(here, there, &settings.config) });
    let seq = old.rcv.nxt.add(5_000);
    let syn = Segment { control: Control::SYN, seq, ..any_segment(&mut Dice(1), &old, here, there) };
    explain_alone(tcp::give_way(&old, &settings, Instant::ZERO, &syn).expect("it is newer"));
}

fn explain_alone(transition: tcp::Transition) {
    let what =
        What::Transition { transition: Rc::new(transition), packet: None, call: None, by_program: false };
    let record =
        Record { id: 0, at: Instant::ZERO, host: Some(S), socket: Some(SocketId(3)), what, sent: Vec::new() };
    explain_all([Rc::new(record)].into_iter().collect::<Log<_>>().all());
}

#[test]
fn whatever_is_done_to_the_world_is_explained() {
    let mut dice = Dice(7);
    let mut deeds = BTreeSet::new();
    for seed in 0..12 {
        let rates = [50, 50];
        let setup = Setup {
            seed,
            loss_per_mille: rates,
            duplicate_per_mille: rates,
            programs: [Program::None, Program::Echo],
            ..Setup::default()
        };
        let mut world = World::new(setup);
        let socket = SocketId(3);
        let to = Endpoint::new(S.addr(), 80);
        for call in [SocketCall::Socket, SocketCall::Connect { socket, to }] {
            world.apply(Input::Call { host: C, call }).expect("a call is never an error");
        }
        for _ in 0..80 {
            // Half of these cannot be; then nothing has happened, and there is nothing to explain.
            let _ = world.apply(any_input(&mut dice, &world));
            world.step();
        }
        let records: Log<_> = world.take_records().map(Rc::new).collect();
        explain_all(records.all());
        deeds.extend(
            records.all().iter().map(|record| format!("{:?}", core::mem::discriminant(&record.what))),
        );
    }
    assert!(deeds.len() >= 9, "{deeds:?}");
}

fn any_input(dice: &mut Dice, world: &World) -> Input {
    let packet = world.link().in_flight().back().map_or(PacketId(1), |packet| packet.id);
    let kind = dice.pick(IcmpKind::ALL);
    let verdict = dice.pick(&[
        Verdict::Drop,
        Verdict::Unreachable(kind),
        Verdict::Hold,
        Verdict::Release,
        Verdict::Duplicate,
        Verdict::Swap,
        Verdict::Deliver,
        Verdict::Delay(Duration::from_millis(1_500)),
        Verdict::Corrupt { byte: None },
    ]);
    let host = dice.pick(&HostId::ALL);
    let socket = dice.pick(&[SocketId(3), SocketId(3), SocketId(4), SocketId(99)]);
    match dice.roll(14) {
        0..=3 => Input::Verdict { packet, verdict },
        4 if dice.roll(8) == 0 => Input::Crash(host),
        4 => Input::Restart(host),
        5 if dice.roll(2) == 0 => Input::CutCable,
        5 => Input::MendCable,
        6 => Input::SetLoss { from: host, per_mille: 20 },
        7 => Input::Call { host, call: SocketCall::Recv { socket, max_bytes: 9 } },
        8 => Input::Call {
            host,
            call: SocketCall::SetOption { socket, option: SocketOption::ReuseAddr(true) },
        },
        9 if dice.roll(6) == 0 => Input::Call { host, call: SocketCall::Close { socket } },
        _ => Input::Call { host, call: SocketCall::Send { socket, data: Bytes::from_static(b"hello") } },
    }
}
