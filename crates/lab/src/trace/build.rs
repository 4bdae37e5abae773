//! From records to what the ladder draws: one pass, each record looked at once.

use crate::host::{HostId, SocketId};
use crate::net::{By, Link, PacketId, Record, Verdict, What};
use tcp::time::Instant;
use tcp::{Control, Effect, Event, SendReason, SeqNumber, State, Tcb, TimerKind, Transition};

use super::{Band, Fate, PacketTrace, TimerBar, TimerEnd, Trace};

/// One life of a connection at one host: its ends and its initial sequence number.
type Life = (u16, u16, SeqNumber);

/// What tells one SYN from another: sender, socket, ports, number and bits. All but the socket may be the same in two
/// connections.
type Syn = (HostId, Option<SocketId>, [u16; 2], u32, u8);

/// Traces a run, one record after the other.
#[derive(Clone, Debug, Default)]
pub struct Tracer {
    trace: Trace,
    /// The connection of each packet at its sender; None for a reply from no connection.
    lives: Vec<Option<Life>>,
    /// The connections that each host has now.
    alive: [Vec<(SocketId, Life)>; 2],
    /// The SYNs sent, each once.
    syns: Vec<Syn>,
    /// The bars of the running timers, few at any time.
    running: Vec<usize>,
}

impl Tracer {
    /// Takes in the next record.
    pub fn add(&mut self, record: &Record) {
        match &record.what {
            What::Transition { transition, packet, .. } => {
                if let Some(packet) = packet {
                    self.end(*packet, Fate::Arrived(record.at), Some(record.id));
                }
                self.add_transition(record, transition);
            }
            What::Discarded { packet, error, .. } => {
                self.end(*packet, Fate::Discarded { at: record.at, error: *error }, Some(record.id));
            }
            What::Unheard { packet, .. } => {
                self.end(*packet, Fate::Unheard { at: record.at }, Some(record.id))
            }
            What::Verdict { packet, verdict, by, copy, .. } => {
                self.judge(record, *packet, *verdict, *by, *copy);
            }
            What::Crashed => self.crash(record),
            What::Call { .. } | What::Restarted | What::CableCut | What::CableMended | What::Setting(_) => {}
        }
    }

    fn add_transition(&mut self, record: &Record, transition: &Transition) {
        let Some(host) = record.host else { return };
        if let Some(socket) = record.socket {
            self.add_bands(record.at, host, socket, transition);
            self.add_timers(record.at, host, socket, transition);
            self.note_life(host, socket, &transition.after);
        }
        let life = record.socket.is_some().then(|| life_of(&transition.after));
        for ((segment, why), id) in transition.sent().zip(&record.sent) {
            let ports = [segment.source.port, segment.destination.port];
            let syn = (host, record.socket, ports, segment.seq.0, segment.control.bits());
            let is_new = !segment.has(Control::SYN) || !self.syns.contains(&syn);
            if is_new && segment.has(Control::SYN) {
                self.syns.push(syn);
            }
            let repeats = matches!(why, SendReason::Retransmission | SendReason::PartialAck)
                || (why == SendReason::AcceptOpen && !is_new);
            self.lives.push(life);
            self.trace.packets.push(PacketTrace {
                id: *id,
                from: host,
                sent_at: record.at,
                // Until a verdict says otherwise; the time of arrival is known to the link, not to the records.
                usual_at: record.at,
                fate: Fate::Flying { arrives_at: record.at },
                segment: segment.clone(),
                copy_of: None,
                corrupted: false,
                retransmission: repeats,
                delayed: None,
                stale: false,
                sent_by: record.id,
                arrived_as: None,
            });
        }
    }

    fn add_bands(&mut self, at: Instant, host: HostId, socket: SocketId, transition: &Transition) {
        let is_child = transition.from() == State::Listen && transition.to() != State::Listen;
        if is_child && self.last_band(host, socket).is_none() {
            // A child starts in its listener's LISTEN. That band would have no length, so it is left out.
            self.push_band(at, host, socket, transition.to());
            return;
        }
        for fired in transition.fired.iter().filter(|fired| fired.from != fired.to) {
            if fired.to == State::Listen && fired.from != State::Closed {
                // The child ends; only its listener is still in LISTEN.
                self.close_band(at, host, socket);
            } else {
                self.push_band(at, host, socket, fired.to);
            }
        }
    }

