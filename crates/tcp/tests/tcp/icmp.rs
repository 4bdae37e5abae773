//! ICMP reports of problems on the way (RFC 9293 §3.9.2.2, RFC 5461, RFC 5927).

use tcp::{Event, IcmpKind, IcmpReport, Rule, SeqNumber, Settings, Signal, State, Test, Transition};

use crate::ends::End;

const SOFT: [IcmpKind; 5] = [
    IcmpKind::NetUnreachable,
    IcmpKind::HostUnreachable,
    IcmpKind::FragmentationNeeded,
    IcmpKind::TimeExceeded,
    IcmpKind::ParameterProblem,
];
const HARD: [IcmpKind; 3] = [IcmpKind::ProtocolUnreachable, IcmpKind::PortUnreachable, IcmpKind::Prohibited];

/// Gives the end a report about the segment in flight.
fn report(end: &mut End, kind: IcmpKind) -> Transition {
    let seq = end.tcb.snd.una;
    end.on(Event::IcmpArrives(IcmpReport { kind, seq }))
}

/// For each state that has sequence numbers, an end with something in flight.
fn ends() -> impl Iterator<Item = End> {
    State::ALL.iter().copied().filter(|state| !matches!(state, State::Closed | State::Listen)).map(|state| {
        let mut end = End::in_state(state);
        if end.state().may_send() {
            end.send(b"data");
        }
        end
    })
}

#[test]
fn must_56_a_soft_error_ends_nothing_in_any_state() {
    for end in ends().filter(|end| end.tcb.in_flight() > 0) {
        for kind in SOFT {
            let mut end = end.clone();
            let before = end.tcb.clone();
            let transition = report(&mut end, kind);
            assert_eq!(transition.rule(), Rule::IcmpNoted, "{kind:?} in {}", before.state);
            assert_eq!((end.state(), &end.tcb.timers), (before.state, &before.timers));
            assert_eq!(end.tcb.soft_error, Some(kind));
        }
    }
}

#[test]
fn if_so_set_no_report_ends_anything() {
    let mut settings = Settings::default();
    settings.config.icmp_never_aborts = true;
    settings.config.icmp_hard_aborts = true;
    for (kind, state) in
        HARD.into_iter().flat_map(|kind| [(kind, State::SynSent), (kind, State::SynReceived)])
    {
        let mut end = End::in_state_with(state, settings.clone());
        assert_eq!((report(&mut end, kind).rule(), end.state()), (Rule::IcmpNoted, state), "{kind:?}");
    }
}

#[test]
fn shld_26_a_hard_error_ends_an_open_in_progress() {
    for (kind, signal) in HARD.into_iter().zip([Signal::Refused, Signal::Refused, Signal::HostUnreachable]) {
        for state in [State::SynSent, State::SynReceived] {
            let mut end = End::in_state(state);
            let transition = report(&mut end, kind);
            assert_eq!((transition.rule(), end.state()), (Rule::IcmpEndsConnection, State::Closed));
            assert!(transition.signals().eq([signal]), "{kind:?}");
        }
    }
}

#[test]
fn a_hard_error_ends_an_open_connection_only_if_so_set() {
    for believes in [false, true] {
        let mut settings = Settings::default();
        settings.config.icmp_hard_aborts = believes;
        let mut end = End::in_state_with(State::Established, settings);
        end.send(b"data");
        report(&mut end, IcmpKind::PortUnreachable);
        assert_eq!(end.state(), if believes { State::Closed } else { State::Established });
    }
}

#[test]
fn must_55_source_quench_changes_nothing() {
    for mut end in ends().filter(|end| end.tcb.in_flight() > 0) {
        let before = end.tcb.clone();
        assert_eq!(report(&mut end, IcmpKind::SourceQuench).rule(), Rule::IcmpSourceQuench);
        assert_eq!(end.tcb, before);
    }
}

#[test]
fn must_54_a_report_about_no_segment_in_flight_changes_nothing() {
    for end in ends() {
        let snd = end.tcb.snd;
        for seq in [snd.una.sub(1), snd.nxt, snd.nxt.add(1), SeqNumber(snd.una.0 ^ 0x8000_0000)] {
            for &kind in IcmpKind::ALL {
                let mut end = end.clone();
                let before = end.tcb.clone();
                let transition = end.on(Event::IcmpArrives(IcmpReport { kind, seq }));
                assert_eq!(transition.rule(), Rule::IcmpOfNothingInFlight);
                assert!(!transition.check(Test::QuotesWhatIsInFlight).expect("it was made").passed);
                assert_eq!(end.tcb, before);
            }
        }
    }
}

#[test]
fn shld_25_a_time_out_is_reported_with_the_soft_error() {
    for (kind, expected) in [
        (None, Signal::TimedOut),
        (Some(IcmpKind::NetUnreachable), Signal::NetUnreachable),
        (Some(IcmpKind::HostUnreachable), Signal::HostUnreachable),
    ] {
        let mut end = End::in_state(State::SynSent);
        if let Some(kind) = kind {
            report(&mut end, kind);
        }
        let last = loop {
            let (_, transition) = end.expire();
            if end.state() == State::Closed {
                break transition;
            }
        };
        assert!(last.signals().eq([expected]), "{kind:?}");
    }
}

#[test]
fn an_answer_from_the_other_end_clears_the_report() {
    let mut end = End::in_state(State::SynSent);
    report(&mut end, IcmpKind::HostUnreachable);
    let syn_ack = end.peer(tcp::Control::SYN | tcp::Control::ACK, 0, 1);
    end.rcv(&syn_ack);
    assert_eq!(end.tcb.soft_error, None);
}
