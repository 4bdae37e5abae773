//! A network namespace with a TUN device. The lab's host is at one end of it, the kernel at the other.
#![expect(
    clippy::disallowed_methods,
    reason = "the ban keeps clocks out of replays; the kernel has a real one"
)]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The addresses, which exist only inside the namespace.
const KERNEL: &str = "10.77.0.1";
pub(crate) const LAB: &str = "10.77.0.2";
const DEVICE: &str = "lab0";
const LINES_OF_STORY: usize = 40;

/// A network namespace. It is deleted with everything in it when this is dropped.
pub(crate) struct Namespace {
    name: String,
}

impl Namespace {
    /// None, with a message, if the namespace cannot be made.
    pub(crate) fn new() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tcp-state-lab-{}-{count}", std::process::id());
        if let Err(why) = run(Command::new("ip").args(["netns", "add", &name])) {
            eprintln!("skipped: no network namespace can be made here (it needs root and iproute2): {why}");
            return None;
        }
        let namespace = Self { name };
        let device = [
            format!("tuntap add {DEVICE} mode tun"),
            format!("address add {KERNEL} peer {LAB} dev {DEVICE}"),
            format!("link set {DEVICE} up"),
            "link set lo up".to_owned(),
        ];
        for arguments in device {
            let made = run(namespace.command("ip").args(arguments.split(' ')));
            if let Err(why) = made {
                eprintln!("skipped: no TUN device can be made here: {why}");
                return None;
            }
        }
        Some(namespace)
    }

    /// A command that runs inside the namespace.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.name, program]);
        command
    }

    /// The lab's host on the device.
    pub(crate) fn lab(&self, options: &[&str]) -> Talker {
        let mut command = self.command(&example());
        command.args(["--tun", DEVICE, "--local", LAB, "--peer", KERNEL]).args(options);
        let talker = Talker::start(command);
        // Packets sent before the device has an owner are lost.
        let carrier = || run(self.command("cat").arg(format!("/sys/class/net/{DEVICE}/carrier")));
        let is_up =
            |carrier: &Result<String, String>| carrier.as_deref().is_ok_and(|text| text.trim() == "1");
        let attached = until(Duration::from_secs(10), is_up, carrier);
        assert!(is_up(&attached), "the example did not attach: {attached:?}");
        talker
    }

    /// A Python program with the kernel's sockets.
    pub(crate) fn kernel(&self) -> Talker {
        let mut command = self.command("python3");
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/linux/kernel.py")).arg(LAB);
        Talker::start(command)
    }

    /// The state that `ss` reports for the connection with `port` at one end, or else for the listener; in the RFC's
    /// words.
    pub(crate) fn state(&self, port: u16) -> String {
        let sockets = run(self.command("ss").arg("-tanH")).unwrap_or_else(|why| panic!("ss: {why}"));
        let ending = format!(":{port}");
        let mut states: Vec<_> = sockets
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>())
            .filter(|fields| {
                fields.len() >= 5 && (fields[3].ends_with(&ending) || fields[4].ends_with(&ending))
            })
            .map(|fields| name_of(fields[0]))
            .collect();
        // The listener counts only if there is nothing else.
        states.sort_by_key(|state| *state == "LISTEN");
        states.first().copied().unwrap_or("CLOSED").to_owned()
    }

    /// How many segments the kernel has sent again in this namespace. There are no other connections in it.
    pub(crate) fn retransmitted(&self) -> u32 {
        let counters = run(self.command("cat").arg("/proc/net/snmp")).unwrap_or_else(|why| panic!("{why}"));
        let mut lines = counters.lines().filter_map(|line| line.strip_prefix("Tcp: "));
        let (names, values) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let mut pairs = names.split(' ').zip(values.split(' '));
        let (_, count) = pairs.find(|(name, _)| *name == "RetransSegs").expect("the kernel counts them");
        count.parse().expect("it is a number")
    }

    /// Waits until the states, ours and the kernel's, are among `wanted`. Returns the last states seen.
    pub(crate) fn settle(&self, lab: &mut Talker, port: u16, wanted: &[(&str, &str)]) -> (String, String) {
        until(
            Duration::from_secs(30),
            |(ours, theirs): &(String, String)| wanted.contains(&(ours, theirs)),
            || (lab.state(), self.state(port)),
        )
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        if let Err(why) = run(Command::new("ip").args(["netns", "delete", &self.name])) {
            eprintln!("the namespace {} is left behind: {why}", self.name);
        }
    }
}

