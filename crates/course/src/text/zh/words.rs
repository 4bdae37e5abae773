//! Names, reasons and short texts, in Simplified Chinese.

use crate::claims::NoteRef;
use crate::text::{Deed, Remark, RuleText, StateText, TestText};
use lab::host::Errno;
use tcp::wire::WireError;
use tcp::{Dispute, DropReason, IcmpKind, SendReason, State, Test, TimerKind};

/// A state: its name, what it waits for, when one meets it.
pub(crate) const fn state(state: State) -> StateText {
    match state {
        State::Closed => StateText {
            name: "关闭",
            waits: "没有连接，也没有 TCB。",
            seen: "连接建立之前和完全释放之后都是它；连接列表中看不到。",
        },
        State::Listen => StateText {
            name: "监听",
            waits: "等待任何一方的连接请求报文段。",
            seen: "服务器启动后就停在这里；每个正在监听的端口在连接列表中占一行。",
        },
        State::SynSent => StateText {
            name: "同步已发送",
            waits: "发送了连接请求报文段，等待对方的 `SYN,ACK`。",
            seen: "若停留较久，说明 `SYN` 没有回音：对方不可达，或者防火墙丢弃了它。",
        },
        State::SynReceived => StateText {
            name: "同步已接收",
            waits: "收到了连接请求，也发送了 `SYN,ACK`，等待第三个报文段。",
            seen: "正常情况下一闪而过；成批出现，多半是 SYN 洪泛或确认在路上丢失。",
        },
        State::Established => StateText {
            name: "连接已建立",
            waits: "双方都可以发送数据；等待数据，或者任何一方的关闭。",
            seen: "这是通信中的正常状态；若一端已崩溃而另一端不知道，它也是半打开连接的样子。",
        },
        State::FinWait1 => StateText {
            name: "终止等待-1",
            waits: "发送了自己的 `FIN`，等待对它的确认，或者对方的 `FIN`。",
            seen: "比较难见到：只要一个往返就过去了。",
        },
        State::FinWait2 => StateText {
            name: "终止等待-2",
            waits: "自己的 `FIN` 已被确认，等待对方的 `FIN`；对方可能还有数据要发送。",
            seen: "常常可以用 netstat 看到；停留的时间由对方的应用进程决定。",
        },
        State::CloseWait => StateText {
            name: "关闭等待",
            waits: "对方已经关闭；等待本地的应用进程调用 close()。",
            seen: "长时间停留，是应用进程没有关闭：忘记了，还在忙，或者还在发送数据。",
        },
        State::Closing => StateText {
            name: "双方同时关闭",
            waits: "双方的 `FIN` 交错而过，等待对自己 `FIN` 的确认。",
            seen: "比较罕见：只在双方几乎同时关闭时出现。",
        },
        State::LastAck => StateText {
            name: "最后确认",
            waits: "对方先关闭，自己的 `FIN` 也已发送，等待最后一个确认。",
            seen: "通常很短；停留较久，说明最后的确认或 `FIN` 丢失，正在重传。",
        },
        State::TimeWait => StateText {
            name: "时间等待",
            waits: "两个方向都已释放，再等 2MSL，让本连接的所有报文段从网络中消失。",
            seen: "出现在主动关闭的一端；数量多，是因为主动关闭的连接多，本身不是故障。",
        },
    }
}

