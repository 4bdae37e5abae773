//! What the page itself says. Two languages side by side: a message without one of them does not compile.
//!
//! What is said *about TCP* is in the course; here are only names of controls, headings and short phrases.

use yew::AttrValue;

use crate::lang::{HostId, Lang};
use crate::texts;
use course;
use lab::net::By;
use tcp::IcmpKind;
use tcp::time::{Duration, Instant};

/// Defines the messages and both languages together. The page's program has only the names, see [`texts`].
macro_rules! messages {
    ($($name:ident $zh:literal $en:literal;)+) => {
        /// A fixed text of the page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each is documented by its text")]
        pub enum Msg { $($name,)+ }

        impl Msg {
            /// Every message.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The names of all, in order.
            pub(super) const NAMES: &'static str = concat!($(stringify!($name), " "),+);

            /// The message as it is written here.
            pub(super) const fn written(self, lang: Lang) -> &'static str {
                match lang {
                    Lang::ZhHans => match self { $(Self::$name => $zh,)+ },
                    Lang::En => match self { $(Self::$name => $en,)+ },
                }
            }

            /// The message in `lang`.
            #[must_use]
            pub fn in_lang(self, lang: Lang) -> &'static str {
                texts::message(self, lang)
            }

            /// The message in `lang`, as components take it.
            #[must_use]
            pub fn text(self, lang: Lang) -> AttrValue {
                AttrValue::Static(self.in_lang(lang))
            }
        }
    };
}

