//! The sessions whose links are kept: every kind of action, branches, scenarios of one's own, both languages.

/// A name, the scenario (an id or a file), and the actions taken, as JSON.
pub(crate) struct Journey {
    pub(crate) name: &'static str,
    pub(crate) scenario: &'static str,
    pub(crate) actions: &'static [&'static str],
}

/// A scenario that no experiment is: with settings, a link of its own, a script, hints and a question.
const OWN: &str = r#"{
    "format": 1, "id": "own-work", "title": {"zh-Hans": "自己的实验：“引号”与 \\ 反斜线", "en": "An experiment of one's own"},
    "goal": {"zh-Hans": "看看丢失之后会怎样。", "en": "See what follows a loss."},
    "claims": ["C11"], "questions": ["Q1"], "seed": 7,
    "hosts": {
        "client": {"settings": {"config": {"rto_initial_us": 500000, "timestamps": true, "isn_secret": 9007199254740993}}},
        "server": {"settings": {"config": {"sack": true, "timestamps": true}, "what_if": {"no_time_wait": true}}, "program": "echo"}
    },
    "link": {
        "latency_us": [20000, 50000], "loss_per_mille": [0, 100],
        "rules": [
            {"from": "server", "matches": {"syn": true, "ack": true}, "nth": 1, "verdict": "drop"},
            {"from": "client", "matches": {"text": true}, "nth": 2, "verdict": {"delay": 300000}},
            {"from": "server", "matches": {"fin": true}, "verdict": {"corrupt": {"byte": 33}}},
            {"from": "client", "matches": {"rst": true}, "verdict": {"unreachable": "port-unreachable"}}
        ]
    },
    "script": [
        {"at_us": 1000, "action": {"type": "connect", "host": "client", "to": {"addr": "198.51.100.7", "port": 80}}},
        {"at_us": 2000000, "action": {"type": "send", "host": "client", "text": "你好 \"TCP\""}}
    ],
    "steps": [
        {"text": {"zh-Hans": "等一等。", "en": "Wait."}, "done": {"type": "not", "of": {"type": "state", "host": "client", "state": "SYN-SENT"}}},
        {"text": {"zh-Hans": "再等一等。", "en": "Wait more."}}
    ],
    "question": {
        "ask_before": {"type": "timer", "host": "client", "kind": "retransmission"},
        "prompt": {"zh-Hans": "谁会重传？", "en": "Who repeats?"},
        "choices": [{"id": "client", "text": {"zh-Hans": "客户端", "en": "the client"}}, {"id": "server", "text": {"zh-Hans": "服务器", "en": "the server"}}],
        "judge_when": {"type": "any", "of": [{"type": "timer_fired", "host": "client", "kind": "retransmission"}, {"type": "time", "at_us": 9000000}]},
        "verdict": [
            {"choice": "client", "when": {"type": "before", "first": {"type": "timer_fired", "host": "client", "kind": "retransmission"}, "then": {"type": "timer_fired", "host": "server", "kind": "retransmission"}}},
            {"choice": "server", "when": {"type": "all", "of": []}}
        ],
        "after": {"zh-Hans": "客户端先超时。", "en": "The client's timer runs first."}
    }
}"#;

const OPEN: &str = r#"{"type":"listen","host":"server"}"#;
const CONNECT: &str = r#"{"type":"connect","host":"client"}"#;
const SECOND: &str = r#"{"type":"play","us":1000000}"#;
const STEP: &str = r#"{"type":"step"}"#;

