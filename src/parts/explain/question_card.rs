//! A question before the decisive segment, and the run's verdict after it.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use super::asked_question::AskedQuestion;
use crate::act::Act;
use crate::lang::Lang;
use crate::rich::{Rich, marked};
use crate::text::Msg;
use lab::scenario::Choice;

/// Asks, and later tells.
#[autoprops]
#[component]
pub fn QuestionCard(
    /// The question.
    asked: &Rc<AskedQuestion>,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let lang = *lang;
    let AskedQuestion { question, answered, right } = &**asked;
    let chosen = use_state(|| None::<String>);
    let is_open = answered.is_none();
    let choice = |choice: &Choice| {
        let id = &choice.id;
        let onchange = {
            let (chosen, id) = (chosen.clone(), id.clone());
            move |_| chosen.set(Some(id.clone()))
        };
        let is_marked = answered.as_ref().or(chosen.as_ref()) == Some(id);
        let is_right = right.as_ref() == Some(id);
        let is_wrong = right.is_some() && !is_right && answered.as_ref() == Some(id);
        let (class, sign) = match (is_right, is_wrong) {
            (true, _) => ("right", "✓ "),
            (_, true) => ("wrong", "✕ "),
            _ => ("", ""),
        };
        html! {
            <div key={&**id}>
                <label class={classes!(class)}>
                    <input
                        type="radio"
                        name="answer"
                        value={id.clone()}
                        checked={is_marked}
                        disabled={!is_open}
                        {onchange}
                    />
                    <span>{ sign }<Rich spans={marked(lang.pick(&choice.text))} /></span>
                </label>
            </div>
        }
    };
    let verdict = match (answered, right) {
        (Some(given), Some(right)) if given == right => Msg::Correct.in_lang(lang),
        (Some(_), Some(_)) => Msg::Incorrect.in_lang(lang),
        (Some(_), None) => Msg::VerdictPending.in_lang(lang),
        (None, _) => "",
    };
    let after = if right.is_some() { marked(lang.pick(&question.after)) } else { vec![] };
    let answer = chosen.as_ref().map(|id| {
        let id = AttrValue::from(id.clone());
        act.reform(move |_| Act::Answer(id.clone()))
    });
    html! {
        <section
            class={classes!("question", (!is_open && right.is_none()).then_some("is-pending"))}
            aria-labelledby="question-title"
        >
            <fieldset>
                <legend id="question-title">
                    <span class="tag">{ Msg::Question.text(lang) }</span>
                    <Rich spans={marked(lang.pick(&question.prompt))} />
                </legend>
                <div class="choices">{ for question.choices.iter().map(choice) }</div>
            </fieldset>
            <div class="verdict-row">
                <button
                    type="button"
                    class="primary"
                    hidden={!is_open}
                    aria-disabled={answer.is_none().then_some("true")}
                    onclick={answer}
                >
                    { Msg::Answer.text(lang) }
                </button>
                <button type="button" hidden={!is_open} onclick={act.reform(|_| Act::SkipQuestion)}>
                    { Msg::SkipQuestion.text(lang) }
                </button>
                <p role="status"><strong>{ verdict }</strong>{ " " }<Rich spans={after} /></p>
                <button type="button" hidden={right.is_none()} onclick={act.reform(|_| Act::CloseQuestion)}>
                    { Msg::Dismiss.text(lang) }
                </button>
            </div>
        </section>
    }
}
