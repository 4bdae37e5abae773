//! The application's calls (RFC 9293 §3.10.1-3.10.5), what they answer, and what each does.

use std::rc::Rc;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::check::Test;
use crate::effect::SendReason;
use crate::isn::initial_sequence_number;
use crate::rule::Rule;
use crate::segment::Endpoint;
use crate::state::State;
use crate::step::Step;
use crate::tcb::{OpenKind, OurFin, Reader, Tcb};
use crate::variable::Var;

/// The calls of RFC 9293 §3.10.1-3.10.5. The BSD interface has two more in place of CLOSE: it can close one direction.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// Passive OPEN: listen().
    OpenPassive,
    /// Active OPEN: connect().
    OpenActive {
        /// The local end: address and port are set.
        local: Endpoint,
        /// The remote end: address and port are set.
        remote: Endpoint,
    },
    /// SEND: send(), write().
    Send {
        /// The data.
        data: Bytes,
        /// The remote end, needed only if this end still listens (RFC 9293 §3.10.2, LISTEN).
        remote: Option<Endpoint>,
    },
    /// RECEIVE: recv(), read().
    Receive {
        /// The size of the application's buffer.
        max_bytes: u32,
    },
    /// CLOSE in the sense of the RFC, "I have no more data to send": shutdown(SHUT_WR).
    Shutdown,
    /// shutdown(SHUT_RD): the application will read no more. Not a call of the RFC.
    ShutdownRead,
    /// close(): like `Shutdown`, but no application is left to read (the half-duplex close of RFC 9293 §3.6.1, MAY-1).
    Close,
    /// ABORT: close() with SO_LINGER on and a time of zero.
    Abort,
    /// setsockopt(): the settings of this connection have changed. Every event reads the settings; this one only makes
    /// them take effect now.
    Configure,
}

/// The reply to a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reply {
    /// The call succeeded, or what it asked for has begun.
    Ok,
    /// How many bytes were taken.
    Sent(u32),
    /// These bytes were handed over.
    Received(Bytes),
    /// The other end has closed and all data was read: recv() returns 0.
    EndOfFile,
    /// Nothing can be done yet: the call would block.
    WouldBlock,
    /// The call is refused.
    Refused(CallError),
}

/// Why a call is refused, in the words of RFC 9293 §3.10. The host turns these into errno values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallError {
    /// "connection already exists"
    AlreadyExists,
    /// "connection does not exist"
    DoesNotExist,
    /// "connection closing"
    Closing,
    /// "remote socket unspecified"
    RemoteUnspecified,
}

pub(crate) fn on_call(step: &mut Step<'_>, call: Call) {
    match call {
        Call::OpenPassive => on_open_passive(step),
        Call::OpenActive { local, remote } => on_open_active(step, local, remote),
        Call::Send { data, remote } => on_send(step, &data, remote),
        Call::Receive { max_bytes } => on_receive(step, max_bytes),
        Call::Shutdown => on_shutdown(step),
        Call::ShutdownRead => on_shutdown_read(step),
        Call::Close => on_close(step),
        Call::Abort => on_abort(step),
        Call::Configure => {
            step.fire(Rule::OptionsApplied);
            step.transmit();
            step.reply(Reply::Ok);
        }
    }
}

/// RFC 9293 §3.10.1, passive.
fn on_open_passive(step: &mut Step<'_>) {
    if step.state() == State::Closed {
        let fresh = Tcb::closed(step.tcb().local, Endpoint::UNSPECIFIED, &step.settings.config);
        *step.tcb_mut() = Tcb { origin: OpenKind::Passive, ..fresh };
        step.enter(State::Listen, Rule::OpenPassive);
        step.reply(Reply::Ok);
    } else {
        refuse(step, Rule::OpenRefused, CallError::AlreadyExists);
    }
}

/// RFC 9293 §3.10.1, active.
fn on_open_active(step: &mut Step<'_>, local: Endpoint, remote: Endpoint) {
    let rule = match step.state() {
        State::Closed => Rule::OpenActive,
        State::Listen => Rule::OpenActiveFromListen,
        State::SynSent
        | State::SynReceived
        | State::Established
        | State::FinWait1
        | State::FinWait2
        | State::CloseWait
        | State::Closing
        | State::LastAck
        | State::TimeWait => return refuse(step, Rule::OpenRefused, CallError::AlreadyExists),
    };
    if !remote.is_specified() || !local.is_specified() {
        return refuse(step, Rule::OpenRefused, CallError::RemoteUnspecified);
    }
    open(step, local, remote, rule);
    step.reply(Reply::Ok);
}

