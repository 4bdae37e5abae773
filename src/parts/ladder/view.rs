//! What the ladder is drawn from: the run in terms of segments, states and timers, with the words already chosen.

use yew::AttrValue;

use crate::lang::{HostId, Lang};
use crate::text::Msg;
use course::joined;
use tcp::time::{Duration, Instant};
use tcp::{State, TimerKind};

/// The run as the ladder shows it: its newest part, or an earlier one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LadderView {
    /// Which part it is.
    pub part: Part,
    /// The segments, in order of sending.
    pub packets: Vec<PacketView>,
    /// Those on their way at present, next to arrive first.
    pub flying: Vec<PacketView>,
    /// The states of both ends over time.
    pub bands: Vec<BandView>,
    /// The timers, running or over.
    pub timers: Vec<TimerView>,
    /// Crashes, cut cables and other events of a host without a segment.
    pub events: Vec<EventView>,
}

/// A part of the run. Parts that follow each other have half of what they show in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The page of the run with which it begins.
    pub page: usize,
    /// The page with which the newest part begins.
    pub last_page: usize,
    /// When it begins.
    pub from: Instant,
    /// What the eye should find first: the beginning of the later half, or the present.
    pub middle: Instant,
    /// When it ends; none: with the present.
    pub until: Option<Instant>,
}

/// A segment.
#[derive(Clone, Debug, PartialEq)]
pub struct PacketView {
    /// The packet's number.
    pub id: u32,
    /// Who sent it.
    pub from: HostId,
    /// When.
    pub sent_at: Instant,
    /// When it arrived, or will; none while it is held.
    pub due_at: Option<Instant>,
    /// When it would have arrived, had nobody delayed it.
    pub undelayed_at: Option<Instant>,
    /// What became of it.
    pub fate: FateView,
    /// `SYN,ACK`
    pub flags: AttrValue,
    /// `seq=y ack=x+1`
    pub numbers: AttrValue,
    /// The segment it is a copy of.
    pub copy_of: Option<u32>,
    /// What sets it apart.
    pub marks: Marks,
    /// The same in words.
    pub tags: AttrValue,
}

/// What sets a segment apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Sent again.
    pub retransmission: bool,
    /// A bit was flipped on the way.
    pub corrupted: bool,
    /// Of an earlier connection between the same sockets.
    pub stale: bool,
}

impl Marks {
    /// What is said of such a segment besides its flags and numbers.
    #[must_use]
    pub fn words(self, is_copy: bool, lang: Lang) -> AttrValue {
        let said = [
            (self.retransmission, Msg::Retransmitted),
            (is_copy, Msg::Copy),
            (self.corrupted, Msg::Corrupted),
            (self.stale, Msg::Stale),
        ];
        let said = said.into_iter().filter(|(is, _)| *is).map(|(_, msg)| msg.in_lang(lang));
        joined(&said.collect::<Vec<_>>(), Msg::ListComma.in_lang(lang)).into()
    }
}

/// What became of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FateView {
    /// It is on its way.
    Flying,
    /// The learner holds it.
    Held,
    /// It arrived.
    Arrived,
    /// It was lost on the way, and the words say by whose doing.
    Dropped(Instant, AttrValue),
    /// It arrived but was not taken for a segment, or nobody was there: the words say why.
    Unread(AttrValue),
}

/// A host's state for some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BandView {
    /// Whose.
    pub host: HostId,
    /// Since when.
    pub from: Instant,
    /// Until when; none while it lasts.
    pub to: Option<Instant>,
    /// The state.
    pub state: State,
}

/// A timer, from when it was set until it fired or was stopped.
#[derive(Clone, Debug, PartialEq)]
pub struct TimerView {
    /// Whose.
    pub host: HostId,
    /// Which.
    pub kind: TimerKind,
    /// When it was set.
    pub armed_at: Instant,
    /// When it expires, or would have.
    pub at: Instant,
    /// When it ended, and whether it fired.
    pub ended: Option<(Instant, bool)>,
}

impl TimerView {
    /// How long it was set for.
    #[must_use]
    pub fn length(&self) -> Duration {
        self.at.since(self.armed_at)
    }
}

/// Something a host did or suffered that is no segment.
#[derive(Clone, Debug, PartialEq)]
pub struct EventView {
    /// Whose; none for the cable.
    pub host: Option<HostId>,
    /// When.
    pub at: Instant,
    /// In a word.
    pub label: AttrValue,
}
