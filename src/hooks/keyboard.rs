//! Which key asks for what.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::act::Act;
use crate::look::Dialog;
use crate::model::Model;
use crate::pick::Pick;
use lab::Action;
use lab::net::Verdict;

/// What a key pressed in the lab asks for; parts that use a key themselves do not let it come this far.
#[must_use]
pub fn act_of_key(key: &str, model: &Model) -> Option<Act> {
    if key == "Escape" && model.looks.pick != Pick::Latest {
        return Some(Act::Pick(Pick::Latest));
    }
    if !model.shortcuts || model.dialog.is_some() {
        return None;
    }
    match key {
        " " => Some(Act::Play(!model.looks.playing)),
        "ArrowRight" => Some(Act::Do(Action::Step)),
        "ArrowLeft" => Some(Act::Do(Action::Back)),
        "f" | "F" => next_in_flight(model).map(|id| Act::Pick(Pick::Packet(id))),
        "d" | "D" => match model.looks.pick {
            Pick::Packet(segment) if in_flight(model).contains(&segment) => {
                Some(Act::Do(Action::Verdict { segment, verdict: Verdict::Drop }))
            }
            _ => None,
        },
        "?" => Some(Act::Dialog(Some(Dialog::Help))),
        _ => None,
    }
}

/// The key was pressed where it already means something: in a field, on a list, on a button for the space bar.
#[must_use]
pub fn takes_keys(event: &KeyboardEvent) -> bool {
    let Some(target) = event.target_dyn_into::<HtmlElement>() else { return false };
    match target.tag_name().as_str() {
        "INPUT" | "SELECT" | "TEXTAREA" => true,
        "BUTTON" | "SUMMARY" | "A" => matches!(event.key().as_str(), " " | "Enter"),
        _ => false,
    }
}

/// Calls `on_key` with the keys pressed while nothing has the focus: those go to the body, outside of what Yew
/// watches, and a reader who has just opened the page, or clicked beside everything, presses them too.
#[hook]
pub fn use_keys_of_nobody(on_key: &Callback<KeyboardEvent>) {
    use_effect_with(on_key.clone(), |on_key| {
        let on_key = on_key.clone();
        let listen = |body: HtmlElement| {
            let nobody = body.clone();
            // A key may be prevented from scrolling the page, so the listener is not passive.
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&body, "keydown", options, move |event| {
                if event.target().as_ref() == Some(nobody.as_ref())
                    && let Some(event) = event.dyn_ref::<KeyboardEvent>()
                {
                    on_key.emit(event.clone());
                }
            })
        };
        let body = web_sys::window().and_then(|window| window.document()?.body());
        let listener = body.map(listen);
        move || drop(listener)
    });
}

fn in_flight(model: &Model) -> Vec<u32> {
    model.session.world().link().in_flight().iter().map(|packet| packet.id.0).collect()
}

/// The segment after the one chosen, round and round.
fn next_in_flight(model: &Model) -> Option<u32> {
    let flying = in_flight(model);
    let chosen = flying.iter().position(|id| model.looks.pick == Pick::Packet(*id));
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
        assert_eq!(model.looks.pick, Pick::Packet(1));
        assert!(matches!(
            act_of_key("d", &model),
            Some(Act::Do(Action::Verdict { segment: 1, verdict: Verdict::Drop }))
        ));
    }
}
