//! Takes any text for what comes in as JSON: an action, a scenario, the texts of a language. It is refused with a place or
//! understood, in a time that grows no faster than the text.

use std::time::{Duration, Instant};

use course::text;
use lab::{Action, Scenario};

/// What the shortest text may take, and what each further octet adds. Generous, for machines that are slow or busy: only
/// what explodes must be found.
const START: Duration = Duration::from_secs(5);
const EACH: Duration = Duration::from_micros(50);

/// The first byte tells how the rest is made longer: nested, repeated, or left as it is.
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is checked")]
pub fn check(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else { return };
    let Ok(text) = core::str::from_utf8(rest) else { return };
    let times = 1 + usize::from(*kind >> 3) * 8;
    let json = match kind % 8 {
        0 => format!("{}{text}{}", "[".repeat(times), "]".repeat(times)),
        1 => format!("{}{text}{}", r#"{"of":"#.repeat(times), "}".repeat(times)),
        // The same field again and again, and always another one.
        2 => format!("{{{}}}", vec![text; times].join(",")),
        3 => {
            let fields: Vec<_> = (0..times * 40).map(|i| format!(r#""f{i}":{text}"#)).collect();
            format!("{{{}}}", fields.join(","))
        }
        4 => format!(r#"{{"type":"connect","host":"client","to":{text}}}"#),
        5 => format!("[{}]", vec![text; times].join(",")),
        _ => text.to_owned(),
    };
    let start = Instant::now();
    if let Err(error) = Action::from_json(&json) {
        assert!(!error.to_string().is_empty());
    }
    if let Err(error) = Scenario::from_json(&json) {
        assert!(!error.to_string().is_empty());
    }
    if let Ok(value) = serde_json::from_str::<serde_json::Value>(&json) {
        let (by_value, by_text) = (Scenario::from_value(value).is_ok(), Scenario::from_json(&json).is_ok());
        assert_eq!(by_value, by_text, "an object and its text are not taken alike");
    }
    let took = start.elapsed();
    let most = START + EACH * u32::try_from(json.len()).unwrap_or(u32::MAX);
    assert!(took < most, "{took:?} for {} octets", json.len());
}

/// Takes any text for the texts of a language. Those that are there already stay.
pub fn check_texts(data: &[u8]) {
    let Ok(json) = core::str::from_utf8(data) else { return };
    match text::load(json) {
        Ok(lang) => assert!(text::is_loaded(lang)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
