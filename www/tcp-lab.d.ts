// The page API of the TCP State Lab: the class `Lab`, and `window.tcpLab`, which is the page's own session.
//
// Times are whole microseconds of virtual time. States, sequence variables and socket calls have the names of
// RFC 9293 and of the BSD interface. Numbers of segments are those of `in_flight[].segment`, from 1, in the order of
// sending. Every method that can fail throws a LabError and changes nothing.

/** One of the two ends. */
export type HostName = "client" | "server";

/** The states of RFC 9293 section 3.3.2. */
export type StateName =
  | "CLOSED"
  | "LISTEN"
  | "SYN-SENT"
  | "SYN-RECEIVED"
  | "ESTABLISHED"
  | "FIN-WAIT-1"
  | "FIN-WAIT-2"
  | "CLOSE-WAIT"
  | "CLOSING"
  | "LAST-ACK"
  | "TIME-WAIT";

/** The timers of a connection. */
export type TimerName =
  | "retransmission"
  | "persist"
  | "time-wait"
  | "user-timeout"
  | "delayed-ack"
  | "keepalive"
  | "fin-wait-2";

/** What a host can run by itself; `none` leaves every call to you. */
export type ProgramName = "none" | "echo" | "sink" | "never-closes";

/** An address and a port. */
export interface Endpoint {
  addr: string;
  port: number;
}

/** What a router reports by ICMP about a segment. The three that are hard end a connection that is being opened. */
export type IcmpName =
  | "net-unreachable"
  | "host-unreachable"
  | "protocol-unreachable" // hard
  | "port-unreachable" // hard
  | "prohibited" // hard
  | "fragmentation-needed"
  | "source-quench" // ignored
  | "time-exceeded"
  | "parameter-problem";

/** What can be done to a packet by a standing rule. */
export type Verdict =
  | "deliver"
  | "drop"
  | "unreachable"
  | "hold"
  | "duplicate"
  | "swap"
  /** The same as "unreachable" is `{ unreachable: "host-unreachable" }`, and that is how it is given back. */
  | { unreachable: IcmpName }
  | { delay: number }
  | { corrupt: { byte?: number | null } };

/** A verdict prepared for packets still to be sent: "drop the first FIN from the server". */
export interface LinkRule {
  from: HostName;
  /** Which packets; a bit that is left out, or null, may be either. */
  matches?: { syn?: boolean | null; ack?: boolean | null; fin?: boolean | null; rst?: boolean | null; text?: boolean | null };
  /** The so-many-th of them, 1 by default; 0 for every one. */
  nth?: number;
  verdict: Verdict;
}

/** The choices of a host's stack; what is left out has the standard's default. */
export interface Config {
  msl_us?: number;
  rto_initial_us?: number;
  rto_min_us?: number;
  rto_max_us?: number;
  syn_retries?: number;
  data_retries?: number;
  user_timeout_us?: number | null;
  open_timeout_us?: number | null;
  rfc5961?: boolean;
  rfc1337?: boolean;
  reopen_from_time_wait?: boolean;
  refuse_in_time_wait?: boolean;
  icmp_hard_aborts?: boolean;
  icmp_never_aborts?: boolean;
  drop_syn_fin?: boolean;
  ignore_syn_ack_at_listen?: boolean;
  syn_again_at_once?: boolean;
  fin_again_with_ack?: boolean;
  reset_while_opening?: boolean;
  epipe_in_close_wait?: boolean;
  fin_with_unread_data?: boolean;
  keep_text_after_shutdown?: boolean;
  delay_ack_of_fin?: boolean;
  syn_linear_retries?: number;
  ignore_text_on_syn?: boolean;
  challenge_limit?: number | null;
  syn_cookies?: boolean;
  quiet_time?: boolean;
  ack_delay_us?: number;
  aggregate_acks?: boolean;
  nagle?: boolean;
  congestion_control?: boolean;
  window_scale?: number | null;
  timestamps?: boolean;
  sack?: boolean;
  initial_segments?: number | null;
  keepalive?: boolean;
  keepalive_idle_us?: number;
  keepalive_interval_us?: number;
  keepalive_probes?: number;
  keepalive_octet?: boolean;
  fin_wait_2_us?: number | null;
  send_buffer_bytes?: number;
  receive_buffer_bytes?: number;
  mtu?: number;
  ttl?: number;
  isn_secret?: number;
}

/** Rules of TCP that are broken on purpose. */
export interface WhatIf {
  two_way_open?: boolean;
  no_time_wait?: boolean;
  three_way_close?: boolean;
  fixed_isn?: boolean;
}

