//! Socket calls that are typed on the standard input.

use bytes::Bytes;
use lab::host::{CallResult, HostId, How, SocketCall, SocketId, SocketOption, Value};
use tcp::Endpoint;

/// The sockets that typed calls use: the listener, and the connection opened or accepted last.
#[derive(Default)]
pub(crate) struct TypedCalls {
    listener: Option<SocketId>,
    socket: Option<SocketId>,
}

impl TypedCalls {
    /// Makes the call in a line. Returns the text to print.
    pub(crate) fn run(
        &mut self,
        line: &str,
        peer: HostId,
        mut call: impl FnMut(SocketCall) -> CallResult,
    ) -> Result<String, String> {
        let (name, argument) = line.split_once(' ').unwrap_or((line, ""));
        let socket = self.socket.ok_or("there is no connection");
        let result = match name {
            "listen" => {
                let socket = created(&mut call)?;
                self.listener = Some(socket);
                let bound = call(SocketCall::Bind { socket, port: port(argument)? });
                bound.and_then(|_| call(SocketCall::Listen { socket, backlog: 16 }))
            }
            "connect" => {
                let socket = created(&mut call)?;
                self.socket = Some(socket);
                call(SocketCall::Connect { socket, to: Endpoint::new(peer.addr(), port(argument)?) })
            }
            "accept" => {
                let socket = self.listener.ok_or("nobody listens")?;
                let result = call(SocketCall::Accept { socket });
                if let Ok(Value::Descriptor(socket)) = result {
                    self.socket = Some(socket);
                }
                result
            }
            "send" => {
                let data = Bytes::copy_from_slice(argument.as_bytes());
                call(SocketCall::Send { socket: socket?, data })
            }
            "recv" => call(SocketCall::Recv { socket: socket?, max_bytes: 65_535 }),
            "shutdown" => call(SocketCall::Shutdown { socket: socket?, how: How::Write }),
            "close" => call(SocketCall::Close { socket: socket? }),
            "abort" => {
                let socket = socket?;
                let linger = SocketCall::SetOption { socket, option: SocketOption::Linger(Some(0)) };
                call(linger).and_then(|_| call(SocketCall::Close { socket }))
            }
            _ => return Err(format!("there is no call {name}")),
        };
        Ok(match result {
            Ok(Value::Data(data)) => format!("{:?}", String::from_utf8_lossy(&data)),
            Ok(value) => value.to_string(),
            Err(error) => error.to_string(),
        })
    }
}

fn created(call: &mut impl FnMut(SocketCall) -> CallResult) -> Result<SocketId, String> {
    match call(SocketCall::Socket) {
        Ok(Value::Descriptor(socket)) => Ok(socket),
        other => Err(format!("socket() returned {other:?}")),
    }
}

fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| format!("`{text}` is no port"))
}
