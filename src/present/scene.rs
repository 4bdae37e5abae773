//! What the views of one moment share.

use std::cell::RefCell;
use std::rc::Rc;

use yew::AttrValue;

use super::Voice;
use super::marks::rank;
use super::offered_calls::OfferedCalls;
use super::stretch::{Stretch, numbers_of};
use crate::lang::HostId;
use course::Numbers;
use lab::host::SocketId;
use lab::net::{PacketId, Record, What};
use lab::trace::{PacketTrace, Tracer};
use lab::{Gather, Pages, Session};
use tcp::edge::Edge;
use tcp::{SeqNumber, Space, Tcb, Var};

/// What is kept from one scene to the next, for as long as the page is open.
pub type Memory = Rc<RefCell<Remembered>>;

/// See [`Memory`].
#[derive(Debug, Default)]
pub struct Remembered {
    /// The pages of the run.
    pub(super) pages: Pages<Gathered>,
    /// The calls that each host could make in the latest scene.
    pub(super) calls: [Option<Rc<OfferedCalls>>; 2],
}

/// The sockets that the reader has chosen for the hosts' panels.
pub type Shown = [Option<SocketId>; 2];

/// What the views need to know of all that was before.
#[derive(Clone, Debug, Default)]
pub(super) struct Gathered {
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

/// Everything the views of one moment share.
#[derive(Debug)]
pub struct Scene {
    pub(super) session: Session,
    pub(super) memory: Memory,
    pub(super) voice: Voice,
    pub(super) shown: Shown,
    /// The newest part of the run.
    pub(super) newest: Rc<Stretch>,
    /// What was gathered up to this moment.
    pub(super) gathered: Gathered,
}

impl Scene {
    /// The scene of a session.
    #[must_use]
    pub fn new(session: &Session, memory: &Memory, voice: Voice) -> Self {
        let pages = &mut memory.borrow_mut().pages;
        let (gathered, newest) = Stretch::read(session, pages, voice.notation, usize::MAX);
        let (shown, newest) = (Shown::default(), Rc::new(newest));
        Self { session: session.clone(), memory: Rc::clone(memory), voice, shown, newest, gathered }
    }

    /// The same with these sockets in the hosts' panels.
    #[must_use]
    pub fn showing(self, shown: Shown) -> Self {
        Self { shown, ..self }
    }

    /// The part of the run that begins with page number `page`, or the newest one.
    pub(super) fn stretch(&self, page: Option<usize>) -> Rc<Stretch> {
        match page.filter(|page| *page < self.newest.page) {
            Some(page) => {
                let pages = &mut self.memory.borrow_mut().pages;
                Rc::new(Stretch::read(&self.session, pages, self.voice.notation, page).1)
            }
            None => Rc::clone(&self.newest),
        }
    }

    /// The letters known once the first `count` records are there.
    pub(super) fn numbers_after(&self, count: usize) -> Numbers {
        if count == self.session.records().len() {
            return self.gathered.numbers.clone();
        }
        self.memory.borrow_mut().pages.all(self.session.records().first(count)).numbers
    }

    /// What one would look for in the full pages of the branch, those after the cursor included.
    pub(super) fn notable(&self) -> Vec<Rc<Record>> {
        let pages = &mut self.memory.borrow_mut().pages;
        let full = pages.full(self.session.all_records());
        full.iter().flat_map(|(_, gathered)| gathered.notable.iter().cloned()).collect()
    }

    /// A packet and its numbers, wherever in the run it is.
    pub(super) fn packet(&self, id: u32) -> Option<(PacketTrace, AttrValue)> {
        let id = PacketId(id);
        if let Some((packet, numbers)) = self.newest.packet(id) {
            return Some((packet.clone(), numbers.clone()));
        }
        let packet = self.session.trace().packet(id)?.clone();
        let known = self.numbers_after(packet.sent_by as usize + 1);
        let numbers = numbers_of(&known, &packet.segment, packet.from, self.voice.notation);
        Some((packet, numbers.into()))
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
