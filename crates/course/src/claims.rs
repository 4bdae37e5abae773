//! The claims of the notes, what became of each on trial, and where it can be seen.

use serde::Serialize;

use super::{Lang, text};
use lab::json::{Write, Writer};

/// A study note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[expect(missing_docs, reason = "the keys of the curriculum")]
pub enum NoteRef {
    N0,
    N1,
    N2,
    N3,
    N4,
}

impl NoteRef {
    /// All five.
    pub const ALL: [Self; 5] = [Self::N0, Self::N1, Self::N2, Self::N3, Self::N4];

    const fn key(self) -> &'static str {
        match self {
            Self::N0 => "N0",
            Self::N1 => "N1",
            Self::N2 => "N2",
            Self::N3 => "N3",
            Self::N4 => "N4",
        }
    }

    /// The title as the page shows it.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        text::note_title(self, lang)
    }
}

impl Write for NoteRef {
    fn write(&self, out: &mut Writer) {
        out.text(self.key());
    }
}

/// What became of a claim, judged against RFC 9293 and its companions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It is so.
    Holds,
    /// It is so with a reservation.
    Imprecise,
    /// It is not so.
    Wrong,
}

/// Something a note says that can be seen to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The id in the curriculum.
    pub id: &'static str,
    /// The notes that say it; none: it goes beyond them.
    pub notes: &'static [NoteRef],
    /// What became of it.
    pub standing: Standing,
    /// The scenario that shows it.
    pub experiment: &'static str,
}

impl Claim {
    /// The claim of this id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        CLAIMS.iter().find(|claim| claim.id == id)
    }

    /// The claim in a sentence; a template without slots. The page says it nowhere, so it is in no table.
    ///
    /// # Panics
    /// If it is none of [`CLAIMS`].
    #[must_use]
    pub fn wording(&self, lang: Lang) -> &'static str {
        self.words().wording[lang as usize]
    }

    /// For a claim that does not simply hold: what the note says, what the standard says, where to see it.
    #[must_use]
    pub fn trial(&'static self, lang: Lang) -> Option<&'static str> {
        text::trial(self, lang)
    }

    /// The trial as it is written here.
    pub(super) fn written_trial(&self, lang: Lang) -> Option<&'static str> {
        self.words().trial.map(|trial| trial[lang as usize])
    }

    fn words(&self) -> &'static Words {
        let place = CLAIMS.iter().position(|claim| claim.id == self.id);
        &WORDS[place.expect("claims are made nowhere else")]
    }
}

