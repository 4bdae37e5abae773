//! Ways to carry the moment elsewhere: a link, a capture, a snippet.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::act::Act;
use crate::el::{El, el};
use crate::lang::Lang;
use crate::text::Msg;

/// What the dialog is made of.
pub struct ShareProps {
    /// The link to this moment.
    pub link: AttrValue,
    /// The HTML that embeds it.
    pub snippet: AttrValue,
    /// The language.
    pub lang: Lang,
    /// What became of the last copying: none yet, done, refused.
    pub copied: Option<bool>,
    /// Where requests go.
    pub act: Callback<Act>,
}

/// Offers the moment in three shapes.
pub fn share(props: &ShareProps) -> El {
    let lang = props.lang;
    let row = |label: Msg, copy: Msg, text: &AttrValue| {
        let select =
            Callback::from(|event: FocusEvent| event.target_unchecked_into::<HtmlInputElement>().select());
        let field = el("input.code type=text readonly").value(text.clone()).on_focus(select);
        let copy = el("button type=button").asks(&props.act, Act::Copy(text.clone())).say(copy, lang);
        el("div.share-row").child(el("label").child(el("span").say(label, lang)).child(field)).child(copy)
    };
    let status = match props.copied {
        None => "",
        Some(true) => Msg::Copied.in_lang(lang),
        Some(false) => Msg::CopyFailed.in_lang(lang),
    };
    let capture = el("button type=button").asks(&props.act, Act::Capture);
    el("div.share")
        .child(el("p").say(Msg::ShareIntro, lang))
        .child(row(Msg::LinkToMoment, Msg::CopyLink, &props.link))
        .child(row(Msg::EmbedSnippet, Msg::CopySnippet, &props.snippet))
        .child(capture.say(Msg::DownloadCapture, lang))
        .child(el("p role=status").child(status))
}
