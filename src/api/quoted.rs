//! Words that came from outside, made fit to stand among the page's own.

/// At most `most` characters of `text`, without those that break a line or turn the direction of the text around them.
#[must_use]
pub fn quoted(text: &str, most: usize) -> String {
    let is_fit = |c: &char| !c.is_control() && !turns_direction(*c);
    let mut quoted: String = text.chars().filter(is_fit).take(most).collect();
    if text.chars().filter(is_fit).nth(most).is_some() {
        quoted.push('…');
    }
    quoted
}

/// The characters of the Unicode property `Bidi_Control`.
const fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut() {
        assert_eq!(quoted(&"x".repeat(60_000), 3), "xxx…");
        assert_eq!(quoted("三次握手", 4), "三次握手");
    }

    #[test]
    fn words_cannot_turn_or_break_what_stands_around_them() {
        assert_eq!(quoted("a\u{202e}b\u{2066}c\nd\u{0}", 9), "abcd");
    }
}
