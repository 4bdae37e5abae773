//! What the page remembers, and how it changes: the session, how it is looked at, and nothing else.

use std::rc::Rc;

use yew::{AttrValue, Reducible};

use crate::act::Act;
use crate::api::quoted::quoted;
use crate::look::{Dialog, Looks, Tab};
use crate::pick::Pick;
use crate::present::{self, Shown, Voice};
use crate::text::Msg;
use course::{errors, experiments, text};
use lab::{Action, QuestionState, Session};
use tcp::time::Duration;

/// A silence is played no longer than about this, however long it is.
const SILENCE: Duration = Duration::from_millis(900);
/// What counts as a silence: nothing is in flight and nothing will happen for so long.
const SILENT: Duration = Duration::from_millis(300);
/// The speed at which a newcomer can follow a segment: a tenth of real time.
pub const DEFAULT_SPEED: u32 = 100;
/// Notices shown at once; older ones make room.
const MAX_NOTICES: usize = 4;
/// The longest notice; some quote what came from outside.
const MAX_NOTICE_CHARS: usize = 400;

/// The state of the page.
#[derive(Clone, Debug)]
pub struct Model {
    /// The lab.
    pub session: Session,
    /// Counts the changes of the session, those of the clock alone left out: what was made for one count is still
    /// right for the same count.
    pub generation: u64,
    /// The page of the run that the ladder shows; none: the present.
    pub ladder_page: Option<usize>,
    /// The sockets that the hosts' panels show by the reader's choice; none: the one that matters now.
    pub shown: Shown,
    /// Single keys act.
    pub shortcuts: bool,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// The verdict was read.
    pub is_question_closed: bool,
    /// What became of the last copying or saving, if that is to be told.
    pub shared: Option<Msg>,
    /// How it is looked at.
    pub looks: Looks,
}

impl Model {
    /// The page at the beginning of `session`.
    #[must_use]
    pub fn new(session: Session) -> Self {
        Self {
            session,
            generation: 0,
            ladder_page: None,
            shown: Shown::default(),
            shortcuts: true,
            dialog: None,
            is_question_closed: false,
            shared: None,
            looks: Looks { speed: DEFAULT_SPEED, ..Looks::default() },
        }
    }

    /// How the reader wants to be spoken to.
    #[must_use]
    pub const fn voice(&self) -> Voice {
        Voice { lang: self.looks.lang, notation: self.looks.notation }
    }

    /// Something is to be said.
    pub fn notice(&mut self, words: impl AsRef<str>) {
        let words = AttrValue::from(quoted(words.as_ref(), MAX_NOTICE_CHARS));
        let notices = Rc::make_mut(&mut self.looks.notices);
        notices.retain(|notice| *notice != words);
        notices.push(words);
        let surplus = notices.len().saturating_sub(MAX_NOTICES);
        notices.drain(..surplus);
    }

    /// Says so if a link may not show what its maker saw.
    pub fn notice_link(&mut self, session: &Session) {
        if let Some(notice) = session.link_notice() {
            self.notice(errors::link_notice(notice, self.looks.lang));
        }
    }

