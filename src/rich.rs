//! Sentences with code and emphasis in them.

use yew::prelude::*;

use crate::el::{El, el};
use course::Span;

/// What a sentence is made of.
#[derive(Properties, PartialEq)]
pub struct RichProps {
    /// Its pieces, in order.
    pub spans: Vec<Span>,
}

/// The sentence on the page.
#[component]
pub fn Rich(props: &RichProps) -> Html {
    html! {
        <span>
            for span in &props.spans {
                { match span {
                    Span::Text(words) => html! { words },
                    Span::Code(words) => html! { <code>{ words }</code> },
                    Span::Strong(words) => html! { <strong>{ words }</strong> },
                } }
            }
        </span>
    }
}

/// The sentence on the page, for markup by calls.
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
        let (mut rest, mut is_strong) = (Some(part), false);
        while let Some(text) = rest {
            let (part, after) = at_stars(text).map_or((text, None), |(part, after)| (part, Some(after)));
            if !part.is_empty() {
                let part = part.to_owned();
                spans.push(if is_strong { Span::Strong(part) } else { Span::Text(part) });
            }
            (rest, is_strong) = (after, !is_strong);
        }
    }
    spans
}

/// What stands before the first two stars, and what after them. Not by `split_once`: the search for one text in another
/// would be a kilobyte of the page, and no one else needs it.
fn at_stars(text: &str) -> Option<(&str, &str)> {
    let at = text.as_bytes().windows(2).position(|pair| pair == b"**")?;
    Some((text.get(..at)?, text.get(at + 2..)?))
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