messages! {
    // The page
    Title "TCP 状态实验室" "TCP State Lab";
    SkipToControls "跳到播放控制" "Skip to the playback controls";
    ListComma "、" ", ";
    Close "关闭" "Close";
    Experiment "实验" "Experiment";
    Notation "序号写法" "Numbers";
    NotationSymbolic "x, y, u, v, w" "x, y, u, v, w";
    NotationRelative "相对序号" "Relative";
    NotationRaw "原始序号" "Raw";
    Theme "外观" "Theme";
    ThemeAuto "跟随系统" "As the system";
    ThemeLight "浅色" "Light";
    ThemeDark "深色" "Dark";
    ThemeContrast "高对比度" "High contrast";
    Share "分享" "Share";
    Settings "设置" "Settings";
    Help "帮助" "Help";
    Goal "目标" "Goal";
    NextHint "下一步" "Next";
    Log "每一步" "Each step";
    Views "视图" "Views";
    Notices "提示" "Notices";
    Dismiss "知道了" "Dismiss";
    LanguageMissing "另一种语言的文字还没有下载。请稍后再试；如果一直不行，请重新加载页面。" "The texts of the other language have not been downloaded yet. Try again in a moment; if that does not help, reload the page.";

    // The diagram
    StateDiagram "状态转换图" "State diagram";
    DiagramHelp "状态转换图。用方向键沿着边移动，按回车键查看解释。" "State diagram. Arrow keys move along the edges, Enter explains.";
    ActiveClose "主动关闭" "active close";
    PassiveClose "被动关闭" "passive close";
    AsTable "表格" "As a table";
    TwinCaption "每个状态：谁在这里，接下来可能发生什么" "Each state: who is there, and what can happen next";
    State "状态" "State";
    WhoIsThere "谁在这里" "Who is there";
    WhatCanHappen "接下来可能发生（事件 / 动作 → 状态）" "What can happen next (event / action → state)";

    // The ladder
    Ladder "时序图" "Ladder";
    LadderLong "时序图：报文段，时间向下" "Ladder: the segments, time runs downwards";
    InFlight "在途报文段" "In flight";
    NothingInFlight "没有在途的报文段" "Nothing is in flight";
    Now "现在" "now";
    DeliverNow "立即送达" "Deliver now";
    Drop "丢弃" "Drop";
    Delay "延迟" "Delay";
    Duplicate "复制" "Duplicate";
    Hold "扣住" "Hold";
    Release "放行" "Release";
    Reorder "与后一个对调" "Swap with next";
    Corrupt "损坏" "Corrupt";
    LookInside "查看首部" "Look inside";
    DelayBySeconds "延迟秒数" "Seconds to delay";
    Seconds "秒" "s";
    Held "已扣住" "held";
    Corrupted "已损坏" "corrupted";
    Stale "旧连接" "old connection";
    Retransmitted "重传" "again";
    Copy "副本" "copy";
    Field "字段" "Field";
    Value "值" "Value";
    Bits "位" "Bits";
    BytesInHex "十六进制字节" "Bytes in hex";
    JumpToEnd "跳到它到期" "Jump to its end";
    LadderEmpty "按“播放”或“单步”，报文段会出现在这里。" "Press Play or Step: the segments will appear here.";
    SegmentTable "报文段，按发送顺序" "The segments, in the order of sending";
    SentAt "发送时刻" "Sent at";
    From "发送方" "From";
    Segment "报文段" "Segment";
    Fate "结果" "What became of it";
    OnItsWay "在途" "on its way";
    ArrivedAt "到达" "arrived";
    TooMany "太密，更早的报文段未画出" "Too many at once: the earlier ones are not drawn";
    Earlier "更早" "Earlier";
    Later "更晚" "Later";
    ToPresent "回到现在" "To the present";
    PartOfRun "画出的时段" "Part shown";

    // The hosts
    Hosts "主机" "Hosts";
    Client "客户端" "Client";
    Server "服务器" "Server";
    HostIsDown "主机已崩溃" "Host is down";
    NoSocket "没有套接字" "No socket";
    Calls "套接字调用" "Socket calls";
    LastCall "上一次调用" "Last call";
    Data "应用数据（字节）" "Application data (bytes)";
    Sent "已发送" "Sent";
    Unacked "未确认" "Unacked";
    Received "已收到" "Received";
    Unread "未读" "Unread";
    Sockets "套接字表" "Sockets";
    Tcb "传输控制块 TCB" "TCB";
    Variable "变量" "Variable";
    Timers "计时器" "Timers";
    Remaining "还有" "left:";
    Machine "主机与线路" "Machine and cable";
    Crash "崩溃" "Crash";
    Restart "重启" "Restart";
    CutCable "切断线路" "Cut the cable";
    MendCable "接通线路" "Mend the cable";
    Program "程序" "Program";
    ProgramNone "不运行程序" "No program";
    ProgramEcho "回显服务器" "Echo server";
    ProgramSink "只收不发" "Sink";
    ProgramNeverCloses "从不关闭" "Never closes";
    MoreCalls "其他调用" "More calls";
    TextToSend "要发送的文本" "Text to send";
    SocketOption "套接字选项" "Socket option";
    OptionValue "选项的值" "Value of the option";

    // Timers
    TimerRetransmission "RTO" "RTO";
    TimerPersist "坚持" "Persist";
    TimerTimeWait "2MSL" "2MSL";
    TimerUserTimeout "用户超时" "User timeout";
    TimerDelayedAck "推迟确认" "Delayed ACK";
    TimerKeepalive "保活" "Keepalive";
    TimerFinWait2 "FIN-WAIT-2" "FIN-WAIT-2";
    TimerRetransmissionLong "重传计时器" "Retransmission";
    TimerPersistLong "坚持计时器" "Persist timer";
    TimerTimeWaitLong "2MSL 计时器" "2MSL timer";
    TimerUserTimeoutLong "用户超时" "User time-out";
    TimerDelayedAckLong "推迟确认计时器" "Delayed-ACK timer";
    TimerKeepaliveLong "保活计时器" "Keepalive timer";
    TimerFinWait2Long "FIN-WAIT-2 计时器" "FIN-WAIT-2 timer";

    // The explanation
    Explanation "解释" "Explanation";
    Happened "发生了什么" "What happened";
    Why "为什么" "Why";
    Otherwise "如果不这样" "Otherwise";
    WhatNow "现在" "Now";
    Waiting "在等什么" "Waiting for";
    OnTrial "存疑" "On trial";
    Checks "逐项检查" "Checks";
    Passed "通过" "passed";
    Failed "未通过" "failed";
    DoThisExperiment "做这个实验" "Do this experiment";
    BackToLatest "回到最新一步" "Back to the latest step";
    Sources "出自笔记" "From the notes";
    Clauses "标准条款" "Clauses of the standards";
    Question "先想一想" "Think first";
    Answer "提交" "Answer";
    SkipQuestion "不答，继续" "Go on without answering";
    Correct "答对了" "Right";
    Incorrect "不对" "Not so";
    VerdictPending "送达之后揭晓" "The run will tell";

    WhatToDo "先做什么" "First";
    HowTo "怎样操作" "How";
    HowToText "按**播放**或**单步**；在时序图上选中途中的报文段，就能丢弃、延迟、复制或损坏它；主机面板上是真正的套接字调用。" "Press **Play** or **Step**. Choose a segment on its way on the ladder to drop, delay, duplicate or corrupt it. The host panels make real socket calls.";
    Quiet "此刻没有报文段在途" "Quiet: nothing is in flight";
    NothingLeft "两端都没有连接，也没有计时器在运行。" "Neither end has a connection, and no timer runs.";
    LastStep "看上一步的解释" "Explain the last step";
    WhyWasItSent "它为什么被发送？" "Why was it sent?";
    WhenSeen "什么时候见到" "When one meets it";
    WhatCanHappenShort "接下来" "What can come next";
    EventAndAction "事件 / 动作" "Event / action";
    WhatItMeans "含义" "What it means";
    EndOfFile "文件结束：对方不再发送" "end of file: the other end sends no more";
    CallWaits "还在等待" "still waiting";
    BadChecksum "校验和不对" "checksum ✕";
    EventCrashed "崩溃" "crashed";
    EventRestarted "已重启" "restarted";
    EventCableCut "线路切断" "cable cut";
    EventCableMended "线路接通" "cable mended";

    // The transport
    Transport "播放控制" "Playback";
    Play "播放" "Play";
    Pause "暂停" "Pause";
    Step "单步" "Step";
    Back "后退" "Back";
    ToNextEvent "到下一事件" "Next event";
    Speed "速度" "Speed";
    Restart0 "重新开始" "Start over";
    Timeline "时间线" "Timeline";
    VirtualTime "虚拟时间" "Virtual time";
    Branches "分支" "Branches";
    MainBranch "主线" "Main";

    // Sockets
    ShowSocket "在面板中显示这个套接字" "Show this socket in the panel";

    // Dialogs
    SettingsIntro "这些都是标准允许选择的，改动从现在起生效。" "The standards leave all of these open. A change counts from now on.";
    Msl "MSL（秒）" "MSL (s)";
    MslMeans "报文段最长寿命；TIME-WAIT 持续它的两倍" "The longest life of a segment; TIME-WAIT lasts twice as long";
    LatencyMs "单程时延（毫秒）" "One-way latency (ms)";
    LatencyMsMeans "这台主机发出的报文段在途多久" "How long a segment from this host is on its way";
    LossPerMille "丢失率（‰）" "Loss (‰)";
    LossPerMilleMeans "这台主机发出的报文段，平均一千个丢几个" "How many of a thousand segments from this host are lost";
    Rfc5961 "RFC 5961：防盲攻击的质询 ACK" "RFC 5961: challenge ACKs against blind attacks";
    Rfc5961Means "窗口内的 RST 和 SYN 不直接相信，先问一问对方" "An RST or SYN in the window is not believed at once: ask the peer";
    Rfc1337 "RFC 1337：TIME-WAIT 忽略 RST" "RFC 1337: ignore RST in TIME-WAIT";
    Rfc1337Means "旧的 RST 不能提前结束 TIME-WAIT" "An old RST cannot end TIME-WAIT early";
    ReceiveBuffer "接收缓冲区（字节）" "Receive buffer (bytes)";
    ReceiveBufferMeans "还没读的数据最多这么多，窗口也不会更大；超过 65535 要用窗口扩大" "So much may wait to be read; the window is never larger. Beyond 65535 it takes window scale";
    SendBuffer "发送缓冲区（字节）" "Send buffer (bytes)";
    SendBufferMeans "等待发送和确认的数据最多这么多" "So much may wait to be sent or acknowledged";
    UserTimeout "用户超时（秒，0 为不设）" "User time-out (s, 0 for none)";
    UserTimeoutMeans "数据这么久得不到确认，就放弃连接" "With data unacknowledged for so long the connection is given up";
    SynRetries "SYN 重传次数" "SYN retries";
    SynRetriesMeans "重传这么多次仍无回答，就放弃打开" "After so many repeats without an answer the open is given up";
    DataRetries "数据重传次数" "Data retries";
    DataRetriesMeans "重传这么多次仍无确认，就放弃连接" "After so many repeats without an ACK the connection is given up";
    MoreSettings "更多选项" "More options";
    AckDelay "推迟确认（毫秒，0 为立即确认）" "Delayed ACK (ms, 0 for at once)";
    AckDelayMeans "等一等，看能否让确认搭数据的车；不到半秒" "Wait a little for data to carry the ACK; less than half a second";
    FinWait2Limit "FIN-WAIT-2 时限（秒，0 为不限）" "FIN-WAIT-2 limit (s, 0 for none)";
    FinWait2LimitMeans "程序已不在时，不再一直等对方的 FIN" "With the program gone, do not wait for the peer's FIN for ever";
    KeepaliveIdle "保活：空闲多久开始探测（秒）" "Keep-alive: idle before probing (s)";
    KeepaliveIdleMeans "标准要求默认至少两小时" "The standard asks for two hours or more by default";
    KeepaliveInterval "保活：探测间隔（秒）" "Keep-alive: between probes (s)";
    KeepaliveIntervalMeans "没有回答时，隔这么久再探测" "Without an answer the next probe comes after so long";
    KeepaliveProbes "保活：探测次数" "Keep-alive: probes";
    KeepaliveProbesMeans "这么多次都没有回答，就放弃连接" "After so many without an answer the connection is given up";
    ChallengeLimit "5 秒内最多回答几个可疑报文段（0 为不限）" "Doubtful segments answered in 5 s (0 for all)";
    ChallengeLimitMeans "可疑的报文段太多时，不再逐个回答" "When too many segments are doubtful, not each is answered";
    InitialSegments "初始拥塞窗口（报文段，0 为按 RFC 5681）" "Initial window (segments, 0 for RFC 5681)";
    InitialSegmentsMeans "拥塞控制一开始可以连发几个报文段" "How many segments congestion control lets out at first";
    Mtu "MTU（字节）" "MTU (bytes)";
    MtuMeans "线路能装下的最大 IP 数据报；MSS 比它小 40" "The largest IP datagram of the link; the MSS is 40 less";
    Ttl "TTL（跳）" "TTL (hops)";
    TtlMeans "写进 IP 首部的生存时间：报文最多经过多少台路由器" "The time to live in the IP header: how many routers a packet may pass";
    Keepalive "SO_KEEPALIVE：保活" "SO_KEEPALIVE: keep-alive probes";
    KeepaliveMeans "空闲很久后发探测报文段，看对方还在不在" "After long idleness probes ask whether the peer is still there";
    KeepaliveOctet "保活探测带一个字节" "Keep-alive probes carry an octet";
    KeepaliveOctetMeans "给只回答有数据的报文段的很老的主机；标准默认不带" "For very old hosts that answer only segments with data; off by the standard";
    AggregateAcks "同时到达的报文段一并确认" "One ACK for what arrives together";
    AggregateAcksMeans "同一时刻到达的，都看过之后才确认" "All that arrives at one instant is looked at first";
    Nagle "Nagle 算法：短报文段等确认" "Nagle: small segments wait for the ACK";
    NagleMeans "还有数据未确认时，小的报文段先等着" "Small segments wait while data is unacknowledged";
    CongestionControl "拥塞控制：慢开始、快重传" "Congestion control: slow start, fast retransmit";
    CongestionControlMeans "关闭时只看接收窗口" "Off, only the receive window counts";
    Sack "SACK：选择确认" "SACK: selective acknowledgement";
    SackMeans "接收方说明收到了哪几段、哪段重复，只重传缺的" "The receiver names what it has and what came twice; only what is missing is repeated";
    Timestamps "时间戳与 PAWS" "Timestamps and PAWS";
    TimestampsMeans "每个报文段带时间：量往返时间，认出序号绕回的旧报文段" "Each segment carries a time: it measures round trips and exposes old segments whose numbers came round";
    WindowScale "窗口扩大" "Window scale";
    WindowScaleMeans "窗口可以大于 65535 字节；两端都要打开，缓冲区也要更大" "Windows may exceed 65535 bytes, with this at both ends and a larger buffer";
    SynCookies "SYN cookie：等待队列满时使用" "SYN cookies when the backlog is full";
    SynCookiesMeans "不保存半开连接，所需信息编进初始序号" "No half-open connection is kept: the initial number holds all that is needed";
    ReopenFromTimeWait "TIME-WAIT 允许新的 SYN 重开" "A newer SYN may reopen from TIME-WAIT";
    QuietTime "重启后平静时间（一个 MSL）" "Quiet time after a restart (one MSL)";
    QuietTimeMeans "等旧报文段消失再收发" "Nothing is sent or heard until old segments have died";
    IcmpHardAborts "ICMP 硬差错中断已建立的连接" "Hard ICMP errors end open connections";
    IcmpHardAbortsMeans "伪造的报告也就能中断连接" "A forged report can then end a connection, too";
    DropSynFin "丢弃同时带 SYN 和 FIN 的报文段" "Drop segments with SYN and FIN";
    DisputedSettings "各种系统做法不同之处" "Where stacks disagree";
    RefuseInTimeWait "TIME-WAIT 用 RST 拒绝 SYN" "RST for a SYN in TIME-WAIT";
    IgnoreSynAckAtListen "监听中收到 SYN,ACK 不回 RST" "No RST for a SYN,ACK at LISTEN";
    SynAgainAtOnce "SYN-SENT 收到错误的确认后立即重发 SYN" "SYN again at once after a wrong ACK in SYN-SENT";
    FinAgainWithAck "同时关闭时再发一次 FIN" "FIN once more when both close at once";
    ResetWhileOpening "同时打开时被 RST：ECONNRESET" "RST during a simultaneous open: ECONNRESET";
    EpipeInCloseWait "CLOSE-WAIT 收到 RST：EPIPE" "RST in CLOSE-WAIT: EPIPE";
    FinWithUnreadData "关闭时还有数据未读，也发送 FIN" "FIN for a close() with data unread";
    KeepTextAfterShutdown "SHUT_RD 之后的数据仍可读取" "Data after SHUT_RD can be read";
    DelayAckOfFin "FIN 的确认也可以推迟" "The ACK of a FIN may be delayed, too";
    SynLinearRetries "前四次重传 SYN 等待不加倍" "The first four repeats of a SYN do not double the wait";
    IgnoreTextOnSyn "忽略随 SYN 到来的数据" "Ignore text on a SYN";
    LinkRules "线路的固定规则" "Standing rules of the link";
    LinkRulesIntro "对以后发出的报文段自动生效；用过一次的规则自动撤销。" "They act on segments still to be sent; a rule for one segment goes when it is used.";
    NoLinkRules "没有固定规则。" "There are no standing rules.";
    RemoveLinkRule "撤销" "Remove";
    ClearLinkRules "撤销全部规则" "Remove all rules";
    AddLinkRule "添加规则" "Add the rule";
    RuleNth "第几个" "Which one";
    RuleFrom "发送方" "Sender";
    RuleMatches "报文段" "Segment";
    RuleVerdict "处理" "What to do";
    RuleFirst "第一个" "the first";
    RuleSecond "第二个" "the second";
    RuleThird "第三个" "the third";
    RuleEvery "每一个" "every";
    RuleAny "报文段（不限）" "segment of any kind";
    RuleText "数据" "data segment";
    RulePureAck "纯 ACK" "pure ACK";
    DelayOneSecond "延迟 1 秒" "Delay by 1 s";
    IcmpReport "ICMP 报告" "ICMP report";
    IcmpSoft "软差错" "soft";
    IcmpHard "硬差错" "hard";
    IcmpIgnored "不理会" "ignored";
    RtoInitial "初始 RTO（毫秒）" "Initial RTO (ms)";
    RtoInitialMeans "还没有量到往返时间时，等这么久就重传；每次加倍" "Repeat after so long while no round trip is measured; it doubles each time";
    BrokenRules "故意破坏的规则" "Rules broken on purpose";
    BrokenRulesIntro "打开任何一项，协议栈就不再是 TCP：用来看清规则为何存在。" "With any of these on, the stack is no longer TCP: they show why the rule exists.";
    TwoWayOpen "两报文握手" "Two-segment open";
    TwoWayOpenMeans "SYN 一到，服务器就算连接已建立" "The server counts as connected as soon as the SYN arrives";
    NoTimeWait "没有 TIME-WAIT" "No TIME-WAIT";
    NoTimeWaitMeans "主动关闭的一方确认对方的 FIN 后立即撤销 TCB" "Who closes first deletes its TCB once the other FIN is acknowledged";
    ThreeWayClose "三报文挥手" "Three-segment close";
    ThreeWayCloseMeans "被动关闭的一方发出 FIN 就撤销 TCB，不等 ACK" "Who closes second deletes its TCB with its FIN and waits for no ACK";
    FixedIsn "固定的初始序号" "Fixed initial sequence number";
    FixedIsnMeans "每个连接都从同一个序号开始" "Every connection begins with the same number";
    Shortcuts "快捷键" "Shortcuts";
    ShortcutsOn "使用单键快捷键" "Use single-key shortcuts";
    ShareIntro "这个链接会重现此刻：相同的实验、相同的每一步。" "This link brings back this very moment: the same experiment, every step the same.";
    LinkToMoment "此刻的链接" "Link to this moment";
    CopyLink "复制链接" "Copy the link";
    Copied "已复制" "Copied";
    CopyFailed "浏览器不允许复制，请手动选择" "The browser does not allow copying: select it by hand";
    EmbedSnippet "嵌入代码" "Embed";
    CopySnippet "复制代码" "Copy the snippet";
    DownloadCapture "下载抓包文件（pcapng）" "Download the capture (pcapng)";
    HelpIntro "两台主机运行真正的 TCP，线路由你掌握。" "Two hosts run a real TCP; the link is in your hands.";
    HelpStep1 "按“播放”，看报文段在时序图上往来。" "Press Play and watch the segments on the ladder.";
    HelpStep2 "选一个在途的报文段：丢弃、延迟、复制或损坏它。" "Choose a segment in flight: drop, delay, duplicate or corrupt it.";
    HelpStep3 "每一步都有解释：发生了什么、为什么、如果不这样会怎样。" "Every step is explained: what happened, why, and what otherwise.";
    HelpStep4 "后退一步，换一种做法：原来的走法会留作分支。" "Step back and do otherwise: the old course is kept as a branch.";
    KeyPlay "播放或暂停" "Play or pause";
    KeyStep "单步" "Step";
    KeyBack "后退" "Step back";
    KeyDrop "丢弃选中的报文段" "Drop the chosen segment";
    KeyInFlight "选下一个在途报文段" "Choose the next segment in flight";
    KeyHelp "打开帮助" "Open the help";
    KeyEscape "关闭菜单" "Close the menu";
    KeySpace "空格" "Space";
}

