//! The settings that standards and real stacks offer. Rules broken on purpose are in [`crate::what_if`].

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::options::MAX_SHIFT;
use crate::time::Duration;

/// The longest time that an acknowledgement may be delayed: less than half a second (RFC 9293 §3.8.6.3, MUST-40).
pub const LONGEST_ACK_DELAY_MS: u64 = 499;

/// The packet size that every IPv4 link carries without fragmentation (RFC 791 §3.2).
pub const LEAST_MTU: u16 = 68;

/// The largest buffer. It is limited because the records keep its content for every moment of a run.
pub const LARGEST_BUFFER: u32 = 1 << 20;

/// The settings of one host's stack. Where stacks disagree, the default follows RFC 9293. MSL is two minutes, as in the
/// RFC (§3.4.2) and in the notes; Linux waits 60 s in all. Features that standards recommend but that would confuse
/// beginners are off by default: Nagle's algorithm, delayed acknowledgements, timestamps.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Maximum segment lifetime; TIME-WAIT lasts twice as long (RFC 9293 §3.4.2, MUST-13).
    #[serde(rename = "msl_us")]
    pub msl: Duration,
    /// The retransmission time-out until a round trip was measured (RFC 6298 §2.1).
    #[serde(rename = "rto_initial_us")]
    pub rto_initial: Duration,
    /// The smallest retransmission time-out (RFC 6298 §2.4: one second; Linux uses 200 ms).
    #[serde(rename = "rto_min_us")]
    pub rto_min: Duration,
    /// The largest retransmission time-out (RFC 6298 §2.5: at least 60 s).
    #[serde(rename = "rto_max_us")]
    pub rto_max: Duration,
    /// R2 for a SYN: how often it is sent again before the open is given up (RFC 9293 §3.8.3, MUST-22, MUST-23).
    pub syn_retries: u8,
    /// R2 for everything else: how often a segment is sent again before the connection is given up (MUST-20).
    pub data_retries: u8,
    /// The user time-out: how long sent data may stay unacknowledged. If absent, only R2 decides.
    #[serde(rename = "user_timeout_us")]
    pub user_timeout: Option<Duration>,
    /// How long an open may take, whatever [`Self::syn_retries`] says (TCP_KEEPINIT of FreeBSD). If absent, only R2 and
    /// the user time-out decide.
    #[serde(rename = "open_timeout_us")]
    pub open_timeout: Option<Duration>,
    /// Protection against blind attacks: an RST or a SYN inside the window gets a challenge ACK (RFC 5961 §3, §4). Off:
    /// as in RFC 793. Linux and smoltcp challenge too; in FreeBSD it is a setting.
    pub rfc5961: bool,
    /// Ignore an RST in TIME-WAIT (RFC 1337, fix F1), as FreeBSD and lwIP do. Off: the RST ends TIME-WAIT, as in RFC
    /// 9293 and by default in Linux.
    pub rfc1337: bool,
    /// In TIME-WAIT, a SYN with a number beyond the old connection may open a new one (RFC 9293 §3.6.1, MAY-2), as in
    /// Linux and FreeBSD. Off: it is challenged like any other SYN (RFC 5961). lwIP answers with an RST.
    pub reopen_from_time_wait: bool,
    /// In TIME-WAIT, a SYN that opens no new connection is answered with an RST, as in lwIP, and TIME-WAIT goes on.
    /// Off: it is challenged (RFC 5961 §4), or without [`Self::rfc5961`] it is an error (RFC 793).
    pub refuse_in_time_wait: bool,
    /// A hard ICMP error ends an open connection too (RFC 9293 §3.9.2.2, SHLD-26). Off: it ends only an open in
    /// progress, as in Linux and the BSDs, because such reports are easily forged (RFC 5927 §5.2).
    pub icmp_hard_aborts: bool,
    /// No ICMP error ends anything, not even an open in progress. FreeBSD has such a setting.
    pub icmp_never_aborts: bool,
    /// A segment with SYN and FIN is dropped in LISTEN and SYN-SENT, as in Linux; in FreeBSD it is a setting. Off: both
    /// count, as in RFC 9293.
    pub drop_syn_fin: bool,
    /// SYN,ACK at LISTEN is dropped silently, as in FreeBSD. Off: it is answered with an RST, as in RFC 9293 §3.10.7.2
    /// and Linux.
    pub ignore_syn_ack_at_listen: bool,
    /// After the RST for a wrong acknowledgement in SYN-SENT, the SYN is sent again at once, as in Linux and lwIP. Off:
    /// it waits for the retransmission timer, as in RFC 9293 §3.10.7.3 and FreeBSD.
    pub syn_again_at_once: bool,
    /// In FIN-WAIT-1 the acknowledgement of the other FIN carries our FIN once more, as in FreeBSD. Off: it is a bare
    /// acknowledgement, as in RFC 9293 §3.6, Figure 13, and Linux.
    pub fin_again_with_ack: bool,
    /// An RST in SYN-RECEIVED after connect() is reported as ECONNRESET, as in Linux. Off: as ECONNREFUSED, as in RFC
    /// 9293 §3.10.7.4 and FreeBSD.
    pub reset_while_opening: bool,
    /// An RST in CLOSE-WAIT is reported as EPIPE, as in Linux. Off: as ECONNRESET, as in RFC 9293 §3.10.7.4 and
    /// FreeBSD.
    pub epipe_in_close_wait: bool,
    /// close() with unread data sends a FIN, and an RST only if more data arrives, as in FreeBSD. Off: it sends an RST,
    /// as in RFC 9293 §3.6.1 (SHLD-3) and Linux.
    pub fin_with_unread_data: bool,
    /// Text that arrives after shutdown(SHUT_RD) can be read, as in Linux. Off: it is acknowledged and thrown away, as
    /// in FreeBSD. RFC 9293 has no such call.
    pub keep_text_after_shutdown: bool,
    /// The acknowledgement of a FIN in ESTABLISHED may be delayed like that of text, as in Linux. Off: it is sent at
    /// once, as in FreeBSD. RFC 9293 §3.8.6.3 allows both.
    pub delay_ack_of_fin: bool,
    /// How many repeats of a SYN wait only as long as the first try: four in Linux. Zero: each waits twice as long as
    /// the one before (RFC 6298 §5.5).
    pub syn_linear_retries: u8,
    /// Text that comes with a SYN is ignored, and the other end sends it again, as in Linux. Off: it is kept until the
    /// connection is open, as in RFC 9293 §3.10.7.2 and FreeBSD.
    pub ignore_text_on_syn: bool,
    /// How many doubtful segments are answered in five seconds, challenges included. If absent, all are (RFC 5961 §7).
    pub challenge_limit: Option<u8>,
    /// A listener whose backlog is full answers with SYN cookies instead of dropping the SYN (RFC 4987 §3.6).
    pub syn_cookies: bool,
    /// After a crash the host neither sends nor receives for one MSL, so that no old segment can be mistaken for a new
    /// one (RFC 9293 §3.4.3). Off: it starts at once, which is safe because initial numbers follow a clock that no
    /// crash stops.
    pub quiet_time: bool,
    /// How long an acknowledgement of data in order may be delayed (RFC 9293 §3.8.6.3). Zero, as in the notes: it is
    /// sent at once. Never half a second or more (MUST-40).
    #[serde(rename = "ack_delay_us")]
    pub ack_delay: Duration,
    /// Segments that arrive in order at the same instant are acknowledged together, after all of them were processed
    /// (RFC 9293 §3.10.7.4, MUST-58, MUST-59). Off: each segment is acknowledged by itself.
    pub aggregate_acks: bool,
    /// Small segments wait while something is unacknowledged (RFC 9293 §3.7.4). TCP_NODELAY switches this off
    /// (MUST-17).
    pub nagle: bool,
    /// Slow start, congestion avoidance, fast retransmit (RFC 5681, MUST-19). Off, only the receive window limits.
    pub congestion_control: bool,
    /// How many segments the initial congestion window has (RFC 6928: ten). If absent: two to four, depending on their
    /// size (RFC 5681 §3.1).
    pub initial_segments: Option<u8>,
    /// Offer window scale with this shift, at most 14 (RFC 7323 §2). If absent, windows are at most 65,535 octets.
    pub window_scale: Option<u8>,
    /// Offer timestamps: every acknowledgement measures a round trip, and old segments are recognised by their age
    /// (RFC 7323 §3, §5).
    pub timestamps: bool,
    /// Offer selective acknowledgement: the receiver reports what it has received beyond a hole (RFC 2018).
    pub sack: bool,
    /// SO_KEEPALIVE: probe a peer that has been silent (RFC 9293 §3.8.4, MUST-24); off by default (MUST-25).
    pub keepalive: bool,
    /// How long a connection is idle before the first probe; at least two hours by default (MUST-28).
    #[serde(rename = "keepalive_idle_us")]
    pub keepalive_idle: Duration,
    /// How long to wait for the answer to a probe.
    #[serde(rename = "keepalive_interval_us")]
    pub keepalive_interval: Duration,
    /// How many probes in a row may stay unanswered. One alone proves nothing (MUST-29).
    pub keepalive_probes: u8,
    /// A probe carries one octet that the peer already has, because very old stacks do not answer a segment without
    /// text (RFC 9293 §3.8.4, MAY-6). Off by default (SHLD-12).
    pub keepalive_octet: bool,
    /// How long FIN-WAIT-2 lasts if no application is left. If absent there is no limit, as in RFC 9293.
    #[serde(rename = "fin_wait_2_us")]
    pub fin_wait_2: Option<Duration>,
    /// How many bytes may wait to be sent or acknowledged (SO_SNDBUF).
    pub send_buffer_bytes: u32,
    /// How many bytes may wait to be read (SO_RCVBUF): the largest receive window.
    pub receive_buffer_bytes: u32,
    /// The largest packet the link carries. The MSS we announce is 40 less (RFC 9293 §3.7.1, MUST-67).
    pub mtu: u16,
    /// The time to live of our packets (RFC 9293 §3.9.2, MUST-49). Zero counts as one, because a packet with zero may
    /// not be received by any host.
    pub ttl: u8,
    /// The secret behind the initial sequence numbers (RFC 6528). The same secret gives the same numbers, so sessions
    /// can be replayed.
    pub isn_secret: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            msl: Duration::from_secs(120),
            rto_initial: Duration::from_secs(1),
            rto_min: Duration::from_secs(1),
            rto_max: Duration::from_secs(120),
            // 1 + 2 + 4 + … s: seven repeats take more than the three minutes that MUST-23 asks for.
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
    /// The first field whose value is too great, and its limit. The other fields are bounded by their types, or, as the
    /// MTU, where they are used.
    #[must_use]
    pub fn too_great(&self) -> Option<(&'static str, u64)> {
        let bounded = [
            ("send_buffer_bytes", self.send_buffer_bytes, LARGEST_BUFFER),
            ("receive_buffer_bytes", self.receive_buffer_bytes, LARGEST_BUFFER),
            ("window_scale", self.window_scale.map_or(0, u32::from), MAX_SHIFT.into()),
        ];
        bounded
            .into_iter()
            .find(|(_, value, limit)| value > limit)
            .map(|(field, _, limit)| (field, limit.into()))
    }

    /// How long an acknowledgement may be delayed: always less than half a second (MUST-40).
    #[must_use]
    pub fn longest_ack_delay(&self) -> Duration {
        self.ack_delay.min(Duration::from_millis(LONGEST_ACK_DELAY_MS))
    }

    /// The time to live of our packets: at least one hop.
    #[must_use]
    pub fn time_to_live(&self) -> u8 {
        self.ttl.max(1)
    }

    /// The MSS option we send: the largest packet less 20 octets of IP header and 20 of TCP header. Never less than 28,
    /// whatever `mtu` is, because every link carries packets of 68 octets (RFC 791 §3.2). With an MSS of 1 a window of
    /// data would be 65,535 packets.
    #[must_use]
    pub fn receive_mss(&self) -> u16 {
        self.mtu.max(LEAST_MTU) - 40
    }
}
