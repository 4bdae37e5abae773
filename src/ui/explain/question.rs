//! A question before the decisive segment, and the run's verdict after it.

use std::rc::Rc;

use yew::prelude::*;

use super::view::QuestionView;
use crate::course::Span;
use crate::ui::lang::Lang;
use crate::ui::rich::spans;
use crate::ui::text::Msg;

/// What the card is made of.
#[derive(Properties, PartialEq)]
pub struct QuestionCardProps {
    /// The question.
    pub question: Rc<QuestionView>,
    /// The language.
    pub lang: Lang,
    /// An answer was given.
    pub on_answer: Callback<AttrValue>,
    /// No answer will be given.
    pub on_skip: Callback<()>,
    /// The verdict was read.
    pub on_close: Callback<()>,
}

/// Asks, and later tells.
#[component]
pub fn QuestionCard(props: &QuestionCardProps) -> Html {
    let QuestionCardProps { question, lang, .. } = props;
    let lang = *lang;
    let chosen = use_state(|| None::<AttrValue>);
    let marked = question.answered.clone().or_else(|| (*chosen).clone());
    let is_open = question.answered.is_none();
    let choice = |(id, words): &(AttrValue, Vec<Span>)| {
        let onchange = {
            let (chosen, id) = (chosen.clone(), id.clone());
            Callback::from(move |_: Event| chosen.set(Some(id.clone())))
        };
        let is_right = question.right.as_ref() == Some(id);
        let is_wrong = question.right.is_some() && !is_right && question.answered.as_ref() == Some(id);
        let sign = if is_right {
            "✓ "
        } else if is_wrong {
            "✕ "
        } else {
            ""
        };
        html! {
            <label class={classes!(is_right.then_some("right"), is_wrong.then_some("wrong"))}>
                <input type="radio" name="answer" value={id.clone()} checked={marked.as_ref() == Some(id)} disabled={!is_open} {onchange} />
                <span>{ sign }{ spans(words) }</span>
            </label>
        }
    };
    let onclick = {
        let (chosen, on_answer) = (chosen.clone(), props.on_answer.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(id) = &*chosen {
                on_answer.emit(id.clone());
            }
        })
    };
    let verdict = match (&question.answered, &question.right) {
        (Some(given), Some(right)) if given == right => Msg::Correct.text(lang),
        (Some(_), Some(_)) => Msg::Incorrect.text(lang),
        (Some(_), None) => Msg::VerdictPending.text(lang),
        (None, _) => AttrValue::Static(""),
    };
    let after: &[Span] = if question.right.is_some() { &question.after } else { &[] };
    html! {
        <section class={classes!("question", (!is_open && question.right.is_none()).then_some("is-pending"))} aria-labelledby="question-title">
            <fieldset>
                <legend id="question-title">
                    <span class="tag">{ Msg::Question.text(lang) }</span>
                    { spans(&question.prompt) }
                </legend>
                <div class="choices">
                    for pair in question.choices.iter() {
                        <div key={pair.0.to_string()}>{ choice(pair) }</div>
                    }
                </div>
            </fieldset>
            <div class="verdict-row">
                <button type="button" class="primary" hidden={!is_open} aria-disabled={chosen.is_none().then_some("true")} {onclick}>{ Msg::Answer.text(lang) }</button>
                <button type="button" hidden={!is_open} onclick={props.on_skip.reform(|_: MouseEvent| ())}>{ Msg::SkipQuestion.text(lang) }</button>
                <p role="status"><strong>{ verdict }</strong>{ " " }{ spans(after) }</p>
                <button type="button" hidden={question.right.is_none()} onclick={props.on_close.reform(|_: MouseEvent| ())}>{ Msg::Dismiss.text(lang) }</button>
            </div>
        </section>
    }
}
