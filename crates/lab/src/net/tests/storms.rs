//! Properties that hold under any loss, duplication, reordering and corruption.

use proptest::prelude::*;

use super::hash::stable_hash;
use super::*;
use tcp::Settings;
use tcp::rng::Rng;

/// Two connected applications on a bad link.
#[derive(Default)]
struct Flow {
    sent: Vec<u8>,
    read: Vec<u8>,
}

struct Storm {
    play: Play,
    rng: Rng,
    /// By sender.
    flows: [Flow; 2],
    sockets: [SocketId; 2],
}

impl Storm {
    fn new(seed: u64) -> Self {
        let mut play = Play::connected();
        play.log.clear();
        Self { play, rng: Rng::new(seed), flows: Default::default(), sockets: [S3, S4] }
    }

    /// Something is sent, or read, or happens to a packet; then a little time passes.
    fn blow(&mut self) {
        let host = HostId::ALL[self.rng.below(2) as usize];
        match self.rng.below(10) {
            0..3 => self.send(host),
            3..5 => {
                self.read(host);
            }
            5..9 => self.disturb(),
            _ => {}
        }
        let millis = u64::from(self.rng.below(120));
        self.play.run_for(millis);
    }

    fn send(&mut self, host: HostId) {
        let count = self.rng.below(4_000);
        let flow = &mut self.flows[host.index()];
        let from = flow.sent.len();
        let data: Bytes = (from..from + count as usize).map(|i| (i % 251) as u8).collect();
        let call = SocketCall::Send { socket: self.sockets[host.index()], data: data.clone() };
        if let Ok(Value::Count(count)) = self.play.call(host, call) {
            flow.sent.extend_from_slice(&data[..count as usize]);
        }
    }

    /// Reads everything; true at end of file.
    fn read(&mut self, host: HostId) -> bool {
        let max_bytes = self.rng.below(3_000) + 1;
        loop {
            let call = SocketCall::Recv { socket: self.sockets[host.index()], max_bytes };
            match self.play.call(host, call) {
                Ok(Value::Data(data)) if data.is_empty() => return true,
                Ok(Value::Data(data)) => self.flows[host.other().index()].read.extend_from_slice(&data),
                other => {
                    assert_eq!(other, Err(Errno::EAGAIN));
                    return false;
                }
            }
        }
    }

    fn disturb(&mut self) {
        let in_flight = self.play.world.link().in_flight();
        if in_flight.is_empty() {
            return;
        }
        let packet = in_flight[self.rng.below(in_flight.len() as u32) as usize].id;
        let verdict = match self.rng.below(7) {
            0 | 1 => Verdict::Drop,
            2 => Verdict::Delay(Duration::from_millis(u64::from(self.rng.below(3_000)))),
            3 => Verdict::Duplicate,
            4 => Verdict::Swap,
            5 => Verdict::Deliver,
            _ => Verdict::Corrupt { byte: None },
        };
        // It may be refused, for example a swap without a following packet.
        let _ = self.play.world.apply(Input::Verdict { packet, verdict });
    }

    fn check_prefixes(&self) {
        for flow in &self.flows {
            assert!(flow.sent.starts_with(&flow.read), "bytes were delivered that were never sent");
        }
    }

    /// The link is good again: both ends read everything and close.
    fn calm(&mut self) {
        for host in HostId::ALL {
            let socket = self.sockets[host.index()];
            let how = SocketCall::Shutdown { socket, how: How::Write };
            assert_eq!(self.play.call(host, how), Ok(Value::Zero));
        }
        let mut at_end = [false; 2];
        for _ in 0..2_000 {
            for host in HostId::ALL {
                at_end[host.index()] |= self.read(host);
            }
            if at_end == [true; 2] {
                break;
            }
            self.play.run_for(1_000);
        }
        assert_eq!(at_end, [true; 2], "one end never saw the other's FIN\n{}", self.play.story());
        for host in HostId::ALL {
            self.play.close(host, self.sockets[host.index()]);
        }
        self.play.settle();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_byte_arrives_once_and_both_ends_close(seed: u64, blows in 1usize..80) {
        let mut storm = Storm::new(seed);
        for _ in 0..blows {
            storm.blow();
            storm.check_prefixes();
        }
        storm.calm();
        for flow in &storm.flows {
            prop_assert!(flow.sent == flow.read, "{} of {} bytes arrived", flow.read.len(), flow.sent.len());
        }
        prop_assert_eq!(storm.play.sockets(Client), "");
        prop_assert_eq!(storm.play.sockets(Server), "3 LISTEN");
    }

    #[test]
    fn the_same_seed_gives_the_same_records(seed: u64) {
        let run = || {
            let mut storm = Storm::new(seed);
            for _ in 0..30 {
                storm.blow();
            }
            (stable_hash(&storm.play.log), storm.play.world.fingerprint())
        };
        prop_assert_eq!(run(), run());
    }

    #[test]
    fn a_lossy_link_only_delays(seed: u64, loss in 0u16..400, duplication in 0u16..300) {
        // A duplicate of the last ACK finds no connection and draws an RST. The end in TIME-WAIT must ignore it
        // (RFC 1337).
        let config = Config { syn_retries: 60, data_retries: 60, rfc1337: true, ..Config::default() };
        let patient = Settings { config, ..Settings::default() };
        let setup = Setup {
            seed,
            programs: [Program::None, Program::Echo],
            settings: [patient.clone(), patient],
            loss_per_mille: [loss; 2],
            duplicate_per_mille: [duplication; 2],
            ..Setup::default()
        };
        let mut play = Play::new(setup);
        let socket = play.connect();
        while play.state(Client, socket) == Some(State::SynSent) {
            play.run_for(1_000);
        }
        play.send(Client, socket, b"through rain and storm").unwrap();
        prop_assert_eq!(
            play.call(Client, SocketCall::Shutdown { socket, how: How::Write }), Ok(Value::Zero)
        );
        let mut back = Vec::new();
        for _ in 0..10_000 {
            play.run_for(1_000);
            match play.recv(Client, socket) {
                Ok(Value::Data(data)) if data.is_empty() => break,
                Ok(Value::Data(data)) => back.extend_from_slice(&data),
                other => prop_assert_eq!(other, Err(Errno::EAGAIN), "{}", play.story()),
            }
        }
        prop_assert_eq!(&back[..], b"through rain and storm");
        play.close(Client, socket);
        play.settle();
        prop_assert_eq!(play.sockets(Client), "");
        prop_assert_eq!(play.sockets(Server), "3 LISTEN");
    }
}
