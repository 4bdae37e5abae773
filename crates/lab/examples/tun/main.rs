//! One host of the lab on a real network, by the real clock: its packets go through a TUN device of Linux.
//!
//! ```sh
//! ip tuntap add lab0 mode tun && ip address add 10.9.0.1 peer 10.9.0.2 dev lab0 && ip link set lab0 up
//! cargo run --example tun -- --tun lab0 --local 10.9.0.2 --peer 10.9.0.1 --program http
//! curl http://10.9.0.2/
//! ```
//!
//! Socket calls are read from the standard input, one a line. The program prints the result of every call, every step
//! in the state diagram, the packets that it loses on purpose, and those that are sent again.

#[cfg(target_os = "linux")]
mod attached;
#[cfg(target_os = "linux")]
mod command_line;
#[cfg(target_os = "linux")]
mod http;
#[cfg(target_os = "linux")]
mod translate;
#[cfg(target_os = "linux")]
mod typed_calls;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    let run = command_line::Options::parse(std::env::args().skip(1)).and_then(attached::run);
    match run {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("tun: {message}\n\n{}", command_line::USAGE);
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("tun: TUN devices as used here are a thing of Linux");
}
