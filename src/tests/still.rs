//! Renders the components to still pages, natively: the tests' eyes, and with `GALLERY=dir` the designer's.

use std::rc::Rc;

use strum::VariantNames;
use yew::html::BaseComponent;
use yew::prelude::*;

use super::moments;
use crate::app::App;
use crate::lang::{HostId, Lang, Notation};
use crate::look::{Looks, Tab, Theme};
use crate::pages::lab::{LabPage, LabPageProps, PageView};
use crate::parts::chrome::help::{Help, HelpProps};
use crate::parts::chrome::link_rules::{LinkRules, LinkRulesProps};
use crate::parts::chrome::settings::{SettingsForm, SettingsFormProps};
use crate::parts::chrome::share::{Share, ShareProps};
use crate::parts::explain::explain_panel::{ExplainPanel, ExplainPanelProps};
use crate::pick::Pick;
use crate::present::scene::Memory;
use crate::present::{self, Scene, Voice};
use crate::text::{Msg, dropped_by};
use course::experiments;
use lab::net::{By, LinkRule, Match, Verdict};
use lab::{Action, Scenario, Session};
use tcp::State;
use tcp::time::Duration;

/// The HTML of a component.
pub(super) async fn render<C>(props: C::Properties) -> String
where
    C: BaseComponent,
    C::Properties: 'static,
{
    yew::LocalServerRenderer::<C>::with_props(props).hydratable(false).render().await
}

/// The HTML of a page.
pub(super) async fn render_page(
    view: PageView,
    lang: Lang,
    change: impl FnOnce(&mut LabPageProps),
) -> String {
    let mut props = LabPageProps {
        now: moments::NOW,
        view: Rc::new(view),
        explain: Rc::new(moments::subject(lang)),
        said: AttrValue::default(),
        looks: Looks { lang, theme: Theme::Light, speed: 1_000, ..Looks::default() },
        narrow: false,
        act: Callback::noop(),
        on_key: Callback::noop(),
        children: html! { <span /> },
    };
    change(&mut props);
    render::<LabPage>(props).await
}

fn write(name: &str, lang: Lang, body: &str) {
    let Ok(dir) = std::env::var("GALLERY") else { return };
    let css = concat!(env!("CARGO_MANIFEST_DIR"), "/www/style.css");
    std::fs::create_dir_all(&dir).expect("the gallery's folder can be made");
    for theme in Theme::VARIANTS {
        let html = format!(
            "<!doctype html><html lang={} data-theme={theme}><meta charset=utf-8><meta name=viewport content='width=device-width'><link rel=stylesheet href='file://{css}'><body>{body}",
            lang.code()
        );
        std::fs::write(format!("{dir}/{name}-{}-{theme}.html", lang.code()), html)
            .expect("the page can be written");
    }
}

