//! Delaying a segment by drawing its arrow downwards: where it is let go is when it arrives. The same can be typed into
//! the segment's menu.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::act::Act;
use crate::draw::ladder::LadderLayout;
use crate::draw::ladder_margins::WIDTH;
use crate::present::stretch::Stretch;
use lab::action::Action;
use lab::net::{PacketId, Verdict};
use lab::trace::{Fate, PacketTrace};
use tcp::time::Duration;

/// A pointer that moves less than this, in the drawing's units, only clicks.
const STILL: f64 = 6.0;
/// Delays are whole multiples of this: nobody draws finer.
const GRAIN_US: u64 = 10_000;

/// A segment that is being drawn downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drag {
    /// Which.
    pub packet: PacketId,
    /// Where on the screen the pointer took it.
    from: i32,
    /// How far down it is by now, in the drawing's units.
    pub by: f64,
}

/// How much later `packet` arrives if it is let go now; none for one that is not on its way, or was hardly moved.
#[must_use]
pub fn delay(drag: Drag, packet: &PacketTrace, layout: &LadderLayout) -> Option<Duration> {
    let Fate::Flying { arrives_at } = packet.fate else { return None };
    if drag.by <= STILL {
        return None;
    }
    let later = layout.at(layout.y(arrives_at) + drag.by).since(arrives_at);
    let length = later.as_micros() / GRAIN_US * GRAIN_US;
    (length > 0).then(|| Duration::from_micros(length))
}

/// What is being drawn downwards, and what must hear the pointer.
pub struct Hand {
    /// The segment.
    pub drag: Option<Drag>,
    /// The pointer takes hold of something.
    pub take: Callback<PointerEvent>,
    /// It moves.
    pub shift: Callback<PointerEvent>,
    /// It lets go.
    pub let_go: Callback<PointerEvent>,
    /// The browser has taken the pointer away.
    pub lose: Callback<PointerEvent>,
}

/// Lets the segments of a ladder be taken hold of.
#[hook]
pub fn use_hand(stretch: &Rc<Stretch>, layout: &LadderLayout, act: &Callback<Act>) -> Hand {
    let drag = use_state_eq(|| None::<Drag>);
    let take = {
        let drag = drag.clone();
        Callback::from(move |event: PointerEvent| {
            let Some(target) = target_of(&event).filter(|_| event.is_primary() && event.button() == 0) else {
                return;
            };
            let segment = target.closest(".segment.is-live").ok().flatten();
            let packet = segment.and_then(|segment| segment.get_attribute("data-packet")?.parse().ok());
            if let Some(packet) = packet {
                // Refused only for a pointer that is gone; then it cannot leave the drawing either.
                let _ = target.set_pointer_capture(event.pointer_id());
                drag.set(Some(Drag { packet: PacketId(packet), from: event.client_y(), by: 0.0 }));
            }
        })
    };
    let shift = {
        let (state, act) = (drag.clone(), act.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(drag) = *state else { return };
            let paper = target_of(&event).and_then(|target| target.closest(".ladder-paper").ok().flatten());
            let width = paper.map_or(WIDTH, |paper| f64::from(paper.client_width().max(1)));
            let by = f64::from(event.client_y() - drag.from) * WIDTH / width;
            if by > STILL && drag.by <= STILL {
                act.emit(Act::Play(false));
            }
            state.set(Some(Drag { by, ..drag }));
        })
    };
    let delayed = drag.and_then(|drag| {
        let (packet, _) = stretch.packet(drag.packet)?;
        Some(Action::Verdict {
            segment: drag.packet.0,
            verdict: Verdict::Delay(delay(drag, packet, layout)?),
        })
    });
    let let_go = {
        let (drag, act) = (drag.setter(), act.clone());
        Callback::from(move |_| {
            drag.set(None);
            if let Some(action) = delayed.clone() {
                act.emit(Act::Do(action));
            }
        })
    };
    let setter = drag.setter();
    Hand { drag: *drag, take, shift, let_go, lose: Callback::from(move |_| setter.set(None)) }
}

fn target_of(event: &PointerEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::ladder::LadderPlan;
    use crate::lang::Lang;
    use crate::tests::moments;

    #[test]
    fn a_segment_arrives_where_it_is_let_go() {
        let stretch = moments::page(Lang::En).ladder;
        let layout = LadderPlan::new(&stretch, Lang::En).at(&stretch, moments::NOW);
        let flying = &stretch.in_flight()[0].0;
        let drag = |by: f64| Drag { packet: flying.id, from: 0, by };
        assert_eq!(delay(drag(STILL), flying, &layout), None, "a click");
        assert_eq!(delay(drag(-40.0), flying, &layout), None, "upwards is the past");
        let length = delay(drag(60.0), flying, &layout).expect("it is delayed");
        let due = flying.due_at().expect("it flies");
        let y = layout.y(due) + 60.0;
        let error = layout.at(y).since(due + length);
        assert!(error < Duration::from_micros(GRAIN_US), "{length:?} at {y}");
        let mut packets = stretch.trace.packets.iter();
        let arrived = packets.find(|packet| matches!(packet.fate, Fate::Arrived(_))).expect("one arrived");
        assert_eq!(delay(drag(60.0), arrived, &layout), None);
    }
}
