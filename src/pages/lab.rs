//! The page: every part in its place, made from plain values.

use std::rc::Rc;

use yew::prelude::*;

use crate::act::Act;
use crate::lang::HostId;
use crate::look::{Controls, Looks, Tab, View};
use crate::parts::chrome::header::PageHeader;
use crate::parts::chrome::notices::Notices;
use crate::parts::chrome::place::Place;
use crate::parts::chrome::said::Said;
use crate::parts::chrome::tabs::Tabs;
use crate::parts::diagram::{DiagramPanel, Taken};
use crate::parts::explain::{AskedQuestion, ExplainPanel, QuestionCard, Subject};
use crate::parts::host::host_panel::HostPanel;
use crate::parts::ladder::ladder_panel::LadderPanel;
use crate::parts::transport::{TimelineView, TransportBar};
use crate::present::Titles;
use crate::present::host_details::HostDetails;
use crate::present::stretch::Stretch;
use crate::text::Msg;
use course::Span;
use tcp::State;
use tcp::edge::Edge;
use tcp::time::Instant;

/// The moment as the page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct PageView {
    /// The experiments: name and title.
    pub experiments: Titles,
    /// The name of the one on the page.
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
    /// The part of the run that the ladder shows.
    pub ladder: Rc<Stretch>,
    /// The newest part of it.
    pub newest: Rc<Stretch>,
    /// The hosts.
    pub hosts: [Rc<HostDetails>; 2],
    /// The cable is whole.
    pub cable_is_up: bool,
    /// The question, while there is one.
    pub question: Option<Rc<AskedQuestion>>,
    /// The run as a row of events.
    pub timeline: Rc<TimelineView>,
    /// What a screen reader hears of the latest step.
    pub sentence: AttrValue,
}

/// What the page is made of.
#[derive(Properties, PartialEq)]
pub struct LabPageProps {
    /// The present.
    pub now: Instant,
    /// The moment.
    pub view: Rc<PageView>,
    /// The explanation of what is being looked at.
    pub explain: Rc<Subject>,
    /// What a screen reader hears.
    pub said: AttrValue,
    /// How it is looked at.
    pub looks: Looks,
    /// There is room for one part at a time only.
    pub narrow: bool,
    /// Where requests go.
    pub act: Callback<Act>,
    /// A key was pressed.
    pub on_key: Callback<KeyboardEvent>,
    /// The dialog, or what keeps its place.
    pub children: Html,
}

/// The page: every part in its place.
#[component]
pub fn LabPage(props: &LabPageProps) -> Html {
    let LabPageProps { now, view, explain, looks, narrow, act, .. } = props;
    let (now, narrow) = (*now, *narrow);
    let Looks { lang, tab, pick, .. } = *looks;
    let host = |host: HostId| {
        let details = &view.hosts[host.index()];
        // Only the timers show the present.
        let now = if details.timers().is_empty() { Instant::ZERO } else { now };
        html! { <HostPanel {details} {now} cable_is_up={view.cable_is_up} {lang} {act} /> }
    };
    let question = match &view.question {
        Some(asked) => html! { <QuestionCard {asked} {lang} {act} /> },
        None => html! { <span hidden=true /> },
    };
    html! {
        <div
            class={classes!("lab", narrow.then_some("is-narrow"), extent(looks))}
            lang={lang.code()}
            onkeydown={&props.on_key}
        >
            <a class="skip" href="#controls">{ Msg::SkipToControls.text(lang) }</a>
            <PageHeader
                experiments={&view.experiments}
                experiment={&view.experiment}
                goal={view.goal.clone()}
                hint={view.hint.clone()}
                notation={looks.notation}
                {lang}
                theme={looks.theme}
                {act}
            />
            <Notices notices={&looks.notices} {lang} {act} />
            <div class="tabs-place" hidden={!narrow}>
                <Tabs tabs={parts_of(looks)} shown={tab} {lang} {act} />
            </div>
            <main class="stage">
                <Place tab={Tab::Diagram} class="panel area-diagram" {narrow} shown={tab} {lang}>
                    <DiagramPanel
                        {lang}
                        here={view.here}
                        taken={&view.taken}
                        what_if={view.what_if}
                        {pick}
                        as_table={looks.diagram_table}
                        {act}
                    />
                </Place>
                <Place tab={Tab::Ladder} class="panel area-ladder" {narrow} shown={tab} {lang}>
                    <LadderPanel
                        stretch={&view.ladder}
                        newest={&view.newest}
                        {now}
                        {lang}
                        {pick}
                        as_table={looks.ladder_table}
                        {act}
                    />
                </Place>
                <Place tab={Tab::Hosts} class="area-hosts" {narrow} shown={tab} {lang}>
                    { host(HostId::Client) }
                    { host(HostId::Server) }
                </Place>
                <Place tab={Tab::Explain} class="area-explain" {narrow} shown={tab} {lang}>
                    <div class="question-place">{ question }</div>
                    <ExplainPanel subject={explain} {lang} {act} />
                </Place>
            </main>
            <TransportBar
                view={&view.timeline}
                {now}
                playing={looks.playing}
                speed={looks.speed}
                {lang}
                {act}
            />
            <Said sentence={&props.said} {lang} />
            <div class="dialog-place">{ props.children.clone() }</div>
        </div>
    }
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
const fn extent(looks: &Looks) -> [&'static str; 2] {
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
    [view, controls]
}
