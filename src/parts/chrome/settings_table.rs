//! The settings of a stack as the form lists them: the name of each, its range, and how it is read and set.

use crate::text::Msg;
use tcp::time::Duration;
use tcp::{Config, Dispute, Settings};

/// The name of a setting, and what it means in a line.
pub(super) type Name = [Msg; 2];

/// A number among the choices of a stack: its name, its value, its range, and how to set it.
pub(super) type Knob = (Name, fn(&Config) -> u64, (u64, u64), fn(&mut Config, u64));

/// More than a window of 16 bits takes, so that window scale makes a difference.
const LARGEST_BUFFER: u64 = 1 << 20;

/// What newcomers reach for.
pub(super) const KNOBS: [Knob; 7] = [
    (
        [Msg::Msl, Msg::MslMeans],
        |c| c.msl.as_millis() / 1_000,
        (0, 600),
        |c, n| c.msl = Duration::from_secs(n),
    ),
    (
        [Msg::RtoInitial, Msg::RtoInitialMeans],
        |c| c.rto_initial.as_millis(),
        (1, 60_000),
        |c, n| c.rto_initial = Duration::from_millis(n),
    ),
    (
        [Msg::SynRetries, Msg::SynRetriesMeans],
        |c| c.syn_retries.into(),
        (0, 30),
        |c, n| c.syn_retries = n as u8,
    ),
    (
        [Msg::DataRetries, Msg::DataRetriesMeans],
        |c| c.data_retries.into(),
        (0, 30),
        |c, n| c.data_retries = n as u8,
    ),
    (
        [Msg::UserTimeout, Msg::UserTimeoutMeans],
        |c| c.user_timeout.map_or(0, |d| d.as_millis() / 1_000),
        (0, 7_200),
        |c, n| c.user_timeout = (n > 0).then(|| Duration::from_secs(n)),
    ),
    (
        [Msg::ReceiveBuffer, Msg::ReceiveBufferMeans],
        |c| c.receive_buffer_bytes.into(),
        (0, LARGEST_BUFFER),
        |c, n| c.receive_buffer_bytes = n as u32,
    ),
    (
        [Msg::SendBuffer, Msg::SendBufferMeans],
        |c| c.send_buffer_bytes.into(),
        (1, LARGEST_BUFFER),
        |c, n| c.send_buffer_bytes = n as u32,
    ),
];

/// What a switch turns.
#[derive(Clone, Copy)]
pub(super) enum Turn {
    /// A field that is on or off.
    Field(fn(&mut Settings) -> &mut bool),
    /// Something else of the choices that is one of two: what it is, and how to set it.
    Either(fn(&Config) -> bool, fn(&mut Config, bool)),
}

impl Turn {
    pub(super) fn is_on(self, settings: &Settings) -> bool {
        match self {
            Self::Field(field) => *field(&mut settings.clone()),
            Self::Either(is_on, _) => is_on(&settings.config),
        }
    }

    pub(super) fn set(self, settings: &mut Settings, on: bool) {
        match self {
            Self::Field(field) => *field(settings) = on,
            Self::Either(_, set) => set(&mut settings.config, on),
        }
    }
}

/// A switch: its name, and what it turns.
pub(super) type Switch = (Name, Turn);

pub(super) const SWITCHES: [Switch; 2] = [
    ([Msg::Rfc5961, Msg::Rfc5961Means], Turn::Field(|s| &mut s.config.rfc5961)),
    ([Msg::Rfc1337, Msg::Rfc1337Means], Turn::Field(|s| &mut s.config.rfc1337)),
];

/// What one looks for who knows its name.
pub(super) const MORE_KNOBS: [Knob; 9] = [
    (
        [Msg::AckDelay, Msg::AckDelayMeans],
        |c| c.ack_delay.as_millis(),
        (0, 499),
        |c, n| c.ack_delay = Duration::from_millis(n),
    ),
    (
        [Msg::FinWait2Limit, Msg::FinWait2LimitMeans],
        |c| c.fin_wait_2.map_or(0, |d| d.as_millis() / 1_000),
        (0, 7_200),
        |c, n| c.fin_wait_2 = (n > 0).then(|| Duration::from_secs(n)),
    ),
    (
        [Msg::KeepaliveIdle, Msg::KeepaliveIdleMeans],
        |c| c.keepalive_idle.as_millis() / 1_000,
        (1, 86_400),
        |c, n| c.keepalive_idle = Duration::from_secs(n),
    ),
    (
        [Msg::KeepaliveInterval, Msg::KeepaliveIntervalMeans],
        |c| c.keepalive_interval.as_millis() / 1_000,
        (1, 86_400),
        |c, n| c.keepalive_interval = Duration::from_secs(n),
    ),
    (
        [Msg::KeepaliveProbes, Msg::KeepaliveProbesMeans],
        |c| c.keepalive_probes.into(),
        (1, 100),
        |c, n| c.keepalive_probes = n as u8,
    ),
    (
        [Msg::ChallengeLimit, Msg::ChallengeLimitMeans],
        |c| c.challenge_limit.unwrap_or(0).into(),
        (0, 255),
        |c, n| c.challenge_limit = (n > 0).then_some(n as u8),
    ),
    (
        [Msg::InitialSegments, Msg::InitialSegmentsMeans],
        |c| c.initial_segments.unwrap_or(0).into(),
        (0, 64),
        |c, n| c.initial_segments = (n > 0).then_some(n as u8),
    ),
    ([Msg::Mtu, Msg::MtuMeans], |c| c.mtu.into(), (68, 65_535), |c, n| c.mtu = n as u16),
    ([Msg::Ttl, Msg::TtlMeans], |c| c.ttl.into(), (1, 255), |c, n| c.ttl = n as u8),
];

