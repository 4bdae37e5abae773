//! Runs the events of a script one after the other.

mod acks;
mod blocking;

use std::collections::BTreeMap;

use bytes::Bytes;
use lab::host::Socket;
use tcp::State;
use tcp::wire::WireError;

use self::acks::Acks;
pub(crate) use self::acks::LATEST;
use self::blocking::Blocked;
use crate::calls::{Call, Calls, Failure, Ports};
use crate::commands;
use crate::compare;
use crate::connection::Connection;
use crate::inbound;
use crate::mode::Mode;
use crate::packets::{self, Ends, WirePacket};
use crate::schedule::{self, Span, Tolerance, seconds};
use crate::script::{Action, Body, CallSpec, Event, Numbering, Packet, Script, Segment, flag};
use crate::stack::{Sent, Stack};
use crate::sysctl::Knobs;
use crate::systems;

/// The port from which the script's end connects, unless the script names one.
pub(crate) const REMOTE_PORT: u16 = 33_333;
/// The port of servers, unless the script says otherwise.
pub(crate) const SERVER_PORT: u16 = 8_080;

/// How much longer the header of IPv6 is (rule N16).
const LONGER_HEADER: u16 = 20;

/// The result of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything happened as in the script, and nothing else.
    Pass,
    /// Something was different.
    Fail(Mismatch),
    /// The script needs something that is not supported, so it is neither right nor wrong.
    Skip(Gap),
}

/// What was different, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The line of the event.
    pub line: u32,
    /// What the script expects.
    pub expected: String,
    /// What happened.
    pub got: String,
}

/// Something that is not supported, and where the script needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The line of the event.
    pub line: u32,
    /// What is not supported.
    pub what: String,
}

/// Runs `script` against a fresh stack.
#[must_use]
pub fn run(script: &Script, mode: Mode) -> Verdict {
    let mut line = script.events.first().map_or(1, |event| event.line);
    match run_events(script, mode, &mut line) {
        Ok(()) => Verdict::Pass,
        Err(Failure::Mismatch { expected, got }) => Verdict::Fail(Mismatch { line, expected, got }),
        Err(Failure::Unsupported(what)) => Verdict::Skip(Gap { line, what }),
    }
}

fn run_events(script: &Script, mode: Mode, line: &mut u32) -> Result<(), Failure> {
    // Checked first, because with ECN other packets would differ before that event.
    if let Some(event) = script.events.iter().find(|event| event.action.awaits_ecn()) {
        *line = event.line;
        return Err(Failure::Unsupported("ECN".to_owned()));
    }
    let mut runner = Runner::new(script, mode)?;
    // A sleep at the end has no purpose here: it only delays the closing of the sockets.
    let is_sleep =
        |event: &Event| matches!(&event.action, Action::Command(text) if commands::sleep(text).is_some());
    let awake = script.events.iter().rposition(|event| !is_sleep(event)).map_or(0, |last| last + 1);
    let (events, closing) =
        script.events[..awake].split_at(if mode.is_loose() { script.closing().min(awake) } else { awake });
    for event in events {
        *line = event.line;
        runner.event(event)?;
    }
    runner.check_left_over()?;
    for event in closing {
        *line = event.line;
        runner.event(event)?;
    }
    runner.finish()
}

struct Runner {
    mode: Mode,
    tolerance: Tolerance,
    ports: Ports,
    stack: Stack,
    calls: Calls,
    knobs: Knobs,
    /// By local and remote port.
    connections: BTreeMap<(u16, u16), Connection>,
    /// The connection that packets without ports belong to.
    current: (u16, u16),
    /// When the previous event was done.
    clock: u64,
    acks: Acks,
    blocked: Option<Blocked>,
    /// Rule N14 applies: the script does not have `--strict_segments`.
    joins_segments: bool,
}

/// A decoded packet of the stack.
struct Seen {
    at: u64,
    ports: (u16, u16),
    wire: WirePacket,
}

