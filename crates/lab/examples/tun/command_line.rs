//! The options of the command line.

use std::net::Ipv4Addr;

use lab::host::Program;
use tcp::Config;
use tcp::time::Duration;

pub(crate) const USAGE: &str = "\
usage: tun --tun NAME --local ADDRESS --peer ADDRESS [options]
  --tun NAME        the device; it must exist and be up
  --local ADDRESS   the address of the lab's host
  --peer ADDRESS    the address it talks to
  --program NAME    what listens on port 80: echo, sink, never-closes or http
  --drop N          so many of a thousand packets are lost, each way
  --delay-ms N      packets from the network are that late
  --seed N          which of them
  --msl-ms N        the maximum segment lifetime; TIME-WAIT lasts twice as long
  --rto-ms N        the least and the first retransmission time-out
Socket calls come from the standard input: listen PORT, accept, connect PORT, send TEXT, recv, shutdown, close, abort.";

/// What listens on port 80.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    /// A program of the lab, or none.
    Lab(Program),
    /// A tiny web server.
    Http,
}

/// All options.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) tun: String,
    pub(crate) local: Ipv4Addr,
    pub(crate) peer: Ipv4Addr,
    pub(crate) service: Service,
    pub(crate) drop_per_mille: u16,
    pub(crate) delay: Duration,
    pub(crate) seed: u64,
    pub(crate) config: Config,
}

impl Options {
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut tun, mut local, mut peer) = (None, None, None);
        let mut service = Service::Lab(Program::None);
        let (mut drop_per_mille, mut seed, mut config) = (0, 1, Config::default());
        let mut delay = Duration::ZERO;
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
            let wrong = || format!("{name} cannot be `{value}`");
            let millis = || value.parse().map(Duration::from_millis).map_err(|_| wrong());
            match name.as_str() {
                "--tun" => tun = Some(value.clone()),
                "--local" => local = Some(value.parse().map_err(|_| wrong())?),
                "--peer" => peer = Some(value.parse().map_err(|_| wrong())?),
                "--program" => service = Self::service(&value).ok_or_else(wrong)?,
                "--drop" => drop_per_mille = value.parse().map_err(|_| wrong())?,
                "--delay-ms" => delay = millis()?,
                "--seed" => seed = value.parse().map_err(|_| wrong())?,
                "--msl-ms" => config.msl = millis()?,
                "--rto-ms" => (config.rto_min, config.rto_initial) = (millis()?, millis()?),
                _ => return Err(format!("there is no option {name}")),
            }
        }
        Ok(Self {
            tun: tun.ok_or("--tun is missing")?,
            local: local.ok_or("--local is missing")?,
            peer: peer.ok_or("--peer is missing")?,
            service,
            drop_per_mille,
            delay,
            seed,
            config,
        })
    }

    fn service(name: &str) -> Option<Service> {
        Some(match name {
            "echo" => Service::Lab(Program::Echo),
            "sink" => Service::Lab(Program::Sink),
            "never-closes" => Service::Lab(Program::NeverCloses),
            "http" => Service::Http,
            _ => return None,
        })
    }
}
