//! A moment in which nothing is under way: what each end waits for.

use super::duration;
use crate::template::Slot;
use crate::text::{self, Phrase, phrase};
use crate::typesetting::Writer;
use crate::{Lang, Span};
use lab::host::HostId;
use tcp::Tcb;
use tcp::time::Instant;

/// One end in a quiet moment.
#[derive(Clone, Copy, Debug)]
pub struct QuietEnd<'a> {
    /// Whose.
    pub host: HostId,
    /// Its connection.
    pub tcb: &'a Tcb,
}

/// What each end is waiting for, and when its next timer expires: one paragraph an end.
#[must_use]
pub fn quiet(ends: &[QuietEnd<'_>], now: Instant, lang: Lang) -> Vec<Vec<Span>> {
    let paragraph = |end: &QuietEnd<'_>| {
        let next = end.tcb.timers.next();
        let fill = |slot: Slot| match slot {
            Slot::Host => Some(text::host(end.host, lang).to_owned()),
            Slot::To => Some(end.tcb.state.name().to_owned()),
            Slot::Timer => next.map(|(kind, _)| text::timer(kind, lang).to_owned()),
            Slot::Wait => next.map(|(_, at)| duration(at.since(now), lang)),
            _ => None,
        };
        let mut writer = Writer::new(lang, &fill);
        // What it waits for has marks of its own, so it is put in before they are read.
        let waits = &text::state(end.tcb.state, lang).waits;
        let mut spans = writer.write(&phrase(Phrase::IsInState, lang).replace("{waits}", waits));
        if let Some((kind, _)) = next {
            let between = phrase(Phrase::BetweenSentences, lang);
            spans.extend(Some(Span::Text(between.to_owned())).filter(|_| !between.is_empty()));
            spans.extend(writer.write(text::timer_waits(kind, lang)));
        }
        spans
    };
    ends.iter().map(paragraph).collect()
}