/// A host's name.
#[must_use]
pub fn host_name(host: HostId, lang: Lang) -> &'static str {
    match host {
        HostId::Client => Msg::Client.in_lang(lang),
        HostId::Server => Msg::Server.in_lang(lang),
    }
}

/// The one character on a host's token.
#[must_use]
pub const fn host_initial(host: HostId, lang: Lang) -> &'static str {
    match (host, lang) {
        (HostId::Client, Lang::ZhHans) => "客",
        (HostId::Server, Lang::ZhHans) => "服",
        (HostId::Client, Lang::En) => "C",
        (HostId::Server, Lang::En) => "S",
    }
}

/// `，客户端在这里`
#[must_use]
pub fn is_here(host: HostId, lang: Lang) -> String {
    let name = host_name(host, lang);
    match lang {
        Lang::ZhHans => format!("，{name}在这里"),
        Lang::En => format!(", {name} is here"),
    }
}

/// A length of time as short as it can be said: `0.8 s`, `4 min`.
#[must_use]
pub fn duration(length: Duration, lang: Lang) -> String {
    let (seconds, minutes) = match lang {
        Lang::ZhHans => ("秒", "分钟"),
        Lang::En => ("s", "min"),
    };
    let millis = length.as_millis();
    if millis >= 120_000 && millis.is_multiple_of(60_000) {
        return format!("{} {minutes}", millis / 60_000);
    }
    let whole = millis / 1_000;
    let fraction = format!("{:03}", millis % 1_000);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{whole} {seconds}") } else { format!("{whole}.{fraction} {seconds}") }
}

