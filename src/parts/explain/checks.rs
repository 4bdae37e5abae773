//! The comparisons behind a decision, with their numbers.

use super::view::CheckView;
use crate::el::{El, el};
use crate::lang::Lang;
use crate::rich::spans;
use crate::text::Msg;

/// Lists the comparisons. One that failed opens the list: it is why the segment was thrown away.
pub fn checks(checks: &[CheckView], lang: Lang) -> El {
    let failed = checks.iter().any(|check| !check.passed);
    let entry = |(i, check): (usize, &CheckView)| {
        let (sign, verdict) = if check.passed { ("✓", Msg::Passed) } else { ("✕", Msg::Failed) };
        el("li")
            .nth(i)
            .class_if(!check.passed, "failed")
            .child(el("span.verdict role=img").label(verdict, lang).child(sign))
            .child(el("span").child(spans(&check.question)).child(" ").child(spans(&check.outcome)))
            .child(el("code").child(&check.values))
    };
    el("details.checks")
        .attr("open", failed)
        .attr("hidden", checks.is_empty())
        .child(el("summary").say(Msg::Checks, lang).child(format!(" ({})", checks.len())))
        .child(el("ol").children(checks.iter().enumerate().map(entry)))
}
