//! Takes any bytes for packets that reach a host, reports of routers among them.

use std::rc::Rc;

use bytes::Bytes;
use course::experiments;
use lab::host::HostId;
use lab::{Action, Session};
use tcp::IcmpKind;
use tcp::time::Duration;
use tcp::wire::{encode, encode_icmp};

use super::bytes_as::Choices;

/// Lets packets come to the hosts of an experiment, at some moment of it.
pub fn check(data: &[u8]) {
    let mut choices = Choices(data);
    let scenario = experiments::all()[usize::from(choices.byte()) % experiments::all().len()].clone();
    let mut session = Session::new(Rc::clone(&scenario));
    let _ = session.take(&Action::SkipQuestion);
    for _ in 0..choices.byte() % 24 {
        if session.take(&Action::Step).is_err() {
            break;
        }
    }
    let id = choices.pick(&HostId::ALL);
    let mut host = session.world().host(id).clone();
    let mut now = session.now();
    if !host.is_up() {
        return;
    }
    // A report quotes a packet of this very connection, or nothing would be found that it is about.
    let sent: Vec<Bytes> = session.trace().packets.iter().map(|packet| encode(&packet.segment)).collect();
    while !choices.is_over() {
        let packet = match choices.byte() % 4 {
            0 => {
                let length = usize::from(choices.byte()).min(choices.rest().len());
                let raw = Bytes::copy_from_slice(&choices.rest()[..length]);
                (0..length).for_each(|_| _ = choices.byte());
                raw
            }
            kind if sent.is_empty() || kind == 1 => {
                let router = "192.0.2.1".parse().expect("an address");
                let quoted = sent.get(usize::from(choices.byte()) % sent.len().max(1)).cloned();
                let quoted = quoted.unwrap_or_else(|| Bytes::from_static(&[0; 40]));
                encode_icmp(router, choices.pick(IcmpKind::ALL), &quoted).unwrap_or_default()
            }
            // A packet of the run, with an octet or two changed.
            _ => {
                let mut octets = sent[usize::from(choices.byte()) % sent.len()].to_vec();
                let (at, value) = (usize::from(choices.byte()), choices.byte());
                if let Some(octet) = octets.get_mut(at) {
                    *octet = value;
                }
                octets.into()
            }
        };
        now += Duration::from_millis(u64::from(choices.byte()));
        let outcome = host.receive(now, packet);
        for taken in &outcome.transitions {
            super::check(&taken.transition, host.settings());
        }
        assert!(outcome.packets().count() < 1_000, "one packet makes a thousand");
    }
}