    fn push_band(&mut self, at: Instant, host: HostId, socket: SocketId, state: State) {
        self.close_band(at, host, socket);
        self.trace.bands.push(Band { host, socket, state, from: at, to: None });
    }

    fn close_band(&mut self, at: Instant, host: HostId, socket: SocketId) {
        if let Some(band) = self.last_band(host, socket) {
            band.to.get_or_insert(at);
        }
    }

    fn last_band(&mut self, host: HostId, socket: SocketId) -> Option<&mut Band> {
        self.trace.bands.iter_mut().rev().find(|band| (band.host, band.socket) == (host, socket))
    }

    fn add_timers(&mut self, at: Instant, host: HostId, socket: SocketId, transition: &Transition) {
        if let Event::Timeout(kind) = transition.cause {
            self.end_timer(at, host, socket, kind, TimerEnd::Fired);
        }
        for effect in &transition.effects {
            match effect {
                Effect::ArmTimer { kind, at: expiry, .. } => {
                    self.end_timer(at, host, socket, *kind, TimerEnd::Rearmed);
                    let bar = TimerBar { host, socket, kind: *kind, armed_at: at, at: *expiry, ended: None };
                    self.running.push(self.trace.timers.len());
                    self.trace.timers.push(bar);
                }
                Effect::StopTimer { kind, .. } => {
                    self.end_timer(at, host, socket, *kind, TimerEnd::Stopped);
                }
                Effect::Send { .. }
                | Effect::Deliver { .. }
                | Effect::Signal(_)
                | Effect::Drop(_)
                | Effect::DeleteTcb
                | Effect::Reply(_) => {}
            }
        }
    }

    fn end_timer(&mut self, at: Instant, host: HostId, socket: SocketId, kind: TimerKind, end: TimerEnd) {
        let timers = &mut self.trace.timers;
        let is_it = |bar: &TimerBar| (bar.host, bar.socket, bar.kind) == (host, socket, kind);
        if let Some(place) = self.running.iter().position(|index| is_it(&timers[*index])) {
            timers[self.running.swap_remove(place)].ended = Some((at, end));
        }
    }

    fn note_life(&mut self, host: HostId, socket: SocketId, tcb: &Tcb) {
        let alive = &mut self.alive[host.index()];
        alive.retain(|(id, _)| *id != socket);
        if tcb.state != State::Closed && tcb.state != State::Listen {
            alive.push((socket, life_of(tcb)));
        }
    }

    fn judge(&mut self, record: &Record, id: PacketId, verdict: Verdict, by: By, copy: Option<PacketId>) {
        let at = record.at;
        match verdict {
            Verdict::Drop | Verdict::Unreachable(_) => {
                self.end(id, Fate::Dropped { at, by }, Some(record.id))
            }
            Verdict::Hold => self.change(id, |packet| packet.fate = Fate::Held),
            Verdict::Release => {
                self.change(id, |packet| packet.fate = Fate::Flying { arrives_at: at });
            }
            Verdict::Delay(by) => self.change(id, |packet| {
                packet.delayed = Some(packet.delayed.unwrap_or_default() + by);
            }),
            Verdict::Corrupt { .. } => self.change(id, |packet| packet.corrupted = true),
            Verdict::Duplicate => self.copy(record, id, copy),
            Verdict::Deliver | Verdict::Swap => {}
        }
    }

    fn copy(&mut self, record: &Record, id: PacketId, copy: Option<PacketId>) {
        let Some(copy) = copy else { return };
        let Ok(index) = self.trace.packets.binary_search_by_key(&id, |packet| packet.id) else { return };
        let original = self.trace.packets[index].clone();
        self.lives.push(self.lives[index]);
        self.trace.packets.push(PacketTrace {
            id: copy,
            sent_at: record.at.max(original.sent_at),
            copy_of: Some(id),
            sent_by: record.id,
            fate: Fate::Flying { arrives_at: record.at },
            arrived_as: None,
            ..original
        });
    }

