//! The world: two hosts, a link and a clock. One event at a time, one record for each.

use core::hash::{Hash, Hasher};
use std::net::Ipv4Addr;
use std::rc::Rc;

use super::hash::stable_hash;
use super::input::{Input, InputError};
use super::link::{Cable, Judged, Link, Sent};
use super::packet::{By, Packet, PacketId, Verdict};
use super::record::{Record, Setting, What};
use super::setup::Setup;
use crate::host::{CallResult, Host, HostId, Outcome, SocketCall, SocketId, Taken, Value, packets};
use tcp::rng::Rng;
use tcp::time::Instant;
use tcp::wire;
use tcp::{Effect, IcmpKind, TimerKind};

/// The router on the way, from a block set aside for documentation (RFC 5737).
const ROUTER: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 1);

/// The next thing that will happen if nobody interferes. Of two at the same instant the one listed first goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Upcoming {
    /// A packet arrives.
    Arrival {
        /// When.
        at: Instant,
        /// Which.
        packet: PacketId,
        /// Where.
        to: HostId,
    },
    /// A timer expires.
    Timer {
        /// When.
        at: Instant,
        /// Where.
        host: HostId,
        /// Of which socket.
        socket: SocketId,
        /// Which.
        kind: TimerKind,
    },
    /// A call that waited returns.
    Return {
        /// When.
        at: Instant,
        /// Where.
        host: HostId,
        /// On which socket it was made.
        socket: SocketId,
    },
    /// A program makes its next call.
    Program {
        /// When: now.
        at: Instant,
        /// Where.
        host: HostId,
    },
}

impl Upcoming {
    /// When it will happen.
    #[must_use]
    pub const fn at(self) -> Instant {
        match self {
            Self::Arrival { at, .. }
            | Self::Timer { at, .. }
            | Self::Return { at, .. }
            | Self::Program { at, .. } => at,
        }
    }
}

/// Two hosts, the link between them, the clock, and the records not yet taken.
///
/// A copy is cheap: the hosts and the link are shared until one of the copies changes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    now: Instant,
    hosts: [Rc<Host>; 2],
    link: Rc<Link>,
    rng: Rng,
    next_record: u32,
    records: Vec<Record>,
    is_recording: bool,
}

/// What is to come depends on all of this, and on nothing else: records that were made are history.
impl Hash for World {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.now, &self.hosts, &self.link, self.rng, self.next_record).hash(state);
    }
}

