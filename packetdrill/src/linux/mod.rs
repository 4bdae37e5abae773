//! Plays scripts against the kernel of this machine, in real time. If the lab's stack and the kernel agree on a script,
//! the script is likely to be right.
//!
//! Packets are compared as for the lab's stack. Times may differ by a tenth of a second, because the clock is real.
//! Each script is played in its own network namespace, made by `unshare --net`.

mod kernel;
mod sockets;

use std::collections::BTreeMap;

use bytes::Bytes;
use tcp::State;

use self::kernel::{Kernel, LOCAL, REMOTE, entries, set};
use self::sockets::Sockets;
use crate::calls::{Failure, Ports};
use crate::commands::{count_asked, state_named};
use crate::compare;
use crate::connection::Connection;
use crate::inbound;
use crate::mode::Mode;
use crate::packets::{self, Ends};
use crate::run::{Gap, Mismatch, REMOTE_PORT, SERVER_PORT, Verdict, describe, on_the_wire};
use crate::schedule::{self, Span, Tolerance, seconds};
use crate::script::{Action, Body, Event, Packet, Script, Segment, flag};
use crate::sysctl::dotted;

/// By how many microseconds the time of a packet may differ.
const JITTER: u64 = 100_000;
/// For how many microseconds after the last event no more packets may come.
const SILENCE: u64 = 150_000;
/// How many seconds a script may take at most.
const PATIENCE: u64 = 200;

/// Plays `script`, only by the rules of `mode`.
#[must_use]
pub fn play(script: &Script, mode: Mode) -> Verdict {
    let mut line = script.events.first().map_or(1, |event| event.line);
    let played = Player::new(script, mode).and_then(|mut player| {
        for event in &script.events {
            line = event.line;
            player.event(event)?;
        }
        player.check_silence()
    });
    match played {
        Ok(()) => Verdict::Pass,
        Err(Failure::Mismatch { expected, got }) => Verdict::Fail(Mismatch { line, expected, got }),
        Err(Failure::Unsupported(what)) => Verdict::Skip(Gap { line, what }),
    }
}

struct Player {
    mode: Mode,
    tolerance: Tolerance,
    ports: Ports,
    kernel: Kernel,
    sockets: Sockets,
    /// By local and remote port.
    connections: BTreeMap<(u16, u16), Connection>,
    /// The connection that packets without ports belong to.
    current: (u16, u16),
    /// When the previous event was done.
    clock: u64,
}

impl Player {
    fn new(script: &Script, mode: Mode) -> Result<Self, Failure> {
        let tolerance = Tolerance::of(script).map_err(Failure::Unsupported)?.at_least(JITTER);
        let length = script.events.iter().fold(0, |clock, event| schedule::moment(event.time, clock));
        if length > PATIENCE * 1_000_000 {
            return Err(Failure::Unsupported(format!("it takes {}", seconds(length))));
        }
        if script.is_for_ipv6() {
            return Err(Failure::Unsupported("IPv6".to_owned()));
        }
        let ports = Ports { bind: SERVER_PORT, connect: SERVER_PORT };
        Ok(Self {
            mode,
            tolerance,
            ports,
            kernel: Kernel::set_up().map_err(Failure::Unsupported)?,
            sockets: Sockets::default(),
            connections: BTreeMap::new(),
            current: (ports.bind, REMOTE_PORT),
            clock: 0,
        })
    }

    fn event(&mut self, event: &Event) -> Result<(), Failure> {
        if let Action::Expect(packet) = &event.action {
            let span = self.tolerance.span(event.time, self.clock);
            return self.expect(packet, span);
        }
        self.kernel.wait(schedule::moment(event.time, self.clock), false);
        // Later events count from when this one really happens, which may be late.
        self.clock = self.kernel.now();
        match &event.action {
            Action::Inject(packet) => self.inject(packet),
            Action::Call(spec) => {
                if spec.name == "connect" {
                    self.current = (0, self.ports.connect);
                }
                self.sockets.make(spec, self.ports)
            }
            Action::Command(command) => run(command),
            Action::Code(code) => self.assert(code),
            Action::Expect(_) => Ok(()),
        }
    }

    fn connection(&mut self, ports: (u16, u16)) -> &mut Connection {
        self.connections.entry(ports).or_insert_with(Connection::new)
    }

    fn inject(&mut self, packet: &Packet) -> Result<(), Failure> {
        let ports = packet.ports.map_or(self.current, |(remote, local)| (local, remote));
        let ends =
            Ends { source: REMOTE, source_port: ports.1, destination: LOCAL, destination_port: ports.0 };
        let bytes = match &packet.body {
            Body::Tcp(segment) => self.inbound_segment(segment, packet, ports, ends)?,
            Body::Icmp(message) => inbound::report(message, ends, &self.connection(ports).numbers),
        };
        self.kernel.receive(&bytes);
        Ok(())
    }

    fn inbound_segment(
        &mut self,
        segment: &Segment,
        packet: &Packet,
        ports: (u16, u16),
        ends: Ends,
    ) -> Result<Bytes, Failure> {
        let known = entries().into_iter().find(|entry| (entry.local, entry.remote) == ports);
        let state = known.map(|entry| entry.state);
        let numbers = &mut self.connection(ports).numbers;
        if matches!(state, None | Some(State::TimeWait)) {
            numbers.renew();
        }
        let is_syn = segment.has(flag::SYN);
        if is_syn {
            numbers.on_inbound_syn(segment.seq, matches!(state, None | Some(State::SynSent)));
        }
        let seq = numbers.remote_to_wire(segment.seq, segment.numbering, is_syn);
        inbound::segment(&packet.ip, segment, ends, seq, numbers)
    }