    /// The page after `act`.
    pub fn take(&mut self, act: Act) {
        match act {
            Act::Do(action) => self.act(&action),
            Act::Advance(real) => self.advance(real),
            Act::Session(session) => self.show(session),
            Act::Link(link) => match Session::from_link(&link, experiments::scenario) {
                Ok(session) => {
                    self.notice_link(&session);
                    self.show(session);
                }
                Err(error) => self.notice(errors::link(&error, true, self.looks.lang)),
            },
            Act::Pick(pick) => {
                // Whoever takes hold of a segment wants it to wait.
                self.looks.playing &= !matches!(pick, Pick::Packet(_));
                self.looks.pick = pick;
            }
            Act::ShowSocket(host, socket) => {
                let shown = &mut self.shown[host.index()];
                // Once more: back to the one that matters.
                *shown = Some(socket).filter(|socket| *shown != Some(*socket));
            }
            Act::Play(playing) => {
                if playing {
                    self.pass_over_question();
                }
                self.looks.playing = playing && self.can_go_on();
                self.looks.pick = if self.looks.playing { Pick::Latest } else { self.looks.pick };
            }
            Act::Speed(speed) => self.looks.speed = speed.clamp(1, 1_000_000),
            Act::Experiment(id) => match experiments::scenario(&id) {
                Some(scenario) => self.show(Session::new(scenario)),
                None => self.notice(present::no_experiment(&id, self.looks.lang)),
            },
            Act::Restart => self.show(Session::new(Rc::clone(self.session.scenario()))),
            Act::Answer(choice) => self.act(&Action::Answer { choice: choice.to_string() }),
            Act::SkipQuestion => self.act(&Action::SkipQuestion),
            Act::CloseQuestion => self.is_question_closed = true,
            Act::Lang(lang) if text::is_loaded(lang) => self.looks.lang = lang,
            Act::Lang(_) => self.notice(Msg::LanguageMissing.text(self.looks.lang)),
            Act::Notation(notation) => self.looks.notation = notation,
            Act::Theme(theme) => self.looks.theme = theme,
            Act::Tab(tab) => self.looks.tab = tab,
            Act::Dialog(dialog) => {
                self.looks.playing &= dialog.is_none();
                (self.dialog, self.shared) = (dialog, None);
            }
            Act::DiagramTable(on) => self.looks.diagram_table = on,
            Act::LadderTable(on) => self.looks.ladder_table = on,
            Act::LadderPage(page) => self.ladder_page = page,
            Act::Shortcuts(on) => self.shortcuts = on,
            Act::Dismiss(i) => {
                let notices = Rc::make_mut(&mut self.looks.notices);
                if i < notices.len() {
                    notices.remove(i);
                }
            }
            Act::Shared(msg) => self.shared = Some(msg),
            // Those reach beyond the page's memory; the page does them itself.
            Act::Copy(_) | Act::Capture => {}
        }
    }

    /// The session is another one: the ladder shows what is new.
    const fn changed(&mut self) {
        self.generation += 1;
        self.ladder_page = None;
    }

    /// Another session: nothing of the old one is looked at any more.
    fn show(&mut self, session: Session) {
        let is_same = Rc::ptr_eq(session.scenario(), self.session.scenario());
        self.session = session;
        self.shown = Shown::default();
        self.changed();
        self.is_question_closed &= is_same;
        (self.looks.pick, self.looks.playing) = (Pick::Latest, false);
        self.turn_to_question();
    }

    fn act(&mut self, action: &Action) {
        // The question stands before the next event; one who goes on all the same goes on without it.
        if matches!(action, Action::Step | Action::Jump | Action::Play { .. }) {
            self.pass_over_question();
        }
        if let Err(error) = self.session.take(action) {
            self.notice(errors::action(&error, self.looks.lang));
            return;
        }
        if self.session.has_stopped_early() {
            self.notice(errors::stopped_early(self.looks.lang));
        }
        self.changed();
        // Back before its moment, it may be asked again.
        let is_past =
            matches!(self.session.question(), QuestionState::Waiting { .. } | QuestionState::Judged { .. });
        self.is_question_closed &= is_past;
        self.turn_to_question();
        // A step shows what it did; what was done to a segment leaves the segment chosen while it flies.
        let keeps_pick =
            matches!(self.looks.pick, Pick::Packet(_)) && !action.is_navigation() && self.is_flying();
        if !keeps_pick && !matches!(action, Action::Answer { .. } | Action::SkipQuestion) {
            self.looks.pick = Pick::Latest;
        }
        if matches!(action, Action::Step | Action::Back | Action::Seek { .. } | Action::Jump) {
            self.looks.playing = false;
        }
    }

