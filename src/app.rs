//! The root component: the page's one memory, and the wires between it, the browser and the parts.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use super::{bridge, present};
use crate::act::Act;
use crate::el::{El, el, nothing};
use crate::hooks::{self, Memo, Store};
use crate::lang::Lang;
use crate::look::Dialog;
use crate::model::Model;
use crate::pages::lab::{Looks, PageProps, PageView, page};
use crate::parts::chrome::settings::{SettingsFormProps, settings_form};
use crate::parts::chrome::share::ShareProps;
use crate::parts::chrome::{self, ModalDialog, help};
use crate::parts::explain::view::ExplainView;
use crate::parts::ladder::inspector;
use crate::pick::Pick;
use crate::present::{Scene, Shown, Voice};
use crate::start;
use crate::text::Msg;
use course::experiments;
use course::text::table;
use lab::pcapng;

/// Where the narrow page begins: below, there is room for one part at a time.
const NARROW: &str = "(max-width: 719.98px)";

/// The page.
#[component]
pub fn App() -> Html {
    let state = use_reducer(start::model);
    let narrow = hooks::use_media(NARROW);

    let wires = use_ref(|| Wires::new(&state.dispatcher()));
    let model = Rc::new(Model::clone(&state));
    wires.current.replace(Some(Rc::clone(&model)));
    let (act, on_key) = (wires.act.clone(), wires.on_key.clone());
    hooks::use_keys_of_nobody(on_key.clone());
    hooks::use_playback(model.playing, &act);
    hooks::use_links(&act);
    bridge::use_page_api(&model.session, &act);

    let (voice, lang) = (model.voice(), model.lang);
    let is_closed = model.is_question_closed;
    let made = &mut *wires.made.borrow_mut();
    let scene = made.scene.of((model.generation, voice, model.shown), |_| {
        Rc::new(Scene::new(&model.session, &model.memory, voice).showing(model.shown))
    });
    let view = made.view.of((model.generation, voice, model.shown, is_closed, model.ladder_page), |_| {
        Rc::new(present::page(&scene, is_closed, model.ladder_page))
    });
    let experiments = present::titles(lang);
    // While nothing is in flight the explanation counts the time that is left, a tenth of a second at a time.
    let is_quiet = model.session.world().link().in_flight().is_empty();
    let clock = if is_quiet { model.session.now().as_micros() / 100_000 } else { 0 };
    let explain = made.explain.of((model.generation, voice, model.pick, clock), |_| {
        Rc::new(present::explain(&scene, model.session.now(), model.pick))
    });
    hooks::use_first_line(&explain.title);
    let title = match lang {
        Lang::ZhHans => "TCP 状态实验室",
        Lang::En => "TCP State Lab",
    };
    hooks::use_root_attributes(lang, model.theme, title);

    let looks = Looks {
        lang,
        notation: model.notation,
        theme: model.theme,
        tab: model.tab,
        narrow,
        pick: model.pick,
        playing: model.playing,
        speed: model.speed,
        diagram_table: model.diagram_table,
        ladder_table: model.ladder_table,
        view: model.view,
        controls: model.controls,
        notices: Rc::clone(&model.notices),
    };
    let said = hooks::use_calm(&view.sentence, model.playing);
    let now = model.session.now();
    let dialog = dialog(&model, &scene, &act);
    page(&PageProps { view, experiments, explain, said, now, looks, act, on_key, dialog })
}

/// What stays from one drawing to the next.
struct Wires {
    /// The model as it is now.
    current: Rc<RefCell<Option<Rc<Model>>>>,
    /// Where requests go.
    act: Callback<Act>,
    /// A key was pressed.
    on_key: Callback<KeyboardEvent>,
    /// What was made for the latest drawing.
    made: RefCell<Made>,
}

/// What the page is made from: the session's generation, how it is told, what is shown, whether the question was closed,
/// and the page of the ladder.
type Seen = (u64, Voice, Shown, bool, Option<usize>);

