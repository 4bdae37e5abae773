//! What happened outside the state machine: calls that TCP never saw, and what became of segments on the way.

use super::{Explanation, Telling, duration};
use crate::template::Slot;
use crate::text::{self, Deed, Phrase, phrase};
use crate::typesetting::Writer;
use crate::{claims, plain};
use lab::host::Value;
use lab::net::{By, Verdict, What};
use lab::predicate::sender_of;

impl Telling<'_> {
    pub(super) fn explain_deed(&self) -> Explanation {
        let deed = deed_of(&self.record.what);
        let words = text::deed(deed, self.lang);
        let fill = |slot| self.fill_deed(slot);
        let mut writer = Writer::new(self.lang, &fill);
        let claims = claims_of(deed);
        Explanation {
            title: plain(&writer.write(&words.title)),
            happened: writer.write(&words.happened),
            why: writer.write(&words.why),
            otherwise: writer.write(&words.otherwise),
            trial: self.trial(claims),
            sources: claims::sources(claims),
            claims,
            experiment: claims::experiment_of(claims),
            ..Explanation::default()
        }
    }

    fn fill_deed(&self, slot: Slot) -> Option<String> {
        let sent = match &self.record.what {
            What::Discarded { sending, .. }
            | What::Unheard { sending, .. }
            | What::Verdict { sending, .. } => sender_of(self.records, *sending),
            _ => None,
        };
        // On the link the sentence is about the sender; on a host it is about that host.
        let host = self.record.host.or(sent.map(|(from, _)| from))?;
        Some(match (slot, &self.record.what) {
            (Slot::Host, _) => text::host(host, self.lang).to_owned(),
            (Slot::Peer, _) => text::host(host.other(), self.lang).to_owned(),
            (Slot::Segment, _) => sent.map(|(from, segment)| self.segment(segment, from))?,
            (Slot::Call, What::Call { call, .. }) => call.to_string(),
            (Slot::Result, What::Call { result: Ok(value), .. }) => value.to_string(),
            (Slot::Result, What::Call { result: Err(errno), .. }) => errno.name().to_owned(),
            (Slot::Error, What::Call { result: Err(errno), .. }) => text::errno(*errno, self.lang).to_owned(),
            (Slot::Error, What::Discarded { error, .. }) => text::wire_error(*error, self.lang).to_owned(),
            (Slot::By, What::Verdict { by, .. }) => phrase(by_whom(*by), self.lang).to_owned(),
            (Slot::Wait, What::Verdict { verdict: Verdict::Delay(added), .. }) => duration(*added, self.lang),
            (Slot::Icmp, What::Verdict { verdict: Verdict::Unreachable(kind), .. }) => {
                text::icmp(*kind, self.lang).to_owned()
            }
            _ => return None,
        })
    }
}

const fn deed_of(what: &What) -> Deed {
    match what {
        What::Call { result: Ok(Value::Waits { .. }), .. } => Deed::CallWaits,
        What::Call { result: Ok(_), .. } => Deed::Call,
        What::Call { result: Err(_), .. } => Deed::CallFailed,
        What::Discarded { .. } => Deed::Discarded,
        What::Unheard { .. } => Deed::Unheard,
        What::Verdict { verdict, by, .. } => match (verdict, by) {
            (Verdict::Drop, By::Loss) => Deed::Lost,
            (Verdict::Drop, By::CutCable) => Deed::LostInCable,
            (Verdict::Drop, By::FullLink) => Deed::LostInQueue,
            (Verdict::Drop, _) => Deed::Dropped,
            (Verdict::Unreachable(_), _) => Deed::Unreachable,
            (Verdict::Deliver, _) => Deed::Delivered,
            (Verdict::Delay(_), _) => Deed::Delayed,
            (Verdict::Hold, _) => Deed::Held,
            (Verdict::Release, _) => Deed::Released,
            (Verdict::Duplicate, _) => Deed::Duplicated,
            (Verdict::Swap, _) => Deed::Swapped,
            (Verdict::Corrupt { .. }, _) => Deed::Corrupted,
        },
        What::Crashed => Deed::Crashed,
        What::Restarted => Deed::Restarted,
        What::CableCut => Deed::CableCut,
        What::CableMended => Deed::CableMended,
        What::Setting(_) | What::Transition { .. } => Deed::Setting,
    }
}

const fn claims_of(deed: Deed) -> &'static [&'static str] {
    match deed {
        Deed::Call
        | Deed::CallWaits
        | Deed::CallFailed
        | Deed::Setting
        | Deed::Delivered
        | Deed::CableMended => &[],
        Deed::Discarded | Deed::Corrupted | Deed::Duplicated | Deed::Swapped => &["C76"],
        Deed::Dropped | Deed::Unreachable | Deed::Lost | Deed::LostInQueue => &["C11"],
        Deed::Delayed | Deed::Held | Deed::Released => &["C31"],
        Deed::Unheard | Deed::LostInCable | Deed::Crashed | Deed::CableCut => &["C53"],
        Deed::Restarted => &["C54", "C45"],
    }
}

const fn by_whom(by: By) -> Phrase {
    match by {
        By::Learner => Phrase::ByLearner,
        By::Rule => Phrase::ByRule,
        By::Loss | By::Duplication | By::FullLink => Phrase::ByLink,
        By::CutCable => Phrase::ByCutCable,
    }
}
