//! The header: what this is, which experiment, what it is for, what to do next; and the switches of the page.

use std::rc::Rc;

use yew::prelude::*;

use crate::act::Act;
use crate::el::{El, el, icon, options};
use crate::lang::{self, Lang, Notation};
use crate::look::{self, Dialog, Theme};
use crate::rich::spans;
use crate::text::Msg;
use course::Span;

/// What the header is made of.
pub struct HeaderProps {
    /// The experiments: name and title.
    pub experiments: Rc<Vec<(AttrValue, AttrValue)>>,
    /// The one on the page.
    pub experiment: AttrValue,
    /// What it is for.
    pub goal: Vec<Span>,
    /// What to do next.
    pub hint: Vec<Span>,
    /// How numbers are written.
    pub notation: Notation,
    /// The language.
    pub lang: Lang,
    /// The colours.
    pub theme: Theme,
    /// Where requests go.
    pub act: Callback<Act>,
}

/// Draws the header.
pub fn header(props: &HeaderProps) -> El {
    let HeaderProps { lang, theme, notation, .. } = props;
    let (lang, theme, notation) = (*lang, *theme, *notation);
    let other = lang::other(lang);
    let on_notation =
        props.act.reform(|place: usize| Act::Notation(Notation::ALL.get(place).copied().unwrap_or_default()));
    let named = |class: &'static str, msg: Msg, list: El| {
        el("label").class(class).child(el("span.visually-hidden").say(msg, lang)).child(list)
    };
    let about = |class: &'static str, msg: Msg, words: &[Span]| {
        el("span").class(class).child(el("strong").say(msg, lang)).child(" ").child(spans(words))
    };
    let dialog = |msg: Msg, which: Dialog, path: &'static str| {
        let opener = el("button.tool type=button aria-haspopup=dialog").label(msg, lang).title(msg, lang);
        let word = el("span.word").say(msg, lang);
        opener.asks(&props.act, Act::Dialog(Some(which))).child(icon(path)).child(word)
    };
    let theme_label = format!("{}: {}", Msg::Theme.in_lang(lang), look::theme_msg(theme).in_lang(lang));
    let experiments = props.experiments.iter().map(|(id, title)| {
        el("option").key(id).attr("value", id).attr("selected", *id == props.experiment).child(title)
    });
    let notations = Notation::ALL.map(|each| notation_name(each).text(lang));
    let chosen = Notation::ALL.iter().position(|each| *each == notation).unwrap_or(0);
    let on_experiment = props.act.reform(|id: String| Act::Experiment(id.into()));
    // Where there is no room for the whole title, resting on it tells.
    let title =
        props.experiments.iter().find(|(id, _)| *id == props.experiment).map(|(_, title)| title.clone());
    let experiments = el("select").attr("title", title).on_change(on_experiment).children(experiments);
    let notations = options(el("select").title(Msg::Notation, lang), notations.into(), chosen, on_notation);
    let language = el("button.language type=button")
        .attr("lang", other.code())
        .asks(&props.act, Act::Lang(other))
        .child(match other {
            Lang::ZhHans => "中文",
            Lang::En => "English",
        });
    let theme = el("button.tool type=button")
        .attr("aria-label", theme_label.clone())
        .attr("title", theme_label)
        .asks(&props.act, Act::Theme(look::next_theme(theme)))
        .child(icon(theme_icon(theme)));
    let goal = el("p.goal").child(about("goal-text", Msg::Goal, &props.goal)).child(about(
        "hint",
        Msg::NextHint,
        &props.hint,
    ));
    let tools = el("div.tools")
        .child(named("pick-notation", Msg::Notation, notations))
        .child(language)
        .child(theme)
        .child(dialog(Msg::Settings, Dialog::Settings, SLIDERS))
        .child(dialog(Msg::Share, Dialog::Share, LINK))
        .child(dialog(Msg::Help, Dialog::Help, QUESTION));
    el("header.page-header")
        .child(el("h1").say(Msg::Title, lang))
        .child(named("pick-experiment", Msg::Experiment, experiments))
        .child(goal)
        .child(tools)
}

const fn notation_name(notation: Notation) -> Msg {
    match notation {
        Notation::Symbolic => Msg::NotationSymbolic,
        Notation::Relative => Msg::NotationRelative,
        Notation::Raw => Msg::NotationRaw,
    }
}

/// Half, empty, full, ringed: told apart by shape.
const fn theme_icon(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => "M8 1a7 7 0 1 0 0 14a7 7 0 1 0 0 -14zM8 2.600v10.800a5.400 5.400 0 0 1 0 -10.800z",
        Theme::Light => {
            "M8 4.500a3.500 3.500 0 1 0 0 7a3.500 3.500 0 1 0 0 -7zM7.300 0h1.400v3h-1.400zM7.300 13h1.400v3h-1.400zM0 7.300h3v1.400h-3zM13 7.300h3v1.400h-3z"
        }
        Theme::Dark => "M9.500 1.200a7 7 0 1 0 5.300 9.300a6 6 0 0 1 -5.300 -9.300z",
        Theme::Contrast => "M1 1h14v14h-14zM3 3v10h5v-10z",
    }
}

const SLIDERS: &str = "M1 3h7v1.500h-7zM12 3h3v1.500h-3zM8.500 1.500h3v4.500h-3zM1 11.500h2v1.500h-2zM7 11.500h8v1.500h-8zM3.500 10h3v4.500h-3z";
const LINK: &str = "M12 1a3 3 0 1 1 -2.400 4.800l-3.700 1.700a3 3 0 0 1 0 1l3.700 1.700a3 3 0 1 1 -.6 1.400l-3.700 -1.700a3 3 0 1 1 0 -3.800l3.700 -1.700a3 3 0 0 1 3 -3.400z";
const QUESTION: &str = "M8 1a7 7 0 1 0 0 14a7 7 0 1 0 0 -14zM8 2.500a5.500 5.500 0 1 1 0 11a5.500 5.500 0 1 1 0 -11zM7.200 11h1.600v1.600h-1.600zM5.500 6.300a2.500 2.500 0 1 1 3.300 2.400v1.300h-1.600v-2.300l.6 -.2a1 1 0 1 0 -.7 -1.200z";
