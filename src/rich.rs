//! Sentences with code and emphasis in them.

use yew::prelude::*;
use yew_autoprops::autoprops;

use course::Span;

/// A sentence on the page, from its pieces.
#[autoprops]
#[component]
pub fn Rich(spans: &Vec<Span>) -> Html {
    html! {
        <span>
            for span in spans {
                { match span {
                    Span::Text(words) => html! { words },
                    Span::Code(words) => html! { <code>{ words }</code> },
                    Span::Strong(words) => html! { <strong>{ words }</strong> },
                } }
            }
        </span>
    }
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
        for (i, part) in part.split("**").enumerate().filter(|(_, part)| !part.is_empty()) {
            let part = part.to_owned();
            spans.push(if i % 2 == 1 { Span::Strong(part) } else { Span::Text(part) });
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
