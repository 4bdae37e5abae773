//! The variables of the TCB, those just changed marked.

use yew::prelude::*;

use super::view::TcbRow;
use crate::ui::lang::Lang;
use crate::ui::text::{Msg, was};

/// Lists the variables of a TCB.
pub fn tcb_table(rows: &[TcbRow], lang: Lang) -> Html {
    html! {
        <details class="tcb" open=true hidden={rows.is_empty()}>
            <summary>{ Msg::Tcb.text(lang) }</summary>
            <table>
                <thead class="visually-hidden">
                    <tr><th scope="col">{ Msg::Variable.text(lang) }</th><th scope="col">{ Msg::Value.text(lang) }</th></tr>
                </thead>
                <tbody>
                    for row in rows.iter() {
                        <tr key={row.name.to_string()} title={row.was.as_ref().map(|old| was(old, lang))} class={classes!(row.was.is_some().then_some("changed"))}>
                            <th scope="row" class="code">{ row.name.clone() }</th>
                            <td class="code">
                                <span class="visually-hidden">{ row.was.as_ref().map(|old| was(old, lang)) }</span>
                                { row.value.clone() }
                            </td>
                        </tr>
                    }
                </tbody>
            </table>
        </details>
    }
}
