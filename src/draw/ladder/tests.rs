//! What is said on the ladder keeps off everything else that is drawn there, in every experiment and mishap.

use super::{Arrow, LadderLayout, LadderPlan};
use crate::draw::Point;
use crate::draw::ladder_labels::Label;
use crate::draw::ladder_margins::lifeline;
use crate::lang::{HostId, Lang, Notation};
use crate::present::scene::Memory;
use crate::present::segment_words::{bad_end, tags};
use crate::present::stretch::Stretch;
use crate::present::{self, Scene, Voice};
use crate::text::Msg;
use course::experiments;
use lab::net::Verdict;
use lab::trace::Fate;
use lab::{Action, QuestionState, Session};

/// How far the middle of a text is above its base line, and how high its letters are.
const MIDDLE: f64 = 4.0;
const HEIGHT: f64 = 8.0;

/// A level text, centred.
struct Words {
    at: Point,
    half: f64,
    text: String,
}

impl Words {
    fn new(at: Point, text: &str) -> Self {
        // Less than the layout reckons with: what it places by may be on the safe side.
        let width: f64 = text.chars().map(|c| if c.is_ascii() { 6.2 } else { 12.0 }).sum();
        Self { at, half: width / 2.0, text: text.to_owned() }
    }

    /// A point is nearer to the words than `margin` above or below.
    fn covers(&self, (x, y): Point, margin: f64) -> bool {
        (x - self.at.0).abs() < self.half && (y - (self.at.1 - MIDDLE)).abs() < HEIGHT / 2.0 + margin
    }
}

/// Points along a line, close together.
fn along(line: &[Point]) -> Vec<Point> {
    let piece = |pair: &[Point]| {
        let (a, b) = (pair[0], pair[1]);
        (0..=100)
            .map(move |i| f64::from(i) / 100.0)
            .map(move |t| (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t))
            .collect::<Vec<_>>()
    };
    line.windows(2).flat_map(piece).collect()
}

/// The middles of the rows of a label.
fn rows(label: &Label, flags: &str, numbers: &str) -> Vec<Point> {
    let ((x, y), (cos, sin)) = (label.at, label.along);
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 7.2 } else { 12.0 }).sum::<f64>();
    let row = |width: f64, dy: f64| {
        // Where one ends the other may begin.
        let half = width / 2.0 - 3.0;
        let at = |t: f64| (x + t * cos - (dy - MIDDLE) * sin, y + t * sin + (dy - MIDDLE) * cos);
        (-10..=10).map(move |i| at(f64::from(i) / 10.0 * half)).collect::<Vec<_>>()
    };
    match label.rows.numbers_dy() {
        None => row(width(flags) + 7.2 + width(numbers), 0.0),
        Some(dy) => [row(width(flags), 0.0), row(width(numbers), dy)].concat(),
    }
}

