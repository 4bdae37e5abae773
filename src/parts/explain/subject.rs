//! What the explanation is about.

use std::rc::Rc;

use yew::AttrValue;

use crate::lang::HostId;
use crate::pick::Pick;
use crate::text::Msg;
use course::{Explanation, Span};
use tcp::time::Instant;

/// A subject: a record of the run, or something else that has sections of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The course's words; of what is no record, the title and the clauses.
    pub told: Rc<Explanation>,
    /// Of what is no record: headings and what stands under them.
    pub sections: Vec<(Msg, Vec<Span>)>,
    /// When it happened.
    pub at: Option<Instant>,
    /// Where it happened.
    pub host: Option<HostId>,
    /// An experiment that shows it: its name in the list, its title.
    pub experiment: Option<(AttrValue, AttrValue)>,
    /// Where one can go from here: in words, and what is picked then.
    pub leads: Vec<(AttrValue, Pick)>,
    /// It is not about the latest step.
    pub is_elsewhere: bool,
}

impl Subject {
    /// What is said, in columns with a heading each: of a record what happened, why, and what otherwise.
    #[must_use]
    pub fn columns(&self) -> Vec<(Msg, Vec<Span>)> {
        if !self.sections.is_empty() {
            return self.sections.clone();
        }
        let Explanation { happened, dropped, why, otherwise, .. } = &*self.told;
        let mut happened = happened.clone();
        for reason in dropped {
            happened.push(Span::Text(" ".to_owned()));
            happened.extend_from_slice(reason);
        }
        let columns =
            [(Msg::Happened, happened), (Msg::Why, why.clone()), (Msg::Otherwise, otherwise.clone())];
        columns.into_iter().filter(|(_, spans)| !spans.is_empty()).collect()
    }
}