/// Chooses an ISS and sends a SYN: UNA = ISS, NXT = ISS + 1, SYN-SENT.
fn open(step: &mut Step<'_>, local: Endpoint, remote: Endpoint, rule: Rule) {
    let iss = initial_sequence_number(step.settings, local, remote, step.now);
    // "Create a new TCB": nothing may be left of an earlier connection.
    let fresh = Tcb { state: step.state(), ..Tcb::closed(local, remote, &step.settings.config) };
    let tcb = step.tcb_mut();
    *tcb = fresh;
    tcb.snd.iss = iss;
    tcb.snd.una = iss;
    tcb.snd.nxt = iss;
    step.enter(State::SynSent, rule);
    step.send_syn(SendReason::Open);
}

/// RFC 9293 §3.10.2.
fn on_send(step: &mut Step<'_>, data: &Bytes, remote: Option<Endpoint>) {
    match step.state() {
        State::Closed => refuse(step, Rule::SendWithoutConnection, CallError::DoesNotExist),
        State::Listen => match remote {
            Some(remote) if remote.is_specified() && step.tcb().local.is_specified() => {
                let local = step.tcb().local;
                open(step, local, remote, Rule::SendFromListen);
                let taken = queue(step, data);
                step.reply(Reply::Sent(taken));
            }
            Some(_) | None => refuse(step, Rule::SendWithoutConnection, CallError::RemoteUnspecified),
        },
        _ if step.tcb().fin != OurFin::NotAsked => refuse(step, Rule::SendAfterClose, CallError::Closing),
        State::SynSent | State::SynReceived => accept_data(step, data, Rule::SendQueued),
        State::Established | State::CloseWait => accept_data(step, data, Rule::SendAccepted),
        State::FinWait1 | State::FinWait2 | State::Closing | State::LastAck | State::TimeWait => {
            refuse(step, Rule::SendAfterClose, CallError::Closing);
        }
    }
}

fn accept_data(step: &mut Step<'_>, data: &Bytes, rule: Rule) {
    let taken = queue(step, data);
    if taken == 0 && !data.is_empty() {
        step.fire(Rule::SendBufferFull);
        step.reply(Reply::WouldBlock);
        return;
    }
    step.fire(rule);
    step.transmit();
    step.reply(Reply::Sent(taken));
}

/// Takes as much of `data` as the send buffer has room for.
fn queue(step: &mut Step<'_>, data: &Bytes) -> u32 {
    let room = step.settings.config.send_buffer_bytes.saturating_sub(step.tcb().send_buffer.len());
    let taken = data.len().min(room as usize);
    if taken > 0 {
        Rc::make_mut(&mut step.tcb_mut().send_buffer).push(data.slice(..taken));
    }
    taken as u32
}

/// RFC 9293 §3.10.3, without blocking. After the other end's FIN the RFC answers "connection closing"; here the answer
/// is that of the BSD interface, end of file.
fn on_receive(step: &mut Step<'_>, max_bytes: u32) {
    match step.state() {
        // After an orderly close, data that was received belongs to the application, although the TCB is gone.
        State::Closed if step.tcb().readable_bytes() > 0 => {}
        State::Closed => return refuse(step, Rule::ReceiveWithoutConnection, CallError::DoesNotExist),
        State::Listen | State::SynSent | State::SynReceived => {
            step.fire(Rule::ReceiveWaits);
            return step.reply(Reply::WouldBlock);
        }
        State::Established
        | State::FinWait1
        | State::FinWait2
        | State::CloseWait
        | State::Closing
        | State::LastAck
        | State::TimeWait => {}
    }
    if step.tcb().readable_bytes() > 0 {
        let data = Rc::make_mut(&mut step.tcb_mut().receive_buffer).read(max_bytes);
        step.fire(Rule::ReceiveDelivers);
        step.open_window();
        step.reply(Reply::Received(data));
    } else if step.tcb().reader != Reader::Open {
        step.fire(Rule::ReceiveAfterShutdown);
        step.reply(Reply::EndOfFile);
    } else if step.state().may_receive() {
        step.fire(Rule::ReceiveWaits);
        step.reply(Reply::WouldBlock);
    } else {
        step.fire(Rule::ReceiveEndOfFile);
        step.reply(Reply::EndOfFile);
    }
}

/// shutdown(SHUT_RD): data that waits and data that arrives later is thrown away; nothing is sent.
fn on_shutdown_read(step: &mut Step<'_>) {
    match step.state() {
        State::Closed | State::Listen => {
            return refuse(step, Rule::ReceiveWithoutConnection, CallError::DoesNotExist);
        }
        State::SynSent
        | State::SynReceived
        | State::Established
        | State::FinWait1
        | State::FinWait2
        | State::CloseWait
        | State::Closing
        | State::LastAck
        | State::TimeWait => {}
    }
    step.fire(Rule::ShutdownRead);
    let config = &step.settings.config;
    let tcb = step.tcb_mut();
    tcb.reader = Reader::Shut;
    if tcb.readable_bytes() > 0 && !config.keep_text_after_shutdown {
        Rc::make_mut(&mut tcb.receive_buffer).clear();
        step.open_window();
    }
    step.reply(Reply::Ok);
}