/// What stands in the way of what.
fn clashes(stretch: &Stretch, layout: &LadderLayout, lang: Lang) -> Vec<String> {
    let mut words: Vec<Words> = layout.mishaps.iter().map(|(at, text)| Words::new(*at, text)).collect();
    for arrow in &layout.arrows {
        match stretch.trace.packets[arrow.index].fate {
            fate @ Fate::Dropped { .. } => {
                words.push(Words::new(arrow.fate_at, bad_end(fate, lang).expect("it was dropped")));
            }
            Fate::Held => words.push(Words::new(arrow.fate_at, Msg::Held.in_lang(lang))),
            Fate::Flying { .. } | Fate::Arrived(_) | Fate::Discarded { .. } | Fate::Unheard { .. } => {}
        }
    }
    let label_rows = |arrow: &Arrow| {
        let packet = &stretch.trace.packets[arrow.index];
        let flags = format!("{} {}", packet.segment.control, tags(packet, lang));
        rows(&arrow.label, &flags, &stretch.numbers[arrow.index])
    };
    let mut found = vec![];
    for (i, one) in words.iter().enumerate() {
        for host in HostId::ALL {
            if (one.at.0 - lifeline(host)).abs() < one.half + 4.0 {
                found.push(format!("{}: the lifeline of the {host}", one.text));
            }
        }
        for other in &words[..i] {
            let is_near = (one.at.0 - other.at.0).abs() < one.half + other.half;
            if is_near && (one.at.1 - other.at.1).abs() < HEIGHT {
                found.push(format!("{}: {}", one.text, other.text));
            }
        }
        for fold in &layout.folds {
            let said = Words::new((one.at.0, (fold.y.0 + fold.y.1) / 2.0 + MIDDLE), &one.text);
            if (one.at.1 - said.at.1).abs() < HEIGHT {
                found.push(format!("{}: a silence", one.text));
            }
        }
        for arrow in &layout.arrows {
            let packet = &stretch.trace.packets[arrow.index];
            let is_lost = matches!(packet.fate, Fate::Dropped { .. });
            let drawn =
                if is_lost { along(&arrow.gone) } else { [along(&arrow.gone), along(&arrow.ahead)].concat() };
            if drawn.iter().any(|point| one.covers(*point, 0.0)) {
                found.push(format!("{}: the line of {}", one.text, packet.id.0));
            }
            if label_rows(arrow).iter().any(|point| one.covers(*point, HEIGHT / 2.0 - 1.0)) {
                found.push(format!("{}: the label of {}", one.text, packet.id.0));
            }
        }
    }
    let labels = layout.arrows.iter();
    let labels: Vec<_> =
        labels.map(|arrow| (stretch.trace.packets[arrow.index].id, label_rows(arrow))).collect();
    for (i, (id, one)) in labels.iter().enumerate() {
        for (other_id, other) in &labels[..i] {
            if one.iter().any(|a| other.iter().any(|b| (a.0 - b.0).abs() < 3.0 && (a.1 - b.1).abs() < HEIGHT))
            {
                found.push(format!("the labels of {} and {}", id.0, other_id.0));
            }
        }
    }
    found
}

/// Everything that is wrong with the ladder of a session as it stands.
#[track_caller]
fn check(session: &Session, what: &str, langs: &[Lang]) {
    for &lang in langs {
        let voice = Voice { lang, notation: Notation::Symbolic };
        let scene = Scene::new(session, &Memory::default(), voice);
        let stretch = present::page(&scene, true, None).newest;
        let layout = LadderPlan::new(&stretch, lang).at(&stretch, session.now());
        let found = clashes(&stretch, &layout, lang);
        assert!(found.is_empty(), "{what} at {}: {found:#?}", session.now());
    }
}

fn session(id: &str) -> Session {
    Session::new(experiments::scenario(id).expect("it is built in"))
}

fn stepped(session: &Session) -> Option<Session> {
    let is_open = session.question() == QuestionState::Open;
    session.apply(if is_open { &Action::SkipQuestion } else { &Action::Step }).ok()
}

#[test]
fn what_became_of_a_segment_stands_clear_in_every_experiment() {
    for experiment in experiments::all() {
        let mut session = session(&experiment.id);
        for _ in 0..60 {
            check(&session, &experiment.id, &Lang::ALL);
            let Some(next) = stepped(&session).filter(|_| !session.is_idle()) else { break };
            session = next;
        }
    }
}

#[test]
fn what_a_learner_does_to_a_segment_stands_clear() {
    for id in ["handshake", "lost-syn-ack", "simultaneous-close"] {
        let mut session = session(id);
        for _ in 0..12 {
            for packet in session.world().link().in_flight() {
                let segment = packet.id.0;
                // Where the cable stays cut there is in time more to be said than there is room.
                let cut = Some(Action::CutCable).filter(|_| id == "handshake");
                for action in [
                    Action::Verdict { segment, verdict: Verdict::Drop },
                    Action::Verdict { segment, verdict: Verdict::Hold },
                ]
                .into_iter()
                .chain(cut)
                {
                    let mut done = session.apply(&action).expect("it is in flight");
                    for _ in 0..6 {
                        check(&done, &format!("{id}, {action:?}"), &[Lang::En]);
                        let Some(next) = stepped(&done) else { break };
                        done = next;
                    }
                }
            }
            let Some(next) = stepped(&session) else { break };
            session = next;
        }
    }
}
