//! The guided experiments and the free lab: the scenario files, built in.

use std::rc::Rc;
use std::sync::OnceLock;

use super::Lang;
use lab::json::Json;
use lab::predicate::PredicateFault;
use lab::scenario::{Localized, Reason, Scenario, ScenarioError};

/// An experiment that is built in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Experiment {
    /// Its id, the same as in the file.
    pub id: &'static str,
    /// The scenario file without its words and without the blanks between its values: where a text stood there is its
    /// number among the texts of all files.
    pub json: &'static str,
}

macro_rules! experiments {
    ($($id:literal,)+) => {
        const IDS: &[&str] = &[$($id),+];

        /// The scenario files.
        const FILES: &[&str] = &[$(include_str!(concat!("../../../scenarios/", $id, ".json"))),+];

        /// Every experiment, in the order of the list; the free lab comes last.
        pub const EXPERIMENTS: &[Experiment] = &[$({
            const PLACE: usize = place($id);
            const FIRST: usize = texts_before(PLACE);
            const JSON: Compact<{ compact::<0>(FILES[PLACE], FIRST).bytes }> = compact(FILES[PLACE], FIRST);
            Experiment { id: $id, json: JSON.as_text() }
        },)+];
    };
}

/// The place in the list of an experiment.
const fn place(id: &str) -> usize {
    let mut place = 0;
    while hash(IDS[place].as_bytes()) != hash(id.as_bytes()) {
        place += 1;
    }
    place
}

/// A hash that a constant can be computed with (FNV-1a).
const fn hash(bytes: &[u8]) -> u32 {
    let (mut hash, mut i) = (0x811c_9dc5, 0);
    while i < bytes.len() {
        // Widened, for a byte has no const conversion by trait.
        hash = (hash ^ bytes[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    hash
}

/// How many texts all files have.
#[cfg(test)]
const TEXTS: usize = texts_before(FILES.len());

/// How many texts there are in the files before this place.
const fn texts_before(place: usize) -> usize {
    let (mut texts, mut i) = (0, 0);
    while i < place {
        texts += compact::<0>(FILES[i], 0).texts;
        i += 1;
    }
    texts
}

/// JSON without words and blanks.
struct Compact<const N: usize> {
    /// The first `N` bytes of it.
    kept: [u8; N],
    /// How many bytes there are in all.
    bytes: usize,
    /// How many texts were left out.
    texts: usize,
}

impl<const N: usize> Compact<N> {
    const fn push(&mut self, byte: u8) {
        if self.bytes < N {
            self.kept[self.bytes] = byte;
        }
        self.bytes += 1;
    }

    /// Writes a number below a thousand.
    const fn push_number(&mut self, number: usize) {
        assert!(number < 1_000, "three digits are written");
        let mut unit = if number < 10 {
            1
        } else if number < 100 {
            10
        } else {
            100
        };
        while unit > 0 {
            self.push(b'0' + (number / unit % 10) as u8);
            unit /= 10;
        }
    }

    const fn as_text(&self) -> &str {
        match core::str::from_utf8(&self.kept) {
            Ok(text) => text,
            Err(_) => panic!("only whole characters were left out"),
        }
    }
}

/// What the page's program has of a file. Its words are loaded, a language at a time (see [`super::text`]): here each
/// text becomes a number, counted from `first`. What is laid out for those who edit it need not travel like that.
const fn compact<const N: usize>(json: &str, first: usize) -> Compact<N> {
    let json = json.as_bytes();
    let mut compact = Compact { kept: [0; N], bytes: 0, texts: 0 };
    let mut i = 0;
    while i < json.len() {
        if is_text(json, i) {
            compact.push_number(first + compact.texts);
            compact.texts += 1;
            while json[i] != b'}' {
                i = after(json, i);
            }
            i += 1;
        } else {
            let end = after(json, i);
            while i < end {
                if json[end - 1] == b'"' || !json[i].is_ascii_whitespace() {
                    compact.push(json[i]);
                }
                i += 1;
            }
        }
    }
    compact
}

/// An object begins here that holds a text in every language.
const fn is_text(json: &[u8], mut i: usize) -> bool {
    const KEY: &[u8] = b"\"zh-Hans\"";
    if json[i] != b'{' {
        return false;
    }
    i += 1;
    while json[i].is_ascii_whitespace() {
        i += 1;
    }
    let mut same = 0;
    while same < KEY.len() && json[i + same] == KEY[same] {
        same += 1;
    }
    same == KEY.len()
}

/// Where the string that begins here ends, or the byte.
const fn after(json: &[u8], start: usize) -> usize {
    let mut i = start + 1;
    if json[start] == b'"' {
        while json[i] != b'"' {
            i += if json[i] == b'\\' { 2 } else { 1 };
        }
        i += 1;
    }
    i
}

experiments! {
    "handshake",
    "lost-syn-ack",
    "why-not-two",
    "four-way-close",
    "half-close",
    "fin-and-ack-in-one",
    "simultaneous-close",
    "lost-last-ack",
    "no-time-wait",
    "half-open",
    "free",
}

/// The experiment of this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Experiment> {
    EXPERIMENTS.iter().find(|experiment| experiment.id == id)
}

/// The scenario of the experiment of this id.
#[must_use]
pub fn scenario(id: &str) -> Option<Rc<Scenario>> {
    find(id).map(|experiment| Rc::new(experiment.scenario()))
}

/// The scenario is a built-in one: its id says all.
#[must_use]
pub const fn is_built_in(scenario: &Scenario) -> bool {
    // A file from elsewhere brings its own words.
    matches!(scenario.title, Localized::BuiltIn(_))
}

impl Experiment {
    /// Reads its file.
    ///
    /// # Panics
    /// Never: a test reads every file that is built in.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        // As it is told to readers: what writes it for programmers need not be in the page.
        Scenario::from_built_in(self.json).unwrap_or_else(|error| panic!("{error}"))
    }
}

/// A text of a built-in experiment, by its number in [`Localized::BuiltIn`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExperimentText(pub u32);

impl ExperimentText {
    /// What the scenario file has.
    ///
    /// # Panics
    /// If no experiment has this text.
    pub(super) fn written(self, lang: Lang) -> &'static str {
        static TEXTS: OnceLock<Vec<Localized>> = OnceLock::new();
        let texts = TEXTS.get_or_init(|| {
            let mut texts = Vec::new();
            for file in FILES {
                texts_in(Json::parse(file).expect("a test reads every file"), &mut texts);
            }
            texts
        });
        lang.pick(&texts[self.0 as usize])
    }
}

