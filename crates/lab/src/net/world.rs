//! The world: two hosts, a link and a clock. Events happen one at a time, and each gives a record.

mod apply;
mod upcoming;

use core::hash::{Hash, Hasher};
use std::net::Ipv4Addr;
use std::rc::Rc;

use super::hash::stable_hash;
use super::link::{Judged, Link, Sent};
use super::packet::{Packet, PacketId, Sending, Verdict};
use super::record::{Record, What};
use super::setup::Setup;
use crate::host::{Host, HostId, Outcome, Recording, SocketId, SocketTransition, Value, packets};
use tcp::rng::Rng;
use tcp::time::Instant;
use tcp::wire;
use tcp::{Effect, IcmpKind};

pub use upcoming::Upcoming;

/// The address of the router that sends ICMP reports, from a block reserved for documentation (RFC 5737).
const ROUTER: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 1);

/// Two hosts, the link between them, the clock, and the records that were not taken yet.
///
/// A clone is cheap: hosts and link are shared until one of the clones changes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    now: Instant,
    hosts: [Rc<Host>; 2],
    link: Rc<Link>,
    rng: Rng,
    next_record: u32,
    records: Vec<Record>,
    recording: Recording,
}

/// Hashes everything that decides what will happen. Old records do not.
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
            // The reader of a scenario has checked its rules already, and reports errors with their place.
            let _ = link.rules.add(rule);
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
            recording: Recording::On,
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

    /// About how many octets of memory a clone takes: little more than the lists of shared things.
    #[must_use]
    pub fn octets(&self) -> usize {
        let of_host = |host: &Rc<Host>| size_of::<Host>() + host.octets();
        let hosts: usize = self.hosts.iter().map(of_host).sum();
        size_of::<Self>() + size_of::<Link>() + hosts + self.link.in_flight().len() * size_of::<Rc<Packet>>()
    }

    /// A hash of everything that decides what will happen; the same on every machine.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        stable_hash(self)
    }

    /// From now on no records are made: for bulk work that nobody will look at. What happens stays the same.
    pub fn stop_recording(&mut self) {
        self.recording = Recording::Off;
        for host in HostId::ALL {
            self.host_mut(host).stop_recording();
        }
    }

    /// Takes out the records made since the last call.
    pub fn take_records(&mut self) -> std::vec::Drain<'_, Record> {
        self.records.drain(..)
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

    /// Lets time pass until `to`, with everything that happens until then and at that instant. Stops after `limit`
    /// events and returns false: with some settings two hosts never stop sending.
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

    /// Lets time pass until `to`, or until the next event is due, if that is earlier. The event itself does not happen
    /// yet, so the learner can still prevent it.
    pub fn wait_until(&mut self, to: Instant) {
        let due = self.next_event().map_or(to, |event| event.at().min(to));
        self.now = self.now.max(due);
    }

    /// A packet reaches its host.
    fn deliver(&mut self, packet: Packet) {
        let (to, now) = (packet.to(), self.now);
        if self.host(to).is_up() {
            let outcome = self.host_mut(to).receive(now, packet.bytes);
            self.note(to, outcome, Some((packet.id, packet.sending)), false);
        } else {
            self.record(Some(to), None, What::Unheard { packet: packet.id, sending: packet.sending });
        }
    }

    /// Makes the records of what happened on a host, and sends what it sends.
    fn note(
        &mut self,
        host: HostId,
        outcome: Outcome,
        arrived: Option<(PacketId, Sending)>,
        by_program: bool,
    ) {
        let mut call = outcome.call.zip(outcome.result);
        if let (Some((packet, sending)), Some(error)) = (arrived, outcome.discarded) {
            self.record(Some(host), None, What::Discarded { packet, sending, error });
        }
        if outcome.transitions.is_empty()
            && let Some((call, result)) = call.take()
        {
            let made = if let Ok(Value::Descriptor(socket)) = result { Some(socket) } else { None };
            let socket = call.socket().or(made);
            self.record(Some(host), socket, What::Call { call, result, by_program });
        }
        for SocketTransition { socket, transition } in outcome.transitions {
            let what = What::Transition {
                transition: Rc::clone(&transition),
                packet: arrived.map(|(packet, _)| packet),
                call: call.take(),
                by_program,
            };
            self.record(Some(host), socket, what);
            self.send(host, &transition.effects);
        }
        self.send(host, &outcome.unrecorded);
    }

    /// A router tells `host` why its packet could not be passed on.
    fn report(&mut self, host: HostId, kind: IcmpKind, packet: &[u8]) {
        let now = self.now;
        let icmp = wire::encode_icmp(ROUTER, kind, packet);
        if let Some(icmp) = icmp.filter(|_| self.host(host).is_up()) {
            let outcome = self.host_mut(host).receive(now, icmp);
            self.note(host, outcome, None, false);
        }
    }

    /// Puts the packets of an event on the link, and notes them in the last record.
    fn send(&mut self, from: HostId, effects: &[Effect]) {
        let (now, cause) = (self.now, self.records.len());
        for bytes in packets(effects) {
            let link = Rc::make_mut(&mut self.link);
            let mut record = cause.checked_sub(1).and_then(|cause| self.records.get_mut(cause));
            let sending = record.as_ref().map_or_else(Sending::default, |record| Sending {
                record: record.id,
                place: record.sent.len() as u32,
            });
            let Sent { id, judged, lost } = link.send(now, from, bytes, sending, &mut self.rng);
            if let Some(record) = &mut record {
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
        let Judged { packet, sending, verdict, by, copy } = judged;
        self.record(None, None, What::Verdict { packet, sending, verdict, by, copy });
    }

    fn record(&mut self, host: Option<HostId>, socket: Option<SocketId>, what: What) {
        if self.recording == Recording::Off {
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
