//! What cannot be done, said in the reader's language.

use crate::api::params::ParamFault;
use crate::lang::Lang;
use course::{experiments, joined};
use lab::link::LinkError;
use lab::net::InputError;
use lab::{ActionError, ActionFault};

/// Why an action was refused.
#[must_use]
pub fn action_error(error: &ActionError, lang: Lang) -> String {
    match lang {
        Lang::En => match &error.reason {
            ActionFault::NoSocket => "There is no socket for this yet".to_owned(),
            _ => format!("Not done: {error}"),
        },
        Lang::ZhHans => match &error.reason {
            ActionFault::Malformed(why) => format!("{} 不对：{why}", error.field),
            ActionFault::World(why) => input_error(*why),
            ActionFault::NoSocket => "还没有可用的套接字".to_owned(),
            ActionFault::TooGreat { limit } => format!("{} 大于上限 {limit}", error.field),
            ActionFault::NoSuchBranch => "没有这个分支".to_owned(),
            ActionFault::NoSuchChoice => "没有这个选项".to_owned(),
            ActionFault::NoSuchScenario => "没有这个实验".to_owned(),
            ActionFault::TooManyBranches => "分支已达上限".to_owned(),
            ActionFault::TooLong => "这次运行已达长度上限".to_owned(),
        },
    }
}

fn input_error(error: InputError) -> String {
    match error {
        InputError::NoSuchPacket(_) => "这个报文段不在途中".to_owned(),
        InputError::Held(_) => "这个报文段正被扣住".to_owned(),
        InputError::NotHeld(_) => "这个报文段没有被扣住".to_owned(),
        InputError::NothingToSwap(_) => "同一方向上后面没有别的报文段".to_owned(),
        InputError::AlreadyCorrupted(_) => "这个报文段已经损坏".to_owned(),
        InputError::NoSuchByte { byte, length } => format!("没有第 {byte} 个字节，只有 {length} 个"),
        InputError::AlreadyDown(_) => "主机已经崩溃".to_owned(),
        InputError::AlreadyUp(_) => "主机在运行".to_owned(),
        InputError::AlreadyCut => "线路已经切断".to_owned(),
        InputError::NotCut => "线路没有切断".to_owned(),
        InputError::NotPerMille(rate) => format!("{rate} 超过 1000‰"),
        InputError::ReleaseByRule => "规则不能放行报文段".to_owned(),
        InputError::TooManyRules => "规则已达上限".to_owned(),
        InputError::NoSuchRule(_) => "没有这条规则".to_owned(),
        InputError::TooLong(_) => "时间太长".to_owned(),
        InputError::LinkFull => "线路上的报文段已达上限".to_owned(),
    }
}

/// Why a link leads nowhere, and what is on the page instead: what was there, or the experiment's beginning.
#[must_use]
pub fn link_error(error: &LinkError, is_kept: bool, lang: Lang) -> String {
    let instead = match (lang, is_kept) {
        (Lang::En, true) => "Everything is as it was.",
        (Lang::En, false) => "Here is the experiment from its beginning.",
        (Lang::ZhHans, true) => "一切照旧。",
        (Lang::ZhHans, false) => "现在从实验的开头开始。",
    };
    match lang {
        Lang::En => format!("The link could not be opened: {error}. {instead}"),
        Lang::ZhHans => {
            let why = match error {
                LinkError::TooLong => "它太长了".to_owned(),
                LinkError::WrongVersion => "它出自另一个版本".to_owned(),
                LinkError::Damaged => "它不完整，或者有字符被改动".to_owned(),
                LinkError::NoSuchScenario(id) => format!("没有名为 {id} 的实验"),
                LinkError::Scenario(why) => experiments::error_text(why, lang),
                LinkError::CannotReplay => "其中的操作无法重演".to_owned(),
                LinkError::Differs => "重演的结果与它所说的不同".to_owned(),
            };
            format!("无法打开链接：{why}。{instead}")
        }
    }
}

/// A parameter of the address that could not be followed.
#[must_use]
pub fn param_fault(fault: &ParamFault, lang: Lang) -> String {
    let (name, value) = (&fault.name, &fault.value);
    let expected = joined(fault.expected, ", ");
    match (lang, fault.expected.is_empty()) {
        (Lang::ZhHans, true) => format!("地址中的 {name}={value} 不是本页的参数，已忽略。"),
        (Lang::ZhHans, false) => {
            format!("地址中的 {name}={value} 不对，可用的值是 {expected}；已使用默认值。")
        }
        (Lang::En, true) => {
            format!("{name}={value} in the address is no parameter of this page; it was ignored.")
        }
        (Lang::En, false) => {
            format!("{name}={value} in the address is not valid ({expected}); the default is used.")
        }
    }
}

/// An experiment the address asks for, and that there is not.
#[must_use]
pub fn no_experiment(id: &str, lang: Lang) -> String {
    match lang {
        Lang::ZhHans => format!("没有名为 {id} 的实验，已打开默认实验。"),
        Lang::En => format!("There is no experiment named {id}; the first one is open."),
    }
}
