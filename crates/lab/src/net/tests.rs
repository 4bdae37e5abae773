//! Tests of the whole world: two hosts, a link, and everything that can happen to packets.

mod close;
mod disturb;
mod fuzz;
mod programs;
mod storms;
mod waiting;
mod without_records;

use bytes::Bytes;

use super::*;
use crate::host::{CallResult, Errno, HostId, How, Program, SocketCall, SocketId, SocketOption, Value};
use HostId::{Client, Server};
use tcp::time::{Duration, Instant};
use tcp::{Config, Endpoint, IcmpKind, Rule, State};

const WEB: Endpoint = Endpoint::new(Server.addr(), 80);
const S3: SocketId = SocketId(3);
const S4: SocketId = SocketId(4);

/// A world and all its records.
struct Play {
    world: World,
    log: Vec<Record>,
}

impl Play {
    fn new(setup: Setup) -> Self {
        Self { world: World::new(setup), log: Vec::new() }
    }

    /// The test makes the client's calls, `program` runs on the server.
    fn with_server(program: Program) -> Self {
        let mut play = Self::new(Setup { programs: [Program::None, program], ..Setup::default() });
        play.run_for(0);
        play
    }

    /// A client connected to a server without a program: socket 3 of the client, socket 4 of the server.
    fn connected() -> Self {
        let mut play = Self::new(Setup::default());
        play.listen(5);
        play.connect();
        play.run_for(300);
        assert_eq!(play.accept(), Ok(Value::Descriptor(S4)));
        play
    }

    #[track_caller]
    fn apply(&mut self, input: Input) {
        self.world.apply(input).unwrap();
        self.log.extend(self.world.take_records());
    }

    fn call(&mut self, host: HostId, call: SocketCall) -> CallResult {
        let first = self.log.len();
        self.apply(Input::Call { host, call });
        let result = self.log[first..].iter().find_map(Record::call);
        result.expect("every call returns").1.clone()
    }

    fn listen(&mut self, backlog: u32) {
        assert_eq!(self.call(Server, SocketCall::Socket), Ok(Value::Descriptor(S3)));
        assert_eq!(self.call(Server, SocketCall::Bind { socket: S3, port: 80 }), Ok(Value::Zero));
        assert_eq!(self.call(Server, SocketCall::Listen { socket: S3, backlog }), Ok(Value::Zero));
    }

    fn accept(&mut self) -> CallResult {
        self.call(Server, SocketCall::Accept { socket: S3 })
    }

    /// Opens another connection of the client. Returns its socket.
    fn connect(&mut self) -> SocketId {
        let Ok(Value::Descriptor(socket)) = self.call(Client, SocketCall::Socket) else {
            panic!("no socket")
        };
        assert_eq!(self.call(Client, SocketCall::Connect { socket, to: WEB }), Err(Errno::EINPROGRESS));
        socket
    }

    fn send(&mut self, host: HostId, socket: SocketId, data: &'static [u8]) -> CallResult {
        self.call(host, SocketCall::Send { socket, data: Bytes::from_static(data) })
    }

    fn recv(&mut self, host: HostId, socket: SocketId) -> CallResult {
        self.call(host, SocketCall::Recv { socket, max_bytes: 1_000 })
    }

    fn close(&mut self, host: HostId, socket: SocketId) {
        assert_eq!(self.call(host, SocketCall::Close { socket }), Ok(Value::Zero));
    }

    #[track_caller]
    fn run_for(&mut self, millis: u64) {
        let to = self.world.now() + Duration::from_millis(millis);
        assert!(self.world.run_until(to, 10_000), "the world does not come to rest");
        self.log.extend(self.world.take_records());
    }

    fn step(&mut self) -> bool {
        let stepped = self.world.step();
        self.log.extend(self.world.take_records());
        stepped
    }

    /// Runs until there is no next event.
    #[track_caller]
    fn settle(&mut self) {
        for _ in 0..10_000 {
            if !self.step() {
                return;
            }
        }
        panic!("the world does not come to rest");
    }

    fn state(&self, host: HostId, socket: SocketId) -> Option<State> {
        self.world.host(host).socket(socket).map(|socket| socket.tcp_state())
    }

    /// `socket state` for each socket of a host, in one line.
    fn sockets(&self, host: HostId) -> String {
        let line =
            self.world.host(host).sockets().map(|socket| format!("{} {}", socket.id, socket.tcp_state()));
        line.collect::<Vec<_>>().join(", ")
    }

