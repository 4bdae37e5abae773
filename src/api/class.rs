//! `Lab`: a session for JavaScript. Usable without any page; the running page offers its own as `window.tcpLab`.

use core::cell::RefCell;
use std::rc::Rc;

use serde::Serialize;
use serde_json::Value;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use super::argument::{link, number, plain, text};
use super::error::{action_error, lab_error, link_error, scenario_error};
use course::text::is_loaded;
use course::{Lang, Notation, experiments, explain};
use lab::action::MAX_JSON_BYTES;
use lab::pcapng;
use lab::scenario::limits;
use lab::session_link::{LinkNotice, MAX_CHARS};
use lab::view::RecordView;
use lab::{Action, Scenario, Session, Snapshot};

/// The lab in which nothing is prepared.
const FREE: &str = "free";
/// The longest name that is looked up.
const MAX_NAME_CHARS: usize = 1_000;
/// The longest address that a link is looked for in.
const MAX_ADDRESS_CHARS: usize = MAX_CHARS + 10_000;
/// JavaScript knows all whole numbers up to this one.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// The page's session as both sides see it: JavaScript changes it and the page is told, the page changes it and
/// JavaScript sees the change.
#[derive(Clone)]
pub struct Page {
    session: Rc<RefCell<Session>>,
    publish: Rc<dyn Fn(Session)>,
}

impl Page {
    /// Starts with `session`; `publish` is called with every session that JavaScript makes.
    pub fn new(session: Session, publish: impl Fn(Session) + 'static) -> Self {
        Self { session: Rc::new(RefCell::new(session)), publish: Rc::new(publish) }
    }

    /// The page has a new session.
    pub fn set(&self, session: &Session) {
        *self.session.borrow_mut() = session.clone();
    }
}

/// A session of the TCP State Lab. See `www/tcp-lab.d.ts` for the types of everything that crosses.
#[wasm_bindgen]
pub struct Lab {
    page: Page,
}

#[wasm_bindgen]
impl Lab {
    /// A session at its beginning: of the experiment with that id, of a scenario given as an object, or (left out) of
    /// the free lab.
    ///
    /// # Errors
    /// `LabError` with the place in the scenario.
    #[wasm_bindgen(constructor)]
    pub fn new(scenario: JsValue) -> Result<Self, JsValue> {
        Ok(Self::of(Session::new(read_scenario(&scenario)?)))
    }

    /// The session that a link leads to: an address, as text or `URL`, or what stands in one behind `#s=`.
    ///
    /// # Errors
    /// `LabError` if the link is damaged or leads nowhere.
    #[wasm_bindgen(js_name = fromLink)]
    pub fn from_link(address: JsValue) -> Result<Self, JsValue> {
        let address = link(&address, "link", MAX_ADDRESS_CHARS)?;
        let link = address.rsplit_once('#').and_then(|(_, fragment)| fragment.strip_prefix("s="));
        let text = link.unwrap_or(&address);
        let session = Session::from_link(text, experiments::scenario).map_err(|why| link_error(&why))?;
        Ok(Self::of(session))
    }

    /// Why a session from a link may not be what its maker saw: `"differs"`, `"cut-short"`, or null.
    #[wasm_bindgen(getter, js_name = linkNotice)]
    pub fn link_notice(&self) -> JsValue {
        match self.page.session.borrow().link_notice() {
            Some(LinkNotice::Differs) => "differs".into(),
            Some(LinkNotice::CutShort) => "cut-short".into(),
            None => JsValue::NULL,
        }
    }

    /// The last `play` or `jump` has stopped before it was done. Taken once more it goes on, unless the run is as long as
    /// it may be; then the action is refused.
    #[wasm_bindgen(getter, js_name = hasStoppedEarly)]
    pub fn has_stopped_early(&self) -> bool {
        self.page.session.borrow().has_stopped_early()
    }

    /// Takes an action.
    ///
    /// # Errors
    /// `LabError` with the field that is wrong; nothing has changed.
    pub fn apply(&self, action: JsValue) -> Result<(), JsValue> {
        let action = read_action(&action)?;
        if let Action::Load { scenario } = &action {
            let Some(scenario) = experiments::scenario(scenario) else {
                return Err(lab_error("scenario", "there is no such experiment"));
            };
            self.publish(Session::new(scenario));
            return Ok(());
        }
        // Taken out of the cell first: publishing may call back into the page, which sets the cell.
        let next = self.page.session.borrow().apply(&action);
        self.publish(next.map_err(|why| action_error(&why))?);
        Ok(())
    }