/// A test: the question and its two outcomes.
pub(crate) const fn test(test: Test) -> TestText {
    match test {
        Test::NotRst => TestText { question: "是 `RST` 吗？", passed: "不是", failed: "是" },
        Test::HasAck => TestText { question: "有 `ACK` 吗？", passed: "有", failed: "没有" },
        Test::NotAck => {
            TestText {
                question: "有 `ACK` 吗？", passed: "没有", failed: "有，但这里没有可以确认的东西"
            }
        }
        Test::HasSyn => TestText { question: "有 `SYN` 吗？", passed: "有", failed: "没有" },
        Test::NotSyn => TestText { question: "有 `SYN` 吗？", passed: "没有", failed: "有" },
        Test::HasFin => TestText { question: "有 `FIN` 吗？", passed: "有", failed: "没有" },
        Test::BacklogHasRoom => {
            TestText { question: "等待队列有空位吗？", passed: "有", failed: "已满" }
        }
        Test::AckOfOurSyn => {
            TestText { question: "它确认了我们的 `SYN` 吗？", passed: "是", failed: "不是" }
        }
        Test::HasTimestamps => {
            TestText { question: "它按约定带有时间戳吗？", passed: "带有", failed: "没有带" }
        }
        Test::TimestampNotTooOld => {
            TestText {
                question: "它的时间戳不早于最新的吗？", passed: "不早于", failed: "更早"
            }
        }
        Test::InWindow => {
            TestText {
                question: "它落在接收窗口内吗？", passed: "在窗口内", failed: "在窗口外"
            }
        }
        Test::RstExact => {
            TestText {
                question: "`RST` 的序号恰好是期待的吗？", passed: "恰好", failed: "不恰好"
            }
        }
        Test::AckNotTooOld => {
            TestText { question: "确认号不太旧吗？", passed: "不太旧", failed: "太旧" }
        }
        Test::AckNotBeyondSent => {
            TestText {
                question: "它只确认了发送过的序号吗？", passed: "是", failed: "超出了"
            }
        }
        Test::AckIsNew => {
            TestText { question: "它确认了新的序号吗？", passed: "是", failed: "没有新的" }
        }
        Test::WindowIsNewer => {
            TestText {
                question: "它带来的窗口较新吗？", passed: "较新，采用", failed: "较旧，不采用"
            }
        }
        Test::CoversOurFin => {
            TestText { question: "它确认了我们的 `FIN` 吗？", passed: "是", failed: "还没有" }
        }
        Test::TextIsNext => {
            TestText {
                question: "数据从期待的序号开始吗？", passed: "是", failed: "前面有缺口"
            }
        }
        Test::FinIsNext => {
            TestText {
                question: "`FIN` 之前的数据都到齐了吗？", passed: "到齐了", failed: "还缺数据"
            }
        }
        Test::RetriesLeft => {
            TestText { question: "还能再重传吗？", passed: "能", failed: "次数已用尽" }
        }
        Test::NothingUnread => {
            TestText {
                question: "接收缓冲区读完了吗？", passed: "读完了", failed: "还有未读的数据"
            }
        }
        Test::NothingQueued => {
            TestText { question: "没有等待发送的数据吗？", passed: "没有", failed: "还有" }
        }
        Test::SynTimeIsNewer => {
            TestText { question: "它的时间戳晚于旧连接吗？", passed: "是", failed: "不是" }
        }
        Test::SynIsNewer => {
            TestText { question: "它的序号在旧连接之后吗？", passed: "是", failed: "不是" }
        }
        Test::NetworkHasRoom => {
            TestText {
                question: "拥塞窗口还有空位吗？", passed: "有", failed: "没有，等待确认"
            }
        }
        Test::NothingInFlight => {
            TestText {
                question: "没有未被确认的数据吗？", passed: "没有", failed: "还有，小的报文段要等"
            }
        }
        Test::QuotesWhatIsInFlight => TestText {
            question: "报告引用的报文段还在途中吗？",
            passed: "还在",
            failed: "不在，忽略这个报告",
        },
        Test::CookieIsOurs => {
            TestText {
                question: "它带回的是自己发出的 cookie 吗？", passed: "是", failed: "不是"
            }
        }
        Test::ChallengesLeft => {
            TestText {
                question: "还能回答可疑的报文段吗？", passed: "能", failed: "次数已到上限"
            }
        }
        Test::WindowOpen => {
            TestText { question: "对方的窗口有空位吗？", passed: "有", failed: "没有" }
        }
    }
}

