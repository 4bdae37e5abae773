//! The kernel as the stack under test: packets go through a TUN device, and `/proc/net/tcp` tells the states of
//! connections.

use std::collections::VecDeque;
use std::fs;
use std::net::Ipv4Addr;
use std::os::fd::AsRawFd;
use std::process::Command;
use std::time::{Duration, Instant};

use bytes::Bytes;
use smoltcp::phy::{self, Device, Medium, RxToken, TunTapInterface, TxToken};
use tcp::State;

use crate::commands::state_named;
use crate::stack::Sent;

pub(super) const LOCAL: Ipv4Addr = Ipv4Addr::new(192, 168, 0, 1);
pub(super) const REMOTE: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
const DEVICE: &str = "tun0";
const SETTLING: Duration = Duration::from_millis(1_200);

/// Settings that make the kernel behave like the lab's stack by default, as the scripts assume.
const SETTINGS: [(&str, &str); 12] = [
    ("net.ipv4.tcp_window_scaling", "0"),
    ("net.ipv4.tcp_timestamps", "0"),
    ("net.ipv4.tcp_sack", "0"),
    ("net.ipv4.tcp_rmem", "4096 131072 6291456"),
    ("net.ipv4.tcp_ecn", "0"),
    ("net.ipv4.tcp_congestion_control", "reno"),
    ("net.ipv4.tcp_early_retrans", "0"),
    ("net.ipv4.tcp_invalid_ratelimit", "0"),
    ("net.ipv4.tcp_challenge_ack_limit", "2147483647"),
    ("net.ipv4.tcp_syn_linear_timeouts", "0"),
    ("net.ipv4.tcp_rto_min_us", "1000000"),
    ("net.ipv6.conf.all.disable_ipv6", "1"),
];

pub(super) struct Kernel {
    device: TunTapInterface,
    start: Instant,
    /// The packets sent and not compared yet.
    pub(super) sent: VecDeque<Sent>,
}

/// A line of `/proc/net/tcp`.
pub(super) struct Entry {
    pub(super) local: u16,
    pub(super) remote: u16,
    pub(super) state: State,
    pub(super) inode: u64,
}

impl Kernel {
    /// Makes the device and sets up the kernel. Err: why this is not possible.
    pub(super) fn set_up() -> Result<Self, String> {
        let own = fs::read_to_string("/proc/net/dev").map_err(|error| error.to_string())?;
        if own.lines().skip(2).any(|line| !line.trim_start().starts_with("lo:")) {
            return Err("this is no network of its own: begin the command with `unshare --net`".to_owned());
        }
        let device =
            TunTapInterface::new(DEVICE, Medium::Ip).map_err(|error| format!("{DEVICE}: {error}"))?;
        for arguments in [
            &["link", "set", "lo", "up"][..],
            &["address", "add", &format!("{LOCAL}/24"), "dev", DEVICE],
            &["link", "set", DEVICE, "up"],
            // Every segment is acknowledged at once.
            &["route", "add", "default", "dev", DEVICE, "quickack", "1"],
        ] {
            let done = Command::new("ip").args(arguments).status().map_err(|error| format!("ip: {error}"))?;
            if !done.success() {
                return Err(format!("ip {}: {done}", arguments.join(" ")));
            }
        }
        for (name, value) in SETTINGS {
            set(name, value)?;
        }
        // A new device is slow with its first packet.
        std::thread::sleep(SETTLING);
        #[expect(clippy::disallowed_methods, reason = "the kernel has no other clock than that of the wall")]
        let start = Instant::now();
        Ok(Self { device, start, sent: VecDeque::new() })
    }

    /// Microseconds since the script began.
    pub(super) fn now(&self) -> u64 {
        self.start.elapsed().as_micros() as u64
    }

    pub(super) fn receive(&mut self, packet: &Bytes) {
        // A device does not need the time.
        if let Some(token) = self.device.transmit(smoltcp::time::Instant::ZERO) {
            token.consume(packet.len(), |room| room.copy_from_slice(packet));
        }
    }

    /// Lets time pass up to `until` and keeps the packets that the kernel sends. With `is_first_enough` it stops at the
    /// first packet.
    pub(super) fn wait(&mut self, until: u64, is_first_enough: bool) {
        loop {
            self.read();
            let left = until.saturating_sub(self.now());
            if left == 0 || (is_first_enough && !self.sent.is_empty()) {
                return;
            }
            let left = smoltcp::time::Duration::from_micros(left);
            // If the wait is interrupted, it is only shorter.
            let _ = phy::wait(self.device.as_raw_fd(), Some(left));
        }
    }

    fn read(&mut self) {
        loop {
            let at = self.now();
            let Some((token, _)) = self.device.receive(smoltcp::time::Instant::ZERO) else { return };
            let packet = token.consume(Bytes::copy_from_slice);
            // Only TCP over IPv4.
            if packet.first().is_some_and(|first| first >> 4 == 4) && packet.get(9) == Some(&6) {
                self.sent.push_back(Sent { at, packet });
            }
        }
    }
}

/// `sysctl -w name=value`.
pub(super) fn set(name: &str, value: &str) -> Result<(), String> {
    let path = format!("/proc/sys/{}", name.replace('.', "/"));
    fs::write(path, value).map_err(|error| format!("sysctl {name}={value}: {error}"))
}

/// The connections and listeners.
pub(super) fn entries() -> Vec<Entry> {
    let table = fs::read_to_string("/proc/net/tcp").unwrap_or_default();
    table.lines().skip(1).filter_map(entry).collect()
}

fn entry(line: &str) -> Option<Entry> {
    let words: Vec<_> = line.split_whitespace().collect();
    let port = |at: usize| u16::from_str_radix(words.get(at)?.split_once(':')?.1, 16).ok();
    let number = u8::from_str_radix(words.get(3)?, 16).ok()?;
    // A connection in SYN-RECEIVED has another number in this file.
    let number = if number == 12 { 3 } else { number };
    Some(Entry {
        local: port(1)?,
        remote: port(2)?,
        state: state_named(&number.to_string())?,
        inode: words.get(9)?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_table_is_read() {
        let line = "   2: 0100A8C0:1F90 010200C0:8235 03 00000000:00000000 01:00000062 00000000     0        0 0 1 \
                    0000000000000000 100 0 0 10 -1";
        let entry = entry(line).expect("a connection");
        assert_eq!((entry.local, entry.remote, entry.inode), (8_080, 33_333, 0));
        assert_eq!(entry.state, State::SynReceived);
    }
}