    fn expect(&mut self, packet: &Packet, span: Span) -> Result<(), Failure> {
        let Body::Tcp(expected) = &packet.body else {
            return Err(Failure::Unsupported("ICMP that must come out".to_owned()));
        };
        self.kernel.wait(span.to, true);
        let Some(sent) = self.kernel.sent.pop_front() else {
            return Err(Failure::mismatch(describe(packet, span), "nothing"));
        };
        self.clock = self.clock.max(sent.at);
        let wire = packets::decode(&sent.packet).map_err(|error| Failure::mismatch("a packet", error))?;
        let ports = (wire.ends.source_port, wire.ends.destination_port);
        if self.current == (0, ports.1) {
            // The kernel has chosen the local port.
            self.current.0 = ports.0;
            self.connection(ports).numbers.renew();
        }
        let wanted_ports = packet.ports.unwrap_or(self.current);
        let (mode, slack) = (self.mode, self.tolerance.clock_ticks());
        let connection = self.connection(ports);
        let mut actual = connection.numbers.outbound(&on_the_wire(&wire), Some(expected));
        // PSH must be on the last buffered octet, and may be on others (RFC 9293 §3.9.1.2).
        if actual.length > 0 && !expected.has(flag::PSH) {
            actual.flags &= !flag::PSH;
        }
        let differs = compare::difference(expected, packet.ip, &actual, &wire, connection.fin, mode);
        connection.on_outbound(&wire, &actual);
        let is_clock_right = compare::clock_pair(expected, &actual)
            .is_none_or(|(script, wire)| connection.numbers.learn_clock(script, wire, slack));
        let differs = match differs {
            _ if wanted_ports != ports => Some("the ports"),
            None if !(span.from..=span.to).contains(&sent.at) => Some("the time"),
            None if !is_clock_right => Some("the clock"),
            differs => differs,
        };
        match differs {
            Some(field) => {
                let got = format!("{actual} at {} ({field})", seconds(sent.at));
                Err(Failure::mismatch(describe(packet, span), got))
            }
            None => Ok(()),
        }
    }

    /// `assert tcpi_state == NAME`. Nothing else is supported.
    fn assert(&self, code: &str) -> Result<(), Failure> {
        let unsupported = || Failure::Unsupported(format!("the code `{}`", code.trim()));
        let (name, value) =
            code.trim().strip_prefix("assert ").and_then(|c| c.split_once("==")).ok_or_else(unsupported)?;
        if name.trim() != "tcpi_state" {
            return Err(unsupported());
        }
        let wanted = state_named(value.trim()).ok_or_else(unsupported)?;
        let inode = self.sockets.latest.and_then(|number| self.sockets.inode(number));
        let is_it = |entry: &kernel::Entry| match inode {
            Some(inode) => entry.inode == inode,
            None => (entry.local, entry.remote) == self.current,
        };
        let found = entries().into_iter().find(is_it).map_or(State::Closed, |entry| entry.state);
        if found == wanted {
            Ok(())
        } else {
            Err(Failure::mismatch(format!("tcpi_state == {wanted}"), found))
        }
    }

    fn check_silence(&mut self) -> Result<(), Failure> {
        self.kernel.wait(self.clock + SILENCE, true);
        let Some(sent) = self.kernel.sent.pop_front() else { return Ok(()) };
        let wire = packets::decode(&sent.packet).map_err(|error| Failure::mismatch("a packet", error))?;
        let ports = (wire.ends.source_port, wire.ends.destination_port);
        let actual = self.connection(ports).numbers.outbound(&on_the_wire(&wire), None);
        Err(Failure::mismatch("no more packets", format!("{actual} at {}", seconds(sent.at))))
    }
}

/// Runs a command: settings of Linux, and questions about how many connections are in a state.
fn run(command: &str) -> Result<(), Failure> {
    let unsupported = || Failure::Unsupported(format!("the command `{command}`"));
    let words: Vec<_> = command.split_whitespace().filter(|word| *word != "-w" && *word != "-q").collect();
    match words.as_slice() {
        ["sysctl", settings @ ..] => settings.iter().try_for_each(|setting| {
            let setting = dotted(setting);
            let (name, value) = setting.split_once('=').ok_or_else(unsupported)?;
            if !name.starts_with("net.ipv4.") {
                return Err(Failure::Unsupported(format!("{name}, which is no setting of Linux")));
            }
            set(name, value).map_err(Failure::Unsupported)
        }),
        ["sockstat", ..] => {
            let asked = count_asked(command).ok_or_else(unsupported)?;
            let counts = |entry: &kernel::Entry| {
                entry.state == asked.state
                    && asked.port.is_none_or(|port| entry.local == port || entry.remote == port)
                    && (!asked.only_held || entry.inode != 0)
            };
            let found = entries().into_iter().filter(counts).count();
            if found == asked.wanted {
                return Ok(());
            }
            Err(Failure::mismatch(format!("{} connections in {}", asked.wanted, asked.state), found))
        }
        _ => Err(unsupported()),
    }
}
