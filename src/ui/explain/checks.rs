//! The comparisons behind a decision, with their numbers.

use yew::prelude::*;

use super::view::CheckView;
use crate::ui::lang::Lang;
use crate::ui::rich::spans;
use crate::ui::text::Msg;

/// Lists the comparisons. One that failed opens the list: it is why the segment was thrown away.
pub fn checks(checks: &[CheckView], lang: Lang) -> Html {
    let failed = checks.iter().any(|check| !check.passed);
    let verdict = |passed: bool| if passed { ("✓", Msg::Passed) } else { ("✕", Msg::Failed) };
    html! {
        <details class="checks" open={failed} hidden={checks.is_empty()}>
            <summary>{ Msg::Checks.text(lang) }{ format!(" ({})", checks.len()) }</summary>
            <ol>
                for (i, check) in checks.iter().enumerate() {
                    <li key={i} class={classes!((!check.passed).then_some("failed"))}>
                        <span class="verdict" role="img" aria-label={verdict(check.passed).1.text(lang)}>{ verdict(check.passed).0 }</span>
                        <span>{ spans(&check.question) }{ " " }{ spans(&check.outcome) }</span>
                        <code>{ check.values.clone() }</code>
                    </li>
                }
            </ol>
        </details>
    }
}
