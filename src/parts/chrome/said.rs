//! What a screen reader hears of each step.

use yew::AttrValue;

use crate::el::{El, el};
use crate::lang::Lang;
use crate::text::Msg;

/// Says `sentence`. Those that follow each other faster than one can listen are thinned out before, by `use_calm`.
pub fn said(sentence: &AttrValue, lang: Lang) -> El {
    let log = el("div.visually-hidden role=log aria-live=polite").label(Msg::Log, lang);
    log.child(el("p").child(sentence))
}
