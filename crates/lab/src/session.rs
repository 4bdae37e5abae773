//! A session: a scenario, the actions taken, and a place in time.
//!
//! Nothing is ever deleted. An action in the past starts a new branch, and the old future stays as a branch too. All that
//! is shown follows from the records and the world, and both can be made again by replaying the actions.

use std::cell::OnceCell;
use std::rc::Rc;

use serde::Serialize;
use ts_rs::TS;

use super::action::Action;
use super::branch::{Branch, Tick, replay};
use super::log::Records;
use super::perform::{ActionError, ActionFault, perform};
use super::predicate::Predicate;
pub use super::question::QuestionState;
use super::scenario::Scenario;
use super::session_link::LinkNotice;
use super::trace::Trace;
use super::watch::Watch;
use crate::net::{Upcoming, World};
use tcp::time::{Duration, Instant};

/// The most ticks a session may have, each counted once however many branches have it in common.
pub const MAX_TICKS: usize = 100_000;
/// The latest moment that a run may reach. The timers set then are still whole numbers in JavaScript.
pub const LATEST: Instant = Instant::LATEST;
/// About how many octets of memory the histories of a session may take. A run of [`MAX_TICKS`] ticks with a segment and
/// its acknowledgement in each takes a little less than that.
pub const MAX_OCTETS: usize = 320 << 20;
/// The most branches.
pub const MAX_BRANCHES: usize = 64;
/// The most octets that the actions of one branch may take as JSON, so that its link stays short enough to be read.
pub const MAX_JOURNAL_BYTES: usize = 1 << 20;
/// The most events that one `play` or `jump` processes, and the most records that these make, so that two hosts that never
/// stop sending cannot stall the page. See [`Session::has_stopped_early`].
const MAX_EVENTS_AT_ONCE: usize = 20_000;
const MAX_RECORDS_AT_ONCE: usize = 40_000;

/// A scenario and a run of it. A clone is cheap, because clones share everything.
#[derive(Clone, Debug)]
pub struct Session {
    scenario: Rc<Scenario>,
    branches: Rc<Vec<Rc<Branch>>>,
    branch: usize,
    /// How many ticks of the branch have happened.
    tick: usize,
    /// The time at which the learner looks: at or after the last tick, before the next event.
    now: Instant,
    world: Rc<World>,
    /// What the records up to the cursor say of the scenario's predicates.
    watch: Rc<Watch>,
    pub(super) answer: Option<Rc<str>>,
    /// The learner chose to go on without an answer.
    pub(super) is_question_skipped: bool,
    pub(super) link_notice: Option<LinkNotice>,
    has_stopped_early: bool,
    /// The trace up to the cursor, once somebody has asked for it.
    trace: OnceCell<Rc<Trace>>,
}

/// One branch, for lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BranchView {
    /// Its number, from 0.
    pub id: usize,
    /// Which one it left; null for the first.
    pub parent: Option<usize>,
    /// After how many ticks of that one.
    pub fork_tick: Option<usize>,
    /// How many ticks it has.
    pub ticks: usize,
    /// When its last tick was.
    pub end_us: Instant,
}

impl Session {
    /// The beginning of `scenario`.
    #[must_use]
    pub fn new(scenario: Rc<Scenario>) -> Self {
        let branch = Branch::new(&scenario);
        let (world, watch) = branch.moment(0, &scenario);
        Self {
            scenario,
            branches: Rc::new(vec![Rc::new(branch)]),
            branch: 0,
            tick: 0,
            now: Instant::ZERO,
            world,
            watch,
            answer: None,
            is_question_skipped: false,
            link_notice: None,
            has_stopped_early: false,
            trace: OnceCell::new(),
        }
    }

    /// The session after `action`.
    ///
    /// # Errors
    /// If the action cannot be taken; this session is as it was.
    pub fn apply(&self, action: &Action) -> Result<Self, ActionError> {
        let mut next = self.clone();
        next.take(action)?;
        Ok(next)
    }