/// Why a segment is thrown away.
pub(crate) const fn drop_reason(reason: DropReason) -> &'static str {
    match reason {
        DropReason::RstAtClosed => "这里没有连接，`RST` 无可复位，也不需要回答。",
        DropReason::NoConnection => "这里没有与它对应的连接。",
        DropReason::RstAtListen => "监听的一端没有发送过任何报文段，`RST` 无可复位。",
        DropReason::AckAtListen => "监听的一端没有发送过可以确认的东西。",
        DropReason::NotASyn => "监听的一端只接受 `SYN`。",
        DropReason::BacklogFull => "等待队列已满。",
        DropReason::AckUnacceptable => "它确认了没有发送过的序号。",
        DropReason::RstUnproven => "这个 `RST` 没有确认自己的 `SYN`，不能证明它来自对方。",
        DropReason::NeitherSynNorRst => "等待 `SYN,ACK` 时，它既没有 `SYN` 也没有 `RST`。",
        DropReason::TimestampMissing => "双方约定了时间戳，它却没有带。",
        DropReason::TimestampTooOld => "它的时间戳早于最新的时间戳。",
        DropReason::OutsideWindow => "它的序号不在接收窗口内。",
        DropReason::RstNotExact => "`RST` 的序号在窗口内，但不恰好等于期待的序号。",
        DropReason::RstInTimeWait => "在 `TIME-WAIT` 按 RFC 1337 忽略 `RST`。",
        DropReason::SynInWindow => "已经建立的连接上不再接受 `SYN`。",
        DropReason::NoAck => "没有 `ACK`：连接同步之后每个报文段都必须有它。",
        DropReason::AckTooOld => "确认号太旧。",
        DropReason::ReadShut => "应用进程已关闭读方向，数据无人读取。",
        DropReason::TextAfterFin => "对方的 `FIN` 之后不应再有数据。",
        DropReason::TextOnSyn => "随 `SYN` 到来的数据不收下，等对方以后再发。",
        DropReason::SynWithFin => "这台主机不接受同时带有 `SYN` 和 `FIN` 的报文段。",
        DropReason::AlreadyReceived => "其中的数据或 `FIN` 以前已经收到过。",
    }
}

/// The name of a timer.
pub(crate) const fn timer(kind: TimerKind) -> &'static str {
    match kind {
        TimerKind::Retransmission => "重传计时器",
        TimerKind::Persist => "持续计时器",
        TimerKind::TimeWait => "2MSL 计时器",
        TimerKind::UserTimeout => "用户超时计时器",
        TimerKind::DelayedAck => "推迟确认计时器",
        TimerKind::Keepalive => "保活计时器",
        TimerKind::FinWait2 => "FIN-WAIT-2 计时器",
    }
}

/// What happens when it expires.
pub(crate) const fn timer_waits(kind: TimerKind) -> &'static str {
    match kind {
        TimerKind::Retransmission => "到时若还没有得到确认，就超时重传。",
        TimerKind::Persist => "到时就探测对方的零窗口。",
        TimerKind::TimeWait => "到时就撤销 TCB，进入关闭。",
        TimerKind::UserTimeout => "到时若还没有得到确认，就放弃连接。",
        TimerKind::DelayedAck => "到时就发送推迟了的确认。",
        TimerKind::Keepalive => "到时若还没有收到对方的报文段，就发送探测报文段。",
        TimerKind::FinWait2 => "到时若还没有收到对方的 FIN，就撤销 TCB。",
    }
}

/// What an ICMP report says.
pub(crate) const fn icmp(kind: IcmpKind) -> &'static str {
    match kind {
        IcmpKind::NetUnreachable => "网络不可达",
        IcmpKind::HostUnreachable => "主机不可达",
        IcmpKind::ProtocolUnreachable => "协议不可达",
        IcmpKind::PortUnreachable => "端口不可达",
        IcmpKind::Prohibited => "管理上禁止",
        IcmpKind::FragmentationNeeded => "需要分片",
        IcmpKind::SourceQuench => "源点抑制",
        IcmpKind::TimeExceeded => "生存时间 TTL 用完",
        IcmpKind::ParameterProblem => "参数问题",
    }
}

