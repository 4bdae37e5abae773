//! What is told of whatever is being looked at.

use std::rc::Rc;

use yew::AttrValue;

use super::{Scene, Voice};
use crate::lang::{HostId, Lang};
use crate::parts::explain::Subject;
use crate::pick::Pick;
use crate::rich::marked;
use crate::text::{Msg, edge_title};
use course::text::{self, EdgeText};
use course::{self, Explanation, QuietEnd, Span};
use lab::Session;
use lab::host::{Socket, SocketState};
use tcp::State;
use tcp::edge::{EDGES, Edge, Origin};
use tcp::time::Instant;

/// The explanation of `pick` in a scene whose clock has come to `now`.
#[must_use]
pub fn explain(scene: &Scene, now: Instant, pick: Pick) -> Subject {
    let lang = scene.voice.lang;
    let subject = match pick {
        Pick::Latest => None,
        Pick::Record(id) => record(scene, id as usize),
        Pick::Packet(id) => packet(scene, id),
        Pick::State(id) => Some(state(id, lang)),
        Pick::Edge(id) => EDGES.iter().find(|edge| edge.id == id).map(|edge| self::edge(edge, lang)),
    };
    match subject {
        Some(subject) => Subject { is_elsewhere: true, ..subject },
        None => latest(scene, now),
    }
}

/// The last step; before the first one the goal; and once all is quiet, what everyone is waiting for.
fn latest(scene: &Scene, now: Instant) -> Subject {
    let session = &scene.session;
    let Some(last) = session.records().last() else { return beginning(session, scene.voice.lang) };
    let is_quiet = session.world().link().in_flight().is_empty() && now > last.at;
    if is_quiet {
        return quiet(session, now, scene.voice.lang, last.id);
    }
    record(scene, last.id as usize).unwrap_or_default()
}

/// The words of what is no record.
fn titled(title: &str, clauses: &'static [&'static str]) -> Rc<Explanation> {
    Rc::new(Explanation { title: title.to_owned(), clauses, ..Explanation::default() })
}

fn beginning(session: &Session, lang: Lang) -> Subject {
    let scenario = session.scenario();
    let todo = scenario.steps.first().map_or_else(Vec::new, |step| marked(lang.pick(&step.text)));
    Subject {
        told: titled(lang.pick(&scenario.title), &[]),
        sections: vec![
            (Msg::Goal, marked(lang.pick(&scenario.goal))),
            (Msg::WhatToDo, todo),
            (Msg::HowTo, marked(Msg::HowToText.in_lang(lang))),
        ],
        ..Subject::default()
    }
}

fn quiet(session: &Session, now: Instant, lang: Lang, last: u32) -> Subject {
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
    let said = course::quiet(&ends, now, lang).into_iter();
    let headings = ends.iter().map(|end| [Msg::Client, Msg::Server][end.host.index()]);
    let mut sections: Vec<_> = headings.zip(said).collect();
    if sections.is_empty() {
        sections.push((Msg::WhatNow, marked(Msg::NothingLeft.in_lang(lang))));
    }
    Subject {
        told: titled(Msg::Quiet.in_lang(lang), &[]),
        at: Some(now),
        sections,
        leads: vec![(Msg::LastStep.text(lang), Pick::Record(last))],
        ..Subject::default()
    }
}

fn record(scene: &Scene, index: usize) -> Option<Subject> {
    let Voice { lang, notation } = scene.voice;
    let records = scene.session.records();
    let record = records.get(index)?;
    let told = course::explain_with(records, index, scene.numbers_after(index + 1), notation, lang);
    // The experiment on the page is no news.
    let experiment = told.experiment.filter(|id| *id != scene.session.scenario().id);
    let titles = super::titles(lang);
    let experiment = experiment.and_then(|id| titles.iter().find(|(known, _)| known == id).cloned());
    Some(Subject {
        told: Rc::new(told),
        at: Some(record.at),
        host: record.host,
        experiment,
        ..Subject::default()
    })
}

/// A segment: its arrival if it has arrived, else its departure.
fn packet(scene: &Scene, id: u32) -> Option<Subject> {
    let (packet, _) = scene.packet(id)?;
    let subject = record(scene, packet.arrived_as.unwrap_or(packet.sent_by) as usize)?;
    let lead = (Msg::WhyWasItSent.text(scene.voice.lang), Pick::Record(packet.sent_by));
    Some(Subject { leads: packet.arrived_as.map(|_| lead).into_iter().collect(), ..subject })
}

fn state(state: State, lang: Lang) -> Subject {
    let told = text::state(state, lang);
    let title = if lang.has_glosses() {
        Msg::StateTitle.with(&[("state", &state), ("gloss", &told.name)], lang)
    } else {
        state.name().to_owned()
    };
    let leads = Edge::leaving(state).filter(|edge| edge.origin != Origin::WhatIf).map(|edge| {
        let event = &text::edge(edge, lang).event;
        (AttrValue::from(format!("{event} → {}", edge.to)), Pick::Edge(edge.id))
    });
    Subject {
        told: titled(&title, &[]),
        sections: vec![
            (Msg::Waiting, marked(&told.waits)),
            (Msg::WhenSeen, marked(&told.seen)),
            // The ways on stand under it.
            (Msg::WhatCanHappenShort, vec![]),
        ],
        leads: leads.collect(),
        ..Subject::default()
    }
}

fn edge(edge: &'static Edge, lang: Lang) -> Subject {
    let EdgeText { event, action, meaning, .. } = text::edge(edge, lang);
    let mut happens = vec![Span::Text(event.clone())];
    if !action.is_empty() {
        happens.push(Span::Text(format!(" / {action}")));
    }
    let clauses: &[&str] = match edge.origin {
        Origin::Figure5 => &["RFC 9293 §3.3.2, Figure 5"],
        Origin::Text => &["RFC 9293 §3.10"],
        Origin::WhatIf => &[],
    };
    let lead = |state: State| (AttrValue::Static(state.name()), Pick::State(state));
    Subject {
        told: titled(&edge_title(edge.from.name(), edge.to.name()), clauses),
        sections: vec![(Msg::EventAndAction, happens), (Msg::WhatItMeans, marked(meaning))],
        leads: vec![lead(edge.from), lead(edge.to)],
        ..Subject::default()
    }
}
