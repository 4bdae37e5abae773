//! Random actions of a learner with random settings: nothing panics, and replays agree.

use proptest::prelude::*;

use super::hash::stable_hash;
use super::*;
use tcp::WhatIf;
use tcp::rng::Rng;

fn pick<T: Copy>(rng: &mut Rng, from: &[T]) -> T {
    from[rng.below(from.len() as u32) as usize]
}

fn any_host(rng: &mut Rng) -> HostId {
    pick(rng, &HostId::ALL)
}

fn any_bool(rng: &mut Rng) -> bool {
    rng.below(2) == 0
}

fn any_call(rng: &mut Rng) -> SocketCall {
    let socket = SocketId(rng.below(12));
    let numbers = [0, 1, 2, 3, 1_000, 70_000, u32::MAX];
    match rng.below(18) {
        0 => SocketCall::Socket,
        1 => SocketCall::Bind { socket, port: pick(rng, &[0, 80, 81, 40_001]) },
        2 => SocketCall::Listen { socket, backlog: pick(rng, &numbers) },
        3 => SocketCall::Accept { socket },
        4 | 5 => {
            let addr = pick(rng, &[Client.addr(), Server.addr(), [255; 4].into()]);
            SocketCall::Connect { socket, to: Endpoint::new(addr, pick(rng, &[0, 80, 81, 40_001])) }
        }
        6 | 7 => {
            let size = pick(rng, &[0, 1, 10, 1_460, 4_000, 70_000]);
            SocketCall::Send { socket, data: vec![7; size].into() }
        }
        8 | 9 => SocketCall::Recv { socket, max_bytes: pick(rng, &numbers) },
        10 => SocketCall::Shutdown { socket, how: pick(rng, &[How::Read, How::Write, How::Both]) },
        11 => SocketCall::Close { socket },
        12 => SocketCall::SetOption {
            socket,
            option: SocketOption::Linger(pick(rng, &[None, Some(0), Some(9)])),
        },
        13 => SocketCall::SetOption { socket, option: SocketOption::ReuseAddr(any_bool(rng)) },
        14 => SocketCall::SetOption { socket, option: SocketOption::NoDelay(any_bool(rng)) },
        15 => SocketCall::SetOption { socket, option: SocketOption::KeepIdle(Duration::from_secs(3)) },
        16 => {
            let length = pick(rng, &[None, Some(Duration::from_secs(2))]);
            SocketCall::SetOption { socket, option: SocketOption::ReceiveTimeout(length) }
        }
        _ => SocketCall::SetOption { socket, option: SocketOption::KeepAlive(any_bool(rng)) },
    }
}

fn any_verdict(rng: &mut Rng) -> Verdict {
    match rng.below(9) {
        0 => Verdict::Deliver,
        1 => Verdict::Drop,
        2 => Verdict::Delay(Duration::from_millis(u64::from(rng.below(5_000)))),
        3 => Verdict::Hold,
        4 => Verdict::Release,
        5 => Verdict::Duplicate,
        6 => Verdict::Swap,
        7 => Verdict::Corrupt { byte: None },
        _ => Verdict::Corrupt { byte: Some(pick(rng, &[0, 9, 33, 45, 1_499, u16::MAX])) },
    }
}

fn any_config(rng: &mut Rng) -> Config {
    let lengths = [0, 1, 1_000_000, 120_000_000, u64::MAX].map(Duration::from_micros);
    let bytes = [0, 1, 100, 65_535, u32::MAX];
    Config {
        msl: pick(rng, &lengths),
        rto_initial: pick(rng, &lengths),
        rto_min: pick(rng, &lengths),
        rto_max: pick(rng, &lengths),
        syn_retries: pick(rng, &[0, 1, 7, u8::MAX]),
        data_retries: pick(rng, &[0, 1, 15, u8::MAX]),
        user_timeout: pick(rng, &[None, Some(lengths[0]), Some(lengths[2]), Some(lengths[4])]),
        rfc5961: any_bool(rng),
        rfc1337: any_bool(rng),
        send_buffer_bytes: pick(rng, &bytes),
        receive_buffer_bytes: pick(rng, &bytes),
        mtu: pick(rng, &[0, 41, 576, 1_500, u16::MAX]),
        ..Config::default()
    }
}

fn any_rule(rng: &mut Rng) -> LinkRule {
    let maybe = |rng: &mut Rng| pick(rng, &[None, None, Some(true), Some(false)]);
    let [syn, ack, fin, rst, text] = core::array::from_fn(|_| maybe(rng));
    let matches = Match { syn, ack, fin, rst, text };
    LinkRule { from: any_host(rng), matches, nth: rng.below(3), verdict: any_verdict(rng) }
}

pub(super) fn any_input(rng: &mut Rng, world: &World) -> Input {
    let host = any_host(rng);
    match rng.below(100) {
        0..60 => Input::Call { host, call: any_call(rng) },
        60..80 => {
            let flying = world.link().in_flight();
            let some = flying.get(rng.below(flying.len() as u32) as usize);
            let packet = some.map_or(PacketId(rng.below(50)), |packet| packet.id);
            Input::Verdict { packet, verdict: any_verdict(rng) }
        }
        80 => Input::Crash(host),
        81..84 => Input::Restart(host),
        84 => Input::CutCable,
        85..88 => Input::MendCable,
        88 => Input::AddRule(any_rule(rng)),
        89 => Input::RemoveRule(rng.below(3)),
        90 => Input::ClearRules,
        91 => {
            let latency = pick(rng, &[0, 1, 100_000, 3_000_000, u64::MAX]);
            Input::SetLatency { from: host, latency: Duration::from_micros(latency) }
        }
        92 => Input::SetLoss { from: host, per_mille: pick(rng, &[0, 100, 1_000, 1_001]) },
        93 => Input::SetDuplication { from: host, per_mille: pick(rng, &[0, 100, 1_000, 1_001]) },
        94 => Input::SetConfig { host, config: any_config(rng) },
        95 | 96 => Input::SetConfig { host, config: Config::default() },
        97 => {
            let what_if = WhatIf {
                two_way_open: any_bool(rng),
                no_time_wait: any_bool(rng),
                three_way_close: any_bool(rng),
                fixed_isn: any_bool(rng),
            };
            Input::SetWhatIf { host, what_if }
        }
        98 => Input::SetWhatIf { host, what_if: WhatIf::default() },
        _ => {
            let programs = [Program::None, Program::Echo, Program::Sink, Program::NeverCloses];
            Input::RunProgram { host, program: pick(rng, &programs) }
        }
    }
}

/// Does `count` random things with some time between them. Returns hashes of the world and of the records.
fn run(seed: u64, count: u32) -> (u64, u64) {
    let mut rng = Rng::new(seed);
    let mut world = World::new(Setup { seed, ..Setup::default() });
    let mut story = 0;
    for _ in 0..count {
        let input = any_input(&mut rng, &world);
        let before = world.clone();
        if world.apply(input).is_err() {
            assert_eq!(world, before, "a refused input changes nothing");
        }
        if any_bool(&mut rng) {
            let to = world.now() + Duration::from_millis(u64::from(rng.below(400)));
            world.run_until(to, 200);
        }
        for record in world.take_records() {
            if let What::Transition { transition, .. } = &record.what {
                assert_eq!(transition.sent().count(), record.sent.len());
            }
            story ^= stable_hash(&record);
        }
    }
    (story, world.fingerprint())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_actions_never_panic_and_replay_exactly(seed: u64) {
        prop_assert_eq!(run(seed, 200), run(seed, 200));
    }
}
