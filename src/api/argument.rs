//! What JavaScript hands over, checked before anything is done with it.
//!
//! An argument may be anything: it may throw when it is looked at, never end, or refer to itself. JavaScript's exceptions
//! pass through the functions of a WebAssembly module without cleaning up, so that every one would cost some of the
//! module's stack and leave the `Lab` borrowed for ever. So nothing of the caller's runs while Rust is on the stack but by imports
//! that catch, and an argument is first copied into plain data, with a bound to its depth and size; serde reads the
//! copy, as it reads a file. For the way out there is no such danger, and `serde_wasm_bindgen` writes directly.

use js_sys::{Array, JsString, Object, Reflect};
use serde_json::{Map, Value};
use wasm_bindgen::prelude::*;

use super::error::lab_error;

/// How deep values may lie in each other. An object that contains itself passes it.
const MAX_DEPTH: u32 = 64;
/// How many values an argument may have, each counted as often as it is referred to: more than any scenario that is not
/// too long.
const MAX_VALUES: usize = 20_000;

// None of these hands a value back as it is: wasm-bindgen would keep a place for one that is not there when they throw.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(js_namespace = ArrayBuffer, js_name = isView)]
    fn is_binary(value: &JsValue) -> bool;

    /// Reads all fields of `source`, and writes them into `copy`.
    #[wasm_bindgen(catch, js_namespace = Object, js_name = assign)]
    fn copy_fields(copy: &JsValue, source: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = get)]
    fn get(object: &JsValue, name: &str) -> Result<Option<Object>, JsValue>;
}

/// A whole number.
///
/// # Errors
/// `LabError` if it is anything else.
pub(super) fn number(value: &JsValue, field: &str) -> Result<u32, JsValue> {
    let number = value.as_f64().filter(|number| number.trunc() == *number);
    let number = number.filter(|number| (0.0..=f64::from(u32::MAX)).contains(number));
    // It was looked at whether it fits.
    number
        .map(|number| number as u32)
        .ok_or_else(|| lab_error(field, "a whole number up to 4294967295 is expected"))
}

/// A text of at most `max` characters.
///
/// # Errors
/// `LabError` if it is anything else.
pub(super) fn text(value: &JsValue, field: &str, max: usize) -> Result<String, JsValue> {
    let Some(text) = value.dyn_ref::<JsString>() else { return Err(lab_error(field, "a text is expected")) };
    // A longer one is not even copied.
    if text.length() as usize > max {
        return Err(lab_error(field, &format!("longer than {max} characters")));
    }
    Ok(text.into())
}

/// A link: a text, or what has one as its `href`, as a `URL` and `location` have.
///
/// # Errors
/// `LabError` if it is anything else.
pub(super) fn link(value: &JsValue, field: &str, max: usize) -> Result<String, JsValue> {
    if !value.is_object() {
        return text(value, field, max);
    }
    let href = get(value, "href").map_err(|thrown| not_plain(field, &thrown))?;
    text(&href.into(), field, max)
}

/// Plain data: objects, lists, texts, numbers, true, false and null, of at most about `max` characters in JSON.
///
/// # Errors
/// `LabError` with the place at which it is anything else; `field` is the place of the whole.
pub(super) fn plain(value: &JsValue, field: &str, max: usize) -> Result<Value, JsValue> {
    let mut copy = Copy { values: MAX_VALUES, characters: max };
    copy.of(value, MAX_DEPTH).map_err(|Refused { place, why }| {
        let place = if place.is_empty() { field } else { &place };
        match why {
            Why::Type => lab_error(place, "plain data is expected"),
            Why::Thrown(thrown) => not_plain(place, &thrown),
            Why::Characters => lab_error(place, &format!("more than {max} characters")),
            // Which of them is one too many says nothing.
            Why::Values => lab_error(field, &format!("more than {MAX_VALUES} values")),
            Why::Depth => lab_error(field, "nested too deep, or in itself"),
        }
    })
}

