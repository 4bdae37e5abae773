//! Our stack compared with smoltcp, and the cost of what the lab adds: time travel and memory.
//!
//! `cargo xtask bench` runs this and the measurements of the page, and prints one table. Run alone, this prints each
//! row as it is measured, with tabs between the cells.
//!
//! No machine is quiet, so times are compared instead of being judged by themselves: both sides run in this process in
//! turns, one round at a time, and the median of the ratios counts.

mod lab;
mod our_pair;
#[path = "../../tests/peers/smoltcp_host.rs"]
mod smoltcp_host;
mod their_pair;
mod timing;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;

use timing::{Comparison, compare, pretty};

/// How many bytes one connection carries before it closes.
const CHURN_BYTES: usize = 1_024;
/// How many connections one round makes, so that a round takes much longer than reading the clock.
const CONNECTIONS_A_ROUND: u32 = 100;
const CHURN_ROUNDS: usize = 201;
const BULK_BYTES: usize = 4 << 20;
const BULK_ROUNDS: usize = 51;
/// The goal of each comparison with a peer.
const NO_SLOWER: f64 = 1.0;
/// The receive and send buffers of both stacks.
const BUFFER_BYTES: usize = 65_535;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // Cargo adds `--bench` to what the user wrote.
    let mut arguments = arguments.iter().map(String::as_str).filter(|argument| *argument != "--bench");
    match (arguments.next(), arguments.next()) {
        (None, _) => measure(),
        (Some("--spin"), Some("churn")) => spin(our_pair::Pair::new(), |ours| {
            black_box(ours.connection(CHURN_BYTES));
        }),
        (Some("--spin"), Some("bulk")) => spin(our_pair::Pair::unrecorded(), |ours| {
            black_box(ours.bulk(BULK_BYTES));
        }),
        _ => {
            eprintln!("usage: cargo bench --bench peers -- [--spin churn|bulk]");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn measure() {
    // First, while the process has allocated little. Later the run could reuse memory that was freed by others.
    lab::memory();
    churn();
    records_alone();
    bulk();
    lab::seek();
    lab::growth();
}

/// Our side alone for some seconds, for a profiler to watch.
fn spin(mut pair: our_pair::Pair, work: impl Fn(&mut our_pair::Pair)) {
    let watch = timing::Watch::start();
    while watch.elapsed() < Duration::from_secs(5) {
        work(&mut pair);
    }
}

fn churn() {
    let (mut ours, mut theirs) = (our_pair::Pair::new(), their_pair::Pair::new());
    let packets = (ours.connection(CHURN_BYTES), theirs.connection(CHURN_BYTES));
    let compared = compare_connections(
        || {
            black_box(ours.connection(black_box(CHURN_BYTES)));
        },
        &mut theirs,
    );
    against_smoltcp("open + 1 KB + close, recording on", &compared, packets);
}

/// The cost of copying the records of a connection, and nothing else: no stack that keeps such records can be faster.
fn records_alone() {
    let records = our_pair::Pair::new().records_of(CHURN_BYTES);
    let compared = compare_connections(
        || {
            black_box(our_pair::copied(black_box(&records)));
        },
        &mut their_pair::Pair::new(),
    );
    row(
        "the records of such a connection, copied and no more",
        &format!("{} for {} records", pretty(compared.ours), records.len()),
        &format!("smoltcp's connection {}", pretty(compared.theirs)),
        &compared.to_string(),
        Verdict::Told,
    );
}

/// The time of `work`, compared with that of one connection of smoltcp.
fn compare_connections(mut work: impl FnMut(), theirs: &mut their_pair::Pair) -> Comparison {
    let ours = || (0..CONNECTIONS_A_ROUND).for_each(|_| work());
    let theirs = || {
        for _ in 0..CONNECTIONS_A_ROUND {
            black_box(theirs.connection(black_box(CHURN_BYTES)));
        }
    };
    compare(CHURN_ROUNDS, ours, theirs).per(CONNECTIONS_A_ROUND)
}

fn bulk() {
    let (mut ours, mut theirs) = (our_pair::Pair::unrecorded(), their_pair::Pair::new());
    let packets = (ours.bulk(BULK_BYTES), theirs.bulk(BULK_BYTES));
    let compared = compare(
        BULK_ROUNDS,
        || {
            black_box(ours.bulk(black_box(BULK_BYTES)));
        },
        || {
            black_box(theirs.bulk(black_box(BULK_BYTES)));
        },
    );
    against_smoltcp("bulk transfer of 4 MB, recording off", &compared, packets);
}

fn against_smoltcp(what: &str, compared: &Comparison, packets: (usize, usize)) {
    row(
        what,
        &format!("{} in {} packets", pretty(compared.ours), packets.0),
        &format!("smoltcp {} in {} packets", pretty(compared.theirs), packets.1),
        &format!("{compared}, goal <= {NO_SLOWER}"),
        Verdict::of(compared.ratio <= NO_SLOWER),
    );
}

/// The result of a row.
#[derive(Clone, Copy)]
enum Verdict {
    Good,
    Over,
    /// There is no goal; the number is information.
    Told,
}

impl Verdict {
    const fn of(is_good: bool) -> Self {
        if is_good { Self::Good } else { Self::Over }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Good => "ok",
            Self::Over => "OVER",
            Self::Told => "-",
        }
    }
}

/// One row of the table that `cargo xtask bench` prints.
fn row(what: &str, measured: &str, reference: &str, ratio: &str, verdict: Verdict) {
    println!("row\t{what}\t{measured}\t{reference}\t{ratio}\t{}", verdict.word());
}
