//! The branches: courses of events that were left, each a button to return to.

use yew::prelude::*;

use crate::act::Act;
use crate::lang::Lang;
use crate::text::{Msg, branch_name};
use lab::action::Action;

#[derive(Properties, PartialEq)]
pub(super) struct BranchListProps {
    /// How many there are, with the first one.
    pub count: usize,
    /// The one on the page.
    pub current: usize,
    pub lang: Lang,
    pub act: Callback<Act>,
}

/// Draws the list; nothing is shown while there is only one.
#[component]
pub(super) fn BranchList(props: &BranchListProps) -> Html {
    let &BranchListProps { count, current, lang, ref act } = props;
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
