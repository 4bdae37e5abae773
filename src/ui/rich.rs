//! Sentences with code and emphasis in them.

use yew::prelude::*;

use super::el::{El, el};
use crate::course::Span;

/// The sentence on the page.
pub fn spans(spans: &[Span]) -> El {
    let piece = |span: &Span| match span {
        Span::Text(words) => Html::from(words.as_str()),
        Span::Code(words) => el("code").child(words.clone()).into(),
        Span::Strong(words) => el("strong").child(words.clone()).into(),
    };
    el("span").children(spans.iter().map(piece))
}

/// A text of the course that has marks in it but no blanks to fill: backquotes for code, double stars for emphasis.
#[must_use]
pub fn marked(text: &str) -> Vec<Span> {
    let mut spans = vec![];
    for (i, part) in text.split('`').enumerate() {
        if i % 2 == 1 {
            spans.push(Span::Code(part.to_owned()));
            continue;
        }
        for (j, part) in part.split("**").enumerate().filter(|(_, part)| !part.is_empty()) {
            let part = part.to_owned();
            spans.push(if j % 2 == 1 { Span::Strong(part) } else { Span::Text(part) });
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_code_and_emphasis() {
        let [text, code, strong] = [Span::Text, Span::Code, Span::Strong];
        let want = [text("see ".into()), code("SYN".into()), text(" ".into()), strong("now".into())];
        assert_eq!(marked("see `SYN` **now**"), want);
        assert_eq!(marked(""), []);
    }
}
