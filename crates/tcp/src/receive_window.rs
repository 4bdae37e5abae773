//! Our receive window: it shrinks with what arrives, and opens when the application has read.

use crate::effect::SendReason;
use crate::options::largest_window;
use crate::step::Step;
use crate::tcb::Tcb;

impl Step<'_> {
    /// The application has read, or the buffer was emptied: moves the right edge of the receive window, but only in
    /// large enough steps (receiver's silly-window avoidance, RFC 9293 §3.8.6.2.2, MUST-39). Tells the other end if it
    /// may be waiting for this.
    pub(crate) fn open_window(&mut self) {
        let capacity = largest_window(self.tcb(), &self.settings.config);
        let worth = (capacity / 2).min(u32::from(self.settings.config.receive_mss())).max(1);
        let tcb = self.tcb();
        let room = capacity.saturating_sub(tcb.readable_bytes());
        let grows_by = room.saturating_sub(tcb.rcv.wnd);
        if grows_by < worth {
            return;
        }
        // A scaled window is announced in steps of the scale, so data may have arrived a little beyond it.
        let announced =
            if tcb.rcv.announced.is_after(tcb.rcv.nxt) { tcb.rcv.announced.since(tcb.rcv.nxt) } else { 0 };
        // As in BSD, a growth of two full segments and a quarter of the buffer is worth a segment of its own.
        let much = (worth * 2).max(capacity / 4).min(capacity / 2);
        let may_wait_for_it = announced < worth || room.saturating_sub(announced) >= much;
        let may_receive = tcb.state.may_receive();
        self.tcb_mut().rcv.wnd = room;
        if may_wait_for_it && may_receive {
            self.owe_ack(SendReason::WindowUpdate);
        }
    }
}

/// Counts `count` numbers as received: RCV.NXT moves on, and the right edge of the window stays where it is.
pub(crate) fn advance_receive(tcb: &mut Tcb, count: u32) {
    tcb.rcv.nxt = tcb.rcv.nxt.add(count);
    tcb.rcv.wnd = tcb.rcv.wnd.saturating_sub(count);
}