    /// Takes `action` in place.
    ///
    /// # Errors
    /// If the action cannot be taken; the session is as it was.
    pub fn take(&mut self, action: &Action) -> Result<(), ActionError> {
        self.trace.take();
        let mut stopped_early = false;
        match action {
            Action::Step => {
                self.step()?;
            }
            Action::Back => self.back(),
            Action::Seek { tick, at_us } => self.seek(*tick, *at_us)?,
            Action::Play { us } => stopped_early = self.play_for(*us)?,
            Action::Jump => stopped_early = self.jump()?,
            Action::SwitchBranch { branch } => self.switch_branch(*branch)?,
            Action::Answer { choice } => self.choose(choice)?,
            Action::SkipQuestion => self.is_question_skipped = true,
            // A session keeps its scenario. The page and the API know the others.
            Action::Load { .. } => {
                return Err(ActionError::new("scenario", ActionFault::NoSuchScenario));
            }
            _ => self.act(action)?,
        }
        self.has_stopped_early = stopped_early;
        Ok(())
    }

    /// What the ladder draws, up to the cursor. Made once for each moment.
    #[must_use]
    pub fn trace(&self) -> Rc<Trace> {
        Rc::clone(self.trace.get_or_init(|| Rc::new(Trace::of(self.records(), self.world.link()))))
    }

    /// The scenario.
    #[must_use]
    pub const fn scenario(&self) -> &Rc<Scenario> {
        &self.scenario
    }

    /// The world at the cursor. Its clock stands at the last tick; see [`Session::now`].
    #[must_use]
    pub const fn world(&self) -> &Rc<World> {
        &self.world
    }

    /// Whether `predicate` is true of the run up to the cursor. If it is one of the scenario, the cost does not grow with
    /// the run.
    #[must_use]
    pub fn holds(&self, predicate: &Predicate) -> bool {
        let known = self.watch.holds(&self.scenario, predicate, self.now);
        known.unwrap_or_else(|| predicate.holds(self.records(), self.now))
    }

    /// The last action was `play` or `jump` and stopped early: the run is as long as it may be, or so much has happened
    /// that the page must have a turn first. In the second case the same action continues.
    #[must_use]
    pub const fn has_stopped_early(&self) -> bool {
        self.has_stopped_early
    }

    /// The time at which the learner looks.
    #[must_use]
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// How many ticks of the branch have happened.
    #[must_use]
    pub const fn tick(&self) -> usize {
        self.tick
    }

    /// How many ticks the branch has.
    #[must_use]
    pub fn ticks(&self) -> usize {
        self.current().len()
    }

