//! The list of the rules and the languages that explain them, for `cargo xtask rules`.

use course::{Lang, text};
use tcp::Rule;

#[test]
fn every_rule_is_explained_in_every_language() {
    let mut lines = String::new();
    for rule in Rule::ALL {
        lines += rule.name();
        for lang in Lang::ALL {
            let text = text::rule(*rule, lang);
            // What would happen otherwise is not a question for every rule.
            for words in [&text.title, &text.happened, &text.why] {
                assert!(!words.trim().is_empty(), "{rule} has no words in {}", lang.code());
            }
            lines += "\t";
            lines += lang.code();
        }
        lines += "\n";
    }
    invariants::fired::leave("rules.known", &lines);
}
