//! The forms of the types of the layers below, and of numbers and texts.

use std::net::Ipv4Addr;

use super::{Faults, Fields, InOrder, Json, Read, Write, Writer, list, objects};
use crate::host::{Descriptor, Errno, HostId, How, Program};
use crate::net::{Cable, LinkRule, Match, PacketId, Verdict};
use crate::perform::DEFAULT_REPORT;
use crate::session::LATEST;
use tcp::time::{Duration, Instant};
use tcp::{
    Config, Control, DropReason, Endpoint, IcmpKind, Rule, SendReason, Settings, Signal, State, Test,
    TimerKind, TimerReason, WhatIf,
};

impl Read for u64 {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        value.as_u64().unwrap_or_else(|| {
            faults.expected(value, "a whole number from 0 on");
            0
        })
    }
}

macro_rules! small_numbers {
    ($($type:ty, $expected:literal;)+) => {
        $(impl Read for $type {
            fn read(value: &Json, faults: &mut Faults) -> Self {
                value.as_u64().and_then(|n| Self::try_from(n).ok()).unwrap_or_else(|| {
                    faults.expected(value, $expected);
                    0
                })
            }
        })+
    };
}

small_numbers! {
    u8, "a whole number up to 255";
    u16, "a whole number up to 65535";
    u32, "a whole number up to 4294967295";
}

impl Read for bool {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        *value == Json::Bool(true) || {
            if *value != Json::Bool(false) {
                faults.expected(value, "true or false");
            }
            false
        }
    }
}

/// The text in `value`, which should be what is `expected`.
#[inline(never)]
fn text<'a>(value: &'a Json, expected: &'static str, faults: &mut Faults) -> &'a str {
    value.as_str().unwrap_or_else(|| {
        faults.expected(value, expected);
        ""
    })
}

impl Read for String {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        text(value, "a text", faults).to_owned()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        (*value != Json::Null).then(|| T::read(value, faults))
    }
    fn left_out() -> Option<Self> {
        Some(None)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        list(value, faults)
    }
    fn left_out() -> Option<Self> {
        Some(Self::new())
    }
}

impl<T: Read> Read for Box<T> {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        Self::new(T::read(value, faults))
    }
}

impl<T: Write> Write for Box<T> {
    fn write(&self, out: &mut Writer) {
        (**self).write(out);
    }
}

impl<T: Read> Read for [T; 2] {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        if let Json::List(values) = value
            && let [first, second] = values.as_slice()
        {
            [T::read(first, faults), T::read(second, faults)]
        } else {
            faults.expected(value, "a list of two");
            [(); 2].map(|()| T::read(&Json::Null, faults))
        }
    }
}

/// The longest length of time that can be read: some 35 years. With [`LATEST`] it keeps every moment that can be planned
/// below 2^53, the last of JavaScript's whole numbers.
const LONGEST: Duration = Duration::from_micros(1 << 50);

impl Read for Instant {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        let moment = Self::from_micros(u64::read(value, faults));
        if moment > LATEST {
            faults.expected(value, "at most 4503599627370496 µs (2^52, some 140 years)");
        }
        moment
    }
}

impl Write for Instant {
    fn write(&self, out: &mut Writer) {
        self.as_micros().write(out);
    }
}

impl Read for Duration {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        let length = Self::from_micros(u64::read(value, faults));
        if length > LONGEST {
            faults.expected(value, "at most 1125899906842624 µs (2^50, some 35 years)");
        }
        length
    }
}

impl Write for Duration {
    fn write(&self, out: &mut Writer) {
        self.as_micros().write(out);
    }
}

/// The place in `names` of the name in `value`.
#[inline(never)]
fn named(value: &Json, names: &[&str], faults: &mut Faults) -> usize {
    let name = text(value, "a name", faults);
    faults.place_of(value, "", name, names)
}

/// Enums that stand in JSON as their names. The names are those that serde gives them on the way to JavaScript, and a
/// test sees to that.
macro_rules! names {
    ($($type:ident { $($variant:ident $name:literal),+ $(,)? })+) => {
        $(impl Read for $type {
            fn read(value: &Json, faults: &mut Faults) -> Self {
                const ALL: &[$type] = &[$($type::$variant),+];
                ALL[named(value, &[$($name),+], faults)]
            }
        })+

        written_names! { names: $($type { $($variant $name),+ })+ }
    };
}

