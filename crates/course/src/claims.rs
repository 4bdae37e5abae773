//! The claims of the notes: whether each holds, and which experiment shows it.

use serde::Serialize;
use ts_rs::TS;

/// A study note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[expect(missing_docs, reason = "the keys of the curriculum")]
pub enum NoteRef {
    N0,
    N1,
    N2,
    N3,
    N4,
}

impl NoteRef {
    /// All five.
    pub const ALL: [Self; 5] = [Self::N0, Self::N1, Self::N2, Self::N3, Self::N4];
}

/// Whether a claim holds, judged by RFC 9293 and the RFCs that go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It is right.
    Holds,
    /// It is right, but not always or not exactly.
    Imprecise,
    /// It is not right.
    Wrong,
}

/// Something a note says that can be seen to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The id in the curriculum.
    pub id: &'static str,
    /// The notes that say it; none: it goes beyond them.
    pub notes: &'static [NoteRef],
    /// Whether it holds.
    pub standing: Standing,
    /// The scenario that shows it.
    pub experiment: &'static str,
}

impl Claim {
    /// The claim of this id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        CLAIMS.iter().find(|claim| claim.id == id)
    }
}

/// The notes behind `ids`, each once, in order.
#[must_use]
pub fn sources(ids: &[&str]) -> Vec<NoteRef> {
    let claims: Vec<_> = ids.iter().filter_map(|id| Claim::find(id)).collect();
    let is_behind = |note: &NoteRef| claims.iter().any(|claim| claim.notes.contains(note));
    NoteRef::ALL.into_iter().filter(is_behind).collect()
}

/// The scenario that shows the first of `ids` for which there is a guided one, else the free lab.
#[must_use]
pub fn experiment_of(ids: &[&str]) -> Option<&'static str> {
    let mut all = ids.iter().filter_map(|id| Claim::find(id)).map(|claim| claim.experiment);
    all.clone().find(|id| *id != "free").or_else(|| all.next())
}

use NoteRef::{N0, N1, N2, N3, N4};
use Standing::{Holds, Imprecise, Wrong};

const fn claim(
    id: &'static str,
    notes: &'static [NoteRef],
    standing: Standing,
    experiment: &'static str,
) -> Claim {
    Claim { id, notes, standing, experiment }
}

/// Every claim of the curriculum, in its order.
pub const CLAIMS: &[Claim] = &[
    claim("C01", &[N2, N3], Holds, "handshake"),
    claim("C02", &[N2], Holds, "handshake"),
    claim("C03", &[N2, N3], Holds, "handshake"),
    claim("C04", &[N2], Imprecise, "handshake"),
    claim("C05", &[N2, N3], Holds, "handshake"),
    claim("C06", &[N2, N3], Holds, "handshake"),
    claim("C07", &[N2], Holds, "handshake"),
    claim("C08", &[N3], Holds, "lost-syn-ack"),
    claim("C09", &[N2], Holds, "why-not-two"),
    claim("C10", &[N2], Imprecise, "why-not-two"),
    claim("C11", &[N2], Holds, "lost-syn-ack"),
    claim("C12", &[], Holds, "free"),
    claim("C20", &[N0, N3, N4], Holds, "four-way-close"),
    claim("C21", &[N0, N2, N4], Holds, "four-way-close"),
    claim("C22", &[N0, N2, N3, N4], Holds, "four-way-close"),
    claim("C23", &[N0, N2, N4], Holds, "four-way-close"),
    claim("C24", &[N0, N1, N2, N4], Holds, "half-close"),
    claim("C25", &[N0, N2, N3, N4], Holds, "four-way-close"),
    claim("C26", &[N0, N2, N4], Imprecise, "four-way-close"),
    claim("C27", &[N0, N2, N4], Holds, "four-way-close"),
    claim("C28", &[N0, N4], Holds, "four-way-close"),
    claim("C29", &[N0, N1, N2, N3, N4], Holds, "lost-last-ack"),
    claim("C30", &[N1], Holds, "no-time-wait"),
    claim("C31", &[N0, N1, N2, N4], Holds, "no-time-wait"),
    claim("C32", &[N0, N3, N4], Holds, "four-way-close"),
    claim("C33", &[N3], Holds, "fin-and-ack-in-one"),
    claim("C34", &[N2], Holds, "four-way-close"),
    claim("C35", &[N0, N3], Holds, "simultaneous-close"),
    claim("C36", &[N3], Holds, "half-close"),
    claim("C37", &[N0], Imprecise, "half-close"),
    claim("C38", &[N4], Holds, "four-way-close"),
    claim("C40", &[N0, N3], Imprecise, "half-close"),
    claim("C41", &[N1, N3], Holds, "half-close"),
    claim("C42", &[N3], Holds, "free"),
    claim("C43", &[N0, N1], Holds, "free"),
    claim("C44", &[N1], Holds, "free"),
    claim("C45", &[N0], Imprecise, "half-open"),
    claim("C46", &[N0, N1, N2, N4], Imprecise, "four-way-close"),
    claim("C50", &[N1], Holds, "half-close"),
    claim("C51", &[N1], Imprecise, "free"),
    claim("C52", &[N1], Holds, "free"),
    claim("C53", &[N1], Holds, "half-open"),
    claim("C54", &[N1], Holds, "half-open"),
    claim("C55", &[N1], Holds, "free"),
    claim("C56", &[N1], Wrong, "free"),
    claim("C57", &[N1], Holds, "free"),
    claim("C58", &[N1], Imprecise, "free"),
    claim("C59", &[N0, N2, N4], Imprecise, "half-open"),
    claim("C60", &[N0, N2, N4], Holds, "half-open"),
    claim("C70", &[], Holds, "lost-syn-ack"),
    claim("C71", &[], Holds, "half-open"),
    claim("C72", &[], Holds, "half-open"),
    claim("C73", &[], Holds, "free"),
    claim("C74", &[], Holds, "lost-syn-ack"),
    claim("C75", &[], Holds, "free"),
    claim("C76", &[], Holds, "free"),
    claim("C77", &[], Holds, "no-time-wait"),
    claim("C78", &[], Holds, "half-close"),
    claim("C79", &[], Holds, "half-open"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, experiments, text};
    use tcp::Rule;

    #[test]
    fn ids_are_in_order_and_once() {
        assert!(CLAIMS.windows(2).all(|pair| pair[0].id < pair[1].id));
    }

    #[test]
    fn a_claim_on_trial_has_its_trial_and_no_other_has() {
        for claim in CLAIMS {
            for lang in Lang::ALL {
                assert_eq!(claim.standing != Holds, text::trial(claim, lang).is_some(), "{}", claim.id);
            }
        }
    }

    #[test]
    fn every_claim_of_a_rule_exists() {
        for rule in Rule::ALL {
            for id in rule.claims() {
                assert!(Claim::find(id).is_some(), "{rule} names {id}");
            }
        }
    }

    #[test]
    fn every_claim_names_an_experiment_that_exists() {
        for claim in CLAIMS {
            assert!(
                experiments::scenario(claim.experiment).is_some(),
                "{} names {}",
                claim.id,
                claim.experiment
            );
        }
    }
}
