//! What the two ends agree on in their SYNs: window scale and timestamps (RFC 7323), selective acknowledgement
//! (RFC 2018). Each is used only if both ends have named it.

use crate::config::Config;
use crate::output::MAX_WINDOW;
use crate::segment::{Control, Options, SackBlocks, Segment, Timestamps};
use crate::state::State;
use crate::step::Step;
use crate::tcb::{DEFAULT_MSS, Tcb};
use crate::time::{Duration, Instant};

/// A larger shift is taken for this one: windows stay below 2^30, half of half the sequence space (RFC 7323 §2.3).
pub const MAX_SHIFT: u8 = 14;

/// After so long a silence the clock of the other end may have come round: its last timestamp says nothing any more
/// (RFC 7323 §5.5).
const RECENT_FOR: Duration = Duration::from_secs(24 * 24 * 3_600);

/// What both ends named in their SYNs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Agreed {
    /// Window scale.
    pub shifts: Option<Shifts>,
    /// Either may send SACK blocks.
    pub sack: bool,
    /// Every segment carries timestamps; this is the one to echo.
    pub timestamps: Option<Recent>,
}

/// By how many bits the window fields are to be shifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shifts {
    /// Snd.Wind.Shift: what the other end named, for its windows.
    pub send: u8,
    /// Rcv.Wind.Shift: what this end named, for its own.
    pub receive: u8,
}

/// TS.Recent: the latest timestamp of the other end that came in turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Recent {
    /// It.
    pub value: u32,
    /// When it came.
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

    /// Octets of the options that every segment after the SYNs carries.
    #[must_use]
    pub const fn overhead(&self) -> u32 {
        if self.timestamps.is_some() { 12 } else { 0 }
    }
}

/// The clock of our timestamps: a tick a millisecond (RFC 7323 §5.4 allows one to a thousand of them).
#[must_use]
pub fn timestamp(now: Instant) -> u32 {
    // Modulo 2^32, as sequence numbers are.
    (now.as_micros() / 1_000) as u32
}

/// How long ago the timestamp that is echoed now was sent. None for one that this end cannot have sent yet: the echo is
/// made up.
pub(crate) fn since_echo(echo: u32, now: Instant) -> Option<Duration> {
    let now = timestamp(now);
    is_at_or_after(now, echo).then(|| Duration::from_millis(u64::from(now.wrapping_sub(echo))))
}

/// `a` is `b` or after it, on a circle of 2^32.
const fn is_at_or_after(a: u32, b: u32) -> bool {
    a.wrapping_sub(b) < 1 << 31
}

/// Takes what the SYN of the other end offers, as far as this end wants it.
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

/// How many full segments the largest window has room for, if they are smaller than by default. What is kept of a segment
/// beside its text is paid for, too: with an MSS of 28 a megabyte would be 37,000 of them.
const MAX_SMALL_SEGMENTS: u32 = 4_096;

/// The largest window this end can announce.
pub(crate) fn largest_window(tcb: &Tcb, config: &Config) -> u32 {
    let window = config.receive_buffer_bytes.min(MAX_WINDOW << tcb.agreed.receive_shift());
    let mss = config.receive_mss();
    if mss < DEFAULT_MSS { window.min(u32::from(mss) * MAX_SMALL_SEGMENTS) } else { window }
}

/// The window that `segment` offers. That of a SYN is never scaled (RFC 7323 §2.2).
pub(crate) fn offered_window(tcb: &Tcb, segment: &Segment) -> u32 {
    let shift = if segment.has(Control::SYN) { 0 } else { tcb.agreed.send_shift() };
    u32::from(segment.window) << shift
}

/// The timestamp of `segment` is older than what came before it: a ghost, whatever its sequence number
/// (PAWS, RFC 7323 §5).
pub(crate) fn is_too_old(recent: Recent, value: u32, now: Instant) -> bool {
    !is_at_or_after(value, recent.value) && now.since(recent.at) <= RECENT_FOR
}

/// The timestamp of a SYN proves it newer than the connection in TIME-WAIT (RFC 6191).
pub(crate) const fn is_newer(recent: Recent, value: u32) -> bool {
    value != recent.value && is_at_or_after(value, recent.value)
}

impl Step<'_> {
    /// The options of our SYN or SYN,ACK. An answer names only what it was offered.
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

    /// The timestamps of a segment that leaves now. `offers`: although nothing is agreed on yet.
    pub(crate) fn timestamps(&self, offers: bool) -> Option<Timestamps> {
        let recent = self.tcb().agreed.timestamps;
        let echo = recent.map_or(0, |recent| recent.value);
        (offers || recent.is_some()).then(|| Timestamps { value: timestamp(self.now), echo })
    }
}
