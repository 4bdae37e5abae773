//! The run as this tab keeps it, so that a reload loses nothing.
//!
//! It is kept as a link, under the page's address; `www/boot.js` shows it on its card after a crash. What the page opens
//! by itself is marked until it is drawn: if the mark is still there at the next start, it crashed the page, and is not
//! opened by itself again.

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::store::session_storage;
use course::experiments;
use lab::Session;

/// How long after the latest change the run is kept; when the page goes it is kept at once.
const SOON_MS: u32 = 1_000;
/// The mark.
const OPENING: &str = "tcp-lab.opening";

/// The name under which the run of this address is kept.
fn key() -> Option<String> {
    let location = web_sys::window()?.location();
    let [path, query, hash] = [location.pathname(), location.search(), location.hash()].map(Result::ok);
    Some(format!("tcp-lab.run:{}{}{}", path?, query?, hash?))
}

/// The link to the run of before the reload.
#[must_use]
pub fn kept_run() -> Option<String> {
    session_storage()?.get_item(&key()?).ok()?
}

/// The program has failed, and `www/boot.js` has taken over: what it holds is no longer to be trusted.
fn has_crashed() -> bool {
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    root.and_then(|root| root.get_attribute("data-boot")).as_deref() == Some("crashed")
}

/// Keeps the run, unless it is still at its beginning.
fn keep(session: &Session) {
    if has_crashed() {
        return;
    }
    let Some((storage, key)) = session_storage().zip(key()) else { return };
    let scenario = session.scenario();
    let is_built_in = experiments::is_built_in(scenario);
    let link = session.to_link(is_built_in);
    // Full or forbidden: the page works on without.
    let _ = if link == Session::new(Rc::clone(scenario)).to_link(is_built_in) {
        storage.remove_item(&key)
    } else {
        storage.set_item(&key, &link)
    };
}

/// Forgets the run of this address.
pub fn forget_run() {
    if let Some((storage, key)) = session_storage().zip(key()) {
        let _ = storage.remove_item(&key);
    }
}

/// Marks what is being opened. False if it was marked already: then it crashed the page.
#[must_use]
pub fn may_open(link: &str) -> bool {
    let Some(storage) = session_storage() else { return true };
    if storage.get_item(OPENING).is_ok_and(|marked| marked.as_deref() == Some(link)) {
        return false;
    }
    let _ = storage.set_item(OPENING, link);
    true
}

/// Keeps the run of `session`, which is another one whenever `generation` is. While it plays, that can wait.
#[hook]
pub fn use_kept_run(session: &Session, generation: u64, playing: bool) {
    let latest = use_mut_ref(|| session.clone());
    latest.replace(session.clone());
    use_effect_with((), |()| {
        if let Some(storage) = session_storage() {
            let _ = storage.remove_item(OPENING);
        }
    });
    {
        let latest = latest.clone();
        use_effect_with((), move |()| {
            let listen = |window| EventListener::new(&window, "pagehide", move |_| keep(&latest.borrow()));
            let listener = web_sys::window().map(|window: web_sys::Window| listen(window.into()));
            move || drop(listener)
        });
    }
    use_effect_with((generation, playing), move |&(_, playing)| {
        let soon = (!playing).then(|| Timeout::new(SOON_MS, move || keep(&latest.borrow())));
        move || drop(soon)
    });
}