/// What must be true of any page, whatever it shows.
#[track_caller]
fn check(html: &str, lang: Lang) {
    assert!(!html.contains("style="), "the policy of the page forbids style attributes");
    assert_eq!(html.matches("<h1").count(), 1);
    assert_eq!(html.matches("role=\"log\"").count(), 1);
    assert!(html.contains(&format!("lang=\"{}\"", lang.code())));
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for (i, id) in ids.iter().enumerate() {
        assert!(!ids[..i].contains(id), "the id {id} is given twice");
    }
    for part in html.split("<button").skip(1) {
        let button = part.split("</button>").next().unwrap_or_default();
        let (head, inside) = button.split_once('>').expect("the tag ends");
        let text: String =
            inside.split('<').filter_map(|piece| piece.split_once('>').map(|(_, t)| t)).collect();
        let said =
            head.contains("aria-label=") || !text.trim().is_empty() || !inside.trim_start().starts_with('<');
        assert!(said, "a button without a name: {button}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn every_part_is_there_in_both_languages() {
    for lang in Lang::ALL {
        let html = render_page(moments::page(lang), lang, |_| {}).await;
        check(&html, lang);
        write("page", lang, &html);
        for state in tcp::State::ALL {
            assert!(html.contains(&format!("data-state=\"{}\"", state.name())), "{state} is not drawn");
        }
        for msg in
            [Msg::Play, Msg::Step, Msg::Happened, Msg::Why, Msg::Otherwise, Msg::Tcb, Msg::Sockets, Msg::Drop]
        {
            assert!(html.contains(msg.in_lang(lang)), "{msg:?} is missing");
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn the_twins_say_what_the_figures_show() {
    for lang in Lang::ALL {
        let html = render_page(moments::page(lang), lang, |page| {
            (page.looks.diagram_table, page.looks.ladder_table) = (true, true);
        });
        let html = html.await;
        check(&html, lang);
        let rows = html.split("<tr").filter(|row| row.contains("→ <button")).count();
        assert!(rows >= 10, "{rows} states with a way out");
        assert!(html.contains(dropped_by(By::Learner, lang)), "the fate of the lost segment");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_question_waits_and_a_segment_offers_its_menu() {
    for lang in Lang::ALL {
        let asking = PageView { question: Some(Rc::new(moments::asked_question())), ..moments::page(lang) };
        let html = render_page(asking, lang, |page| page.looks.pick = Pick::Packet(5)).await;
        check(&html, lang);
        write("question", lang, &html);
        assert_eq!(html.matches("type=\"radio\"").count(), 3);
        for msg in [
            Msg::DeliverNow,
            Msg::Delay,
            Msg::Duplicate,
            Msg::Hold,
            Msg::Reorder,
            Msg::Corrupt,
            Msg::LookInside,
        ] {
            assert!(html.contains(msg.in_lang(lang)), "{msg:?} is missing");
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_narrow_page_is_four_tabs_of_which_one_shows() {
    for lang in Lang::ALL {
        for tab in Tab::ALL {
            let html =
                render_page(moments::page(lang), lang, |page| (page.narrow, page.looks.tab) = (true, tab))
                    .await;
            check(&html, lang);
            write(tab.name(), lang, &html);
            assert_eq!(html.matches("role=\"tabpanel\"").count(), 4);
            assert_eq!(html.matches("aria-selected=\"true\"").count(), 1);
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn every_experiment_can_be_shown_at_every_step() {
    let memory = Memory::default();
    for experiment in experiments::all() {
        let mut session = Session::new(Rc::clone(&experiment));
        for step in 0..40 {
            // Both languages and all notations come round in turn: what fails in one seldom fails in all.
            let (lang, notation) = (Lang::ALL[step % 2], Notation::ALL[step % 3]);
            let voice = Voice { lang, notation };
            let scene = Scene::new(&session, &memory, voice);
            let view = present::page(&scene, false, None);
            let mut html = render_page(view, lang, |page| page.looks.notation = notation).await;
            check(&html, lang);
            let explained = present::explain(&scene, session.now(), Pick::Latest);
            assert!(
                !explained.told.title.is_empty() && !explained.columns().is_empty(),
                "{} at step {step}",
                experiment.id
            );
            let props = ExplainPanelProps { subject: Rc::new(explained), lang, act: Callback::noop() };
            html = render::<ExplainPanel>(props).await;
            assert!(html.contains("explain-title"));
            if session.is_idle() {
                break;
            }
            session.take(&Action::Step).expect("there is a next event");
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn whatever_is_looked_at_is_explained() {
    let mut session = Session::new(experiments::scenario("handshake").expect("it is built in"));
    for _ in 0..6 {
        session.take(&Action::Step).expect("there is a next event");
    }
    for lang in Lang::ALL {
        let voice = Voice { lang, notation: Notation::Symbolic };
        let scene = Scene::new(&session, &Memory::default(), voice);
        let states = tcp::State::ALL.iter().copied().map(Pick::State);
        let edges = tcp::edge::EDGES.iter().map(|edge| Pick::Edge(edge.id));
        for pick in
            states.chain(edges).chain([Pick::Packet(1), Pick::Packet(99), Pick::Record(0), Pick::Record(99)])
        {
            let subject = present::explain(&scene, session.now(), pick);
            assert!(!subject.told.title.is_empty() && !subject.columns().is_empty(), "{pick:?}");
        }
        assert!(present::inside(&scene, 1).is_some_and(|inside| inside.fields.len() > 25));
    }
}

#[tokio::test(flavor = "current_thread")]
async fn the_root_renders_without_a_browser() {
    let html = render::<App>(()).await;
    check(&html, Lang::ZhHans);
}

/// A server with a listener and two connections, of which the reader chooses one.
#[tokio::test(flavor = "current_thread")]
async fn the_panel_shows_the_socket_that_was_chosen() {
    let mut session = Session::new(experiments::scenario("free").expect("it is built in"));
    let actions = [
        Action::Listen { host: HostId::Server, socket: None, port: None, backlog: None },
        Action::Connect { host: HostId::Client, socket: None, to: None },
        Action::Play { us: Duration::from_secs(1) },
        Action::Socket { host: HostId::Client },
    ];
    actions.iter().for_each(|action| session.take(action).expect("it can be done"));
    let server = session.world().host(HostId::Server);
    let [listener, child] = [0, 1].map(|i| server.sockets().nth(i).expect("two sockets").id);
    let voice = Voice { lang: Lang::En, notation: Notation::Symbolic };
    for (chosen, state) in [(listener, State::Listen), (child, State::Established)] {
        let scene = Scene::new(&session, &Memory::default(), voice).showing([None, Some(chosen)]);
        let view = present::page(&scene, false, None);
        assert_eq!(view.hosts[1].state, Some(state));
        assert_eq!(view.hosts[1].shown, Some(chosen.0));
        let html = render_page(view, Lang::En, |_| ()).await;
        assert!(html.contains("aria-pressed=\"true\""));
    }
}

/// Its author may have given it any id and any title.
#[tokio::test(flavor = "current_thread")]
async fn a_scenario_of_ones_own_stands_under_its_own_name() {
    let file = include_str!("../../scenarios/handshake.json");
    let own = file.replacen("\"Three-way handshake\"", "\"Mine \u{202e}\"", 1);
    assert_ne!(own, file);
    let session = Session::new(Rc::new(Scenario::from_json(&own).expect("it is valid")));
    for (lang, title) in [(Lang::En, "Mine </option>"), (Lang::ZhHans, "三报文握手")] {
        let scene = Scene::new(&session, &Memory::default(), Voice { lang, notation: Notation::Symbolic });
        let html = render_page(present::page(&scene, false, None), lang, |_| ()).await;
        let chosen: Vec<_> =
            html.split("<option").filter(|option| option.contains("selected=\"selected\"")).collect();
        assert!(chosen[0].contains(title), "{chosen:?}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn standing_rules_are_told_in_words() {
    let rule = |from, syn, nth, verdict| LinkRule {
        from,
        matches: Match { syn: Some(syn), ack: Some(true), fin: None, rst: None, text: None },
        nth,
        verdict,
    };
    let rules = vec![
        rule(HostId::Server, true, 1, Verdict::Drop),
        rule(HostId::Client, false, 7, Verdict::Delay(Duration::from_secs(3))),
    ];
    for (lang, words) in [
        (Lang::ZhHans, ["服务器发出的第一个 SYN,ACK：丢弃", "客户端发出的#7 -SYN +ACK：延迟"]),
        (Lang::En, ["Drop: the first SYN,ACK from the server", "Delay: #7 -SYN +ACK from the client"]),
    ] {
        let props = LinkRulesProps { rules: rules.clone(), lang, act: Callback::noop() };
        let html = render::<LinkRules>(props).await;
        for words in words {
            assert!(html.contains(words), "{words} in {html}");
            let remove = format!("aria-label=\"{}: {words}\"", Msg::RemoveLinkRule.in_lang(lang));
            assert!(html.contains(&remove), "{remove} in {html}");
        }
    }
}

/// The page at six moments as `tests/golden/pages/` has it: one tag or text a line, attributes in the order of their names,
/// so that it does not matter how the markup was written.
#[tokio::test(flavor = "current_thread")]
async fn the_page_looks_as_it_did() {
    type Moment = (&'static str, &'static str, Lang, Notation, Pick, &'static [Action]);
    const SECONDS: [Action; 3] = [
        Action::Play { us: Duration::from_secs(2) },
        Action::SkipQuestion,
        Action::Play { us: Duration::from_secs(5) },
    ];
    let moments: [Moment; 6] = [
        ("start", "handshake", Lang::ZhHans, Notation::Symbolic, Pick::Latest, &[]),
        ("question", "handshake", Lang::En, Notation::Symbolic, Pick::Latest, SECONDS.split_at(1).0),
        ("lost", "lost-syn-ack", Lang::ZhHans, Notation::Relative, Pick::Record(2), &SECONDS),
        ("closing", "four-way-close", Lang::En, Notation::Raw, Pick::Packet(1), &SECONDS),
        ("reset", "half-open", Lang::ZhHans, Notation::Symbolic, Pick::State(State::FinWait2), &SECONDS),
        (
            "edge",
            "simultaneous-close",
            Lang::En,
            Notation::Symbolic,
            Pick::Edge("closed--syn-sent"),
            &SECONDS,
        ),
    ];
    for (name, id, lang, notation, pick, actions) in moments {
        let mut session = Session::new(experiments::scenario(id).expect("it is built in"));
        actions.iter().for_each(|action| session.take(action).expect("it can be done"));
        let scene = Scene::new(&session, &Memory::default(), Voice { lang, notation });
        let view = present::page(&scene, false, None);
        let page =
            render_page(view, lang, |page| (page.looks.notation, page.looks.pick) = (notation, pick)).await;
        let explained = present::explain(&scene, session.now(), pick);
        let props = ExplainPanelProps { subject: Rc::new(explained), lang, act: Callback::noop() };
        let panel = render::<ExplainPanel>(props).await;
        let found = one_a_line(&page) + "\n<!-- the explanation -->\n" + &one_a_line(&panel) + "\n";
        compare(name, &found);
    }
}

/// The dialogs, as `tests/golden/pages/` has them.
#[tokio::test(flavor = "current_thread")]
async fn the_dialogs_look_as_they_did() {
    let mut session = Session::new(experiments::scenario("half-open").expect("it is built in"));
    let rule = |from, nth| LinkRule { from, matches: Match::default(), nth, verdict: Verdict::Hold };
    for action in [
        Action::AddRule { rule: rule(HostId::Client, 2) },
        Action::AddRule { rule: rule(HostId::Server, 0) },
        Action::SetLatency { from: HostId::Server, us: Duration::from_millis(35) },
    ] {
        session.take(&action).expect("it can be done");
    }
    let act = Callback::noop();
    for lang in Lang::ALL {
        let view = present::settings(&session);
        let settings = render::<SettingsForm>(SettingsFormProps { view, lang, act: act.clone() }).await;
        let (link, snippet) = ("https://example.org/?lab=free#s=1.A".into(), "<iframe>".into());
        let share = ShareProps { link, snippet, lang, shared: Some(Msg::Copied), act: act.clone() };
        let share = render::<Share>(share).await;
        let help = render::<Help>(HelpProps { lang, shortcuts: true, act: act.clone() }).await;
        for (name, html) in [("settings", settings), ("share", share), ("help", help)] {
            compare(&format!("{name}-{}", lang.code()), &(one_a_line(&html) + "\n"));
        }
    }
}

/// Compares `found` with what `tests/golden/pages/` has; with `GOLDEN=add` a file that is not there is written.
#[track_caller]
fn compare(name: &str, found: &str) {
    let path = format!("{}/tests/golden/pages/{name}.html", env!("CARGO_MANIFEST_DIR"));
    if std::env::var("GOLDEN").is_ok_and(|value| value == "add") && !std::path::Path::new(&path).exists() {
        std::fs::write(&path, found).expect("the golden file can be written");
    }
    let kept = std::fs::read_to_string(&path).expect("the golden file is there");
    // The file has some blanks in its lists of classes.
    let is_tag = |line: &str| line.starts_with('<') && !line.starts_with("<!");
    let kept = kept.lines().map(|line| if is_tag(line) { in_order(line) } else { line.to_owned() });
    let kept = kept.collect::<Vec<_>>().join("\n") + "\n";
    let differs = found.lines().zip(kept.lines()).position(|(found, kept)| found != kept);
    if found != kept {
        let line = differs.unwrap_or(found.lines().count().min(kept.lines().count()));
        let [found, kept] =
            [found, &kept].map(|text| text.lines().nth(line).unwrap_or("(the end)").to_owned());
        panic!("{name}.html, line {}\n   found {found}\nexpected {kept}", line + 1);
    }
}

fn one_a_line(html: &str) -> String {
    let mut lines = Vec::new();
    for piece in html.split_inclusive('>').flat_map(|piece| match piece.find('<') {
        Some(at) => [&piece[..at], &piece[at..]],
        None => [piece, ""],
    }) {
        if piece.starts_with('<') {
            lines.push(in_order(piece));
        } else if !piece.trim().is_empty() {
            lines.push(piece.to_owned());
        }
    }
    lines.join("\n")
}

/// A tag with its attributes in the order of their names.
fn in_order(tag: &str) -> String {
    let inner = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim_end();
    let (name, rest) = inner.split_once(' ').unwrap_or((inner, ""));
    let mut attributes = Vec::new();
    let (mut start, mut is_quoted) = (0, false);
    for (at, c) in rest.char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => {
                attributes.push(&rest[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    attributes.push(&rest[start..]);
    let mut attributes: Vec<String> = attributes.into_iter().map(with_single_blanks).collect();
    attributes.retain(|attribute| !attribute.is_empty());
    attributes.sort_unstable();
    format!("<{name} {}>", attributes.join(" ")).replace(" >", ">")
}

/// An attribute; of `class` the words alone, since blanks mean nothing there and a list of no words is as good as none.
fn with_single_blanks(attribute: &str) -> String {
    let Some(classes) = attribute.strip_prefix("class=\"").and_then(|rest| rest.strip_suffix('"')) else {
        return attribute.to_owned();
    };
    let classes: Vec<&str> = classes.split_whitespace().collect();
    if classes.is_empty() { String::new() } else { format!("class=\"{}\"", classes.join(" ")) }
}