/// What is shown, each with what it was made from.
#[derive(Default)]
struct Made {
    scene: Memo<(u64, Voice, Shown), Rc<Scene>>,
    view: Memo<Seen, Rc<PageView>>,
    explain: Memo<(u64, Voice, Pick, u64), Rc<ExplainView>>,
}

impl Wires {
    fn new(dispatcher: &UseReducerDispatcher<Model>) -> Self {
        let current = Rc::new(RefCell::new(None::<Rc<Model>>));
        let act = {
            let (current, ask) = (Rc::clone(&current), Callback::from(dispatcher.clone()));
            Callback::from(move |act| {
                let model = current.borrow().clone();
                reach_out(&act, model.as_deref(), &ask);
                ask.emit(act);
            })
        };
        let on_key = {
            let (current, act) = (Rc::clone(&current), act.clone());
            Callback::from(move |event: KeyboardEvent| {
                if event.ctrl_key() || event.meta_key() || event.alt_key() || start::takes_keys(&event) {
                    return;
                }
                let wanted =
                    current.borrow().as_ref().and_then(|model| hooks::act_of_key(&event.key(), model));
                if let Some(wanted) = wanted {
                    event.prevent_default();
                    act.emit(wanted);
                }
            })
        };
        Self { current, act, on_key, made: RefCell::default() }
    }
}

/// Does what reaches beyond the page's memory, with the model as it is when it happens.
fn reach_out(act: &Act, model: Option<&Model>, ask: &Callback<Act>) {
    match act {
        Act::Copy(text) => hooks::copy(text, ask.reform(|done| Act::Copied(Some(done)))),
        Act::Capture => {
            if let Some(model) = model {
                hooks::save("tcp-lab.pcapng", &pcapng::capture(&model.session));
            }
        }
        Act::Lang(lang) if table::is_loaded(*lang) => Store::Lang.write(lang.code()),
        Act::Theme(theme) => Store::Theme.write(theme.name()),
        Act::Notation(notation) => Store::Notation.write(start::notation_name(*notation)),
        Act::Shortcuts(on) => Store::Shortcuts.write(if *on { "on" } else { "off" }),
        _ => {}
    }
}

/// The dialog that is open, or nothing visible.
fn dialog(model: &Model, scene: &Scene, act: &Callback<Act>) -> Html {
    let lang = model.lang;
    let Some(which) = model.dialog else { return nothing().into() };
    let (title, inside) = match which {
        Dialog::Settings => {
            let (view, act) = (present::settings(&model.session), act.clone());
            (Msg::Settings.text(lang), settings_form(&SettingsFormProps { view, lang, act }))
        }
        Dialog::Share => (Msg::Share.text(lang), share(model, act)),
        Dialog::Help => (Msg::Help.text(lang), help(lang, model.shortcuts, act)),
        Dialog::Inside(packet) => match present::inside(scene, packet) {
            Some((title, fields, bytes)) => (title, inspector(&fields, &bytes, lang)),
            None => (Msg::LookInside.text(lang), el("p").say(Msg::NothingInFlight, lang)),
        },
    };
    html! { <ModalDialog {title} {lang} act={act.clone()}>{ Html::from(inside) }</ModalDialog> }
}

fn share(model: &Model, act: &Callback<Act>) -> El {
    let lang = model.lang;
    let scenario = model.session.scenario();
    let is_built_in = experiments::is_built_in(scenario);
    let lab = if is_built_in { format!("lab={}&", scenario.id) } else { String::new() };
    let query = format!("{lab}lang={}", lang.code());
    let link = hooks::write_query(&query, &model.session.to_link(is_built_in));
    let title = lang.pick(&scenario.title).replace('"', "&quot;");
    let snippet = format!(
        "<iframe src=\"{}\" title=\"{} · {title}\" width=\"100%\" height=\"720\" loading=\"lazy\" allow=\"fullscreen; clipboard-write\"></iframe>",
        link.replace('&', "&amp;"),
        Msg::Title.in_lang(lang),
    );
    chrome::share::share(&ShareProps {
        link: AttrValue::from(link),
        snippet: AttrValue::from(snippet),
        lang,
        copied: model.copied,
        act: act.clone(),
    })
}
