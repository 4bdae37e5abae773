//! The header: what this is, which experiment, what it is for, what to do next; and the switches of the page.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::course::Span;
use crate::ui::lang::{self, Lang, Notation};
use crate::ui::look::{self, Dialog, Theme};
use crate::ui::rich::spans;
use crate::ui::text::Msg;

/// What the header is made of.
#[derive(Properties, PartialEq)]
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
    /// Another experiment.
    pub on_experiment: Callback<AttrValue>,
    /// Another notation.
    pub on_notation: Callback<Notation>,
    /// Another language.
    pub on_lang: Callback<Lang>,
    /// Other colours.
    pub on_theme: Callback<Theme>,
    /// A dialog is wanted.
    pub on_dialog: Callback<Dialog>,
}

/// Draws the header.
#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let HeaderProps { lang, theme, notation, .. } = props;
    let (lang, theme, notation) = (*lang, *theme, *notation);
    let chosen = |event: Event| event.target_unchecked_into::<HtmlSelectElement>().value();
    let on_experiment = props.on_experiment.reform(move |event: Event| AttrValue::from(chosen(event)));
    let on_notation = props.on_notation.reform(move |event: Event| {
        let index = chosen(event).parse::<usize>().unwrap_or_default();
        Notation::ALL.get(index).copied().unwrap_or_default()
    });
    let other = lang::other(lang);
    let dialog = |msg: Msg, which: Dialog, icon: &'static str| {
        let onclick = props.on_dialog.reform(move |_: MouseEvent| which);
        html! {
            <button type="button" class="tool" aria-haspopup="dialog" aria-label={msg.text(lang)} title={msg.text(lang)} {onclick}>
                <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d={icon} /></svg>
                <span class="word">{ msg.text(lang) }</span>
            </button>
        }
    };
    let theme_label = format!("{}: {}", Msg::Theme.in_lang(lang), look::theme_msg(theme).in_lang(lang));
    html! {
        <header class="page-header">
            <h1>{ Msg::Title.text(lang) }</h1>
            <label class="pick-experiment">
                <span class="visually-hidden">{ Msg::Experiment.text(lang) }</span>
                <select onchange={on_experiment}>
                    for (id, title) in props.experiments.iter() {
                        <option key={id.to_string()} value={id.clone()} selected={*id == props.experiment}>{ title.clone() }</option>
                    }
                </select>
            </label>
            <p class="goal">
                <span class="goal-text"><strong>{ Msg::Goal.text(lang) }</strong>{ " " }{ spans(&props.goal) }</span>
                <span class="hint"><strong>{ Msg::NextHint.text(lang) }</strong>{ " " }{ spans(&props.hint) }</span>
            </p>
            <div class="tools">
                <label class="pick-notation">
                    <span class="visually-hidden">{ Msg::Notation.text(lang) }</span>
                    <select onchange={on_notation} title={Msg::Notation.text(lang)}>
                        for (i, each) in Notation::ALL.into_iter().enumerate() {
                            <option key={i} value={i.to_string()} selected={each == notation}>{ notation_name(each).text(lang) }</option>
                        }
                    </select>
                </label>
                <button type="button" class="language" lang={other.code()} onclick={props.on_lang.reform(move |_: MouseEvent| other)}>
                    { match other { Lang::ZhHans => "中文", Lang::En => "English" } }
                </button>
                <button type="button" class="tool" aria-label={theme_label.clone()} title={theme_label} onclick={props.on_theme.reform(move |_: MouseEvent| look::next_theme(theme))}>
                    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d={theme_icon(theme)} /></svg>
                </button>
                { dialog(Msg::Settings, Dialog::Settings, SLIDERS) }
                { dialog(Msg::Share, Dialog::Share, LINK) }
                { dialog(Msg::Help, Dialog::Help, QUESTION) }
            </div>
        </header>
    }
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
