//! The knobs: what standards leave open, what the link does, and the rules that can be broken on purpose.

use yew::prelude::*;

use super::link_rules::LinkRules;
use crate::course::text;
use crate::lab::action::Action;
use crate::net::LinkRule;
use crate::tcp::{Config, Dispute, Settings, WhatIf};
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
    /// The standing rules of the link.
    pub rules: Vec<LinkRule>,
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

/// The name of a setting, and what it means in a line.
type Name = [Msg; 2];

/// A number among the choices of a stack: its name, its value, its range, and how to set it.
type Knob = (Name, fn(&Config) -> u64, (u64, u64), fn(&mut Config, u64));

/// More than a window of 16 bits takes, so that window scale makes a difference.
const LARGEST_BUFFER: u64 = 1 << 20;

/// What newcomers reach for.
const KNOBS: [Knob; 7] = [
    (
        [Msg::Msl, Msg::MslMeans],
        |c| c.msl.as_millis() / 1_000,
        (0, 600),
        |c, n| c.msl = Duration::from_secs(n),
    ),
    (
        [Msg::RtoInitial, Msg::RtoInitialMeans],
        |c| c.rto_initial.as_millis(),
        (1, 60_000),
        |c, n| c.rto_initial = Duration::from_millis(n),
    ),
    (
        [Msg::SynRetries, Msg::SynRetriesMeans],
        |c| c.syn_retries.into(),
        (0, 30),
        |c, n| c.syn_retries = n as u8,
    ),
    (
        [Msg::DataRetries, Msg::DataRetriesMeans],
        |c| c.data_retries.into(),
        (0, 30),
        |c, n| c.data_retries = n as u8,
    ),
    (
        [Msg::UserTimeout, Msg::UserTimeoutMeans],
        |c| c.user_timeout.map_or(0, |d| d.as_millis() / 1_000),
        (0, 7_200),
        |c, n| c.user_timeout = (n > 0).then(|| Duration::from_secs(n)),
    ),
    (
        [Msg::ReceiveBuffer, Msg::ReceiveBufferMeans],
        |c| c.receive_buffer_bytes.into(),
        (0, LARGEST_BUFFER),
        |c, n| c.receive_buffer_bytes = n as u32,
    ),
    (
        [Msg::SendBuffer, Msg::SendBufferMeans],
        |c| c.send_buffer_bytes.into(),
        (1, LARGEST_BUFFER),
        |c, n| c.send_buffer_bytes = n as u32,
    ),
];

/// A switch: its name, its value, and how to set it.
type Switch<T> = (Name, fn(&T) -> bool, fn(&mut T, bool));

const SWITCHES: [Switch<Config>; 2] = [
    ([Msg::Rfc5961, Msg::Rfc5961Means], |c| c.rfc5961, |c, on| c.rfc5961 = on),
    ([Msg::Rfc1337, Msg::Rfc1337Means], |c| c.rfc1337, |c, on| c.rfc1337 = on),
];

/// What one looks for who knows its name.
const MORE_KNOBS: [Knob; 9] = [
    (
        [Msg::AckDelay, Msg::AckDelayMeans],
        |c| c.ack_delay.as_millis(),
        (0, 499),
        |c, n| c.ack_delay = Duration::from_millis(n),
    ),
    (
        [Msg::FinWait2Limit, Msg::FinWait2LimitMeans],
        |c| c.fin_wait_2.map_or(0, |d| d.as_millis() / 1_000),
        (0, 7_200),
        |c, n| c.fin_wait_2 = (n > 0).then(|| Duration::from_secs(n)),
    ),
    (
        [Msg::KeepaliveIdle, Msg::KeepaliveIdleMeans],
        |c| c.keepalive_idle.as_millis() / 1_000,
        (1, 86_400),
        |c, n| c.keepalive_idle = Duration::from_secs(n),
    ),
    (
        [Msg::KeepaliveInterval, Msg::KeepaliveIntervalMeans],
        |c| c.keepalive_interval.as_millis() / 1_000,
        (1, 86_400),
        |c, n| c.keepalive_interval = Duration::from_secs(n),
    ),
    (
        [Msg::KeepaliveProbes, Msg::KeepaliveProbesMeans],
        |c| c.keepalive_probes.into(),
        (1, 100),
        |c, n| c.keepalive_probes = n as u8,
    ),
    (
        [Msg::ChallengeLimit, Msg::ChallengeLimitMeans],
        |c| c.challenge_limit.unwrap_or(0).into(),
        (0, 255),
        |c, n| c.challenge_limit = (n > 0).then_some(n as u8),
    ),
    (
        [Msg::InitialSegments, Msg::InitialSegmentsMeans],
        |c| c.initial_segments.unwrap_or(0).into(),
        (0, 64),
        |c, n| c.initial_segments = (n > 0).then_some(n as u8),
    ),
    ([Msg::Mtu, Msg::MtuMeans], |c| c.mtu.into(), (68, 65_535), |c, n| c.mtu = n as u16),
    ([Msg::Ttl, Msg::TtlMeans], |c| c.ttl.into(), (1, 255), |c, n| c.ttl = n as u8),
];

