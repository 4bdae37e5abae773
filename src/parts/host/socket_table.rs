//! The socket table, as `ss -tan` prints it, folded to the width of the panel.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::lang::Lang;
use crate::text::Msg;
use lab::host::SocketId;
use lab::snapshot::{HostView, SocketView};
use tcp::State;

/// Lists the sockets of a host. `ss` lists none whose connection is over.
#[autoprops]
#[component]
pub fn SocketTable(
    host: &Rc<HostView>,
    /// The one that the panel is about.
    shown: Option<u32>,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let lang = *lang;
    let listed: Vec<&SocketView> = host.sockets.iter().filter(|socket| !socket.is_over()).collect();
    let state = |socket: &SocketView| {
        // Of several one is chosen; of one there is nothing to choose.
        if listed.len() < 2 {
            return html! { <span>{ state_name(socket.state) }</span> };
        }
        let (host, id) = (host.id, SocketId(socket.id));
        html! {
            <button
                type="button"
                class="link code"
                aria-pressed={(shown == Some(socket.id)).to_string()}
                title={Msg::ShowSocket.text(lang)}
                onclick={act.reform(move |_| Act::ShowSocket(host, id))}
            >
                { state_name(socket.state) }
            </button>
        }
    };
    let row = |socket: &&SocketView| {
        let (recv_q, send_q) = queues(socket);
        html! {
            <tr key={socket.id} class={classes!((shown == Some(socket.id)).then_some("is-shown"))}>
                <th class="code" scope="row">{ state(socket) }</th>
                <td class="code">{ format!("{recv_q}/{send_q}") }</td>
                <td class="code ends-of">{ end(&socket.local) }{ "→" }{ end(&socket.remote) }</td>
            </tr>
        }
    };
    html! {
        <details class="sockets" open=true hidden={listed.is_empty()}>
            <summary>{ Msg::Sockets.text(lang) }{ " " }<code>{ "ss -tan" }</code></summary>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ "State" }</th>
                        <th scope="col"><abbr title="Recv-Q / Send-Q">{ "Q" }</abbr></th>
                        <th scope="col">{ "Local→Peer" }</th>
                    </tr>
                </thead>
                <tbody>{ for listed.iter().map(row) }</tbody>
            </table>
        </details>
    }
}

/// A state as `ss` spells it.
fn state_name(state: State) -> &'static str {
    match state {
        State::Closed => "UNCONN",
        State::SynReceived => "SYN-RECV",
        State::Established => "ESTAB",
        other => other.name(),
    }
}

/// Recv-Q and Send-Q: bytes not read, and not acknowledged; of a listener how many connections wait, and how many may.
fn queues(socket: &SocketView) -> (u32, u32) {
    match socket.state {
        // Both are small: a backlog is a handful.
        State::Listen => (socket.waiting as u32, socket.backlog),
        _ => (socket.readable_bytes, socket.unsent_bytes + socket.unacked_bytes),
    }
}

/// One end of a connection. Both addresses are known by heart after a minute; the ports tell the sockets apart.
fn end(endpoint: &str) -> Html {
    let (addr, port) = endpoint.split_once(':').unwrap_or((endpoint, ""));
    let addr = if addr == "0.0.0.0" { "*" } else { addr };
    let port = if port == "0" { "*" } else { port };
    html! { <span title={format!("{addr}:{port}")}>{ format!(":{port}") }</span> }
}
