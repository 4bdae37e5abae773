//! Plain JavaScript data, to JSON and from it. Here alone numbers can have fractions, and lose them.

use js_sys::{Array, JSON, Object};
use wasm_bindgen::{JsCast, JsValue};

use serde::Serialize;
use serde_json::{Map, Number, Value};

/// How deep values may lie in each other. No action or scenario comes near it; an object that contains itself passes it.
const MAX_DEPTH: u32 = 64;

/// Plain objects and numbers.
pub(super) fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    JSON::parse(&serde_json::to_string(value).unwrap_or_default())
}

/// A value that came from JavaScript; if it is no plain data, what is wrong with it.
pub(super) fn from_js(value: &JsValue) -> Result<Value, &'static str> {
    read(value, MAX_DEPTH)
}

fn read(value: &JsValue, levels: u32) -> Result<Value, &'static str> {
    if value.is_undefined() || value.is_null() {
        return Ok(Value::Null);
    }
    if let Some(value) = value.as_bool() {
        return Ok(Value::Bool(value));
    }
    if let Some(number) = value.as_f64() {
        return Ok(whole(number));
    }
    if let Some(text) = value.as_string() {
        return Ok(Value::String(text));
    }
    let levels = levels.checked_sub(1).ok_or("too deep, or it contains itself")?;
    if let Some(list) = value.dyn_ref::<Array>() {
        return list.iter().map(|value| read(&value, levels)).collect::<Result<_, _>>().map(Value::Array);
    }
    if !value.is_object() {
        return Err("plain data is expected");
    }
    let mut fields = Map::new();
    for entry in Object::entries(value.unchecked_ref()).iter() {
        let entry: Array = entry.unchecked_into();
        fields.insert(entry.get(0).as_string().unwrap_or_default(), read(&entry.get(1), levels)?);
    }
    Ok(Value::Object(fields))
}

fn whole(number: f64) -> Value {
    // The whole numbers that JavaScript can tell apart reach to 2^53.
    const GREATEST: f64 = 9_007_199_254_740_992.0;
    let is_whole = (0.0..=GREATEST).contains(&number) && number.trunc() == number;
    if is_whole {
        Value::from(number as u64)
    } else {
        // Neither is in JSON what it is in JavaScript, and neither is ever right.
        Number::from_f64(number).map_or_else(|| Value::from(number.to_string()), Value::Number)
    }
}
