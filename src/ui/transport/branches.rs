//! The branches: courses of events that were left, each a button to return to.

use yew::prelude::*;

use super::view::BranchView;
use crate::lab::action::Action;
use crate::ui::lang::Lang;
use crate::ui::text::Msg;

/// What the list is made of.
#[derive(Properties, PartialEq)]
pub struct BranchesProps {
    /// The branches.
    pub branches: Vec<BranchView>,
    /// The language.
    pub lang: Lang,
    /// One was chosen.
    pub on_action: Callback<Action>,
}

/// Lists the branches; nothing is shown while there is only one.
#[component]
pub fn Branches(props: &BranchesProps) -> Html {
    let lang = props.lang;
    let pick = |branch: u32| props.on_action.reform(move |_: MouseEvent| Action::SwitchBranch { branch });
    html! {
        <nav class="branches" aria-label={Msg::Branches.text(lang)} hidden={props.branches.len() < 2}>
            <span aria-hidden="true">{ Msg::Branches.text(lang) }</span>
            <ul>
                for branch in props.branches.iter() {
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
