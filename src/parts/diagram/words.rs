//! What stands on the edges and in the boxes of the diagram, in each language.
//!
//! The table of edges speaks the figure's notation; here it is shortened to fit the drawing, or said in Chinese. The
//! page asks [`crate::texts`], which has these words from here or from a file.

use crate::lang::Lang;
use tcp::State;
use tcp::edge::Edge;

/// What a state means, in a few words, as it is written here.
pub(crate) const fn meaning(state: State, lang: Lang) -> &'static str {
    match lang {
        Lang::ZhHans => match state {
            State::Closed => "没有连接",
            State::Listen => "等待任何一方的 SYN",
            State::SynSent => "等待 SYN,ACK",
            State::SynReceived => "等待自己的 SYN 被确认",
            State::Established => "双方都可以收发数据",
            State::FinWait1 => "等待自己的 FIN 被确认，或对方的 FIN",
            State::FinWait2 => "等待对方的 FIN",
            State::CloseWait => "等待本方应用进程关闭",
            State::Closing => "等待自己的 FIN 被确认",
            State::LastAck => "等待自己的 FIN 被确认",
            State::TimeWait => "等待 2MSL 到期",
        },
        Lang::En => match state {
            State::Closed => "no connection",
            State::Listen => "waiting for a SYN from anyone",
            State::SynSent => "waiting for SYN,ACK",
            State::SynReceived => "waiting for the ACK of its SYN",
            State::Established => "open: data goes both ways",
            State::FinWait1 => "waiting for the ACK of its FIN, or a FIN",
            State::FinWait2 => "waiting for the other end’s FIN",
            State::CloseWait => "waiting for its application to close",
            State::Closing => "waiting for the ACK of its FIN",
            State::LastAck => "waiting for the ACK of its FIN",
            State::TimeWait => "waiting for 2MSL to run out",
        },
    }
}

/// The event and the action of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EdgeWords {
    /// The event.
    pub event: &'static str,
    /// What is done then; may be empty.
    pub action: &'static str,
    /// The event as the drawing shows it: short.
    pub short_event: &'static str,
    /// The action as the drawing shows it.
    pub short_action: &'static str,
}

/// The words of an edge as they are written here.
pub(crate) fn edge(edge: &Edge, lang: Lang) -> EdgeWords {
    let (event, action) = (phrase(edge.event, lang), phrase(edge.action, lang));
    EdgeWords { event, action, short_event: short(event), short_action: short(action) }
}

fn short(phrase: &'static str) -> &'static str {
    match phrase {
        "create TCB, snd SYN" => "snd SYN",
        "创建 TCB，发 SYN" => "发 SYN",
        "SEND / active OPEN" => "SEND",
        "发送数据 / 主动打开" => "发送数据",
        "rcv FIN,ACK of FIN" => "rcv FIN,ACK",
        "收 FIN 和 FIN 的 ACK" => "收 FIN,ACK",
        whole => whole,
    }
}

/// A phrase of the table of edges; one without a translation stays as it is, and a test finds it.
fn phrase(words: &'static str, lang: Lang) -> &'static str {
    match lang {
        Lang::En => words,
        Lang::ZhHans => match words {
            "passive OPEN" => "被动打开",
            "active OPEN" => "主动打开",
            "CLOSE" => "关闭",
            "create TCB" => "创建 TCB",
            "create TCB, snd SYN" => "创建 TCB，发 SYN",
            "delete TCB" => "撤销 TCB",
            "rcv SYN" => "收 SYN",
            "rcv SYN,ACK" => "收 SYN,ACK",
            "rcv SYN,ACK,FIN" => "收 SYN,ACK,FIN",
            "rcv RST" => "收 RST",
            "rcv FIN" => "收 FIN",
            "rcv ACK of SYN" => "收 SYN 的 ACK",
            "rcv ACK of FIN" => "收 FIN 的 ACK",
            "rcv FIN,ACK of FIN" => "收 FIN 和 FIN 的 ACK",
            "rcv ACK of SYN, FIN" => "收 SYN 的 ACK 和 FIN",
            "rcv RST / timeout / ABORT" => "收 RST / 超时 / 异常终止",
            "rcv SYN (two-way open)" => "收 SYN（两报文握手）",
            "SEND / active OPEN" => "发送数据 / 主动打开",
            "snd SYN" => "发 SYN",
            "snd SYN,ACK" => "发 SYN,ACK",
            "snd ACK" => "发 ACK",
            "snd FIN" => "发 FIN",
            "2MSL timeout" => "2MSL 到期",
            other => other,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tcp::edge::EDGES;

    #[test]
    fn every_phrase_of_the_table_of_edges_has_its_chinese() {
        for edge in EDGES {
            for words in [edge.event, edge.action] {
                let zh = phrase(words, Lang::ZhHans);
                assert!(words.is_empty() || zh != words, "{words:?} of {} is not translated", edge.id);
            }
        }
    }
}
