//! From a session to what the page shows: the one place where the lab's data get their words and their shape.
//!
//! Every view is made anew from the session, so it is right after every step, back or forth. All that is kept is what was
//! read of the run's earlier pages.

pub mod faults;
pub mod host_details;
pub mod inside;
pub mod marks;
pub mod offered_calls;
pub mod scene;
pub mod segment_words;
mod standing;
pub mod stretch;
pub mod subjects;

use std::cell::OnceCell;
use std::rc::Rc;

use yew::AttrValue;

pub use faults::{no_experiment, param_fault};
pub use inside::inside;
pub use scene::{Scene, Shown};
pub use subjects::explain;

use crate::api::quoted::quoted;
use crate::hooks;
use crate::lang::{HostId, Lang, Notation};
use crate::pages::lab::PageView;
use crate::parts::chrome::settings::SettingsView;
use crate::parts::explain::AskedQuestion;
use crate::rich::marked;
use crate::text::Msg;
use course::describe_with;
use course::experiments::{all, is_built_in};
use lab::net::Cable;
use lab::{QuestionState, Scenario, Session};

/// How the reader wants to be spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The language.
    pub lang: Lang,
    /// How numbers are written.
    pub notation: Notation,
}

/// The page of a scene, all but the explanation of what is being looked at and the ticking of the clock. The ladder shows
/// the present, or what begins with page `ladder_page` of the run.
#[must_use]
pub fn page(scene: &Scene, is_question_closed: bool, ladder_page: Option<usize>) -> PageView {
    let (session, voice) = (&scene.session, scene.voice);
    let lang = voice.lang;
    let records = session.records();
    let sentence = match records.len().checked_sub(1) {
        Some(last) => describe_with(records, last, scene.gathered.numbers.clone(), voice.notation, lang),
        None => lang.pick(&session.scenario().goal).replace('`', ""),
    };
    let settings = HostId::ALL.map(|id| session.world().host(id).settings());
    let (experiments, experiment) = experiments(session.scenario(), lang);
    PageView {
        experiments,
        experiment,
        goal: marked(lang.pick(&session.scenario().goal)),
        hint: hint(session, lang),
        here: standing::here(session),
        taken: Rc::new(standing::taken(scene)),
        what_if: settings.iter().any(|settings| !settings.what_if.is_conformant()),
        ladder: scene.stretch(ladder_page),
        newest: Rc::clone(&scene.newest),
        hosts: HostId::ALL.map(|id| Rc::new(host_details::host_details(scene, id))),
        cable_is_up: session.world().link().cable() == Cable::Up,
        question: if is_question_closed { None } else { question(session).map(Rc::new) },
        timeline: Rc::new(marks::timeline(scene)),
        sentence: AttrValue::from(sentence),
    }
}

/// The longest title of an experiment that is shown whole.
const MAX_TITLE_CHARS: usize = 80;

/// Names and titles of experiments.
pub type Titles = Rc<Vec<(AttrValue, AttrValue)>>;

/// The id under which an experiment of the reader's own stands in the list: its scenario may have any, even that of one
/// that is built in.
const OWN: &str = "own";

/// The experiments to choose from, and the id of the one on the page. A scenario that is not built in comes first.
#[must_use]
pub fn experiments(scenario: &Scenario, lang: Lang) -> (Titles, AttrValue) {
    let titles = titles(lang);
    if is_built_in(scenario) {
        return (titles, scenario.id.clone().into());
    }
    let title = quoted(lang.pick(&scenario.title), MAX_TITLE_CHARS);
    let own = [(AttrValue::Static(OWN), AttrValue::from(title))];
    (Rc::new(own.into_iter().chain(titles.iter().cloned()).collect()), AttrValue::Static(OWN))
}

/// The experiments that are built in: name and title. Made once a language, for an explanation may
/// name an experiment at every step.
#[must_use]
fn titles(lang: Lang) -> Titles {
    thread_local!(static KNOWN: [OnceCell<Titles>; 2] = const { [OnceCell::new(), OnceCell::new()] });
    let title = |experiment: &Rc<Scenario>| {
        let title = lang.pick(&experiment.title).to_owned();
        (AttrValue::from(experiment.id.clone()), AttrValue::from(title))
    };
    let read = || Rc::new(all().iter().map(title).collect());
    KNOWN.with(|known| Rc::clone(known[lang as usize].get_or_init(read)))
}

/// The first piece of guidance that is not done yet; the last one when all are.
fn hint(session: &Session, lang: Lang) -> Vec<course::Span> {
    let steps = &session.scenario().steps;
    let open = steps.iter().find(|step| step.done.as_ref().is_none_or(|done| !session.holds(done)));
    open.or(steps.last()).map_or_else(Vec::new, |step| marked(lang.pick(&step.text)))
}

/// The question that is asked, or was asked and is not done with.
fn question(session: &Session) -> Option<AskedQuestion> {
    let question = session.scenario().question.clone()?;
    let (answered, right) = match session.question() {
        QuestionState::None | QuestionState::Ahead => return None,
        QuestionState::Open => (None, None),
        // Passed over: there is nothing to wait for.
        QuestionState::Waiting { chosen } => (Some(chosen?), None),
        QuestionState::Judged { chosen, right } => (Some(chosen?), Some(right)),
    };
    Some(AskedQuestion { question, answered, right })
}

/// The link to this moment, and the HTML that embeds it.
#[must_use]
pub fn share(session: &Session, lang: Lang) -> (AttrValue, AttrValue) {
    let scenario = session.scenario();
    let is_built_in = is_built_in(scenario);
    let lab = if is_built_in { format!("lab={}&", scenario.id) } else { String::new() };
    let link = hooks::write_query(&format!("{lab}lang={}", lang.code()), &session.to_link(is_built_in));
    let title = lang.pick(&scenario.title).replace('&', "&amp;").replace('"', "&quot;");
    let snippet = format!(
        "<iframe src=\"{}\" title=\"{} · {title}\" width=\"100%\" height=\"720\" loading=\"lazy\" allow=\"fullscreen; clipboard-write\"></iframe>",
        link.replace('&', "&amp;"),
        Msg::Title.in_lang(lang),
    );
    (link.into(), snippet.into())
}

/// Where the settings stand.
#[must_use]
pub fn settings(session: &Session) -> SettingsView {
    let world = session.world();
    SettingsView {
        hosts: HostId::ALL.map(|id| Rc::new(world.host(id).settings().clone())),
        latency: HostId::ALL.map(|id| world.link().latency(id)),
        loss_per_mille: HostId::ALL.map(|id| world.link().loss_per_mille(id)),
        rules: world.link().rules().copied().collect(),
    }
}
