//! Every rule has its words in every language; the list of both for `cargo xtask rules`.

use course::{Lang, text};
use tcp::Rule;

#[test]
fn every_rule_is_explained_in_every_language() {
    let mut lines = String::new();
    for rule in Rule::ALL {
        lines += rule.name();
        for lang in Lang::ALL {
            let text = text::rule(*rule, lang);
            for (part, words) in text.parts() {
                // What would happen otherwise is not a question for every rule.
                assert!(
                    part == "otherwise" || !words.trim().is_empty(),
                    "{rule} has no {part} in {}",
                    lang.code()
                );
            }
            lines += "\t";
            lines += lang.code();
        }
        lines += "\n";
    }
    invariants::fired::leave("rules.known", &lines);
}
