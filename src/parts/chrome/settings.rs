//! The form of the settings: what standards leave open, what the link does, and the rules that can be broken on purpose.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use super::link_rules::LinkRules;
use super::number_setting::NumberSetting;
use super::stack_settings::StackSettings;
use crate::act::Act;
use crate::lang::{HostId, Lang, by_host};
use crate::text::{Msg, host_name};
use lab::action::Action;
use lab::net::LinkRule;
use tcp::Settings;
use tcp::time::Duration;

/// Where the settings stand.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingsView {
    /// The stacks of both hosts.
    pub hosts: [Rc<Settings>; 2],
    /// How long a segment of each is on its way.
    pub latency: [Duration; 2],
    /// How many of a thousand of each are lost.
    pub loss_per_mille: [u16; 2],
    /// The standing rules of the link.
    pub rules: Vec<LinkRule>,
}

/// Draws the form. Each change counts at once: there is nothing to confirm, and stepping back undoes it.
#[autoprops]
#[component]
pub fn SettingsForm(
    /// Where the settings stand.
    view: &SettingsView,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let lang = *lang;
    let link = |host: HostId| {
        let on_latency =
            act.reform(move |n| Act::Do(Action::SetLatency { from: host, us: Duration::from_millis(n) }));
        let on_loss = act.reform(move |n: u64| Act::Do(Action::SetLoss { from: host, per_mille: n as u16 }));
        html! {
            <div class="knobs">
                <NumberSetting
                    name={Msg::LatencyMs.text(lang)}
                    meaning={Msg::LatencyMsMeans.text(lang)}
                    value={view.latency[host.index()].as_millis()}
                    range={(0, 60_000)}
                    on_set={on_latency}
                />
                <NumberSetting
                    name={Msg::LossPerMille.text(lang)}
                    meaning={Msg::LossPerMilleMeans.text(lang)}
                    value={u64::from(view.loss_per_mille[host.index()])}
                    range={(0, 1_000)}
                    on_set={on_loss}
                />
            </div>
        }
    };
    html! {
        <div class="settings">
            <p class="muted">{ Msg::SettingsIntro.text(lang) }</p>
            <div class="settings-hosts">
                for host in HostId::ALL {
                    <fieldset key={host.name()} class={by_host(host)}>
                        <legend><strong>{ host_name(host, lang) }</strong></legend>
                        { link(host) }
                        <StackSettings {host} settings={&view.hosts[host.index()]} {lang} {act} />
                    </fieldset>
                }
            </div>
            <LinkRules rules={view.rules.clone()} {lang} {act} />
        </div>
    }
}
