//! The explanation of whatever is being looked at.

use yew::AttrValue;

use super::{Scene, Voice};
use crate::lang::{HostId, Lang};
use crate::parts::explain::view::{CheckView, ExplainView, LeadView, PartView};
use crate::pick::Pick;
use crate::rich::marked;
use crate::text::{Msg, edge_title};
use course::text::{self, EdgeText};
use course::{self, CheckLine, Explanation, QuietEnd, Span, joined};
use lab::Session;
use lab::host::{Socket, SocketState};
use tcp::State;
use tcp::edge::{EDGES, Edge, Origin};
use tcp::time::Instant;

/// The explanation of `pick` in a scene whose clock has come to `now`.
#[must_use]
pub fn explain(scene: &Scene, now: Instant, pick: Pick) -> ExplainView {
    let lang = scene.voice.lang;
    let view = match pick {
        Pick::Latest => None,
        Pick::Record(id) => record(scene, id as usize),
        Pick::Packet(id) => packet(scene, id),
        Pick::State(id) => Some(state(id, lang)),
        Pick::Edge(id) => EDGES.iter().find(|edge| edge.id == id).map(|edge| self::edge(edge, lang)),
    };
    match view {
        Some(view) => ExplainView { is_elsewhere: true, ..view },
        None => latest(scene, now),
    }
}

/// The last step; before the first one the goal; and once all is quiet, what everyone is waiting for.
fn latest(scene: &Scene, now: Instant) -> ExplainView {
    let session = &scene.session;
    let Some(last) = session.records().last() else { return beginning(session, scene.voice.lang) };
    let is_quiet = session.world().link().in_flight().is_empty() && now > last.at;
    if is_quiet {
        return quiet(session, now, scene.voice.lang, last.id);
    }
    record(scene, last.id as usize).unwrap_or_default()
}

fn beginning(session: &Session, lang: Lang) -> ExplainView {
    let scenario = session.scenario();
    let todo = scenario.steps.first().map_or_else(Vec::new, |step| marked(lang.pick(&step.text)));
    let part = |title, spans| PartView { title, spans };
    ExplainView {
        title: AttrValue::from(lang.pick(&scenario.title).to_owned()),
        parts: vec![
            part(Msg::Goal, marked(lang.pick(&scenario.goal))),
            part(Msg::WhatToDo, todo),
            part(Msg::HowTo, marked(Msg::HowToText.in_lang(lang))),
        ],
        ..ExplainView::default()
    }
}

fn quiet(session: &Session, now: Instant, lang: Lang, last: u32) -> ExplainView {
    let world = session.world();
    let newest = |id: HostId| {
        let alive = |socket: &&Socket| {
            matches!(socket.state, SocketState::Connected(_) | SocketState::Listening { .. })
        };
        let sockets = world.host(id).sockets().filter(alive);
        sockets.max_by_key(|socket| (!socket.is_listening(), socket.id)).and_then(Socket::tcb)
    };
    let ends: Vec<QuietEnd<'_>> =
        HostId::ALL.into_iter().filter_map(|host| Some(QuietEnd { host, tcb: newest(host)? })).collect();
    let titles = [Msg::Client, Msg::Server];
    let said = course::quiet(&ends, now, lang);
    let mut parts: Vec<PartView> = ends
        .iter()
        .zip(said)
        .map(|(end, spans)| PartView { title: titles[end.host.index()], spans })
        .collect();
    if parts.is_empty() {
        parts.push(PartView { title: Msg::WhatNow, spans: marked(Msg::NothingLeft.in_lang(lang)) });
    }
    ExplainView {
        title: Msg::Quiet.text(lang),
        at: Some(now),
        parts,
        leads: vec![LeadView { label: Msg::LastStep.text(lang), to: Pick::Record(last) }],
        ..ExplainView::default()
    }
}

fn record(scene: &Scene, index: usize) -> Option<ExplainView> {
    let Voice { lang, notation } = scene.voice;
    let records = scene.session.records();
    let record = records.get(index)?;
    let told = course::explain_with(records, index, scene.numbers_after(index + 1), notation, lang);
    Some(ExplainView { at: Some(record.at), host: record.host, ..view_of(told, &scene.session, lang) })
}