/// What a record shows besides its rules.
pub(crate) const fn remark(remark: Remark) -> &'static str {
    match remark {
        Remark::InTrouble => {
            "已达到 **R1**：重传 {retries} 次仍没有回答，TCP 通知应用进程连接遇到麻烦，并继续重传。（套接字调用没有对应的\
            返回值，次数用尽时才返回差错。）"
        }
        Remark::SlowStart => {
            "**慢开始**：拥塞窗口还没有到门限 {ssthresh}，从 {old_cwnd} 增大到 {cwnd} 字节。"
        }
        Remark::CongestionAvoidance => {
            "**拥塞避免**：拥塞窗口已到门限 {ssthresh}，只从 {old_cwnd} 增大到 {cwnd} 字节，一个往返时间约增加一个报文段。"
        }
        Remark::Collapsed => {
            "超时之后，拥塞窗口只有**一个报文段**：{cwnd} 字节<<（原来是 {old_cwnd}）>>；门限改为在途数据的一半，但至少\
            两个报文段：{ssthresh} 字节。"
        }
        Remark::Halved => {
            "**快恢复**开始：门限减半为 {ssthresh} 字节（在途数据的一半，但至少两个报文段）；拥塞窗口设为门限加 3 个\
            报文段，即 {cwnd}<<（原来是 {old_cwnd}）>>，因为已有 3 个报文段离开了网络。"
        }
        Remark::Inflated => {
            "**快恢复**：又有一个报文段离开了网络，拥塞窗口从 {old_cwnd} 增大到 {cwnd} 字节。"
        }
        Remark::PartlyRepaired => {
            "**快恢复**还没有结束：减去新确认的，再加一个报文段，拥塞窗口从 {old_cwnd} 变为 {cwnd} 字节。"
        }
        Remark::Repaired => {
            "丢失的都已补齐，**快恢复**结束：拥塞窗口从 {old_cwnd} 变为 {cwnd} 字节，不超过门限 {ssthresh}。"
        }
        Remark::Idle => {
            "没有发送数据的时间超过了一个超时时间，拥塞窗口从 {old_cwnd} 回到初始的 {cwnd} 字节。"
        }
    }
}

/// Why a segment is sent.
pub(crate) const fn send_reason(why: SendReason) -> &'static str {
    match why {
        SendReason::Open => "请求建立连接",
        SendReason::AcceptOpen => "同意建立连接",
        SendReason::Data => "发送数据",
        SendReason::Close => "释放这个方向",
        SendReason::Acknowledge => "确认",
        SendReason::Retransmission => "超时重传",
        SendReason::FastRetransmit => "重复的确认表明它丢失了",
        SendReason::SackRetransmit => "SACK 表明它也丢失了",
        SendReason::PartialAck => "部分确认表明它也丢失了",
        SendReason::WindowProbe => "探测零窗口",
        SendReason::KeepaliveProbe => "询问对方是否还在",
        SendReason::WindowUpdate => "告诉对方窗口张开了",
        SendReason::Challenge => "质询可疑的报文段",
        SendReason::Reset => "复位：它不属于任何连接",
        SendReason::Abort => "异常终止连接",
    }
}

/// What an error of a call means.
pub(crate) const fn errno(errno: Errno) -> &'static str {
    match errno {
        Errno::EADDRINUSE => "地址已被使用：这个端口被占用，或者它的旧连接还在 TIME-WAIT。",
        Errno::EADDRNOTAVAIL => "没有可用的本地端口。",
        Errno::EAGAIN => "现在还没有结果，稍后再试。",
        Errno::EALREADY => "连接正在建立。",
        Errno::EBADF => "没有这个描述符，或者已经关闭。",
        Errno::ECONNABORTED => "连接在被接受之前就终止了。",
        Errno::ECONNREFUSED => "连接被拒绝：那个端口没有进程监听。",
        Errno::ECONNRESET => "连接被对方复位。",
        Errno::EHOSTUNREACH => "路由器报告无法到达那台主机。",
        Errno::EHOSTDOWN => "主机已崩溃，没有进程可以调用。",
        Errno::EINPROGRESS => "连接开始建立，还没有完成。",
        Errno::EINVAL => "这个套接字现在不能这样调用。",
        Errno::EISCONN => "这个套接字已经有连接。",
        Errno::EMFILE => "进程打开的描述符已到上限。",
        Errno::ENETUNREACH => "没有到那个地址的路。",
        Errno::ENOTCONN => "这个套接字没有连接。",
        Errno::EOPNOTSUPP => "这种套接字不支持这个操作。",
        Errno::EPIPE => "这个方向已经关闭，不能再发送。",
        Errno::ETIMEDOUT => "对方一直没有回答，连接超时。",
    }
}

/// Why a packet died before TCP saw it.
pub(crate) const fn wire_error(error: WireError) -> &'static str {
    match error {
        WireError::Truncated => "它比首部还短",
        WireError::NotIpv4 => "它的版本不是 IPv4",
        WireError::BadIpHeaderLength => "IP 首部长度不可能",
        WireError::BadTotalLength => "IP 首部写的总长度与实际不符",
        WireError::Fragment => "它只是一个分片",
        WireError::BadIpChecksum => "IP 首部检验和不对",
        WireError::NotTcp => "它不是 TCP 报文段",
        WireError::BadDataOffset => "TCP 数据偏移不可能",
        WireError::BadTcpChecksum { .. } => "TCP 检验和不对",
        WireError::Misaddressed => "它不是发给这台主机的",
        WireError::QuietTime => "主机崩溃后处于平静时间",
    }
}

