//! One line of history: what happened in order, the records it made, and worlds to start again from.

use std::rc::Rc;

use super::action::Action;
use super::log::{Log, Records};
use super::perform::perform;
use super::scenario::Scenario;
use crate::net::{Record, Setup, World};
use tcp::time::Instant;

/// How many ticks apart the stored worlds are at least: running so many events takes less than a hundredth of the time a
/// frame lasts. A large world is stored less often, so that all of them together take no more memory than the records.
const CHECKPOINT_EVERY: usize = 32;

/// One thing that happened, in the order in which a replay makes it happen again.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tick {
    /// The next event of the world.
    Event,
    /// The next entry of the scenario's script.
    Script,
    /// The learner acted.
    Action {
        /// When.
        at: Instant,
        /// How.
        action: Rc<Action>,
        /// How long it is as JSON.
        bytes: usize,
    },
}

/// What stood after a tick.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mark {
    /// The time.
    pub(super) at: Instant,
    /// How many records there were.
    pub(super) records: usize,
    /// How many script entries were done.
    pub(super) script: usize,
    /// How long the actions were as JSON, all together.
    pub(super) journal_bytes: usize,
    /// About how many octets of memory the records and the stored worlds took.
    pub(super) octets: usize,
}

/// A world to start again from.
#[derive(Clone, Debug)]
struct Checkpoint {
    /// After how many ticks.
    tick: usize,
    world: Rc<World>,
}

/// A history and its origin.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    /// Which branch it left, and after how many of its ticks. None for the first.
    pub(super) parent: Option<(usize, usize)>,
    pub(super) ticks: Log<Tick>,
    marks: Log<Mark>,
    records: Log<Rc<Record>>,
    checkpoints: Log<Checkpoint>,
}

impl Branch {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let world = Rc::new(World::new(setup(scenario)));
        Self {
            parent: None,
            ticks: Log::default(),
            marks: Log::default(),
            records: Log::default(),
            checkpoints: [Checkpoint { tick: 0, world }].into_iter().collect(),
        }
    }

    /// The history up to `tick`, as the beginning of another.
    pub(super) fn fork(&self, id: usize, tick: usize) -> Self {
        Self {
            parent: Some((id, tick)),
            ticks: self.ticks.cut(tick),
            marks: self.marks.cut(tick),
            records: self.records.cut(self.mark(tick).records),
            checkpoints: self.checkpoints.cut(self.checkpoints_until(tick)),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.ticks.len()
    }

    /// What stood after the first `tick` ticks.
    pub(super) fn mark(&self, tick: usize) -> Mark {
        tick.checked_sub(1).map_or_else(Mark::default, |i| self.marks[i])
    }

    /// The records of the first `tick` ticks.
    pub(super) fn records(&self, tick: usize) -> Records<'_> {
        self.records.first(self.mark(tick).records)
    }

    /// The world after the first `tick` ticks, from the last one stored before.
    pub(super) fn world(&self, tick: usize, scenario: &Scenario) -> World {
        // The first is that of the beginning.
        let stored = &self.checkpoints[self.checkpoints_until(tick) - 1];
        let mut world = World::clone(&stored.world);
        for i in stored.tick..tick {
            replay(&mut world, &self.ticks[i], self.mark(i).script, scenario);
        }
        drop(world.take_records());
        world
    }

    /// Notes that `tick` turned the world at the end of this history into `world`, which still holds its records.
    pub(super) fn push(&mut self, tick: Tick, world: &mut World) {
        let before = self.mark(self.len());
        let script = before.script + usize::from(tick == Tick::Script);
        let journal_bytes =
            before.journal_bytes + if let Tick::Action { bytes, .. } = &tick { *bytes } else { 0 };
        let mut octets = before.octets + size_of::<Tick>() + size_of::<Mark>();
        for record in world.take_records() {
            octets += record.octets();
            self.records.push(Rc::new(record));
        }
        self.ticks.push(tick);
        let stored = self.checkpoints[self.checkpoints.len() - 1].tick;
        let is_due = self.len() - stored >= CHECKPOINT_EVERY;
        if is_due && octets - self.mark(stored).octets >= world.octets() {
            octets += world.octets();
            self.checkpoints.push(Checkpoint { tick: self.len(), world: Rc::new(world.clone()) });
        }
        let (at, records) = (world.now(), self.records.len());
        self.marks.push(Mark { at, records, script, journal_bytes, octets });
    }

    /// How many worlds were stored within the first `tick` ticks; at least one.
    fn checkpoints_until(&self, tick: usize) -> usize {
        self.checkpoints.partition_point(|checkpoint| checkpoint.tick <= tick)
    }

    /// How many ticks it has that its parent has not, and about how many octets of memory they take.
    pub(super) fn own(&self) -> (usize, usize) {
        let shared = self.parent.map_or(0, |(_, tick)| tick);
        (self.len() - shared, self.mark(self.len()).octets - self.mark(shared).octets)
    }

    /// How many of the first `ticks` ticks end at or before `at`.
    pub(super) fn ticks_until(&self, at: Instant) -> usize {
        self.marks.partition_point(|mark| mark.at <= at)
    }
}

/// Makes `tick` happen to `world`. What went well once goes well again.
pub(super) fn replay(world: &mut World, tick: &Tick, script: usize, scenario: &Scenario) {
    match tick {
        Tick::Event => {
            world.step();
        }
        Tick::Script => {
            if let Some(entry) = scenario.script.get(script) {
                // An entry that cannot be done (its packet is gone, say) is passed over, here as at the first time.
                let mut copy = world.clone();
                if perform(&mut copy, entry.at_us.max(world.now()), &entry.action).is_ok() {
                    *world = copy;
                } else {
                    world.wait_until(entry.at_us);
                }
            }
        }
        Tick::Action { at, action, .. } => {
            // It was accepted when it was taken, and a replay meets the same world.
            let _ = perform(world, *at, action);
        }
    }
}

fn setup(scenario: &Scenario) -> Setup {
    let (client, server) = (&scenario.hosts.client, &scenario.hosts.server);
    Setup {
        seed: scenario.seed,
        settings: [client.settings.clone(), server.settings.clone()],
        programs: [client.program, server.program],
        latency: scenario.link.latency_us,
        loss_per_mille: scenario.link.loss_per_mille,
        rules: scenario.link.rules.clone(),
        ..Setup::default()
    }
}