/// How long a silence lasted.
#[must_use]
pub fn silence(length: Duration, lang: Lang) -> String {
    let length = duration(length, lang);
    match lang {
        Lang::ZhHans => format!("{length}没有报文段"),
        Lang::En => format!("{length} without a segment"),
    }
}

/// When a segment arrives, seen from `now`.
#[must_use]
pub fn arrives_in(at: Instant, now: Instant, lang: Lang) -> String {
    let length = duration(at.since(now), lang);
    match lang {
        Lang::ZhHans => format!("{length}后到"),
        Lang::En => format!("in {length}"),
    }
}

/// How much later a segment would arrive.
#[must_use]
pub fn later_by(length: Duration, lang: Lang) -> String {
    format!("+{}", duration(length, lang))
}

/// By whose doing a segment was lost.
#[must_use]
pub const fn dropped_by(by: By, lang: Lang) -> &'static str {
    match (by, lang) {
        (By::Learner, Lang::ZhHans) => "被你丢弃",
        (By::Learner, Lang::En) => "dropped by you",
        (By::Rule, Lang::ZhHans) => "按预设规则丢弃",
        (By::Rule, Lang::En) => "dropped by a rule",
        (By::Loss | By::Duplication, Lang::ZhHans) => "在途中丢失",
        (By::Loss | By::Duplication, Lang::En) => "lost on the way",
        (By::CutCable, Lang::ZhHans) => "线路已断",
        (By::CutCable, Lang::En) => "the cable is cut",
    }
}