/// Adds to `texts` those in `value`, in the order of the file.
fn texts_in(value: Json, texts: &mut Vec<Localized>) {
    match value {
        Json::List(values) => values.into_iter().for_each(|value| texts_in(value, texts)),
        Json::Object(fields) => match <[_; 2]>::try_from(fields) {
            Ok([(zh, Json::Text(zh_hans)), (_, Json::Text(en))]) if zh == "zh-Hans" => {
                texts.push(Localized::Written { zh_hans, en });
            }
            Ok(fields) => fields.into_iter().for_each(|(_, value)| texts_in(value, texts)),
            Err(fields) => fields.into_iter().for_each(|(_, value)| texts_in(value, texts)),
        },
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::OtherNumber | Json::Text(_) => (),
    }
}

/// What is wrong with a scenario file, in the reader's language.
#[must_use]
pub fn error_text(error: &ScenarioError, lang: Lang) -> String {
    match lang {
        Lang::En => error.to_string(),
        Lang::ZhHans => {
            let reason = reason_in_chinese(&error.reason);
            if error.place.is_empty() {
                format!("实验文件：{reason}")
            } else {
                format!("实验文件的 {} 处：{reason}", error.place)
            }
        }
    }
}

fn reason_in_chinese(reason: &Reason) -> String {
    match reason {
        Reason::NotJson(why) => format!("不是 JSON（{why}）"),
        Reason::Malformed(why) => format!("格式不对（{why}）"),
        Reason::Missing => "缺少这个字段".to_owned(),
        Reason::UnknownField => "没有这个字段".to_owned(),
        Reason::WrongFormat { found } => {
            format!("不认识版本 {found}；这里读取的是版本 {}", lab::scenario::FORMAT)
        }
        Reason::TooLong { limit } => format!("超过 {limit} 个字符"),
        Reason::TooMany { limit } => format!("超过 {limit} 项"),
        Reason::TooFew { needed } => format!("至少需要 {needed} 项"),
        Reason::TooGreat { limit } => format!("大于上限 {limit}"),
        Reason::NotAnId => "只能用小写字母、数字和连字符".to_owned(),
        Reason::Twice => "重复了".to_owned(),
        Reason::OutOfOrder => "早于前一项".to_owned(),
        Reason::Empty => "不能为空".to_owned(),
        Reason::NoSuchChoice => "没有这个选项".to_owned(),
        Reason::NotScriptable => "只有对主机和链路的操作才能写进脚本".to_owned(),
        Reason::Predicate(PredicateFault::TooDeep) => "条件嵌套太深".to_owned(),
        Reason::Predicate(PredicateFault::TooWide) => "一处的条件太多".to_owned(),
        Reason::Predicate(PredicateFault::NotAnEvent) => {
            "`before` 只能比较事件：规则、报文段、计时器、通知".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_words_are_left_out() {
        const FILE: &str = "{\n  \"a b\": [1, {\"zh-Hans\": \"}\", \"en\": \"\"}],\n  \"c\\\" d\": {  \"zh-Hans\" : \"\"} }\n";
        const JSON: Compact<{ compact::<0>(FILE, 109).bytes }> = compact(FILE, 109);
        assert_eq!(JSON.as_text(), "{\"a b\":[1,109],\"c\\\" d\":110}");
        assert_eq!(JSON.texts, 2);
    }

    /// `value` with numbers for its texts, which are put behind `texts`.
    fn without_words(value: Json, texts: &mut Vec<Json>) -> Json {
        match value {
            Json::Object(fields) if fields.first().is_some_and(|(name, _)| name == "zh-Hans") => {
                texts.push(Json::Object(fields));
                Json::Number(texts.len() as u64 - 1)
            }
            Json::Object(fields) => Json::Object(
                fields.into_iter().map(|(name, value)| (name, without_words(value, texts))).collect(),
            ),
            Json::List(values) => {
                Json::List(values.into_iter().map(|value| without_words(value, texts)).collect())
            }
            other => other,
        }
    }

    #[test]
    fn the_files_mean_what_they_meant() {
        let mut texts = Vec::new();
        for Experiment { id, json } in EXPERIMENTS {
            let path = format!("{}/../../scenarios/{id}.json", env!("CARGO_MANIFEST_DIR"));
            let file = std::fs::read_to_string(path).expect("the file is there");
            let [file, json] = [&file, *json].map(|json| Json::parse(json).expect("JSON"));
            assert_eq!(without_words(file, &mut texts), json, "{id}");
        }
        assert_eq!(texts.len(), TEXTS);
        for (number, both) in texts.iter().enumerate() {
            let Json::Object(both) = both else { unreachable!("only objects are collected") };
            for (lang, (_, text)) in Lang::ALL.into_iter().zip(both) {
                assert_eq!(Some(ExperimentText(number as u32).written(lang)), text.as_str());
            }
        }
    }
}