impl World {
    /// A world at the instant zero.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        let [client, server] = setup.settings;
        let mut link = Link::new(setup.latency);
        link.loss_per_mille = setup.loss_per_mille;
        link.duplicate_per_mille = setup.duplicate_per_mille;
        for rule in setup.rules {
            // Who reads a scenario has checked its rules, and can name the place; here there is nobody to tell.
            let _ = link.add_rule(rule);
        }
        Self {
            now: Instant::ZERO,
            hosts: [
                Rc::new(Host::new(HostId::Client, client, setup.programs[0])),
                Rc::new(Host::new(HostId::Server, server, setup.programs[1])),
            ],
            link: Rc::new(link),
            rng: Rng::new(setup.seed),
            next_record: 0,
            records: Vec::new(),
            is_recording: true,
        }
    }

    /// The time.
    #[must_use]
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// Client and server.
    #[must_use]
    pub const fn hosts(&self) -> &[Rc<Host>; 2] {
        &self.hosts
    }

    /// One of them.
    #[must_use]
    pub fn host(&self, id: HostId) -> &Host {
        &self.hosts[id.index()]
    }

    /// The link.
    #[must_use]
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// A hash of everything that decides what is to come; the same on every machine.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        stable_hash(self)
    }

    /// From now on no records are made: for work in bulk that nobody will look at. What happens stays the same.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn stop_recording(&mut self) {
        self.is_recording = false;
        for host in HostId::ALL {
            self.host_mut(host).stop_recording();
        }
    }

    /// The records made since they were last taken. Those that are not looked at are forgotten.
    pub fn take_records(&mut self) -> std::vec::Drain<'_, Record> {
        self.records.drain(..)
    }

    /// What happens next if nobody interferes; None if nothing ever will.
    #[must_use]
    pub fn next_event(&self) -> Option<Upcoming> {
        let arrival = self.link.next_arrival().map(|(at, packet)| Upcoming::Arrival {
            at,
            packet: packet.id,
            to: packet.to(),
        });
        // Nothing comes before a packet that arrives now.
        if arrival.is_some_and(|arrival| arrival.at() <= self.now) {
            return arrival;
        }
        // The first of equals wins, and they are looked at in the order of the variants, client before server.
        let mut next = arrival;
        let mut consider = |event: Upcoming| {
            if next.is_none_or(|known| event.at() < known.at()) {
                next = Some(event);
            }
        };
        for host in &self.hosts {
            if let Some((at, socket, kind)) = host.next_timer() {
                consider(Upcoming::Timer { at, host: host.id(), socket, kind });
            }
        }
        for host in &self.hosts {
            if let Some((at, socket)) = host.next_return(self.now) {
                consider(Upcoming::Return { at, host: host.id(), socket });
            }
        }
        for host in &self.hosts {
            if host.program_is_ready() {
                consider(Upcoming::Program { at: self.now, host: host.id() });
            }
        }
        next
    }

    /// Lets the next event happen. False if there is none.
    pub fn step(&mut self) -> bool {
        let Some(event) = self.next_event() else { return false };
        self.happen(event);
        true
    }

    fn happen(&mut self, event: Upcoming) {
        self.now = self.now.max(event.at());
        match event {
            Upcoming::Arrival { packet, .. } => {
                if let Some(packet) = self.link_mut().take(packet) {
                    self.deliver(packet);
                }
            }
            Upcoming::Timer { host, socket, kind, .. } => {
                let now = self.now;
                let outcome = self.host_mut(host).fire(now, socket, kind);
                self.note(host, outcome, None, false);
            }
            Upcoming::Return { host, socket, .. } => {
                let now = self.now;
                let outcome = self.host_mut(host).wake(now, socket);
                self.note(host, outcome, None, false);
            }
            Upcoming::Program { host, .. } => {
                let now = self.now;
                if let Some(outcome) = self.host_mut(host).program_step(now) {
                    self.note(host, outcome, None, true);
                }
            }
        }
    }

    /// Lets time pass until `to`, with all that happens until then and at that instant. Stops after `limit` events,
    /// and then says false: settings can be chosen with which two hosts never come to rest.
    pub fn run_until(&mut self, to: Instant, limit: u32) -> bool {
        let mut left = limit;
        while let Some(event) = self.next_event().filter(|event| event.at() <= to) {
            if left == 0 {
                return false;
            }
            left -= 1;
            self.happen(event);
        }
        self.now = self.now.max(to);
        true
    }

    /// Lets time pass until `to`, or until something is due, whichever is first. Nothing happens meanwhile: what is
    /// due at that very instant is still to come, and can be forestalled.
    pub fn wait_until(&mut self, to: Instant) {
        let due = self.next_event().map_or(to, |event| event.at().min(to));
        self.now = self.now.max(due);
    }

    /// Does one thing to the world. The clock stands still.
    ///
    /// # Errors
    /// If it cannot be done; then nothing has changed. A socket call that fails is not an error: that is its result.
    pub fn apply(&mut self, input: Input) -> Result<(), InputError> {
        match input {
            Input::Call { host, call } => {
                let _ = self.call(host, call);
            }
            Input::Verdict { packet, verdict } => self.judge(packet, verdict)?,
            Input::Crash(host) => {
                if !self.host(host).is_up() {
                    return Err(InputError::AlreadyDown(host));
                }
                self.host_mut(host).crash();
                self.record(Some(host), None, What::Crashed);
            }
            Input::Restart(host) => {
                if self.host(host).is_up() {
                    return Err(InputError::AlreadyUp(host));
                }
                let now = self.now;
                self.host_mut(host).restart(now);
                self.record(Some(host), None, What::Restarted);
            }
            Input::CutCable => self.cut_cable()?,
            Input::MendCable => {
                if self.link.cable == Cable::Up {
                    return Err(InputError::NotCut);
                }
                self.link_mut().cable = Cable::Up;
                self.record(None, None, What::CableMended);
            }
            Input::AddRule(_)
            | Input::RemoveRule(_)
            | Input::ClearRules
            | Input::SetLatency { .. }
            | Input::SetLoss { .. }
            | Input::SetDuplication { .. } => self.set_link(input)?,
            Input::SetConfig { host, config } => {
                self.host_mut(host).settings_mut().config = config.clone();
                self.record(Some(host), None, What::Setting(Setting::Config(config)));
            }
            Input::SetWhatIf { host, what_if } => {
                self.host_mut(host).settings_mut().what_if = what_if;
                self.record(Some(host), None, What::Setting(Setting::WhatIf(what_if)));
            }
            Input::RunProgram { host, program } => {
                let now = self.now;
                for outcome in self.host_mut(host).run(now, program) {
                    self.note(host, outcome, None, true);
                }
                self.record(Some(host), None, What::Setting(Setting::Program(program)));
            }
        }
        Ok(())
    }

    /// Makes a socket call and says what it returned: [`Input::Call`] for a caller who wants to go on with that.
    pub fn call(&mut self, host: HostId, call: SocketCall) -> CallResult {
        let now = self.now;
        let mut outcome = self.host_mut(host).call(now, call);
        let result = if self.is_recording { outcome.result.clone() } else { outcome.result.take() };
        self.note(host, outcome, None, false);
        // Every call returns.
        result.unwrap_or(Ok(Value::Zero))
    }

    fn judge(&mut self, packet: PacketId, verdict: Verdict) -> Result<(), InputError> {
        let now = self.now;
        let judged = self.link.packet(packet).map(|packet| (packet.from, packet.bytes.clone()));
        let copy = self.link_mut().judge(now, packet, verdict)?;
        self.record_verdict(Judged { packet, verdict, by: By::Learner, copy });
        if let (Verdict::Unreachable(kind), Some((from, bytes))) = (verdict, judged) {
            self.report(from, kind, &bytes);
        }
        // "Now" means before anything else that is due at this instant.
        if verdict == Verdict::Deliver
            && let Some(packet) = self.link_mut().take(packet)
        {
            self.deliver(packet);
        }
        Ok(())
    }

    fn cut_cable(&mut self) -> Result<(), InputError> {
        if self.link.cable == Cable::Cut {
            return Err(InputError::AlreadyCut);
        }
        let lost = self.link_mut().cut();
        self.record(None, None, What::CableCut);
        for packet in lost {
            let by = By::CutCable;
            self.record_verdict(Judged { packet: packet.id, verdict: Verdict::Drop, by, copy: None });
        }
        Ok(())
    }

    fn set_link(&mut self, input: Input) -> Result<(), InputError> {
        let in_range = |rate| if rate > 1_000 { Err(InputError::NotPerMille(rate)) } else { Ok(rate) };
        let setting = match input {
            Input::AddRule(rule) => {
                self.link_mut().add_rule(rule)?;
                Setting::RuleAdded(rule)
            }
            Input::RemoveRule(index) => Setting::RuleRemoved(self.link_mut().remove_rule(index)?),
            Input::SetLatency { from, latency } => {
                Link::check_length(latency)?;
                self.link_mut().latency[from.index()] = latency;
                Setting::Latency { from, latency }
            }
            Input::SetLoss { from, per_mille } => {
                self.link_mut().loss_per_mille[from.index()] = in_range(per_mille)?;
                Setting::Loss { from, per_mille }
            }
            Input::SetDuplication { from, per_mille } => {
                self.link_mut().duplicate_per_mille[from.index()] = in_range(per_mille)?;
                Setting::Duplication { from, per_mille }
            }
            _ => {
                self.link_mut().clear_rules();
                Setting::RulesCleared
            }
        };
        self.record(None, None, What::Setting(setting));
        Ok(())
    }

    /// A packet has come to the end of its way.
    fn deliver(&mut self, packet: Packet) {
        let (to, now) = (packet.to(), self.now);
        if self.host(to).is_up() {
            let outcome = self.host_mut(to).receive(now, packet.bytes);
            self.note(to, outcome, Some(packet.id), false);
        } else {
            self.record(Some(to), None, What::Unheard { packet: packet.id });
        }
    }

    /// Makes the records of what happened on a host, and sends what it sends.
    fn note(&mut self, host: HostId, outcome: Outcome, packet: Option<PacketId>, by_program: bool) {
        if !self.is_recording {
            outcome.transitions.iter().for_each(|taken| self.send(host, &taken.transition.effects));
            return self.send(host, &outcome.unrecorded);
        }
        let mut call = outcome.call.zip(outcome.result);
        if let (Some(packet), Some(error)) = (packet, outcome.discarded) {
            self.record(Some(host), None, What::Discarded { packet, error });
        }
        if outcome.transitions.is_empty()
            && let Some((call, result)) = call.take()
        {
            let made = if let Ok(Value::Descriptor(socket)) = result { Some(socket) } else { None };
            let socket = call.socket().or(made);
            self.record(Some(host), socket, What::Call { call, result, by_program });
        }
        for Taken { socket, transition } in outcome.transitions {
            let what = What::Transition {
                transition: Rc::clone(&transition),
                packet,
                call: call.take(),
                by_program,
            };
            self.record(Some(host), socket, what);
            self.send(host, &transition.effects);
        }
    }

    /// A router close by tells `host` why its packet is not passed on.
    fn report(&mut self, host: HostId, kind: IcmpKind, packet: &[u8]) {
        let now = self.now;
        let icmp = wire::encode_icmp(ROUTER, kind, packet);
        if let Some(icmp) = icmp.filter(|_| self.host(host).is_up()) {
            let outcome = self.host_mut(host).receive(now, icmp);
            self.note(host, outcome, None, false);
        }
    }

    /// Puts the packets of an event on the link, on the account of the last record.
    fn send(&mut self, from: HostId, effects: &[Effect]) {
        let (now, cause) = (self.now, self.records.len());
        for bytes in packets(effects) {
            let link = Rc::make_mut(&mut self.link);
            let Sent { id, judged, lost } = link.send(now, from, bytes, &mut self.rng);
            if let Some(record) = cause.checked_sub(1).and_then(|cause| self.records.get_mut(cause)) {
                record.sent.push(id);
            }
            if let Some(judged) = judged {
                self.record_verdict(judged);
                if let (Verdict::Unreachable(kind), Some(lost)) = (judged.verdict, lost) {
                    self.report(from, kind, &lost);
                }
            }
        }
    }

    fn record_verdict(&mut self, judged: Judged) {
        let Judged { packet, verdict, by, copy } = judged;
        self.record(None, None, What::Verdict { packet, verdict, by, copy });
    }

    fn record(&mut self, host: Option<HostId>, socket: Option<SocketId>, what: What) {
        if !self.is_recording {
            return;
        }
        let id = self.next_record;
        self.next_record += 1;
        self.records.push(Record { id, at: self.now, host, socket, what, sent: Vec::new() });
    }

    fn host_mut(&mut self, id: HostId) -> &mut Host {
        Rc::make_mut(&mut self.hosts[id.index()])
    }

    fn link_mut(&mut self) -> &mut Link {
        Rc::make_mut(&mut self.link)
    }
}
