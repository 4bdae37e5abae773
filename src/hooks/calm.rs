//! Words that change too fast to be heard: of those that come within a second only the last is passed on.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::prelude::*;

use super::own::Undo;
use super::use_effect_on;

/// A sentence needs at least about this long to be heard.
const SENTENCE_MS: i32 = 1_000;

/// The words to be heard. While `hurried` holds, the newest are passed on once a second; as soon as it does not, they
/// are there at once, so that the last ones are never lost.
#[hook]
pub fn use_calm(words: &AttrValue, hurried: bool) -> AttrValue {
    // Those that are heard, and the newest.
    let both = use_mut_ref(|| [words.clone(), words.clone()]);
    let again = use_force_update();
    let said = {
        let [heard, newest] = &mut *both.borrow_mut();
        newest.clone_from(words);
        if !hurried {
            heard.clone_from(words);
        }
        // Where the hurry begins, what was heard last goes on being heard.
        heard.clone()
    };
    let beat = move || {
        let call = move || {
            let [heard, newest] = &mut *both.borrow_mut();
            heard.clone_from(newest);
            again.force_update();
        };
        let beat = hurried.then(|| Beat::start(call));
        Box::new(move || drop(beat)) as Undo
    };
    use_effect_on([u64::from(hurried), 0, 0], Box::new(beat));
    said
}

/// A call that is made every [`SENTENCE_MS`] until this is dropped.
struct Beat {
    handle: Option<i32>,
    /// Kept alive for the browser, which calls it.
    _closure: Closure<dyn Fn()>,
}

impl Beat {
    fn start(call: impl Fn() + 'static) -> Self {
        let closure = Closure::<dyn Fn()>::new(call);
        let start = |window: web_sys::Window| {
            let call = closure.as_ref().unchecked_ref();
            window.set_interval_with_callback_and_timeout_and_arguments_0(call, SENTENCE_MS).ok()
        };
        Self { handle: web_sys::window().and_then(start), _closure: closure }
    }
}

impl Drop for Beat {
    fn drop(&mut self) {
        if let (Some(window), Some(handle)) = (web_sys::window(), self.handle) {
            window.clear_interval_with_handle(handle);
        }
    }
}
