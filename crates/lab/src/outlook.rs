//! What a socket call would return if it were made now, so that a button can say it beforehand.

use super::action::Action;
use super::perform::{ActionError, perform};
use crate::host::CallResult;
use crate::net::World;
use tcp::time::Instant;

/// What `action` would return at `now`; none if it is no socket call. It is tried on a copy of the world, so that the call
/// later does exactly what the page has said.
///
/// # Errors
/// If the action cannot be taken.
pub fn outlook(world: &World, now: Instant, action: &Action) -> Result<Option<CallResult>, ActionError> {
    let mut world = world.clone();
    perform(&mut world, now, action)?;
    // The last call is what the action is about: listen() may have had to call socket() and bind() before.
    Ok(world.take_records().rev().find_map(|record| record.call().map(|(_, result)| result.clone())))
}
