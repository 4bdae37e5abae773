//! The branches: courses of events that were left, each a button to return to.

use yew::prelude::*;

use super::view::BranchView;
use crate::lab::action::Action;
use crate::ui::lang::Lang;
use crate::ui::text::Msg;

/// Lists the branches; nothing is shown while there is only one.
pub fn branches(branches: &[BranchView], lang: Lang, on_action: &Callback<Action>) -> Html {
    let pick = |branch: u32| on_action.reform(move |_: MouseEvent| Action::SwitchBranch { branch });
    html! {
        <nav class="branches" aria-label={Msg::Branches.text(lang)} hidden={branches.len() < 2}>
            <span aria-hidden="true">{ Msg::Branches.text(lang) }</span>
            <ul>
                for branch in branches.iter() {
                    <li key={branch.id}>
                        <button type="button" aria-current={branch.is_current.then_some("true")} onclick={pick(branch.id)}>
                            { branch.label.clone() }
                        </button>
                    </li>
                }
            </ul>
        </nav>
    }
}
