//! The socket table, as `ss -tan` prints it, folded to the width of the panel.

use yew::prelude::*;

use super::view::SocketRow;
use crate::act::Act;
use crate::el::{El, el};
use crate::lang::{HostId, Lang};
use crate::text::Msg;
use lab::host::SocketId;

/// Lists the sockets of a host.
pub fn sockets(host: HostId, rows: &[SocketRow], lang: Lang, act: &Callback<Act>) -> El {
    let column = || el("th scope=col");
    let queues = el("abbr").attr("title", "Recv-Q / Send-Q").child("Q");
    let columns = el("tr")
        .child(column().child("State"))
        .child(column().child(queues))
        .child(column().child("Local→Peer"));
    let end = |endpoint: &AttrValue| el("span").attr("title", endpoint).child(port(endpoint));
    // Of several one is chosen; of one there is nothing to choose.
    let state = |row: &SocketRow| {
        if rows.len() < 2 {
            return el("span").child(&row.state);
        }
        el("button.link.code type=button")
            .attr("aria-pressed", if row.is_shown { "true" } else { "false" })
            .title(Msg::ShowSocket, lang)
            .asks(act, Act::ShowSocket(host, SocketId(row.id)))
            .child(&row.state)
    };
    let row = |row: &SocketRow| {
        el("tr")
            .nth(row.id as usize)
            .class_if(row.is_shown, "is-shown")
            .child(el("th.code scope=row").child(state(row)))
            .child(el("td.code").child(format!("{}/{}", row.recv_q, row.send_q)))
            .child(el("td.code.ends-of").child(end(&row.local)).child("→").child(end(&row.peer)))
    };
    el("details.sockets open")
        .attr("hidden", rows.is_empty())
        .child(el("summary").say(Msg::Sockets, lang).child(" ").child(el("code").child("ss -tan")))
        .child(
            el("table").child(el("thead").child(columns)).child(el("tbody").children(rows.iter().map(row))),
        )
}

/// Both addresses are known by heart after a minute; the ports tell the sockets apart.
fn port(endpoint: &str) -> String {
    endpoint.split_once(':').map_or_else(|| endpoint.to_owned(), |(_, port)| format!(":{port}"))
}
