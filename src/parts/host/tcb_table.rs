//! The variables of the TCB, those just changed marked.

use yew::prelude::*;

use super::view::TcbRow;
use crate::el::{El, el};
use crate::lang::Lang;
use crate::text::{Msg, was};

/// Lists the variables of a TCB.
pub fn tcb_table(rows: &[TcbRow], lang: Lang) -> El {
    let columns = el("tr")
        .child(el("th scope=col").say(Msg::Variable, lang))
        .child(el("th scope=col").say(Msg::Value, lang));
    let row = |row: &TcbRow| {
        let before = row.was.as_ref().map(|old| AttrValue::from(was(old, lang)));
        let value = el("td.code")
            .child(el("span.visually-hidden").child(before.clone().unwrap_or_default()))
            .child(&row.value);
        el("tr")
            .key(&row.name)
            .attr("title", before)
            .class_if(row.was.is_some(), "changed")
            .child(el("th.code scope=row").child(&row.name))
            .child(value)
    };
    let table = el("table")
        .child(el("thead.visually-hidden").child(columns))
        .child(el("tbody").children(rows.iter().map(row)));
    el("details.tcb open")
        .attr("hidden", rows.is_empty())
        .child(el("summary").say(Msg::Tcb, lang))
        .child(table)
}