/// The words of a claim, in the order of the languages.
struct Words {
    wording: [&'static str; Lang::ALL.len()],
    trial: Option<[&'static str; Lang::ALL.len()]>,
}

/// The notes behind `ids`, each once, in order.
#[must_use]
pub fn sources(ids: &[&str]) -> Vec<NoteRef> {
    let claims: Vec<_> = ids.iter().filter_map(|id| Claim::find(id)).collect();
    let is_behind = |note: &NoteRef| claims.iter().any(|claim| claim.notes.contains(note));
    NoteRef::ALL.into_iter().filter(is_behind).collect()
}

/// The scenario that shows the first of `ids` that a guided one shows; the free lab shows everything.
#[must_use]
pub fn experiment_of(ids: &[&str]) -> Option<&'static str> {
    let mut all = ids.iter().filter_map(|id| Claim::find(id)).map(|claim| claim.experiment);
    all.clone().find(|id| *id != "free").or_else(|| all.next())
}

use NoteRef::{N0, N1, N2, N3, N4};
use Standing::{Holds, Imprecise, Wrong};

/// Defines the claims and their words together, but keeps them apart: the page's program has no words.
macro_rules! claims {
    ($(Claim {
        id: $id:literal,
        zh: $zh:literal,
        en: $en:literal,
        notes: $notes:expr,
        standing: $standing:expr,
        trial: $trial:expr,
        experiment: $experiment:literal,
    },)+) => {
        /// Every claim of the curriculum, in its order.
        pub const CLAIMS: &[Claim] = &[$(
            Claim { id: $id, notes: $notes, standing: $standing, experiment: $experiment },
        )+];

        /// The words of each, in the same order.
        const WORDS: &[Words] = &[$(Words { wording: [$zh, $en], trial: $trial },)+];
    };
}

claims! {
    Claim {
        id: "C01",
        zh: "两端开始时都没有连接，处于关闭状态。",
        en: "Both ends start without a connection, in CLOSED.",
        notes: &[N2, N3],
        standing: Holds,
        trial: None,
        experiment: "handshake",
    },
    Claim {
        id: "C02",
        zh: "服务器创建 TCB，被动打开连接，等待请求，自己什么也不发送。",
        en: "A server creates its TCB, opens passively, waits, and sends nothing.",
        notes: &[N2],
        standing: Holds,
        trial: None,
        experiment: "handshake",
    },
    Claim {
        id: "C03",
        zh: "客户端创建 TCB，发送 `[SYN=1, seq=x]`，进入同步已发送。",
        en: "A client creates its TCB, sends `[SYN=1, seq=x]` and enters SYN-SENT.",
        notes: &[N2, N3],
        standing: Holds,
        trial: None,
        experiment: "handshake",
    },
    Claim {
        id: "C04",
        zh: "`SYN=1` 的报文段不携带数据，但消耗一个序号。",
        en: "A segment with `SYN=1` carries no data, yet uses one number.",
        notes: &[N2],
        standing: Imprecise,
        trial: Some([
            "笔记说 `SYN` 报文段**不能携带数据**。RFC 9293 允许它携带，只是要等连接建立后才交给应用进程\
                （TFO 就利用这一点）；常见的系统通常不带。消耗一个序号则没有争议，在握手实验中可以看到。",
            "The note says that a `SYN` **cannot carry data**. RFC 9293 allows it, delivering the data \
                only once the connection is open (TFO uses this); common stacks usually send none. That \
                it uses one number is beyond dispute: see the handshake.",
        ]),
        experiment: "handshake",
    },
    Claim {
        id: "C05",
        zh: "服务器同意，则回送 `[SYN=1, ACK=1, seq=y, ack=x+1]`：一个报文段既确认又同步。",
        en: "A server that agrees answers `[SYN=1, ACK=1, seq=y, ack=x+1]`: one segment acknowledges and \
            synchronises.",
        notes: &[N2, N3],
        standing: Holds,
        trial: None,
        experiment: "handshake",
    },
    Claim {
        id: "C06",
        zh: "客户端回送 `[ACK=1, seq=x+1, ack=y+1]`，连接已建立；它到达后服务器也建立。",
        en: "The client answers `[ACK=1, seq=x+1, ack=y+1]` and is established; the server is when that \
            arrives.",
        notes: &[N2, N3],
        standing: Holds,
        trial: None,
        experiment: "handshake",
    },
    Claim {
        id: "C07",
        zh: "不携带数据的 `ACK` 不消耗序号：第一个数据字节的序号仍是 x+1。",
        en: "An `ACK` without data uses no number: the first data byte is x+1 again.",
        notes: &[N2],
        standing: Holds,
        trial: None,
        experiment: "handshake",
    },
    Claim {
        id: "C08",
        zh: "SYN_RCVD 一闪而过，除非故意不发送最后一个 `ACK`。",
        en: "SYN_RCVD is too brief to catch, unless the last `ACK` is withheld.",
        notes: &[N3],
        standing: Holds,
        trial: None,
        experiment: "lost-syn-ack",
    },
    Claim {
        id: "C09",
        zh: "两报文握手不行：已失效的连接请求报文段会让服务器打开没有人要的连接。",
        en: "Two segments would not do: a stale request makes the server open a connection nobody asked \
            for.",
        notes: &[N2],
        standing: Holds,
        trial: None,
        experiment: "why-not-two",
    },
    Claim {
        id: "C10",
        zh: "三报文握手时，已失效的连接请求报文段没有害处。",
        en: "With three segments a stale request does no harm.",
        notes: &[N2],
        standing: Imprecise,
        trial: Some([
            "笔记说客户端**不会再次发出确认**，服务器等不到确认就知道了。其实客户端不是沉默：标准要求它用 \
                `RST` 回答意外的 `SYN,ACK`，服务器立即回到 `LISTEN`。在“为什么不是两报文握手”实验中关掉那\
                条规则就能看到。",
            "The note says that the client **does not confirm**, and the server knows by the missing \
                confirmation. In fact the client is not silent: the standard makes it answer the \
                unexpected `SYN,ACK` with `RST`, and the server returns to `LISTEN` at once. See it in \
                “Why not two” with that rule switched off.",
        ]),
        experiment: "why-not-two",
    },
    Claim {
        id: "C11",
        zh: "`SYN`、`SYN,ACK`、第三个报文段丢失，都由超时重传补救。",
        en: "A lost `SYN`, `SYN,ACK` or third segment is repaired by retransmission.",
        notes: &[N2],
        standing: Holds,
        trial: None,
        experiment: "lost-syn-ack",
    },
    Claim {
        id: "C12",
        zh: "同时打开：双方都经过 SYN_RCVD，只建立一个连接。",
        en: "Simultaneous open: both pass SYN_RCVD, and one connection results.",
        notes: &[],
        standing: Holds,
        trial: None,
        experiment: "free",
    },
    Claim {
        id: "C20",
        zh: "任何一端都可以先释放；先释放的是主动关闭的一端。",
        en: "Either end may release first; the one that does is the active closer.",
        notes: &[N0, N3, N4],
        standing: Holds,
        trial: None,
        experiment: "four-way-close",
    },
    Claim {
        id: "C21",
        zh: "第一个报文段：`[FIN=1, ACK=1, seq=u]`，u 是最后一个字节的序号加 1；此后不再发送数据。",
        en: "First: `[FIN=1, ACK=1, seq=u]`, u being the last byte's number plus 1; no more data follows.",
        notes: &[N0, N2, N4],
        standing: Holds,
        trial: None,
        experiment: "four-way-close",
    },
    Claim {
        id: "C22",
        zh: "`FIN` 即使不携带数据，也要消耗一个序号。",
        en: "A `FIN` uses one number even without data.",
        notes: &[N0, N2, N3, N4],
        standing: Holds,
        trial: None,
        experiment: "four-way-close",
    },
    Claim {
        id: "C23",
        zh: "第二个报文段：`[ACK=1, seq=v, ack=u+1]`；被动关闭的一端通知应用进程，这个方向就释放了。",
        en: "Second: `[ACK=1, seq=v, ack=u+1]`; the passive end tells its application, and that direction \
            is released.",
        notes: &[N0, N2, N4],
        standing: Holds,
        trial: None,
        experiment: "four-way-close",
    },
    Claim {
        id: "C24",
        zh: "半关闭：被动关闭的一端仍可发送，主动关闭的一端仍须接收。",
        en: "Half-closed: the passive end may still send, and the active end must still accept.",
        notes: &[N0, N1, N2, N4],
        standing: Holds,
        trial: None,
        experiment: "half-close",
    },
    Claim {
        id: "C25",
        zh: "`FIN` 被确认后，主动关闭的一端等待对方的 `FIN`。",
        en: "Its `FIN` acknowledged, the active end waits for the other `FIN`.",
        notes: &[N0, N2, N3, N4],
        standing: Holds,
        trial: None,
        experiment: "four-way-close",
    },
    Claim {
        id: "C26",
        zh: "第三个报文段：`[FIN=1, ACK=1, seq=w, ack=u+1]`。",
        en: "Third: `[FIN=1, ACK=1, seq=w, ack=u+1]`.",
        notes: &[N0, N2, N4],
        standing: Imprecise,
        trial: Some([
            "有一篇笔记把它的确认号印成 `ack=v+1`，那是错的：主动关闭的一端在 u 之后没有再发送任何东西，所\
                以确认号仍是 `ack=u+1`。在四报文挥手实验中可以读到。",
            "One note prints its acknowledgement as `ack=v+1`, which is wrong: the active end has sent \
                nothing after u, so it is still `ack=u+1`. Read it in the four-way close.",
        ]),
        experiment: "four-way-close",
    },
    Claim {
        id: "C27",
        zh: "第四个报文段：`[ACK=1, seq=u+1, ack=w+1]`；主动关闭的一端等 2MSL，然后撤销 TCB。",
        en: "Fourth: `[ACK=1, seq=u+1, ack=w+1]`; the active end waits 2MSL, then deletes its TCB.",
        notes: &[N0, N2, N4],
        standing: Holds,
        trial: None,
        experiment: "four-way-close",
    },
    Claim {
        id: "C28",
        zh: "被动关闭的一端一收到确认就关闭，结束时间早一些。",
        en: "The passive end is closed as soon as that ACK arrives, so it ends earlier.",
        notes: &[N0, N4],
        standing: Holds,
        trial: None,
        experiment: "four-way-close",
    },
    Claim {
        id: "C29",
        zh: "为什么等 2MSL（一）：最后的 `ACK` 可能丢失，`FIN` 会重传，要再次确认并重启 2MSL 计时器。",
        en: "Why 2MSL, one: the last `ACK` may be lost; the `FIN` comes again, is answered again, and \
            2MSL restart.",
        notes: &[N0, N1, N2, N3, N4],
        standing: Holds,
        trial: None,
        experiment: "lost-last-ack",
    },
    Claim {
        id: "C30",
        zh: "没有 TIME_WAIT，重传的 `FIN` 会得到 `RST`，正常的释放被当作错误。",
        en: "Without TIME_WAIT the repeated `FIN` would draw `RST`, and a clean close would look like an \
            error.",
        notes: &[N1],
        standing: Holds,
        trial: None,
        experiment: "no-time-wait",
    },
    Claim {
        id: "C31",
        zh: "为什么等 2MSL（二）：让本连接的所有报文段从网络中消失，不会出现在新的连接中。",
        en: "Why 2MSL, two: every segment of this connection dies out, so none turns up in a new one.",
        notes: &[N0, N1, N2, N4],
        standing: Holds,
        trial: None,
        experiment: "no-time-wait",
    },
    Claim {
        id: "C32",
        zh: "建立用三个、释放用四个：`SYN` 和 `ACK` 一起走，`FIN` 只说明一个方向结束，通常要分开发送。",
        en: "Three to open, four to close: `SYN` and `ACK` travel together; a `FIN` ends one direction \
            only, so it usually travels apart.",
        notes: &[N0, N3, N4],
        standing: Holds,
        trial: None,
        experiment: "four-way-close",
    },
    Claim {
        id: "C33",
        zh: "没有数据要发送时，`ACK` 和 `FIN` 可以合在一个报文段，FIN_WAIT_1 直接进入 TIME_WAIT。",
        en: "With nothing left to send, `ACK` and `FIN` can share a segment: FIN_WAIT_1 goes straight to \
            TIME_WAIT.",
        notes: &[N3],
        standing: Holds,
        trial: None,
        experiment: "fin-and-ack-in-one",
    },
    Claim {
        id: "C34",
        zh: "不能三次挥手：没有最后的 `ACK`，被动关闭的一端不知道自己的释放是否到达。",
        en: "Not three: without the last `ACK` the passive end cannot know that its release arrived.",
        notes: &[N2],
        standing: Holds,
        trial: None,
        experiment: "four-way-close",
    },
    Claim {
        id: "C35",
        zh: "双方几乎同时关闭：都经过 FIN_WAIT_1、CLOSING、TIME_WAIT。",
        en: "Both close at nearly the same time: both pass FIN_WAIT_1, CLOSING and TIME_WAIT.",
        notes: &[N0, N3],
        standing: Holds,
        trial: None,
        experiment: "simultaneous-close",
    },
    Claim {
        id: "C36",
        zh: "FIN_WAIT_1 比较难见到，FIN_WAIT_2 常常可以看到。",
        en: "FIN_WAIT_1 is rarely seen, FIN_WAIT_2 often.",
        notes: &[N3],
        standing: Holds,
        trial: None,
        experiment: "half-close",
    },
    Claim {
        id: "C37",
        zh: "一端可以一直停在 FIN_WAIT_2，另一端停在 CLOSE_WAIT，直到应用进程决定关闭。",
        en: "One end can sit in FIN_WAIT_2 and the other in CLOSE_WAIT until the application decides.",
        notes: &[N0],
        standing: Imprecise,
        trial: Some([
            "笔记说可以**一直**停下去。标准确实没有规定上限；但应用进程已经离开的 FIN_WAIT_2，常见的系统会\
                在一段时间后放弃（Linux 为 60 秒）。",
            "The note says **for ever**. The standard indeed sets no limit, but common stacks give up a \
                FIN_WAIT_2 whose application has left after a while (Linux: 60 s).",
        ]),
        experiment: "half-close",
    },
    Claim {
        id: "C38",
        zh: "打电话的比喻：“我说完了”“知道了”……“我也说完了”“知道了”。",
        en: "The telephone: “I have nothing more to say” – “I see” – … – “I am done too” – “I see”.",
        notes: &[N4],
        standing: Holds,
        trial: None,
        experiment: "four-way-close",
    },
    Claim {
        id: "C40",
        zh: "十一个状态各自在等待什么。",
        en: "What each of the eleven states waits for.",
        notes: &[N0, N3],
        standing: Imprecise,
        trial: Some([
            "有一篇笔记的简表把 TIME_WAIT 和 CLOSE_WAIT 的说明写反了，把 LAST_ACK 说成“等待所有分组死掉”，\
                还说 FIN_WAIT_2 的一端自己还有数据要发送。标准是：LAST_ACK 等待最后的确认，TIME_WAIT 才等\
                报文段消失；在 FIN_WAIT_2，还可能有数据的是**对方**。",
            "One note's short table swaps TIME_WAIT and CLOSE_WAIT, says LAST_ACK waits for all packets \
                to die, and says that an end in FIN_WAIT_2 itself still has data to send. By the \
                standard LAST_ACK waits for the last acknowledgement and TIME_WAIT for the segments to \
                die; in FIN_WAIT_2 it is **the other end** that may have data.",
        ]),
        experiment: "half-close",
    },
    Claim {
        id: "C41",
        zh: "CLOSE_WAIT 长时间存在，是应用进程没有调用 close()。",
        en: "A long CLOSE_WAIT means that the application has not called close().",
        notes: &[N1, N3],
        standing: Holds,
        trial: None,
        experiment: "half-close",
    },
    Claim {
        id: "C42",
        zh: "netstat、ss、ipvsadm 列出这些状态；哪一种堆积，就说明哪里有问题。",
        en: "netstat, ss and ipvsadm list these states; which one piles up tells what is wrong.",
        notes: &[N3],
        standing: Holds,
        trial: None,
        experiment: "free",
    },
    Claim {
        id: "C43",
        zh: "端口还在 TIME_WAIT 时不能再绑定，服务器重启会失败：地址已被使用。",
        en: "While a port is in TIME_WAIT it cannot be bound again: a restarted server fails with \
            “address in use”.",
        notes: &[N0, N1],
        standing: Holds,
        trial: None,
        experiment: "free",
    },
    Claim {
        id: "C44",
        zh: "SO_REUSEADDR 让服务器可以立即绑定。",
        en: "SO_REUSEADDR lets the server bind at once.",
        notes: &[N1],
        standing: Holds,
        trial: None,
        experiment: "free",
    },
    Claim {
        id: "C45",
        zh: "平静时间：重启之后先等一等再打开连接。",
        en: "Quiet time: after a restart, wait before opening.",
        notes: &[N0],
        standing: Imprecise,
        trial: Some([
            "笔记说重启之后要等 2MSL。标准说的是：主机崩溃而**丢失了序号的记忆**时，才需要平静时间，长度是\
                一个 MSL；现在的系统可以不等，因为初始序号由时钟和密钥算出。",
            "The note asks for a wait after a restart. The standard asks for it only where a crash **lost \
                the memory of sequence numbers**, and for one MSL; today's stacks may skip it, for \
                initial numbers come from a clock and a secret.",
        ]),
        experiment: "half-open",
    },
    Claim {
        id: "C46",
        zh: "MSL 由实现决定，笔记的建议值是 2 分钟。",
        en: "MSL is the implementation's choice; the notes' figure is 2 minutes.",
        notes: &[N0, N1, N2, N4],
        standing: Imprecise,
        trial: Some([
            "有一篇笔记说 2 分钟出自 RFC 1122，其实出自 RFC 793，现在是 RFC 9293 §3.4.2。Linux 的 \
                TIME_WAIT 总共只等 60 秒。",
            "One note credits RFC 1122 with the 2 minutes; they are RFC 793's, now RFC 9293 §3.4.2. Linux \
                waits 60 s in TIME_WAIT altogether.",
        ]),
        experiment: "four-way-close",
    },
    Claim {
        id: "C50",
        zh: "shutdown(SHUT_WR) 半关闭：发送 `FIN`，继续接收。",
        en: "shutdown(SHUT_WR) half-closes: the `FIN` goes out, receiving goes on.",
        notes: &[N1],
        standing: Holds,
        trial: None,
        experiment: "half-close",
    },
    Claim {
        id: "C51",
        zh: "shutdown(SHUT_RD)：不再读取，接收缓冲区中的数据悄悄丢弃。",
        en: "shutdown(SHUT_RD): nothing more is read, buffered data is silently dropped.",
        notes: &[N1],
        standing: Imprecise,
        trial: Some([
            "笔记说数据一律丢弃。各种系统做法不同：Linux 仍然确认，也仍然让应用进程读出排队的数据。相同的\
                是：对方不会得到任何通知。",
            "The note says the data is always dropped. Stacks differ: Linux still acknowledges and still \
                lets queued data be read. What they share: the peer is told nothing.",
        ]),
        experiment: "free",
    },
    Claim {
        id: "C52",
        zh: "shutdown(SHUT_RDWR)：两个方向都关闭。",
        en: "shutdown(SHUT_RDWR): both directions.",
        notes: &[N1],
        standing: Holds,
        trial: None,
        experiment: "free",
    },
    Claim {
        id: "C53",
        zh: "半打开连接：一端已不在，另一端不知道；只要没有人发送，就发现不了。",
        en: "Half-open: one end is gone and the other does not know; as long as nobody sends, nobody \
            notices.",
        notes: &[N1],
        standing: Holds,
        trial: None,
        experiment: "half-open",
    },
    Claim {
        id: "C54",
        zh: "对方重启后，在半打开连接上写数据会得到 `RST`：connection reset by peer。",
        en: "Writing into a half-open connection after the other end restarted brings `RST`: connection \
            reset by peer.",
        notes: &[N1],
        standing: Holds,
        trial: None,
        experiment: "half-open",
    },
    Claim {
        id: "C55",
        zh: "连接没有进程监听的端口，立即得到 `RST`。",
        en: "Connecting to a port nobody listens on brings `RST` at once.",
        notes: &[N1],
        standing: Holds,
        trial: None,
        experiment: "free",
    },
    Claim {
        id: "C56",
        zh: "连接 TIME_WAIT 状态占用的端口会得到 `RST`。",
        en: "Connecting to a port whose old connection is in TIME_WAIT brings `RST`.",
        notes: &[N1],
        standing: Wrong,
        trial: Some([
            "笔记说会得到 `RST`，一般来说不对：有进程监听时，序号较大的新 `SYN` 可以被接受（RFC 1122 \
                §4.2.2.13，RFC 6191），否则对方回以确认，由客户端发送 `RST`；只有没有进程监听时才直接得\
                到 `RST`。",
            "The note promises `RST`, which is wrong in general: a listening server may take a new `SYN` \
                with a greater number (RFC 1122 §4.2.2.13, RFC 6191), or answers with an ACK that makes \
                the client send `RST`. Only with no listener does `RST` come back directly.",
        ]),
        experiment: "free",
    },
    Claim {
        id: "C57",
        zh: "SO_LINGER 打开且时间为 0：close() 丢弃发送缓冲区并发送 `RST`；收到 `RST` 的一端不回答。",
        en: "SO_LINGER on with time 0: close() throws the send buffer away and sends `RST`, which is \
            never answered.",
        notes: &[N1],
        standing: Holds,
        trial: None,
        experiment: "free",
    },
    Claim {
        id: "C58",
        zh: "连接建立之前请求超时（SO_RCVTIMEO），以 `RST` 结束。",
        en: "A request that times out (SO_RCVTIMEO) before the open completed ends with `RST`.",
        notes: &[N1],
        standing: Imprecise,
        trial: Some([
            "笔记说超时会发送 `RST`。接收超时本身什么也不发送；`RST` 来自程序随后的关闭，或者来自迟到的 \
                `SYN,ACK` 找不到 TCB。",
            "The note says that the time-out sends `RST`. The receive time-out itself sends nothing; the \
                `RST` comes when the program then closes, or from a late `SYN,ACK` that finds no TCB.",
        ]),
        experiment: "free",
    },
    Claim {
        id: "C59",
        zh: "保活计时器：两小时没有收到报文段就发送探测报文段，每隔 75 秒一次，10 个没有回答就放弃。",
        en: "Keepalive: after two hours of silence probes go out, one every 75 s; after 10 unanswered \
            ones the connection is given up.",
        notes: &[N0, N2, N4],
        standing: Imprecise,
        trial: Some([
            "有一篇笔记把间隔印成 75 分钟，应为 75 **秒**。保活不是标准必需的，默认关闭，空闲时间不少于两\
                小时。",
            "One note prints 75 minutes; it is 75 **seconds**. Keepalive is optional, off by default, and \
                waits two hours at least.",
        ]),
        experiment: "half-open",
    },
    Claim {
        id: "C60",
        zh: "没有保活，客户端故障会让服务器一直白白等待。",
        en: "Without keepalive a dead client would tie up the server for ever.",
        notes: &[N0, N2, N4],
        standing: Holds,
        trial: None,
        experiment: "half-open",
    },
    Claim {
        id: "C70",
        zh: "重传时间从 1 秒开始，每次加倍；次数用尽后得到超时错误。",
        en: "The RTO starts at 1 s and doubles; after the retry limit comes a time-out error.",
        notes: &[],
        standing: Holds,
        trial: None,
        experiment: "lost-syn-ack",
    },
    Claim {
        id: "C71",
        zh: "序号恰好的 `RST` 才可信；窗口内的引来质询，窗口外的丢弃。",
        en: "An `RST` is believed only when exact; in the window it is challenged, outside it is dropped.",
        notes: &[],
        standing: Holds,
        trial: None,
        experiment: "half-open",
    },
    Claim {
        id: "C72",
        zh: "已建立的连接上的 `SYN` 引来质询；重启的客户端的新 `SYN` 就这样清除半打开连接。",
        en: "A `SYN` on an open connection is challenged; so a rebooted client's `SYN` clears a half-open \
            one.",
        notes: &[],
        standing: Holds,
        trial: None,
        experiment: "half-open",
    },
    Claim {
        id: "C73",
        zh: "TIME-WAIT 可能被 `RST` 提前结束（RFC 1337）。",
        en: "TIME-WAIT may be cut short by an `RST` (RFC 1337).",
        notes: &[],
        standing: Holds,
        trial: None,
        experiment: "free",
    },
    Claim {
        id: "C74",
        zh: "SYN 洪泛占满等待队列；SYN cookie 让服务器不留状态也能回答。",
        en: "A SYN flood fills the backlog; SYN cookies let the server answer without state.",
        notes: &[],
        standing: Holds,
        trial: None,
        experiment: "lost-syn-ack",
    },
    Claim {
        id: "C75",
        zh: "零窗口：发送方定时探测，只要有回答，连接就保持。",
        en: "Zero window: the sender probes; the connection stays up as long as probes are answered.",
        notes: &[],
        standing: Holds,
        trial: None,
        experiment: "free",
    },
    Claim {
        id: "C76",
        zh: "失序、重复的报文段靠序号归位；损坏的靠检验和丢弃。",
        en: "Out of order or repeated segments are put right by numbers; corrupted ones are dropped by \
            the checksum.",
        notes: &[],
        standing: Holds,
        trial: None,
        experiment: "free",
    },
    Claim {
        id: "C77",
        zh: "初始序号随时钟和密钥变化，旧的和伪造的报文段很难符合。",
        en: "Initial numbers move with a clock and a secret, so old and forged segments rarely fit.",
        notes: &[],
        standing: Holds,
        trial: None,
        experiment: "no-time-wait",
    },
    Claim {
        id: "C78",
        zh: "应用进程从不读取、从不关闭时，对方会看到什么。",
        en: "What the peer sees when an application never reads or never closes.",
        notes: &[],
        standing: Holds,
        trial: None,
        experiment: "half-close",
    },
    Claim {
        id: "C79",
        zh: "用户超时和重传次数的上限决定沉默的网络能忍受多久。",
        en: "The user time-out and the retry limits decide how long a silent network is survived.",
        notes: &[],
        standing: Holds,
        trial: None,
        experiment: "half-open",
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{experiments, template};
    use tcp::Rule;

    #[test]
    fn ids_are_in_order_and_once() {
        assert!(CLAIMS.windows(2).all(|pair| pair[0].id < pair[1].id));
    }

    #[test]
    fn a_claim_on_trial_has_its_trial_and_no_other_has() {
        for claim in CLAIMS {
            for lang in Lang::ALL {
                assert_eq!(claim.standing != Holds, claim.trial(lang).is_some(), "{}", claim.id);
            }
        }
    }

    #[test]
    fn every_claim_of_a_rule_exists() {
        for rule in Rule::ALL {
            for id in rule.claims() {
                assert!(Claim::find(id).is_some(), "{rule} names {id}");
            }
        }
    }

    #[test]
    fn every_claim_names_an_experiment_that_exists() {
        for claim in CLAIMS {
            assert!(experiments::find(claim.experiment).is_some(), "{} names {}", claim.id, claim.experiment);
        }
    }

    #[test]
    fn wordings_are_templates_without_slots() {
        for claim in CLAIMS {
            for lang in Lang::ALL {
                for text in [Some(claim.wording(lang)), claim.trial(lang)].into_iter().flatten() {
                    assert!(
                        template::slots(text, false).is_ok_and(|slots| slots.is_empty()),
                        "{}: {text}",
                        claim.id
                    );
                }
            }
        }
    }
}
