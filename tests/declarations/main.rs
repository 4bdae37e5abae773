//! `www/tcp-lab.d.ts` types what crosses to JavaScript. The class and the functions in it are written by hand; the plain
//! data below them is made from the Rust types.
//!
//! `DECLARATIONS=write cargo test --test declarations` puts what has changed into the file.

mod layout;

use std::fmt::Write as _;
use std::path::Path;

use lab::host::SocketOption;
use lab::{net, predicate, scenario, session, snapshot, view};
use ts_rs::{Config, TS};

use layout::lay_out;

/// What is below this line in the file is made here.
const HEAD: &str = "// What follows is made from the Rust types: see tests/declarations/main.rs.\n";

/// The verdicts on one packet are actions of their own names, as they have been from the first version on.
const VERDICT_ACTION: &str = r#"/**
 * What happens to one packet, by its number in `Snapshot.in_flight`.
 */
type VerdictAction = { "type": "deliver" | "drop" | "hold" | "release" | "duplicate" | "swap", segment: number, } | { "type": "unreachable", segment: number, kind?: IcmpName | null, } | { "type": "delay", segment: number, us: Duration, } | { "type": "corrupt", segment: number, byte?: number | null, }"#;

/// All declarations, one after the other.
#[derive(Default)]
struct Declarations(String);

impl Declarations {
    /// Adds `text`, which is a comment and a type.
    fn add(&mut self, text: &str) {
        let _ = write!(self.0, "\n{}", lay_out(text));
    }

    /// Adds a Rust type.
    fn of<T: TS>(&mut self) -> &mut Self {
        self.add(&declaration::<T>());
        self
    }

    /// Adds a Rust type of which any field may be left out.
    fn with_defaults<T: TS>(&mut self) -> &mut Self {
        let is_comment = |line: &str| line.starts_with(['/', ' ']);
        let optional =
            |line: &str| if is_comment(line) { line.to_owned() } else { line.replacen(": ", "?: ", 1) };
        let lines: Vec<_> = declaration::<T>().lines().map(optional).collect();
        self.add(&lines.join("\n"));
        self
    }
}

fn declaration<T: TS>() -> String {
    // The numbers that cross are never greater than JavaScript's.
    let types = Config::new().with_large_int("number");
    T::docs().unwrap_or_default() + &T::decl(&types)
}

fn made() -> String {
    let mut all = Declarations::default();
    // Names and numbers.
    all.of::<tcp::time::Instant>().of::<tcp::time::Duration>().of::<net::PacketId>();
    all.of::<lab::host::HostId>()
        .of::<tcp::State>()
        .of::<tcp::TimerKind>()
        .of::<tcp::Rule>()
        .of::<tcp::Test>();
    all.of::<tcp::Var>().of::<tcp::Control>().of::<tcp::DropReason>().of::<tcp::SendReason>();
    all.of::<tcp::TimerReason>().of::<tcp::Signal>().of::<tcp::IcmpKind>().of::<lab::host::Errno>();
    all.of::<lab::host::Program>().of::<lab::host::How>().of::<lab::host::Descriptor>().of::<net::Cable>();
    let options = SocketOption::NAMES.map(|(name, _)| format!("{name:?}")).join(" | ");
    all.add(&format!(
        "/**\n * What can be set on one socket; what is not set is as the host's `Config` says.\n */\ntype SocketOptionName = {options}"
    ));
    // What is set.
    all.of::<tcp::Endpoint>().with_defaults::<tcp::Config>().with_defaults::<tcp::WhatIf>();
    all.with_defaults::<tcp::Settings>()
        .of::<net::Verdict>()
        .with_defaults::<net::Match>()
        .of::<net::LinkRule>();
    // What is done, and what is asked.
    all.of::<lab::Action>().add(VERDICT_ACTION);
    all.of::<predicate::Predicate>().of::<predicate::Moment>();
    all.of::<lab::Scenario>().of::<scenario::Localized>().with_defaults::<scenario::Hosts>();
    all.with_defaults::<scenario::HostSetup>().with_defaults::<scenario::LinkSetup>();
    all.of::<scenario::ScriptEntry>().of::<scenario::Step>().of::<scenario::Question>();
    all.of::<scenario::Choice>().of::<scenario::VerdictRule>();
    // What there is.
    all.of::<lab::Snapshot>().of::<snapshot::NextView>().of::<snapshot::HostView>();
    all.of::<snapshot::SocketView>().of::<snapshot::TimerView>().of::<snapshot::SegmentView>();
    all.of::<snapshot::LinkView>().of::<session::BranchView>().of::<lab::QuestionState>();
    // What has happened.
    all.of::<view::RecordView>()
        .of::<lab::net::RecordKind>()
        .of::<view::CallView>()
        .of::<view::TransitionView>();
    all.of::<view::Cause>().of::<tcp::Check>().of::<view::EffectView>();
    // What is told of it.
    all.of::<course::Explanation>().of::<course::CheckLine>().of::<course::Span>().of::<course::NoteRef>();
    all.of::<course::Lang>();
    all.0
}

#[test]
fn the_declarations_are_those_of_the_rust_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/tcp-lab.d.ts");
    let file = std::fs::read_to_string(&path).expect("the file is there");
    let (by_hand, found) = file.split_once(HEAD).expect("the file says what is made");
    let made = made();
    if std::env::var("DECLARATIONS").is_ok_and(|value| value == "write") {
        std::fs::write(path, format!("{by_hand}{HEAD}{made}")).expect("the file can be written");
        return;
    }
    for (found, made) in found.lines().zip(made.lines()) {
        assert_eq!(found, made, "run it with DECLARATIONS=write");
    }
    assert_eq!(found.lines().count(), made.lines().count(), "run it with DECLARATIONS=write");
}