    /// A question asked is not answered, a verdict shown is read.
    fn pass_over_question(&mut self) {
        match self.session.question() {
            QuestionState::Open => {
                // Only a question that is not open cannot be skipped.
                let _ = self.session.take(&Action::SkipQuestion);
                self.changed();
            }
            QuestionState::Judged { .. } => self.is_question_closed = true,
            QuestionState::None | QuestionState::Ahead | QuestionState::Waiting { .. } => {}
        }
    }

    /// Where one part shows at a time, a question must not wait out of sight.
    pub(super) fn turn_to_question(&mut self) {
        if self.session.question() == QuestionState::Open {
            self.looks.tab = Tab::Explain;
        }
    }

    fn is_flying(&self) -> bool {
        let Pick::Packet(id) = self.looks.pick else { return false };
        self.session.world().link().packet(lab::net::PacketId(id)).is_some()
    }

    fn can_go_on(&self) -> bool {
        let is_at_end = self.session.tick() == self.session.ticks();
        self.session.question() != QuestionState::Open && !(is_at_end && self.session.is_idle())
    }

    /// Lets virtual time pass for `real` time, faster through silences.
    fn advance(&mut self, real: Duration) {
        if !self.looks.playing {
            return;
        }
        let session = &self.session;
        let mut us =
            Duration::from_micros(real.as_micros().saturating_mul(u64::from(self.looks.speed)) / 1_000);
        let wait = session.next_at().map(|at| at.since(session.now()));
        if let Some(wait) =
            wait.filter(|wait| *wait > SILENT && session.world().link().in_flight().is_empty())
        {
            // A share of what is left: fast at first, gentle at the end.
            let share = wait.as_micros().saturating_mul(real.as_micros()) / SILENCE.as_micros() * 4;
            us = us.max(Duration::from_micros(share).min(wait));
        }
        let before = (session.tick(), session.ticks());
        let taken = self.session.take(&Action::Play { us });
        if taken.is_err() || self.session.has_stopped_early() {
            let stopped_early = errors::stopped_early(self.looks.lang);
            self.notice(
                taken.map_or_else(|error| errors::action(&error, self.looks.lang), |()| stopped_early),
            );
            self.looks.playing = false;
        }
        if (self.session.tick(), self.session.ticks()) != before
            || self.session.question() == QuestionState::Open
        {
            self.changed();
        }
        self.looks.playing &= self.can_go_on();
        self.turn_to_question();
    }
}

impl Reducible for Model {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.take(act);
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::HostId;
    use lab::net::{Verdict, What};

    fn model(id: &str) -> Model {
        Model::new(Session::new(experiments::scenario(id).expect("it is built in")))
    }

    fn play(model: &mut Model) -> u32 {
        model.take(Act::Play(true));
        let mut frames = 0;
        while model.looks.playing && frames < 100_000 {
            model.take(Act::Advance(Duration::from_millis(16)));
            frames += 1;
        }
        frames
    }

    #[test]
    fn a_handshake_plays_within_ten_seconds_and_stops_for_its_question() {
        let mut model = model("handshake");
        let frames = play(&mut model);
        assert_eq!(model.session.question(), QuestionState::Open);
        assert!((60..625).contains(&frames), "{frames} frames");
        assert!(!model.looks.playing);
    }

    #[test]
    fn playing_says_when_it_stops_before_its_end() {
        let mut model = model("free");
        // Keep-alives that are answered at the same instant, for ever.
        for action in [
            r#"{"type":"run_program","host":"server","program":"echo"}"#,
            r#"{"type":"play","us":1}"#,
            r#"{"type":"set_config","host":"server","config":{"challenge_limit":null}}"#,
            r#"{"type":"set_latency","from":"client","us":0}"#,
            r#"{"type":"set_latency","from":"server","us":0}"#,
            r#"{"type":"set_config","host":"client","config":{"keepalive":true,"keepalive_idle_us":1,"keepalive_interval_us":1}}"#,
            r#"{"type":"connect","host":"client"}"#,
        ] {
            model.act(&Action::from_json(action).expect("the action is valid"));
        }
        assert_eq!(model.looks.notices.len(), 0);
        model.looks.playing = true;
        model.advance(Duration::from_secs(1));
        let said: Vec<_> = model.looks.notices.iter().map(|notice| notice.to_string()).collect();
        assert_eq!(said, [errors::stopped_early(model.looks.lang)]);
        assert!(!model.looks.playing);
    }

