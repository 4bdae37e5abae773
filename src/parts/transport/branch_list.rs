//! The branches: courses of events that were left, each a button to return to.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::lang::Lang;
use crate::text::{Msg, branch_name};
use lab::action::Action;

/// Draws the list; nothing is shown while there is only one.
#[autoprops]
#[component]
pub(super) fn BranchList(
    /// How many there are, with the first one.
    count: usize,
    /// The one on the page.
    current: usize,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let lang = *lang;
    let branches = (0..count).map(|id| {
        // The lab keeps fewer branches than that.
        let branch = id as u32;
        let name = if id == 0 { Msg::MainBranch.text(lang) } else { branch_name(branch, lang).into() };
        let onclick = act.reform(move |_| Act::Do(Action::SwitchBranch { branch }));
        html! {
            <li key={id}>
                <button type="button" aria-current={(id == current).then_some("true")} {onclick}>{ name }</button>
            </li>
        }
    });
    html! {
        <nav class="branches" aria-label={Msg::Branches.text(lang)} hidden={count < 2}>
            <span aria-hidden="true">{ Msg::Branches.text(lang) }</span>
            <ul>{ for branches }</ul>
        </nav>
    }
}
