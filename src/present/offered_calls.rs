//! The socket calls a host can make now, and what each would return.

use std::rc::Rc;

use super::Scene;
use crate::lang::HostId;
use lab::host::{CallResult, How, SocketId, SocketState};
use lab::net::World;
use lab::outlook::outlook;
use lab::{Action, ActionError};

/// The calls of a host at one moment.
#[derive(Clone, Debug)]
pub struct OfferedCalls {
    /// The usual ones, in the order of a connection's life.
    pub usual: Vec<OfferedCall>,
    /// The others.
    pub unusual: Vec<OfferedCall>,
    /// The moment, and the socket that the learner has chosen.
    made_for: (Rc<World>, Option<SocketId>),
}

/// A socket call.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferedCall {
    /// As it is written: `shutdown(SHUT_WR)`.
    pub label: &'static str,
    /// The action behind it.
    pub action: Action,
    /// What it would return, or why it cannot be made.
    pub outlook: Result<Option<CallResult>, ActionError>,
}

impl PartialEq for OfferedCalls {
    fn eq(&self, other: &Self) -> bool {
        (&self.usual, &self.unusual) == (&other.usual, &other.unusual)
    }
}

/// The calls of a host. Each is tried on a copy of the world, so that is done once for each moment and not at each redraw.
pub(super) fn offered_calls(scene: &Scene, host: HostId) -> Rc<OfferedCalls> {
    let known = &mut scene.memory.borrow_mut().calls[host.index()];
    let (world, chosen) = (scene.session.world(), scene.shown[host.index()]);
    match known {
        Some(calls) if Rc::ptr_eq(&calls.made_for.0, world) && calls.made_for.1 == chosen => Rc::clone(calls),
        _ => Rc::clone(known.insert(Rc::new(try_all(scene, host)))),
    }
}

fn try_all(scene: &Scene, host: HostId) -> OfferedCalls {
    let (world, chosen) = (scene.session.world(), scene.shown[host.index()]);
    let shown = chosen.and_then(|id| world.host(host).socket(id));
    let socket = shown.map(|socket| socket.id.0);
    // To open makes a new socket unless the chosen one can still become what is asked for.
    let fresh = shown.filter(|socket| socket.state == SocketState::Fresh).and(socket);
    let listening = shown.filter(|socket| socket.is_listening()).and(socket);
    let connect = ("connect()", Action::Connect { host, socket: fresh, to: None });
    let listen =
        ("listen()", Action::Listen { host, socket: fresh.or(listening), port: None, backlog: None });
    let accept = ("accept()", Action::Accept { host, socket: listening });
    let shutdown = |label, how| (label, Action::Shutdown { host, socket, how });
    let (mut usual, mut unusual) = match host {
        HostId::Client => (vec![connect], vec![listen, accept]),
        HostId::Server => (vec![listen, accept], vec![connect]),
    };
    usual.extend([
        ("recv()", Action::Recv { host, socket, max: None }),
        ("close()", Action::Close { host, socket }),
        ("send()", Action::Send { host, socket, text: Some("hello".to_owned()), bytes: None }),
        shutdown("shutdown(SHUT_WR)", How::Write),
    ]);
    let keepalive = Action::Setsockopt { host, socket, option: "SO_KEEPALIVE".to_owned(), value: Some(1) };
    unusual.extend([
        shutdown("shutdown(SHUT_RD)", How::Read),
        shutdown("shutdown(SHUT_RDWR)", How::Both),
        ("close() + SO_LINGER 0", Action::Abort { host, socket }),
        ("setsockopt()", keepalive),
    ]);
    let attempt = |(label, action): (&'static str, Action)| {
        let outlook = outlook(world, scene.session.now(), &action);
        OfferedCall { label, action, outlook }
    };
    OfferedCalls {
        usual: usual.into_iter().map(attempt).collect(),
        unusual: unusual.into_iter().map(attempt).collect(),
        made_for: (Rc::clone(world), chosen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Lang, Notation};
    use crate::present::Voice;
    use crate::present::scene::Memory;
    use course::experiments;
    use lab::Session;
    use tcp::time::Duration;

    #[test]
    fn the_calls_are_tried_once_for_each_moment() {
        let memory = Memory::default();
        let calls = |session: &Session, lang, shown| {
            let voice = Voice { lang, notation: Notation::Symbolic };
            let scene = Scene::new(session, &memory, voice).showing([shown, None]);
            offered_calls(&scene, HostId::Client)
        };
        let mut session = Session::new(experiments::scenario("handshake").expect("it is built in"));
        let play = Action::Play { us: Duration::from_millis(10) };
        session.take(&play).expect("it can be done");
        let (tick, first) = (session.tick(), calls(&session, Lang::En, None));
        assert!(Rc::ptr_eq(&first, &calls(&session, Lang::ZhHans, None)), "another language");
        session.take(&play).expect("it can be done");
        assert_eq!(session.tick(), tick, "only the clock has moved");
        assert!(Rc::ptr_eq(&first, &calls(&session, Lang::En, None)), "the clock");
        let chosen = calls(&session, Lang::En, Some(SocketId::FIRST));
        assert!(!Rc::ptr_eq(&first, &chosen), "another socket");
        session.take(&Action::Step).expect("something happens");
        assert!(!Rc::ptr_eq(&chosen, &calls(&session, Lang::En, Some(SocketId::FIRST))), "a step");
    }
}