pub(crate) const JOURNEYS: &[Journey] = &[
    Journey { name: "nothing has happened", scenario: "free", actions: &[] },
    Journey {
        name: "the handshake to its question",
        scenario: "handshake",
        actions: &[r#"{"type":"play","us":30000000}"#],
    },
    Journey {
        name: "the question skipped",
        scenario: "handshake",
        actions: &[
            r#"{"type":"play","us":30000000}"#,
            r#"{"type":"skip_question"}"#,
            r#"{"type":"play","us":30000000}"#,
        ],
    },
    Journey {
        name: "a close to its end",
        scenario: "four-way-close",
        actions: &[
            r#"{"type":"play","us":600000000}"#,
            r#"{"type":"skip_question"}"#,
            r#"{"type":"play","us":600000000}"#,
        ],
    },
    Journey {
        name: "lost-syn-ack by jumps",
        scenario: "lost-syn-ack",
        actions: &[
            r#"{"type":"jump"}"#,
            r#"{"type":"jump"}"#,
            r#"{"type":"skip_question"}"#,
            r#"{"type":"jump"}"#,
        ],
    },
    Journey {
        name: "half-open to the reset",
        scenario: "half-open",
        actions: &[r#"{"type":"skip_question"}"#, r#"{"type":"play","us":20000000}"#],
    },
    Journey {
        name: "without TIME-WAIT",
        scenario: "no-time-wait",
        actions: &[r#"{"type":"skip_question"}"#, r#"{"type":"play","us":200000000}"#],
    },
    Journey {
        name: "why not two",
        scenario: "why-not-two",
        actions: &[r#"{"type":"skip_question"}"#, r#"{"type":"play","us":200000000}"#],
    },
    Journey {
        name: "both close",
        scenario: "simultaneous-close",
        actions: &[r#"{"type":"skip_question"}"#, r#"{"type":"play","us":3000000}"#],
    },
    Journey {
        name: "socket, bind, listen, accept, connect, send, recv",
        scenario: "free",
        actions: &[
            r#"{"type":"socket","host":"server"}"#,
            r#"{"type":"bind","host":"server","port":8080}"#,
            r#"{"type":"listen","host":"server","backlog":2}"#,
            r#"{"type":"connect","host":"client","to":{"addr":"198.51.100.7","port":8080}}"#,
            SECOND,
            r#"{"type":"accept","host":"server"}"#,
            r#"{"type":"send","host":"client","text":"hello, 世界"}"#,
            SECOND,
            r#"{"type":"recv","host":"server","max":7}"#,
            r#"{"type":"send","host":"server","bytes":3000}"#,
            SECOND,
        ],
    },
    Journey {
        name: "shutdown in three ways, and close",
        scenario: "free",
        actions: &[
            OPEN,
            CONNECT,
            SECOND,
            r#"{"type":"accept","host":"server"}"#,
            r#"{"type":"shutdown","host":"client","how":"WR"}"#,
            SECOND,
            r#"{"type":"shutdown","host":"server","how":"RD"}"#,
            r#"{"type":"shutdown","host":"client","how":"RDWR"}"#,
            r#"{"type":"close","host":"server"}"#,
            SECOND,
        ],
    },
    Journey {
        name: "abort",
        scenario: "free",
        actions: &[OPEN, CONNECT, SECOND, r#"{"type":"abort","host":"client"}"#, SECOND],
    },
    Journey {
        name: "options of a socket",
        scenario: "free",
        actions: &[
            r#"{"type":"set_reuseaddr","host":"server","on":true}"#,
            OPEN,
            CONNECT,
            r#"{"type":"set_linger","host":"client","seconds":0}"#,
            r#"{"type":"setsockopt","host":"client","option":"TCP_NODELAY","value":1}"#,
            r#"{"type":"setsockopt","host":"client","option":"SO_KEEPALIVE","value":1}"#,
            SECOND,
            r#"{"type":"close","host":"client"}"#,
            SECOND,
        ],
    },
    Journey {
        name: "crash, restart, a cut cable",
        scenario: "free",
        actions: &[
            OPEN,
            CONNECT,
            SECOND,
            r#"{"type":"cut_cable"}"#,
            r#"{"type":"send","host":"client"}"#,
            SECOND,
            r#"{"type":"crash","host":"server"}"#,
            r#"{"type":"restart","host":"server"}"#,
            r#"{"type":"mend_cable"}"#,
            r#"{"type":"play","us":10000000}"#,
        ],
    },
    Journey {
        name: "programs",
        scenario: "free",
        actions: &[
            r#"{"type":"run_program","host":"server","program":"never-closes"}"#,
            CONNECT,
            SECOND,
            r#"{"type":"close","host":"client"}"#,
            SECOND,
            r#"{"type":"run_program","host":"server","program":"none"}"#,
            r#"{"type":"run_program","host":"client","program":"echo"}"#,
            SECOND,
        ],
    },
    Journey {
        name: "verdicts: drop, delay, hold, release",
        scenario: "free",
        actions: &[
            OPEN,
            CONNECT,
            r#"{"type":"drop","segment":1}"#,
            SECOND,
            r#"{"type":"delay","segment":2,"us":250000}"#,
            r#"{"type":"play","us":500000}"#,
            r#"{"type":"hold","segment":4}"#,
            SECOND,
            r#"{"type":"release","segment":4}"#,
            SECOND,
        ],
    },
    Journey {
        name: "verdicts: duplicate, swap, corrupt, deliver",
        scenario: "free",
        actions: &[
            OPEN,
            CONNECT,
            r#"{"type":"duplicate","segment":1}"#,
            r#"{"type":"deliver","segment":1}"#,
            SECOND,
            r#"{"type":"send","host":"client","text":"one"}"#,
            r#"{"type":"send","host":"client","text":"two"}"#,
            r#"{"type":"swap","segment":7}"#,
            r#"{"type":"corrupt","segment":8}"#,
            r#"{"type":"play","us":3000000}"#,
        ],
    },
    Journey {
        name: "verdicts: a named octet spoilt, unreachable",
        scenario: "free",
        actions: &[
            OPEN,
            CONNECT,
            r#"{"type":"corrupt","segment":1,"byte":30}"#,
            SECOND,
            r#"{"type":"unreachable","segment":2,"kind":"port-unreachable"}"#,
            SECOND,
            CONNECT,
            r#"{"type":"unreachable","segment":3}"#,
            SECOND,
        ],
    },
    Journey {
        name: "rules of the link",
        scenario: "free",
        actions: &[
            r#"{"type":"add_rule","rule":{"from":"server","matches":{"syn":true},"nth":1,"verdict":"drop"}}"#,
            r#"{"type":"add_rule","rule":{"from":"client","matches":{"text":true,"fin":false},"verdict":{"delay":40000}}}"#,
            r#"{"type":"add_rule","rule":{"from":"client","matches":{},"nth":4,"verdict":"duplicate"}}"#,
            OPEN,
            CONNECT,
            r#"{"type":"play","us":4000000}"#,
            r#"{"type":"remove_rule","index":0}"#,
            r#"{"type":"send","host":"client"}"#,
            SECOND,
            r#"{"type":"clear_rules"}"#,
        ],
    },
    Journey {
        name: "latency and loss",
        scenario: "free",
        actions: &[
            r#"{"type":"set_latency","from":"client","us":1500}"#,
            r#"{"type":"set_loss","from":"server","per_mille":500}"#,
            OPEN,
            CONNECT,
            r#"{"type":"play","us":20000000}"#,
        ],
    },
    Journey {
        name: "settings of a host",
        scenario: "free",
        actions: &[
            r#"{"type":"set_config","host":"client","config":{"msl_us":1000000,"nagle":true,"ack_delay_us":40000,"window_scale":3,"timestamps":true,"sack":true,"mtu":576}}"#,
            r#"{"type":"set_what_if","host":"server","what_if":{"two_way_open":true}}"#,
            OPEN,
            CONNECT,
            SECOND,
            r#"{"type":"send","host":"client","bytes":5000}"#,
            SECOND,
            r#"{"type":"close","host":"client"}"#,
            r#"{"type":"close","host":"server"}"#,
            r#"{"type":"play","us":5000000}"#,
        ],
    },
    Journey {
        name: "branches",
        scenario: "free",
        actions: &[
            OPEN,
            CONNECT,
            SECOND,
            r#"{"type":"seek","at_us":50000}"#,
            r#"{"type":"drop","segment":1}"#,
            r#"{"type":"play","us":2000000}"#,
            r#"{"type":"back"}"#,
            r#"{"type":"seek","tick":2}"#,
            r#"{"type":"duplicate","segment":1}"#,
            SECOND,
            r#"{"type":"switch_branch","branch":1}"#,
            STEP,
        ],
    },
    Journey {
        name: "in the middle of a flight",
        scenario: "free",
        actions: &[OPEN, CONNECT, r#"{"type":"play","us":37123}"#],
    },
    Journey { name: "own work at its beginning", scenario: OWN, actions: &[] },
    Journey {
        name: "own work answered wrong",
        scenario: OWN,
        actions: &[
            r#"{"type":"play","us":9000000}"#,
            r#"{"type":"answer","choice":"server"}"#,
            r#"{"type":"play","us":9000000}"#,
        ],
    },
    Journey {
        name: "own work answered right",
        scenario: OWN,
        actions: &[
            r#"{"type":"play","us":9000000}"#,
            r#"{"type":"answer","choice":"client"}"#,
            r#"{"type":"play","us":60000000}"#,
        ],
    },
    Journey {
        name: "many connections",
        scenario: "free",
        actions: &[
            r#"{"type":"run_program","host":"server","program":"echo"}"#,
            CONNECT,
            CONNECT,
            CONNECT,
            CONNECT,
            SECOND,
            r#"{"type":"send","host":"client","socket":4,"text":"to the second"}"#,
            r#"{"type":"close","host":"client","socket":3}"#,
            r#"{"type":"abort","host":"client","socket":5}"#,
            SECOND,
        ],
    },
];