/// The same for those that are never read.
macro_rules! written_names {
    ($tests:ident: $($type:ident { $($variant:ident $name:literal),+ $(,)? })+) => {
        $(impl Write for $type {
            fn write(&self, out: &mut Writer) {
                out.text(match self { $(Self::$variant => $name),+ });
            }
        })+

        #[cfg(test)]
        mod $tests {
            use super::*;

            #[test]
            fn serde_gives_the_same_names() {
                $($(assert_eq!(serde_json::to_value($type::$variant).expect("a name"), $name);)+)+
            }
        }
    };
}

names! {
    HostId { Client "client", Server "server" }
    How { Read "RD", Write "WR", Both "RDWR" }
    Program { None "none", Echo "echo", Sink "sink", NeverCloses "never-closes" }
    State {
        Closed "CLOSED", Listen "LISTEN", SynSent "SYN-SENT", SynReceived "SYN-RECEIVED", Established "ESTABLISHED",
        FinWait1 "FIN-WAIT-1", FinWait2 "FIN-WAIT-2", CloseWait "CLOSE-WAIT", Closing "CLOSING", LastAck "LAST-ACK",
        TimeWait "TIME-WAIT",
    }
    TimerKind {
        Retransmission "retransmission", Persist "persist", TimeWait "time-wait", UserTimeout "user-timeout", DelayedAck "delayed-ack",
        Keepalive "keepalive", FinWait2 "fin-wait-2",
    }
    Signal {
        Established "established", PeerClosed "peer-closed", Reset "reset", BrokenPipe "broken-pipe", Refused "refused", InTrouble "in-trouble", TimedOut "timed-out",
        NetUnreachable "net-unreachable", HostUnreachable "host-unreachable",
    }
    IcmpKind {
        NetUnreachable "net-unreachable", HostUnreachable "host-unreachable",
        ProtocolUnreachable "protocol-unreachable", PortUnreachable "port-unreachable", Prohibited "prohibited",
        FragmentationNeeded "fragmentation-needed", SourceQuench "source-quench", TimeExceeded "time-exceeded",
        ParameterProblem "parameter-problem",
    }
    DropReason {
        RstAtClosed "rst-at-closed", NoConnection "no-connection", RstAtListen "rst-at-listen",
        AckAtListen "ack-at-listen", NotASyn "not-a-syn", BacklogFull "backlog-full",
        AckUnacceptable "ack-unacceptable", RstUnproven "rst-unproven", NeitherSynNorRst "neither-syn-nor-rst",
        TimestampMissing "timestamp-missing", TimestampTooOld "timestamp-too-old",
        OutsideWindow "outside-window", RstNotExact "rst-not-exact", RstInTimeWait "rst-in-time-wait",
        SynInWindow "syn-in-window", NoAck "no-ack", AckTooOld "ack-too-old", ReadShut "read-shut",
        TextAfterFin "text-after-fin", AlreadyReceived "already-received", SynWithFin "syn-with-fin", TextOnSyn "text-on-syn",
    }
}