/// The RFC's name for what `ss` prints.
fn name_of(state: &str) -> &'static str {
    match state {
        "ESTAB" => "ESTABLISHED",
        "SYN-SENT" => "SYN-SENT",
        "SYN-RECV" => "SYN-RECEIVED",
        "FIN-WAIT-1" => "FIN-WAIT-1",
        "FIN-WAIT-2" => "FIN-WAIT-2",
        "TIME-WAIT" => "TIME-WAIT",
        "CLOSE-WAIT" => "CLOSE-WAIT",
        "LAST-ACK" => "LAST-ACK",
        "CLOSING" => "CLOSING",
        "LISTEN" => "LISTEN",
        other => panic!("ss prints {other}"),
    }
}

/// Builds the example and returns its path. If all targets are tested, Cargo has built it already.
fn example() -> String {
    static BUILT: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    let build = || {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(["build", "--quiet", "--locked", "--example", "tun"])
            .current_dir(env!("CARGO_MANIFEST_DIR"));
        run(&mut cargo).unwrap_or_else(|why| panic!("the example does not build: {why}"));
        let test = std::env::current_exe().expect("a test knows its path");
        let folder = test.ancestors().find(|folder| folder.ends_with("deps")).and_then(|deps| deps.parent());
        let profile = folder.expect("tests stand in target/PROFILE/deps");
        // Built with the default profile of `cargo build`, whatever the profile of the test.
        let debug = profile.with_file_name("debug");
        debug.join("examples/tun").to_str().expect("the path is text").to_owned()
    };
    BUILT.get_or_init(build).clone()
}

/// The output of a command, or why it failed.
fn run(command: &mut Command) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}

/// Calls `look` until its value is wanted or the time is over. Returns the last value.
pub(crate) fn until<T>(patience: Duration, is_wanted: impl Fn(&T) -> bool, mut look: impl FnMut() -> T) -> T {
    let start = Instant::now();
    loop {
        let seen = look();
        if is_wanted(&seen) || start.elapsed() > patience {
            return seen;
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// A program with line-based input and output. It is killed when this is dropped.
pub(crate) struct Talker {
    child: Child,
    input: ChildStdin,
    output: Receiver<String>,
    heard: Vec<String>,
}

impl Talker {
    fn start(mut command: Command) -> Self {
        let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = started.expect("ip runs");
        let input = child.stdin.take().expect("it is piped");
        let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let (sender, output) = channel();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, input, output, heard: Vec::new() }
    }

    pub(crate) fn say(&mut self, line: &str) {
        writeln!(self.input, "{line}").expect("it listens");
    }

    /// The next line, if it comes in time.
    pub(crate) fn hear(&mut self, patience: Duration) -> Option<String> {
        self.output.recv_timeout(patience).ok()
    }

    /// The state of the lab's connection, from the lines printed so far.
    pub(crate) fn state(&mut self) -> String {
        self.heard.extend(self.output.try_iter());
        let steps = self.heard.iter().rev().filter_map(|line| line.split_once(" -> "));
        let last = steps.map(|(_, to)| to.split(' ').next().unwrap_or_default().to_owned()).next();
        last.unwrap_or_else(|| "CLOSED".to_owned())
    }

    /// How many of the lines printed so far begin with `beginning`.
    pub(crate) fn count(&mut self, beginning: &str) -> usize {
        self.heard.extend(self.output.try_iter());
        self.heard.iter().filter(|line| line.starts_with(beginning)).count()
    }

    /// The last lines it has printed.
    pub(crate) fn story(&self) -> String {
        let first = self.heard.len().saturating_sub(LINES_OF_STORY);
        self.heard[first..].join("\n")
    }
}

impl Drop for Talker {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
