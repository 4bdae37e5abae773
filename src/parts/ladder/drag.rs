//! Delaying a segment by drawing its arrow downwards: where it is let go is when it arrives. The same can be typed into
//! the segment's menu.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::html::{onpointercancel, onpointerdown, onpointermove, onpointerup};
use yew::prelude::*;

use super::layout::{Layout, Point, WIDTH, lifeline};
use super::view::{FateView, PacketView};
use crate::act::Act;
use crate::el::{El, el};
use crate::geometry::Num;
use crate::lang::{HostId, Lang, by_host};
use crate::text::later_by;
use lab::action::Action;
use tcp::time::Duration;

/// A pointer that moves less than this, in the drawing's units, only clicks.
const STILL: f64 = 6.0;
/// Delays are whole multiples of this: nobody draws finer.
const GRAIN_US: u64 = 10_000;

/// A segment that is being drawn downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drag {
    /// Its number.
    pub packet: u32,
    /// Where on the screen the pointer took it.
    from: i32,
    /// How far down it is by now, in the drawing's units.
    by: f64,
}

/// How much later `packet` arrives if it is let go now; none for one that is not on its way, or was hardly moved.
fn delay(drag: Drag, packet: &PacketView, layout: &Layout) -> Option<Duration> {
    let due = packet.due_at.filter(|_| packet.fate == FateView::Flying && drag.by > STILL)?;
    let length = layout.at(layout.y(due) + drag.by).since(due).as_micros() / GRAIN_US * GRAIN_US;
    (length > 0).then(|| Duration::from_micros(length))
}

/// What hears the pointer.
pub struct Hand {
    /// What is being drawn downwards.
    pub drag: UseStateHandle<Option<Drag>>,
    /// Where requests go.
    pub act: Callback<Act>,
}

impl Hand {
    /// Lets the segments on `paper` be taken hold of.
    pub fn on(self, paper: El, packets: &[PacketView], layout: &Rc<Layout>) -> El {
        let Self { drag, act } = self;
        let pause = act.clone();
        let (taken, moved, let_go, lost) = (drag.clone(), drag.clone(), drag.clone(), drag.setter());
        let down = Callback::from(move |event: PointerEvent| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let Some(target) = target.filter(|_| event.is_primary() && event.button() == 0) else { return };
            let segment = target.closest(".segment.is-live").ok().flatten();
            let packet = segment.and_then(|segment| segment.get_attribute("data-packet")?.parse().ok());
            if let Some(packet) = packet {
                // Refused only for a pointer that is gone; then it cannot leave the drawing either.
                let _ = target.set_pointer_capture(event.pointer_id());
                taken.set(Some(Drag { packet, from: event.client_y(), by: 0.0 }));
            }
        });
        let shift = Callback::from(move |event: PointerEvent| {
            let Some(drag) = *moved else { return };
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let paper = target.and_then(|target| target.closest(".ladder-paper").ok().flatten());
            let width = paper.map_or(WIDTH, |paper| f64::from(paper.client_width().max(1)));
            let by = f64::from(event.client_y() - drag.from) * WIDTH / width;
            if by > STILL && drag.by <= STILL {
                pause.emit(Act::Play(false));
            }
            moved.set(Some(Drag { by, ..drag }));
        });
        let length = drag.and_then(|drag| {
            let packet = packets.iter().find(|packet| packet.id == drag.packet)?;
            Some((drag.packet, delay(drag, packet, layout)?))
        });
        let up = Callback::from(move |_: PointerEvent| {
            let_go.set(None);
            if let Some((segment, us)) = length {
                act.emit(Act::Do(Action::Delay { segment, us }));
            }
        });
        paper
            .listen(Rc::new(onpointerdown::Wrapper::new(down)))
            .listen(Rc::new(onpointermove::Wrapper::new(shift)))
            .listen(Rc::new(onpointerup::Wrapper::new(up)))
            .listen(Rc::new(onpointercancel::Wrapper::new(Callback::from(move |_| lost.set(None)))))
    }
}

/// The way the segment would go, and how much longer it would take.
pub fn preview(drag: Option<Drag>, packets: &[PacketView], layout: &Layout, lang: Lang) -> El {
    let way = |drag: Drag| {
        let arrow = layout.arrows.iter().find(|arrow| packets[arrow.index].id == drag.packet)?;
        let packet = &packets[arrow.index];
        let length = delay(drag, packet, layout)?;
        let to: Point = (lifeline(packet.from.other()), layout.y(packet.due_at?) + drag.by);
        let line = format!("M{} {}L{} {}", Num(arrow.anchor.0), Num(arrow.anchor.1), Num(to.0), Num(to.1));
        // Beside the lifeline there is room only inwards.
        let (class, x) = match packet.from {
            HostId::Client => ("at-end", to.0 - 12.0),
            HostId::Server => ("", to.0 + 12.0),
        };
        let words = el("text").attr("class", class).attr("x", Num(x)).attr("y", Num(to.1 - 4.0));
        let words = words.child(later_by(length, lang));
        Some(el("g").class(by_host(packet.from)).child(el("path").attr("d", line)).child(words))
    };
    el("g.drag").child(drag.and_then(way).unwrap_or_else(|| el("g")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::ladder::layout::Plan;
    use crate::tests::moments;

    #[test]
    fn a_segment_arrives_where_it_is_let_go() {
        let page = moments::page(Lang::En);
        let view = &page.ladder;
        let layout = Plan::new(view).at(view, moments::NOW);
        let flying = view.packets.iter().find(|packet| packet.fate == FateView::Flying).expect("one flies");
        let drag = |by: f64| Drag { packet: flying.id, from: 0, by };
        assert_eq!(delay(drag(STILL), flying, &layout), None, "a click");
        assert_eq!(delay(drag(-40.0), flying, &layout), None, "upwards is the past");
        let length = delay(drag(60.0), flying, &layout).expect("it is delayed");
        let due = flying.due_at.expect("it flies");
        let y = layout.y(due) + 60.0;
        let error = layout.at(y).since(due + length);
        assert!(error < Duration::from_micros(GRAIN_US), "{length:?} at {y}");
        let arrived =
            view.packets.iter().find(|packet| packet.fate == FateView::Arrived).expect("one arrived");
        assert_eq!(delay(drag(60.0), arrived, &layout), None);
    }
}
