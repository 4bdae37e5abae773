//! The guided experiments and the free lab: the files in `scenarios/`, built in.

use std::rc::Rc;

use super::Lang;
use lab::predicate::PredicateFault;
use lab::scenario::{Problem, Reason, Scenario, ScenarioError};

/// Every file, see `build.rs`.
const FILES: &[&str] = include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

thread_local! {
    static ALL: Vec<Rc<Scenario>> = {
        let read = |file: &&str| Scenario::from_json(file).unwrap_or_else(|error| panic!("{error}"));
        let mut all: Vec<_> = FILES.iter().map(read).map(Rc::new).collect();
        all.sort_by_key(|scenario| (scenario.order.unwrap_or(u32::MAX), scenario.id.clone()));
        all
    };
}

/// Every experiment, in the order of the list; the free lab comes last.
///
/// # Panics
/// Never: a test reads every file that is built in.
#[must_use]
pub fn all() -> Vec<Rc<Scenario>> {
    ALL.with(Clone::clone)
}

/// The experiment of this id.
#[must_use]
pub fn scenario(id: &str) -> Option<Rc<Scenario>> {
    ALL.with(|all| all.iter().find(|scenario| scenario.id == id).cloned())
}

/// The scenario is a built-in one: its id says all.
#[must_use]
pub fn is_built_in(scenario: &Scenario) -> bool {
    self::scenario(&scenario.id).is_some_and(|built_in| *built_in == *scenario)
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
        Reason::Form(Problem::NotJson(why)) => format!("不是 JSON（{why}）"),
        Reason::Form(Problem::Malformed(why)) => format!("格式不对（{why}）"),
        Reason::Form(Problem::Missing) => "缺少这个字段".to_owned(),
        Reason::Form(Problem::UnknownField(None)) => "没有这个字段".to_owned(),
        Reason::Form(Problem::UnknownField(Some(meant))) => format!("没有这个字段，是不是 `{meant}`？"),
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
