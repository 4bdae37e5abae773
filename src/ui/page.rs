//! The page: every part in its place, made from plain values.

use std::rc::Rc;

use yew::prelude::*;

use super::act::Wires;
use super::chrome::{Header, Tabs, notices};
use super::diagram::Taken;
use super::diagram::panel::{DiagramPanelProps, diagram_panel};
use super::explain::view::{ExplainView, QuestionView};
use super::explain::{ExplainPanel, QuestionCard};
use super::host::HostPanel;
use super::host::view::HostView;
use super::ladder::LadderPanel;
use super::ladder::view::LadderView;
use super::lang::{HostId, Lang, Notation};
use super::look::{Controls, Tab, Theme, View};
use super::pick::Pick;
use super::text::Msg;
use super::transport::bar::{TransportBarProps, transport_bar};
use super::transport::view::TimelineView;
use crate::course::Span;
use crate::tcp::State;
use crate::time::Instant;

/// The moment as the page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct PageView {
    /// The one on the page.
    pub experiment: AttrValue,
    /// What it is for.
    pub goal: Vec<Span>,
    /// What to do next.
    pub hint: Vec<Span>,
    /// The state of each host; none while it is down.
    pub here: [Option<State>; 2],
    /// The edges taken in this run.
    pub taken: Rc<Vec<(&'static str, Taken)>>,
    /// Rules are broken on purpose.
    pub what_if: bool,
    /// The segments.
    pub ladder: Rc<LadderView>,
    /// The hosts.
    pub hosts: [Rc<HostView>; 2],
    /// The cable is whole.
    pub cable_is_up: bool,
    /// The question, while there is one.
    pub question: Option<Rc<QuestionView>>,
    /// The run as a row of events.
    pub timeline: Rc<TimelineView>,
    /// What a screen reader hears of the latest step.
    pub sentence: AttrValue,
}

/// How the learner looks at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Looks {
    /// The language.
    pub lang: Lang,
    /// How numbers are written.
    pub notation: Notation,
    /// The colours.
    pub theme: Theme,
    /// The tab shown, where there are tabs.
    pub tab: Tab,
    /// There is room for one part at a time only.
    pub narrow: bool,
    /// What is being looked at.
    pub pick: Pick,
    /// It plays.
    pub playing: bool,
    /// How fast, in thousandths of real time.
    pub speed: u32,
    /// The diagram as a table.
    pub diagram_table: bool,
    /// The ladder as a table.
    pub ladder_table: bool,
    /// Which drawings are shown.
    pub view: View,
    /// How much can be operated.
    pub controls: Controls,
    /// The notices.
    pub notices: Rc<Vec<AttrValue>>,
}

/// What the page is made of.
#[derive(Properties, PartialEq)]
pub struct PageProps {
    /// The moment.
    pub view: Rc<PageView>,
    /// The experiments: name and title.
    pub experiments: Rc<Vec<(AttrValue, AttrValue)>>,
    /// The explanation of what is being looked at.
    pub explain: Rc<ExplainView>,
    /// The present.
    pub now: Instant,
    /// How it is looked at.
    pub looks: Looks,
    /// Where requests go.
    pub wires: Rc<Wires>,
    /// A key was pressed.
    pub on_key: Callback<KeyboardEvent>,
    /// The dialog, if one is open.
    pub dialog: Html,
}

