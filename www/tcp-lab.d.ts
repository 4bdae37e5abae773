// The page API of the TCP State Lab: the class `Lab`, and `window.tcpLab`, which is the page's own session.
//
// Times are whole microseconds of virtual time. States, sequence variables and socket calls have the names of
// RFC 9293 and of the BSD interface. Numbers of segments are those of `in_flight[].segment`, from 1, in the order of
// sending. Every method that can fail throws a LabError and changes nothing.

/** Thrown for every bad argument, and for a `Lab` that is not there yet or no more. Nothing has changed then. */
export interface LabError extends Error {
  name: "LabError";
  /** The argument, or the place in it, that is wrong: `lang`, `to.port`, `script[0].action.host`. */
  field: string;
}

export class Lab {
  /** The experiment with that id, a scenario given as an object, or (left out, or null) the free lab. */
  constructor(scenario?: string | Scenario | null);
  /** The session that a link leads to: an address, or what stands in one behind `#s=`. */
  static fromLink(link: string | { href: string }): Lab;
  /** The ids of the experiments that are built in. */
  static experiments(): string[];
  /**
   * Why a session from a link may not be what its maker saw: by today's rules the journal leads to another state, or only
   * so far.
   */
  readonly linkNotice: "differs" | "cut-short" | null;
  /**
   * The last `play` or `jump` has stopped before it was done. Taken once more it goes on, unless the run is as long as it
   * may be; then the action is refused.
   */
  readonly hasStoppedEarly: boolean;
  apply(action: Action): void;
  snapshot(): Snapshot;
  /** What has happened, from record number `from` on. */
  transitions(from?: number | null): RecordView[];
  explain(id: number, lang: Lang): Explanation;
  /** The actions taken on this branch, each with its time. */
  journal(): [Instant, Action][];
  /** What stands behind `#s=` in the address of this moment. */
  link(): string;
  /** A capture for Wireshark. */
  pcapng(): Uint8Array;
  /** Gives the memory back; the object is of no use afterwards. */
  free(): void;
  /** The same, for `using lab = new Lab()`. */
  [Symbol.dispose](): void;
}

/** Where a file comes from: an address, an answer to a request, or its bytes. */
export type Source = string | URL | Response | ArrayBuffer | Uint8Array;

/**
 * Loads the program and the texts of both languages, from beside this module unless told otherwise. Must be awaited
 * before the first `Lab` is made; further calls do nothing. Resolves to the exports of the WebAssembly module.
 */
export default function init(sources?: {
  module_or_path?: Source | WebAssembly.Module | Promise<Source | WebAssembly.Module>;
  texts?: { "zh-Hans"?: Source | Promise<Source>; en?: Source | Promise<Source> };
}): Promise<{ memory: WebAssembly.Memory }>;

