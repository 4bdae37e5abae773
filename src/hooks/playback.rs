//! The only reader of wall time: while the page plays, each frame tells how much of it has passed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::prelude::*;

use super::own::Undo;
use super::use_effect_on;
use crate::act::Act;
use tcp::time::Duration;

/// A longer gap between two frames means that the page was hidden or the machine slept: no time has passed then.
const LONGEST_GAP_MS: f64 = 500.0;

/// Tells the page the real time between frames for as long as `playing` holds.
#[hook]
pub fn use_playback(playing: bool, act: &Callback<Act>) {
    let act = act.clone();
    let play = move || {
        let frames = playing.then(|| Frames::start(act));
        Box::new(move || drop(frames)) as Undo
    };
    use_effect_on([u64::from(playing), 0, 0], Box::new(play));
}

/// The closure that asks for the next frame, which must be reachable from within itself.
type FrameCell = RefCell<Option<Closure<dyn FnMut(f64)>>>;

/// A loop of animation frames, ended by dropping it.
struct Frames {
    handle: Rc<Cell<i32>>,
    /// Kept alive for the browser, which calls it.
    _closure: Rc<FrameCell>,
}

impl Frames {
    fn start(act: Callback<Act>) -> Self {
        let handle = Rc::new(Cell::new(0));
        let closure: Rc<FrameCell> = Rc::default();
        let last = Cell::new(None::<f64>);
        let (again, next) = (Rc::clone(&closure), Rc::clone(&handle));
        *closure.borrow_mut() = Some(Closure::new(move |now: f64| {
            if let Some(last) = last.replace(Some(now)) {
                let gap = now - last;
                if (0.0..=LONGEST_GAP_MS).contains(&gap) {
                    act.emit(Act::Advance(Duration::from_micros((gap * 1_000.0) as u64)));
                }
            }
            next.set(request(&again));
        }));
        handle.set(request(&closure));
        Self { handle, _closure: closure }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            // Refused only for a handle that is no longer pending.
            let _ = window.cancel_animation_frame(self.handle.get());
        }
    }
}

fn request(closure: &FrameCell) -> i32 {
    let closure = closure.borrow();
    let frame = closure
        .as_ref()
        .zip(web_sys::window())
        .map(|(closure, window)| window.request_animation_frame(closure.as_ref().unchecked_ref()));
    frame.and_then(Result::ok).unwrap_or_default()
}
