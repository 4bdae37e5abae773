//! Any text as a script, for the tests and the fuzz target.

/// The text must be parsed, or refused with a place that exists in it.
#[track_caller]
pub(crate) fn check(text: &str) {
    if let Err(error) = packetdrill::parse(text, &[]) {
        let lines = text.split('\n').count();
        let place = (error.line as usize, error.column);
        assert!((1..=lines).contains(&place.0) && place.1 >= 1, "{error}, of {lines} lines");
        assert!(!error.message.is_empty(), "it does not say why");
    }
}