declare global {
  interface Window {
    /** The page's own session. The ids of the experiments are in `tcpLab.constructor.experiments()`. */
    tcpLab?: Lab;
  }

  interface WindowEventMap {
    /** `window.tcpLab` is there. */
    "tcp-lab-ready": CustomEvent<null>;
  }

  // Libraries before ES2026 do not have it.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

// What follows is made from the Rust types: see tests/declarations/main.rs.

/** A moment: microseconds since the session began. */
export type Instant = number;

/** A length of time in microseconds. */
export type Duration = number;

/** The number of a packet: from 1, in the order of sending, both directions together. */
export type PacketId = number;

/** Which of the two hosts. The names only say what they usually do: either host can listen. */
export type HostName = "client" | "server";

/** The state of one end of a connection. In the order of RFC 9293, but with CLOSED first. */
export type StateName = "CLOSED" | "LISTEN" | "SYN-SENT" | "SYN-RECEIVED" | "ESTABLISHED" | "FIN-WAIT-1"
  | "FIN-WAIT-2" | "CLOSE-WAIT" | "CLOSING" | "LAST-ACK" | "TIME-WAIT";

/** Which timer. Of two that expire at the same instant, the one listed first fires first. */
export type TimerName = "retransmission" | "persist" | "time-wait" | "user-timeout" | "delayed-ack" | "keepalive"
  | "fin-wait-2";

/**
 * A named rule. In the order in which RFC 9293 §3.10 treats events: calls, segments, time-outs. Then come the
 * rules that are broken on purpose.
 */
export type RuleName = "open-passive" | "open-active" | "open-active-from-listen" | "open-refused"
  | "send-from-listen" | "send-queued" | "send-accepted" | "send-buffer-full" | "send-after-close"
  | "send-without-connection" | "receive-delivers" | "receive-waits" | "receive-end-of-file"
  | "receive-after-shutdown" | "receive-without-connection" | "shutdown-read" | "close-listen" | "close-syn-sent"
  | "close-syn-received" | "close-syn-received-queued" | "close-established" | "close-close-wait" | "close-again"
  | "close-without-connection" | "close-with-unread-data" | "close-orphans" | "abort-sends-reset"
  | "abort-silently" | "abort-without-connection" | "options-applied" | "syn-fin-dropped" | "closed-rcv-rst"
  | "closed-rcv-without-ack" | "closed-rcv-ack" | "listen-rcv-rst" | "listen-rcv-ack" | "listen-ignores-syn-ack"
  | "listen-rcv-syn" | "listen-rcv-other" | "listen-backlog-full" | "listen-syn-cookie" | "listen-rcv-cookie"
  | "text-on-syn-ignored" | "syn-sent-rcv-bad-ack" | "syn-again-at-once" | "syn-sent-rcv-bad-ack-rst"
  | "syn-sent-rcv-rst" | "syn-sent-rcv-rst-without-ack" | "syn-sent-rcv-syn-ack" | "syn-sent-rcv-syn"
  | "syn-sent-rcv-other" | "timestamp-missing" | "timestamp-too-old" | "outside-window" | "keepalive-answered"
  | "challenge-limited" | "outside-window-rst" | "syn-received-rcv-syn-again" | "syn-received-rcv-syn-ack"
  | "time-wait-rcv-fin" | "syn-ack-again" | "repeated-fin" | "syn-received-rcv-rst-passive"
  | "syn-received-rcv-rst-active" | "rst-resets" | "rst-ends-closing" | "rst-challenged" | "time-wait-ignores-rst"
  | "time-wait-gives-way" | "time-wait-refuses-syn" | "syn-challenged" | "syn-resets" | "without-ack"
  | "syn-received-rcv-ack" | "syn-received-rcv-bad-ack" | "ack-advances" | "ack-duplicate" | "fast-retransmit"
  | "sack-repeats-hole" | "ack-moves-window" | "ack-of-unsent" | "ack-too-old" | "fin-wait-1-rcv-ack-of-fin"
  | "closing-rcv-ack-of-fin" | "last-ack-rcv-ack-of-fin" | "time-wait-rcv-ack" | "text-in-order" | "ack-delayed"
  | "nagle-waits" | "text-fills-hole" | "text-out-of-order" | "text-after-shutdown-read" | "text-after-close"
  | "text-after-fin" | "fin-behind-hole" | "established-rcv-fin" | "fin-wait-1-rcv-fin" | "fin-again-with-ack"
  | "fin-wait-1-rcv-fin-ack" | "fin-wait-2-rcv-fin" | "icmp-of-nothing-in-flight" | "icmp-source-quench"
  | "icmp-ends-connection" | "icmp-noted" | "retransmit-syn" | "retransmit-syn-ack" | "retransmit-data"
  | "retransmit-fin" | "retries-exhausted" | "probe-zero-window" | "send-small-segment" | "user-timeout-expires"
  | "time-wait-expires" | "delayed-ack-expires" | "probe-keepalive" | "keepalive-exhausted" | "fin-wait-2-expires"
  | "spurious-timeout" | "what-if-listen-rcv-syn-two-way" | "what-if-syn-sent-rcv-syn-ack-two-way"
  | "what-if-closed-rcv-syn-ack-two-way" | "what-if-skip-time-wait" | "what-if-close-wait-forgets";

/** The tests, in the words of RFC 9293 §3.10. A test that holds always lets the segment pass. */
export type TestName = "not-rst" | "has-ack" | "not-ack" | "has-syn" | "not-syn" | "has-fin" | "backlog-has-room"
  | "ack-of-our-syn" | "has-timestamps" | "timestamp-not-too-old" | "in-window" | "rst-exact" | "ack-not-too-old"
  | "ack-not-beyond-sent" | "ack-is-new" | "window-is-newer" | "covers-our-fin" | "text-is-next" | "fin-is-next"
  | "retries-left" | "nothing-unread" | "nothing-queued" | "window-open" | "syn-time-is-newer" | "syn-is-newer"
  | "network-has-room" | "nothing-in-flight" | "challenges-left" | "quotes-what-is-in-flight" | "cookie-is-ours";

/** A variable of RFC 9293 §3.3.1, or a count, that a check compared. */
export type VariableName = "SEG.SEQ" | "SEG.ACK" | "SEG.LEN" | "SEG.WND" | "SEG.TSval" | "TS.Recent" | "ICMP.SEQ"
  | "SND.UNA" | "SND.NXT" | "SND.WND" | "SND.WL1" | "SND.WL2" | "MAX.SND.WND" | "ISS" | "FIN" | "IRS" | "RCV.NXT"
  | "RCV.WND" | "retries" | "limit" | "answered" | "CWND" | "SSTHRESH" | "bytes" | "waiting" | "backlog";

/** The control bits of RFC 9293 §3.1, with their values on the wire. */
export type Control = string;

/** Why a segment, or a part of it, is dropped. */
export type DropReason = "rst-at-closed" | "no-connection" | "rst-at-listen" | "ack-at-listen" | "not-a-syn"
  | "backlog-full" | "ack-unacceptable" | "rst-unproven" | "neither-syn-nor-rst" | "timestamp-missing"
  | "timestamp-too-old" | "outside-window" | "rst-not-exact" | "rst-in-time-wait" | "syn-in-window" | "no-ack"
  | "ack-too-old" | "read-shut" | "text-after-fin" | "already-received" | "syn-with-fin" | "text-on-syn";

/** Why a segment is sent. */
export type SendReason = "open" | "accept-open" | "data" | "close" | "acknowledge" | "retransmission"
  | "fast-retransmit" | "sack-retransmit" | "partial-ack" | "window-probe" | "keepalive-probe" | "window-update"
  | "challenge" | "reset" | "abort";

/** Why a timer was set or stopped. The page shows this beside the timer. */
export type TimerReason = "segment-sent" | "progress-made" | "backed-off" | "all-acknowledged" | "window-shut"
  | "window-opened" | "entered-time-wait" | "repeated-fin" | "text-received" | "ack-sent" | "idle" | "probe-sent"
  | "not-idle" | "orphaned" | "connection-deleted";

/** What the application is told without asking: "signal the user" in the RFC. */
export type SignalName = "established" | "peer-closed" | "reset" | "broken-pipe" | "refused" | "in-trouble"
  | "timed-out" | "net-unreachable" | "host-unreachable";

/** The reports that RFC 9293 §3.9.2.2 tells apart. */
export type IcmpName = "net-unreachable" | "host-unreachable" | "protocol-unreachable" | "port-unreachable"
  | "prohibited" | "fragmentation-needed" | "source-quench" | "time-exceeded" | "parameter-problem";

/** An error of a socket call. */
export type ErrnoName = "EADDRINUSE" | "EADDRNOTAVAIL" | "EAGAIN" | "EALREADY" | "EBADF" | "ECONNABORTED"
  | "ECONNREFUSED" | "ECONNRESET" | "EHOSTDOWN" | "EHOSTUNREACH" | "EINPROGRESS" | "EINVAL" | "EISCONN" | "EMFILE"
  | "ENETUNREACH" | "ENOTCONN" | "EOPNOTSUPP" | "EPIPE" | "ETIMEDOUT" | "ENOBUFS";

/** A program. */
export type ProgramName = "none" | "echo" | "sink" | "never-closes";

/** Which direction shutdown() closes. */
export type How = "RD" | "WR" | "RDWR";

/** Who holds the socket. */
export type Descriptor = "queued" | "open" | "closed";

/** The cable between the hosts. */
export type Cable = "up" | "cut";

/** What can be set on one socket; what is not set is as the host's `Config` says. */
export type SocketOptionName = "SO_KEEPALIVE" | "TCP_KEEPIDLE" | "TCP_KEEPINTVL" | "TCP_KEEPCNT" | "TCP_NODELAY"
  | "TCP_USER_TIMEOUT" | "SO_LINGER" | "SO_RCVTIMEO" | "SO_REUSEADDR";

/** An address and a port. The notes call this 插口. */
export type Endpoint = {
  /** The IPv4 address; 0.0.0.0 means "not specified". */
  addr: string,
  /** The port; 0 means "not specified". */
  port: number,
};

/**
 * The settings of one host's stack. Where stacks disagree, the default follows RFC 9293. MSL is two minutes, as in the
 * RFC (§3.4.2) and in the notes; Linux waits 60 s in all. Features that standards recommend but that would confuse
 * beginners are off by default: Nagle's algorithm, delayed acknowledgements, timestamps.
 */
export type Config = {
  /** Maximum segment lifetime; TIME-WAIT lasts twice as long (RFC 9293 §3.4.2, MUST-13). */
  msl_us?: Duration,
  /** The retransmission time-out until a round trip was measured (RFC 6298 §2.1). */
  rto_initial_us?: Duration,
  /** The smallest retransmission time-out (RFC 6298 §2.4: one second; Linux uses 200 ms). */
  rto_min_us?: Duration,
  /** The largest retransmission time-out (RFC 6298 §2.5: at least 60 s). */
  rto_max_us?: Duration,
  /** R2 for a SYN: how often it is sent again before the open is given up (RFC 9293 §3.8.3, MUST-22, MUST-23). */
  syn_retries?: number,
  /** R2 for everything else: how often a segment is sent again before the connection is given up (MUST-20). */
  data_retries?: number,
  /** The user time-out: how long sent data may stay unacknowledged. If absent, only R2 decides. */
  user_timeout_us?: Duration | null,
  /**
   * How long an open may take, whatever `syn_retries` says (TCP_KEEPINIT of FreeBSD). If absent, only R2 and
   * the user time-out decide.
   */
  open_timeout_us?: Duration | null,
  /**
   * Protection against blind attacks: an RST or a SYN inside the window gets a challenge ACK (RFC 5961 §3, §4). Off:
   * as in RFC 793. Linux and smoltcp challenge too; in FreeBSD it is a setting.
   */
  rfc5961?: boolean,
  /**
   * Ignore an RST in TIME-WAIT (RFC 1337, fix F1), as FreeBSD and lwIP do. Off: the RST ends TIME-WAIT, as in RFC
   * 9293 and by default in Linux.
   */
  rfc1337?: boolean,
  /**
   * In TIME-WAIT, a SYN with a number beyond the old connection may open a new one (RFC 9293 §3.6.1, MAY-2), as in
   * Linux and FreeBSD. Off: it is challenged like any other SYN (RFC 5961). lwIP answers with an RST.
   */
  reopen_from_time_wait?: boolean,
  /**
   * In TIME-WAIT, a SYN that opens no new connection is answered with an RST, as in lwIP, and TIME-WAIT goes on.
   * Off: it is challenged (RFC 5961 §4), or without `rfc5961` it is an error (RFC 793).
   */
  refuse_in_time_wait?: boolean,
  /**
   * A hard ICMP error ends an open connection too (RFC 9293 §3.9.2.2, SHLD-26). Off: it ends only an open in
   * progress, as in Linux and the BSDs, because such reports are easily forged (RFC 5927 §5.2).
   */
  icmp_hard_aborts?: boolean,
  /** No ICMP error ends anything, not even an open in progress. FreeBSD has such a setting. */
  icmp_never_aborts?: boolean,
  /**
   * A segment with SYN and FIN is dropped in LISTEN and SYN-SENT, as in Linux; in FreeBSD it is a setting. Off: both
   * count, as in RFC 9293.
   */
  drop_syn_fin?: boolean,
  /**
   * SYN,ACK at LISTEN is dropped silently, as in FreeBSD. Off: it is answered with an RST, as in RFC 9293 §3.10.7.2
   * and Linux.
   */
  ignore_syn_ack_at_listen?: boolean,
  /**
   * After the RST for a wrong acknowledgement in SYN-SENT, the SYN is sent again at once, as in Linux and lwIP. Off:
   * it waits for the retransmission timer, as in RFC 9293 §3.10.7.3 and FreeBSD.
   */
  syn_again_at_once?: boolean,
  /**
   * In FIN-WAIT-1 the acknowledgement of the other FIN carries our FIN once more, as in FreeBSD. Off: it is a bare
   * acknowledgement, as in RFC 9293 §3.6, Figure 13, and Linux.
   */
  fin_again_with_ack?: boolean,
  /**
   * An RST in SYN-RECEIVED after connect() is reported as ECONNRESET, as in Linux. Off: as ECONNREFUSED, as in RFC
   * 9293 §3.10.7.4 and FreeBSD.
   */
  reset_while_opening?: boolean,
  /**
   * An RST in CLOSE-WAIT is reported as EPIPE, as in Linux. Off: as ECONNRESET, as in RFC 9293 §3.10.7.4 and
   * FreeBSD.
   */
  epipe_in_close_wait?: boolean,
  /**
   * close() with unread data sends a FIN, and an RST only if more data arrives, as in FreeBSD. Off: it sends an RST,
   * as in RFC 9293 §3.6.1 (SHLD-3) and Linux.
   */
  fin_with_unread_data?: boolean,
  /**
   * Text that arrives after shutdown(SHUT_RD) can be read, as in Linux. Off: it is acknowledged and thrown away, as
   * in FreeBSD. RFC 9293 has no such call.
   */
  keep_text_after_shutdown?: boolean,
  /**
   * The acknowledgement of a FIN in ESTABLISHED may be delayed like that of text, as in Linux. Off: it is sent at
   * once, as in FreeBSD. RFC 9293 §3.8.6.3 allows both.
   */
  delay_ack_of_fin?: boolean,
  /**
   * How many repeats of a SYN wait only as long as the first try: four in Linux. Zero: each waits twice as long as
   * the one before (RFC 6298 §5.5).
   */
  syn_linear_retries?: number,
  /**
   * Text that comes with a SYN is ignored, and the other end sends it again, as in Linux. Off: it is kept until the
   * connection is open, as in RFC 9293 §3.10.7.2 and FreeBSD.
   */
  ignore_text_on_syn?: boolean,
  /** How many doubtful segments are answered in five seconds, challenges included. If absent, all are (RFC 5961 §7). */
  challenge_limit?: number | null,
  /** A listener whose backlog is full answers with SYN cookies instead of dropping the SYN (RFC 4987 §3.6). */
  syn_cookies?: boolean,
  /**
   * After a crash the host neither sends nor receives for one MSL, so that no old segment can be mistaken for a new
   * one (RFC 9293 §3.4.3). Off: it starts at once, which is safe because initial numbers follow a clock that no
   * crash stops.
   */
  quiet_time?: boolean,
  /**
   * How long an acknowledgement of data in order may be delayed (RFC 9293 §3.8.6.3). Zero, as in the notes: it is
   * sent at once. Never half a second or more (MUST-40).
   */
  ack_delay_us?: Duration,
  /**
   * Segments that arrive in order at the same instant are acknowledged together, after all of them were processed
   * (RFC 9293 §3.10.7.4, MUST-58, MUST-59). Off: each segment is acknowledged by itself.
   */
  aggregate_acks?: boolean,
  /**
   * Small segments wait while something is unacknowledged (RFC 9293 §3.7.4). TCP_NODELAY switches this off
   * (MUST-17).
   */
  nagle?: boolean,
  /** Slow start, congestion avoidance, fast retransmit (RFC 5681, MUST-19). Off, only the receive window limits. */
  congestion_control?: boolean,
  /**
   * How many segments the initial congestion window has (RFC 6928: ten). If absent: two to four, depending on their
   * size (RFC 5681 §3.1).
   */
  initial_segments?: number | null,
  /** Offer window scale with this shift, at most 14 (RFC 7323 §2). If absent, windows are at most 65,535 octets. */
  window_scale?: number | null,
  /**
   * Offer timestamps: every acknowledgement measures a round trip, and old segments are recognised by their age
   * (RFC 7323 §3, §5).
   */
  timestamps?: boolean,
  /** Offer selective acknowledgement: the receiver reports what it has received beyond a hole (RFC 2018). */
  sack?: boolean,
  /** SO_KEEPALIVE: probe a peer that has been silent (RFC 9293 §3.8.4, MUST-24); off by default (MUST-25). */
  keepalive?: boolean,
  /** How long a connection is idle before the first probe; at least two hours by default (MUST-28). */
  keepalive_idle_us?: Duration,
  /** How long to wait for the answer to a probe. */
  keepalive_interval_us?: Duration,
  /** How many probes in a row may stay unanswered. One alone proves nothing (MUST-29). */
  keepalive_probes?: number,
  /**
   * A probe carries one octet that the peer already has, because very old stacks do not answer a segment without
   * text (RFC 9293 §3.8.4, MAY-6). Off by default (SHLD-12).
   */
  keepalive_octet?: boolean,
  /** How long FIN-WAIT-2 lasts if no application is left. If absent there is no limit, as in RFC 9293. */
  fin_wait_2_us?: Duration | null,
  /** How many bytes may wait to be sent or acknowledged (SO_SNDBUF). */
  send_buffer_bytes?: number,
  /** How many bytes may wait to be read (SO_RCVBUF): the largest receive window. */
  receive_buffer_bytes?: number,
  /** The largest packet the link carries. The MSS we announce is 40 less (RFC 9293 §3.7.1, MUST-67). */
  mtu?: number,
  /**
   * The time to live of our packets (RFC 9293 §3.9.2, MUST-49). Zero counts as one, because a packet with zero may
   * not be received by any host.
   */
  ttl?: number,
  /**
   * The secret behind the initial sequence numbers (RFC 6528). The same secret gives the same numbers, so sessions
   * can be replayed.
   */
  isn_secret?: number,
};

/** The rules that can be broken. Each answers a question of the notes, such as "why not two segments?". */
export type WhatIf = {
  /** Two segments open a connection: the server is ESTABLISHED as soon as the SYN arrives (C09). */
  two_way_open?: boolean,
  /** No TIME-WAIT: the active closer deletes its TCB as soon as it has acknowledged the other FIN (C30, C31). */
  no_time_wait?: boolean,
  /** Three segments close: the passive closer sends its FIN and deletes its TCB without waiting for the ACK (C34). */
  three_way_close?: boolean,
  /** Every connection starts from the same initial sequence number (C31, C77). */
  fixed_isn?: boolean,
};

/** Everything that decides how one host's stack behaves. */
export type Settings = {
  /** The settings that standards allow. */
  config?: Config,
  /** The rules broken on purpose. */
  what_if?: WhatIf,
};

/** What happens to a packet. */
export type Verdict = "deliver" | "drop" | { "unreachable": IcmpName }
  | { "delay": Duration }
  | "hold" | "release" | "duplicate" | "swap" | { "corrupt": {
    /** In which byte of the packet. The default is the first of the text, or the last of the sequence number. */
    byte?: number | null } };

/** Which segments a rule matches. A field that is left out matches any segment. */
export type Match = {
  /** SYN is set, or is not. */
  syn?: boolean | null,
  /** ACK is set, or is not. */
  ack?: boolean | null,
  /** FIN is set, or is not. */
  fin?: boolean | null,
  /** RST is set, or is not. */
  rst?: boolean | null,
  /** It carries text, or does not. */
  text?: boolean | null,
};

/** A verdict on a packet that will be sent later. */
export type LinkRule = {
  /** Whose packets. */
  from: HostName,
  /** Which of them. */
  matches?: Match,
  /**
   * Which of the matching packets sent since the rule was made, counted from 1. The rule is removed when it fires.
   * 0: every matching packet.
   */
  nth?: number,
  /** What happens to it. */
  verdict: Verdict | "unreachable",
};

/** One action. Where `socket` is left out, the one the page would mean is meant. */
export type Action =
  | { type: "socket", host: HostName }
  | { type: "bind", host: HostName, socket?: number | null, port: number }
  | { type: "listen", host: HostName, socket?: number | null, port?: number | null, backlog?: number | null }
  | { type: "accept", host: HostName, socket?: number | null }
  | { type: "connect", host: HostName, socket?: number | null, to?: Endpoint | null }
  | { type: "send", host: HostName, socket?: number | null, text?: string | null, bytes?: number | null }
  | { type: "recv", host: HostName, socket?: number | null, max?: number | null }
  | { type: "shutdown", host: HostName, socket?: number | null, how: How }
  | { type: "close", host: HostName, socket?: number | null }
  | { type: "abort", host: HostName, socket?: number | null }
  | { type: "setsockopt", host: HostName, socket?: number | null, option: SocketOptionName,
    /** Counted as in C: 0 or 1, seconds, or milliseconds (`TCP_USER_TIMEOUT`). Without one `SO_LINGER` is off. */
    value?: number | null }
  | { type: "set_linger", host: HostName, socket?: number | null, seconds?: number | null }
  | { type: "set_reuseaddr", host: HostName, socket?: number | null, on: boolean }
  | { type: "crash", host: HostName }
  | { type: "restart", host: HostName }
  | { type: "cut_cable" }
  | { type: "mend_cable" }
  | { type: "run_program", host: HostName, program: ProgramName }
  | VerdictAction | { type: "add_rule", rule: LinkRule }
  | { type: "remove_rule",
    /** The place of the rule in `Snapshot.link.rules`, from 0. */
    index: number }
  | { type: "clear_rules" }
  | { type: "set_latency", from: HostName, us: Duration }
  | { type: "set_loss", from: HostName, per_mille: number }
  | { type: "set_config", host: HostName, config?: Config }
  | { type: "set_what_if", host: HostName, what_if?: WhatIf }
  | { type: "step" }
  | { type: "back" }
  | { type: "seek", tick?: number | null, at_us?: Instant | null }
  | { type: "play", us: Duration }
  | { type: "jump" }
  | { type: "switch_branch", branch: number }
  | { type: "answer", choice: string }
  | { type: "skip_question" }
  | { type: "load", scenario: string };

/** What happens to one packet, by its number in `Snapshot.in_flight`. */
export type VerdictAction =
  | { type: "deliver" | "drop" | "hold" | "release" | "duplicate" | "swap", segment: number }
  | { type: "unreachable", segment: number, kind?: IcmpName | null }
  | { type: "delay", segment: number, us: Duration }
  | { type: "corrupt", segment: number, byte?: number | null };

/** Something that is true of a run so far, or not. */
export type Predicate =
  | { type: "all",
    /** The operands. */
    of?: Array<Predicate> }
  | { type: "any",
    /** The operands. */
    of?: Array<Predicate> }
  | { type: "not",
    /** The operand. */
    of: Predicate }
  | { type: "before",
    /** What came first. */
    first: Predicate,
    /** What came later or never. */
    then: Predicate }
  | { type: "rule_fired",
    /** Where; absent: on either host. */
    host?: HostName | null,
    /** Which, by its stable name. */
    rule: RuleName,
    /** At least so often. */
    times?: number }
  | { type: "state",
    /** Whose. */
    host: HostName,
    /** Which. */
    state: StateName }
  | { type: "entered",
    /** Whose. */
    host: HostName,
    /** Which. */
    state: StateName,
    /** At least so often. */
    times?: number }
  | { type: "segment_sent",
    /** Who sent it. */
    host: HostName,
    /** Its control bits. */
    control?: Control | null,
    /** With text, without, or (absent) either. */
    text?: boolean | null,
    /** The so-many-th such segment. */
    nth?: number }
  | { type: "segment_arrived",
    /** Who received it. */
    host: HostName,
    /** Its control bits. */
    control?: Control | null,
    /** With text, without, or (absent) either. */
    text?: boolean | null,
    /** The so-many-th such segment. */
    nth?: number }
  | { type: "segment_dropped",
    /** Who had sent it. */
    host: HostName,
    /** Its control bits. */
    control?: Control | null,
    /** With text, without, or (absent) either. */
    text?: boolean | null,
    /** The so-many-th such segment. */
    nth?: number }
  | { type: "discarded",
    /** Who. */
    host: HostName,
    /** Why. */
    reason: DropReason }
  | { type: "timer_fired",
    /** Whose. */
    host: HostName,
    /** Which. */
    kind: TimerName,
    /** At least so often. */
    times?: number }
  | { type: "signalled",
    /** Whose. */
    host: HostName,
    /** What. */
    signal: SignalName }
  | { type: "bytes_delivered",
    /** To whose application. */
    host: HostName,
    /** How many. */
    at_least: number }
  | { type: "crashed",
    /** Which. */
    host: HostName }
  | { type: "time",
    /** Which. */
    at_us: Instant };

/** A moment to stop at: just before something decisive happens. */
export type Moment =
  | { type: "arrival",
    /** Whom. */
    to: HostName,
    /** Its control bits. */
    control?: Control | null,
    /** With text, without, or (absent) either. */
    text?: boolean | null,
    /** Only if this holds already. */
    after?: Predicate | null }
  | { type: "timer",
    /** Whose. */
    host: HostName,
    /** Which. */
    kind: TimerName,
    /** Only if this holds already. */
    after?: Predicate | null }
  | { type: "once",
    /** What. */
    holds: Predicate };

/** An experiment. */
export type Scenario = {
  /** The version of the format: 1. */
  format: number,
  /** The name in links and in `?lab=`: lower-case letters, digits and hyphens. */
  id: string,
  /** The title in the list. */
  title: Localized,
  /** What the learner will have seen at the end. */
  goal: Localized,
  /** The claims it shows, by id. */
  claims?: Array<string>,
  /** The interview questions it answers: `Q1` to `Q15`. */
  questions?: Array<string>,
  /** The seed of the link's randomness. Initial sequence numbers have their own, `config.isn_secret`. */
  seed?: number,
  /** The two ends. */
  hosts?: Hosts,
  /** The link between them. */
  link?: LinkSetup,
  /** What happens by itself, in the order of time. */
  script?: Array<ScriptEntry>,
  /** What the learner is asked to do, in order. */
  steps?: Array<Step>,
  /** The question to answer before the decisive moment. */
  question?: Question,
  /** The page may start playing as soon as it is shown. */
  autoplay?: boolean,
  /** Its place in the list of experiments; those without one come last, by their ids. */
  order?: number,
};

/** One text in every language: `{"zh-Hans": "…", "en": "…"}`. */
export type Localized =
  | { "zh-Hans": string, en: string };

/** The two ends. */
export type Hosts = {
  /** The client. */
  client?: HostSetup,
  /** The server. */
  server?: HostSetup,
};

/** One end. */
export type HostSetup = {
  /** Its stack; what is left out is the default. */
  settings?: Settings,
  /** The application that runs on it. */
  program?: ProgramName,
};

/** The link at the start. The first of a pair is the client's direction, the second the server's. */
export type LinkSetup = {
  /** One-way latency. */
  latency_us?: [Duration, Duration],
  /** Random loss, of a thousand packets. */
  loss_per_mille?: [number, number],
  /** Standing rules. */
  rules?: Array<LinkRule>,
};

/** Something the scenario does by itself. */
export type ScriptEntry = {
  /** When. */
  at_us: Instant,
  /** What: the same actions a learner has. */
  action: Action,
};

/** One piece of guidance. */
export type Step = {
  /** What to do or to look at. */
  text: Localized,
  /** When it is done; absent: it is only to be read. */
  done?: Predicate,
};

/** A question, asked before the decisive moment and judged by the engine after it. */
export type Question = {
  /** When to stop and ask. */
  ask_before: Moment,
  /** The question. */
  prompt: Localized,
  /** The answers to choose from. */
  choices: Array<Choice>,
  /** When the outcome is known. */
  judge_when: Predicate,
  /** Which choice the outcome proves right: the first whose predicate holds. */
  verdict: Array<VerdictRule>,
  /** What to say then, whatever was chosen. */
  after: Localized,
};

/** One answer to choose. */
export type Choice = {
  /** Its name in `answer` actions. */
  id: string,
  /** What the learner reads. */
  text: Localized,
};

/** "This choice is right if that came true." */
export type VerdictRule = {
  /** The choice. */
  choice: string,
  /** What must hold of the run. */
  when: Predicate,
};

/** What there is at one moment. */
export type Snapshot = {
  /** The id of the scenario. */
  scenario: string,
  /** The time at which the learner looks. */
  now_us: Instant,
  /** How many ticks of the branch have happened. */
  tick: number,
  /** How many it has. */
  ticks: number,
  /** How many records there are. */
  records: number,
  /** Nothing will happen by itself any more. */
  idle: boolean,
  /** The next thing that will happen by itself. */
  next: NextView | null,
  /** The client, the server. */
  hosts: [HostView, HostView],
  /** The packets on the link, in the order of their numbers. */
  in_flight: Array<SegmentView>,
  /** The link. */
  link: LinkView,
  /** The histories. */
  branches: Array<BranchView>,
  /** The branch one is on. */
  branch: number,
  /** How the question stands. */
  question: QuestionView,
};

/** The next thing that will happen. */
export type NextView =
  | { kind: "arrival", at_us: Instant, segment: number, to: HostName }
  | { kind: "timer", at_us: Instant, host: HostName, socket: number, timer: TimerName }
  | { kind: "return", at_us: Instant, host: HostName, socket: number }
  | { kind: "program", at_us: Instant, host: HostName }
  | { kind: "script", at_us: Instant };

/** A host. */
export type HostView = {
  /** `"client"` or `"server"`. */
  id: HostName,
  /** Its address. */
  address: string,
  /** It has not crashed. */
  up: boolean,
  /** What runs on it. */
  program: ProgramName,
  /** Its sockets, oldest first. */
  sockets: Array<SocketView>,
};

/** A socket. */
export type SocketView = {
  /** The descriptor. */
  id: number,
  /** `192.0.2.1:40001` */
  local: string,
  /** The other end; `0.0.0.0:0` while there is none. */
  remote: string,
  /** The state, in the RFC's spelling. */
  state: StateName,
  /** Whether the program holds the descriptor. */
  descriptor: Descriptor,
  /** The error that the next call will report. */
  error: ErrnoName | null,
  /** The latest report of trouble on the way, which will be the error if the connection ends by time. */
  soft_error: IcmpName | null,
  /** For a listener: connections that wait for accept(). */
  waiting: number,
  /** Bytes received and not read. */
  readable_bytes: number,
  /** Bytes not yet sent. */
  unsent_bytes: number,
  /** Bytes sent and not acknowledged. */
  unacked_bytes: number,
  /** The running timers. */
  timers: Array<TimerView>,
  /** The sequence variables by their names in the RFC. */
  tcb: { [key in string]: number },
};

/** A running timer. */
export type TimerView = {
  /** Which. */
  kind: TimerName,
  /** When it was set. */
  armed_at_us: Instant,
  /** When it expires. */
  at_us: Instant,
  /** Why it was set. */
  why: TimerReason,
};

/** A packet on the link. */
export type SegmentView = {
  /** Its number, for actions. */
  segment: number,
  /** Who sent it. */
  from: HostName,
  /** When. */
  sent_at_us: Instant,
  /** When it arrives; null while it is held. */
  arrives_at_us: Instant | null,
  /** `"SYN,ACK"` */
  control: string,
  /** SEG.SEQ */
  seq: number,
  /** SEG.ACK */
  ack: number,
  /** Octets of text. */
  length: number,
  /** SEG.WND */
  window: number,
  /** A bit of it was flipped: what is shown here is what was sent, as far as it can still be read. */
  corrupted: boolean,
  /** The packet of which the link made this copy. */
  copy_of: number | null,
};

/** The link. */
export type LinkView = {
  /** By sender. */
  latency_us: [number, number],
  /** By sender. */
  loss_per_mille: [number, number],
  /** Cut or whole. */
  cable: Cable,
  /** The standing rules. */
  rules: Array<LinkRule>,
};

/** One branch, for lists. */
export type BranchView = {
  /** Its number, from 0. */
  id: number,
  /** Which one it left; null for the first. */
  parent: number | null,
  /** After how many ticks of that one. */
  fork_tick: number | null,
  /** How many ticks it has. */
  ticks: number,
  /** When its last tick was. */
  end_us: Instant,
};

/** How the question stands. */
export type QuestionView =
  | { state: "none" }
  | { state: "ahead" }
  | { state: "open" }
  | { state: "waiting", chosen: string | null }
  | { state: "judged", chosen: string | null, right: string };

/** One record. */
export type RecordView = {
  /** Its place in the run, from 0. */
  id: number,
  /** When. */
  at_us: Instant,
  /** On which host; null on the link. */
  host: HostName | null,
  /** On which socket. */
  socket: number | null,
  /** What kind of thing happened. */
  kind: RecordKind,
  /** The packet it is about. */
  segment: PacketId | null,
  /** The packets it sent. */
  sent: Array<PacketId>,
  /** The call that was made, and what it returned. */
  call: CallView | null,
  /** What happened to a connection. */
  transition: TransitionView | null,
};

/** The kinds of records. */
export type RecordKind = "transition" | "call" | "discarded" | "unheard" | "verdict" | "crashed" | "restarted"
  | "cable-cut" | "cable-mended" | "setting";

/** A call and its result. */
export type CallView = {
  /** As a C program would write it. */
  call: string,
  /** What the C function returns; -1 for an error, null while the call waits. */
  result: number | null,
  /** The error. */
  errno: ErrnoName | null,
  /** A program of the host made it. */
  by_program: boolean,
};

/** What happened to a connection. */
export type TransitionView = {
  /** What the stack was told. */
  cause: Cause,
  /** The timer, if one expired. */
  timer: TimerName | null,
  /** The rule to name when one must be named. */
  rule: RuleName,
  /** All rules that fired, in order. */
  rules: Array<RuleName>,
  /** The state before. */
  from: StateName,
  /** The state after. */
  to: StateName,
  /** The tests made, in order. */
  checks: Array<CheckView>,
  /** What was done, in order. */
  effects: Array<EffectView>,
};

/** What a connection can be told: a call of its application, a segment, a time-out, a report of a router. */
export type Cause = "call" | "segment" | "timeout" | "icmp";

/** A test the stack made while it handled an event, with the values it compared. */
export type CheckView = {
  /** Which test. */
  test: TestName,
  /** The test held. */
  passed: boolean,
  /** The values compared, in the order in which the RFC's text names them. */
  operands: Array<[VariableName, number]>,
};

/** One effect. */
export type EffectView =
  | { type: "send", control: string, seq: number, ack: number, length: number, why: SendReason }
  | { type: "deliver", bytes: number }
  | { type: "signal", signal: SignalName }
  | { type: "arm-timer", kind: TimerName, at_us: Instant, why: TimerReason }
  | { type: "stop-timer", kind: TimerName, why: TimerReason }
  | { type: "drop", reason: DropReason }
  | { type: "delete-tcb" }
  | { type: "reply" };

/** What the reader is told of one record. */
export type Explanation = {
  /** A few words. */
  title: string,
  /** What happened, in this run's numbers. */
  happened: Array<Span>,
  /** The rule, in the notes' words. */
  why: Array<Span>,
  /** What would have happened without it; may be empty. */
  otherwise: Array<Span>,
  /** Where a note is imprecise or wrong: what it says, and what the standard says. */
  trial: Array<Span> | null,
  /** The tests made, in order. */
  checks: Array<CheckLine>,
  /** Why the segment was thrown away, if it was. */
  dropped: Array<Array<Span>>,
  /** The notes this is taken from. */
  sources: Array<NoteRef>,
  /** The clauses of the standards. */
  clauses: Array<string>,
  /** The claims it shows. */
  claims: Array<string>,
  /** The scenario that breaks or shows the rule. */
  experiment: string | null,
};

/** One test, ready to be printed. */
export type CheckLine = {
  /** Which. */
  test: TestName,
  /** It held. */
  passed: boolean,
  /** What was asked. */
  question: Array<Span>,
  /** The outcome in words. */
  outcome: Array<Span>,
  /** The formula, in the RFC's names; may be empty. */
  formula: string,
  /** What was compared: name and value. */
  operands: Array<[string, string]>,
  /** For a test that failed: by how much. */
  margin: string | null,
};

/** A run of text set in one way. */
export type Span =
  | { type: "text", "text": string }
  | { type: "code", "text": string }
  | { type: "strong", "text": string };

/** A study note. */
export type NoteRef = "N0" | "N1" | "N2" | "N3" | "N4";

/** A language of the page. */
export type Lang = "zh-Hans" | "en";
