//! The root component: the page's one memory, and the wires between it, the browser and the parts.

use yew::prelude::*;

use crate::act::Act;
use crate::bridge;
use crate::hooks::{self, Store};
use crate::look::Dialog;
use crate::model::Model;
use crate::pages::lab::LabPage;
use crate::parts::chrome::dialog::ModalDialog;
use crate::parts::chrome::help::Help;
use crate::parts::chrome::settings::SettingsForm;
use crate::parts::chrome::share::Share;
use crate::parts::ladder::inspector::Inspector;
use crate::present::{self, Scene};
use crate::start;
use crate::text::Msg;
use course::{experiments, text};
use lab::pcapng;

/// Where the narrow page begins: below, there is room for one part at a time. As in `www/style.css`, it grows with the
/// reader's font.
const NARROW: &str = "(max-width: 44.99875em)";

/// The page.
#[component]
pub fn App() -> Html {
    let model = use_reducer(start::model);
    let narrow = hooks::use_media(NARROW);
    // The model as it is when something happens. What depends on it does so through here, and stays the same: otherwise
    // every part would be drawn again at every step.
    let latest = use_mut_ref(|| model.clone());
    latest.replace(model.clone());
    let act = {
        let (latest, ask) = (latest.clone(), Callback::from(model.dispatcher()));
        use_callback((), move |act: Act, ()| {
            reach_out(&act, &latest.borrow(), &ask);
            ask.emit(act);
        })
    };
    let on_key = {
        let act = act.clone();
        use_callback((), move |event: KeyboardEvent, ()| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() || hooks::takes_keys(&event) {
                return;
            }
            let wanted = hooks::act_of_key(&event.key(), &latest.borrow());
            if let Some(wanted) = wanted {
                event.prevent_default();
                act.emit(wanted);
            }
        })
    };
    let looks = &model.looks;
    hooks::use_keys_of_nobody(&on_key);
    hooks::use_playback(looks.playing, &act);
    hooks::use_links(&act);
    hooks::use_kept_run(&model.session, model.generation, looks.playing);
    hooks::use_root(looks.lang, looks.theme, Msg::Title.text(looks.lang));
    bridge::use_page_api(&model.session, &act);

    // What was read of the run's earlier pages.
    let memory = use_mut_ref(Default::default);
    let voice = model.voice();
    let scene = use_memo((model.generation, voice, model.shown), |_| {
        Scene::new(&model.session, &memory, voice).showing(model.shown)
    });
    let seen = (model.generation, voice, model.shown, model.is_question_closed, model.ladder_page);
    let view = use_memo(seen, |_| present::page(&scene, model.is_question_closed, model.ladder_page));
    // While nothing is in flight the explanation counts the time that is left, a tenth of a second at a time.
    let now = model.session.now();
    let is_quiet = model.session.world().link().in_flight().is_empty();
    let clock = if is_quiet { now.as_micros() / 100_000 } else { 0 };
    let explain =
        use_memo((model.generation, voice, looks.pick, clock), |_| present::explain(&scene, now, looks.pick));
    let said = hooks::use_calm(&view.sentence, looks.playing);
    html! {
        <LabPage
            {now}
            {view}
            {explain}
            {said}
            looks={looks.clone()}
            {narrow}
            act={&act}
            {on_key}
        >
            { dialog(&model, &scene, &act) }
        </LabPage>
    }
}

/// Does what reaches beyond the page's memory.
fn reach_out(act: &Act, model: &Model, ask: &Callback<Act>) {
    match act {
        Act::Copy(text) => {
            let told = |done| Act::Shared(if done { Msg::Copied } else { Msg::CopyFailed });
            hooks::copy(text, ask.reform(told));
        }
        Act::Capture => {
            let is_saved = hooks::save("tcp-lab.pcapng", &pcapng::capture(&model.session));
            if !is_saved {
                ask.emit(Act::Shared(Msg::NoDownload));
            }
        }
        Act::Experiment(id) if experiments::scenario(id).is_some() => {
            hooks::forget_run();
            hooks::write_experiment(id);
        }
        Act::Lang(lang) if text::is_loaded(*lang) => Store::Lang.write(lang.code()),
        Act::Theme(theme) => Store::Theme.write(theme.into()),
        Act::Notation(notation) => Store::Notation.write(notation.into()),
        Act::Shortcuts(on) => Store::Shortcuts.write(if *on { "on" } else { "off" }),
        _ => {}
    }
}

/// The dialog that is open, or nothing visible.
fn dialog(model: &Model, scene: &Scene, act: &Callback<Act>) -> Html {
    let lang = model.looks.lang;
    let Some(which) = model.dialog else { return html! { <span hidden=true /> } };
    let (title, inside) = match which {
        Dialog::Settings => {
            let view = present::settings(&model.session);
            (Msg::Settings.text(lang), html! { <SettingsForm {view} {lang} {act} /> })
        }
        Dialog::Share => {
            let (link, snippet) = present::share(&model.session, lang);
            (Msg::Share.text(lang), html! { <Share {link} {snippet} {lang} shared={model.shared} {act} /> })
        }
        Dialog::Help => (Msg::Help.text(lang), html! { <Help {lang} shortcuts={model.shortcuts} {act} /> }),
        Dialog::Inside(packet) => match present::inside(scene, packet) {
            Some(inside) => (inside.name.clone().into(), html! { <Inspector {inside} {lang} /> }),
            None => (Msg::LookInside.text(lang), html! { <p>{ Msg::NothingInFlight.text(lang) }</p> }),
        },
    };
    html! { <ModalDialog {title} {lang} {act}>{ inside }</ModalDialog> }
}
