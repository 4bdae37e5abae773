//! A socket call as a button. One that would do nothing now can still be reached, and says why.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::lang::Lang;
use crate::present::offered_calls::OfferedCall;
use crate::text::would_return;
use course::{errors, text};
use lab::action::Action;
use lab::host::Errno;

#[autoprops]
#[component]
pub fn CallButton(
    /// The call.
    call: &OfferedCall,
    /// What a press asks for: the action of the call, with what was typed.
    action: &Action,
    /// The id of the place where `on_tell` shows its words.
    reason_id: &AttrValue,
    lang: &Lang,
    /// Why the call would do nothing, when the learner comes near it; or no words.
    on_tell: &Callback<AttrValue>,
    act: &Callback<Act>,
) -> Html {
    let is_blocked = call.outlook.is_err();
    let said = match &call.outlook {
        Err(error) => Some(AttrValue::from(errors::action(error, *lang))),
        Ok(Some(Err(errno))) if *errno != Errno::EINPROGRESS => {
            Some(would_return(errno.name(), text::errno(*errno, *lang), *lang).into())
        }
        Ok(_) => None,
    };
    let onclick = {
        let (action, said, on_tell, act) = (action.clone(), said.clone(), on_tell.clone(), act.clone());
        move |_| {
            on_tell.emit(said.clone().filter(|_| is_blocked).unwrap_or_default());
            if !is_blocked {
                act.emit(Act::Do(action.clone()));
            }
        }
    };
    let told = said.clone().unwrap_or_default();
    let tell = on_tell.reform(move |()| told.clone());
    html! {
        <button
            type="button"
            class={classes!("code", said.is_none().then_some("is-useful"))}
            aria-disabled={is_blocked.then_some("true")}
            aria-describedby={said.is_some().then(|| reason_id.clone())}
            title={said.clone()}
            {onclick}
            onfocus={tell.reform(|_| ())}
            onmouseover={tell.reform(|_| ())}
        >
            { call.label }
        </button>
    }
}
