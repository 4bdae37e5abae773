//! The page: every part in its place, made from plain values.

use std::rc::Rc;

use yew::prelude::*;

use crate::act::Act;
use crate::el::{el, nothing};
use crate::hooks::Same;
use crate::kept::kept;
use crate::lang::{HostId, Lang, Notation};
use crate::look::{Controls, Tab, Theme, View};
use crate::parts::chrome::header::{HeaderProps, header};
use crate::parts::chrome::tabs::{TabsProps, tabs};
use crate::parts::chrome::{notices, said};
use crate::parts::diagram::{DiagramPanel, Taken};
use crate::parts::explain::QuestionCard;
use crate::parts::explain::panel::{ExplainPanelProps, explain_panel};
use crate::parts::explain::view::{ExplainView, QuestionView};
use crate::parts::host::panel::HostPanel;
use crate::parts::host::view::HostView;
use crate::parts::ladder::LadderPanel;
use crate::parts::ladder::view::LadderView;
use crate::parts::transport::bar::{TransportBarProps, transport_bar};
use crate::parts::transport::view::TimelineView;
use crate::pick::Pick;
use crate::text::Msg;
use course::Span;
use tcp::State;
use tcp::edge::Edge;
use tcp::time::Instant;

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
    pub taken: Rc<Vec<(&'static Edge, Taken)>>,
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
pub struct PageProps {
    /// The moment.
    pub view: Rc<PageView>,
    /// The experiments: name and title.
    pub experiments: Rc<Vec<(AttrValue, AttrValue)>>,
    /// The explanation of what is being looked at.
    pub explain: Rc<ExplainView>,
    /// What a screen reader hears.
    pub said: AttrValue,
    /// The present.
    pub now: Instant,
    /// How it is looked at.
    pub looks: Looks,
    /// Where requests go.
    pub act: Callback<Act>,
    /// A key was pressed.
    pub on_key: Callback<KeyboardEvent>,
    /// The dialog, if one is open.
    pub dialog: Html,
}

/// Draws the page.
pub fn page(props: &PageProps) -> Html {
    let PageProps { view, looks, act, .. } = props;
    let lang = looks.lang;
    let part = |tab: Tab, description: &'static str| {
        let part = el(description).attr("id", format!("panel-{}", tab.name()));
        if looks.narrow {
            let hidden = looks.tab != tab;
            part.attr("role", "tabpanel")
                .attr("aria-labelledby", format!("tab-{}", tab.name()))
                .attr("hidden", hidden)
        } else {
            part.label(tab.msg(), lang)
        }
    };
    let diagram = html! {
        <DiagramPanel
            {lang}
            here={view.here}
            taken={&view.taken}
            what_if={view.what_if}
            pick={looks.pick}
            as_table={looks.diagram_table}
            {act}
        />
    };
    let ladder = html! {
        <LadderPanel
            view={Same::from(Rc::clone(&view.ladder))}
            now={props.now}
            {lang}
            pick={looks.pick}
            as_table={looks.ladder_table}
            act={act.clone()}
        />
    };
    let host = |host: HostId| {
        let host = Rc::clone(&view.hosts[host.index()]);
        // Only the timers show the present.
        let now = if host.timers.is_empty() { Instant::ZERO } else { props.now };
        kept(HostPanel { host, now, cable_is_up: view.cable_is_up, lang, act: act.clone() })
    };
    let header = header(&HeaderProps {
        experiments: Rc::clone(&props.experiments),
        experiment: view.experiment.clone(),
        goal: view.goal.clone(),
        hint: view.hint.clone(),
        notation: looks.notation,
        lang,
        theme: looks.theme,
        act: act.clone(),
    });
    let tabs = tabs(&TabsProps { tabs: parts_of(looks), tab: looks.tab, lang, act: act.clone() });
    let question = match &view.question {
        Some(question) => html! {
            <QuestionCard question={Rc::clone(question)} {lang} act={act.clone()} />
        },
        None => nothing().into(),
    };
    let explain = ExplainPanelProps { view: Rc::clone(&props.explain), lang, act: act.clone() };
    let explain = explain_panel(&explain);
    let transport = transport_bar(&TransportBarProps {
        view: Rc::clone(&view.timeline),
        now: props.now,
        playing: looks.playing,
        speed: looks.speed,
        lang,
        act: act.clone(),
    });
    let stage = el("main.stage")
        .child(part(Tab::Diagram, "section.panel.area-diagram").child(diagram))
        .child(part(Tab::Ladder, "section.panel.area-ladder").child(ladder))
        .child(part(Tab::Hosts, "section.area-hosts").child(host(HostId::Client)).child(host(HostId::Server)))
        .child(
            part(Tab::Explain, "section.area-explain")
                .child(el("div.question-place").child(question))
                .child(explain),
        );
    let (shown, controls) = extent(looks);
    el("div.lab")
        .class_if(looks.narrow, "is-narrow")
        .class(shown)
        .class(controls)
        .attr("lang", lang.code())
        .on_key_down(props.on_key.clone())
        .child(el("a.skip href=#controls").say(Msg::SkipToControls, lang))
        .child(header)
        .child(notices(&looks.notices, lang, act))
        .child(el("div.tabs-place").attr("hidden", !looks.narrow).child(tabs))
        .child(stage)
        .child(transport)
        .child(said(&props.said, lang))
        .child(el("div.dialog-place").child(props.dialog.clone()))
        .into()
}

/// The parts that an embedding page has not left out.
fn parts_of(looks: &Looks) -> Vec<Tab> {
    let is_there = |tab: &Tab| match tab {
        Tab::Diagram => looks.view != View::Ladder,
        Tab::Ladder => looks.view != View::Diagram,
        Tab::Hosts => looks.controls == Controls::Full,
        Tab::Explain => true,
    };
    Tab::ALL.into_iter().filter(is_there).collect()
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
