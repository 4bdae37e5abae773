//! The guided experiments and the free lab: the scenario files, built in.

use std::rc::Rc;

use super::Lang;
use crate::lab::predicate::PredicateFault;
use crate::lab::scenario::{Reason, Scenario, ScenarioError};

/// An experiment that is built in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Experiment {
    /// Its id, the same as in the file.
    pub id: &'static str,
    /// The scenario file, without the blanks between its values.
    pub json: &'static str,
}

macro_rules! experiments {
    ($($id:literal,)+) => {
        /// Every experiment, in the order of the list; the free lab comes last.
        pub const EXPERIMENTS: &[Experiment] = &[$({
            const FILE: &str = include_str!(concat!("../../scenarios/", $id, ".json"));
            const JSON: [u8; compact::<0>(FILE).1] = compact(FILE).0;
            Experiment { id: $id, json: as_text(&JSON) }
        },)+];
    };
}

/// The first `N` bytes of `json` without the blanks between its values, and how many bytes there are in all. What is
/// laid out for those who edit it need not travel like that.
const fn compact<const N: usize>(json: &str) -> ([u8; N], usize) {
    let json = json.as_bytes();
    let (mut kept, mut count) = ([0; N], 0);
    let (mut in_text, mut is_escaped) = (false, false);
    let mut i = 0;
    while i < json.len() {
        let byte = json[i];
        if in_text || !byte.is_ascii_whitespace() {
            if count < N {
                kept[count] = byte;
            }
            count += 1;
        }
        if byte == b'"' && !is_escaped {
            in_text = !in_text;
        }
        is_escaped = byte == b'\\' && !is_escaped;
        i += 1;
    }
    (kept, count)
}

const fn as_text(bytes: &[u8]) -> &str {
    match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("only whole characters were left out"),
    }
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

/// The scenario is a built-in one, unchanged: its id says all.
#[must_use]
pub fn is_built_in(scenario: &Scenario) -> bool {
    find(&scenario.id).is_some_and(|experiment| experiment.scenario() == *scenario)
}

impl Experiment {
    /// Reads its file.
    ///
    /// # Panics
    /// Never: a test reads every file that is built in.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        Scenario::from_json(self.json).expect("a test reads every scenario that is built in")
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
            format!("不认识版本 {found}；这里读取的是版本 {}", crate::lab::scenario::FORMAT)
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
    fn blanks_are_left_out_between_values_and_kept_in_texts() {
        const FILE: &str = "{\n  \"a b\": [1, 2],\n  \"c\\\" d\": \"e  \\\\\" }\n";
        const JSON: [u8; compact::<0>(FILE).1] = compact(FILE).0;
        assert_eq!(as_text(&JSON), "{\"a b\":[1,2],\"c\\\" d\":\"e  \\\\\"}");
    }

    #[test]
    fn the_files_mean_what_they_meant() {
        for Experiment { id, json } in EXPERIMENTS {
            let path = format!("{}/scenarios/{id}.json", env!("CARGO_MANIFEST_DIR"));
            let file = std::fs::read_to_string(path).expect("the file is there");
            assert!(json.len() < file.len());
            let [file, json] =
                [&file, *json].map(|json| serde_json::from_str::<serde_json::Value>(json).expect("JSON"));
            assert_eq!(file, json, "{id}");
        }
    }
}