/// RFC 9293 §3.10.4: "I have no more data to send". The reading side stays open.
fn on_shutdown(step: &mut Step<'_>) {
    match step.state() {
        State::Closed => return refuse(step, Rule::CloseWithoutConnection, CallError::DoesNotExist),
        State::Listen => step.enter(State::Closed, Rule::CloseListen),
        State::SynSent => step.enter(State::Closed, Rule::CloseSynSent),
        State::SynReceived => close_syn_received(step),
        State::Established => close_established(step),
        State::CloseWait => close_close_wait(step),
        State::FinWait1 | State::FinWait2 => step.fire(Rule::CloseAgain),
        State::Closing | State::LastAck | State::TimeWait => {
            return refuse(step, Rule::CloseAgain, CallError::Closing);
        }
    }
    step.reply(Reply::Ok);
}

fn close_syn_received(step: &mut Step<'_>) {
    if step.tcb().fin == OurFin::Queued {
        return step.fire(Rule::CloseAgain);
    }
    let queued = step.tcb().send_buffer.len();
    step.tcb_mut().fin = OurFin::Queued;
    if step.check(Test::NothingQueued, queued == 0, &[(Var::Bytes, queued)]) {
        step.enter(State::FinWait1, Rule::CloseSynReceived);
        step.transmit();
    } else {
        step.fire(Rule::CloseSynReceivedQueued);
    }
}

/// The FIN is sent after all data, but the state changes at once (RFC 9293 §3.10.4).
pub(crate) fn close_established(step: &mut Step<'_>) {
    step.tcb_mut().fin = OurFin::Queued;
    step.enter(State::FinWait1, Rule::CloseEstablished);
    step.transmit();
}

/// To LAST-ACK. RFC 793 said CLOSING, which was a mistake.
fn close_close_wait(step: &mut Step<'_>) {
    step.tcb_mut().fin = OurFin::Queued;
    if step.settings.what_if.three_way_close && step.tcb().unsent_bytes() == 0 {
        step.transmit();
        step.enter(State::Closed, Rule::CloseWaitForgets);
        return;
    }
    step.enter(State::LastAck, Rule::CloseCloseWait);
    step.transmit();
}

/// close(): CLOSE, and no application is left to read. If data was not read, the other end must learn that it was lost:
/// an RST is sent instead of a FIN (RFC 9293 §3.6.1, SHLD-3), unless `fin_with_unread_data` is set.
fn on_close(step: &mut Step<'_>) {
    match step.state() {
        State::Established | State::FinWait1 | State::FinWait2 | State::CloseWait => {
            let unread = step.tcb().readable_bytes();
            let is_all_read = step.check(Test::NothingUnread, unread == 0, &[(Var::Bytes, unread)]);
            if !is_all_read && !step.settings.config.fin_with_unread_data {
                step.send_reset(SendReason::Abort);
                step.break_off(Rule::CloseWithUnreadData);
                return step.reply(Reply::Ok);
            }
            let had_said_fin = step.tcb().fin != OurFin::NotAsked;
            nobody_reads(step);
            if had_said_fin {
                step.fire(Rule::CloseOrphans);
                return step.reply(Reply::Ok);
            }
            on_shutdown(step);
        }
        State::Closing | State::LastAck | State::TimeWait => {
            nobody_reads(step);
            step.fire(Rule::CloseOrphans);
            step.reply(Reply::Ok);
        }
        State::SynReceived => {
            step.tcb_mut().reader = Reader::Gone;
            on_shutdown(step);
        }
        State::Closed | State::Listen | State::SynSent => on_shutdown(step),
    }
}

/// The application is gone, so nobody will read the data that is left.
fn nobody_reads(step: &mut Step<'_>) {
    let tcb = step.tcb_mut();
    tcb.reader = Reader::Gone;
    if tcb.readable_bytes() > 0 {
        Rc::make_mut(&mut tcb.receive_buffer).clear();
    }
}

/// RFC 9293 §3.10.5.
fn on_abort(step: &mut Step<'_>) {
    match step.state() {
        State::Closed => return refuse(step, Rule::AbortWithoutConnection, CallError::DoesNotExist),
        State::Listen | State::SynSent | State::Closing | State::LastAck | State::TimeWait => {
            step.break_off(Rule::AbortSilently);
        }
        State::SynReceived | State::Established | State::FinWait1 | State::FinWait2 | State::CloseWait => {
            step.send_reset(SendReason::Abort);
            step.break_off(Rule::AbortSendsReset);
        }
    }
    step.reply(Reply::Ok);
}

fn refuse(step: &mut Step<'_>, rule: Rule, error: CallError) {
    step.fire(rule);
    step.reply(Reply::Refused(error));
}
