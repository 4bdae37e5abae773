//! SYN cookies (RFC 4987 §3.6): a listener whose backlog is full answers a SYN without keeping any state. The state is
//! encoded in the sequence number of its SYN,ACK, and the acknowledgement brings it back.
//!
//! ```text
//!   5 bits    3 bits           24 bits
//!   minute   MSS index   hash of both ends, IRS and minute, keyed with the host's secret
//! ```

use core::hash::Hasher;
use std::rc::Rc;

use bytes::Bytes;
use siphasher::sip::SipHasher13;

use crate::arrives;
use crate::check::Test;
use crate::effect::{DropReason, SendReason};
use crate::event::Event;
use crate::output::MAX_WINDOW;
use crate::rule::Rule;
use crate::segment::{Control, Endpoint, Options, Segment};
use crate::seq::SeqNumber;
use crate::state::State;
use crate::step::Step;
use crate::tcb::{DEFAULT_MSS, OpenKind, Tcb};
use crate::time::Instant;
use crate::transition::Transition;
use crate::variable::Var;
use crate::what_if::Settings;

/// The length of a cookie's "minute". A cookie is valid in its own minute and in the next one.
const SLOT_MICROS: u64 = 64_000_000;
/// The MSS values that three bits can encode. The largest one is used that is not above the MSS of the SYN.
const SIZES: [u16; 8] = [64, 256, DEFAULT_MSS, 1_024, 1_220, 1_360, 1_440, 1_460];

/// The record of a SYN that arrives when the backlog is full and is answered with a cookie. Nothing is kept.
#[must_use]
pub fn answer_with_cookie(
    listener: &Rc<Tcb>,
    settings: &Settings,
    now: Instant,
    segment: Segment,
    waiting: u32,
    backlog: u32,
) -> Transition {
    let mut after = Rc::clone(listener);
    let mut step = Step::recorded(&mut after, settings, now);
    step.check(Test::BacklogHasRoom, false, &[(Var::Waiting, waiting), (Var::Backlog, backlog)]);
    step.fire(Rule::ListenSynCookie);
    let mss = segment.options.mss.unwrap_or(DEFAULT_MSS);
    let size = SIZES.iter().rposition(|size| *size <= mss).unwrap_or(0);
    let ends = (segment.destination, segment.source);
    let syn_ack = Segment {
        source: segment.destination,
        destination: segment.source,
        seq: cookie(settings, ends, segment.seq, slot(now), size),
        ack: segment.seq.add(1),
        control: Control::SYN | Control::ACK,
        window: settings.config.receive_buffer_bytes.min(MAX_WINDOW) as u16,
        urgent: 0,
        ttl: settings.config.time_to_live(),
        // A cookie has no room for window scale and the other options.
        options: Options { mss: Some(settings.config.receive_mss()), ..Options::default() },
        text: Bytes::new(),
    };
    step.emit(syn_ack, SendReason::AcceptOpen);
    step.finish(Event::SegmentArrives(segment))
}

/// The record of an acknowledgement that returns a cookie of this listener; None if it does not. The connection
/// continues as if it had waited in SYN-RECEIVED. But if `ready` connections already fill the accept queue, the
/// acknowledgement is dropped; the next segment will bring the cookie again.
#[must_use]
pub fn open_by_cookie(
    listener: &Rc<Tcb>,
    settings: &Settings,
    now: Instant,
    segment: &Segment,
    ready: u32,
    backlog: u32,
) -> Option<Transition> {
    if !segment.has(Control::ACK) || segment.control.intersects(Control::SYN | Control::RST) {
        return None;
    }
    let (local, remote) = (segment.destination, segment.source);
    let (iss, irs) = (segment.ack.sub(1), segment.seq.sub(1));
    let mss = size_in(settings, (local, remote), irs, iss, now)?;
    let mut after = Rc::clone(listener);
    let mut step = Step::recorded(&mut after, settings, now);
    step.check(Test::CookieIsOurs, true, &[(Var::SegAck, segment.ack.0)]);
    let operands = [(Var::Waiting, ready), (Var::Backlog, backlog)];
    if !step.check(Test::BacklogHasRoom, ready < backlog, &operands) {
        step.fire(Rule::ListenBacklogFull);
        step.drop_segment(DropReason::BacklogFull);
        return Some(step.finish(Event::SegmentArrives(segment.clone())));
    }
    let mut tcb = Tcb::closed(local, remote, &settings.config);
    tcb.state = State::Listen;
    tcb.origin = OpenKind::Passive;
    (tcb.snd.iss, tcb.snd.una, tcb.snd.nxt) = (iss, iss, segment.ack);
    (tcb.rcv.irs, tcb.rcv.nxt, tcb.rcv.acked) = (irs, segment.seq, segment.seq);
    tcb.rcv.wnd = tcb.rcv.wnd.min(MAX_WINDOW);
    tcb.rcv.announced = segment.seq.add(tcb.rcv.wnd);
    tcb.snd.wl1 = irs;
    tcb.send_mss = mss.min(settings.config.receive_mss());
    *step.tcb_mut() = tcb;
    step.enter(State::SynReceived, Rule::ListenRcvCookie);
    arrives::on_segment(&mut step, segment.clone());
    Some(step.finish(Event::SegmentArrives(segment.clone())))
}

/// The MSS in a cookie, if this host gave the cookie to that end in this minute or in the one before.
fn size_in(
    settings: &Settings,
    ends: (Endpoint, Endpoint),
    irs: SeqNumber,
    candidate: SeqNumber,
    now: Instant,
) -> Option<u16> {
    let size = (candidate.0 >> 24 & 7) as usize;
    let now = slot(now);
    let is_ours = |slot| cookie(settings, ends, irs, slot, size) == candidate;
    let is_fresh = is_ours(now) || now.checked_sub(1).is_some_and(is_ours);
    is_fresh.then(|| SIZES[size])
}

fn cookie(
    settings: &Settings,
    (local, remote): (Endpoint, Endpoint),
    irs: SeqNumber,
    slot: u64,
    size: usize,
) -> SeqNumber {
    // Not the keys of the initial sequence numbers: one must not give away the other.
    let secret = settings.config.isn_secret.rotate_left(32);
    let mut hasher = SipHasher13::new_with_keys(secret, !secret);
    for end in [local, remote] {
        hasher.write(&end.addr.octets());
        hasher.write(&end.port.to_be_bytes());
    }
    hasher.write(&irs.0.to_be_bytes());
    hasher.write(&slot.to_be_bytes());
    let hash = hasher.finish() as u32 & 0xFF_FFFF;
    SeqNumber((slot as u32 & 31) << 27 | (size as u32) << 24 | hash)
}

const fn slot(now: Instant) -> u64 {
    now.as_micros() / SLOT_MICROS
}
