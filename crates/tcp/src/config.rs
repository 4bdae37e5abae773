//! What a standard or a stack lets one choose. Rules broken on purpose are in [`super::what_if`].

use serde::{Deserialize, Serialize};

use crate::time::Duration;

/// What every IPv4 link takes without fragmentation (RFC 791 §3.2).
const LEAST_MTU: u16 = 68;

/// The knobs of one host's stack. What is a matter of dispute is by default as RFC 9293 has it; nothing is random, and MSL
/// is the notes' two minutes (RFC 9293 §3.4.2 says the same; Linux waits 60 s in all). What standards recommend but
/// beginners would stumble over is there and off: Nagle's algorithm, delayed acknowledgements, timestamps.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Maximum segment lifetime; TIME-WAIT lasts twice as long (RFC 9293 §3.4.2, MUST-13).
    #[serde(rename = "msl_us")]
    pub msl: Duration,
    /// The retransmission time-out before any round trip was measured (RFC 6298 §2.1).
    #[serde(rename = "rto_initial_us")]
    pub rto_initial: Duration,
    /// The least retransmission time-out (RFC 6298 §2.4: one second; Linux uses 200 ms).
    #[serde(rename = "rto_min_us")]
    pub rto_min: Duration,
    /// The greatest retransmission time-out (RFC 6298 §2.5: at least 60 s).
    #[serde(rename = "rto_max_us")]
    pub rto_max: Duration,
    /// R2 for a SYN: how often it is repeated before the open is given up (RFC 9293 §3.8.3, MUST-22, MUST-23).
    pub syn_retries: u8,
    /// R2 for everything else: how often a segment is repeated before the connection is given up (MUST-20).
    pub data_retries: u8,
    /// The user time-out: how long sent data may stay unacknowledged; absent means that only R2 decides.
    #[serde(rename = "user_timeout_us")]
    pub user_timeout: Option<Duration>,
    /// How long an open may take, whatever [`Self::syn_retries`] says (TCP_KEEPINIT of FreeBSD); absent means that only R2
    /// and the user time-out decide.
    #[serde(rename = "open_timeout_us")]
    pub open_timeout: Option<Duration>,
    /// Blind-attack protection: challenge ACKs for RST and SYN inside the window (RFC 5961 §3, §4). Off is RFC 793. Linux
    /// and smoltcp challenge too, in FreeBSD it is a setting.
    pub rfc5961: bool,
    /// Ignore RST in TIME-WAIT (RFC 1337, fix F1), as FreeBSD and lwIP do. Off, as RFC 9293 has it and Linux by default:
    /// the RST closes.
    pub rfc1337: bool,
    /// A SYN with a number beyond all of the old connection may open anew from TIME-WAIT (RFC 9293 §3.6.1, MAY-2). Off,
    /// it is challenged like any other (RFC 5961). Linux and FreeBSD let it open, lwIP answers RST.
    pub reopen_from_time_wait: bool,
    /// A SYN in TIME-WAIT that does not open anew draws RST, as with lwIP, and TIME-WAIT goes on. Off, it is challenged
    /// (RFC 5961 §4), or without [`Self::rfc5961`] taken for an error (RFC 793).
    pub refuse_in_time_wait: bool,
    /// A hard ICMP error ends an open connection too (RFC 9293 §3.9.2.2, SHLD-26). Off, only an open in progress: such
    /// reports are easily forged (RFC 5927 §5.2), and Linux and the BSDs do likewise.
    pub icmp_hard_aborts: bool,
    /// No ICMP error ends anything, not even an open in progress, as with FreeBSD if so set.
    pub icmp_never_aborts: bool,
    /// A segment with SYN and FIN opens nothing: in LISTEN and SYN-SENT it is dropped, as Linux does; in FreeBSD it is a
    /// setting. Off, as RFC 9293 has it, both count.
    pub drop_syn_fin: bool,
    /// SYN,ACK at LISTEN draws no RST, as in FreeBSD. Off, as RFC 9293 §3.10.7.2 has it and Linux, it does.
    pub ignore_syn_ack_at_listen: bool,
    /// After the RST for a wrong acknowledgement in SYN-SENT the SYN goes out again at once, as with Linux and lwIP. Off,
    /// as RFC 9293 §3.10.7.3 has it and FreeBSD, it waits for the retransmission timer.
    pub syn_again_at_once: bool,
    /// In FIN-WAIT-1 the acknowledgement of the other FIN carries ours once more, as with FreeBSD. Off, it is an
    /// acknowledgement alone (RFC 9293 §3.6, Figure 13; Linux).
    pub fin_again_with_ack: bool,
    /// RST in a SYN-RECEIVED that began with connect() is reported as ECONNRESET, as with Linux. Off, as RFC 9293 §3.10.7.4
    /// has it and FreeBSD: ECONNREFUSED.
    pub reset_while_opening: bool,
    /// RST in CLOSE-WAIT is reported as EPIPE, as with Linux. Off, as RFC 9293 §3.10.7.4 has it and FreeBSD: ECONNRESET.
    pub epipe_in_close_wait: bool,
    /// close() with data unread sends FIN, as with FreeBSD, and RST only if more data comes. Off, as RFC 9293 §3.6.1 has it
    /// and Linux: RST (SHLD-3).
    pub fin_with_unread_data: bool,
    /// Text that arrives after shutdown(SHUT_RD) can be read, as with Linux. Off it is acknowledged and thrown away, as
    /// with FreeBSD; RFC 9293 knows no such call.
    pub keep_text_after_shutdown: bool,
    /// The acknowledgement of a FIN in ESTABLISHED may wait like one of text, as with Linux. Off, as with FreeBSD, it leaves
    /// at once; RFC 9293 §3.8.6.3 allows either.
    pub delay_ack_of_fin: bool,
    /// So many repeats of a SYN wait no longer than the first try: four with Linux. Zero, as RFC 6298 §5.5 has it: each
    /// waits twice as long as the one before.
    pub syn_linear_retries: u8,
    /// Text that comes with a SYN is left for the other end to send again, as with Linux. Off, as RFC 9293 §3.10.7.2 has it
    /// and FreeBSD, it waits until the connection is open.
    pub ignore_text_on_syn: bool,
    /// How many doubtful segments are answered in five seconds, challenges included; absent: all of them (RFC 5961 §7).
    pub challenge_limit: Option<u8>,
    /// A listener whose backlog is full answers with SYN cookies instead of dropping the SYN (RFC 4987 §3.6).
    pub syn_cookies: bool,
    /// After a crash the host sends and hears nothing for one MSL, so that nothing of before can be mistaken
    /// (RFC 9293 §3.4.3). Off: initial numbers follow a clock that no crash stops.
    pub quiet_time: bool,
    /// How long an acknowledgement of data in order may wait for company (RFC 9293 §3.8.6.3). Zero, as in the notes,
    /// acknowledges at once; never half a second or more (MUST-40).
    #[serde(rename = "ack_delay_us")]
    pub ack_delay: Duration,
    /// What arrives in order at one instant is acknowledged together, when all of it was looked at (RFC 9293 §3.10.7.4,
    /// MUST-58, MUST-59). Off: each segment by itself, as if the next were not there yet.
    pub aggregate_acks: bool,
    /// Small segments wait while something is unacknowledged (RFC 9293 §3.7.4); TCP_NODELAY switches it off (MUST-17).
    pub nagle: bool,
    /// Slow start, congestion avoidance, fast retransmit (RFC 5681, MUST-19). Off, only the receive window limits.
    pub congestion_control: bool,
    /// How many segments the initial congestion window has (RFC 6928: ten); absent: two to four, by their size
    /// (RFC 5681 §3.1).
    pub initial_segments: Option<u8>,
    /// Offer window scale, with this shift, at most 14 (RFC 7323 §2); absent: windows end at 65,535 octets.
    pub window_scale: Option<u8>,
    /// Offer timestamps: every acknowledgement measures a round trip, and segments of a former life are told by their
    /// age (RFC 7323 §3, §5).
    pub timestamps: bool,
    /// Offer selective acknowledgement: the receiver names what it holds beyond a hole (RFC 2018).
    pub sack: bool,
    /// SO_KEEPALIVE: probe a peer that has been silent (RFC 9293 §3.8.4, MUST-24); off by default (MUST-25).
    pub keepalive: bool,
    /// How long a connection is idle before the first probe; at least two hours by default (MUST-28).
    #[serde(rename = "keepalive_idle_us")]
    pub keepalive_idle: Duration,
    /// How long to wait for the answer to a probe.
    #[serde(rename = "keepalive_interval_us")]
    pub keepalive_interval: Duration,
    /// How many probes in a row may stay without an answer: one alone proves nothing (MUST-29).
    pub keepalive_probes: u8,
    /// A probe carries one octet that the peer has had already, for the sake of very old stacks that answer no segment
    /// without text (RFC 9293 §3.8.4, MAY-6); off by default (SHLD-12).
    pub keepalive_octet: bool,
    /// How long FIN-WAIT-2 lasts when no application is left; absent: as long as the peer likes, as RFC 9293 has it.
    #[serde(rename = "fin_wait_2_us")]
    pub fin_wait_2: Option<Duration>,
    /// Bytes that may wait to be sent or acknowledged (SO_SNDBUF).
    pub send_buffer_bytes: u32,
    /// Bytes that may wait to be read (SO_RCVBUF): the greatest receive window.
    pub receive_buffer_bytes: u32,
    /// The largest packet the link takes; the MSS we announce is 40 less (RFC 9293 §3.7.1, MUST-67).
    pub mtu: u16,
    /// The time to live that segments are handed to IP with (RFC 9293 §3.9.2, MUST-49). Zero counts as one: nothing is sent
    /// that no host may receive.
    pub ttl: u8,
    /// The secret of the initial sequence numbers (RFC 6528). Same secret, same numbers: sessions can be replayed.
    pub isn_secret: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            msl: Duration::from_secs(120),
            rto_initial: Duration::from_secs(1),
            rto_min: Duration::from_secs(1),
            rto_max: Duration::from_secs(120),
            // 1 + 2 + 4 + … s: seven repeats span more than the three minutes that MUST-23 asks for.
            syn_retries: 7,
            data_retries: 15,
            user_timeout: None,
            open_timeout: None,
            rfc5961: true,
            rfc1337: false,
            reopen_from_time_wait: false,
            refuse_in_time_wait: false,
            icmp_hard_aborts: false,
            icmp_never_aborts: false,
            drop_syn_fin: false,
            ignore_syn_ack_at_listen: false,
            syn_again_at_once: false,
            fin_again_with_ack: false,
            reset_while_opening: false,
            epipe_in_close_wait: false,
            fin_with_unread_data: false,
            keep_text_after_shutdown: false,
            delay_ack_of_fin: false,
            syn_linear_retries: 0,
            ignore_text_on_syn: false,
            challenge_limit: Some(10),
            syn_cookies: false,
            quiet_time: false,
            ack_delay: Duration::ZERO,
            aggregate_acks: false,
            nagle: false,
            congestion_control: true,
            window_scale: None,
            timestamps: false,
            sack: false,
            initial_segments: None,
            keepalive: false,
            keepalive_idle: Duration::from_secs(7_200),
            keepalive_interval: Duration::from_secs(75),
            keepalive_probes: 10,
            keepalive_octet: false,
            fin_wait_2: None,
            send_buffer_bytes: 65_535,
            receive_buffer_bytes: 65_535,
            mtu: 1_500,
            ttl: 64,
            isn_secret: 0x7C9_1AB,
        }
    }
}

impl Config {
    /// How long an acknowledgement may wait: always less than half a second (MUST-40).
    #[must_use]
    pub fn longest_ack_delay(&self) -> Duration {
        self.ack_delay.min(Duration::from_millis(499))
    }

    /// The time to live of what is sent: at least one hop.
    #[must_use]
    pub fn time_to_live(&self) -> u8 {
        self.ttl.max(1)
    }

    /// The MSS option we send: the largest packet less 20 octets of IP header and 20 of TCP header. Every link takes
    /// packets of 68 octets (RFC 791 §3.2), so it is never less than 28, whatever `mtu` says: with an MSS of 1 a
    /// window of data is 65,535 packets at once.
    #[must_use]
    pub fn receive_mss(&self) -> u16 {
        self.mtu.max(LEAST_MTU) - 40
    }
}
