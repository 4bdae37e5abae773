//! Ways to carry the moment elsewhere: a link, a capture, a snippet.

use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::lang::Lang;
use crate::text::Msg;

#[autoprops]
#[component]
pub fn Share(
    link: &AttrValue,
    /// The HTML that embeds it.
    snippet: &AttrValue,
    lang: &Lang,
    /// What became of the last copying or saving, if that is to be told.
    shared: &Option<Msg>,
    act: &Callback<Act>,
) -> Html {
    let lang = *lang;
    let select = |event: FocusEvent| event.target_unchecked_into::<HtmlInputElement>().select();
    let row = |label: Msg, copy: Msg, text: &AttrValue| {
        let value = text.clone();
        let on_copy = act.reform(move |_| Act::Copy(value.clone()));
        html! {
            <div class="share-row">
                <label>
                    <span>{ label.text(lang) }</span>
                    <input class="code" type="text" readonly=true value={text} onfocus={select} />
                </label>
                <button type="button" onclick={on_copy}>{ copy.text(lang) }</button>
            </div>
        }
    };
    html! {
        <div class="share">
            <p>{ Msg::ShareIntro.text(lang) }</p>
            { row(Msg::LinkToMoment, Msg::CopyLink, link) }
            { row(Msg::EmbedSnippet, Msg::CopySnippet, snippet) }
            <button type="button" onclick={act.reform(|_| Act::Capture)}>{ Msg::DownloadCapture.text(lang) }</button>
            <p role="status">{ shared.map(|msg| msg.text(lang)) }</p>
        </div>
    }
}
