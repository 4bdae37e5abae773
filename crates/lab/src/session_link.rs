//! A session as a link: `1.` and the journal, so that another browser shows the very same moment.
//!
//! The body is JSON in the names of the actions, which never change, so a link of today opens in the lab of tomorrow.
//! It says how many events lie between the actions; the events themselves follow from replaying. A checksum guards
//! the text, and a fingerprint of the state guards the replay.

use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use super::action::Action;
use super::branch::Tick;
use super::read::{parse, read};
use super::scenario::{Scenario, ScenarioError};
use super::session::{MAX_JOURNAL_BYTES, Session};
use crate::net::hash::stable_hash;
use tcp::time::Instant;

/// The version of the rules and of this format.
const VERSION: &str = "1";
/// The longest link that is read, in characters. There is room for the longest journal, the numbers of its events and a
/// scenario that is not built in; base64 writes three octets as four characters.
pub const MAX_CHARS: usize = (MAX_JOURNAL_BYTES + MAX_JOURNAL_BYTES / 2) / 3 * 4;

/// What a link carries.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    /// The scenario: its id if it is built in, else all of it.
    lab: Value,
    /// The journal.
    #[serde(default)]
    run: Vec<Entry>,
    /// How many ticks of it have happened.
    tick: u32,
    /// The time at which the learner looks.
    now: Instant,
    /// What the state there hashes to.
    state: u64,
    /// The answer given to the question.
    answer: Option<String>,
    /// The question was passed over.
    #[serde(default)]
    skipped: bool,
}

/// One entry of the journal in a link: a number is so many events, a pair is an action and its time.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Entry {
    Events(u32),
    Action(Instant, Action),
}

/// What is wrong with a link.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "each has its message")]
pub enum LinkError {
    #[error("the link is too long")]
    TooLong,
    #[error("the link was made by another version of the lab")]
    WrongVersion,
    #[error("the link is damaged: cut off, or changed on the way")]
    Damaged,
    #[error("the link names an experiment that does not exist: {0}")]
    NoSuchScenario(String),
    /// The experiment it carries is not valid.
    #[error("{0}")]
    Scenario(ScenarioError),
    #[error("the link's journal cannot be replayed")]
    CannotReplay,
}

/// Why a session that was opened from a link may not be what its maker saw. A link of any version opens: the rules may
/// have changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkNotice {
    /// By today's rules the same journal leads to another state.
    Differs,
    /// By today's rules the journal can be replayed in part only; this is as far as it leads.
    CutShort,
}

impl Session {
    /// The link to this moment, without the page's address. `is_built_in` says that the scenario's id is enough.
    #[must_use]
    pub fn to_link(&self, is_built_in: bool) -> String {
        let scenario = self.scenario();
        let lab = if is_built_in { Value::from(scenario.id.as_str()) } else { scenario.source.clone() };
        let body = Body {
            lab,
            run: self.entries(),
            tick: self.tick() as u32,
            now: self.now(),
            state: self.fingerprint(),
            answer: self.answer().map(str::to_owned),
            skipped: self.is_question_skipped,
        };
        // Plain data can always be written.
        let body = serde_json::to_vec(&body).unwrap_or_default();
        let sum = checksum(&body);
        format!("{VERSION}.{}.{sum}", URL_SAFE_NO_PAD.encode(&body))
    }

    /// The session that a link leads to. `built_in` finds a scenario by its id.
    ///
    /// # Errors
    /// If the link is not ours or is damaged. One that today's rules replay otherwise opens, with a
    /// [notice](Self::link_notice).
    pub fn from_link(text: &str, built_in: impl Fn(&str) -> Option<Rc<Scenario>>) -> Result<Self, LinkError> {
        if text.len() > MAX_CHARS {
            return Err(LinkError::TooLong);
        }
        let (version, rest) = text.split_once('.').ok_or(LinkError::Damaged)?;
        if version != VERSION {
            return Err(LinkError::WrongVersion);
        }
        let (body, sum) = rest.split_once('.').ok_or(LinkError::Damaged)?;
        let body = URL_SAFE_NO_PAD.decode(body).map_err(|_| LinkError::Damaged)?;
        if sum != checksum(&body) {
            return Err(LinkError::Damaged);
        }
        let body = String::from_utf8(body).map_err(|_| LinkError::Damaged)?;
        let body = parse(&body).map_err(|_| LinkError::Damaged)?;
        let body: Body = read(&body).map_err(|_| LinkError::CannotReplay)?;
        let scenario = match body.lab {
            Value::String(id) => built_in(&id).ok_or(LinkError::NoSuchScenario(id))?,
            source => Rc::new(Scenario::from_value(source).map_err(LinkError::Scenario)?),
        };
        let mut session = Self::new(scenario);
        let is_whole = session.replay_entries(body.run) && body.tick as usize <= session.ticks();
        session.restore(body.tick as usize, body.now, body.answer, body.skipped);
        session.link_notice = if !is_whole {
            Some(LinkNotice::CutShort)
        } else if session.fingerprint() != body.state {
            Some(LinkNotice::Differs)
        } else {
            None
        };
        Ok(session)
    }

    /// Why this session, if it was opened from a link, may not be what the maker of the link saw.
    #[must_use]
    pub const fn link_notice(&self) -> Option<LinkNotice> {
        self.link_notice
    }

    /// The journal, with the events between two actions counted.
    fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        for tick in self.journal() {
            match (tick, entries.last_mut()) {
                (Tick::Event | Tick::Script, Some(Entry::Events(count))) => *count += 1,
                (Tick::Event | Tick::Script, _) => entries.push(Entry::Events(1)),
                (Tick::Action { at, action, .. }, _) => entries.push(Entry::Action(*at, (**action).clone())),
            }
        }
        entries
    }

    /// Replays a journal. False if an entry is not possible where it stands; then only those before it are done.
    fn replay_entries(&mut self, entries: Vec<Entry>) -> bool {
        entries.into_iter().all(|entry| match entry {
            // If there is no event left, the replay differs from the original run.
            Entry::Events(count) => (0..count).all(|_| self.rerun_event() == Ok(true)),
            // An action must lie between the last event and the next.
            Entry::Action(at, action) => {
                let is_in_order = at >= self.now() && self.next_at().is_none_or(|next| at <= next);
                is_in_order && !action.is_navigation() && self.rerun_action(at, &action).is_ok()
            }
        })
    }
}

/// Eight hexadecimal digits of the stable hash.
fn checksum(bytes: &[u8]) -> String {
    format!("{:08x}", stable_hash(bytes) as u32)
}
