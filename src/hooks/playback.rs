//! The only reader of wall time: while the page plays, each frame tells how much of it has passed.

use gloo::render::request_animation_frame;
use yew::prelude::*;

use crate::act::Act;
use tcp::time::Duration;

/// A longer gap between two frames means that the page was hidden or the machine slept: no time has passed then.
const LONGEST_GAP_MS: f64 = 500.0;

/// Tells the page the real time between frames for as long as `playing` holds.
#[hook]
pub fn use_playback(playing: bool, act: &Callback<Act>) {
    // When the latest frame was drawn.
    let latest = use_state_eq(|| None::<f64>);
    let act = act.clone();
    use_effect_with((playing, *latest), move |&(playing, before)| {
        if !playing {
            latest.set(None);
        }
        let frame = playing.then(|| {
            request_animation_frame(move |now| {
                let gap = before.map_or(0.0, |before| now - before);
                if (0.0..=LONGEST_GAP_MS).contains(&gap) {
                    act.emit(Act::Advance(Duration::from_micros((gap * 1_000.0) as u64)));
                }
                latest.set(Some(now));
            })
        });
        move || drop(frame)
    });
}
