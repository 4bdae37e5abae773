//! What the views of one moment share. It is found at the end of a run of any length by reading the last page or two.

use std::cell::RefCell;
use std::rc::Rc;

use super::Voice;
use super::marks::rank;
use crate::lang::HostId;
use course::{Notation, Numbers};
use lab::host::SocketId;
use lab::net::{PacketId, Record, What};
use lab::trace::{PacketTrace, Tracer};
use lab::{Gather, PAGE, Pages, Records, Session, Trace};
use tcp::Space;
use tcp::edge::Edge;
use tcp::time::Instant;
use tcp::{Control, Segment, SeqNumber, Tcb, Var};

/// The pages of the run: it is worth keeping for as long as the page is open.
pub type Memory = Rc<RefCell<Pages<Gathered>>>;

/// The sockets that the reader has chosen for the hosts' panels.
pub type Shown = [Option<SocketId>; 2];

/// What the views need to know of all that was before.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    pub(super) tracer: Tracer,
    pub(super) numbers: Numbers,
    /// The edges taken, each once, and by whom.
    pub(super) taken: Vec<(&'static Edge, [bool; 2])>,
    /// The last record of each host in which it made a call.
    pub(super) calls: [Option<Rc<Record>>; 2],
    /// Of every few records of this page the one to look for on the timeline.
    pub(super) notable: Vec<Rc<Record>>,
}

impl Gather for Gathered {
    fn add(&mut self, record: &Rc<Record>) {
        self.tracer.add(record);
        self.numbers.read(record);
        match self.notable.last_mut().filter(|_| !record.id.is_multiple_of(4)) {
            Some(notable) if rank(record) <= rank(notable) => {}
            Some(notable) => *notable = Rc::clone(record),
            None => self.notable.push(Rc::clone(record)),
        }
        let Some(host) = record.host else { return };
        if record.call().is_some() {
            self.calls[host.index()] = Some(Rc::clone(record));
        }
        let (What::Transition { transition, .. }, Some(_)) = (&record.what, record.socket) else { return };
        for fired in transition.fired.iter().filter(|fired| fired.from != fired.to) {
            let Some(edge) = Edge::between(fired.from, fired.to) else { continue };
            let known = self.taken.iter().position(|(known, _)| *known == edge).unwrap_or_else(|| {
                self.taken.push((edge, [false; 2]));
                self.taken.len() - 1
            });
            self.taken[known].1[host.index()] = true;
        }
    }

    fn turn(&mut self) {
        self.tracer.forget();
        self.notable.clear();
    }
}

/// Two pages of a run: what the ladder shows of it at a time.
#[derive(Clone, Debug)]
pub(crate) struct Window {
    /// The number of its first page.
    pub(super) page: usize,
    /// Its first record, and the one after its last.
    pub(super) span: (usize, usize),
    /// When it begins, with what was on its way then.
    pub(super) from: Instant,
    /// The moment from which on the next window shows it as well.
    pub(super) middle: Instant,
    /// When its last record was.
    pub(super) until: Instant,
    pub(super) trace: Trace,
    /// The numbers of each packet of the trace: `seq=y ack=x+1`.
    labels: Vec<String>,
}

impl Window {
    /// The numbers of a packet.
    pub(super) fn label(&self, packet: &PacketTrace) -> &str {
        let index = self.trace.packets.binary_search_by_key(&packet.id, |packet| packet.id);
        index.map_or("", |index| &self.labels[index])
    }
}

/// Everything the views of one moment share.
#[derive(Debug)]
pub struct Scene {
    pub(super) session: Session,
    memory: Memory,
    pub(super) voice: Voice,
    pub(super) shown: Shown,
    /// The newest part of the run.
    pub(super) window: Window,
    /// What was gathered up to this moment.
    pub(super) gathered: Gathered,
}

impl Scene {
    /// The scene of a session.
    #[must_use]
    pub fn new(session: &Session, memory: &Memory, voice: Voice) -> Self {
        let (gathered, window) = read(session, &mut memory.borrow_mut(), voice.notation, usize::MAX);
        let shown = Shown::default();
        Self { session: session.clone(), memory: Rc::clone(memory), voice, shown, window, gathered }
    }

    /// The same with these sockets in the hosts' panels.
    #[must_use]
    pub fn showing(self, shown: Shown) -> Self {
        Self { shown, ..self }
    }

    /// The part of the run that begins with page number `page`.
    pub(super) fn window(&self, page: usize) -> Window {
        read(&self.session, &mut self.memory.borrow_mut(), self.voice.notation, page).1
    }

