//! The socket calls a host can make now, and what each would come to.
//!
//! What a call would return is not guessed but tried, on a copy of the world that is thrown away.

use yew::AttrValue;

use super::{Scene, faults};
use crate::lang::{HostId, Lang};
use crate::parts::host::view::CallView;
use crate::text::{Msg, would_return};
use course::text;
use lab::Action;
use lab::host::{CallResult, Errno, How, SocketState, Value};
use lab::outlook::outlook;

/// The usual calls, in the order of a connection's life, and the unusual ones.
pub(super) fn calls(scene: &Scene, host: HostId) -> (Vec<CallView>, Vec<CallView>) {
    let chosen = scene.shown[host.index()].and_then(|id| scene.session.world().host(host).socket(id));
    let socket = chosen.map(|socket| socket.id.0);
    // To open makes a new socket unless the chosen one can still become what is asked for.
    let fresh = chosen.filter(|socket| socket.state == SocketState::Fresh).and(socket);
    let listening = chosen.filter(|socket| socket.is_listening()).and(socket);
    let connect = ("connect()", Action::Connect { host, socket: fresh, to: None });
    let listen =
        ("listen()", Action::Listen { host, socket: fresh.or(listening), port: None, backlog: None });
    let accept = ("accept()", Action::Accept { host, socket: listening });
    let shutdown = |label, how| (label, Action::Shutdown { host, socket, how });
    let (mut usual, mut more) = match host {
        HostId::Client => (vec![connect], vec![listen, accept]),
        HostId::Server => (vec![listen, accept], vec![connect]),
    };
    usual.extend([
        ("recv()", Action::Recv { host, socket, max: None }),
        ("close()", Action::Close { host, socket }),
        ("send()", Action::Send { host, socket, text: Some("hello".to_owned()), bytes: None }),
        shutdown("shutdown(SHUT_WR)", How::Write),
    ]);
    more.extend([
        shutdown("shutdown(SHUT_RD)", How::Read),
        shutdown("shutdown(SHUT_RDWR)", How::Both),
        ("close() + SO_LINGER 0", Action::Abort { host, socket }),
        (
            "setsockopt()",
            Action::Setsockopt { host, socket, option: "SO_KEEPALIVE".to_owned(), value: Some(1) },
        ),
    ]);
    let view = |(label, action): (&'static str, Action)| view(scene, label, action);
    (usual.into_iter().map(view).collect(), more.into_iter().map(view).collect())
}

fn view(scene: &Scene, label: &'static str, action: Action) -> CallView {
    let lang = scene.voice.lang;
    let (blocked, returns) = match outlook(scene.session.world(), scene.session.now(), &action) {
        Err(error) => (Some(AttrValue::from(faults::action_error(&error, lang))), None),
        Ok(Some(Err(errno))) if errno != Errno::EINPROGRESS => {
            (None, Some(AttrValue::from(would_return(errno.name(), text::errno(errno, lang), lang))))
        }
        Ok(_) => (None, None),
    };
    CallView { label: AttrValue::Static(label), action, blocked, returns }
}

/// What a call returned, for the line under the buttons: the value, its meaning, and whether it failed.
pub(super) fn result(result: &CallResult, lang: Lang) -> (String, String, bool) {
    match result {
        Ok(Value::Data(data)) if !data.is_empty() => {
            let text: String = String::from_utf8_lossy(data).chars().take(60).collect();
            (data.len().to_string(), format!("“{text}”"), false)
        }
        Ok(Value::Data(_)) => ("0".to_owned(), Msg::EndOfFile.in_lang(lang).to_owned(), false),
        Ok(Value::Waits { .. }) => ("?".to_owned(), Msg::CallWaits.in_lang(lang).to_owned(), false),
        Ok(value) => (value.to_string(), String::new(), false),
        Err(errno) => {
            // Under way, or nothing there yet: not a failure.
            let failed = !matches!(errno, Errno::EINPROGRESS | Errno::EAGAIN);
            (errno.name().to_owned(), text::errno(*errno, lang).replace('`', ""), failed)
        }
    }
}
