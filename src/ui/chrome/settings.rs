//! The knobs: what standards leave open, what the link does, and the rules that can be broken on purpose.

use yew::prelude::*;

use crate::lab::action::Action;
use crate::tcp::{Config, Settings, WhatIf};
use crate::time::Duration;
use crate::ui::act::Act;
use crate::ui::el::{El, el};
use crate::ui::lang::{HostId, Lang, by_host};
use crate::ui::text::{Msg, host_name};

/// Where the knobs stand.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingsView {
    /// The stacks of both hosts.
    pub hosts: [Settings; 2],
    /// How long a segment of each is on its way.
    pub latency: [Duration; 2],
    /// How many of a thousand of each are lost.
    pub loss_per_mille: [u16; 2],
}

/// What the form is made of.
pub struct SettingsFormProps {
    /// Where the knobs stand.
    pub view: SettingsView,
    /// The language.
    pub lang: Lang,
    /// Where requests go.
    pub act: Callback<Act>,
}

/// A number among the choices of a stack: its name, its value, its range, and how to set it.
type Knob = (Msg, fn(&Config) -> u64, (u64, u64), fn(&mut Config, u64));

const KNOBS: [Knob; 7] = [
    (Msg::Msl, |c| c.msl.as_millis() / 1_000, (0, 600), |c, n| c.msl = Duration::from_secs(n)),
    (
        Msg::RtoInitial,
        |c| c.rto_initial.as_millis(),
        (1, 60_000),
        |c, n| c.rto_initial = Duration::from_millis(n),
    ),
    (Msg::SynRetries, |c| c.syn_retries.into(), (0, 30), |c, n| c.syn_retries = n as u8),
    (Msg::DataRetries, |c| c.data_retries.into(), (0, 30), |c, n| c.data_retries = n as u8),
    (
        Msg::UserTimeout,
        |c| c.user_timeout.map_or(0, |d| d.as_millis() / 1_000),
        (0, 7_200),
        |c, n| c.user_timeout = (n > 0).then(|| Duration::from_secs(n)),
    ),
    (
        Msg::ReceiveBuffer,
        |c| c.receive_buffer_bytes.into(),
        (0, 65_535),
        |c, n| c.receive_buffer_bytes = n as u32,
    ),
    (Msg::SendBuffer, |c| c.send_buffer_bytes.into(), (1, 65_535), |c, n| c.send_buffer_bytes = n as u32),
];

/// A switch: its name, its value, and how to set it.
type Switch<T> = (Msg, fn(&T) -> bool, fn(&mut T, bool));

const SWITCHES: [Switch<Config>; 2] = [
    (Msg::Rfc5961, |c| c.rfc5961, |c, on| c.rfc5961 = on),
    (Msg::Rfc1337, |c| c.rfc1337, |c, on| c.rfc1337 = on),
];

const BROKEN: [Switch<WhatIf>; 4] = [
    (Msg::TwoWayOpen, |w| w.two_way_open, |w, on| w.two_way_open = on),
    (Msg::NoTimeWait, |w| w.no_time_wait, |w, on| w.no_time_wait = on),
    (Msg::ThreeWayClose, |w| w.three_way_close, |w, on| w.three_way_close = on),
    (Msg::FixedIsn, |w| w.fixed_isn, |w, on| w.fixed_isn = on),
];

/// The form. Each change counts at once: there is nothing to confirm, and stepping back undoes it.
pub fn settings_form(props: &SettingsFormProps) -> El {
    let lang = props.lang;
    let host = |host: HostId| {
        let fieldset = el("fieldset").key(host.name()).class(by_host(host));
        let legend = el("legend").child(el("strong").child(host_name(host, lang)));
        fieldset.child(legend).child(link(props, host)).child(stack(props, host)).child(broken(props, host))
    };
    el("div.settings")
        .child(el("p.muted").say(Msg::SettingsIntro, lang))
        .child(el("div.settings-hosts").children(HostId::ALL.into_iter().map(host)))
}

fn number(label: Msg, value: u64, (min, max): (u64, u64), lang: Lang, on_set: Callback<u64>) -> El {
    let on_change = Callback::from(move |typed: String| {
        // What is no number changes nothing; the browser marks the field.
        if let Ok(number) = typed.parse::<u64>() {
            on_set.emit(number.clamp(min, max));
        }
    });
    let field = el("input type=number step=any").attr("min", min).attr("max", max);
    let field = field.value(value.to_string().into()).on_change(on_change);
    el("label.knob").child(el("span").say(label, lang)).child(field)
}

fn switch(label: Msg, on: bool, lang: Lang, on_set: Callback<bool>) -> El {
    el("label.check").child(el("input type=checkbox").checked(on).on_check(on_set)).say(label, lang)
}

fn link(props: &SettingsFormProps, host: HostId) -> El {
    let (view, lang, i) = (&props.view, props.lang, host.index());
    let on_latency =
        props.act.reform(move |n| Act::Do(Action::SetLatency { from: host, us: Duration::from_millis(n) }));
    let on_loss =
        props.act.reform(move |n: u64| Act::Do(Action::SetLoss { from: host, per_mille: n as u16 }));
    el("div.knobs")
        .child(number(Msg::LatencyMs, view.latency[i].as_millis(), (0, 60_000), lang, on_latency))
        .child(number(Msg::LossPerMille, view.loss_per_mille[i].into(), (0, 1_000), lang, on_loss))
}

fn stack(props: &SettingsFormProps, host: HostId) -> El {
    let (config, lang) = (&props.view.hosts[host.index()].config, props.lang);
    let knob = |&(msg, value, range, set): &Knob| {
        let old = config.clone();
        let on_set = props.act.reform(move |n| {
            let mut config = old.clone();
            set(&mut config, n);
            Act::Do(Action::SetConfig { host, config })
        });
        number(msg, value(config), range, lang, on_set)
    };
    let toggle = |&(msg, value, set): &Switch<Config>| {
        let old = config.clone();
        let on_set = props.act.reform(move |on| {
            let mut config = old.clone();
            set(&mut config, on);
            Act::Do(Action::SetConfig { host, config })
        });
        switch(msg, value(config), lang, on_set)
    };
    el("div.knobs").children(KNOBS.iter().map(knob)).children(SWITCHES.iter().map(toggle))
}

fn broken(props: &SettingsFormProps, host: HostId) -> El {
    let (what_if, lang) = (props.view.hosts[host.index()].what_if, props.lang);
    let toggle = |&(msg, value, set): &Switch<WhatIf>| {
        let on_set = props.act.reform(move |on| {
            let mut what_if = what_if;
            set(&mut what_if, on);
            Act::Do(Action::SetWhatIf { host, what_if })
        });
        switch(msg, value(&what_if), lang, on_set)
    };
    let sign = el("span aria-hidden=true").child("⚠ ");
    el("div.broken")
        .child(el("h3").child(sign).say(Msg::BrokenRules, lang))
        .child(el("p.muted").say(Msg::BrokenRulesIntro, lang))
        .child(el("div").children(BROKEN.iter().map(toggle)))
}
