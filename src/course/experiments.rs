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
    /// The scenario file.
    pub json: &'static str,
}

macro_rules! experiments {
    ($($id:literal,)+) => {
        /// Every experiment, in the order of the list; the free lab comes last.
        pub const EXPERIMENTS: &[Experiment] = &[$(
            Experiment { id: $id, json: include_str!(concat!("../../scenarios/", $id, ".json")) },
        )+];
    };
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
