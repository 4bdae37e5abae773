//! Words that change too fast to be heard: of those that come within a second only the last is passed on.

use gloo::timers::callback::Interval;
use yew::prelude::*;

/// A sentence needs at least about this long to be heard.
const SENTENCE_MS: u32 = 1_000;

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
    use_effect_with(hurried, move |&hurried| {
        let beat = hurried.then(|| {
            Interval::new(SENTENCE_MS, move || {
                let [heard, newest] = &mut *both.borrow_mut();
                heard.clone_from(newest);
                again.force_update();
            })
        });
        move || drop(beat)
    });
    said
}
