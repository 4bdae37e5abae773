//! The options that the two ends agree on in their SYNs: window scale and timestamps (RFC 7323), and selective
//! acknowledgement (RFC 2018). Each is used only if both SYNs carry it.

use crate::config::Config;
use crate::output::MAX_WINDOW;
use crate::segment::{Control, Options, SackBlocks, Segment, Timestamps};
use crate::state::State;
use crate::step::Step;
use crate::tcb::{DEFAULT_MSS, Tcb};
use crate::time::{Duration, Instant};

/// The largest shift. A larger one counts as this one, so that windows stay below 2^30 (RFC 7323 §2.3).
pub const MAX_SHIFT: u8 = 14;

/// How long TS.Recent is valid. After 24 days of silence the other end's clock may have wrapped round (RFC 7323 §5.5).
const RECENT_FOR: Duration = Duration::from_secs(24 * 24 * 3_600);

/// The options that both ends sent in their SYNs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Agreed {
    /// Window scale.
    pub shifts: Option<Shifts>,
    /// Both ends may send SACK blocks.
    pub sack: bool,
    /// If set, every segment carries timestamps, and this is the one to echo.
    pub timestamps: Option<Recent>,
}

/// By how many bits window fields are shifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shifts {
    /// Snd.Wind.Shift: sent by the other end, for its windows.
    pub send: u8,
    /// Rcv.Wind.Shift: sent by this end, for its own windows.
    pub receive: u8,
}

/// TS.Recent: the latest timestamp that the other end sent in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Recent {
    /// The timestamp.
    pub value: u32,
    /// When it arrived.
    pub at: Instant,
}

impl Agreed {
    /// Rcv.Wind.Shift, zero without window scale.
    pub(crate) fn receive_shift(&self) -> u8 {
        self.shifts.map_or(0, |shifts| shifts.receive)
    }

    /// Snd.Wind.Shift, zero without window scale.
    pub(crate) fn send_shift(&self) -> u8 {
        self.shifts.map_or(0, |shifts| shifts.send)
    }

    /// How many octets of options every segment after the SYNs carries.
    #[must_use]
    pub const fn overhead(&self) -> u32 {
        if self.timestamps.is_some() { 12 } else { 0 }
    }
}

/// Our timestamp clock: one tick a millisecond (RFC 7323 §5.4 allows ticks of 1 ms to 1 s).
#[must_use]
pub fn timestamp(now: Instant) -> u32 {
    // Modulo 2^32, like sequence numbers.
    (now.as_micros() / 1_000) as u32
}

/// How long ago this end sent the timestamp that is echoed now. None if it lies in the future: then the echo is forged.
pub(crate) fn since_echo(echo: u32, now: Instant) -> Option<Duration> {
    let now = timestamp(now);
    is_at_or_after(now, echo).then(|| Duration::from_millis(u64::from(now.wrapping_sub(echo))))
}

/// Whether `a` is at or after `b`, counting modulo 2^32.
const fn is_at_or_after(a: u32, b: u32) -> bool {
    a.wrapping_sub(b) < 1 << 31
}

/// Agrees to the options that the other end's SYN offers and this end wants too.
pub(crate) fn agree(tcb: &mut Tcb, config: &Config, theirs: &Options, now: Instant) {
    let shifts = config.window_scale.zip(theirs.window_scale);
    let timestamps = theirs.timestamps.filter(|_| config.timestamps);
    tcb.agreed = Agreed {
        shifts: shifts
            .map(|(receive, send)| Shifts { send: send.min(MAX_SHIFT), receive: receive.min(MAX_SHIFT) }),
        sack: config.sack && theirs.sack_permitted,
        timestamps: timestamps.map(|timestamps| Recent { value: timestamps.value, at: now }),
    };
    tcb.rcv.wnd = largest_window(tcb, config);
}

/// With an MSS below the default, the window is limited to this many full segments. Each segment takes memory besides
/// its text: with an MSS of 28, a window of a megabyte would be 37,000 segments.
const MAX_SMALL_SEGMENTS: u32 = 4_096;

/// The largest window this end can announce.
pub(crate) fn largest_window(tcb: &Tcb, config: &Config) -> u32 {
    let window = config.receive_buffer_bytes.min(MAX_WINDOW << tcb.agreed.receive_shift());
    let mss = config.receive_mss();
    if mss < DEFAULT_MSS { window.min(u32::from(mss) * MAX_SMALL_SEGMENTS) } else { window }
}

/// The window that `segment` offers. The window of a SYN is never scaled (RFC 7323 §2.2).
pub(crate) fn offered_window(tcb: &Tcb, segment: &Segment) -> u32 {
    let shift = if segment.has(Control::SYN) { 0 } else { tcb.agreed.send_shift() };
    u32::from(segment.window) << shift
}

/// Whether the timestamp `value` is older than TS.Recent: then the segment is a late duplicate, whatever its sequence
/// number (PAWS, RFC 7323 §5).
pub(crate) fn is_too_old(recent: Recent, value: u32, now: Instant) -> bool {
    !is_at_or_after(value, recent.value) && now.since(recent.at) <= RECENT_FOR
}

/// Whether the timestamp `value` proves that a SYN is newer than the connection in TIME-WAIT (RFC 6191).
pub(crate) const fn is_newer(recent: Recent, value: u32) -> bool {
    value != recent.value && is_at_or_after(value, recent.value)
}

impl Step<'_> {
    /// The options of our SYN or SYN,ACK. A SYN,ACK has only options that the SYN had.
    pub(crate) fn options_of_syn(&self) -> Options {
        let config = &self.settings.config;
        let tcb = self.tcb();
        let (agreed, offers) = (tcb.agreed, tcb.state == State::SynSent);
        let shift = if offers { config.window_scale } else { agreed.shifts.map(|shifts| shifts.receive) };
        Options {
            mss: Some(config.receive_mss()),
            window_scale: shift.map(|shift| shift.min(MAX_SHIFT)),
            sack_permitted: if offers { config.sack } else { agreed.sack },
            timestamps: self.timestamps(offers && config.timestamps),
            sack: SackBlocks::default(),
        }
    }

    /// The timestamps of a segment that is sent now. With `offers` they are sent although nothing is agreed on yet.
    pub(crate) fn timestamps(&self, offers: bool) -> Option<Timestamps> {
        let recent = self.tcb().agreed.timestamps;
        let echo = recent.map_or(0, |recent| recent.value);
        (offers || recent.is_some()).then(|| Timestamps { value: timestamp(self.now), echo })
    }
}