impl Runner {
    fn new(script: &Script, mode: Mode) -> Result<Self, Failure> {
        let mut ports = Ports { bind: SERVER_PORT, connect: SERVER_PORT };
        let mut stack = Stack::new();
        for option in &script.options {
            let unsupported = || Failure::Unsupported(format!("--{}={}", option.name, option.value));
            let number = || option.value.parse::<u16>().map_err(|_| unsupported());
            match option.name.as_str() {
                "bind_port" => ports.bind = number()?,
                "connect_port" => ports.connect = number()?,
                "mtu" => stack.config_mut().mtu = number()?,
                _ => {}
            }
        }
        if script.is_for_ipv6() {
            if !mode.is_loose() {
                return Err(Failure::Unsupported("IPv6".to_owned()));
            }
            let config = stack.config_mut();
            config.mtu = config.mtu.saturating_sub(LONGER_HEADER);
        }
        systems::set_up(script, mode, &mut stack);
        Ok(Self {
            mode,
            tolerance: Tolerance::of(script).map_err(Failure::Unsupported)?,
            ports,
            stack,
            calls: Calls::default(),
            knobs: Knobs::new(),
            connections: BTreeMap::new(),
            current: (ports.bind, REMOTE_PORT),
            clock: 0,
            acks: Acks::new(mode == Mode::Acks),
            blocked: None,
            joins_segments: mode.is_loose() && !script.has_option("strict_segments"),
        })
    }

    fn event(&mut self, event: &Event) -> Result<(), Failure> {
        if let Action::Expect(packet) = &event.action {
            let span = self.tolerance.span(event.time, self.clock);
            return self.expect(packet, span);
        }
        let at = schedule::moment(event.time, self.clock);
        self.advance(at)?;
        match &event.action {
            Action::Inject(packet) => self.inject(packet)?,
            Action::Call(spec) => self.call(spec, event)?,
            Action::Command(command) => match commands::sleep(command) {
                Some(micros) => self.advance(self.clock.saturating_add(micros))?,
                None => commands::run(command, &mut self.stack, &mut self.knobs)?,
            },
            Action::Code(code) => commands::assert(code, &self.stack, &self.calls)?,
            Action::Expect(_) => {}
        }
        self.resume_blocked()
    }

    /// Lets time pass. Whenever something happens, a blocking call may return.
    fn advance(&mut self, until: u64) -> Result<(), Failure> {
        while self.stack.fire_next(until) {
            self.resume_blocked()?;
        }
        self.stack.advance(until);
        self.clock = self.clock.max(until);
        self.acks.check_overdue(self.clock)?;
        self.check_blocked()
    }

    fn call(&mut self, spec: &CallSpec, event: &Event) -> Result<(), Failure> {
        if let Some(returns) = spec.returns {
            return self.begin_blocking(spec, event.time, returns);
        }
        let call = Call { spec, stack: &mut self.stack, ports: self.ports, mode: self.mode };
        self.calls.make(call)?;
        self.follow(spec);
        Ok(())
    }

    /// If the call was listen() or connect(), packets without ports belong to its socket from now on.
    fn follow(&mut self, spec: &CallSpec) {
        let Some((local, remote)) = self.calls.ports_of(spec, &self.stack) else { return };
        match spec.name.as_str() {
            "listen" => self.current = (local, REMOTE_PORT),
            "connect" if remote != 0 => {
                self.current = (local, remote);
                self.connection(self.current).numbers.renew();
            }
            _ => {}
        }
    }

    fn connection(&mut self, ports: (u16, u16)) -> &mut Connection {
        self.connections.entry(ports).or_insert_with(Connection::new)
    }

    fn inject(&mut self, packet: &Packet) -> Result<(), Failure> {
        // The sender's port comes first, as on the wire.
        let ports = packet.ports.map_or(self.current, |(remote, local)| (local, remote));
        let ends = Ends {
            source: self.stack.remote_addr(),
            source_port: ports.1,
            destination: self.stack.addr(),
            destination_port: ports.0,
        };
        let bytes = match &packet.body {
            Body::Tcp(segment) => self.inbound_segment(segment, packet, ports, ends)?,
            Body::Icmp(message) => inbound::report(message, ends, &self.connection(ports).numbers),
        };
        match (self.stack.receive(&bytes), &packet.body) {
            (Ok(()), _) => Ok(()),
            // An ICMP message that is no report, or that is about no connection, is ignored.
            (Err(WireError::NotTcp | WireError::Misaddressed), Body::Icmp(_)) => Ok(()),
            (Err(error), _) => Err(Failure::mismatch("a packet that reaches TCP", error)),
        }
    }