/// The error for what threw when it was looked at; what it threw is the cause.
fn not_plain(field: &str, thrown: &JsValue) -> JsValue {
    let error = lab_error(field, "plain data is expected, and looking at this throws");
    // The error is an ordinary object; setting a property on it cannot fail.
    let _ = Reflect::set(&error, &JsValue::from_str("cause"), thrown);
    error
}

/// Why a value was not copied, and where it is.
struct Refused {
    place: String,
    why: Why,
}

enum Why {
    Type,
    Thrown(JsValue),
    Characters,
    Values,
    Depth,
}

impl From<Why> for Refused {
    fn from(why: Why) -> Self {
        Self { place: String::new(), why }
    }
}

/// What a getter or a proxy throws.
impl From<JsValue> for Refused {
    fn from(thrown: JsValue) -> Self {
        Why::Thrown(thrown).into()
    }
}

impl Refused {
    /// The value is in a field or list.
    fn in_place(mut self, outer: &str) -> Self {
        let dot = if self.place.is_empty() || self.place.starts_with('[') { "" } else { "." };
        self.place.insert_str(0, &format!("{outer}{dot}"));
        self
    }
}

/// A copy that is being made: how many more values and characters it may have.
struct Copy {
    values: usize,
    characters: usize,
}

impl Copy {
    fn text(&mut self, text: &JsString) -> Result<String, Why> {
        self.characters = self.characters.checked_sub(text.length() as usize).ok_or(Why::Characters)?;
        Ok(text.into())
    }

    fn of(&mut self, value: &JsValue, levels: u32) -> Result<Value, Refused> {
        self.values = self.values.checked_sub(1).ok_or(Why::Values)?;
        if value.is_null() || value.is_undefined() {
            return Ok(Value::Null);
        }
        if let Some(value) = value.as_bool() {
            return Ok(value.into());
        }
        if let Some(number) = value.as_f64() {
            return Ok(whole(number));
        }
        if let Some(text) = value.dyn_ref::<JsString>() {
            return Ok(self.text(text)?.into());
        }
        if !value.is_object() || is_binary(value) {
            return Err(Why::Type.into());
        }
        let levels = levels.checked_sub(1).ok_or(Why::Depth)?;
        if is_array(value)? { self.list(value, levels) } else { self.object(value, levels) }
    }

    fn list(&mut self, list: &JsValue, levels: u32) -> Result<Value, Refused> {
        // Before the first entry is looked at: a list may be long and have none.
        let length = get(list, "length")?.map(JsValue::from).and_then(|length| length.as_f64());
        if length.is_none_or(|length| length > self.values as f64) {
            return Err(Why::Values.into());
        }
        let copy = Array::new();
        copy_fields(&copy, list)?;
        let mut values = Vec::new();
        for (i, value) in copy.iter().enumerate() {
            values.push(self.of(&value, levels).map_err(|refused| refused.in_place(&format!("[{i}]")))?);
        }
        Ok(values.into())
    }

    fn object(&mut self, object: &JsValue, levels: u32) -> Result<Value, Refused> {
        // Without a prototype, so that no name means anything else than a field.
        let copy = Object::create(JsValue::NULL.unchecked_ref::<Object>());
        copy_fields(&copy, object)?;
        let mut fields = Map::new();
        for name in Object::keys(&copy).iter() {
            // Nothing of the caller's is left in the copy that could throw.
            let field = Reflect::get(&copy, &name)?;
            let name = self.text(name.unchecked_ref())?;
            // As in JSON: a field that is undefined is not there.
            if !field.is_undefined() {
                let field = self.of(&field, levels).map_err(|refused| refused.in_place(&name))?;
                fields.insert(name, field);
            }
        }
        Ok(fields.into())
    }
}

/// Only whole numbers mean anything here. Another becomes what serde refuses at its place.
fn whole(number: f64) -> Value {
    // The whole numbers that JavaScript can tell apart reach to 2^53.
    const GREATEST: f64 = 9_007_199_254_740_992.0;
    let is_whole = (0.0..=GREATEST).contains(&number) && number.trunc() == number;
    if is_whole { (number as u64).into() } else { number.to_string().into() }
}
