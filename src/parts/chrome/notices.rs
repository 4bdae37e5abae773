//! What went wrong and did no harm: a bad address, an action refused, a store that keeps nothing.

use yew::prelude::*;

use crate::act::Act;
use crate::el::{El, el};
use crate::lang::Lang;
use crate::text::Msg;

/// Lists the notices. The region is there before its content, so that screen readers hear what comes.
pub fn notices(notices: &[AttrValue], lang: Lang, act: &Callback<Act>) -> El {
    let notice = |(i, words): (usize, &AttrValue)| {
        let dismiss = el("button type=button").asks(act, Act::Dismiss(i)).say(Msg::Dismiss, lang);
        el("li").nth(i).child(el("span").child(words)).child(dismiss)
    };
    let list = el("ul").children(notices.iter().enumerate().map(notice));
    el("div.notices role=alert").label(Msg::Notices, lang).child(list)
}