/// What happened outside the state machine.
pub(crate) const fn deed(deed: Deed) -> RuleText {
    match deed {
        Deed::Call => RuleText {
            title: "系统调用",
            happened: "{host}的应用进程调用 {call}，返回 {result}。",
            why: "这个调用只改变套接字，没有触动任何连接，也没有发送报文段。",
            otherwise: "",
        },
        Deed::CallWaits => RuleText {
            title: "调用在等待",
            happened: "{host}的应用进程调用 {call}，现在什么也没有，调用等待，最长等到 SO_RCVTIMEO 规定的时间。",
            why: "等待的是调用，不是 TCP：其间报文段照常到达，计时器照常到期。",
            otherwise: "",
        },
        Deed::CallFailed => RuleText {
            title: "调用失败",
            happened: "{host}的应用进程调用 {call}，失败：{result}。{error}",
            why: "调用没有改变任何连接，也没有发送报文段。",
            otherwise: "",
        },
        Deed::Discarded => RuleText {
            title: "报文段损坏，被丢弃",
            happened: "{segment} 到达{host}，但{error}，还没有到 TCP 就被丢弃，没有任何回答。",
            why: "检验和覆盖首部、数据和两端的地址。损坏的报文段连来自谁都不可信，所以谁也不通知；发送方得\
                不到确认，会超时重传。",
            otherwise: "如果不检查，错误的数据会交给应用进程，错误的序号会扰乱连接。",
        },
        Deed::Unheard => RuleText {
            title: "到达已崩溃的主机",
            happened: "{segment} 到达{host}，但{host}已经崩溃，没有人接收，也没有回答。",
            why: "崩溃的主机不能发送 `RST`。对方得不到回音，只能超时重传。",
            otherwise: "等{host}重启之后，同样的报文段会得到 `RST`，因为它已忘记了这个连接。",
        },
        Deed::Delivered => RuleText {
            title: "立即送达",
            happened: "{by}让{host}发出的 {segment} 立即到达。",
            why: "到达的先后由链路决定，TCP 不能假定路上要多久。",
            otherwise: "",
        },
        Deed::Unreachable => RuleText {
            title: "报文段无法转发",
            happened: "{by}让路由器丢弃了{host}发出的 {segment}，并用 ICMP 报告：{icmp}。",
            why: "ICMP 把丢失的原因告诉发送方。报告可能有误，也可能是伪造的，而多数故障会过去，所以 TCP 只记下它，继续重传；只有**硬差错**会中断正在打开的连接。",
            otherwise: "如果没有报告，{host}只能从迟迟没有确认推断它丢失了。",
        },
        Deed::Dropped => RuleText {
            title: "报文段丢失",
            happened: "{by}丢弃了{host}发出的 {segment}，它不会到达。",
            why: "IP 不保证送达。发送方只能从迟迟没有确认推断它丢失了，然后**超时重传**；纯确认丢失了不会\
                重传，要靠对方的重传引出新的确认。",
            otherwise: "如果不丢弃，它会照常到达{peer}，不需要补救。",
        },
        Deed::Lost => RuleText {
            title: "报文段随机丢失",
            happened: "{host}发出的 {segment} 在路上随机丢失。",
            why: "真实的网络会丢失报文段；TCP 用序号、确认和超时重传补救。",
            otherwise: "把丢失率设为 0，它就会到达。",
        },
        Deed::LostInCable => RuleText {
            title: "线路已断，报文段丢失",
            happened: "线路断开，{host}发出的 {segment} 丢失。",
            why: "TCP 不会被告知线路断开：它只看到没有确认，于是超时重传，直到次数用尽。没有数据要发送的一\
                端什么也发现不了。",
            otherwise: "线路修复后，下一次重传就能到达。",
        },
        Deed::Delayed => RuleText {
            title: "报文段延迟",
            happened: "{by}让{host}发出的 {segment} 推迟 {wait} 到达。",
            why: "报文段可能在网络中滞留，但不会超过最长报文段寿命 MSL。若超过重传时间，发送方会以为它丢失\
                了。",
            otherwise: "",
        },
        Deed::Held => RuleText {
            title: "报文段滞留在网络中",
            happened: "{by}让{host}发出的 {segment} 停在路上，直到放行。",
            why: "长时间滞留的报文段就是以后的**迟到报文段**：发送方早已重传，连接甚至已经释放。",
            otherwise: "",
        },
        Deed::Released => RuleText {
            title: "滞留的报文段继续前进",
            happened: "{by}放行了{host}发出的 {segment}，它将走完剩下的路。",
            why: "接收方按序号判断它是否还有用：已失效的会被丢弃或复位。",
            otherwise: "",
        },
        Deed::Duplicated => RuleText {
            title: "报文段重复",
            happened: "{by}使{host}发出的 {segment} 多出一份，两份都会到达。",
            why: "网络可能重复报文段；接收方按序号认出重复的一份，丢弃它，只再确认一次。",
            otherwise: "",
        },
        Deed::Swapped => RuleText {
            title: "报文段失序",
            happened: "{by}让{host}发出的 {segment} 与后一个报文段交换次序。",
            why: "IP 不保证次序；接收方按序号把失序的报文段放回原位。",
            otherwise: "",
        },
        Deed::Corrupted => RuleText {
            title: "报文段损坏",
            happened: "{by}改动了{host}发出的 {segment} 中的一位。",
            why: "接收方的检验和会发现，把它丢弃；对发送方来说，这和丢失一样。",
            otherwise: "",
        },
        Deed::Crashed => RuleText {
            title: "主机崩溃",
            happened: "{host}崩溃了：所有连接、计时器和缓冲区都丢失，没有发送任何报文段。",
            why: "对方不知道这里出了故障，它那一端仍处于 `ESTABLISHED`：这就是**半打开连接**。只要没有人发\
                送数据，就发现不了。",
            otherwise: "如果是正常关机，操作系统会替进程关闭连接，对方会收到 `FIN`。",
        },
        Deed::Restarted => RuleText {
            title: "主机重启",
            happened: "{host}重新启动，以前的连接一个也不记得。",
            why: "此后对方若在旧连接上发送数据，会得到 `RST`；若丢失了序号的记忆，标准建议先安静地等待一\
                个 MSL（平静时间）。",
            otherwise: "",
        },
        Deed::CableCut => RuleText {
            title: "线路断开",
            happened: "线路断开，路上的报文段全部丢失。",
            why: "两端都不知道：TCP 只能从没有确认推断出来。不发送数据的连接可以一直保持。",
            otherwise: "",
        },
        Deed::CableMended => RuleText {
            title: "线路恢复",
            happened: "线路恢复，之后发送的报文段可以到达。",
            why: "没有放弃的连接照常继续：下一次超时重传就会成功。",
            otherwise: "",
        },
        Deed::Setting => RuleText {
            title: "改变设置",
            happened: "实验的设置改变了，从现在起生效。",
            why: "已经在路上的报文段不受影响。",
            otherwise: "",
        },
    }
}

