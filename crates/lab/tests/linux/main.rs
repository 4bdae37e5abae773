//! Our stack against that of Linux. Real programs talk over a TUN device to the example `tun`, in a network namespace
//! of their own. After each step both ends must be in matching states.
//!
//! This needs root, `ip` and Python. Without them the tests say so and pass.
#![cfg(target_os = "linux")]

mod namespace;

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use namespace::{LAB, Namespace, Talker};

/// Who makes a call.
#[derive(Clone, Copy, Debug)]
enum Who {
    Lab,
    Kernel,
}

use Who::{Kernel, Lab};

/// A call, and the states of the lab's end and the kernel's end after it.
type Step = (Who, &'static str, &'static str, &'static str);

/// Runs a conversation. One of them listens on `port`.
#[track_caller]
fn converse(options: &[&str], port: u16, steps: &[Step]) {
    let Some(namespace) = Namespace::new() else { return };
    let mut lab = namespace.lab(options);
    let mut kernel = namespace.kernel();
    for (number, &(who, call, ours, theirs)) in steps.iter().enumerate() {
        match who {
            Lab => lab.say(call),
            Kernel => kernel.say(call),
        }
        let found = namespace.settle(&mut lab, port, &[(ours, theirs)]);
        assert_eq!(
            (&*found.0, &*found.1),
            (ours, theirs),
            "lab and kernel after step {number}, {who:?} {call}\n{}",
            lab.story()
        );
    }
}

const ESTABLISHED: &str = "ESTABLISHED";

/// The kernel connects to the lab.
const KERNEL_CONNECTS: [Step; 3] = [
    (Lab, "listen 8000", "LISTEN", "CLOSED"),
    (Kernel, "connect 8000", ESTABLISHED, ESTABLISHED),
    (Lab, "accept", ESTABLISHED, ESTABLISHED),
];

/// The lab connects to the kernel.
const LAB_CONNECTS: [Step; 3] = [
    (Kernel, "listen 8000", "CLOSED", "LISTEN"),
    (Lab, "connect 8000", ESTABLISHED, ESTABLISHED),
    (Kernel, "accept", ESTABLISHED, ESTABLISHED),
];

const LAB_CLOSES_FIRST: [Step; 2] =
    [(Lab, "close", "FIN-WAIT-2", "CLOSE-WAIT"), (Kernel, "close", "TIME-WAIT", "CLOSED")];

const KERNEL_CLOSES_FIRST: [Step; 2] =
    [(Kernel, "close", "CLOSE-WAIT", "FIN-WAIT-2"), (Lab, "close", "CLOSED", "TIME-WAIT")];

const DATA_BOTH_WAYS: [Step; 4] = [
    (Lab, "send from the lab", ESTABLISHED, ESTABLISHED),
    (Kernel, "recv", ESTABLISHED, ESTABLISHED),
    (Kernel, "send from the kernel", ESTABLISHED, ESTABLISHED),
    (Lab, "recv", ESTABLISHED, ESTABLISHED),
];

/// One end has sent its FIN, the other still sends data.
const LAB_HALF_CLOSES: [Step; 5] = [
    (Lab, "shutdown", "FIN-WAIT-2", "CLOSE-WAIT"),
    (Kernel, "send after your FIN", "FIN-WAIT-2", "CLOSE-WAIT"),
    (Lab, "recv", "FIN-WAIT-2", "CLOSE-WAIT"),
    (Kernel, "close", "TIME-WAIT", "CLOSED"),
    (Lab, "recv", "TIME-WAIT", "CLOSED"),
];

const KERNEL_HALF_CLOSES: [Step; 5] = [
    (Kernel, "shutdown", "CLOSE-WAIT", "FIN-WAIT-2"),
    (Lab, "send after your FIN", "CLOSE-WAIT", "FIN-WAIT-2"),
    (Kernel, "recv", "CLOSE-WAIT", "FIN-WAIT-2"),
    (Lab, "close", "CLOSED", "TIME-WAIT"),
    (Kernel, "recv", "CLOSED", "TIME-WAIT"),
];

#[test]
fn every_order_of_closing() {
    for opening in [KERNEL_CONNECTS, LAB_CONNECTS] {
        for closing in [&LAB_CLOSES_FIRST[..], &KERNEL_CLOSES_FIRST, &LAB_HALF_CLOSES, &KERNEL_HALF_CLOSES] {
            converse(&[], 8_000, &[&opening[..], &DATA_BOTH_WAYS, closing].concat());
        }
    }
}

/// The kernel's packets are delayed, so that the two FINs cross.
#[test]
fn both_close_at_once() {
    let closing: [Step; 3] = [
        (Lab, "shutdown", "FIN-WAIT-1", "CLOSE-WAIT"),
        // The kernel's acknowledgement of our FIN is still on its way.
        (Kernel, "close", "FIN-WAIT-1", "LAST-ACK"),
        (Lab, "recv", "TIME-WAIT", "CLOSED"),
    ];
    converse(&["--delay-ms", "400"], 8_000, &[&KERNEL_CONNECTS[..], &closing].concat());
    let crossing: [Step; 2] =
        [(Kernel, "close", ESTABLISHED, "FIN-WAIT-1"), (Lab, "close", "TIME-WAIT", "TIME-WAIT")];
    converse(&["--delay-ms", "400"], 8_000, &[&KERNEL_CONNECTS[..], &crossing].concat());
}

#[test]
fn aborts_and_refusals() {
    for opening in [KERNEL_CONNECTS, LAB_CONNECTS] {
        for who in [Lab, Kernel] {
            let abort: [Step; 1] = [(who, "abort", "CLOSED", "CLOSED")];
            converse(&[], 8_000, &[&opening[..], &abort].concat());
        }
    }
    converse(&[], 8_000, &[(Lab, "connect 8000", "CLOSED", "CLOSED")]);
    converse(&[], 8_000, &[(Kernel, "connect 8000", "CLOSED", "CLOSED")]);
}

/// Our TIME-WAIT ends after 2 MSL, and then a SYN of the kernel is accepted.
#[test]
fn time_wait_ends() {
    let steps = [
        &KERNEL_CONNECTS[..],
        &LAB_CLOSES_FIRST,
        &[(Kernel, "recv", "CLOSED", "CLOSED"), (Kernel, "connect 8000", ESTABLISHED, ESTABLISHED)],
    ];
    converse(&["--msl-ms", "500"], 8_000, &steps.concat());
}

/// The server that never closes leaves its connection in CLOSE-WAIT and the kernel's in FIN-WAIT-2.
#[test]
fn a_server_that_never_closes() {
    let steps: [Step; 3] = [
        (Kernel, "connect 80", ESTABLISHED, ESTABLISHED),
        (Kernel, "send hello", ESTABLISHED, ESTABLISHED),
        (Kernel, "close", "CLOSE-WAIT", "FIN-WAIT-2"),
    ];
    converse(&["--program", "never-closes"], 80, &steps);
}

/// How many segments were lost in a run, and how many were sent again.
#[derive(Debug, Default)]
struct Recovery {
    /// Lost segments with text, SYN or FIN: ours, and the kernel's.
    lost: [usize; 2],
    /// Segments sent again: by us, and by the kernel.
    again: [usize; 2],
}

impl Recovery {
    fn of(namespace: &Namespace, lab: &mut Talker) -> Self {
        let lost = [lab.count("lost of ours "), lab.count("lost of theirs ")];
        Self { lost, again: [lab.count("again "), namespace.retransmitted() as usize] }
    }

    /// Checks that an end that lost segments has sent some again.
    #[track_caller]
    fn check(&self, story: &str) {
        for (lost, again) in self.lost.into_iter().zip(self.again) {
            assert!(lost == 0 || again > 0, "{self:?}\n{story}");
        }
    }
}

/// Data is echoed unchanged although packets are lost: both ends send lost segments again, and both reach CLOSED.
#[test]
fn an_echo_through_losses() {
    let mut lost = [0; 2];
    for (drop, bytes) in [("0", 300_000), ("20", 200_000), ("100", 60_000)] {
        let Some(namespace) = Namespace::new() else { return };
        let mut lab =
            namespace.lab(&["--program", "echo", "--drop", drop, "--seed", drop, "--rto-ms", "200"]);
        let mut kernel = namespace.kernel();
        kernel.say(&format!("echo {bytes}"));
        assert_eq!(
            kernel.hear(Duration::from_secs(120)).as_deref(),
            Some("= same"),
            "{drop} of a thousand lost"
        );
        let over = ("CLOSED", "TIME-WAIT");
        let found = namespace.settle(&mut lab, 80, &[over]);
        assert_eq!((&*found.0, &*found.1), over, "{drop} of a thousand lost\n{}", lab.story());
        let recovery = Recovery::of(&namespace, &mut lab);
        println!("{drop} of a thousand lost: {recovery:?}");
        recovery.check(&lab.story());
        if drop == "0" {
            assert_eq!(recovery.lost, [0; 2]);
        }
        lost = [lost[0] + recovery.lost[0], lost[1] + recovery.lost[1]];
    }
    assert!(lost[0] > 0 && lost[1] > 0, "what is lost each way, with something in it: {lost:?}");
}

/// How a connection with curl may end. The lab's server closes when its answer is sent, and curl when it has the
/// answer: either is first, or both close at once.
const OVER: [(&str, &str); 3] =
    [("TIME-WAIT", "CLOSED"), ("TIME-WAIT", "TIME-WAIT"), ("CLOSED", "TIME-WAIT")];

#[test]
fn curl_reads_a_page() {
    if is_missing("curl") {
        return eprintln!("skipped: there is no curl");
    }
    for (drop, path, length) in [("0", "/", 43), ("0", "/1000000", 1_000_000), ("50", "/100000", 100_000)] {
        let Some(namespace) = Namespace::new() else { return };
        let mut lab = namespace.lab(&["--program", "http", "--drop", drop, "--rto-ms", "200"]);
        let url = format!("http://{LAB}{path}");
        let mut curl = namespace.command("curl");
        curl.args(["--silent", "--show-error", "--max-time", "60", "--limit-rate", "400k", &url]);
        let curl = curl.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("ip runs");
        if length == 1_000_000 {
            // It takes two seconds and a half.
            let found = namespace.settle(&mut lab, 80, &[(ESTABLISHED, ESTABLISHED)]);
            assert_eq!((&*found.0, &*found.1), (ESTABLISHED, ESTABLISHED), "{}", lab.story());
        }
        let curl = curl.wait_with_output().expect("curl ends");
        assert!(curl.status.success(), "{drop}: {}", String::from_utf8_lossy(&curl.stderr));
        assert_eq!(curl.stdout.len(), length, "{path} with {drop} of a thousand lost");
        let found = namespace.settle(&mut lab, 80, &OVER);
        assert!(OVER.contains(&(&found.0, &found.1)), "{path}: {found:?}\n{}", lab.story());
        let recovery = Recovery::of(&namespace, &mut lab);
        println!("{path} with {drop} of a thousand lost: {recovery:?}, then {found:?}");
        recovery.check(&lab.story());
    }
}

#[test]
fn netcat_sends_and_leaves() {
    if is_missing("nc") {
        return eprintln!("skipped: there is no nc");
    }
    let Some(namespace) = Namespace::new() else { return };
    let mut lab = namespace.lab(&["--program", "echo"]);
    let mut command = namespace.command("nc");
    command.args(["-w", "3", LAB, "80"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut nc = command.spawn().expect("ip runs");
    let mut input = nc.stdin.take().expect("it is piped");
    input.write_all(b"hello\n").expect("nc reads");
    let found = namespace.settle(&mut lab, 80, &[(ESTABLISHED, ESTABLISHED)]);
    assert_eq!((&*found.0, &*found.1), (ESTABLISHED, ESTABLISHED), "{}", lab.story());
    // netcat exits when its input has ended and nothing has arrived for three seconds.
    drop(input);
    let out = nc.wait_with_output().expect("nc ends");
    assert_eq!(String::from_utf8_lossy(&out.stdout), "hello\n");
    let over = ("CLOSED", "TIME-WAIT");
    let found = namespace.settle(&mut lab, 80, &[over]);
    assert_eq!((&*found.0, &*found.1), over, "{}", lab.story());
}

fn is_missing(program: &str) -> bool {
    let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
    !found.is_ok_and(|output| output.status.success())
}
