//! All words that a reader sees, looked up by the stable name of what they are about.
//!
//! They are data: `texts/` has a folder for each language and in it a file for each topic, which a translator can edit.
//! Templates name what they need of the run in braces, see [`super::template`].

mod load;
mod names;
mod topics;

use serde::Serialize;
use serde_variant::to_variant_name;

use super::Lang;
use super::claims::{Claim, NoteRef};
use lab::host::{Errno, HostId};
use tcp::edge::Edge;
use tcp::wire::WireError;
use tcp::{Dispute, DropReason, IcmpKind, Rule, SendReason, State, Test, TimerKind};

use load::texts;
use topics::Topic;

pub use load::{TextsError, is_loaded, load};
pub use names::{Deed, Phrase, Remark};
pub use topics::{EdgeText, Glossary, RuleText, SettingText, StateText, TestText};

/// The text of that name. One that is missing shows its name, which is better than nothing; the tests find it.
fn find<'a>(topic: &'a Topic, name: &'a str) -> &'a str {
    topic.get(name).map_or(name, String::as_str)
}

/// [`find`] for texts of several parts.
fn parts<T: Default>(topic: &'static Topic<T>, name: &str, first: fn(&mut T) -> &mut String) -> &'static T {
    topic.get(name).unwrap_or_else(|| {
        let mut text = T::default();
        name.clone_into(first(&mut text));
        Box::leak(Box::new(text))
    })
}

/// The name of a variant, as it is in the files: the one that JSON has for it.
fn name(variant: &impl Serialize) -> &'static str {
    to_variant_name(variant).unwrap_or("?")
}

/// The explanation of a rule.
#[must_use]
pub fn rule(rule: Rule, lang: Lang) -> &'static RuleText {
    parts(&texts(lang).rules, rule.name(), |text| &mut text.title)
}

/// The explanation of what happened outside the state machine.
#[must_use]
pub fn deed(deed: Deed, lang: Lang) -> &'static RuleText {
    parts(&texts(lang).deeds, name(&deed), |text| &mut text.title)
}

/// A sentence about something that a record shows besides its rules.
#[must_use]
pub fn remark(remark: Remark, lang: Lang) -> &'static str {
    find(&texts(lang).remarks, name(&remark))
}

/// The words for a state.
#[must_use]
pub fn state(state: State, lang: Lang) -> &'static StateText {
    parts(&texts(lang).states, state.name(), |text| &mut text.name)
}

/// The words for a test.
#[must_use]
pub fn test(test: Test, lang: Lang) -> &'static TestText {
    parts(&texts(lang).tests, name(&test), |text| &mut text.question)
}

/// Why a segment was thrown away: a sentence.
#[must_use]
pub fn drop_reason(reason: DropReason, lang: Lang) -> &'static str {
    find(&texts(lang).reasons.drop, name(&reason))
}

/// Why a segment is sent: a phrase.
#[must_use]
pub fn send_reason(why: SendReason, lang: Lang) -> &'static str {
    find(&texts(lang).reasons.send, name(&why))
}

/// The name of a timer.
#[must_use]
pub fn timer(kind: TimerKind, lang: Lang) -> &'static str {
    &parts(&texts(lang).reasons.timer, kind.name(), |text| &mut text.name).name
}

/// What happens when a timer expires: a sentence.
#[must_use]
pub fn timer_waits(kind: TimerKind, lang: Lang) -> &'static str {
    &parts(&texts(lang).reasons.timer, kind.name(), |text| &mut text.expires).expires
}

/// What an ICMP report says: a clause.
#[must_use]
pub fn icmp(kind: IcmpKind, lang: Lang) -> &'static str {
    find(&texts(lang).reasons.icmp, name(&kind))
}

/// Why a packet died before TCP saw it: a clause.
#[must_use]
pub fn wire_error(error: WireError, lang: Lang) -> &'static str {
    find(&texts(lang).reasons.wire, name(&error))
}

/// What the error of a call means: a sentence.
#[must_use]
pub fn errno(errno: Errno, lang: Lang) -> &'static str {
    find(&texts(lang).reasons.errno, errno.name())
}

/// What good stacks do where they disagree: a sentence.
#[must_use]
pub fn dispute(dispute: Dispute, lang: Lang) -> &'static str {
    find(&texts(lang).disputes, name(&dispute))
}

/// The words for an edge of the diagram.
#[must_use]
pub fn edge(edge: &'static Edge, lang: Lang) -> &'static EdgeText {
    parts(&texts(lang).edges, edge.id, |text| &mut text.event)
}

/// The title of a note.
#[must_use]
pub fn note_title(note: NoteRef, lang: Lang) -> &'static str {
    find(&texts(lang).claims.notes, name(&note))
}

/// A claim in a sentence.
#[must_use]
pub fn wording(claim: &Claim, lang: Lang) -> &'static str {
    texts(lang).claims.claims.get(claim.id).map_or(claim.id, |text| &text.wording)
}

/// For a claim that does not simply hold: what the note says, what the standard says, where to see it.
#[must_use]
pub fn trial(claim: &Claim, lang: Lang) -> Option<&'static str> {
    texts(lang).claims.claims.get(claim.id)?.trial.as_deref()
}

/// A part of a sentence.
#[must_use]
pub fn phrase(phrase: Phrase, lang: Lang) -> &'static str {
    find(&texts(lang).phrases, name(&phrase))
}

/// A host, as a sentence names it.
#[must_use]
pub fn host(host: HostId, lang: Lang) -> &'static str {
    match host {
        HostId::Client => phrase(Phrase::TheClient, lang),
        HostId::Server => phrase(Phrase::TheServer, lang),
    }
}

/// `sentence` with its first word, the host, turned into a pronoun.
pub(super) fn with_pronoun(sentence: &str, lang: Lang) -> Option<String> {
    // The longest beginning counts: "{host}'s" before "{host}".
    let mut pronouns = texts(lang).language.pronouns.iter().rev();
    pronouns.find_map(|(host, pronoun)| Some(format!("{pronoun}{}", sentence.strip_prefix(host)?)))
}

/// A fixed text of the page.
#[must_use]
pub fn message(name: &'static str, lang: Lang) -> &'static str {
    find(&texts(lang).messages, name)
}

/// About something that is wrong.
#[must_use]
pub fn error(name: &'static str, lang: Lang) -> &'static str {
    find(&texts(lang).errors, name)
}

/// The words for a setting, by the name of its field.
#[must_use]
pub fn setting(field: &str, lang: Lang) -> &'static SettingText {
    parts(&texts(lang).settings, field, |text| &mut text.name)
}

/// The fields that have such words, in the order of the alphabet.
pub fn settings(lang: Lang) -> impl Iterator<Item = &'static str> {
    texts(lang).settings.keys().map(String::as_str)
}

/// The terms of a language.
#[must_use]
pub fn glossary(lang: Lang) -> &'static Glossary {
    &texts(lang).glossary
}
