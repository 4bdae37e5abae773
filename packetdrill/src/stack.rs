//! The stack under test: one host of the lab, a virtual clock, and the packets that the host has sent.

use std::collections::VecDeque;
use std::net::Ipv4Addr;

use bytes::Bytes;
use lab::host::{
    CallResult, Errno, Host, HostId, Outcome, Program, Socket, SocketCall, SocketId, SocketState,
};
use tcp::time::Instant;
use tcp::wire::WireError;
use tcp::{Config, Settings, State, TimerKind};

use crate::script::TcpOption;

/// The host under test. The script plays the other one.
const HOST: HostId = HostId::Client;

/// Where the standard leaves a choice, public scripts assume: ten segments before the first acknowledgement (RFC 6928),
/// Nagle's algorithm, and an answer to every doubtful segment.
fn settings() -> Settings {
    let config =
        Config { initial_segments: Some(10), nagle: true, challenge_limit: None, ..Config::default() };
    Settings { config, ..Settings::default() }
}

/// A packet that the stack has sent, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    /// Microseconds since the script began.
    pub(crate) at: u64,
    pub(crate) packet: Bytes,
}

pub(crate) struct Stack {
    host: Host,
    /// Microseconds since the script began.
    now: u64,
    /// The packets sent and not compared yet, oldest first.
    pub(crate) sent: VecDeque<Sent>,
}

impl Stack {
    pub(crate) fn new() -> Self {
        Self { host: Host::new(HOST, settings(), Program::None), now: 0, sent: VecDeque::new() }
    }

    /// Its address.
    pub(crate) fn addr(&self) -> Ipv4Addr {
        self.host.addr()
    }

    /// The address of the other end, which the script plays.
    pub(crate) fn remote_addr(&self) -> Ipv4Addr {
        HOST.other().addr()
    }

    pub(crate) fn config(&self) -> &Config {
        &self.host.settings().config
    }

    pub(crate) fn config_mut(&mut self) -> &mut Config {
        &mut self.host.settings_mut().config
    }

    /// From now on it offers exactly these options in its SYNs.
    pub(crate) fn offer(&mut self, options: &[TcpOption]) {
        let config = self.config_mut();
        (config.window_scale, config.timestamps, config.sack) = (None, false, false);
        for option in options {
            match option {
                TcpOption::WindowScale(shift) => config.window_scale = Some(*shift),
                TcpOption::Timestamps { .. } => config.timestamps = true,
                TcpOption::SackPermitted => config.sack = true,
                _ => {}
            }
        }
    }

    pub(crate) fn sockets(&self) -> impl Iterator<Item = &Socket> {
        self.host.sockets()
    }

    pub(crate) fn socket(&self, id: SocketId) -> Option<&Socket> {
        self.host.socket(id)
    }

    /// The state of the connection between these ports, if there is one.
    pub(crate) fn connection(&self, local: u16, remote: u16) -> Option<State> {
        self.host.sockets().find_map(|socket| match &socket.state {
            SocketState::Connected(tcb) if tcb.local.port == local && tcb.remote.port == remote => {
                Some(tcb.state)
            }
            _ => None,
        })
    }

    /// Makes a call.
    pub(crate) fn call(&mut self, call: SocketCall) -> CallResult {
        let outcome = self.host.call(Instant::from_micros(self.now), call);
        self.keep(&outcome);
        let result = outcome.result;
        // Never happens: every call has a result.
        result.unwrap_or(Err(Errno::EHOSTDOWN))
    }

    /// Reads and clears SO_ERROR. A recv() of zero bytes reports the error and changes nothing else.
    pub(crate) fn take_error(&mut self, id: SocketId) -> Option<Errno> {
        self.host.socket(id)?.error?;
        self.call(SocketCall::Recv { socket: id, max_bytes: 0 }).err()
    }

    /// A packet arrives. Err if it does not reach TCP.
    pub(crate) fn receive(&mut self, packet: &Bytes) -> Result<(), WireError> {
        let outcome = self.host.receive(Instant::from_micros(self.now), packet.clone());
        self.keep(&outcome);
        outcome.discarded.map_or(Ok(()), Err)
    }

    /// TIME-WAIT of `id` ends now.
    pub(crate) fn end_time_wait(&mut self, id: SocketId) {
        let outcome = self.host.fire(Instant::from_micros(self.now), id, TimerKind::TimeWait);
        self.keep(&outcome);
    }

    /// Lets time pass up to `until`, with every timer that expires until then.
    pub(crate) fn advance(&mut self, until: u64) {
        while self.fire_next(until) {}
        self.now = self.now.max(until);
    }

    /// Fires the next timer, if it expires by `until`. False if there is none.
    pub(crate) fn fire_next(&mut self, until: u64) -> bool {
        let Some((at, socket, kind)) = self.host.next_timer().filter(|(at, ..)| at.as_micros() <= until)
        else {
            return false;
        };
        self.now = self.now.max(at.as_micros());
        let outcome = self.host.fire(Instant::from_micros(self.now), socket, kind);
        self.keep(&outcome);
        true
    }

    pub(crate) const fn now(&self) -> u64 {
        self.now
    }

    fn keep(&mut self, outcome: &Outcome) {
        let at = self.now;
        self.sent.extend(outcome.packets().map(|packet| Sent { at, packet }));
    }
}