/// Draws the page.
#[component]
pub fn Page(props: &PageProps) -> Html {
    let PageProps { view, looks, wires, .. } = props;
    let lang = looks.lang;
    let as_tab = |tab: Tab| {
        let role = looks.narrow.then_some("tabpanel");
        let label = looks.narrow.then(|| format!("tab-{}", tab.name()));
        (role, label, format!("panel-{}", tab.name()), looks.narrow && looks.tab != tab)
    };
    let part = |tab: Tab, class: &'static str, inside: Html| {
        let (role, label, id, hidden) = as_tab(tab);
        html! { <section {id} {class} {role} aria-labelledby={label} aria-label={(!looks.narrow).then(|| tab.msg().text(lang))} {hidden}>{ inside }</section> }
    };
    let diagram = html! {
        { diagram_panel(&DiagramPanelProps { lang, here: view.here, taken: Rc::clone(&view.taken), what_if: view.what_if, pick: looks.pick, as_table: looks.diagram_table, on_table: wires.diagram_table.clone(), on_pick: wires.pick.clone() }) }
    };
    let ladder = html! {
        <LadderPanel
            view={Rc::clone(&view.ladder)}
            now={props.now}
            {lang}
            pick={looks.pick}
            as_table={looks.ladder_table}
            on_table={wires.ladder_table.clone()}
            on_page={wires.ladder_page.clone()}
            on_pick={wires.pick.clone()}
            on_action={wires.action.clone()}
            on_inside={wires.inside.clone()}
        />
    };
    let host = |host: HostId| {
        html! {
            <HostPanel
                host={Rc::clone(&view.hosts[host.index()])}
                now={props.now}
                cable_is_up={view.cable_is_up}
                {lang}
                on_pick={wires.pick.clone()}
                on_action={wires.action.clone()}
            />
        }
    };
    html! {
        <div class={classes!("lab", looks.narrow.then_some("is-narrow"), extent(looks).0, extent(looks).1)} lang={lang.code()} onkeydown={props.on_key.clone()}>
            <a class="skip" href="#controls">{ Msg::SkipToControls.text(lang) }</a>
            <Header
                experiments={Rc::clone(&props.experiments)}
                experiment={view.experiment.clone()}
                goal={view.goal.clone()}
                hint={view.hint.clone()}
                notation={looks.notation}
                {lang}
                theme={looks.theme}
                on_experiment={wires.experiment.clone()}
                on_notation={wires.notation.clone()}
                on_lang={wires.lang.clone()}
                on_theme={wires.theme.clone()}
                on_dialog={wires.dialog.clone()}
            />
            { notices(&looks.notices, lang, &wires.dismiss) }
            <div class="tabs-place" hidden={!looks.narrow}>
                <Tabs tab={looks.tab} {lang} on_tab={wires.tab.clone()} />
            </div>
            <main class="stage">
                { part(Tab::Diagram, "panel area-diagram", diagram) }
                { part(Tab::Ladder, "panel area-ladder", ladder) }
                { part(Tab::Hosts, "area-hosts", html! { <>{ host(HostId::Client) }{ host(HostId::Server) }</> }) }
                { part(Tab::Explain, "area-explain", explain(props)) }
            </main>
            { transport_bar(&TransportBarProps { view: Rc::clone(&view.timeline), now: props.now, playing: looks.playing, speed: looks.speed, lang, on_play: wires.play.clone(), on_speed: wires.speed.clone(), on_action: wires.action.clone(), on_restart: wires.restart.clone() }) }
            <div class="visually-hidden" role="log" aria-live="polite" aria-label={Msg::Log.text(lang)}>
                <p>{ view.sentence.clone() }</p>
            </div>
            <div class="dialog-place">{ props.dialog.clone() }</div>
        </div>
    }
}

/// The question before the decisive segment, and the explanation.
fn explain(props: &PageProps) -> Html {
    let PageProps { view, looks, wires, .. } = props;
    let lang = looks.lang;
    let question = match &view.question {
        Some(question) => html! {
            <QuestionCard
                question={Rc::clone(question)}
                {lang}
                on_answer={wires.answer.clone()}
                on_skip={wires.skip_question.clone()}
                on_close={wires.close_question.clone()}
            />
        },
        None => html! { <span hidden=true /> },
    };
    html! {
        <>
            <div class="question-place">{ question }</div>
            <ExplainPanel view={Rc::clone(&props.explain)} {lang} on_pick={wires.pick.clone()} on_experiment={wires.experiment.clone()} />
        </>
    }
}

/// What an embedding page has left out.
const fn extent(looks: &Looks) -> (&'static str, &'static str) {
    let view = match looks.view {
        View::Both => "view-both",
        View::Diagram => "view-diagram",
        View::Ladder => "view-ladder",
    };
    let controls = match looks.controls {
        Controls::Full => "controls-full",
        Controls::Min => "controls-min",
        Controls::None => "controls-none",
    };
    (view, controls)
}