written_names! {
    only_written:
    Cable { Up "up", Cut "cut" }
    Descriptor { Queued "queued", Open "open", Closed "closed" }
    SendReason {
        Open "open", AcceptOpen "accept-open", Data "data", Close "close", Acknowledge "acknowledge",
        Retransmission "retransmission", FastRetransmit "fast-retransmit", SackRetransmit "sack-retransmit",
        PartialAck "partial-ack", WindowProbe "window-probe", KeepaliveProbe "keepalive-probe",
        WindowUpdate "window-update", Challenge "challenge", Reset "reset", Abort "abort",
    }
    TimerReason {
        SegmentSent "segment-sent", ProgressMade "progress-made", BackedOff "backed-off",
        AllAcknowledged "all-acknowledged", WindowShut "window-shut", WindowOpened "window-opened",
        EnteredTimeWait "entered-time-wait", RepeatedFin "repeated-fin", TextReceived "text-received",
        AckSent "ack-sent", Idle "idle", ProbeSent "probe-sent", NotIdle "not-idle", Orphaned "orphaned",
        ConnectionDeleted "connection-deleted",
    }
    Test {
        NotRst "not-rst", HasAck "has-ack", NotAck "not-ack", HasSyn "has-syn", NotSyn "not-syn", HasFin "has-fin",
        BacklogHasRoom "backlog-has-room", AckOfOurSyn "ack-of-our-syn", HasTimestamps "has-timestamps",
        TimestampNotTooOld "timestamp-not-too-old", InWindow "in-window", RstExact "rst-exact",
        AckNotTooOld "ack-not-too-old", AckNotBeyondSent "ack-not-beyond-sent", AckIsNew "ack-is-new",
        WindowIsNewer "window-is-newer", CoversOurFin "covers-our-fin", TextIsNext "text-is-next",
        FinIsNext "fin-is-next", RetriesLeft "retries-left", NothingUnread "nothing-unread",
        NothingQueued "nothing-queued", WindowOpen "window-open", SynTimeIsNewer "syn-time-is-newer",
        SynIsNewer "syn-is-newer", NetworkHasRoom "network-has-room", NothingInFlight "nothing-in-flight",
        ChallengesLeft "challenges-left", QuotesWhatIsInFlight "quotes-what-is-in-flight",
        CookieIsOurs "cookie-is-ours",
    }
}

impl Write for Errno {
    fn write(&self, out: &mut Writer) {
        out.text(self.name());
    }
}

impl Write for PacketId {
    fn write(&self, out: &mut Writer) {
        self.0.write(out);
    }
}

impl Read for Rule {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        let name = text(value, "the name of a rule", faults);
        let names: Vec<_> = Self::ALL.iter().map(|rule| rule.name()).collect();
        Self::ALL[faults.place_of(value, "", name, &names)]
    }
}

impl Write for Rule {
    fn write(&self, out: &mut Writer) {
        out.text(self.name());
    }
}

/// Control bits as the lab prints them: `SYN,ACK`. Only the four that drive the state machine.
impl Read for Control {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        const BITS: [Control; 4] = [Control::SYN, Control::FIN, Control::RST, Control::ACK];
        let text = text(value, "control bits, such as SYN,ACK", faults);
        let mut bits = Self::empty();
        for name in text.split(',').map(str::trim) {
            bits |= BITS[faults.place_of(value, "", name, &["SYN", "FIN", "RST", "ACK"])];
        }
        bits
    }
}

impl Write for Control {
    fn write(&self, out: &mut Writer) {
        out.shown(self);
    }
}

impl Read for Ipv4Addr {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        text(value, "a text", faults).parse().unwrap_or_else(|_| {
            faults.expected(value, "an address, such as 192.0.2.1");
            Self::UNSPECIFIED
        })
    }
}

impl Read for Endpoint {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        let mut fields = Fields::of(value, &["addr", "port"], faults);
        Self { addr: fields.get("addr"), port: fields.get("port") }
    }
}

impl Write for Endpoint {
    fn write(&self, out: &mut Writer) {
        out.object("addr port", &[&self.addr.to_string(), &self.port]);
    }
}

impl Read for Verdict {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        const PLAIN: [Verdict; 7] = [
            Verdict::Deliver,
            Verdict::Drop,
            Verdict::Unreachable(DEFAULT_REPORT),
            Verdict::Hold,
            Verdict::Release,
            Verdict::Duplicate,
            Verdict::Swap,
        ];
        if value.as_str().is_some() {
            let names = ["deliver", "drop", "unreachable", "hold", "release", "duplicate", "swap"];
            return PLAIN[named(value, &names, faults)];
        }
        let mut fields = Fields::of(value, &["delay", "corrupt", "unreachable"], faults);
        if let Some(corrupt) = fields.value("corrupt") {
            return Self::Corrupt { byte: Fields::of(corrupt, &["byte"], faults).get("byte") };
        }
        if let Some(kind) = fields.value("unreachable") {
            return Self::Unreachable(IcmpKind::read(kind, faults));
        }
        Self::Delay(fields.get("delay"))
    }
}

/// What is written of [`Verdict::Corrupt`].
struct Corruption {
    byte: Option<u16>,
}

