//! Which key asks for what.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::prelude::*;

use super::own::Undo;
use super::{IN_BROWSER, use_effect_on};
use crate::act::Act;
use crate::look::Dialog;
use crate::model::Model;
use crate::pick::Pick;
use lab::Action;

/// What a key pressed in the lab asks for; parts that use a key themselves do not let it come this far.
#[must_use]
pub fn act_of_key(key: &str, model: &Model) -> Option<Act> {
    if key == "Escape" && model.pick != Pick::Latest {
        return Some(Act::Pick(Pick::Latest));
    }
    if !model.shortcuts || model.dialog.is_some() {
        return None;
    }
    match key {
        " " => Some(Act::Play(!model.playing)),
        "ArrowRight" => Some(Act::Do(Action::Step)),
        "ArrowLeft" => Some(Act::Do(Action::Back)),
        "f" | "F" => next_in_flight(model).map(|id| Act::Pick(Pick::Packet(id))),
        "d" | "D" => match model.pick {
            Pick::Packet(segment) if in_flight(model).contains(&segment) => {
                Some(Act::Do(Action::Drop { segment }))
            }
            _ => None,
        },
        "?" => Some(Act::Dialog(Some(Dialog::Help))),
        _ => None,
    }
}

/// Where a key leads from the control `at` in a row of `count` of which only one is a tab stop. Keys that press the
/// control go no further than it either.
pub fn next_in_row(event: &KeyboardEvent, at: usize, count: usize) -> Option<usize> {
    let next = match event.key().as_str() {
        "ArrowRight" => Some((at + 1) % count),
        "ArrowLeft" => Some((at + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        " " | "Enter" => None,
        _ => return None,
    };
    event.stop_propagation();
    if next.is_some() {
        event.prevent_default();
    }
    next
}

/// Gives the focus to an element, if it is there. Where the browser refuses there is nothing to be done.
pub fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<web_sys::HtmlElement>() {
        let _ = element.focus();
    }
}

/// Gives the focus to the element of this id, if it is there.
pub fn focus_on(id: &str) {
    let element = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Calls `on_key` with the keys pressed while nothing has the focus: those go to the body, outside of what the
/// framework watches, and a reader who has just opened the page, or clicked beside everything, presses them too.
#[hook]
pub fn use_keys_of_nobody(on_key: Callback<KeyboardEvent>) {
    let listen = move || {
        let body =
            if IN_BROWSER { web_sys::window().and_then(|window| window.document()?.body()) } else { None };
        let own = body.clone();
        let closure = Closure::<dyn Fn(KeyboardEvent)>::new(move |event: KeyboardEvent| {
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
            if target.is_some() && target == own {
                on_key.emit(event);
            }
        });
        let listen = |body: &web_sys::HtmlElement| {
            // Only an element that is no event target could refuse.
            let _ = body.add_event_listener_with_callback("keydown", closure.as_ref().unchecked_ref());
        };
        body.iter().for_each(listen);
        let undo = move || {
            if let Some(body) = body {
                let _ = body.remove_event_listener_with_callback("keydown", closure.as_ref().unchecked_ref());
            }
        };
        Box::new(undo) as Undo
    };
    use_effect_on([0; 3], Box::new(listen));
}

fn in_flight(model: &Model) -> Vec<u32> {
    model.session.world().link().in_flight().iter().map(|packet| packet.id.0).collect()
}

/// The segment after the one chosen, round and round.
fn next_in_flight(model: &Model) -> Option<u32> {
    let flying = in_flight(model);
    let chosen = flying.iter().position(|id| model.pick == Pick::Packet(*id));
    flying.get(chosen.map_or(0, |i| (i + 1) % flying.len())).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use course::experiments;
    use lab::Session;

    #[test]
    fn single_keys_can_be_switched_off() {
        let mut model = Model::new(Session::new(experiments::scenario("handshake").expect("built in")));
        assert!(matches!(act_of_key(" ", &model), Some(Act::Play(true))));
        model.shortcuts = false;
        assert!(act_of_key(" ", &model).is_none());
    }

    #[test]
    fn f_goes_through_what_is_in_flight_and_d_drops_it() {
        let mut model = Model::new(Session::new(experiments::scenario("handshake").expect("built in")));
        assert!(act_of_key("f", &model).is_none());
        while in_flight(&model).is_empty() {
            model.take(Act::Do(Action::Step));
        }
        let act = act_of_key("f", &model).expect("something flies");
        model.take(act);
        assert_eq!(model.pick, Pick::Packet(1));
        assert!(matches!(act_of_key("d", &model), Some(Act::Do(Action::Drop { segment: 1 }))));
    }
}
