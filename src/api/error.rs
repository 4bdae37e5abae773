//! Errors as JavaScript sees them: an `Error` with the field that is wrong.

use js_sys::{Error, Reflect};
use wasm_bindgen::JsValue;

use lab::ActionError;
use lab::scenario::ScenarioError;
use lab::session_link::LinkError;

/// `name: "LabError"`, a message in English, and `field`, the place of the fault.
pub(super) fn lab_error(field: &str, message: &str) -> JsValue {
    let error = Error::new(message);
    error.set_name("LabError");
    // An Error is an ordinary object; setting a property on it cannot fail.
    let _ = Reflect::set(&error, &JsValue::from_str("field"), &JsValue::from_str(field));
    error.into()
}

pub(super) fn action_error(error: &ActionError) -> JsValue {
    lab_error(&error.field, &error.to_string())
}

pub(super) fn link_error(error: &LinkError) -> JsValue {
    lab_error("link", &error.to_string())
}

pub(super) fn scenario_error(error: &ScenarioError) -> JsValue {
    let field = if error.place.is_empty() { "scenario" } else { &error.place };
    lab_error(field, &error.to_string())
}