/// An edge of the diagram, by its id: the event, the action, what it means.
pub(crate) fn edge(id: &str) -> Option<&'static str> {
    Some(match id {
        "closed--listen" => "服务器被动打开连接，开始监听。",
        "closed--syn-sent" => "客户端主动打开连接，发送连接请求报文段。",
        "listen--closed" => "停止监听。",
        "listen--syn-received" => "服务器同意建立连接，回送连接请求确认报文段。",
        "listen--syn-sent" => "监听的一端改为主动打开；套接字接口不提供。",
        "syn-sent--closed" => "建立途中放弃；被拒绝或超时也走这条边。",
        "syn-sent--syn-received" => "双方同时打开。",
        "syn-sent--established" => "客户端发送第三个报文段，连接已建立。",
        "syn-received--listen" => "客户端不承认这个请求，服务器回到监听。",
        "syn-received--established" => "第三个报文段到达，服务器的连接已建立。",
        "syn-received--fin-wait-1" => "尚未建立就关闭。",
        "established--fin-wait-1" => "主动关闭：发送连接释放报文段。",
        "established--close-wait" => "被动关闭：确认对方的释放，连接半关闭。",
        "fin-wait-1--fin-wait-2" => "自己的释放已被确认，等待对方的。",
        "fin-wait-1--closing" => "双方同时关闭，两个 FIN 交错。",
        "fin-wait-1--time-wait" => "FIN 和 ACK 在同一个报文段中，无须经过 FIN-WAIT-2。",
        "fin-wait-2--time-wait" => "对方也释放了，开始等待 2MSL。",
        "closing--time-wait" => "同时关闭的最后一步。",
        "close-wait--last-ack" => "被动关闭的一端也释放自己的方向。",
        "last-ack--closed" => "最后的确认到达，立即关闭。",
        "time-wait--closed" => "本连接的报文段都已从网络中消失。",
        "syn-received--closed" => "建立没有完成。",
        "established--closed" => "连接没有经过释放就结束了。",
        "fin-wait-1--closed" => "释放没有完成。",
        "fin-wait-2--closed" => "对方没有正常释放。",
        "close-wait--closed" => "还没有释放自己的方向，连接就结束了。",
        "closing--closed" => "同时关闭没有走完。",
        "listen--established" => "打破规则：服务器不等第三个报文段就算建立。",
        _ => return None,
    })
}