    fn inbound_segment(
        &mut self,
        segment: &Segment,
        packet: &Packet,
        ports: (u16, u16),
        ends: Ends,
    ) -> Result<Bytes, Failure> {
        let state = self.stack.connection(ports.0, ports.1);
        let whole = self.stack.config().receive_buffer_bytes;
        let (said, is_loose) = (self.calls.said_receive_buffer, self.mode.is_loose());
        let connection = self.connection(ports);
        if matches!(state, None | Some(State::TimeWait)) {
            connection.numbers.renew();
        }
        let options = segment.options.as_deref().unwrap_or_default();
        let is_syn = segment.has(flag::SYN);
        if is_syn {
            connection.numbers.on_inbound_syn(segment.seq, matches!(state, None | Some(State::SynSent)));
            connection.on_inbound_syn(options);
        }
        let mut seq = connection.numbers.remote_to_wire(segment.seq, segment.numbering, is_syn);
        if is_loose && segment.numbering == Numbering::Usual {
            let buffer = said.unwrap_or_else(|| whole.min(connection.widest_window()));
            seq = connection.at_our_edge(seq, buffer);
        }
        connection.on_inbound(segment, seq);
        inbound::segment(&packet.ip, segment, ends, seq, &connection.numbers)
    }

    fn expect(&mut self, packet: &Packet, span: Span) -> Result<(), Failure> {
        let Body::Tcp(expected) = &packet.body else {
            return Err(Failure::Unsupported("ICMP that must come out".to_owned()));
        };
        if self.acks.is_on() && expected.is_pure_ack() {
            return self.expect_ack(expected, packet, span);
        }
        if self.claim_instead_of_fin(expected, packet, span)? {
            return Ok(());
        }
        let Some(mut seen) = self.await_packet(span)? else {
            let wanted = describe(packet, span);
            return Err(Failure::mismatch(wanted, "nothing"));
        };
        self.join_what_follows(expected, &mut seen, span)?;
        let without_push = Segment { flags: expected.flags & !flag::PSH, ..expected.clone() };
        let expected = if self.may_lack_push(&seen) { &without_push } else { expected };
        let ports = packet.ports.unwrap_or(self.current);
        let connection = self.connections.entry(seen.ports).or_insert_with(Connection::new);
        let actual = connection.numbers.outbound(&on_the_wire(&seen.wire), Some(expected));
        let differs =
            compare::difference(expected, packet.ip, &actual, &seen.wire, connection.fin, self.mode);
        connection.on_outbound(&seen.wire, &actual);
        connection.on_expected(expected);
        let is_clock_right = compare::clock_pair(expected, &actual).is_none_or(|(script, wire)| {
            connection.numbers.learn_clock(script, wire, self.tolerance.clock_ticks())
        });
        let is_in_time = (span.from..=span.to).contains(&seen.at);
        let differs = match differs {
            _ if ports != seen.ports => Some("the ports"),
            None if !is_in_time => Some("the time"),
            None if !is_clock_right => Some("the clock"),
            differs => differs,
        };
        if let Some(field) = differs {
            let (local, remote) = seen.ports;
            let ports = if ports == seen.ports { String::new() } else { format!("{local} > {remote} ") };
            let got = format!("{ports}{actual} at {} ({field})", seconds(seen.at));
            return Err(Failure::mismatch(describe(packet, span), got));
        }
        if actual.has(flag::ACK) {
            let ack = connection.numbers.relative_ack(seen.wire.ack);
            self.acks.on_acknowledged(ack);
        }
        Ok(())
    }