    /// The letters known once the first `count` records are there.
    pub(super) fn numbers_after(&self, count: usize) -> Numbers {
        if count == self.session.records().len() {
            return self.gathered.numbers.clone();
        }
        self.memory.borrow_mut().all(self.session.records().first(count)).numbers
    }

    /// What one would look for in the full pages of the branch, those after the cursor included.
    pub(super) fn notable(&self) -> Vec<Rc<Record>> {
        let mut memory = self.memory.borrow_mut();
        let full = memory.full(self.session.all_records());
        full.iter().flat_map(|(_, gathered)| gathered.notable.iter().cloned()).collect()
    }

    /// A packet and its numbers, wherever in the run it is.
    pub(super) fn packet(&self, id: u32) -> Option<(PacketTrace, String)> {
        let id = PacketId(id);
        if let Some(packet) = self.window.trace.packet(id) {
            return Some((packet.clone(), self.window.label(packet).to_owned()));
        }
        let packet = self.session.trace().packet(id)?.clone();
        let numbers = self.numbers_after(packet.sent_by as usize + 1);
        let label = label(&numbers, &packet.segment, packet.from, self.voice.notation);
        Some((packet, label))
    }

    /// A variable of a TCB as the reader wants numbers written.
    pub(super) fn variable(&self, host: HostId, tcb: &Tcb, var: Var, value: u32) -> String {
        let owner = match var.space() {
            Space::Ours => host,
            Space::Theirs => host.other(),
            Space::Count => return value.to_string(),
        };
        let ends = (tcb.local, tcb.remote);
        self.gathered.numbers.seq_text(ends, owner, SeqNumber(value), self.voice.notation)
    }
}

/// Reads the window that begins with `page`, or the last one; and what was gathered at its end.
fn read(
    session: &Session,
    memory: &mut Pages<Gathered>,
    notation: Notation,
    page: usize,
) -> (Gathered, Window) {
    let records = session.records();
    let last = (records.len() / PAGE).saturating_sub(1);
    let page = page.min(last);
    let is_last = page == last;
    let span = (page * PAGE, if is_last { records.len() } else { (page + 2) * PAGE });
    let mut gathered = memory.before(records, page);
    let carried = &gathered.tracer.trace().packets;
    let mut labels: Vec<String> = carried
        .iter()
        .map(|packet| label(&gathered.numbers, &packet.segment, packet.from, notation))
        .collect();
    let at = |index: usize| records.get(index).map_or(session.now(), |record| record.at);
    let begins = if page == 0 { Instant::ZERO } else { at(span.0) };
    let from = carried.first().map_or(begins, |packet| packet.sent_at.min(begins));
    for index in span.0..span.1 {
        gathered.add(&records[index]);
        for packet in &gathered.tracer.trace().packets[labels.len()..] {
            labels.push(label(&gathered.numbers, &packet.segment, packet.from, notation));
        }
    }
    let mut trace = ends(session, gathered.tracer.clone(), records, span.1).finish(session.world().link());
    let seen = gathered.tracer.trace();
    trace.packets.truncate(seen.packets.len());
    trace.bands.truncate(seen.bands.len());
    trace.timers.truncate(seen.timers.len());
    let middle = if is_last { session.now() } else { at(span.0 + PAGE) };
    (gathered, Window { page, span, from, middle, until: at(span.1.saturating_sub(1)), trace, labels })
}

/// Goes on from record number `next` until it is known what became of every packet sent before.
fn ends(session: &Session, mut tracer: Tracer, records: Records<'_>, next: usize) -> Tracer {
    let count = tracer.trace().packets.len();
    let link = session.world().link();
    let is_unknown =
        |packet: &PacketTrace| packet.fate.ended_at().is_none() && link.packet(packet.id).is_none();
    for index in next..records.len() {
        if !tracer.trace().packets[..count].iter().any(is_unknown) {
            break;
        }
        tracer.add(&records[index]);
    }
    tracer
}

fn label(numbers: &Numbers, segment: &Segment, from: HostId, notation: Notation) -> String {
    let ends = (segment.source, segment.destination);
    let mut text = format!("seq={}", numbers.seq_text(ends, from, segment.seq, notation));
    if segment.has(Control::ACK) {
        text += &format!(" ack={}", numbers.ack_text(ends, from.other(), segment.ack, notation));
    }
    if !segment.text.is_empty() {
        text += &format!(" {} B", segment.text.len());
    }
    text
}
