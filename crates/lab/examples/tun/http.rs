//! A web server with one page, written with the lab's socket calls: it reads a request, answers it and closes.

use bytes::Bytes;
use lab::host::{CallResult, Errno, SocketCall, SocketId, Value};

const PORT: u16 = 80;
const PAGE: &str = "This page came through the TCP of the lab.\n";

/// The server.
#[derive(Default)]
pub(crate) struct Http {
    listener: Option<SocketId>,
    connections: Vec<Served>,
}

struct Served {
    socket: SocketId,
    request: Vec<u8>,
    /// The data to send; None until the request is complete.
    answer: Option<Bytes>,
}

impl Http {
    /// Does everything that can be done now.
    pub(crate) fn run(&mut self, mut call: impl FnMut(SocketCall) -> CallResult) {
        let listener = *self.listener.get_or_insert_with(|| listen(&mut call));
        while let Ok(Value::Descriptor(socket)) = call(SocketCall::Accept { socket: listener }) {
            self.connections.push(Served { socket, request: Vec::new(), answer: None });
        }
        self.connections.retain_mut(|served| served.run(&mut call));
    }
}

fn listen(call: &mut impl FnMut(SocketCall) -> CallResult) -> SocketId {
    let Ok(Value::Descriptor(socket)) = call(SocketCall::Socket) else { panic!("no socket") };
    call(SocketCall::Bind { socket, port: PORT }).expect("the port is free");
    call(SocketCall::Listen { socket, backlog: 16 }).expect("nobody else listens");
    socket
}

impl Served {
    /// Continues with one connection; false when it is done.
    fn run(&mut self, call: &mut impl FnMut(SocketCall) -> CallResult) -> bool {
        let socket = self.socket;
        while self.answer.is_none() {
            match call(SocketCall::Recv { socket, max_bytes: 4_096 }) {
                Ok(Value::Data(data)) if !data.is_empty() => self.request.extend_from_slice(&data),
                Err(Errno::EAGAIN) => return true,
                // End of file before the request was complete, or an error.
                _ => {
                    let _ = call(SocketCall::Close { socket });
                    return false;
                }
            }
            if self.request.windows(4).any(|end| end == b"\r\n\r\n") {
                self.answer = Some(answer(&self.request));
            }
        }
        let Some(rest) = &mut self.answer else { return true };
        while !rest.is_empty() {
            match call(SocketCall::Send { socket, data: rest.clone() }) {
                Ok(Value::Count(count)) => *rest = rest.slice(count as usize..),
                Err(Errno::EAGAIN) => return true,
                _ => break,
            }
        }
        let _ = call(SocketCall::Close { socket });
        false
    }
}

/// `GET /NUMBER` is answered with that many bytes, everything else with the page.
fn answer(request: &[u8]) -> Bytes {
    let request = String::from_utf8_lossy(request);
    let path = request.split(' ').nth(1).unwrap_or("/");
    let body = match path.trim_start_matches('/').parse::<usize>() {
        Ok(count) => "0123456789abcdef".chars().cycle().take(count.min(10_000_000)).collect(),
        Err(_) => PAGE.to_owned(),
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    Bytes::from(head + &body)
}
