//! The socket table, as `ss -tan` prints it, folded to the width of the panel.

use yew::prelude::*;

use super::view::SocketRow;
use crate::ui::lang::Lang;
use crate::ui::text::Msg;

/// Lists the sockets of a host.
pub fn sockets(rows: &[SocketRow], lang: Lang) -> Html {
    html! {
        <details class="sockets" open=true hidden={rows.is_empty()}>
            <summary>{ Msg::Sockets.text(lang) }{ " " }<code>{ "ss -tan" }</code></summary>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ "State" }</th>
                        <th scope="col"><abbr title="Recv-Q / Send-Q">{ "Q" }</abbr></th>
                        <th scope="col">{ "Local→Peer" }</th>
                    </tr>
                </thead>
                <tbody>
                    for row in rows.iter() {
                        <tr key={row.id} class={classes!(row.is_shown.then_some("is-shown"))}>
                            <th scope="row" class="code">{ row.state.clone() }</th>
                            <td class="code">{ row.recv_q }{ "/" }{ row.send_q }</td>
                            <td class="code ends-of">
                                <span title={row.local.clone()}>{ port(&row.local) }</span>
                                { "→" }
                                <span title={row.peer.clone()}>{ port(&row.peer) }</span>
                            </td>
                        </tr>
                    }
                </tbody>
            </table>
        </details>
    }
}

/// Both addresses are known by heart after a minute; the ports tell the sockets apart.
fn port(endpoint: &str) -> String {
    endpoint.rsplit_once(':').map_or_else(|| endpoint.to_owned(), |(_, port)| format!(":{port}"))
}
