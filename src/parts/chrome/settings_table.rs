//! The settings of a stack as the form lists them, each by the name of its field. Its words are under the same name in
//! `texts/*/settings.json`.

use serde_json::{Map, Value};

use lab::action::Action;
use lab::host::HostId;
use tcp::config::{LARGEST_BUFFER, LEAST_MTU, LONGEST_ACK_DELAY_MS};
use tcp::{Dispute, Settings};

/// A setting: its field, and the shape of its value.
pub(super) type Setting = (&'static str, Shape);

/// What a setting may be.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Shape {
    /// A number from the first to the second, counted in so many of the field's own units.
    Number { unit: u64, range: (u64, u64) },
    /// The same, and zero stands for no limit.
    Limit { unit: u64, most: u64 },
    /// On or off.
    Switch,
    /// A number that is on with this value, and off as it is by default.
    SwitchTo(u64),
}

const fn count(least: u64, most: u64) -> Shape {
    Shape::Number { unit: 1, range: (least, most) }
}

const fn millis(least: u64, most: u64) -> Shape {
    Shape::Number { unit: 1_000, range: (least, most) }
}

const fn seconds(least: u64, most: u64) -> Shape {
    Shape::Number { unit: 1_000_000, range: (least, most) }
}

const fn limit(most: u64) -> Shape {
    Shape::Limit { unit: 1, most }
}

const fn limit_in_seconds(most: u64) -> Shape {
    Shape::Limit { unit: 1_000_000, most }
}

/// What newcomers reach for.
pub(super) const FIRST: [Setting; 9] = [
    ("msl_us", seconds(0, 600)),
    ("rto_initial_us", millis(1, 60_000)),
    ("syn_retries", count(0, 30)),
    ("data_retries", count(0, 30)),
    ("user_timeout_us", limit_in_seconds(7_200)),
    ("receive_buffer_bytes", count(0, LARGEST_BUFFER as u64)),
    ("send_buffer_bytes", count(1, LARGEST_BUFFER as u64)),
    ("rfc5961", Shape::Switch),
    ("rfc1337", Shape::Switch),
];

/// The shift that the switch of window scale offers: windows of up to 8 MB.
const SHIFT: u64 = 7;

/// What one looks for who knows its name.
pub(super) const MORE: [Setting; 20] = [
    ("ack_delay_us", millis(0, LONGEST_ACK_DELAY_MS)),
    ("fin_wait_2_us", limit_in_seconds(7_200)),
    ("keepalive_idle_us", seconds(1, 86_400)),
    ("keepalive_interval_us", seconds(1, 86_400)),
    ("keepalive_probes", count(1, 100)),
    ("challenge_limit", limit(255)),
    ("initial_segments", limit(64)),
    ("mtu", count(LEAST_MTU as u64, 65_535)),
    ("ttl", count(1, 255)),
    ("keepalive", Shape::Switch),
    ("keepalive_octet", Shape::Switch),
    ("aggregate_acks", Shape::Switch),
    ("nagle", Shape::Switch),
    ("congestion_control", Shape::Switch),
    ("sack", Shape::Switch),
    ("timestamps", Shape::Switch),
    ("window_scale", Shape::SwitchTo(SHIFT)),
    ("syn_cookies", Shape::Switch),
    ("quiet_time", Shape::Switch),
    ("icmp_hard_aborts", Shape::Switch),
];

/// How many repeats of a SYN Linux lets wait no longer than the first.
const LINEAR_RETRIES: u64 = 4;

/// Where good stacks disagree: the other way, and what the dispute is about. Its words say who does which.
pub(super) const DISPUTED: [(Setting, Dispute); 13] = [
    (("ignore_syn_ack_at_listen", Shape::Switch), Dispute::SynAckAtListen),
    (("syn_again_at_once", Shape::Switch), Dispute::BadAckInSynSent),
    (("fin_again_with_ack", Shape::Switch), Dispute::FinInFinWait1),
    (("reopen_from_time_wait", Shape::Switch), Dispute::SynInTimeWait),
    (("refuse_in_time_wait", Shape::Switch), Dispute::SynInTimeWait),
    (("reset_while_opening", Shape::Switch), Dispute::RstWhileOpening),
    (("epipe_in_close_wait", Shape::Switch), Dispute::RstInCloseWait),
    (("fin_with_unread_data", Shape::Switch), Dispute::UnreadData),
    (("keep_text_after_shutdown", Shape::Switch), Dispute::TextAfterShutdown),
    (("drop_syn_fin", Shape::Switch), Dispute::SynWithFin),
    (("delay_ack_of_fin", Shape::Switch), Dispute::AckOfFin),
    (("syn_linear_retries", Shape::SwitchTo(LINEAR_RETRIES)), Dispute::SynRetries),
    (("ignore_text_on_syn", Shape::Switch), Dispute::TextOnSyn),
];

/// The rules that can be broken on purpose.
pub(super) const BROKEN: [Setting; 4] = [
    ("two_way_open", Shape::Switch),
    ("no_time_wait", Shape::Switch),
    ("three_way_close", Shape::Switch),
    ("fixed_isn", Shape::Switch),
];

/// The fields of the settings by their names: the choices within the standards, and the rules that are broken.
pub(super) fn fields(settings: &Settings) -> [Map<String, Value>; 2] {
    let [config, what_if] = [serde_json::to_value(&settings.config), serde_json::to_value(settings.what_if)];
    [config, what_if].map(|fields| match fields {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    })
}

/// The action that gives a field of `host` the value `value`.
pub(super) fn set(host: HostId, settings: &Settings, field: &str, value: Value) -> Option<Action> {
    let [mut config, mut what_if] = fields(settings);
    if let Some(old) = config.get_mut(field) {
        *old = value;
        return Some(Action::SetConfig { host, config: serde_json::from_value(config.into()).ok()? });
    }
    *what_if.get_mut(field)? = value;
    Some(Action::SetWhatIf { host, what_if: serde_json::from_value(what_if.into()).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every field of the form exists, has words, and takes its least, its greatest and its other value.
    #[test]
    fn every_setting_is_a_field_and_can_be_set() {
        let settings = Settings::default();
        let [config, what_if] = fields(&settings);
        let all = FIRST.iter().chain(&MORE).chain(DISPUTED.iter().map(|(setting, _)| setting)).chain(&BROKEN);
        let mut names = Vec::new();
        for (field, shape) in all {
            assert!(config.contains_key(*field) != what_if.contains_key(*field), "{field} is no field");
            let values: &[Value] = &match *shape {
                Shape::Number { unit, range } => [range.0 * unit, range.1 * unit].map(Value::from),
                Shape::Limit { unit, most } => [Value::Null, (most * unit).into()],
                Shape::Switch => [true, false].map(Value::from),
                Shape::SwitchTo(on) => [on.into(), config[*field].clone()],
            };
            for value in values {
                let action = set(HostId::Client, &settings, field, value.clone());
                let action = action.unwrap_or_else(|| panic!("{field} cannot be {value}"));
                let session =
                    lab::Session::new(course::experiments::scenario("free").expect("it is built in"));
                let after = session.apply(&action).unwrap_or_else(|error| panic!("{field}: {error}"));
                let [config, what_if] = fields(after.world().host(HostId::Client).settings());
                assert_eq!(config.get(*field).or_else(|| what_if.get(*field)), Some(value), "{field}");
            }
            names.push((*field).to_owned());
        }
        names.sort();
        for lang in course::Lang::ALL {
            assert_eq!(
                course::text::settings(lang).collect::<Vec<_>>(),
                names,
                "the words of {}",
                lang.code()
            );
        }
    }
}