/// The shift that the switch of window scale offers: windows of up to 8 MB.
const SHIFT: u8 = 7;

const MORE_SWITCHES: [Switch<Config>; 11] = [
    ([Msg::Keepalive, Msg::KeepaliveMeans], |c| c.keepalive, |c, on| c.keepalive = on),
    ([Msg::KeepaliveOctet, Msg::KeepaliveOctetMeans], |c| c.keepalive_octet, |c, on| c.keepalive_octet = on),
    ([Msg::AggregateAcks, Msg::AggregateAcksMeans], |c| c.aggregate_acks, |c, on| c.aggregate_acks = on),
    ([Msg::Nagle, Msg::NagleMeans], |c| c.nagle, |c, on| c.nagle = on),
    (
        [Msg::CongestionControl, Msg::CongestionControlMeans],
        |c| c.congestion_control,
        |c, on| c.congestion_control = on,
    ),
    ([Msg::Sack, Msg::SackMeans], |c| c.sack, |c, on| c.sack = on),
    ([Msg::Timestamps, Msg::TimestampsMeans], |c| c.timestamps, |c, on| c.timestamps = on),
    (
        [Msg::WindowScale, Msg::WindowScaleMeans],
        |c| c.window_scale.is_some(),
        |c, on| c.window_scale = on.then_some(SHIFT),
    ),
    ([Msg::SynCookies, Msg::SynCookiesMeans], |c| c.syn_cookies, |c, on| c.syn_cookies = on),
    ([Msg::QuietTime, Msg::QuietTimeMeans], |c| c.quiet_time, |c, on| c.quiet_time = on),
    (
        [Msg::IcmpHardAborts, Msg::IcmpHardAbortsMeans],
        |c| c.icmp_hard_aborts,
        |c, on| c.icmp_hard_aborts = on,
    ),
];

/// The other way in a dispute, what that is about, and the switch. The words for the dispute say who does which.
type Disputed = (Msg, Dispute, fn(&Config) -> bool, fn(&mut Config, bool));

/// Where good stacks disagree.
const DISPUTED: [Disputed; 13] = [
    (
        Msg::IgnoreSynAckAtListen,
        Dispute::SynAckAtListen,
        |c| c.ignore_syn_ack_at_listen,
        |c, on| c.ignore_syn_ack_at_listen = on,
    ),
    (
        Msg::SynAgainAtOnce,
        Dispute::BadAckInSynSent,
        |c| c.syn_again_at_once,
        |c, on| c.syn_again_at_once = on,
    ),
    (
        Msg::FinAgainWithAck,
        Dispute::FinInFinWait1,
        |c| c.fin_again_with_ack,
        |c, on| c.fin_again_with_ack = on,
    ),
    (
        Msg::ReopenFromTimeWait,
        Dispute::SynInTimeWait,
        |c| c.reopen_from_time_wait,
        |c, on| c.reopen_from_time_wait = on,
    ),
    (
        Msg::RefuseInTimeWait,
        Dispute::SynInTimeWait,
        |c| c.refuse_in_time_wait,
        |c, on| c.refuse_in_time_wait = on,
    ),
    (
        Msg::ResetWhileOpening,
        Dispute::RstWhileOpening,
        |c| c.reset_while_opening,
        |c, on| c.reset_while_opening = on,
    ),
    (
        Msg::EpipeInCloseWait,
        Dispute::RstInCloseWait,
        |c| c.epipe_in_close_wait,
        |c, on| c.epipe_in_close_wait = on,
    ),
    (
        Msg::FinWithUnreadData,
        Dispute::UnreadData,
        |c| c.fin_with_unread_data,
        |c, on| c.fin_with_unread_data = on,
    ),
    (
        Msg::KeepTextAfterShutdown,
        Dispute::TextAfterShutdown,
        |c| c.keep_text_after_shutdown,
        |c, on| c.keep_text_after_shutdown = on,
    ),
    (Msg::DropSynFin, Dispute::SynWithFin, |c| c.drop_syn_fin, |c, on| c.drop_syn_fin = on),
    (Msg::DelayAckOfFin, Dispute::AckOfFin, |c| c.delay_ack_of_fin, |c, on| c.delay_ack_of_fin = on),
    (
        Msg::SynLinearRetries,
        Dispute::SynRetries,
        |c| c.syn_linear_retries > 0,
        |c, on| c.syn_linear_retries = if on { LINEAR_RETRIES } else { 0 },
    ),
    (Msg::IgnoreTextOnSyn, Dispute::TextOnSyn, |c| c.ignore_text_on_syn, |c, on| c.ignore_text_on_syn = on),
];

/// How many repeats of a SYN Linux lets wait no longer than the first.
const LINEAR_RETRIES: u8 = 4;

