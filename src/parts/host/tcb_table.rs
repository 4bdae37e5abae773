//! The variables of the TCB, those just changed marked.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::lang::Lang;
use crate::present::host_details::VariableRow;
use crate::text::{Msg, was};

#[autoprops]
#[component]
pub fn TcbTable(
    /// The variables, in the order of the RFC.
    variables: &Rc<Vec<VariableRow>>,
    lang: &Lang,
) -> Html {
    let row = |row: &VariableRow| {
        let before = row.was.as_ref().map(|old| was(old, *lang));
        html! {
            <tr key={row.name} title={before.clone()} class={classes!(before.is_some().then_some("changed"))}>
                <th class="code" scope="row">{ row.name }</th>
                <td class="code"><span class="visually-hidden">{ before }</span>{ &row.value }</td>
            </tr>
        }
    };
    html! {
        <details class="tcb" open=true hidden={variables.is_empty()}>
            <summary>{ Msg::Tcb.text(*lang) }</summary>
            <table>
                <thead class="visually-hidden">
                    <tr>
                        <th scope="col">{ Msg::Variable.text(*lang) }</th>
                        <th scope="col">{ Msg::Value.text(*lang) }</th>
                    </tr>
                </thead>
                <tbody>{ for variables.iter().map(row) }</tbody>
            </table>
        </details>
    }
}