/// The shift that the switch of window scale offers: windows of up to 8 MB.
const SHIFT: u8 = 7;

pub(super) const MORE_SWITCHES: [Switch; 11] = [
    ([Msg::Keepalive, Msg::KeepaliveMeans], Turn::Field(|s| &mut s.config.keepalive)),
    ([Msg::KeepaliveOctet, Msg::KeepaliveOctetMeans], Turn::Field(|s| &mut s.config.keepalive_octet)),
    ([Msg::AggregateAcks, Msg::AggregateAcksMeans], Turn::Field(|s| &mut s.config.aggregate_acks)),
    ([Msg::Nagle, Msg::NagleMeans], Turn::Field(|s| &mut s.config.nagle)),
    (
        [Msg::CongestionControl, Msg::CongestionControlMeans],
        Turn::Field(|s| &mut s.config.congestion_control),
    ),
    ([Msg::Sack, Msg::SackMeans], Turn::Field(|s| &mut s.config.sack)),
    ([Msg::Timestamps, Msg::TimestampsMeans], Turn::Field(|s| &mut s.config.timestamps)),
    (
        [Msg::WindowScale, Msg::WindowScaleMeans],
        Turn::Either(|c| c.window_scale.is_some(), |c, on| c.window_scale = on.then_some(SHIFT)),
    ),
    ([Msg::SynCookies, Msg::SynCookiesMeans], Turn::Field(|s| &mut s.config.syn_cookies)),
    ([Msg::QuietTime, Msg::QuietTimeMeans], Turn::Field(|s| &mut s.config.quiet_time)),
    ([Msg::IcmpHardAborts, Msg::IcmpHardAbortsMeans], Turn::Field(|s| &mut s.config.icmp_hard_aborts)),
];

/// The other way in a dispute, what that is about, and the switch. The words for the dispute say who does which.
pub(super) type Disputed = (Msg, Dispute, Turn);

/// Where good stacks disagree.
pub(super) const DISPUTED: [Disputed; 13] = [
    (
        Msg::IgnoreSynAckAtListen,
        Dispute::SynAckAtListen,
        Turn::Field(|s| &mut s.config.ignore_syn_ack_at_listen),
    ),
    (Msg::SynAgainAtOnce, Dispute::BadAckInSynSent, Turn::Field(|s| &mut s.config.syn_again_at_once)),
    (Msg::FinAgainWithAck, Dispute::FinInFinWait1, Turn::Field(|s| &mut s.config.fin_again_with_ack)),
    (Msg::ReopenFromTimeWait, Dispute::SynInTimeWait, Turn::Field(|s| &mut s.config.reopen_from_time_wait)),
    (Msg::RefuseInTimeWait, Dispute::SynInTimeWait, Turn::Field(|s| &mut s.config.refuse_in_time_wait)),
    (Msg::ResetWhileOpening, Dispute::RstWhileOpening, Turn::Field(|s| &mut s.config.reset_while_opening)),
    (Msg::EpipeInCloseWait, Dispute::RstInCloseWait, Turn::Field(|s| &mut s.config.epipe_in_close_wait)),
    (Msg::FinWithUnreadData, Dispute::UnreadData, Turn::Field(|s| &mut s.config.fin_with_unread_data)),
    (
        Msg::KeepTextAfterShutdown,
        Dispute::TextAfterShutdown,
        Turn::Field(|s| &mut s.config.keep_text_after_shutdown),
    ),
    (Msg::DropSynFin, Dispute::SynWithFin, Turn::Field(|s| &mut s.config.drop_syn_fin)),
    (Msg::DelayAckOfFin, Dispute::AckOfFin, Turn::Field(|s| &mut s.config.delay_ack_of_fin)),
    (
        Msg::SynLinearRetries,
        Dispute::SynRetries,
        Turn::Either(
            |c| c.syn_linear_retries > 0,
            |c, on| c.syn_linear_retries = if on { LINEAR_RETRIES } else { 0 },
        ),
    ),
    (Msg::IgnoreTextOnSyn, Dispute::TextOnSyn, Turn::Field(|s| &mut s.config.ignore_text_on_syn)),
];

/// How many repeats of a SYN Linux lets wait no longer than the first.
const LINEAR_RETRIES: u8 = 4;

pub(super) const BROKEN: [Switch; 4] = [
    ([Msg::TwoWayOpen, Msg::TwoWayOpenMeans], Turn::Field(|s| &mut s.what_if.two_way_open)),
    ([Msg::NoTimeWait, Msg::NoTimeWaitMeans], Turn::Field(|s| &mut s.what_if.no_time_wait)),
    ([Msg::ThreeWayClose, Msg::ThreeWayCloseMeans], Turn::Field(|s| &mut s.what_if.three_way_close)),
    ([Msg::FixedIsn, Msg::FixedIsnMeans], Turn::Field(|s| &mut s.what_if.fixed_isn)),
];
