//! A question before the decisive segment, and the run's verdict after it.

use std::rc::Rc;

use yew::prelude::*;

use super::view::QuestionView;
use crate::act::Act;
use crate::el::el;
use crate::hooks::use_words;
use crate::lang::Lang;
use crate::rich::spans;
use crate::text::Msg;
use course::Span;

/// What the card is made of.
#[derive(Properties, PartialEq)]
pub struct QuestionCardProps {
    /// The question.
    pub question: Rc<QuestionView>,
    /// The language.
    pub lang: Lang,
    /// Where requests go.
    pub act: Callback<Act>,
}

/// Asks, and later tells.
#[component]
pub fn QuestionCard(props: &QuestionCardProps) -> Html {
    let QuestionCardProps { question, lang, .. } = props;
    let lang = *lang;
    // The id of the choice that is marked; none is empty.
    let chosen = use_words("");
    let marked = question.answered.as_ref().unwrap_or(&chosen);
    let is_open = question.answered.is_none();
    let choice = |(id, words): &(AttrValue, Vec<Span>)| {
        let choose = {
            let (chosen, id) = (chosen.clone(), id.clone());
            Callback::from(move |_| chosen.set(id.clone()))
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
        let radio = el("input type=radio name=answer")
            .value(id.clone())
            .checked(marked == id)
            .attr("disabled", !is_open)
            .on_check(choose);
        let label = el("label").class_if(is_right, "right").class_if(is_wrong, "wrong");
        el("div").key(id).child(label.child(radio).child(el("span").child(sign).child(spans(words))))
    };
    let verdict = match (&question.answered, &question.right) {
        (Some(given), Some(right)) if given == right => Msg::Correct.in_lang(lang),
        (Some(_), Some(_)) => Msg::Incorrect.in_lang(lang),
        (Some(_), None) => Msg::VerdictPending.in_lang(lang),
        (None, _) => "",
    };
    let after: &[Span] = if question.right.is_some() { &question.after } else { &[] };
    let asked = el("fieldset")
        .child(
            el("legend id=question-title")
                .child(el("span.tag").say(Msg::Question, lang))
                .child(spans(&question.prompt)),
        )
        .child(el("div.choices").children(question.choices.iter().map(choice)));
    let button = |is_there: bool, msg: Msg| el("button type=button").attr("hidden", !is_there).say(msg, lang);
    let answer = button(is_open, Msg::Answer)
        .class("primary")
        .attr("aria-disabled", chosen.is_empty().then_some("true"));
    let answer = if chosen.is_empty() {
        answer
    } else {
        answer.asks(&props.act, Act::Answer(AttrValue::clone(&chosen)))
    };
    let told = el("p role=status").child(el("strong").child(verdict)).child(" ").child(spans(after));
    let verdict_row = el("div.verdict-row")
        .child(answer)
        .child(button(is_open, Msg::SkipQuestion).asks(&props.act, Act::SkipQuestion))
        .child(told)
        .child(button(question.right.is_some(), Msg::Dismiss).asks(&props.act, Act::CloseQuestion));
    el("section.question aria-labelledby=question-title")
        .class_if(!is_open && question.right.is_none(), "is-pending")
        .child(asked)
        .child(verdict_row)
        .into()
}
