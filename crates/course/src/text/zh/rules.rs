//! What the reader is told of each rule, in Simplified Chinese.

use crate::text::RuleText;
use tcp::Rule;

pub(crate) const fn rule(rule: Rule) -> RuleText {
    match rule {
        Rule::OpenPassive => RuleText {
            title: "被动打开连接",
            happened: "{host}创建传输控制块 TCB，由 {from} 进入 {to}，等待连接请求，什么也不发送。",
            why: "服务器先被动打开连接：它准备好接受连接请求，自己不主动发起。",
            otherwise: "如果没有进程在监听，到来的连接请求报文段会立即得到一个 `RST`。",
        },
        Rule::OpenActive => RuleText {
            title: "主动打开连接：发送连接请求报文段",
            happened: "{host}创建传输控制块 TCB，选定初始序号，发送连接请求报文段 {reply}，由 {from} 进入 \
                {to}。",
            why: "`SYN=1` 的报文段即使不携带数据，也要**消耗一个序号**，所以下一个要发送的序号是初始序号\
                加 1。初始序号由时钟和密钥算出，旧的报文段很难碰巧符合。",
            otherwise: "如果 `SYN` 不消耗序号，就没有一个确认号能说明它已经到达，丢失后也不知道该不该重\
                传。",
        },
        Rule::OpenActiveFromListen => RuleText {
            title: "监听的一端改为主动打开连接",
            happened: "{host}原来在监听，现在主动打开连接：发送 {reply}，由 {from} 进入 {to}。",
            why: "标准允许处于 `LISTEN` 的一端指定对方后改为主动打开，这时它自己发送 `SYN`。",
            otherwise: "套接字接口不提供这种用法：在监听套接字上调用 connect() 会失败，要另建一个套接字。",
        },
        Rule::OpenRefused => RuleText {
            title: "打开被拒绝：连接已经存在",
            happened: "{host}处于 {from}，这里已经有一个连接或监听，调用被拒绝，状态不变。",
            why: "一个 TCB 只能打开一次：再次打开得到“连接已经存在”。",
            otherwise: "如果允许重复打开，同一对插口之间会有两个连接，到来的报文段就无法分清属于哪一个。",
        },
        Rule::SendFromListen => RuleText {
            title: "监听的一端发送数据：先主动打开连接",
            happened: "{host}原来在监听，现在要发送数据，于是先发送 {reply}，由 {from} 进入 {to}，数据排队\
                等待。",
            why: "没有连接就不能传送数据；指定了对方的 SEND 使监听的一端先主动打开连接。",
            otherwise: "套接字接口不提供这种用法：在监听套接字上调用 send() 得到 ENOTCONN。",
        },
        Rule::SendQueued => RuleText {
            title: "数据排队，等待连接建立",
            happened: "连接还在建立中，{host}把 {bytes} 字节放进发送缓冲区，暂不发送，仍处于 {to}。",
            why: "连接建立之前只能排队；进入 `ESTABLISHED` 后，这些数据才发送出去。",
            otherwise: "如果在建立之前就把数据交给对方的应用进程，已失效的连接请求报文段带来的旧数据也会被\
                当真。",
        },
        Rule::SendAccepted => RuleText {
            title: "发送数据",
            happened: "{host}收下应用进程的 {bytes} 字节。<<窗口允许，立即发出 {reply}。>>",
            why: "在 `ESTABLISHED` 和 `CLOSE-WAIT` 中，自己这个方向还开着，可以发送数据；每个字节消耗一个\
                序号，发出的数据要等到被确认才从发送缓冲区删除。",
            otherwise: "如果不保留副本直到确认，丢失的报文段就无法重传。",
        },
        Rule::SendBufferFull => RuleText {
            title: "发送缓冲区已满",
            happened: "{host}的发送缓冲区没有空位，这次调用什么也没有收下。",
            why: "发送过而未被确认的数据、还没有发送的数据都占用发送缓冲区；对方确认之后才腾出空间。",
            otherwise: "如果不设上限，对方不读取数据时，发送方的内存会被占满。",
        },
        Rule::SendAfterClose => RuleText {
            title: "关闭之后不能再发送数据",
            happened: "{host}处于 {from}，它已经发送或准备发送连接释放报文段，这次发送被拒绝（EPIPE）。",
            why: "`FIN` 的意思是“我不再发送数据”：它的序号紧跟在最后一个数据字节之后，其后没有数据的位置。",
            otherwise: "如果 `FIN` 之后还能发送，对方的应用进程已经读到文件结束符，就再也不会读这些数据。",
        },
        Rule::SendWithoutConnection => RuleText {
            title: "没有连接，不能发送",
            happened: "{host}处于 {from}，没有可以发送数据的连接，调用被拒绝。",
            why: "数据只能在连接上传送：先建立连接，序号才有意义。",
            otherwise: "如果没有连接也发送，对方不知道这些序号从哪里数起，只能回以 `RST`。",
        },
        Rule::ReceiveDelivers => RuleText {
            title: "应用进程读取数据",
            happened: "{host}把接收缓冲区中的 {bytes} 字节交给应用进程。<<接收窗口因此张开，发送 {reply} \
                告诉对方。>>",
            why: "按序到达的数据先放在接收缓冲区，应用进程读取之后才腾出窗口。",
            otherwise: "如果应用进程一直不读，接收窗口会缩到 0，对方只能停下来定时探测。",
        },
        Rule::ReceiveWaits => RuleText {
            title: "还没有数据可读",
            happened: "{host}的接收缓冲区是空的，对方也没有关闭：这次读取返回 EAGAIN；设置了 SO_RCVTIMEO 时则等待。",
            why: "没有数据不等于文件结束：只有收到对方的 `FIN` 之后，读取才返回文件结束符。",
            otherwise: "如果把“暂时没有”当作“已经结束”，应用进程会过早关闭连接。",
        },
        Rule::ReceiveEndOfFile => RuleText {
            title: "读到文件结束符",
            happened: "{host}已经读完对方 `FIN` 之前的全部数据，这次读取返回文件结束符。",
            why: "对方的 `FIN` 只说明**对方那个方向**不再有数据；本端仍可发送，由应用进程决定何时关闭。",
            otherwise: "如果应用进程读到文件结束符后不调用 close()，本端就一直停在 `CLOSE-WAIT`。",
        },
        Rule::ReceiveAfterShutdown => RuleText {
            title: "读方向已经关闭",
            happened: "{host}的应用进程关闭过读方向（SHUT_RD），读取直接返回文件结束符。",
            why: "SHUT_RD 只改变本端：接收缓冲区中已有的和以后到达的数据都被悄悄丢弃，不通知对方。",
            otherwise: "如果要让对方知道不再读取，只能关闭连接；读方向本身没有对应的报文段。",
        },
        Rule::ReceiveWithoutConnection => RuleText {
            title: "没有连接，不能读取",
            happened: "{host}处于 {from}，没有可以读取的连接，调用被拒绝。",
            why: "只有建立过的连接才有接收缓冲区。连接被复位时，未读的数据也一并丢弃。",
            otherwise: "如果返回文件结束符，应用进程会把异常终止误认为正常释放。",
        },
        Rule::ShutdownRead => RuleText {
            title: "关闭读方向：shutdown(SHUT_RD)",
            happened: "{host}不再读取：接收缓冲区中的数据和以后到达的数据都将丢弃。没有发送任何报文段，仍\
                处于 {to}。",
            why: "SHUT_RD 是本端的事：TCP 没有“我不再读”的报文段，对方照常可以发送。",
            otherwise: "如果要半关闭连接，应当用 SHUT_WR，它才会发送 `FIN`。",
        },
        Rule::CloseListen => RuleText {
            title: "停止监听",
            happened: "{host}撤销监听的 TCB，由 {from} 回到 {to}，没有发送任何报文段。",
            why: "监听的一端还没有对方，没有人需要通知。",
            otherwise: "此后到来的连接请求报文段会得到 `RST`。",
        },
        Rule::CloseSynSent => RuleText {
            title: "建立途中放弃",
            happened: "{host}撤销 TCB，由 {from} 回到 {to}，什么也不发送。",
            why: "连接还没有建立，没有可以释放的东西；对方的 `SYN,ACK` 若随后到达，会得到 `RST`，对方由此\
                得知。",
            otherwise: "如果这时发送 `FIN`，对方可能根本不知道有这个连接。",
        },
        Rule::CloseSynReceived => RuleText {
            title: "尚未建立就关闭",
            happened: "{host}没有等待发送的数据，直接发送连接释放报文段 {reply}，由 {from} 进入 {to}。",
            why: "`FIN` 的序号跟在 `SYN` 之后；对方收到后依次处理，先建立，再释放。",
            otherwise: "如果丢下连接不管，对方会停在 `ESTABLISHED`，以为还有人在。",
        },
        Rule::CloseSynReceivedQueued => RuleText {
            title: "关闭请求排队，等待连接建立",
            happened: "{host}还有数据等待发送，关闭先排队：建立后发完数据，再发送 `FIN`。仍处于 {to}。",
            why: "`FIN` 必须排在全部数据之后，它的序号是最后一个数据字节的序号加 1。",
            otherwise: "如果 `FIN` 先走，排队的数据就没有序号可用，只能丢弃。",
        },
        Rule::CloseEstablished => RuleText {
            title: "主动关闭：发送连接释放报文段",
            happened: "{host}不再有数据要发送，由 {from} 进入 {to}。<<它发送连接释放报文段 {reply}。>>",
            why: "主动关闭的一端先发送 `FIN=1`，序号 u 等于已发送的最后一个字节的序号加 1。`FIN` 即使不携\
                带数据，**也要消耗一个序号**；此后这个方向不再发送数据，但仍然接收。",
            otherwise: "如果 `FIN` 不消耗序号，确认号无法表明它已收到，丢失了也无人知道。",
        },
        Rule::CloseCloseWait => RuleText {
            title: "被动关闭的一端也释放连接",
            happened: "{host}发完最后的数据，由 {from} 进入 {to}。<<它发送自己的连接释放报文段 {reply}。>>",
            why: "两个方向**单独关闭**：对方的方向早已结束，现在结束自己的方向。`FIN` 同样消耗一个序号，然\
                后等待最后一个确认。",
            otherwise: "如果应用进程不调用 close()，本端就一直停在 `CLOSE-WAIT`，对方停在 `FIN-WAIT-2`。",
        },
        Rule::CloseAgain => RuleText {
            title: "已经关闭过了",
            happened: "{host}处于 {from}，已经请求过关闭，不再发送第二个 `FIN`，状态不变。",
            why: "一个方向只结束一次；同一个 `FIN` 只会因超时而重传，不会另发一个。",
            otherwise: "如果再发一个序号不同的 `FIN`，对方会把它当作 `FIN` 之后的数据而丢弃。",
        },
        Rule::CloseWithoutConnection => RuleText {
            title: "没有连接可以关闭",
            happened: "{host}处于 {from}，没有连接可以关闭。",
            why: "没有 TCB，就没有对方需要通知。",
            otherwise: "如果这时发送 `FIN`，对方没有对应的连接，只会回以 `RST`。",
        },
        Rule::CloseWithUnreadData => RuleText {
            title: "还有数据未读就关闭：发送 RST",
            happened: "{host}的接收缓冲区里还有 {bytes} 字节没有读，close() 因此发送 {reply}，由 {from} 进\
                入 {to}。",
            why: "应用进程已经不会再读，这些数据等于丢失；用 `RST` 代替 `FIN`，对方才知道它的数据没有被读\
                到。",
            otherwise: "如果照常发送 `FIN`，对方会以为全部数据都已被读取，连接正常释放。",
        },
        Rule::CloseOrphans => RuleText {
            title: "应用进程离开，连接自行走完释放",
            happened: "{host}的 `FIN` 已经发出，close() 只是交还描述符；连接仍处于 {to}，由 TCP 自己走完。",
            why: "关闭描述符不等于连接结束：TCB 要等两个方向都释放，主动关闭的一端还要等 2MSL。",
            otherwise: "这样的连接已无应用进程照管；对方若一直不关闭，标准没有规定上限，常见的系统会在一段\
                时间后放弃它（Linux 为 60 秒）。",
        },
        Rule::AbortSendsReset => RuleText {
            title: "异常终止连接：发送 RST",
            happened: "{host}丢弃发送缓冲区，发送 {reply}，立即由 {from} 进入 {to}。",
            why: "SO_LINGER 打开且时间为 0 时，close() 就是**异常终止连接**：没有发送的数据全部丢弃，不经\
                过 `FIN` 和 `TIME-WAIT`。",
            otherwise: "如果正常关闭，先发完数据和 `FIN`，再等对方确认，主动关闭的一端还要等 2MSL。",
        },
        Rule::AbortSilently => RuleText {
            title: "异常终止，不必通知对方",
            happened: "{host}撤销 TCB，由 {from} 进入 {to}，没有发送任何报文段。",
            why: "在 `LISTEN`、`SYN-SENT` 还没有可复位的连接，在 `CLOSING`、`LAST-ACK`、`TIME-WAIT` 对方已\
                经释放，都不需要 `RST`。",
            otherwise: "如果这时发送 `RST`，对方会把一次正常的释放误认为错误。",
        },
        Rule::AbortWithoutConnection => RuleText {
            title: "没有连接可以终止",
            happened: "{host}处于 {from}，没有连接可以终止。",
            why: "没有 TCB，就没有对方需要通知。",
            otherwise: "如果凭空发送 `RST`，它的序号不会符合任何连接，对方只会丢弃它。",
        },
        Rule::OptionsApplied => RuleText {
            title: "套接字选项生效",
            happened: "{host}按新的选项继续这个连接，仍处于 {to}。",
            why: "选项只影响本端，没有报文段提到它们，对方无从知道。",
            otherwise: "如果要等到下一个报文段才生效，空闲的连接就永远等不到。",
        },
        Rule::ClosedRcvRst => RuleText {
            title: "没有连接，收到 RST：丢弃",
            happened: "{host}在这个插口上没有连接，丢弃它，不回答。",
            why: "**收到 `RST` 的一端从不回答**，也不用 `RST` 回应 `RST`。",
            otherwise: "如果 `RST` 也用 `RST` 回应，两个没有连接的主机会无休止地互相复位。",
        },
        Rule::ClosedRcvWithoutAck => RuleText {
            title: "没有进程监听：以 RST 回应",
            happened: "{host}的这个端口上没有进程监听，它立即回送 {reply}。",
            why: "访问不存在的端口得到 `RST`。到来的报文段没有 `ACK`，所以复位用序号 0，并确认它（`SYN` 占\
                一个序号），好让对方相信；窗口为 0。",
            otherwise: "如果默默丢弃，对方会一再超时重传，很久以后才知道连接不上。",
        },
        Rule::ClosedRcvAck => RuleText {
            title: "没有这个连接：以 RST 回应",
            happened: "{host}在这个插口上没有连接，回送 {reply}，它的序号正是对方期待的下一个序号。",
            why: "对方确认的是本端没有发送过的序号，说明两端对连接的看法不同，例如本端重启过（半打开连\
                接），或者 TCB 已经撤销。`RST` 让对方放弃这个连接。",
            otherwise: "如果不回应，对方会继续重传，直到重传次数用尽；如果 `RST` 的序号随意，对方不会相\
                信。",
        },
        Rule::ListenRcvRst => RuleText {
            title: "监听中收到 RST：忽略",
            happened: "{host}正在监听，忽略它，仍处于 {to}。",
            why: "监听的一端没有发送过任何报文段，没有可以复位的连接。",
            otherwise: "如果相信它，任何人发一个 `RST` 就能使服务器停止监听。",
        },
        Rule::ListenRcvAck => RuleText {
            title: "监听中收到确认：以 RST 回应",
            happened: "{host}正在监听，没有发送过可以确认的东西，回送 {reply}，仍处于 {to}。",
            why: "在 `LISTEN` 到达的确认一定属于旧的连接；`RST` 使发送它的一端放弃那个连接。",
            otherwise: "如果接受它，旧连接的报文段会混入新的连接。",
        },
        Rule::ListenIgnoresSynAck => RuleText {
            title: "监听中收到 SYN,ACK：按设置沉默",
            happened: "{host}正在监听，没有发送过可以确认的东西，按设置悄悄丢弃，仍处于 {to}。",
            why: "沉默使扫描者少得到一点消息；半打开的连接，会由下一个得到回应的报文段发现。",
            otherwise: "按照标准应回送 `RST`，使发送它的一端立即放弃旧的连接。",
        },
        Rule::ListenRcvSyn => RuleText {
            title: "同意建立连接：连接请求确认报文段",
            happened: "{host}同意建立连接，选定自己的初始序号，回送连接请求确认报文段 {reply}，由 {from} \
                进入 {to}。",
            why: "一个报文段做两件事：`ACK=1` 起应答作用，确认对方的 `SYN`；`SYN=1` 起同步作用，送出自己的\
                初始序号。它同样消耗一个序号。",
            otherwise: "如果这时就算连接已建立（两报文握手），一个已失效的连接请求报文段也能骗服务器打开连\
                接，白白浪费资源。",
        },
        Rule::SynFinDropped => RuleText {
            title: "同时带有 SYN 和 FIN：按设置丢弃",
            happened: "{host}设置为不接受同时带有 `SYN` 和 `FIN` 的报文段，于是悄悄丢弃，仍处于 {to}。",
            why: "正常的程序不会发送这样的报文段，它多半来自探测主机的人，许多系统和防火墙都会丢弃它。",
            otherwise: "按照标准两者都有效：`SYN` 打开连接，`FIN` 留到连接建立之后再处理。",
        },
        Rule::ListenRcvOther => RuleText {
            title: "监听中收到无关的报文段：丢弃",
            happened: "{host}正在监听，而它既没有 `SYN`，也没有 `ACK` 或 `RST`，于是丢弃，仍处于 {to}。",
            why: "只有 `SYN` 能开始一个连接；没有 `ACK` 的其他报文段不可能属于任何连接。",
            otherwise: "如果回应它，只会帮助别人探测这个端口。",
        },
        Rule::ListenBacklogFull => RuleText {
            title: "等待队列已满：丢弃",
            happened: "{host}的等待队列已满（{waiting} 个连接，上限 {backlog}），丢弃到来的报文段，什么也不回答。",
            why: "沉默使客户端稍后超时重传，那时队列也许已有空位；大量的请求停在 `SYN-RECEIVED`、占满队\
                列，就是 SYN 洪泛。",
            otherwise: "如果回送 `RST`，客户端会立即失败，而不是再试一次。",
        },
        Rule::ListenSynCookie => RuleText {
            title: "等待队列已满：使用 SYN cookie",
            happened: "{host}的等待队列已满（{waiting} 个连接，上限 {backlog}），它回送 {reply}，自己什么也不记：以后要用的都\
                藏在初始序号里。",
            why: "SYN 洪泛用永远不会完成的请求占满队列；真正存在的客户端会把这个序号加 1 送回来，证明自己。",
            otherwise: "没有 cookie，后来的请求都被丢弃，正常的客户端也连不上。",
        },
        Rule::ListenRcvCookie => RuleText {
            title: "SYN cookie 送回来了",
            happened: "{host}没有记下任何请求，但确认号 {ack} 正是发给这个客户端的 cookie 加 1，就像一直在 `SYN-RECEIVED` \
                等待一样，连接建立了。",
            why: "别人算不出 cookie，客户端必定收到了 `SYN,ACK`，第三个报文段要证明的就是这一点。",
            otherwise: "与 cookie 不符的确认不属于任何连接，会引来 `RST`。",
        },
        Rule::TextOnSynIgnored => RuleText {
            title: "SYN 携带的数据：按设置忽略",
            happened: "{host}按设置忽略随 `SYN` 到来的数据，只确认 `SYN`。",
            why: "没有得到确认的数据，对方会再发一次；在那之前，不必为一个也许不存在的客户端保存什么。",
            otherwise: "按照标准应先保存，等连接建立后再交给应用进程。",
        },
        Rule::SynSentRcvBadAck => RuleText {
            title: "确认了没有发送过的序号：以 RST 回应",
            happened: "{host}正在等待对自己 `SYN` 的确认，而确认号 {ack} 不在范围内，于是回送 {reply}，仍\
                处于 {to}。",
            why: "只有 ISS < SEG.ACK ≤ SND.NXT 才是对自己 `SYN` 的确认；别的确认属于旧的连接，`RST` 使对方\
                撤销它。",
            otherwise: "如果接受这个确认，旧的 `SYN,ACK` 就能让两端用错误的序号开始通信。",
        },
        Rule::SynAgainAtOnce => RuleText {
            title: "立即再发一次 SYN",
            happened: "{host}按设置不等重传计时器，发出 `RST` 之后立即再发一次 `SYN`，仍处于 {to}。",
            why: "`RST` 刚刚使对方撤销了旧的连接，这次 `SYN` 就能得到正常的回应。",
            otherwise: "按照标准要等重传计时器到期。",
        },
        Rule::SynSentRcvBadAckRst => RuleText {
            title: "RST 的确认号不对：丢弃",
            happened: "{host}丢弃它：确认号 {ack} 不是对自己 `SYN` 的确认，而且 `RST` 不需要回答。仍处于 \
                {to}。",
            why: "在 `SYN-SENT`，只有确认了自己 `SYN` 的 `RST` 才可信。",
            otherwise: "如果相信任意的 `RST`，旧连接的或伪造的 `RST` 就能阻止连接建立。",
        },
        Rule::SynSentRcvRst => RuleText {
            title: "连接被拒绝",
            happened: "{host}的 `SYN` 得到了 `RST`：撤销 TCB，由 {from} 回到 {to}，应用进程得到“连接被拒\
                绝”（ECONNREFUSED）。",
            why: "这个 `RST` 确认了 `SYN`，可见对方确实收到了连接请求，只是没有进程监听那个端口。",
            otherwise: "如果不理会它，{host}会一再重传 `SYN`，直到次数用尽才得到超时错误。",
        },
        Rule::SynSentRcvRstWithoutAck => RuleText {
            title: "RST 没有确认：丢弃",
            happened: "{host}丢弃它，仍处于 {to}：这个 `RST` 没有确认自己的 `SYN`。",
            why: "没有确认号，就不能证明发送 `RST` 的一端见过这个 `SYN`。",
            otherwise: "如果相信它，任何人不必看到 `SYN` 就能阻止连接建立。",
        },
        Rule::SynSentRcvSynAck => RuleText {
            title: "收到连接请求确认，连接已建立",
            happened: "{host}的 `SYN` 得到确认，它回送普通的确认报文段 {reply}，由 {from} 进入 {to}。",
            why: "第三个报文段确认对方的 `SYN`。它不携带数据就**不消耗序号**，所以第一个数据字节的序号仍是\
                自己的初始序号加 1。",
            otherwise: "如果没有这第三个报文段，服务器无法知道客户端是否真的要建立连接：已失效的连接请求报\
                文段就会得逞。",
        },
        Rule::SynSentRcvSyn => RuleText {
            title: "同时打开：双方都发送了 SYN",
            happened: "{host}发送过 `SYN`，又收到对方的 `SYN`，于是确认它，发送 {reply}，由 {from} 进入 \
                {to}。",
            why: "双方同时主动打开时，两个 `SYN` 在路上交错；两端都经过 `SYN-RECEIVED`，结果只建立**一个**\
                连接。",
            otherwise: "如果各自当作新的请求，就会出现两个连接，或者一个也建立不成。",
        },
        Rule::SynSentRcvOther => RuleText {
            title: "等待 SYN,ACK 时收到别的报文段：丢弃",
            happened: "{host}在等待 `SYN,ACK`，而它既没有 `SYN` 也没有 `RST`，于是丢弃，仍处于 {to}。",
            why: "没有对方的 `SYN`，就不知道对方的初始序号，其中的数据无从排列。",
            otherwise: "如果接受它，数据会从不知道的序号开始。",
        },
        Rule::TimestampMissing => RuleText {
            title: "没有时间戳：丢弃",
            happened: "双方已经约定使用时间戳，而这个报文段没有带，{host}丢弃它，不作回答。",
            why: "两个 SYN 都带了时间戳以后，每个报文段都必须带，否则无法分辨新旧；只有 RST 例外。",
            otherwise: "如果可以不带，旧的数据就能绕过时间戳的检查。",
        },
        Rule::TimestampTooOld => RuleText {
            title: "时间戳太旧：丢弃并确认",
            happened: "这个报文段的时间戳比{host}见过的最新时间戳还早，不管序号 {seq} 是否合适，它都是迟到的旧报文段，\
                于是丢弃它<<，并回送 {reply} 说明自己期待什么>>。",
            why: "高速连接的序号会在报文段的生存时间之内绕回一圈，时间戳可以分辨它属于哪一圈（PAWS）。",
            otherwise: "如果不检查，上一圈的报文段会落在窗口内，它的数据会被当成新的。",
        },
        Rule::OutsideWindow => RuleText {
            title: "序号不在接收窗口内：丢弃并确认",
            happened: "{host}期待的序号是 {expected}，而这个报文段的序号 {seq} 所占的范围不在接收窗口内，\
                于是丢弃它<<，并回送 {reply} 说明自己期待什么>>。",
            why: "每个报文段先检查序号。重复的、迟到的旧报文段落在窗口之外，丢弃但要确认，使对方知道现在的\
                位置。",
            otherwise: "如果不检查序号，旧的数据会被再次交给应用进程；如果不确认，丢失过确认的一方会一直重\
                传。",
        },
        Rule::KeepaliveAnswered => RuleText {
            title: "收到探测报文段：回送确认",
            happened: "{host}期待的序号是 {expected}，这个报文段却带着它的前一个序号 {seq}，也没有数据<<；{host}回\
                送 {reply}>>。",
            why: "对方用一个已经确认过的序号来询问：你还在吗？这样的报文段落在窗口之外，照例要回送确认，\
                对方由此知道连接还在。",
            otherwise: "如果不回答，对方会以为这一端已经出了故障，探测若干次后放弃连接。",
        },
        Rule::ChallengeLimited => RuleText {
            title: "可疑的报文段太多：这一个不再回答",
            happened: "{host}在 5 秒内已经回答过 {limit} 个可疑的报文段，这一个被悄悄丢弃，仍处于 {to}。",
            why: "每个可疑的报文段都值得回答，但回答的次数要有上限：伪造的报文段可以有许许多多，双方序号\
                不一致时还会互相回答个没完。",
            otherwise: "如果没有上限，两端会无休止地用确认回答确认。",
        },
        Rule::OutsideWindowRst => RuleText {
            title: "RST 的序号不在窗口内：悄悄丢弃",
            happened: "{host}期待的序号是 {expected}，而这个 `RST` 的序号是 {seq}，在窗口之外，悄悄丢弃，\
                仍处于 {to}。",
            why: "只有序号**恰好**等于下一个期待的序号的 `RST` 才可信；窗口之外的连询问都不必。",
            otherwise: "如果相信它，不知道序号的人也能随意切断别人的连接。",
        },
        Rule::SynReceivedRcvSynAgain => RuleText {
            title: "同一个连接请求再次到达：重发 SYN,ACK",
            happened: "{host}已经答应过这个连接请求，它又来了，说明 `SYN,ACK` 可能丢失，于是再次发送 \
                {reply}，仍处于 {to}。",
            why: "对方没有收到 `SYN,ACK` 就会超时重传 `SYN`；再答一次即可，序号不变。",
            otherwise: "如果只把它当作窗口之外的报文段，对方要等服务器自己的重传计时器到时才能收到 \
                `SYN,ACK`。",
        },
        Rule::SynReceivedRcvSynAck => RuleText {
            title: "同时打开完成，连接已建立",
            happened: "其中的 `SYN` 已经知道，而 `ACK` 确认了{host}自己的 `SYN`，由 {from} 进入 {to}。<<它\
                回送 {reply}。>>",
            why: "同时打开时，双方用 `SYN,ACK` 互相确认。它的序号是已经收过的初始序号，按字面的序号检查会\
                被丢弃，所以这里要单独处理。",
            otherwise: "如果丢弃它，两个都遵守字面规则的主机会一直停在 `SYN-RECEIVED`，互相重传。",
        },
        Rule::SynAckAgain => RuleText {
            title: "SYN,ACK 再次到达：再次确认",
            happened: "{host}早已确认过这个 `SYN,ACK`，它又来了，说明第三个报文段丢失了，于是再次确认，发\
                送 {reply}，仍处于 {to}。",
            why: "服务器没有等到第三个报文段，就超时重传 `SYN,ACK`；纯确认自己不会重传，要靠对方的重传引出\
                新的确认。",
            otherwise: "如果不再确认，服务器会停在 `SYN-RECEIVED`，直到重传次数用尽，或者数据到达。",
        },
        Rule::TimeWaitRcvFin => RuleText {
            title: "FIN 再次到达：再次确认，2MSL 重新开始",
            happened: "{host}早已确认过对方的 `FIN`，它又来了，说明最后一个 `ACK` 丢失了。{host}再次发送 \
                {reply}，并重启 2MSL 计时器（{msl2}），仍处于 {to}。",
            why: "这正是等待 2MSL 的第一个理由：最后一个确认可能丢失，对方会**重传连接释放报文段**，必须有\
                人再次回答。",
            otherwise: "如果 TCB 已经撤销，重传的 `FIN` 只会得到 `RST`，对方会把正常的释放当作错误。",
        },
        Rule::RepeatedFin => RuleText {
            title: "重复的 FIN：再次确认",
            happened: "{host}已经收过这个 `FIN`，丢弃它，再次确认 {reply}，仍处于 {to}。",
            why: "重复到达的 `FIN` 说明对方没有收到确认；按序号看它已在窗口之外，所以只确认，不再处理。",
            otherwise: "如果不再确认，对方会一直重传 `FIN`，直到放弃。",
        },
        Rule::SynReceivedRcvRstPassive => RuleText {
            title: "收到 RST，回到监听",
            happened: "{host}撤销这个半开的连接，由 {from} 回到 {to}，应用进程毫不知情。",
            why: "客户端没有要求建立这个连接，就用 `RST` 回答意外的 `SYN,ACK`；服务器因此立即知道，继续监\
                听。这就是三报文握手挡住已失效的连接请求报文段的办法。",
            otherwise: "如果只用两报文握手，服务器早已算作建立，会一直等待永远不来的数据。",
        },
        Rule::SynReceivedRcvRstActive => RuleText {
            title: "同时打开被拒绝",
            happened: "{host}是主动打开的，收到 `RST` 后撤销 TCB，由 {from} 进入 {to}，应用进程得到错误（`{error}`）。",
            why: "在 `SYN-RECEIVED` 要记得自己从哪里来：被动打开的回到 `LISTEN`，主动打开的要告诉应用进\
                程。",
            otherwise: "如果主动打开的一端也回到 `LISTEN`，它会开始监听一个没有人要求监听的端口。",
        },
        Rule::RstResets => RuleText {
            title: "连接被复位",
            happened: "`RST` 的序号恰好是{host}期待的 {expected}。{host}撤销 TCB，由 {from} 进入 {to}，应用进程得到错误（`{error}`），**不回答任何报文段**。",
            why: "`RST` 表示对方不承认这个连接（connection reset by peer，连接被对方复位），例如对方重启过，或者异常终止了连接。缓冲区中的数据一并丢弃。",
            otherwise: "如果不看序号就相信 `RST`，猜中插口的人就能切断连接；如果不理会它，本端会一直守着半\
                打开的连接。",
        },
        Rule::RstEndsClosing => RuleText {
            title: "RST 结束了最后阶段",
            happened: "`RST` 的序号恰好是期待的 {expected}，{host}撤销 TCB，由 {from} 进入 {to}。",
            why: "到了 `CLOSING`、`LAST-ACK`、`TIME-WAIT`，双方的数据都已传完。在 `LAST-ACK` 收到 `RST`，\
                一次正常的释放就被当作错误；在 `TIME-WAIT`，等待提前结束。",
            otherwise: "如果在 `TIME-WAIT` 收到 `RST` 就结束，2MSL 的保护就被提前取消；RFC 1337 建议忽略\
                它，可以在设置中打开。",
        },
        Rule::RstChallenged => RuleText {
            title: "RST 的序号不恰好：发出质询",
            happened: "{host}期待的序号是 {expected}，而 `RST` 的序号是 {seq}：在窗口之内却不恰好。它不复\
                位，只回送质询确认 {reply}，仍处于 {to}。",
            why: "真正的对方收到这个确认，会用恰好的序号再发一次 `RST`；伪造者看不到它，无从回答。",
            otherwise: "如果窗口内的 `RST` 都相信，攻击者只要让序号落在窗口里就行，不必恰好猜中。",
        },
        Rule::TimeWaitIgnoresRst => RuleText {
            title: "在 TIME-WAIT 忽略 RST",
            happened: "{host}按 RFC 1337 忽略这个 `RST`，继续等满 2MSL，仍处于 {to}。",
            why: "旧的重复报文段可能引来 `RST`，使 `TIME-WAIT` 提前结束；忽略它，2MSL 的保护就不会被取消。",
            otherwise: "如果相信它，旧连接的报文段就可能出现在同一对插口的新连接中。",
        },
        Rule::TimeWaitGivesWay => RuleText {
            title: "TIME-WAIT 让位给新的连接",
            happened: "{host}处于 {from}，`SYN`（{seq}）的序号或时间戳比旧连接用过的都新，不可能属于旧连接。旧的 TCB 撤销（{to}），监听的套接字接受新的连接。",
            why: "新的初始序号或时间大于旧连接的所有值，新旧连接的报文段就不会混淆，标准允许这样做。",
            otherwise: "如果不允许，同一对插口之间要等满 2MSL 才能再建立连接。",
        },
        Rule::TimeWaitRefusesSyn => RuleText {
            title: "TIME-WAIT 中收到 SYN：按设置拒绝",
            happened: "{host}设置为在 {from} 拒绝同一对插口的新连接，回送 {reply}，继续等待。",
            why: "旧的报文段可能还在路上；`RST` 使客户端立即知道要等待，或者换一个端口。",
            otherwise: "如果发出质询，客户端会回以 `RST`，它的下一个 `SYN` 就能打开连接。",
        },
        Rule::SynChallenged => RuleText {
            title: "已有的连接上收到 SYN：发出质询",
            happened: "{host}已有这个连接，又收到 `SYN`，不管它的序号是多少，都只回送质询确认 {reply}，仍\
                处于 {to}。",
            why: "若对方确实重启过，它不认识这个确认，会回以恰好的 `RST`，旧的半打开连接就清除了；若 \
                `SYN` 是伪造的，什么也不会发生。",
            otherwise: "如果 `SYN` 能直接复位连接，攻击者发一个 `SYN` 就能切断它。",
        },
        Rule::SynResets => RuleText {
            title: "已有的连接上收到 SYN：按旧标准复位",
            happened: "{host}关闭了 RFC 5961 的保护，窗口内的 `SYN` 使它复位连接：发送 {reply}，由 {from} \
                进入 {to}。",
            why: "RFC 793 把窗口内的 `SYN` 看作错误，直接复位。现在的标准改为质询。",
            otherwise: "打开 RFC 5961 的保护，同样的 `SYN` 只会引来质询确认，连接不受影响。",
        },
        Rule::WithoutAck => RuleText {
            title: "没有 ACK：丢弃",
            happened: "{host}丢弃它：连接同步之后，每个报文段都必须有 `ACK`。仍处于 {to}。",
            why: "连接建立后，除了开始的 `SYN` 和某些 `RST`，所有报文段都把 `ACK` 置 1。",
            otherwise: "如果接受它，没有看到过本端序号的人也能送进数据。",
        },
        Rule::SynReceivedRcvAck => RuleText {
            title: "第三个报文段到达，连接已建立",
            happened: "{host}的 `SYN` 得到确认，由 {from} 进入 {to}。",
            why: "服务器在这时才算建立：客户端确认了它的初始序号，证明双方都能发、都能收，而且这次请求不是\
                已失效的。",
            otherwise: "如果不等这个确认，就是两报文握手：服务器会为已失效的连接请求报文段白白浪费资源。",
        },
        Rule::SynReceivedRcvBadAck => RuleText {
            title: "确认号不对：以 RST 回应，状态不变",
            happened: "{host}在等待对自己 `SYN` 的确认，而确认号 {ack} 不在范围内，于是回送 {reply}，仍处\
                于 {to}。",
            why: "这个确认不属于正在建立的连接；复位的是那个旧连接，正在建立的不受影响。",
            otherwise: "如果因此放弃，旧的报文段就能打断新的连接。",
        },
        Rule::AckAdvances => RuleText {
            title: "新的确认",
            happened: "确认号 {ack} 表明此前的全部序号都已收到，{host}把它们从发送缓冲区删除，SND.UNA 由 \
                {una} 前移到 {ack}。",
            why: "确认是累积的：确认号是对方期待的下一个序号，它之前的都已到达。",
            otherwise: "如果逐个报文段单独确认，丢失一个确认就要重传已经到达的数据。",
        },
        Rule::AckDuplicate => RuleText {
            title: "没有新内容的确认",
            happened: "确认号 {ack} 没有确认新的序号<<，但说明有一个报文段离开了网络，{host}于是发送 {reply}>>。",
            why: "重复的确认是正常的：对方可能收到了重复或失序的报文段。",
            otherwise: "如果把它当作新的确认，迟到的旧确认就会扰乱连接。",
        },
        Rule::FastRetransmit => RuleText {
            title: "快重传：不等超时",
            happened: "接连收到 3 个重复的确认，{host}断定确认号 {una} 处的报文段丢失了，不等重传计时器到时，立即重传 {reply}，拥塞窗口减半。",
            why: "重复的确认说明后面的报文段还在到达，只是中间缺了一段；3 个就足以排除仅仅是次序颠倒。",
            otherwise: "如果只靠重传计时器，丢失一个报文段就要空等一个超时时间，拥塞窗口还要从头开始。",
        },
        Rule::SackRepeatsHole => RuleText {
            title: "选择确认：补上下一个空缺",
            happened: "对方仍然确认到 {una}，但用 SACK 说明了后面已经收到哪些。{host}先重传其中缺少的 {reply}，再发送新的数据。",
            why: "累积确认只能说明第一个空缺；SACK 把空缺都标出来，丢失几个报文段也能在一个往返时间内补齐，\
                已经收到的不必再传。",
            otherwise: "没有 SACK，每多丢失一个报文段就要多等一个往返时间，或者把已经收到的又传一遍。",
        },
        Rule::AckMovesWindow => RuleText {
            title: "窗口更新",
            happened: "确认号没有变，但对方的接收窗口变了，{host}记下新的窗口 {window}。<<窗口允许，发出 \
                {reply}。>>",
            why: "窗口由接收方决定；SND.WL1 和 SND.WL2 保证只采用较新的报文段给出的窗口。",
            otherwise: "如果采用旧报文段的窗口，发送方可能超出对方的缓冲区，或者误以为窗口已关闭。",
        },
        Rule::AckOfUnsent => RuleText {
            title: "确认了没有发送过的序号：丢弃",
            happened: "确认号 {ack} 超过了{host}发送过的最后序号（SND.NXT = {next}），于是丢弃它，回送 \
                {reply}。",
            why: "没有发送过的数据不可能被确认；回送的确认告诉对方真实的位置。",
            otherwise: "如果接受它，{host}会删除从未发送的数据。",
        },
        Rule::AckTooOld => RuleText {
            title: "确认号太旧：丢弃并质询",
            happened: "确认号 {ack} 早于 SND.UNA = {una} 一个最大窗口以上，{host}丢弃它，回送质询确认 \
                {reply}。",
            why: "RFC 5961 限定确认号的范围，使伪造的报文段更难被接受。",
            otherwise: "如果不检查，攻击者只要猜中序号，确认号随便填就能送进数据。",
        },
        Rule::FinWait1RcvAckOfFin => RuleText {
            title: "自己的 FIN 得到确认：半关闭",
            happened: "确认号 {ack} 确认了{host}的 `FIN`，由 {from} 进入 {to}，等待对方的连接释放报文段。",
            why: "从{host}到对方这个方向已经释放，连接处于**半关闭**：{host}不再发送数据，但对方若发送数\
                据，仍要接收。",
            otherwise: "如果把这个确认当作双方都结束，对方还没发完的数据就会丢失；这就是释放通常要四个报文\
                段的原因。",
        },
        Rule::ClosingRcvAckOfFin => RuleText {
            title: "同时关闭：自己的 FIN 得到确认",
            happened: "确认号 {ack} 确认了{host}的 `FIN`，由 {from} 进入 {to}，2MSL 计时器（{msl2}）开始。",
            why: "双方同时关闭时，两个 `FIN` 在路上交错，各自再等对方的确认；两端都要经过 `TIME-WAIT`。",
            otherwise: "如果这时直接关闭，对方若没有收到最后的确认，它重传的 `FIN` 会得到 `RST`。",
        },
        Rule::LastAckRcvAckOfFin => RuleText {
            title: "最后的确认到达，立即关闭",
            happened: "确认号 {ack} 确认了{host}的 `FIN`，它撤销 TCB，由 {from} 进入 {to}。",
            why: "被动关闭的一端收到最后一个确认就**立即进入关闭**，不必等 2MSL，所以结束时间比主动关闭的\
                一端要早一些。",
            otherwise: "如果没有这第四个报文段，{host}不知道自己的释放是否到达，只能一再重传 `FIN`。",
        },
        Rule::TimeWaitRcvAck => RuleText {
            title: "TIME-WAIT 中的普通确认：不处理",
            happened: "{host}已经处于 {to}，一个普通的确认没有什么要它做的<<；但它的序号不是期待的序号，于是用 \
                {reply} 告诉对方自己所处的位置>>。",
            why: "在 `TIME-WAIT` 只有重传的 `FIN` 需要回答，它说明最后一个确认丢失了。",
            otherwise: "如果每个确认都要重启 2MSL，一个重复的旧确认就能让等待无限延长。",
        },
        Rule::TextInOrder => RuleText {
            title: "数据按序到达",
            happened: "报文段中的 {bytes} 字节正好从期待的序号 {expected} 开始，{host}收下它们，交到接收缓\
                冲区<<，并发送确认 {reply}>>。",
            why: "RCV.NXT 前移到下一个期待的序号，确认号告诉对方此前的数据都已收到。半关闭时也一样：没有关\
                闭的方向照常接收。",
            otherwise: "如果不确认，对方会在超时后重传同样的数据。",
        },
        Rule::AckDelayed => RuleText {
            title: "按序到达，确认稍后发送",
            happened: "到来的内容已经交给应用进程，{host}用推迟确认计时器等待可以捎带确认的机会。",
            why: "确认可以推迟，但必须少于半秒：如果这时正好有数据要发送，或者又到了一个报文段，就省去一\
                个纯确认。",
            otherwise: "如果推迟得太久，对方会以为数据丢失而重传。",
        },
        Rule::NagleWaits => RuleText {
            title: "小的报文段等一等",
            happened: "{host}还有发送过而未被确认的数据，剩下的不够一个最长的报文段，于是等待确认到达，暂\
                不发送。",
            why: "在有数据未被确认时，只有凑够一个最长的报文段才发送，这样就不会有许多很小的报文段。可以\
                用 TCP_NODELAY 关闭。",
            otherwise: "如果每个字节都立即发送，41 字节的分组里只有 1 字节是数据。",
        },
        Rule::TextFillsHole => RuleText {
            title: "补上了缺口",
            happened: "缺少的数据到了：{host}把它和后面等待的数据一起交到接收缓冲区，共 {bytes} 字节<<，并\
                发送确认 {reply}>>。",
            why: "失序到达的数据先保留；缺口补上之后，一个确认就能确认到最后。",
            otherwise: "如果不保留失序的数据，对方要把后面的全部重传一遍。",
        },
        Rule::TextOutOfOrder => RuleText {
            title: "数据失序到达：保留，等待缺口",
            happened: "{host}期待 {expected}，而这个报文段从 {seq} 开始，中间缺少数据。它先保留这些数据，\
                不交给应用进程<<，并立即发送 {reply} 重申期待的序号>>。",
            why: "字节流必须按序交付；序号使失序和重复的报文段各归其位。",
            otherwise: "如果直接交给应用进程，数据的次序就错了。",
        },
        Rule::TextAfterShutdownRead => RuleText {
            title: "读方向已关闭：确认后丢弃",
            happened: "{host}的应用进程不再读取，到来的 {bytes} 字节被丢弃<<，但照常确认：{reply}>>。",
            why: "SHUT_RD 之后数据悄悄丢弃，对方并不知情。",
            otherwise: "如果不确认，对方会一再重传，直到放弃整个连接。",
        },
        Rule::TextAfterClose => RuleText {
            title: "应用进程已离开，数据无人读取：发送 RST",
            happened: "{host}的应用进程已经调用 close()，到来的数据不会有人读，于是发送 {reply}，由 \
                {from} 进入 {to}。",
            why: "close() 关闭两个方向；之后到来的数据只能丢失，用 `RST` 让对方知道。要半关闭，应当用 \
                shutdown(SHUT_WR)。",
            otherwise: "如果确认这些数据，对方会以为它们已经被读取。",
        },
        Rule::TextAfterFin => RuleText {
            title: "FIN 之后的数据：忽略",
            happened: "{host}已经收到对方的 `FIN`，此后不应再有数据，忽略它，仍处于 {to}。",
            why: "`FIN` 的序号是对方最后一个序号，它之后的数据没有合法的位置。",
            otherwise: "如果接受它，应用进程在文件结束符之后又会读到数据。",
        },
        Rule::FinBehindHole => RuleText {
            title: "FIN 之前还缺数据：先等待",
            happened: "这个 `FIN` 前面还缺少从 {expected} 开始的数据，{host}先记住它，不改变状态<<，并发\
                送 {reply} 重申期待的序号>>。",
            why: "`FIN` 也有序号，必须按序处理：它之前的数据全部到达，才算对方结束。",
            otherwise: "如果立即处理，应用进程会在数据还没到齐时读到文件结束符。",
        },
        Rule::EstablishedRcvFin => RuleText {
            title: "被动关闭：确认对方的 FIN",
            happened: "{host}收下对方的连接释放报文段，由 {from} 进入 {to}<<，发送 {reply} 确认它>>，并通知应用进程：读完后得到文件结束符。",
            why: "从对方到{host}这个方向释放了，连接处于**半关闭**；{host}若还有数据，仍可发送，时间不限，\
                由它的应用进程决定何时关闭。",
            otherwise: "如果应用进程忘记调用 close()，这里会一直停在 `CLOSE-WAIT`。",
        },
        Rule::FinWait1RcvFin => RuleText {
            title: "双方同时关闭",
            happened: "{host}的 `FIN` 还没有得到确认，却收到了对方的 `FIN`，于是确认它，发送 {reply}，由 \
                {from} 进入 {to}。",
            why: "两个 `FIN` 在路上交错，说明双方同时关闭；`CLOSING` 就是等待对自己 `FIN` 的确认。这种情况\
                比较罕见。",
            otherwise: "如果直接进入 `TIME-WAIT`，自己的 `FIN` 丢失了就没有人重传。",
        },
        Rule::FinAgainWithAck => RuleText {
            title: "确认时再带一次 FIN",
            happened: "{host}按设置在确认的同时再发一次自己的 `FIN`。",
            why: "自己的 `FIN` 如果丢失了，对方这时就得到了它；没有丢失，重复也没有害处。",
            otherwise: "按照标准只发送确认，丢失的 `FIN` 要等计时器到期才重传。",
        },
        Rule::FinWait1RcvFinAck => RuleText {
            title: "FIN 和 ACK 在同一个报文段中",
            happened: "这一个报文段既确认了{host}的 `FIN`，又带来对方的 `FIN`。{host}回送 {reply}，由 \
                {from} **直接**进入 {to}，无须经过 `FIN-WAIT-2`，2MSL 计时器（{msl2}）开始。",
            why: "对方没有数据要发送时，第二、三个报文段可以合成一个，同时带 `FIN` 标志和 `ACK` 标志，释放\
                只用三个报文段。",
            otherwise: "如果对方还有数据，它只能先确认，发完数据再释放，于是是四个报文段。",
        },
        Rule::FinWait2RcvFin => RuleText {
            title: "收到对方的 FIN，进入时间等待",
            happened: "{host}确认对方的连接释放报文段，发送 {reply}，由 {from} 进入 {to}，2MSL 计时器\
                （{msl2}）开始。",
            why: "两个方向都释放了，但 TCB 还要保留 2MSL：最后一个确认可能丢失；本连接的所有报文段也要在这\
                段时间内从网络中消失。",
            otherwise: "如果立即撤销 TCB，对方重传的 `FIN` 会得到 `RST`，迟到的旧报文段也可能混入新的连\
                接。",
        },
        Rule::IcmpOfNothingInFlight => RuleText {
            title: "ICMP 报告的不是途中的报文段：忽略",
            happened: "报告引用的报文段并不在途中，它是旧的，或者是伪造的，{host}忽略它。",
            why: "谁都能发送 ICMP，只有看得到通信的人才知道现在途中的序号。",
            otherwise: "如果每个报告都算数，猜中端口的人就能中断连接。",
        },
        Rule::IcmpSourceQuench => RuleText {
            title: "源点抑制：忽略",
            happened: "路由器要{host}放慢发送，TCP 不理会。",
            why: "网络能承受多少，由拥塞控制从丢失中得知；源点抑制用处不大，又容易被滥用。",
            otherwise: "攻击者偶尔发一个报文，就能拖慢任何连接。",
        },
        Rule::IcmpEndsConnection => RuleText {
            title: "ICMP 报告硬差错：放弃连接",
            happened: "报告说再试也没有用：{icmp}。{host}放弃，由 {from} 进入 {to}，应用进程得到错误（`{error}`）。",
            why: "连接还在建立时，放弃不会丢失什么，可以马上改试别的地址。已建立的连接只有设置允许时才这样结束，因为报告容易伪造。",
            otherwise: "否则要重传几分钟，应用进程才会知道。",
        },
        Rule::IcmpNoted => RuleText {
            title: "ICMP 报告软差错：记下",
            happened: "{host}记下报告（{icmp}），照常进行，由重传计时器决定。",
            why: "路由会恢复，TCP 不能因为这样的报告中断连接；但如果最后超时，应用进程可以知道原因。",
            otherwise: "一台路由器的短暂故障会中断经过它的所有连接。",
        },
        Rule::RetransmitSyn => RuleText {
            title: "超时重传连接请求",
            happened: "{host}的 `SYN` 没有按时得到确认，重传 {reply}（第 {retries} 次），下一次等待 \
                {rto}。",
            why: "`SYN`、`SYN,ACK` 或它们的确认丢失，都靠**超时重传**补救；一再超时，等待时间就加倍，以免加重拥塞。",
            otherwise: "如果不重传，一个丢失的报文段就使连接永远建立不起来。",
        },
        Rule::RetransmitSynAck => RuleText {
            title: "超时重传 SYN,ACK",
            happened: "{host}没有等到第三个报文段，重传 {reply}（第 {retries} 次），下一次等待 {rto}。",
            why: "`SYN,ACK` 丢失，或客户端的确认丢失，在这里看来是一样的：重传之后对方会再次确认。",
            otherwise: "如果客户端故意不发送最后一个确认，服务器就停在 `SYN-RECEIVED`，重传到次数用尽；大\
                量这样的连接就是 SYN 洪泛。",
        },
        Rule::RetransmitData => RuleText {
            title: "超时重传数据",
            happened: "{host}最早发送的数据没有按时得到确认，重传 {reply}（第 {retries} 次），下一次等待 \
                {rto}。",
            why: "序号相同的数据再发一次：接收方若已收到，会按序号认出重复而丢弃，只再确认一次。",
            otherwise: "如果不重传，丢失的数据永远到不了对方，字节流就断了。",
        },
        Rule::RetransmitFin => RuleText {
            title: "超时重传连接释放报文段",
            happened: "{host}的 `FIN` 没有按时得到确认，重传 {reply}（第 {retries} 次），下一次等待 \
                {rto}，仍处于 {to}。",
            why: "`FIN` 或它的确认丢失，都靠重传补救；对方若已在 `TIME-WAIT`，会再次确认并重启 2MSL 计时\
                器。",
            otherwise: "如果对方没有 `TIME-WAIT`，已经撤销了 TCB，重传的 `FIN` 只会得到 `RST`。",
        },
        Rule::RetriesExhausted => RuleText {
            title: "重传次数用尽，放弃连接",
            happened: "{host}已重传 {limit} 次仍没有得到确认，放弃连接，由 {from} 进入 {to}，应用进程得到错误（`{error}`）。",
            why: "对方可能已经崩溃，或者线路已断。重传次数的上限 R2 决定沉默的网络能忍受多久；`SYN` 至少要坚持三分钟。其间若有路由器报告故障，错误就说明这个原因。",
            otherwise: "如果没有上限，对方出故障后，这里会永远重传下去。",
        },
        Rule::ProbeZeroWindow => RuleText {
            title: "探测零窗口",
            happened: "对方的接收窗口是 0，{host}发送探测报文段 {reply}，看窗口是否已经张开。",
            why: "宣布窗口重新张开的确认可能丢失，而确认不会重传；所以发送方要定时探测。只要探测得到回答，\
                连接就保持。",
            otherwise: "如果不探测，那个确认一旦丢失，双方会互相等待，永远僵住。",
        },
        Rule::SendSmallSegment => RuleText {
            title: "等待之后发送小报文段",
            happened: "窗口张开得很小，{host}等了一段时间，现在按窗口允许的大小发送 {reply}。",
            why: "为避免糊涂窗口综合征，太小的窗口先不用；等待有限，到时就发送。",
            otherwise: "如果每张开一个字节就发送一个字节，首部会比数据多几十倍。",
        },
        Rule::UserTimeoutExpires => RuleText {
            title: "用户超时：放弃连接",
            happened: "{host}发送的数据太久没有得到确认，超过了应用进程规定的时间，放弃连接，由 {from} 进\
                入 {to}，应用进程得到 ETIMEDOUT。",
            why: "用户超时由应用进程决定它愿意等多久，可以比重传次数的上限早得多。",
            otherwise: "如果没有它，只能等到重传次数用尽。",
        },
        Rule::TimeWaitExpires => RuleText {
            title: "2MSL 已过，撤销 TCB",
            happened: "{host}等满了 2MSL（{msl2}），撤销传输控制块 TCB，由 {from} 进入 {to}。连接到此完全\
                结束。",
            why: "最长报文段寿命 MSL 内，任何报文段都会从网络中消失；等 2MSL，一来一回的都不会再出现，同一\
                对插口可以安全地再用。",
            otherwise: "如果不等，这个连接迟到的报文段可能被同一对插口的新连接当作自己的数据。",
        },
        Rule::DelayedAckExpires => RuleText {
            title: "推迟的确认不能再等",
            happened: "{host}等到了推迟确认的期限，发送 {reply}。",
            why: "这期间没有报文段可以捎带；确认最多推迟半秒。",
            otherwise: "如果继续等，对方的重传计时器会到时。",
        },
        Rule::ProbeKeepalive => RuleText {
            title: "连接空闲太久：发送探测报文段",
            happened: "{host}很久没有收到对方的任何报文段，发送探测报文段 {reply}，它的序号是对方已经确认\
                过的，迫使对方回答。这是第 {retries} 次探测之后的又一次。",
            why: "保活计时器：每收到一次对方的报文段就重新设置，通常是两小时；到时还没有动静，就每隔 75 秒\
                发送一个探测报文段。默认关闭，由应用进程打开。",
            otherwise: "如果没有保活计时器，对方出故障之后，这一端会白白等待下去。",
        },
        Rule::KeepaliveExhausted => RuleText {
            title: "探测报文段都没有响应：放弃连接",
            happened: "连续 {limit} 个探测报文段都没有响应，{host}认为对方出了故障，发送 {reply}，由 {from} 进\
                入 {to}，应用进程得到 ETIMEDOUT。",
            why: "一个探测报文段没有响应并不能说明什么，它可能在路上丢失；连续 {limit} 个都没有，才放弃这个连接。",
            otherwise: "如果一次没有响应就放弃，短暂的线路故障也会切断好的连接。",
        },
        Rule::FinWait2Expires => RuleText {
            title: "等不到对方的 FIN：撤销 TCB",
            happened: "{host}在 {from} 等得太久，应用进程早已关闭，撤销传输控制块 TCB，进入 {to}。",
            why: "标准没有给 `FIN-WAIT-2` 规定时间；但已经没有应用进程的一端，常见的实现只等一段时间（Linux 是 60 秒）。",
            otherwise: "如果不限时间，对方不关闭，这一端就一直处于 `FIN-WAIT-2`。",
        },
        Rule::SpuriousTimeout => RuleText {
            title: "计时器并没有运行",
            happened: "这个计时器已经停止，什么也没有发生，仍处于 {to}。",
            why: "只有正在运行的计时器到时才有意义；停止之后迟来的到时不算数。",
            otherwise: "如果照样处理，已经得到确认的报文段会被重传。",
        },
        Rule::ListenRcvSynTwoWay => RuleText {
            title: "打破规则：两报文握手，服务器立即建立",
            happened: "按两报文握手的规则，{host}收到 `SYN` 就算建立：发送 {reply}，由 {from} 直接进入 \
                {to}。",
            why: "真正的 TCP 在这里进入 `SYN-RECEIVED`，等第三个报文段确认。现在没有人核实这个请求是不是客\
                户端现在想要的。",
            otherwise: "如果这是**已失效的连接请求报文段**，服务器就打开了一个没有人要的连接，一直等待数\
                据，白白浪费资源。",
        },
        Rule::SynSentRcvSynAckTwoWay => RuleText {
            title: "打破规则：两报文握手，不发送第三个报文段",
            happened: "按两报文握手的规则，{host}收到 `SYN,ACK` 就由 {from} 进入 {to}，不再发送确认。",
            why: "真正的 TCP 在这里发送第三个报文段，让服务器知道这个连接确实有人要。",
            otherwise: "正常情况下看不出差别；差别要等到已失效的连接请求报文段到达服务器时才显现。",
        },
        Rule::ClosedRcvSynAckTwoWay => RuleText {
            title: "打破规则：不理会意外的 SYN,ACK",
            happened: "{host}没有要求建立这个连接。按两报文握手的规则，它不理会这个 `SYN,ACK`，仍处于 \
                {to}。",
            why: "真正的 TCP 在这里回送 `RST`，服务器立即知道这是已失效的请求。",
            otherwise: "现在服务器永远不会知道：它停在 `ESTABLISHED`，等待永远不来的数据。",
        },
        Rule::SkipTimeWait => RuleText {
            title: "打破规则：没有 TIME-WAIT",
            happened: "{host}确认对方的 `FIN`，发送 {reply}，随即撤销 TCB，由 {from} 直接进入 {to}，不等 \
                2MSL。",
            why: "真正的 TCP 在这里进入 `TIME-WAIT`。现在如果最后一个确认丢失，没有人能再次回答对方重传的 \
                `FIN`。",
            otherwise: "丢弃这个确认就能看到：重传的 `FIN` 得到 `RST`，对方把正常的释放当作错误。",
        },
        Rule::CloseWaitForgets => RuleText {
            title: "打破规则：三报文挥手，不等最后的确认",
            happened: "{host}发送连接释放报文段 {reply}，不等确认就撤销 TCB，由 {from} 直接进入 {to}。",
            why: "真正的 TCP 在这里进入 `LAST-ACK`。没有最后一个确认，被动关闭的一端不知道自己的释放是否到\
                达。",
            otherwise: "如果这个 `FIN` 丢失，没有人重传它，对方会一直停在 `FIN-WAIT-2`。",
        },
    }
}