const BROKEN: [Switch<WhatIf>; 4] = [
    ([Msg::TwoWayOpen, Msg::TwoWayOpenMeans], |w| w.two_way_open, |w, on| w.two_way_open = on),
    ([Msg::NoTimeWait, Msg::NoTimeWaitMeans], |w| w.no_time_wait, |w, on| w.no_time_wait = on),
    ([Msg::ThreeWayClose, Msg::ThreeWayCloseMeans], |w| w.three_way_close, |w, on| w.three_way_close = on),
    ([Msg::FixedIsn, Msg::FixedIsnMeans], |w| w.fixed_isn, |w, on| w.fixed_isn = on),
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
        .child(html! { <LinkRules rules={props.view.rules.clone()} {lang} act={props.act.clone()} /> })
}

/// A setting with its meaning, which is not part of its name.
fn setting(field: El, meaning: &'static str) -> El {
    el("div.setting").child(field).child(el("small.muted").child(meaning))
}

fn number(name: Name, value: u64, (min, max): (u64, u64), lang: Lang, on_set: Callback<u64>) -> El {
    let on_change = Callback::from(move |typed: String| {
        // What is no number changes nothing; the browser marks the field.
        if let Ok(number) = typed.parse::<u64>() {
            // Not `clamp`: it can print the limits, in case they are in the wrong order.
            on_set.emit(number.max(min).min(max));
        }
    });
    let field = el("input type=number step=any").attr("min", min).attr("max", max);
    let field = field.value(value.to_string().into()).on_change(on_change);
    setting(el("label.knob").child(el("span").say(name[0], lang)).child(field), name[1].in_lang(lang))
}

fn switch(name: Msg, meaning: &'static str, on: bool, lang: Lang, on_set: Callback<bool>) -> El {
    let field = el("input type=checkbox").checked(on).on_check(on_set);
    setting(el("label.check").child(field).say(name, lang), meaning)
}

fn link(props: &SettingsFormProps, host: HostId) -> El {
    let (view, lang, i) = (&props.view, props.lang, host.index());
    let on_latency =
        props.act.reform(move |n| Act::Do(Action::SetLatency { from: host, us: Duration::from_millis(n) }));
    let on_loss =
        props.act.reform(move |n: u64| Act::Do(Action::SetLoss { from: host, per_mille: n as u16 }));
    el("div.knobs")
        .child(number(
            [Msg::LatencyMs, Msg::LatencyMsMeans],
            view.latency[i].as_millis(),
            (0, 60_000),
            lang,
            on_latency,
        ))
        .child(number(
            [Msg::LossPerMille, Msg::LossPerMilleMeans],
            view.loss_per_mille[i].into(),
            (0, 1_000),
            lang,
            on_loss,
        ))
}

fn stack(props: &SettingsFormProps, host: HostId) -> El {
    let (config, lang) = (&props.view.hosts[host.index()].config, props.lang);
    let knob = |&(name, value, range, set): &Knob| {
        let old = config.clone();
        let on_set = props.act.reform(move |n| {
            let mut config = old.clone();
            set(&mut config, n);
            Act::Do(Action::SetConfig { host, config })
        });
        number(name, value(config), range, lang, on_set)
    };
    let toggle = |name, meaning, value: fn(&Config) -> bool, set: fn(&mut Config, bool)| {
        let old = config.clone();
        let on_set = props.act.reform(move |on| {
            let mut config = old.clone();
            set(&mut config, on);
            Act::Do(Action::SetConfig { host, config })
        });
        switch(name, meaning, value(config), lang, on_set)
    };
    let choice =
        |&([name, meaning], value, set): &Switch<Config>| toggle(name, meaning.in_lang(lang), value, set);
    let disputed = DISPUTED
        .iter()
        .map(|&(name, about, value, set)| toggle(name, text::dispute(about, lang), value, set));
    let more =
        el("div.knobs").children(MORE_KNOBS.iter().map(knob)).children(MORE_SWITCHES.iter().map(choice));
    let folded = |title, content| el("details").child(el("summary").say(title, lang)).child(content);
    el("div.stack")
        .child(el("div.knobs").children(KNOBS.iter().map(knob)).children(SWITCHES.iter().map(choice)))
        .child(folded(Msg::MoreSettings, more))
        .child(folded(Msg::DisputedSettings, el("div.knobs").children(disputed)))
}

fn broken(props: &SettingsFormProps, host: HostId) -> El {
    let (what_if, lang) = (props.view.hosts[host.index()].what_if, props.lang);
    let toggle = |&([name, meaning], value, set): &Switch<WhatIf>| {
        let on_set = props.act.reform(move |on| {
            let mut what_if = what_if;
            set(&mut what_if, on);
            Act::Do(Action::SetWhatIf { host, what_if })
        });
        switch(name, meaning.in_lang(lang), value(&what_if), lang, on_set)
    };
    let sign = el("span aria-hidden=true").child("⚠ ");
    el("div.broken")
        .child(el("h3").child(sign).say(Msg::BrokenRules, lang))
        .child(el("p.muted").say(Msg::BrokenRulesIntro, lang))
        .child(el("div").children(BROKEN.iter().map(toggle)))
}