    /// Rule N14: appends to `seen` the segments that follow it directly, up to the length in the script.
    fn join_what_follows(&mut self, expected: &Segment, seen: &mut Seen, span: Span) -> Result<(), Failure> {
        while self.joins_segments
            && !seen.wire.payload.is_empty()
            && (seen.wire.payload.len() as u32) < expected.length
        {
            if self.stack.sent.is_empty() && !self.stack.fire_next(span.to) {
                break;
            }
            let Some(sent) = self.stack.sent.front() else { continue };
            let next = read(sent)?;
            let end = seen.wire.seq.wrapping_add(seen.wire.payload.len() as u32);
            let belongs = next.ports == seen.ports
                && next.wire.seq == end
                && !next.wire.payload.is_empty()
                && next.wire.ack == seen.wire.ack
                && next.wire.options.len() == seen.wire.options.len();
            if !belongs {
                break;
            }
            self.stack.sent.pop_front();
            seen.at = next.at;
            seen.wire.flags |= next.wire.flags;
            seen.wire.payload = [&seen.wire.payload[..], &next.wire.payload[..]].concat().into();
        }
        self.clock = self.clock.max(seen.at);
        Ok(())
    }

    /// Rule N15: the segment has no PSH, and more text was waiting.
    fn may_lack_push(&self, seen: &Seen) -> bool {
        let (local, remote) = seen.ports;
        let is_text = |packet: &WirePacket| packet.flags & flag::PSH == 0 && !packet.payload.is_empty();
        let mut tcbs = self.stack.sockets().filter_map(Socket::tcb);
        let tcb = tcbs.find(|tcb| tcb.local.port == local && tcb.remote.port == remote);
        let more_waited = || {
            let next = self.stack.sent.front().and_then(|sent| read(sent).ok());
            next.is_some_and(|next| next.ports == seen.ports && !next.wire.payload.is_empty())
        };
        self.mode.is_loose()
            && is_text(&seen.wire)
            && (tcb.is_some_and(|tcb| tcb.unsent_bytes() > 0) || more_waited())
    }

    /// The oldest packet that was not compared yet; or else the next one, if it is sent by the end of `span`.
    fn await_packet(&mut self, span: Span) -> Result<Option<Seen>, Failure> {
        loop {
            self.put_acks_aside()?;
            if let Some(sent) = self.stack.sent.pop_front() {
                self.clock = self.clock.max(sent.at);
                return read(&sent).map(Some);
            }
            if !self.stack.fire_next(span.to) {
                return Ok(None);
            }
            self.clock = self.clock.max(self.stack.now());
            self.resume_blocked()?;
        }
    }

    /// Nothing may be left over: an unexpected packet is an error.
    fn check_left_over(&mut self) -> Result<(), Failure> {
        self.put_acks_aside()?;
        while let Some(sent) = self.stack.sent.pop_front() {
            let seen = read(&sent)?;
            let connection = self.connections.entry(seen.ports).or_insert_with(Connection::new);
            let actual = connection.numbers.outbound(&on_the_wire(&seen.wire), None);
            if self.mode.is_loose() && actual.is_pure_ack() && connection.owes_repetition(seen.wire.ack) {
                continue;
            }
            let got = format!("{actual} at {}", seconds(seen.at));
            return Err(Failure::mismatch("no more packets", got));
        }
        Ok(())
    }

    fn finish(self) -> Result<(), Failure> {
        if let Some(blocked) = &self.blocked {
            return Err(Failure::mismatch(&blocked.spec, "it has not returned"));
        }
        self.acks.finish()
    }
}

/// A packet of the stack as a script segment, with numbers of the wire.
pub(crate) fn on_the_wire(wire: &WirePacket) -> Segment {
    Segment {
        flags: wire.flags,
        seq: wire.seq,
        numbering: Numbering::Usual,
        length: wire.payload.len() as u32,
        ack: (wire.flags & flag::ACK != 0 || wire.ack != 0).then_some(wire.ack),
        window: Some(wire.window),
        urgent: (wire.urgent != 0).then_some(wire.urgent),
        options: Some(wire.options.clone()),
    }
}

fn read(sent: &Sent) -> Result<Seen, Failure> {
    let wire = packets::decode(&sent.packet).map_err(|error| Failure::mismatch("a sound packet", error))?;
    Ok(Seen { at: sent.at, ports: (wire.ends.source_port, wire.ends.destination_port), wire })
}

/// What the script expects, and when.
pub(crate) fn describe(packet: &Packet, span: Span) -> String {
    if span.to == u64::MAX {
        return packet.to_string();
    }
    format!("{packet} from {} to {}", seconds(span.from), seconds(span.to))
}
