//! Where one can go from an explanation.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use super::chips::Chips;
use super::subject::Subject;
use crate::act::Act;
use crate::lang::Lang;
use crate::text::Msg;
use course::text;

/// Draws the ways: things to look at, an experiment, the notes.
#[autoprops]
#[component]
pub(super) fn Onward(subject: &Rc<Subject>, lang: &Lang, act: &Callback<Act>) -> Html {
    let lang = *lang;
    let sources = subject.told.sources.iter().map(|note| text::note_title(*note, lang));
    let leads = subject.leads.iter().map(|(words, pick)| {
        let pick = *pick;
        html! {
            <li key={&**words}>
                <button type="button" class="link" onclick={act.reform(move |_| Act::Pick(pick))}>{ words }</button>
            </li>
        }
    });
    html! {
        <div>
            <ul class="leads">{ for leads }</ul>
            <div class="stable">
                if let Some((id, title)) = subject.experiment.clone() {
                    <button
                        type="button"
                        class="experiment"
                        onclick={act.reform(move |_| Act::Experiment(id.clone()))}
                    >
                        { Msg::DoThisExperiment.text(lang) }
                        <span class="muted">{ title }</span>
                        <span aria-hidden="true">{ "→" }</span>
                    </button>
                } else {
                    <span hidden=true />
                }
            </div>
            <Chips words={sources.collect::<Vec<_>>()} kind="note" label={Msg::Sources.text(lang)} />
        </div>
    }
}