    /// The records from `first` on, a line each: time, host, socket, rule, states, packets sent; or what happened to a
    /// packet.
    fn story_from(&self, first: usize) -> String {
        let mut story = String::new();
        for record in &self.log[first..] {
            let host = record.host.map_or("link", HostId::name);
            let socket = record.socket.map_or_else(|| "-".to_owned(), |socket| socket.to_string());
            let what = match &record.what {
                What::Transition { transition, .. } => {
                    let sent = transition.sent().zip(&record.sent);
                    let sent: Vec<_> =
                        sent.map(|((segment, _), id)| format!("{id} {}", segment.control)).collect();
                    let (from, to) = (transition.from(), transition.to());
                    let states = if from == to { from.to_string() } else { format!("{from} -> {to}") };
                    format!("{}: {states}, sends {sent:?}", transition.rule())
                }
                What::Call { call, result: Ok(value), .. } => format!("{call} = {value}"),
                What::Call { call, result: Err(error), .. } => format!("{call} = {error}"),
                What::Verdict { packet, verdict, by, copy, .. } => {
                    let copy = copy.map_or_else(String::new, |copy| format!(" as {copy}"));
                    format!("{packet} {verdict:?}{copy} by {by:?}")
                }
                What::Discarded { packet, error, .. } => format!("{packet} discarded: {error}"),
                What::Unheard { packet, .. } => format!("{packet} unheard"),
                other => format!("{other:?}"),
            };
            story.push_str(&format!("{:<6} {host} {socket} {what}\n", record.at.as_micros() / 1_000));
        }
        story
    }

    fn story(&self) -> String {
        self.story_from(0)
    }
}

#[test]
fn records_are_numbered_and_packets_belong_to_them() {
    let mut play = Play::with_server(Program::Echo);
    play.connect();
    play.run_for(1_000);
    assert!(play.log.iter().enumerate().all(|(place, record)| record.id as usize == place));
    let sent: Vec<_> = play.log.iter().flat_map(|record| record.sent.clone()).collect();
    assert_eq!(sent, [PacketId(1), PacketId(2), PacketId(3)]);
    for record in &play.log {
        if let What::Transition { transition, .. } = &record.what {
            assert_eq!(transition.sent().count(), record.sent.len());
        }
    }
}

#[test]
fn a_clone_is_independent() {
    let mut play = Play::with_server(Program::Echo);
    play.connect();
    let before = play.world.clone();
    let fingerprint = before.fingerprint();
    play.run_for(1_000);
    assert_eq!(before.fingerprint(), fingerprint);
    assert_ne!(play.world.fingerprint(), fingerprint);
    let mut again = before;
    assert!(again.run_until(Instant::from_millis(1_000), 100));
    assert_eq!(again.fingerprint(), play.world.fingerprint());
}

#[test]
fn bad_inputs_change_nothing_and_name_the_field() {
    let mut play = Play::with_server(Program::Echo);
    play.connect();
    let judge = |packet, verdict| Input::Verdict { packet: PacketId(packet), verdict };
    let corrupt = |byte| Verdict::Corrupt { byte: Some(byte) };
    let long = Duration::from_secs(86_401);
    let rule = |verdict| LinkRule { from: Client, matches: Match::default(), nth: 1, verdict };
    let bad = [
        (judge(2, Verdict::Drop), "segment"),
        (judge(1, Verdict::Release), "segment"),
        (judge(1, Verdict::Swap), "segment"),
        (judge(1, corrupt(44)), "byte"),
        (judge(1, Verdict::Delay(long)), "us"),
        (Input::Restart(Client), "host"),
        (Input::MendCable, "type"),
        (Input::SetLoss { from: Client, per_mille: 1_001 }, "per_mille"),
        (Input::SetDuplication { from: Client, per_mille: 1_001 }, "per_mille"),
        (Input::SetLatency { from: Client, latency: long }, "us"),
        (Input::AddRule(rule(Verdict::Release)), "rule"),
        (Input::AddRule(rule(Verdict::Delay(long))), "us"),
    ];
    let before = play.world.clone();
    for (input, field) in bad {
        let error = play.world.apply(input.clone()).unwrap_err();
        assert_eq!(error.field(), field, "{input:?}");
        assert!(!error.to_string().is_empty());
        assert_eq!(play.world, before, "{input:?}");
    }
    play.apply(judge(1, corrupt(43)));
    assert_eq!(play.world.apply(judge(1, corrupt(0))), Err(InputError::AlreadyCorrupted(PacketId(1))));
    play.apply(judge(1, Verdict::Hold));
    for verdict in [Verdict::Hold, Verdict::Delay(Duration::ZERO), Verdict::Swap] {
        assert_eq!(play.world.apply(judge(1, verdict)), Err(InputError::Held(PacketId(1))));
    }
    play.apply(Input::Crash(Client));
    assert_eq!(play.world.apply(Input::Crash(Client)), Err(InputError::AlreadyDown(Client)));
    play.apply(Input::CutCable);
    assert_eq!(play.world.apply(Input::CutCable), Err(InputError::AlreadyCut));
}