/** What can be set on one socket; what is not set is as the host's `Config` says. */
export type SocketOptionName =
  | "SO_KEEPALIVE"
  | "TCP_KEEPIDLE"
  | "TCP_KEEPINTVL"
  | "TCP_KEEPCNT"
  | "TCP_NODELAY"
  | "TCP_USER_TIMEOUT"
  | "SO_LINGER"
  | "SO_RCVTIMEO"
  | "SO_REUSEADDR";

/** Socket calls. Where `socket` is left out, the one the page would mean is meant. */
export type CallAction =
  | { type: "socket"; host: HostName }
  | { type: "bind"; host: HostName; socket?: number; port: number }
  | { type: "listen"; host: HostName; socket?: number; port?: number; backlog?: number }
  | { type: "accept"; host: HostName; socket?: number }
  | { type: "connect"; host: HostName; socket?: number; to?: Endpoint }
  | { type: "send"; host: HostName; socket?: number; text?: string; bytes?: number }
  | { type: "recv"; host: HostName; socket?: number; max?: number }
  | { type: "shutdown"; host: HostName; socket?: number; how: "RD" | "WR" | "RDWR" }
  | { type: "close"; host: HostName; socket?: number }
  | { type: "abort"; host: HostName; socket?: number }
  /** The value is counted as in C: 0 or 1, seconds, or milliseconds (`TCP_USER_TIMEOUT`); null turns `SO_LINGER` off. */
  | { type: "setsockopt"; host: HostName; socket?: number; option: SocketOptionName; value: number | null }
  /** The same as `setsockopt` with `SO_LINGER`. */
  | { type: "set_linger"; host: HostName; socket?: number; seconds: number | null }
  /** The same as `setsockopt` with `SO_REUSEADDR`. */
  | { type: "set_reuseaddr"; host: HostName; socket?: number; on: boolean };

/** What can be done to hosts, to the link and to the segments on it. */
export type LabAction =
  | { type: "crash"; host: HostName }
  | { type: "restart"; host: HostName }
  | { type: "cut_cable" }
  | { type: "mend_cable" }
  | { type: "run_program"; host: HostName; program: ProgramName }
  | { type: "deliver"; segment: number }
  | { type: "drop"; segment: number }
  /** The segment is lost, and a router reports why by ICMP; "host-unreachable" unless told otherwise. */
  | { type: "unreachable"; segment: number; kind?: IcmpName }
  | { type: "delay"; segment: number; us: number }
  | { type: "hold"; segment: number }
  | { type: "release"; segment: number }
  | { type: "duplicate"; segment: number }
  | { type: "swap"; segment: number }
  | { type: "corrupt"; segment: number; byte?: number }
  | { type: "add_rule"; rule: LinkRule }
  /** `index`: the place of the rule in `Snapshot.link.rules`, from 0. */
  | { type: "remove_rule"; index: number }
  | { type: "clear_rules" }
  | { type: "set_latency"; from: HostName; us: number }
  | { type: "set_loss"; from: HostName; per_mille: number }
  | { type: "set_config"; host: HostName; config: Config }
  | { type: "set_what_if"; host: HostName; what_if: WhatIf };

/** Moving about in time. None of these is in the journal. */
export type NavigationAction =
  | { type: "step" }
  | { type: "back" }
  | { type: "seek"; tick?: number; at_us?: number }
  | { type: "play"; us: number }
  | { type: "jump" }
  | { type: "switch_branch"; branch: number }
  | { type: "answer"; choice: string }
  | { type: "skip_question" }
  | { type: "load"; scenario: string };

export type Action = CallAction | LabAction | NavigationAction;

/** A running timer. */
export interface TimerView {
  kind: TimerName;
  armed_at_us: number;
  at_us: number;
  why: string;
}

/** A socket as `ss -tan` and the TCB show it. */
export interface SocketView {
  id: number;
  local: string;
  remote: string;
  state: StateName;
  descriptor: "queued" | "open" | "closed";
  error: string | null;
  /** The latest ICMP report of trouble, while nothing got through since: the error if the connection ends by time. */
  soft_error: IcmpName | null;
  waiting: number;
  readable_bytes: number;
  unsent_bytes: number;
  unacked_bytes: number;
  timers: TimerView[];
  /** The sequence variables by their names in the RFC: `tcb["SND.UNA"]`. */
  tcb: Record<string, number>;
}

export interface HostView {
  id: HostName;
  address: string;
  up: boolean;
  program: ProgramName;
  sockets: SocketView[];
}

