//! Which field of what should have been an action is wrong: parsers say what, but not always where.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::host::{HostId, How, Program};
use crate::net::LinkRule;
use crate::tcp::{Config, Endpoint, WhatIf};

/// Names of fields are repeated to whoever sent them, but not at any length.
const MAX_NAME_CHARS: usize = 40;

/// The field of `action` of which the parser says `why`. `type` where the whole is wrong.
pub(super) fn wrong_field(action: &Value, why: &str) -> String {
    const WHOLE: &str = "type";
    let Value::Object(fields) = action else { return WHOLE.to_owned() };
    let quoted = why.split('`').nth(1).unwrap_or_default();
    let found = if why.starts_with("missing field") || why.starts_with("unknown field") {
        // It may be a field inside another, an endpoint's address say: then that other one is wrong.
        let is_inside = |(name, value): &(&String, &Value)| value.is_object() && !has_form(name, value);
        fields.iter().find(is_inside).map_or(Some(quoted), |(name, _)| Some(name))
    } else if fields.get(WHOLE).and_then(Value::as_str) == Some(quoted) {
        None
    } else if why.ends_with("expected unit") {
        // An action that takes no fields was given some.
        fields.keys().map(String::as_str).find(|name| *name != WHOLE)
    } else {
        misshapen(fields)
    };
    found.unwrap_or(WHOLE).chars().take(MAX_NAME_CHARS).collect()
}

/// The first field whose value no action would take. Null stands for a field left out, so it is the last suspect.
fn misshapen(fields: &Map<String, Value>) -> Option<&str> {
    let is_wrong = |(name, value): &(&String, &Value)| !value.is_null() && !has_form(name, value);
    let is_null = |(_, value): &(&String, &Value)| value.is_null();
    let wrong = fields.iter().find(is_wrong).or_else(|| fields.iter().find(is_null));
    wrong.map(|(name, _)| name.as_str())
}

fn has_form(name: &str, value: &Value) -> bool {
    let fits = |greatest: u64| value.as_u64().is_some_and(|number| number <= greatest);
    match name {
        "host" | "from" => HostId::deserialize(value).is_ok(),
        "how" => How::deserialize(value).is_ok(),
        "program" => Program::deserialize(value).is_ok(),
        "to" => Endpoint::deserialize(value).is_ok(),
        "rule" => LinkRule::deserialize(value).is_ok(),
        "config" => Config::deserialize(value).is_ok(),
        "what_if" => WhatIf::deserialize(value).is_ok(),
        "text" | "choice" | "scenario" | "type" => value.is_string(),
        "on" => value.is_boolean(),
        "byte" | "per_mille" | "port" | "seconds" => fits(u16::MAX.into()),
        "at_us" | "us" => fits(u64::MAX),
        _ => fits(u32::MAX.into()),
    }
}
