//! One branch of the history: what happened, in order, the records of it, and stored worlds from which to replay.

use std::rc::Rc;

use super::action::Action;
use super::log::{Log, Records};
use super::perform::perform;
use super::scenario::Scenario;
use super::watch::Watch;
use crate::net::{Record, Setup, World};
use tcp::time::Instant;

/// A world is stored every so many ticks at most. Replaying this many events takes less than a hundredth of a frame. A
/// large world is stored less often, so that all stored worlds together take no more memory than the records.
const CHECKPOINT_EVERY: usize = 32;

/// One thing that happened. A replay repeats all of them in order.
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
        /// What the learner did.
        action: Rc<Action>,
        /// The length of the action as JSON.
        bytes: usize,
    },
}

/// How things stood after a tick.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TickMark {
    /// The time.
    pub(super) at: Instant,
    /// How many records there were.
    pub(super) records: usize,
    /// How many script entries were done.
    pub(super) script: usize,
    /// The length of all actions so far as JSON.
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
    watch: Rc<Watch>,
}

/// A history, and where it comes from.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    /// The branch that it left, and after how many ticks. None for the first branch.
    pub(super) parent: Option<(usize, usize)>,
    pub(super) ticks: Log<Tick>,
    marks: Log<TickMark>,
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
            checkpoints: [Checkpoint { tick: 0, world, watch: Rc::new(Watch::new(scenario)) }]
                .into_iter()
                .collect(),
        }
    }

    /// A new branch that begins with the first `tick` ticks of this one.
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

    /// How things stood after the first `tick` ticks.
    pub(super) fn mark(&self, tick: usize) -> TickMark {
        tick.checked_sub(1).map_or_else(TickMark::default, |i| self.marks[i])
    }

    /// The records of the first `tick` ticks.
    pub(super) fn records(&self, tick: usize) -> Records<'_> {
        self.records.first(self.mark(tick).records)
    }

    /// The world after the first `tick` ticks, and the state of the scenario's predicates.
    pub(super) fn moment(&self, tick: usize, scenario: &Scenario) -> (Rc<World>, Rc<Watch>) {
        let mut watch = Rc::clone(&self.checkpoint(tick).watch);
        Rc::make_mut(&mut watch).read(scenario, self.records(tick));
        (Rc::new(self.world(tick, scenario)), watch)
    }

    /// The last checkpoint within the first `tick` ticks. There always is one, at tick 0.
    fn checkpoint(&self, tick: usize) -> &Checkpoint {
        &self.checkpoints[self.checkpoints_until(tick) - 1]
    }

    /// The world after the first `tick` ticks, replayed from the last checkpoint.
    fn world(&self, tick: usize, scenario: &Scenario) -> World {
        let stored = self.checkpoint(tick);
        let mut world = World::clone(&stored.world);
        for i in stored.tick..tick {
            replay(&mut world, &self.ticks[i], self.mark(i).script, scenario);
        }
        drop(world.take_records());
        world
    }

    /// Adds `tick`, which turned the last world of this branch into `world`. Takes the new records out of `world`, and
    /// lets `watch` read them, which has read all others.
    pub(super) fn push(&mut self, tick: Tick, world: &mut World, watch: &mut Rc<Watch>, scenario: &Scenario) {
        let before = self.mark(self.len());
        let script = before.script + usize::from(tick == Tick::Script);
        let journal_bytes =
            before.journal_bytes + if let Tick::Action { bytes, .. } = &tick { *bytes } else { 0 };
        let mut octets = before.octets + size_of::<Tick>() + size_of::<TickMark>();
        for record in world.take_records() {
            octets += record.octets();
            self.records.push(Rc::new(record));
        }
        Rc::make_mut(watch).read(scenario, self.records.all());
        self.ticks.push(tick);
        let stored = self.checkpoints[self.checkpoints.len() - 1].tick;
        let is_due = self.len() - stored >= CHECKPOINT_EVERY;
        let more = world.octets() + watch.octets();
        if is_due && octets - self.mark(stored).octets >= more {
            octets += more;
            let (world, watch) = (Rc::new(world.clone()), Rc::clone(watch));
            self.checkpoints.push(Checkpoint { tick: self.len(), world, watch });
        }
        let (at, records) = (world.now(), self.records.len());
        self.marks.push(TickMark { at, records, script, journal_bytes, octets });
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

/// Lets `tick` happen to `world` again.
pub(super) fn replay(world: &mut World, tick: &Tick, script: usize, scenario: &Scenario) {
    match tick {
        Tick::Event => {
            world.step();
        }
        Tick::Script => {
            if let Some(entry) = scenario.script.get(script) {
                // An entry that is not possible (its packet is gone, say) is skipped, as it was the first time.
                let mut copy = world.clone();
                if perform(&mut copy, entry.at_us.max(world.now()), &entry.action).is_ok() {
                    *world = copy;
                } else {
                    world.wait_until(entry.at_us);
                }
            }
        }
        Tick::Action { at, action, .. } => {
            // It succeeded the first time, and a replay meets the same world.
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
