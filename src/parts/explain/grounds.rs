//! The grounds of a decision: what the notes get wrong here, and the comparisons with their numbers.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::lang::Lang;
use crate::rich::Rich;
use crate::text::Msg;
use course::{CheckLine, Explanation};

/// Draws the grounds. A comparison that failed opens the list: it is why the segment was thrown away.
#[autoprops]
#[component]
pub(super) fn Grounds(told: &Rc<Explanation>, lang: &Lang) -> Html {
    let lang = *lang;
    let Explanation { trial, checks, .. } = &**told;
    let entry = |(i, check): (usize, &CheckLine)| {
        let (sign, verdict) = if check.passed { ("✓", Msg::Passed) } else { ("✕", Msg::Failed) };
        html! {
            <li key={i} class={classes!((!check.passed).then_some("failed"))}>
                <span class="verdict" role="img" aria-label={verdict.text(lang)}>{ sign }</span>
                <span>
                    <Rich spans={check.question.clone()} />
                    { " " }
                    <Rich spans={check.outcome.clone()} />
                </span>
                <code>{ comparison(check) }</code>
            </li>
        }
    };
    html! {
        <div>
            <p class="trial" hidden={trial.is_none()}>
                <strong>{ Msg::OnTrial.text(lang) }</strong>
                { " " }
                <Rich spans={trial.clone().unwrap_or_default()} />
            </p>
            <details
                class="checks"
                open={checks.iter().any(|check| !check.passed)}
                hidden={checks.is_empty()}
            >
                <summary>{ Msg::Checks.text(lang) }{ format!(" ({})", checks.len()) }</summary>
                <ol>{ for checks.iter().enumerate().map(entry) }</ol>
            </details>
        </div>
    }
}

/// The formula, its numbers, and by how much it failed.
fn comparison(check: &CheckLine) -> String {
    let operands: Vec<_> = check.operands.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut parts = vec![check.formula.to_owned(), operands.join(", ")];
    parts.extend(check.margin.clone());
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}
