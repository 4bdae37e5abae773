//! Ways to carry the moment elsewhere: a link, a capture, a snippet.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::ui::lang::Lang;
use crate::ui::text::Msg;

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
    /// This text is to be copied.
    pub on_copy: Callback<AttrValue>,
    /// The capture is to be saved.
    pub on_capture: Callback<()>,
}

/// Offers the moment in three shapes.
pub fn share(props: &ShareProps) -> Html {
    let lang = props.lang;
    let row = |label: Msg, copy: Msg, value: &AttrValue| {
        let text = value.clone();
        let select =
            Callback::from(|event: FocusEvent| event.target_unchecked_into::<HtmlInputElement>().select());
        html! {
            <div class="share-row">
                <label>
                    <span>{ label.text(lang) }</span>
                    <input type="text" class="code" readonly=true value={value.clone()} onfocus={select} />
                </label>
                <button type="button" onclick={props.on_copy.reform(move |_: MouseEvent| text.clone())}>{ copy.text(lang) }</button>
            </div>
        }
    };
    let status = match props.copied {
        None => "",
        Some(true) => Msg::Copied.in_lang(lang),
        Some(false) => Msg::CopyFailed.in_lang(lang),
    };
    html! {
        <div class="share">
            <p>{ Msg::ShareIntro.text(lang) }</p>
            { row(Msg::LinkToMoment, Msg::CopyLink, &props.link) }
            { row(Msg::EmbedSnippet, Msg::CopySnippet, &props.snippet) }
            <button type="button" onclick={props.on_capture.reform(|_: MouseEvent| ())}>{ Msg::DownloadCapture.text(lang) }</button>
            <p role="status">{ status }</p>
        </div>
    }
}