    /// The records up to the cursor.
    #[must_use]
    pub fn records(&self) -> Records<'_> {
        self.current().records(self.tick)
    }

    /// All records of the branch, also those after the cursor: the marks of the timeline.
    #[must_use]
    pub fn all_records(&self) -> Records<'_> {
        self.current().records(self.current().len())
    }

    /// When the last tick of the branch was.
    #[must_use]
    pub fn end(&self) -> Instant {
        self.current().mark(self.ticks()).at
    }

    /// The tick after which `record` had happened.
    #[must_use]
    pub fn tick_of_record(&self, record: u32) -> usize {
        let branch = self.current();
        let (mut low, mut high) = (0, branch.len());
        while low < high {
            let middle = low.midpoint(high);
            if branch.mark(middle).records > record as usize { high = middle } else { low = middle + 1 }
        }
        low
    }

    /// About how many octets of memory the histories take.
    #[must_use]
    pub fn octets(&self) -> usize {
        self.branches.iter().map(|branch| branch.own().1).sum()
    }

    /// The branch one is on.
    #[must_use]
    pub const fn branch(&self) -> usize {
        self.branch
    }

    /// Every branch.
    pub fn branches(&self) -> impl Iterator<Item = BranchView> + '_ {
        self.branches.iter().enumerate().map(|(id, branch)| BranchView {
            id,
            parent: branch.parent.map(|(id, _)| id),
            fork_tick: branch.parent.map(|(_, tick)| tick),
            ticks: branch.len(),
            end_us: branch.mark(branch.len()).at,
        })
    }

    /// When the next thing happens if nobody interferes: an event, or an entry of the script.
    #[must_use]
    pub fn next_at(&self) -> Option<Instant> {
        let event = self.world.next_event().map(Upcoming::at);
        event.into_iter().chain(self.next_script()).min()
    }

    /// The next event, unless the script comes first.
    #[must_use]
    pub fn next_event(&self) -> Option<Upcoming> {
        let event = self.world.next_event()?;
        if self.next_script().is_some_and(|at| at <= event.at()) { None } else { Some(event) }
    }

    /// Nothing will happen by itself any more.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.next_at().is_none()
    }

    /// A hash of everything that decides what happens next. The same journal gives the same hash on every machine.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.world.fingerprint()
    }

    /// The actions taken on this branch, each with its time.
    pub fn actions(&self) -> impl Iterator<Item = (Instant, &Action)> + '_ {
        self.journal().filter_map(|tick| match tick {
            Tick::Action { at, action, .. } => Some((*at, &**action)),
            Tick::Event | Tick::Script => None,
        })
    }

    /// Everything that happened on this branch, in order, up to its end.
    pub(super) fn journal(&self) -> impl Iterator<Item = &Tick> {
        self.current().ticks.all().iter()
    }

    /// Lets the next thing happen; false if there is none. For the replay of a link.
    pub(super) fn rerun_event(&mut self) -> Result<bool, ActionError> {
        self.step()
    }

    /// Takes an action at its time. For the replay of a link.
    pub(super) fn rerun_action(&mut self, at: Instant, action: &Action) -> Result<(), ActionError> {
        self.now = self.now.max(at);
        self.act(action)
    }

    /// Goes to the moment that a link names. An impossible time is moved to the nearest possible one.
    pub(super) fn restore(&mut self, tick: usize, now: Instant, answer: Option<String>, is_skipped: bool) {
        self.go_to(tick);
        let next =
            if self.tick < self.ticks() { Some(self.current().mark(tick + 1).at) } else { self.next_at() };
        self.now = self.now.max(next.map_or(now, |next| now.min(next)));
        if let Some(answer) = answer {
            // An answer that is not one of the choices is ignored.
            let _ = self.choose(&answer);
        }
        self.is_question_skipped = is_skipped;
        self.trace.take();
    }

    fn current(&self) -> &Branch {
        &self.branches[self.branch]
    }

    fn next_script(&self) -> Option<Instant> {
        let done = self.current().mark(self.tick).script;
        self.scenario.script.get(done).map(|entry| entry.at_us.max(self.world.now()))
    }

    /// One tick forward: the next one of the branch, or at its end the next event. False if there is none.
    fn step(&mut self) -> Result<bool, ActionError> {
        if self.tick < self.ticks() {
            let branch = Rc::clone(&self.branches[self.branch]);
            let world = Rc::make_mut(&mut self.world);
            replay(world, &branch.ticks[self.tick], branch.mark(self.tick).script, &self.scenario);
            drop(world.take_records());
            Rc::make_mut(&mut self.watch).read(&self.scenario, branch.records(self.tick + 1));
        } else {
            let (at, tick) = match (self.next_script(), self.world.next_event()) {
                (None, None) => return Ok(false),
                (Some(at), None) => (at, Tick::Script),
                (Some(at), Some(event)) if at <= event.at() => (at, Tick::Script),
                (_, Some(event)) => (event.at(), Tick::Event),
            };
            if at > LATEST {
                return Err(ActionError::new("type", ActionFault::TooLong));
            }
            self.check_room()?;
            let script = self.current().mark(self.tick).script;
            let world = Rc::make_mut(&mut self.world);
            replay(world, &tick, script, &self.scenario);
            let branch = &mut Rc::make_mut(&mut self.branches)[self.branch];
            Rc::make_mut(branch).push(tick, world, &mut self.watch, &self.scenario);
        }
        self.tick += 1;
        self.now = self.now.max(self.current().mark(self.tick).at);
        Ok(true)
    }

    fn check_room(&self) -> Result<(), ActionError> {
        let own = self.branches.iter().map(|branch| branch.own());
        let (ticks, octets) = own.fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
        if ticks < MAX_TICKS && octets < MAX_OCTETS {
            Ok(())
        } else {
            Err(ActionError::new("type", ActionFault::TooLong))
        }
    }

    fn back(&mut self) {
        self.go_to(self.tick.saturating_sub(1));
    }

    /// To the moment right after the first `tick` ticks.
    fn go_to(&mut self, tick: usize) {
        let tick = tick.min(self.ticks());
        (self.world, self.watch) = self.current().moment(tick, &self.scenario);
        self.tick = tick;
        self.now = self.current().mark(tick).at;
    }

    fn seek(&mut self, tick: Option<u32>, at: Option<Instant>) -> Result<(), ActionError> {
        match (tick, at) {
            (Some(tick), _) => {
                let limit = self.ticks();
                if tick as usize > limit {
                    return Err(ActionError::new("tick", ActionFault::TooGreat { limit: limit as u64 }));
                }
                self.go_to(tick as usize);
            }
            (None, Some(at)) => {
                self.go_to(self.current().ticks_until(at));
                // Between two ticks the clock shows the time that was asked for, but never a time after the end.
                self.now = self.now.max(at.min(self.end()));
            }
            (None, None) => {
                let why = "a tick or a time is needed".to_owned();
                return Err(ActionError::new("tick", ActionFault::Malformed(why)));
            }
        }
        Ok(())
    }

    fn play_for(&mut self, time: Duration) -> Result<bool, ActionError> {
        let limit = LATEST.since(self.now);
        if time > limit {
            return Err(ActionError::new("us", ActionFault::TooGreat { limit: limit.as_micros() }));
        }
        self.play_until(self.now + time)
    }

    /// Lets time pass until `to`, with all events until then. Stops where the question is asked. True if it stops early for
    /// another reason, see [`Self::has_stopped_early`].
    fn play_until(&mut self, to: Instant) -> Result<bool, ActionError> {
        let before = self.records().len();
        for done in 0..MAX_EVENTS_AT_ONCE {
            let at_end = self.tick == self.ticks();
            let next = if at_end { self.next_at() } else { Some(self.current().mark(self.tick + 1).at) };
            let Some(at) = next.filter(|at| *at <= to) else {
                self.now = self.now.max(to);
                return Ok(false);
            };
            if self.is_question_open() {
                self.now = self.now.max(at);
                return Ok(false);
            }
            if self.records().len() - before > MAX_RECORDS_AT_ONCE {
                break;
            }
            match self.step() {
                Err(why) if done == 0 => return Err(why),
                Err(_) => break,
                Ok(_) => {}
            }
        }
        Ok(true)
    }

    /// Runs up to and including the next arrival, expiry or return of a call; script entries and steps of programs do not
    /// count. Stops before it where the question is asked; from there it is like a step. True if it stops early.
    fn jump(&mut self) -> Result<bool, ActionError> {
        for done in 0..MAX_EVENTS_AT_ONCE {
            if done > 0 && self.is_question_open() {
                return Ok(false);
            }
            let is_target = matches!(
                self.next_event(),
                Some(Upcoming::Arrival { .. } | Upcoming::Timer { .. } | Upcoming::Return { .. })
            );
            match self.step() {
                Ok(true) if !is_target => {}
                Ok(_) => return Ok(false),
                Err(why) if done == 0 => return Err(why),
                Err(_) => break,
            }
        }
        Ok(true)
    }

    fn switch_branch(&mut self, branch: u32) -> Result<(), ActionError> {
        if branch as usize >= self.branches.len() {
            return Err(ActionError::new("branch", ActionFault::NoSuchBranch));
        }
        self.branch = branch as usize;
        self.go_to(self.ticks());
        Ok(())
    }

    /// Takes an action of the journal, on a new branch if this is the past.
    fn act(&mut self, action: &Action) -> Result<(), ActionError> {
        let is_past = self.tick < self.ticks();
        if is_past && self.branches.len() >= MAX_BRANCHES {
            return Err(ActionError::new("type", ActionFault::TooManyBranches));
        }
        self.check_room()?;
        let action_bytes = serde_json::to_string(action).map_or(0, |json| json.len());
        if self.current().mark(self.tick).journal_bytes + action_bytes > MAX_JOURNAL_BYTES {
            return Err(ActionError::new("type", ActionFault::TooLong));
        }
        let mut world = (*self.world).clone();
        perform(&mut world, self.now, action)?;
        let branches = Rc::make_mut(&mut self.branches);
        if is_past {
            let fork = branches[self.branch].fork(self.branch, self.tick);
            branches.push(Rc::new(fork));
            self.branch = branches.len() - 1;
        }
        let tick = Tick::Action { at: self.now, action: Rc::new(action.clone()), bytes: action_bytes };
        Rc::make_mut(&mut branches[self.branch]).push(tick, &mut world, &mut self.watch, &self.scenario);
        self.world = Rc::new(world);
        self.tick += 1;
        Ok(())
    }
}
