//! How the page begins: from its address, from what was kept, from the browser's own wishes, in this order.

use std::str::FromStr;

use crate::api::Params;
use crate::hooks::{self, IN_BROWSER, Store};
use crate::lang::Lang;
use crate::look::{Tab, View};
use crate::model::Model;
use crate::present;
use crate::text::Msg;
use course::{errors, experiments};
use lab::Session;

/// The experiment that opens when nothing else is asked for.
const FIRST: &str = "handshake";

/// The page as it opens.
#[must_use]
pub fn model() -> Model {
    let (params, link) = hooks::read_address();
    let lang = lang(&params);
    let wanted = params.lab.as_deref().unwrap_or(FIRST);
    let known = experiments::scenario(wanted);
    let first = || experiments::scenario(FIRST).expect("the first experiment is built in");
    let is_known = known.is_some();
    let mut model = Model::new(Session::new(known.unwrap_or_else(first)));
    model.looks.lang = lang;
    model.looks.theme = params.theme.or_else(|| kept(Store::Theme)).unwrap_or_default();
    model.looks.notation = params.notation.or_else(|| kept(Store::Notation)).unwrap_or_default();
    (model.looks.view, model.looks.controls) = (params.view, params.controls);
    if params.view == View::Diagram {
        model.looks.tab = Tab::Diagram;
    }
    model.shortcuts = Store::Shortcuts.read().as_deref() != Some("off");
    for fault in &params.faults {
        model.notice(present::param_fault(fault, lang));
    }
    if !is_known {
        model.notice(present::no_experiment(wanted, lang));
    }
    // The run of before a reload is newer than the link that it may have begun with.
    for (link, is_kept) in [(hooks::kept_run(), true), (link, false)] {
        let Some(link) = link else { continue };
        if !hooks::may_open(&link) {
            model.notice(Msg::CrashedBefore.text(lang));
            continue;
        }
        match Session::from_link(&link, experiments::scenario) {
            Ok(session) => {
                model.notice_link(&session);
                model.session = session;
                model.turn_to_question();
                break;
            }
            Err(_) if is_kept => model.notice(Msg::RunNotRestored.text(lang)),
            Err(error) => model.notice(errors::link(&error, false, lang)),
        }
    }
    model.looks.playing = params.autoplay && !hooks::prefers_less_motion();
    model
}

/// The language that is asked for.
#[must_use]
pub fn lang(params: &Params) -> Lang {
    let kept = || Store::Lang.read().and_then(|code| Lang::from_code(&code));
    params.lang.or_else(kept).or_else(browser_lang).unwrap_or_default()
}

fn browser_lang() -> Option<Lang> {
    if !IN_BROWSER {
        return None;
    }
    let wanted = web_sys::window()?.navigator().languages();
    wanted.iter().filter_map(|code| code.as_string()).find_map(|code| Lang::from_code(&code))
}

/// What the reader chose last time, if it is still there and means something.
fn kept<T: FromStr>(store: Store) -> Option<T> {
    store.read()?.parse().ok()
}