fn view_of(told: Explanation, session: &Session, lang: Lang) -> ExplainView {
    let mut happened = told.happened;
    for reason in told.dropped {
        happened.push(Span::Text(" ".to_owned()));
        happened.extend(reason);
    }
    let parts = [(Msg::Happened, happened), (Msg::Why, told.why), (Msg::Otherwise, told.otherwise)];
    let parts = parts.into_iter().filter(|(_, spans)| !spans.is_empty());
    // The experiment on the page is no news.
    let experiment = told.experiment.filter(|id| *id != session.scenario().id);
    let titles = super::titles(lang);
    let experiment = experiment.and_then(|id| titles.iter().find(|(known, _)| known == id).cloned());
    ExplainView {
        title: AttrValue::from(told.title),
        parts: parts.map(|(title, spans)| PartView { title, spans }).collect(),
        sources: told.sources.iter().map(|note| AttrValue::Static(text::note_title(*note, lang))).collect(),
        clauses: told.clauses.iter().map(|clause| AttrValue::Static(clause)).collect(),
        checks: told.checks.into_iter().map(check).collect(),
        trial: told.trial.unwrap_or_default(),
        experiment,
        ..ExplainView::default()
    }
}

fn check(line: CheckLine) -> CheckView {
    let values: Vec<String> = line.operands.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let parts = [line.formula.to_owned(), joined(&values, ", "), line.margin.unwrap_or_default()];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let values = joined(&parts, " · ");
    CheckView { question: line.question, outcome: line.outcome, values: values.into(), passed: line.passed }
}

/// A segment: its arrival if it has arrived, else its departure.
fn packet(scene: &Scene, id: u32) -> Option<ExplainView> {
    let (packet, _) = scene.packet(id)?;
    let view = record(scene, packet.arrived_as.unwrap_or(packet.sent_by) as usize)?;
    let leads = packet.arrived_as.map(|_| LeadView {
        label: Msg::WhyWasItSent.text(scene.voice.lang),
        to: Pick::Record(packet.sent_by),
    });
    Some(ExplainView { leads: leads.into_iter().collect(), ..view })
}

fn state(state: State, lang: Lang) -> ExplainView {
    let told = text::state(state, lang);
    let title = if lang.has_glosses() {
        Msg::StateTitle.with(&[("state", &state), ("gloss", &told.name)], lang)
    } else {
        state.name().to_owned()
    };
    let leads = Edge::leaving(state).filter(|edge| edge.origin != Origin::WhatIf).map(|edge| {
        let event = &text::edge(edge, lang).event;
        LeadView { label: AttrValue::from(format!("{event} → {}", edge.to)), to: Pick::Edge(edge.id) }
    });
    let part = |title, text: &str| PartView { title, spans: marked(text) };
    ExplainView {
        title: AttrValue::from(title),
        parts: vec![
            part(Msg::Waiting, &told.waits),
            part(Msg::WhenSeen, &told.seen),
            part(Msg::WhatCanHappenShort, ""),
        ],
        leads: leads.collect(),
        ..ExplainView::default()
    }
}

fn edge(edge: &'static Edge, lang: Lang) -> ExplainView {
    let EdgeText { event, action, meaning, .. } = text::edge(edge, lang);
    let mut happens = vec![Span::Text(event.clone())];
    if !action.is_empty() {
        happens.push(Span::Text(format!(" / {action}")));
    }
    let origin = match edge.origin {
        Origin::Figure5 => "RFC 9293 §3.3.2, Figure 5",
        Origin::Text => "RFC 9293 §3.10",
        Origin::WhatIf => "",
    };
    let lead = |state: State| LeadView { label: AttrValue::Static(state.name()), to: Pick::State(state) };
    ExplainView {
        title: AttrValue::from(edge_title(edge.from.name(), edge.to.name())),
        parts: vec![
            PartView { title: Msg::EventAndAction, spans: happens },
            PartView { title: Msg::WhatItMeans, spans: marked(meaning) },
        ],
        clauses: Some(AttrValue::Static(origin)).filter(|clause| !clause.is_empty()).into_iter().collect(),
        leads: vec![lead(edge.from), lead(edge.to)],
        ..ExplainView::default()
    }
}
