//! The branches: courses of events that were left, each a button to return to.

use yew::prelude::*;

use super::view::BranchView;
use crate::act::Act;
use crate::el::{El, el};
use crate::lang::Lang;
use crate::text::Msg;
use lab::action::Action;

/// Lists the branches; nothing is shown while there is only one.
pub fn branches(branches: &[BranchView], lang: Lang, act: &Callback<Act>) -> El {
    let entry = |branch: &BranchView| {
        let pick = el("button type=button").attr("aria-current", branch.is_current.then_some("true"));
        let pick = pick.asks(act, Act::Do(Action::SwitchBranch { branch: branch.id }));
        el("li").nth(branch.id as usize).child(pick.child(&branch.label))
    };
    el("nav.branches")
        .label(Msg::Branches, lang)
        .attr("hidden", branches.len() < 2)
        .child(el("span aria-hidden=true").say(Msg::Branches, lang))
        .child(el("ul").children(branches.iter().map(entry)))
}