/// What a call would come to.
#[must_use]
pub fn would_return(errno: &str, why: &str, lang: Lang) -> String {
    let why = why.replace('`', "");
    match lang {
        Lang::ZhHans => format!("现在会返回 {errno}：{why}"),
        Lang::En => format!("Would return {errno} now: {why}"),
    }
}

/// What a router would report, after what that means to TCP: `soft: the host cannot be reached`.
#[must_use]
pub fn report(kind: IcmpKind, lang: Lang) -> String {
    let weight = match kind {
        IcmpKind::SourceQuench => Msg::IcmpIgnored,
        kind if kind.is_hard() => Msg::IcmpHard,
        _ => Msg::IcmpSoft,
    };
    let colon = match lang {
        Lang::ZhHans => "：",
        Lang::En => ": ",
    };
    format!("{}{colon}{}", weight.in_lang(lang), course::text::icmp(kind, lang))
}

/// The name of a branch.
#[must_use]
pub fn branch_name(id: u32, lang: Lang) -> String {
    match lang {
        Lang::ZhHans => format!("分支 {id}"),
        Lang::En => format!("Branch {id}"),
    }
}

/// The name of an edge.
#[must_use]
pub fn edge_title(from: &str, to: &str) -> String {
    format!("{from} → {to}")
}