    #[test]
    fn two_msl_are_played_in_seconds() {
        let mut model = model("four-way-close");
        model.looks.speed = 1_000;
        let mut frames = play(&mut model);
        model.take(Act::SkipQuestion);
        frames += play(&mut model);
        assert!(model.session.now() > tcp::time::Instant::from_millis(240_000), "{}", model.session.now());
        assert!(frames < 1_250, "{frames} frames");
    }

    #[test]
    fn stepping_passes_over_the_question() {
        let mut model = model("handshake");
        play(&mut model);
        model.take(Act::Do(Action::Step));
        assert_eq!(model.session.question(), QuestionState::Waiting { chosen: None });
        assert!(matches!(model.session.records().last().map(|r| &r.what), Some(What::Transition { .. })));
    }

    #[test]
    fn what_cannot_be_done_is_said_and_changes_nothing() {
        let mut model = model("free");
        model.take(Act::Do(Action::Verdict { segment: 7, verdict: Verdict::Drop }));
        assert_eq!((model.looks.notices.len(), model.generation), (1, 0));
        model.take(Act::Dismiss(0));
        model.take(Act::Dismiss(0));
        assert!(model.looks.notices.is_empty());
    }

    #[test]
    fn a_notice_does_not_pass_on_what_would_turn_or_flood_the_page() {
        let mut model = model("free");
        model.take(Act::Experiment(format!("\u{202e}{}", "x".repeat(60_000)).into()));
        let notice = &model.looks.notices[0];
        assert!(notice.chars().count() <= MAX_NOTICE_CHARS + 1 && !notice.contains('\u{202e}'), "{notice}");
    }

    #[test]
    fn a_chosen_socket_is_shown_until_it_is_chosen_again_or_the_session_is_another() {
        let (mut model, socket) = (model("handshake"), lab::host::SocketId(3));
        model.take(Act::ShowSocket(HostId::Server, socket));
        assert_eq!(model.shown, [None, Some(socket)]);
        model.take(Act::ShowSocket(HostId::Server, socket));
        assert_eq!(model.shown, [None, None]);
        model.take(Act::ShowSocket(HostId::Client, socket));
        model.take(Act::Restart);
        assert_eq!(model.shown, [None, None]);
    }

    #[test]
    fn a_link_that_is_pasted_is_opened_and_a_broken_one_changes_nothing() {
        let mut model = model("handshake");
        model.take(Act::Do(Action::Step));
        let link = model.session.to_link(true);
        let mut other =
            super::Model::new(Session::new(experiments::scenario("free").expect("it is built in")));
        other.take(Act::Link(link.clone()));
        assert_eq!((other.session.scenario().id.as_str(), other.session.tick()), ("handshake", 1));
        other.take(Act::Link(link[..link.len() - 1].to_owned()));
        assert_eq!((other.looks.notices.len(), other.session.tick()), (1, 1));
    }

    #[test]
    fn a_question_brings_up_the_tab_it_is_on() {
        let mut model = model("handshake");
        assert_ne!(model.looks.tab, Tab::Explain);
        play(&mut model);
        assert_eq!((model.session.question(), model.looks.tab), (QuestionState::Open, Tab::Explain));
        // So does one that was come to by other means: JavaScript, a link.
        let mut other =
            super::Model::new(Session::new(experiments::scenario("free").expect("it is built in")));
        other.take(Act::Session(model.session.clone()));
        assert_eq!((other.session.question(), other.looks.tab), (QuestionState::Open, Tab::Explain));
    }

    #[test]
    fn choosing_a_segment_pauses() {
        let mut model = model("handshake");
        model.take(Act::Play(true));
        model.take(Act::Pick(Pick::Packet(1)));
        assert!(!model.looks.playing);
    }
}
