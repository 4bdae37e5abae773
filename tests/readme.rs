//! The README says what is true: its table of parameters is the program's, and its experiment is one.

use lab::Scenario;
use tcp_state_lab::api::params::Param;

const README: &str = include_str!("../README.md");

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.find(start).unwrap_or_else(|| panic!("{start} is in the README")) + start.len();
    &text[from..from + text[from..].find(end).unwrap_or_else(|| panic!("{end} follows"))]
}

#[test]
fn the_table_of_parameters_is_the_programs() {
    let table = Param::documentation();
    let start = "<!-- parameters: written by the table in src/api/params.rs, compared by a test -->\n";
    assert_eq!(between(README, start, "<!-- end"), table, "put this into the README:\n{table}");
}

#[test]
fn the_experiment_in_the_readme_is_read_and_its_error_is_the_one_quoted() {
    let json = between(README, "```json\n", "```");
    Scenario::from_json(json).expect("the experiment of the README is valid");
    let wrong = json.replace(r#""host": "client" } }"#, r#""host": "nobody" } }"#);
    let error = Scenario::from_json(&wrong).expect_err("there is no such host").to_string();
    assert!(README.contains(&error), "{error}");
}
