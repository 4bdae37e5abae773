//! What every Chinese text must keep to; used by the tests of all texts.

use course::typesetting::{is_han, is_latin, is_wide};
use course::{Lang, text};

/// The first thing wrong with `text`, a Chinese template.
pub(crate) fn fault(text: &str) -> Option<String> {
    let avoid = &text::glossary(Lang::ZhHans).avoid;
    if let Some((word, instead)) = avoid.iter().find(|(word, _)| text.contains(*word)) {
        return Some(format!("says {word}, the notes say {instead}"));
    }
    typography(text)
}

/// The first thing wrong with how `text` is set.
pub(crate) fn typography(text: &str) -> Option<String> {
    // Marks are not seen by the reader, and slots are Latin or Han by turns; the writer parts them.
    let seen: Vec<char> =
        text.replace("**", "").replace('`', "").replace("<<", "").replace(">>", "").chars().collect();
    for (i, pair) in seen.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        let place: String = seen[i.saturating_sub(4)..(i + 6).min(seen.len())].iter().collect();
        if is_han(a) && is_latin(b) || is_latin(a) && is_han(b) {
            return Some(format!("no blank between Han and Latin at “{place}”"));
        }
        if a == ' ' && b == ' ' {
            return Some(format!("two blanks at “{place}”"));
        }
        if a == ' ' && matches!(b, ',' | ';' | ':' | '?' | '!' | ')') {
            return Some(format!("a blank before punctuation at “{place}”"));
        }
        let before = i.checked_sub(1).map(|i| seen[i]);
        if a == ' ' && is_wide(b) && before.is_some_and(is_wide) {
            return Some(format!("a blank between wide characters at “{place}”"));
        }
        if (is_han(a) && matches!(b, ',' | ';' | ':' | '?' | '!' | '(' | ')'))
            || (is_han(b) && matches!(a, ',' | ';' | ':' | ')'))
        {
            return Some(format!("half-width punctuation at “{place}”"));
        }
        if is_han(a) && b == '.' || matches!((a, b), ('，', '，') | ('。', '。') | ('，', '。')) {
            return Some(format!("punctuation at “{place}”"));
        }
    }
    None
}

#[test]
fn faults_are_found() {
    for wrong in ["服务端发送", "收到SYN", "发送 ,", "发送,等待", "收到  SYN", "监听 ，等待", "完成."]
    {
        assert!(fault(wrong).is_some(), "{wrong}");
    }
    for right in ["收到 `SYN`，进入 {to}。", "调用 close()，返回 0。", "**消耗一个序号**，"]
    {
        assert_eq!(fault(right), None, "{right}");
    }
}