export interface SegmentView {
  segment: number;
  from: HostName;
  sent_at_us: number;
  /** Null while the segment is held. */
  arrives_at_us: number | null;
  /** `"SYN,ACK"` */
  control: string;
  seq: number;
  ack: number;
  length: number;
  window: number;
  corrupted: boolean;
  copy_of: number | null;
}

export interface LinkView {
  latency_us: [number, number];
  loss_per_mille: [number, number];
  cable: "up" | "cut";
  rules: LinkRule[];
}

export interface BranchView {
  id: number;
  parent: number | null;
  fork_tick: number | null;
  ticks: number;
  end_us: number;
}

export type NextView =
  | { kind: "arrival"; at_us: number; segment: number; to: HostName }
  | { kind: "timer"; at_us: number; host: HostName; socket: number; timer: TimerName }
  /** A call that waited (SO_RCVTIMEO, SO_LINGER) returns. */
  | { kind: "return"; at_us: number; host: HostName; socket: number }
  | { kind: "program"; at_us: number; host: HostName }
  | { kind: "script"; at_us: number };

export type QuestionView =
  | { state: "none" }
  | { state: "ahead" }
  | { state: "open" }
  | { state: "waiting"; chosen: string | null }
  | { state: "judged"; chosen: string | null; right: string };

/** What there is at one moment. */
export interface Snapshot {
  scenario: string;
  now_us: number;
  tick: number;
  ticks: number;
  records: number;
  /** Nothing will happen by itself any more. */
  idle: boolean;
  next: NextView | null;
  hosts: [HostView, HostView];
  /** In the order of arrival; those that are held come last. */
  in_flight: SegmentView[];
  link: LinkView;
  branches: BranchView[];
  branch: number;
  question: QuestionView;
}

export interface CallView {
  call: string;
  /** What the C function returns; -1 for an error, null while the call waits. */
  result: number | null;
  errno: string | null;
  by_program: boolean;
}

export interface CheckView {
  test: string;
  passed: boolean;
  operands: [string, number][];
}

export type EffectView =
  | { type: "send"; control: string; seq: number; ack: number; length: number; why: string }
  | { type: "deliver"; bytes: number }
  | { type: "signal"; signal: string }
  | { type: "arm-timer"; kind: TimerName; at_us: number; why: string }
  | { type: "stop-timer"; kind: TimerName; why: string }
  | { type: "drop"; reason: string }
  | { type: "delete-tcb" }
  | { type: "reply" };

export interface TransitionView {
  cause: "call" | "segment" | "timeout" | "icmp";
  timer: TimerName | null;
  rule: string;
  rules: string[];
  from: StateName;
  to: StateName;
  checks: CheckView[];
  effects: EffectView[];
}

/** One thing that happened. */
export interface RecordView {
  id: number;
  at_us: number;
  host: HostName | null;
  socket: number | null;
  kind:
    | "transition"
    | "call"
    | "discarded"
    | "unheard"
    | "verdict"
    | "crashed"
    | "restarted"
    | "cable-cut"
    | "cable-mended"
    | "setting";
  segment: number | null;
  sent: number[];
  call: CallView | null;
  transition: TransitionView | null;
}

/** A run of text set in one way. */
export interface Span {
  type: "text" | "code" | "strong";
  text: string;
}

export interface CheckLine {
  test: string;
  passed: boolean;
  question: Span[];
  outcome: Span[];
  formula: string;
  operands: [string, string][];
  margin: string | null;
}

/** What the reader is told of one record. */
export interface Explanation {
  title: string;
  happened: Span[];
  why: Span[];
  otherwise: Span[];
  trial: Span[] | null;
  checks: CheckLine[];
  dropped: Span[][];
  sources: string[];
  clauses: string[];
  claims: string[];
  experiment: string | null;
}

/** Thrown for every bad argument. */
export interface LabError extends Error {
  name: "LabError";
  /** The field, or the place in a scenario, that is wrong. */
  field: string;
}

export class Lab {
  /** The experiment with that id, a scenario given as an object, or (left out, or null) the free lab. */
  constructor(scenario?: string | object | null);
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
  transitions(from?: number): RecordView[];
  explain(id: number, lang: "zh-Hans" | "en"): Explanation;
  /** The actions taken on this branch, each with its time. */
  journal(): [number, Action][];
  /** What stands behind `#s=` in the address of this moment. */
  link(): string;
  /** A capture for Wireshark. */
  pcapng(): Uint8Array;
  /** Gives the memory back; the object is of no use afterwards. */
  free(): void;
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
}