    /// What there is now.
    ///
    /// # Errors
    /// None that can be reached.
    pub fn snapshot(&self) -> Result<JsValue, JsValue> {
        to_js(&Snapshot::of(&self.page.session.borrow()))
    }

    /// What has happened, from record number `from` on (left out: from the first).
    ///
    /// # Errors
    /// `LabError` if `from` is no number.
    pub fn transitions(&self, from: JsValue) -> Result<JsValue, JsValue> {
        let from = if is_left_out(&from) { 0 } else { number(&from, "from")? };
        let session = self.page.session.borrow();
        let records = session.records().iter().skip(from as usize);
        to_js(&records.map(|record| RecordView::of(record)).collect::<Vec<_>>())
    }

    /// The explanation of record number `id` in `lang` (`"zh-Hans"` or `"en"`).
    ///
    /// # Errors
    /// `LabError` if there is no such record or language, or if the texts of the language have not been loaded.
    pub fn explain(&self, id: JsValue, lang: JsValue) -> Result<JsValue, JsValue> {
        let (id, lang) = (number(&id, "id")?, text(&lang, "lang", MAX_NAME_CHARS)?);
        let Some(lang) = Lang::from_code(&lang) else {
            return Err(lab_error("lang", "the languages are \"zh-Hans\" and \"en\""));
        };
        if !is_loaded(lang) {
            return Err(lab_error("lang", "the texts of this language have not been loaded"));
        }
        let session = self.page.session.borrow();
        if id as usize >= session.records().len() {
            return Err(lab_error("id", "there is no such record"));
        }
        to_js(&explain(session.records(), id as usize, Notation::Symbolic, lang))
    }

    /// The actions taken on this branch, each with its time in microseconds.
    ///
    /// # Errors
    /// None that can be reached.
    pub fn journal(&self) -> Result<JsValue, JsValue> {
        let session = self.page.session.borrow();
        let journal = serde_json::to_value(session.actions().collect::<Vec<_>>());
        let mut journal = journal.map_err(|why| lab_error("journal", &why.to_string()))?;
        round(&mut journal);
        to_js(&journal)
    }

    /// The link to this moment, without the page's address: what stands behind `#s=`.
    #[must_use]
    pub fn link(&self) -> String {
        let session = self.page.session.borrow();
        session.to_link(experiments::is_built_in(session.scenario()))
    }

    /// A capture of the run for Wireshark, in the pcapng format.
    #[must_use]
    pub fn pcapng(&self) -> Vec<u8> {
        pcapng::capture(&self.page.session.borrow())
    }

    /// The ids of the experiments that are built in.
    ///
    /// # Errors
    /// None that can be reached.
    pub fn experiments() -> Result<JsValue, JsValue> {
        to_js(&experiments::all().iter().map(|experiment| &experiment.id).collect::<Vec<_>>())
    }
}

impl Lab {
    /// The page's own session for JavaScript.
    #[must_use]
    pub const fn for_page(page: Page) -> Self {
        Self { page }
    }

    fn of(session: Session) -> Self {
        Self { page: Page::new(session, |_| ()) }
    }

    fn publish(&self, session: Session) {
        self.page.set(&session);
        (self.page.publish)(session);
    }
}

fn is_left_out(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

fn read_action(value: &JsValue) -> Result<Action, JsValue> {
    let action = plain(value, "type", MAX_JSON_BYTES)?;
    Action::from_value(&action).map_err(|why| action_error(&why))
}

fn read_scenario(value: &JsValue) -> Result<Rc<Scenario>, JsValue> {
    if is_left_out(value) || value.is_string() {
        let id = if value.is_string() { text(value, "scenario", MAX_NAME_CHARS)? } else { FREE.to_owned() };
        return experiments::scenario(&id)
            .ok_or_else(|| lab_error("scenario", "there is no such experiment"));
    }
    let scenario = plain(value, "scenario", limits::FILE_BYTES)?;
    Ok(Rc::new(Scenario::from_value(scenario).map_err(|why| scenario_error(&why))?))
}

/// Plain objects, lists and numbers.
fn to_js(data: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(data.serialize(&Serializer::json_compatible())?)
}

/// A number that JavaScript does not have becomes the nearest that it has, as by `JSON.parse`. Of all that crosses only the
/// secret of a host can be one, in an action from a file or link.
fn round(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(round),
        Value::Object(fields) => fields.values_mut().for_each(round),
        Value::Number(number) => {
            if let Some(great) = number.as_u64().filter(|number| *number > MAX_SAFE_INTEGER) {
                *value = Value::from(great as f64);
            }
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}