    fn crash(&mut self, record: &Record) {
        let Some(host) = record.host else { return };
        self.alive[host.index()].clear();
        for band in self.trace.bands.iter_mut().filter(|band| band.host == host) {
            band.to.get_or_insert(record.at);
        }
        let timers = &mut self.trace.timers;
        self.running.retain(|&index| {
            let goes = timers[index].host == host;
            if goes {
                timers[index].ended = Some((record.at, TimerEnd::Stopped));
            }
            !goes
        });
    }

    fn end(&mut self, id: PacketId, fate: Fate, record: Option<u32>) {
        let Ok(index) = self.trace.packets.binary_search_by_key(&id, |packet| packet.id) else { return };
        let stale = self.is_stale(index);
        let packet = &mut self.trace.packets[index];
        packet.fate = fate;
        packet.arrived_as = record;
        packet.stale = stale;
    }

    /// Its sender no longer has the connection it was sent on. An RST, a pure ACK or a FIN is never stale: it may be the
    /// last word of a connection, sent when its TCB was deleted.
    fn is_stale(&self, index: usize) -> bool {
        let packet = &self.trace.packets[index];
        let alive = &self.alive[packet.from.index()];
        let is_last_word = !packet.segment.has(Control::SYN) && packet.segment.text.is_empty();
        !is_last_word && self.lives[index].is_some_and(|life| alive.iter().all(|(_, known)| *known != life))
    }

    fn change(&mut self, id: PacketId, change: impl FnOnce(&mut PacketTrace)) {
        if let Ok(index) = self.trace.packets.binary_search_by_key(&id, |packet| packet.id) {
            change(&mut self.trace.packets[index]);
        }
    }

    /// The trace so far, without the arrival times of packets in flight.
    #[must_use]
    pub const fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Forgets what is over, to trace only a part of the run from here on. What still runs is kept and shows in that part.
    pub fn forget(&mut self) {
        let is_open = |packet: &PacketTrace| packet.fate.ended_at().is_none();
        let mut open = self.trace.packets.iter().map(is_open);
        self.lives.retain(|_| open.next().unwrap_or_default());
        self.trace.packets.retain(is_open);
        let bands = &mut self.trace.bands;
        bands.retain(|band| band.to.is_none());
        // Of the closed sockets of a host, only the last one is shown.
        let last = HostId::ALL.map(|host| {
            bands
                .iter()
                .rev()
                .find(|band| band.host == host && band.state == State::Closed)
                .map(|band| band.socket)
        });
        bands.retain(|band| band.state != State::Closed || last[band.host.index()] == Some(band.socket));
        let timers = &mut self.trace.timers;
        timers.retain(|bar| bar.ended.is_none());
        self.running = (0..timers.len()).collect();
        let alive = &self.alive;
        self.syns.retain(|(host, _, ports, ..)| {
            alive[host.index()].iter().any(|(_, (local, remote, _))| [*local, *remote] == *ports)
        });
    }

    /// The finished trace. Only `link` knows when the packets in flight will arrive.
    #[must_use]
    pub fn finish(mut self, link: &Link) -> Trace {
        for packet in link.in_flight() {
            let fate = packet.arrives_at.map_or(Fate::Held, |arrives_at| Fate::Flying { arrives_at });
            self.change(packet.id, |packet| packet.fate = fate);
        }
        for index in 0..self.trace.packets.len() {
            let packet = &mut self.trace.packets[index];
            packet.usual_at = packet.sent_at + link.latency(packet.from);
            if self.trace.packets[index].fate.ended_at().is_none() {
                self.trace.packets[index].stale = self.is_stale(index);
            }
        }
        self.trace
    }
}

fn life_of(tcb: &Tcb) -> Life {
    (tcb.local.port, tcb.remote.port, tcb.snd.iss)
}
