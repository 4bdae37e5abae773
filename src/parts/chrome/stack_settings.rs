//! The settings of one stack.

use std::rc::Rc;

use yew::prelude::*;

use super::number_setting::NumberSetting;
use super::settings_table::{
    BROKEN, DISPUTED, KNOBS, Knob, MORE_KNOBS, MORE_SWITCHES, SWITCHES, Switch, Turn,
};
use super::switch_setting::SwitchSetting;
use crate::act::Act;
use crate::lang::{HostId, Lang};
use crate::text::Msg;
use course::text;
use lab::action::Action;
use tcp::Settings;

/// What they are made of.
#[derive(Properties, PartialEq)]
pub struct StackSettingsProps {
    /// The host whose stack it is.
    pub host: HostId,
    /// Where they stand.
    pub settings: Rc<Settings>,
    /// The language.
    pub lang: Lang,
    /// Where requests go.
    pub act: Callback<Act>,
}

/// Draws them: those within the standards, then the rules that can be broken on purpose.
#[component]
pub fn StackSettings(props: &StackSettingsProps) -> Html {
    let lang = props.lang;
    let knob = |knob: &Knob| number(props, knob);
    let choice = |&([name, meaning], turn): &Switch| toggle(props, name, meaning.in_lang(lang), turn);
    let disputed =
        DISPUTED.iter().map(|&(name, about, turn)| toggle(props, name, text::dispute(about, lang), turn));
    html! {
        <>
            <div class="stack">
                <div class="knobs">{ for KNOBS.iter().map(knob) }{ for SWITCHES.iter().map(choice) }</div>
                <details>
                    <summary>{ Msg::MoreSettings.text(lang) }</summary>
                    <div class="knobs">
                        { for MORE_KNOBS.iter().map(knob) }
                        { for MORE_SWITCHES.iter().map(choice) }
                    </div>
                </details>
                <details>
                    <summary>{ Msg::DisputedSettings.text(lang) }</summary>
                    <div class="knobs">{ for disputed }</div>
                </details>
            </div>
            <div class="broken">
                <h3><span aria-hidden="true">{ "⚠ " }</span>{ Msg::BrokenRules.text(lang) }</h3>
                <p class="muted">{ Msg::BrokenRulesIntro.text(lang) }</p>
                <div>{ for BROKEN.iter().map(choice) }</div>
            </div>
        </>
    }
}

fn number(props: &StackSettingsProps, &([name, meaning], value, range, set): &Knob) -> Html {
    let (host, old) = (props.host, Rc::clone(&props.settings));
    let on_set = props.act.reform(move |n| {
        let mut config = old.config.clone();
        set(&mut config, n);
        Act::Do(Action::SetConfig { host, config })
    });
    let (name, meaning) = (name.text(props.lang), meaning.text(props.lang));
    html! { <NumberSetting {name} {meaning} value={value(&props.settings.config)} {range} {on_set} /> }
}

fn toggle(props: &StackSettingsProps, name: Msg, meaning: &'static str, turn: Turn) -> Html {
    let (host, old) = (props.host, Rc::clone(&props.settings));
    let on_set = props.act.reform(move |on| {
        let mut settings = Settings::clone(&old);
        turn.set(&mut settings, on);
        Act::Do(if settings.what_if == old.what_if {
            Action::SetConfig { host, config: settings.config }
        } else {
            Action::SetWhatIf { host, what_if: settings.what_if }
        })
    });
    html! { <SwitchSetting name={name.text(props.lang)} {meaning} on={turn.is_on(&props.settings)} {on_set} /> }
}
