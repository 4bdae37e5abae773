//! A transition in one sentence, as the log says it.

use std::fmt::Display;

use super::Telling;
use super::happened::lead;
use crate::plain;
use crate::template::filled;
use crate::text::{self, Phrase, phrase};
use crate::typesetting::{self, Writer};
use lab::host::SocketCall;
use tcp::{State, Transition};

impl Telling<'_> {
    pub(super) fn describe_transition(&self, t: &Transition, call: Option<&SocketCall>) -> String {
        let headline = t.headline();
        let fill = |slot| self.fill(t, call, headline, slot);
        let stop = phrase(Phrase::FullStop, self.lang);
        let lead = plain(&Writer::new(self.lang, &fill).write(phrase(lead(&t.cause), self.lang)));
        let lead = lead.trim_end_matches(stop);
        let say = |words, values: &[(&str, &dyn Display)]| filled(phrase(words, self.lang), values);
        let mut clauses = Vec::new();
        if t.from() != t.to() {
            let [from, to] = [t.from(), t.to()].map(|state| self.state_aloud(state));
            clauses.push(say(Phrase::ClauseState, &[("from", &from), ("to", &to)]));
        }
        for why in t.dropped().take(1) {
            let why = plain(&Writer::new(self.lang, &|_| None).write(text::drop_reason(why, self.lang)));
            let why = typesetting::uncapitalized(why.trim_end_matches(stop), self.lang);
            clauses.push(say(Phrase::ClauseDrop, &[("why", &why)]));
        }
        for (segment, _) in t.sent().take(3) {
            let segment = self.segment(segment, self.host());
            clauses.push(say(Phrase::ClauseSend, &[("segment", &segment)]));
        }
        let Some(last) = clauses.pop() else { return say(Phrase::Told, &[("lead", &lead)]) };
        // After a call or a timer the subject changes: it is the host that goes on and sends.
        let told = match (t.segment().is_some(), clauses.is_empty()) {
            (true, true) => Phrase::ToldWithClause,
            (true, false) => Phrase::ToldWithClauses,
            (false, true) => Phrase::ToldThenClause,
            (false, false) => Phrase::ToldThenClauses,
        };
        let host = text::host(self.host(), self.lang);
        let clauses = clauses.join(phrase(Phrase::BetweenClauses, self.lang));
        say(told, &[("lead", &lead), ("host", &host), ("clauses", &clauses), ("last", &last)])
    }

    fn state_aloud(&self, state: State) -> String {
        let gloss = typesetting::gloss(state, self.lang);
        format!("{state}{}", gloss.unwrap_or_default())
    }
}
