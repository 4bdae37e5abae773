//! `cargo xtask serve`: builds, serves, prints the address, opens the browser, rebuilds on every change.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::time::Duration;

use crate::{Outcome, process, tools};

/// The internal command that [`run`] starts beside the server; see [`announce`].
pub(crate) const ANNOUNCE: &str = "announce-when-serving";

const FIRST_PORT: u16 = 8080;
/// How many ports are tried when the first is taken and none was asked for.
const PORTS_TO_TRY: u16 = 20;

#[derive(Debug, PartialEq, Eq)]
struct Options {
    port: Option<u16>,
    open: bool,
    /// The cargo profile.
    profile: &'static str,
}

fn parse(arguments: &[String]) -> Outcome<Options> {
    let mut options = Options { port: None, open: true, profile: "serve" };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--no-open" => options.open = false,
            // Compiles faster and runs slower: for working on the page.
            "--dev" => options.profile = "dev",
            "--port" => {
                let value = arguments.next().ok_or("--port needs a number")?;
                let port = value.parse().ok().filter(|port| *port != 0);
                options.port = Some(port.ok_or_else(|| format!("`{value}` is not a port (1 to 65535)"))?);
            }
            other => {
                return Err(format!("serve does not know `{other}`; it takes --port N, --no-open and --dev"));
            }
        }
    }
    Ok(options)
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let options = parse(arguments)?;
    let port = choose_port(options.port, is_free)?;
    let mut trunk = tools::trunk(options.profile)?;
    if options.port.is_none() && port != FIRST_PORT {
        println!("Port {FIRST_PORT} is taken; using {port} instead.");
    }
    println!("Building the page ...");
    trunk.arg("serve").args(["--port", &port.to_string(), "--cargo-profile", options.profile]);
    // A folder of its own: a test run that builds dist/ meanwhile does not disturb the server, nor the other way round.
    trunk.arg("--dist").arg(process::root().join("target").join("serve"));
    if options.open {
        trunk.arg("--open");
    }
    let own = std::env::current_exe().map_err(|error| format!("cannot find this program: {error}"))?;
    Command::new(own)
        .args([ANNOUNCE, &port.to_string()])
        .spawn()
        .map_err(|error| format!("cannot start the announcer: {error}"))?;
    become_process(trunk)
}

/// Turns into `command`, so that whoever stops `cargo xtask serve` by its process id stops the server.
#[cfg(unix)]
fn become_process(mut command: Command) -> Outcome {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(format!("cannot run `{}`: {error}", process::display(&command)))
}

#[cfg(not(unix))]
fn become_process(mut command: Command) -> Outcome {
    process::run(&mut command)
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

fn choose_port(wanted: Option<u16>, is_free: impl Fn(u16) -> bool) -> Outcome<u16> {
    match wanted {
        Some(port) if is_free(port) => Ok(port),
        Some(port) => {
            Err(format!("port {port} is taken or not allowed; stop what uses it or choose another"))
        }
        None => (FIRST_PORT..FIRST_PORT + PORTS_TO_TRY).find(|port| is_free(*port)).ok_or_else(|| {
            format!(
                "ports {FIRST_PORT} to {} are all taken; give one with --port",
                FIRST_PORT + PORTS_TO_TRY - 1
            )
        }),
    }
}

/// Waits until the page is being served, says so and ends. Runs as a child of the process that becomes the server.
pub(crate) fn announce(arguments: &[String]) -> Outcome {
    let port = arguments.first().and_then(|port| port.parse().ok()).ok_or("this command is internal")?;
    let mut told_of_failure = false;
    let parent = parent_id();
    // The server may die, or be stopped, before it ever serves.
    while parent_id() == parent {
        match status_of(port) {
            Some(200) => {
                println!("\n  Serving TCP State Lab at http://127.0.0.1:{port}/\n  Stop with Ctrl+C.\n");
                return Ok(());
            }
            Some(_) if !told_of_failure => {
                told_of_failure = true;
                println!(
                    "\n  The page could not be built; the reason stands above. Waiting for a change ...\n"
                );
            }
            _ => {}
        }
        std::thread::sleep(Duration::from_millis(150));
    }
    Ok(())
}

#[cfg(unix)]
fn parent_id() -> u32 {
    std::os::unix::process::parent_id()
}

#[cfg(not(unix))]
fn parent_id() -> u32 {
    0
}

/// The HTTP status of the start page, or `None` while nobody answers.
fn status_of(port: u16) -> Option<u16> {
    let wait = Duration::from_secs(2);
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), wait).ok()?;
    stream.set_read_timeout(Some(wait)).ok()?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").ok()?;
    let mut start = [0; 12];
    stream.read_exact(&mut start).ok()?;
    std::str::from_utf8(&start).ok()?.strip_prefix("HTTP/1.1 ")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(arguments: &[&str]) -> Outcome<Options> {
        parse(&arguments.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn reads_its_arguments() {
        assert_eq!(options(&[]), Ok(Options { port: None, open: true, profile: "serve" }));
        assert_eq!(
            options(&["--port", "9000", "--no-open", "--dev"]),
            Ok(Options { port: Some(9000), open: false, profile: "dev" })
        );
        for wrong in [&["--port"][..], &["--port", "0"], &["--port", "70000"], &["--prot", "1"]] {
            assert!(options(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_port_that_was_asked_for_is_never_replaced() {
        assert_eq!(choose_port(Some(9000), |_| true), Ok(9000));
        assert!(choose_port(Some(9000), |port| port != 9000).is_err());
    }

    #[test]
    fn otherwise_the_next_free_port_is_taken() {
        assert_eq!(choose_port(None, |port| port >= FIRST_PORT + 2), Ok(FIRST_PORT + 2));
        assert!(choose_port(None, |_| false).is_err());
    }

    #[test]
    fn the_status_of_a_server_is_read() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a visitor");
            let mut request = [0; 512];
            let _ = stream.read(&mut request).expect("a request");
            stream.write_all(b"HTTP/1.1 404 Not Found\r\n\r\n").expect("an answer");
        });
        assert_eq!(status_of(port), Some(404));
        server.join().expect("the server ends");
        assert_eq!(status_of(port), None, "nobody listens any more");
    }
}
