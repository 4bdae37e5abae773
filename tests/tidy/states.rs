//! No match on a state may hide a case behind `_`: when a state is added, the compiler must name every place.
//!
//! In crates/tcp the lint `clippy::wildcard_enum_match_arm` makes sure of this for a state that is matched alone. It does
//! not look inside tuples, so a state must not be matched in a tuple.

/// Complaints about each `match (…)` with a state in its tuple.
pub(crate) fn in_tuples(source: &str) -> Vec<String> {
    let code = source.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    let is_forbidden = |line: &str| {
        let tuple = line.split_once("match (").and_then(|(_, rest)| rest.split_once(") {"));
        tuple
            .is_some_and(|(tuple, _)| tuple.split(|c: char| !c.is_alphanumeric()).any(|word| word == "state"))
    };
    code.filter(|(_, line)| is_forbidden(line))
        .map(|(index, _)| format!("line {}: match the state alone, not in a tuple", index + 1))
        .collect()
}

#[test]
fn only_a_tuple_with_a_state_is_forbidden() {
    for forbidden in ["match (tcb.state, fin) {", "let x = match (a(), step.state()) {"] {
        assert_eq!(in_tuples(forbidden).len(), 1, "{forbidden}");
    }
    for fine in ["match state {", "match (length, window) {", "// match (state, x) {", "match (states, x) {"]
    {
        assert_eq!(in_tuples(fine), Vec::<String>::new(), "{fine}");
    }
}