impl Write for Verdict {
    fn write(&self, out: &mut Writer) {
        out.text(match self {
            Self::Deliver => "deliver",
            Self::Drop => "drop",
            Self::Hold => "hold",
            Self::Release => "release",
            Self::Duplicate => "duplicate",
            Self::Swap => "swap",
            Self::Unreachable(kind) => return out.object("unreachable", &[kind]),
            Self::Delay(by) => return out.object("delay", &[by]),
            Self::Corrupt { byte } => return out.object("corrupt", &[&Corruption { byte: *byte }]),
        });
    }
}

/// Structs of which any field may be left out, and then has its default.
macro_rules! defaults {
    ($($type:ident { $($field:ident $key:literal),+ $(,)? })+) => {
        $(impl Read for $type {
            fn read(value: &Json, faults: &mut Faults) -> Self {
                let mut fields = InOrder::of(value, concat!($($key, " "),+), faults);
                let default = Self::default();
                Self { $($field: fields.next_or(default.$field)),+ }
            }
            fn left_out() -> Option<Self> {
                Some(Self::default())
            }
        }

        impl Write for $type {
            fn write(&self, out: &mut Writer) {
                out.object(concat!($($key, " "),+), &[$(&self.$field),+]);
            }
        })+

        #[cfg(test)]
        mod defaults {
            use super::*;
            use crate::json::to_text;

            #[test]
            fn serde_gives_the_same_fields() {
                $(
                    let ours = to_text(&$type::default());
                    let ours: serde_json::Value = serde_json::from_str(&ours).expect("JSON");
                    assert_eq!(ours, serde_json::to_value($type::default()).expect("plain data"));
                )+
            }
        }
    };
}

defaults! {
    Config {
        msl "msl_us", rto_initial "rto_initial_us", rto_min "rto_min_us", rto_max "rto_max_us",
        syn_retries "syn_retries", data_retries "data_retries", user_timeout "user_timeout_us", open_timeout "open_timeout_us", rfc5961 "rfc5961",
        rfc1337 "rfc1337", reopen_from_time_wait "reopen_from_time_wait", refuse_in_time_wait "refuse_in_time_wait", drop_syn_fin "drop_syn_fin",
        ignore_syn_ack_at_listen "ignore_syn_ack_at_listen", syn_again_at_once "syn_again_at_once",
        fin_again_with_ack "fin_again_with_ack", reset_while_opening "reset_while_opening",
        epipe_in_close_wait "epipe_in_close_wait", fin_with_unread_data "fin_with_unread_data", keep_text_after_shutdown "keep_text_after_shutdown",
        delay_ack_of_fin "delay_ack_of_fin", syn_linear_retries "syn_linear_retries",
        ignore_text_on_syn "ignore_text_on_syn",
        icmp_hard_aborts "icmp_hard_aborts", icmp_never_aborts "icmp_never_aborts", challenge_limit "challenge_limit",
        syn_cookies "syn_cookies", quiet_time "quiet_time", ack_delay "ack_delay_us",
        aggregate_acks "aggregate_acks", nagle "nagle", congestion_control "congestion_control", initial_segments "initial_segments",
        window_scale "window_scale", timestamps "timestamps", sack "sack",
        keepalive "keepalive", keepalive_idle "keepalive_idle_us", keepalive_interval "keepalive_interval_us",
        keepalive_probes "keepalive_probes", keepalive_octet "keepalive_octet", fin_wait_2 "fin_wait_2_us",
        send_buffer_bytes "send_buffer_bytes", receive_buffer_bytes "receive_buffer_bytes", mtu "mtu", ttl "ttl", isn_secret "isn_secret",
    }
    WhatIf {
        two_way_open "two_way_open", no_time_wait "no_time_wait", three_way_close "three_way_close",
        fixed_isn "fixed_isn",
    }
    Settings { config "config", what_if "what_if" }
    Match { syn "syn", ack "ack", fin "fin", rst "rst", text "text" }
}

impl Read for LinkRule {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        let mut fields = Fields::of(value, &["from", "matches", "nth", "verdict"], faults);
        Self {
            from: fields.get("from"),
            matches: fields.get("matches"),
            nth: fields.get_or("nth", 1),
            verdict: fields.get("verdict"),
        }
    }
}

objects! {
    Corruption { byte }
    LinkRule { from, matches, nth, verdict }
}