/// The title of a note.
pub(crate) const fn note_title(note: NoteRef) -> &'static str {
    match note {
        NoteRef::N0 => "《连接释放与状态码》",
        NoteRef::N1 => "《TCP连接建立和关闭状态转移》",
        NoteRef::N2 => "《三报文握手与四报文挥手》",
        NoteRef::N3 => "《TCP连接的状态转换图深度剖析》",
        NoteRef::N4 => "《四次挥手》",
    }
}

/// What good stacks do where they disagree.
pub(crate) const fn dispute(dispute: Dispute) -> &'static str {
    match dispute {
        Dispute::SynAckAtListen => "RFC 9293 和 Linux 回送 RST，FreeBSD 沉默。",
        Dispute::BadAckInSynSent => {
            "RFC 9293 只要求回送 RST；FreeBSD 等计时器到期再重传 SYN，Linux 和 lwIP 立即重传。"
        }
        Dispute::FinInFinWait1 => "RFC 9293 和 Linux 只发送确认，FreeBSD 同时再发一次自己的 FIN。",
        Dispute::RstInTimeWait => {
            "RFC 9293 和 Linux 结束 TIME-WAIT（Linux 设 tcp_rfc1337 = 1 时忽略），FreeBSD 和 lwIP 忽略 RST。"
        }
        Dispute::SynInTimeWait => {
            "RFC 9293 允许较新的 SYN 打开新连接；Linux 和 FreeBSD 接受它，lwIP 回送 RST；本实验室不另设置时发出质询。"
        }
        Dispute::SynWhenOpen => {
            "RFC 9293、Linux 和 smoltcp 发出质询确认；FreeBSD 可以设置；RFC 793 复位连接。"
        }
        Dispute::RstWhileOpening => {
            "RFC 9293 和 FreeBSD 报告“拒绝”（ECONNREFUSED），Linux 报告“复位”（ECONNRESET）。"
        }
        Dispute::RstInCloseWait => {
            "RFC 9293 和 FreeBSD 报告“复位”（ECONNRESET），Linux 报告“管道破裂”（EPIPE）。"
        }
        Dispute::UnreadData => "RFC 9293 和 Linux 用 RST 表明有数据丢失，FreeBSD 发送 FIN。",
        Dispute::TextAfterShutdown => "RFC 9293 没有这个调用；FreeBSD 确认后丢弃，Linux 保留并允许读取。",
        Dispute::SynWithFin => "按照 RFC 9293 两者都有效；Linux 丢弃，FreeBSD 可以设置。",
        Dispute::AckOfFin => "RFC 9293 都允许；FreeBSD 立即确认 FIN，Linux 最多推迟 40 毫秒。",
        Dispute::SynRetries => {
            "按照 RFC 9293，等待从一开始就加倍，FreeBSD 也逐次延长；Linux 前四次重传不加倍。"
        }
        Dispute::TextOnSyn => {
            "RFC 9293 和 FreeBSD 把数据留到连接建立；Linux 忽略它，除非使用 TCP Fast Open。"
        }
    }
}