/// Where the slider stands.
#[must_use]
pub fn step_of(step: u32, all: u32, now: Instant, label: Option<&str>, lang: Lang) -> String {
    let label = label.unwrap_or_default();
    match lang {
        Lang::ZhHans => format!("第 {step} 步，共 {all} 步，{now}，{label}"),
        Lang::En => format!("step {step} of {all}, {now}, {label}"),
    }
}

/// What a variable was.
#[must_use]
pub fn was(old: &str, lang: Lang) -> String {
    match lang {
        Lang::ZhHans => format!("原 {old} → "),
        Lang::En => format!("was {old} → "),
    }
}

/// How much of the diagram was walked.
#[must_use]
pub fn edges_taken(taken: usize, all: usize, lang: Lang) -> String {
    match lang {
        Lang::ZhHans => format!("走过 {taken} / {all} 条边"),
        Lang::En => format!("{taken} of {all} edges taken"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_han(c: char) -> bool {
        ('\u{4e00}'..='\u{9fff}').contains(&c)
    }

    #[test]
    fn one_space_stands_between_han_and_latin() {
        for msg in Msg::ALL {
            let text: Vec<char> = msg.in_lang(Lang::ZhHans).chars().collect();
            for pair in text.windows(2) {
                let meet = |a: char, b: char| is_han(a) && b.is_ascii_alphanumeric();
                assert!(!meet(pair[0], pair[1]) && !meet(pair[1], pair[0]), "{msg:?}: {pair:?}");
            }
        }
    }

    #[test]
    fn chinese_has_chinese_punctuation() {
        for msg in Msg::ALL {
            let text = msg.in_lang(Lang::ZhHans);
            let han = text.chars().any(is_han);
            assert!(!han || !text.contains([';', '?', '!', '(', ')', ':']), "{msg:?}: {text}");
        }
    }

    #[test]
    fn lengths_of_time_are_short() {
        let say = |ms| duration(Duration::from_millis(ms), Lang::En);
        assert_eq!([say(800), say(1_000), say(1_050), say(240_000)], ["0.8 s", "1 s", "1.05 s", "4 min"]);
        assert_eq!(silence(Duration::from_secs(1), Lang::ZhHans), "1 秒没有报文段");
    }
}
