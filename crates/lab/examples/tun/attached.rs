//! The host on the device: handles packets, calls and timers as they come.
#![expect(
    clippy::disallowed_methods,
    reason = "the ban keeps clocks out of replays; here the clock is the real one"
)]

use std::collections::VecDeque;
use std::io::{BufRead, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::{io, thread, time};

use bytes::Bytes;
use lab::host::{CallResult, Errno, Host, HostId, Outcome, Program, SocketCall};
use tcp::rng::Rng;
use tcp::time::{Duration, Instant};
use tcp::wire;
use tcp::{SendReason, Settings};
use tun_rs::{DeviceBuilder, SyncDevice};

use crate::command_line::{Options, Service};
use crate::http::Http;
use crate::translate::Translation;
use crate::typed_calls::TypedCalls;

/// Which host of the lab it is. Both can do the same.
const WHO: HostId = HostId::Server;
/// How long to sleep when no timer runs.
const IDLE: time::Duration = time::Duration::from_secs(3_600);

/// An event from outside.
enum Input {
    Packet(Bytes),
    Line(String),
}

/// Runs until the standard input ends or the device is gone.
pub(crate) fn run(options: Options) -> Result<(), String> {
    let device = DeviceBuilder::new().name(&options.tun).inherit_enable_state().build_sync();
    let device = Arc::new(device.map_err(|error| format!("{}: {error}", options.tun))?);
    let (sender, inputs) = channel();
    let (packets, lines) = (sender.clone(), sender);
    let source = Arc::clone(&device);
    thread::spawn(move || read_packets(&source, &packets));
    thread::spawn(move || read_lines(&lines));
    Attached::new(options, device).serve(&inputs)
}

fn read_packets(device: &SyncDevice, packets: &Sender<Input>) {
    let mut buffer = vec![0; 65_536];
    while let Ok(length) = device.recv(&mut buffer) {
        if packets.send(Input::Packet(Bytes::copy_from_slice(&buffer[..length]))).is_err() {
            return;
        }
    }
}

fn read_lines(lines: &Sender<Input>) {
    for line in io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        if lines.send(Input::Line(line)).is_err() {
            return;
        }
    }
    // The program ends with its input.
    let _ = lines.send(Input::Line("quit".to_owned()));
}

struct Attached {
    host: Host,
    device: Arc<SyncDevice>,
    translation: Translation,
    start: time::Instant,
    calls: TypedCalls,
    http: Option<Http>,
    delay: Duration,
    /// The packets from the network that are still delayed, and when they arrive.
    late: VecDeque<(Instant, Bytes)>,
    drop_per_mille: u16,
    rng: Rng,
}

impl Attached {
    fn new(options: Options, device: Arc<SyncDevice>) -> Self {
        let (program, http) = match options.service {
            Service::Lab(program) => (program, None),
            Service::Http => (Program::None, Some(Http::default())),
        };
        let settings = Settings { config: options.config, ..Settings::default() };
        Self {
            host: Host::new(WHO, settings, program),
            device,
            translation: Translation::new(WHO, options.local, options.peer),
            start: time::Instant::now(),
            calls: TypedCalls::default(),
            http,
            delay: options.delay,
            late: VecDeque::new(),
            drop_per_mille: options.drop_per_mille,
            rng: Rng::new(options.seed),
        }
    }

    fn now(&self) -> Instant {
        Instant::from_micros(self.start.elapsed().as_micros() as u64)
    }

    fn serve(&mut self, inputs: &Receiver<Input>) -> Result<(), String> {
        loop {
            self.run_programs()?;
            let wait = self
                .host
                .next_timer()
                .map_or(IDLE, |(at, ..)| time::Duration::from_micros(at.since(self.now()).as_micros()));
            match inputs.recv_timeout(wait) {
                Ok(Input::Packet(packet)) => self.late.push_back((self.now() + self.delay, packet)),
                Ok(Input::Line(line)) if line == "quit" => return Ok(()),
                Ok(Input::Line(line)) => self.on_line(&line)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err("the device is gone".to_owned()),
            }
            self.on_arrivals()?;
            self.on_timers()?;
        }
    }

