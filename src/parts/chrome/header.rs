//! The header: what this is, which experiment, what it is for, what to do next; and the switches of the page.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;
use yew_autoprops::autoprops;

use super::dialog_button::DialogButton;
use super::theme_switch::ThemeSwitch;
use crate::act::Act;
use crate::lang::{self, Lang, Notation};
use crate::look::{Dialog, Theme};
use crate::parts::select::Select;
use crate::rich::Rich;
use crate::text::Msg;
use course::Span;

#[autoprops]
#[component]
pub fn PageHeader(
    /// The experiments: name and title.
    experiments: &Rc<Vec<(AttrValue, AttrValue)>>,
    /// The one on the page.
    experiment: &AttrValue,
    /// What it is for.
    goal: &Vec<Span>,
    /// What to do next.
    hint: &Vec<Span>,
    notation: &Notation,
    lang: &Lang,
    /// The colours.
    theme: &Theme,
    act: &Callback<Act>,
) -> Html {
    let lang = *lang;
    let other = lang::other(lang);
    // Where there is no room for the whole title, resting on it tells.
    let title = experiments.iter().find(|(id, _)| id == experiment).map(|(_, title)| title);
    let on_experiment = act.reform(|event: Event| {
        Act::Experiment(event.target_unchecked_into::<HtmlSelectElement>().value().into())
    });
    let on_notation =
        act.reform(|place: usize| Act::Notation(Notation::ALL.get(place).copied().unwrap_or_default()));
    html! {
        <header class="page-header">
            <h1>{ Msg::Title.text(lang) }</h1>
            <label class="pick-experiment">
                <span class="visually-hidden">{ Msg::Experiment.text(lang) }</span>
                <select title={title.cloned()} onchange={on_experiment}>
                    for (id, title) in experiments.iter() {
                        <option key={&**id} value={id} selected={id == experiment}>{ title }</option>
                    }
                </select>
            </label>
            <p class="goal">
                <span class="goal-text">
                    <strong>{ Msg::Goal.text(lang) }</strong>{ " " }<Rich spans={goal.clone()} />
                </span>
                <span class="hint">
                    <strong>{ Msg::NextHint.text(lang) }</strong>{ " " }<Rich spans={hint.clone()} />
                </span>
            </p>
            <div class="tools">
                <label class="pick-notation">
                    <span class="visually-hidden">{ Msg::Notation.text(lang) }</span>
                    <Select
                        words={Notation::ALL.map(|each| notation_name(each).text(lang)).to_vec()}
                        chosen={Notation::ALL.iter().position(|each| each == notation).unwrap_or(0)}
                        title={Msg::Notation.text(lang)}
                        on_choose={on_notation}
                    />
                </label>
                <button
                    class="language"
                    type="button"
                    lang={other.code()}
                    onclick={act.reform(move |_| Act::Lang(other))}
                >
                    { Msg::OtherLanguage.text(lang) }
                </button>
                <ThemeSwitch theme={*theme} {lang} {act} />
                <DialogButton dialog={Dialog::Settings} msg={Msg::Settings} path={SLIDERS} {lang} {act} />
                <DialogButton dialog={Dialog::Share} msg={Msg::Share} path={LINK} {lang} {act} />
                <DialogButton dialog={Dialog::Help} msg={Msg::Help} path={QUESTION} {lang} {act} />
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

const SLIDERS: &str = "M1 3h7v1.500h-7zM12 3h3v1.500h-3zM8.500 1.500h3v4.500h-3zM1 11.500h2v1.500h-2zM7 11.500h8v1.500h-8zM3.500 10h3v4.500h-3z";
const LINK: &str = "M12 1a3 3 0 1 1 -2.400 4.800l-3.700 1.700a3 3 0 0 1 0 1l3.700 1.700a3 3 0 1 1 -.6 1.400l-3.700 -1.700a3 3 0 1 1 0 -3.800l3.700 -1.700a3 3 0 0 1 3 -3.400z";
const QUESTION: &str = "M8 1a7 7 0 1 0 0 14a7 7 0 1 0 0 -14zM8 2.500a5.500 5.500 0 1 1 0 11a5.500 5.500 0 1 1 0 -11zM7.200 11h1.600v1.600h-1.600zM5.500 6.300a2.500 2.500 0 1 1 3.300 2.400v1.300h-1.600v-2.300l.6 -.2a1 1 0 1 0 -.7 -1.200z";
