//! The settings of one stack: those within the standards, then the rules that can be broken on purpose.

use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;
use yew_autoprops::autoprops;

use super::number_setting::NumberSetting;
use super::settings_table::{BROKEN, DISPUTED, FIRST, MORE, Setting, Shape, fields, set};
use super::switch_setting::SwitchSetting;
use crate::act::Act;
use crate::lang::{HostId, Lang};
use crate::text::Msg;
use course::text::{self, SettingText};
use tcp::{Config, Settings};

#[autoprops]
#[component]
pub fn StackSettings(host: &HostId, settings: &Rc<Settings>, lang: &Lang, act: &Callback<Act>) -> Html {
    let (host, lang) = (*host, *lang);
    let [config, what_if] = fields(settings);
    let [defaults, _] = fields(&Settings { config: Config::default(), ..Settings::default() });
    let one = |&(field, shape): &Setting, meaning: Option<&'static str>| {
        let SettingText { name, means } = text::setting(field, lang);
        let name = AttrValue::Static(name);
        let meaning = AttrValue::Static(meaning.unwrap_or(means));
        let value = config.get(field).or_else(|| what_if.get(field)).unwrap_or(&Value::Null);
        let change = {
            let (settings, act) = (Rc::clone(settings), act.clone());
            move |value: Value| {
                if let Some(action) = set(host, &settings, field, value) {
                    act.emit(Act::Do(action));
                }
            }
        };
        match shape {
            Shape::Number { unit, range } => {
                let value = value.as_u64().unwrap_or(0) / unit;
                let on_set = move |number: u64| change((number * unit).into());
                html! { <NumberSetting {name} {meaning} {value} {range} {on_set} /> }
            }
            Shape::Limit { unit, most } => {
                let value = value.as_u64().unwrap_or(0) / unit;
                let on_set = move |number: u64| {
                    change(if number == 0 { Value::Null } else { (number * unit).into() });
                };
                html! { <NumberSetting {name} {meaning} {value} range={(0, most)} {on_set} /> }
            }
            Shape::Switch => {
                let on = value.as_bool().unwrap_or(false);
                html! { <SwitchSetting {name} {meaning} {on} on_set={move |on: bool| change(on.into())} /> }
            }
            Shape::SwitchTo(other) => {
                let off = defaults.get(field).cloned().unwrap_or_default();
                let on = *value != off;
                let on_set = move |on: bool| change(if on { other.into() } else { off.clone() });
                html! { <SwitchSetting {name} {meaning} {on} {on_set} /> }
            }
        }
    };
    let plain = |setting: &Setting| one(setting, None);
    let disputed = DISPUTED.iter().map(|(setting, about)| one(setting, Some(text::dispute(*about, lang))));
    html! {
        <>
            <div class="stack">
                <div class="knobs">{ for FIRST.iter().map(plain) }</div>
                <details>
                    <summary>{ Msg::MoreSettings.text(lang) }</summary>
                    <div class="knobs">{ for MORE.iter().map(plain) }</div>
                </details>
                <details>
                    <summary>{ Msg::DisputedSettings.text(lang) }</summary>
                    <div class="knobs">{ for disputed }</div>
                </details>
            </div>
            <div class="broken">
                <h3><span aria-hidden="true">{ "⚠ " }</span>{ Msg::BrokenRules.text(lang) }</h3>
                <p class="muted">{ Msg::BrokenRulesIntro.text(lang) }</p>
                <div>{ for BROKEN.iter().map(plain) }</div>
            </div>
        </>
    }
}