    fn on_arrivals(&mut self) -> Result<(), String> {
        while let Some((at, _)) = self.late.front()
            && *at <= self.now()
        {
            let Some((_, packet)) = self.late.pop_front() else { return Ok(()) };
            self.on_packet(&packet)?;
        }
        Ok(())
    }

    fn on_packet(&mut self, packet: &Bytes) -> Result<(), String> {
        let Some(packet) = self.translation.to_lab(packet) else { return Ok(()) };
        if self.is_lost("of theirs", &packet)? {
            return Ok(());
        }
        let now = self.now();
        let outcome = self.host.receive(now, packet);
        self.carry_out(&outcome)
    }

    /// Whether `packet` is lost. Prints a line if it has text, SYN or FIN, because such a segment must be sent again.
    fn is_lost(&mut self, whose: &str, packet: &Bytes) -> Result<bool, String> {
        let is_lost = self.rng.per_mille(self.drop_per_mille);
        if is_lost
            && let Ok(segment) = wire::decode(packet)
            && !segment.is_empty()
        {
            say(&format!("lost {whose} {segment}"))?;
        }
        Ok(is_lost)
    }

    fn on_timers(&mut self) -> Result<(), String> {
        let now = self.now();
        while let Some((at, socket, kind)) = self.host.next_timer()
            && at <= now
        {
            let outcome = self.host.fire(now, socket, kind);
            self.carry_out(&outcome)?;
        }
        Ok(())
    }

    fn on_line(&mut self, line: &str) -> Result<(), String> {
        let mut calls = core::mem::take(&mut self.calls);
        let said = calls.run(line, WHO.other(), |call| self.call(call));
        self.calls = calls;
        say(&match said {
            Ok(result) => format!("= {result}"),
            Err(error) => format!("? {error}"),
        })
    }

    fn run_programs(&mut self) -> Result<(), String> {
        while let Some(outcome) = self.host.program_step(self.now()) {
            self.carry_out(&outcome)?;
        }
        if let Some(mut http) = self.http.take() {
            http.run(|call| self.call(call));
            self.http = Some(http);
        }
        Ok(())
    }

    fn call(&mut self, call: SocketCall) -> CallResult {
        let outcome = self.host.call(self.now(), call);
        if let Err(message) = self.carry_out(&outcome) {
            eprintln!("tun: {message}");
            return Err(Errno::ENETUNREACH);
        }
        outcome.result.unwrap_or(Err(Errno::EINVAL))
    }

    /// Sends the packets of an outcome and prints what happened.
    fn carry_out(&mut self, outcome: &Outcome) -> Result<(), String> {
        for taken in &outcome.transitions {
            let transition = &taken.transition;
            if transition.from() != transition.to() {
                let (from, to, rule) = (transition.from(), transition.to(), transition.rule());
                say(&format!("{} {from} -> {to} by {rule}", transition.at))?;
            }
            for (segment, why) in transition.sent().filter(|(_, why)| is_repeat(*why)) {
                say(&format!("again {segment}: {why:?}"))?;
            }
        }
        for packet in outcome.packets() {
            if self.is_lost("of ours", &packet)? {
                continue;
            }
            let Some(packet) = self.translation.to_network(&packet) else { continue };
            self.device.send(&packet).map_err(|error| format!("a packet cannot be sent: {error}"))?;
        }
        Ok(())
    }
}

/// A segment sent for this reason was sent before.
const fn is_repeat(why: SendReason) -> bool {
    matches!(
        why,
        SendReason::Retransmission
            | SendReason::FastRetransmit
            | SendReason::SackRetransmit
            | SendReason::PartialAck
    )
}

/// Prints a line, without buffering.
fn say(line: &str) -> Result<(), String> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).map_err(|error| error.to_string())
}
