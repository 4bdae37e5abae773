//! The glossary: the notes' words and RFC 9293's. The page shows it; the tests hold every Chinese text to it.

use serde::Serialize;

/// A term in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Term {
    /// The notes' words; several if the notes use several.
    pub zh: &'static str,
    /// RFC 9293's.
    pub en: &'static str,
}

const fn term(zh: &'static str, en: &'static str) -> Term {
    Term { zh, en }
}

/// Every term, in the order in which a learner meets it.
pub const TERMS: &[Term] = &[
    term("客户端", "client"),
    term("服务器", "server"),
    term("报文段", "segment"),
    term("序号", "sequence number"),
    term("确认号", "acknowledgement number"),
    term("首部", "header"),
    term("检验和", "checksum"),
    term("应用进程", "application (process)"),
    term("三报文握手（三次握手）", "three-way handshake"),
    term("四报文挥手（四次挥手）", "four-way close"),
    term("主动打开连接", "active open"),
    term("被动打开连接", "passive open"),
    term("主动关闭", "active close"),
    term("被动关闭", "passive close"),
    term("传输控制块 TCB", "transmission control block (TCB)"),
    term("连接请求报文段", "connection request (SYN)"),
    term("连接请求确认报文段", "SYN,ACK"),
    term("普通的确认报文段", "ordinary ACK segment"),
    term("连接释放报文段", "connection release (FIN) segment"),
    term("初始序号", "initial sequence number (ISS, IRS)"),
    term("消耗一个序号", "uses one sequence number"),
    term("同步位 SYN", "SYN bit"),
    term("确认位 ACK", "ACK bit"),
    term("终止位 FIN", "FIN bit"),
    term("复位 RST", "reset (RST)"),
    term("半关闭", "half-closed"),
    term("半打开连接", "half-open connection"),
    term("全双工", "full duplex"),
    term("文件结束符", "end of file"),
    term("超时重传", "retransmission on timeout"),
    term("已失效的连接请求报文段", "stale connection request"),
    term("最长报文段寿命 MSL", "maximum segment lifetime (MSL)"),
    term("平静时间", "quiet time"),
    term("插口", "socket (IP address and port)"),
    term("保活计时器", "keepalive timer"),
    term("探测报文段", "probe segment"),
    term("异常终止连接", "abort"),
    term("接收窗口", "receive window"),
    term("发送缓冲区", "send buffer"),
    term("接收缓冲区", "receive buffer"),
    term("等待队列", "backlog"),
    term("质询确认", "challenge ACK"),
    term("用户超时", "user time-out"),
];

/// Chinese words that mean a term above but are not the notes' word for it, each with the word to use.
pub const FORBIDDEN: &[(&str, &str)] = &[
    ("服务端", "服务器"),
    ("客户机", "客户端"),
    ("数据包", "报文段"),
    ("封包", "报文段"),
    ("发包", "发送报文段"),
    ("收包", "收到报文段"),
    ("序列号", "序号"),
    ("应答号", "确认号"),
    ("校验和", "检验和"),
    ("包头", "首部"),
    ("头部", "首部"),
    ("半开连接", "半打开连接"),
    ("重置", "复位"),
    ("定时器", "计时器"),
    ("侦听", "监听"),
    ("套接口", "插口"),
    ("传输控制模块", "传输控制块"),
    ("三路握手", "三报文握手"),
    ("四路挥手", "四报文挥手"),
    ("链接", "连接"),
    ("登陆", "登录"),
];

#[cfg(test)]
pub(super) mod lint {
    //! What every Chinese text must keep to; used by the tests of all texts.

    use super::super::template::{is_han, is_latin, is_wide};
    use super::FORBIDDEN;

    /// The first thing wrong with `text`, a Chinese template.
    pub(crate) fn fault(text: &str) -> Option<String> {
        if let Some((word, instead)) = FORBIDDEN.iter().find(|(word, _)| text.contains(word)) {
            return Some(format!("says {word}, the notes say {instead}"));
        }
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
}
