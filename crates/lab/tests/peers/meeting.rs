//! One meeting of the two stacks: the plan, the two applications, the clock, and what must hold at the end.

use std::collections::VecDeque;

use bytes::Bytes;
use lab::host::HostId;
use smoltcp::socket::tcp::State as TheirState;
use tcp::rng::Rng;
use tcp::time::{Duration, Instant};
use tcp::wire;
use tcp::{Config, Control, Segment, SeqNumber, State};

use crate::link::{Link, Weather};
use crate::ours::{CLIENT_PORT, Ours, Read, SERVER_PORT};
use crate::theirs::Theirs;

/// By then every meeting must be over. Time-outs double up to two minutes, so bad luck takes hours.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// More events than any meeting takes: two ends that answer each other for ever reach it.
const MOST_EVENTS: u32 = 200_000;

/// So many of the last packets are shown when a meeting fails.
const LINES_OF_REPORT: usize = 40;

/// So many segments of theirs, one after the other, have nothing that our end waits for: then it has come to a stand.
const IN_VAIN: usize = 100;

/// Who opens the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Opening {
    OursConnects,
    TheirsConnects,
    /// Both connect, each to the port from which the other does.
    Both,
}

/// Who closes first, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Closing {
    /// Ours as soon as it has said all; theirs at the end of file.
    OursFirst,
    TheirsFirst,
    /// The first says all and closes its direction; only then the second speaks.
    OursHalf,
    TheirsHalf,
    /// Both at the same instant, when all is read.
    Together,
    /// Our application aborts in the middle; theirs closes when it has said all.
    OursAborts,
    TheirsAborts,
}

impl Opening {
    pub(crate) const ALL: [Self; 3] = [Self::OursConnects, Self::TheirsConnects, Self::Both];
}

impl Closing {
    pub(crate) const ALL: [Self; 7] = [
        Self::OursFirst,
        Self::TheirsFirst,
        Self::OursHalf,
        Self::TheirsHalf,
        Self::Together,
        Self::OursAborts,
        Self::TheirsAborts,
    ];

    const fn is_abort(self) -> bool {
        matches!(self, Self::OursAborts | Self::TheirsAborts)
    }
}

/// All that a meeting depends on. Index 0 is ours, 1 theirs.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) opening: Opening,
    pub(crate) closing: Closing,
    /// How much each end has to say.
    pub(crate) bytes: [usize; 2],
    pub(crate) weather: Weather,
    /// The secret of our initial sequence numbers.
    pub(crate) secret: u64,
    pub(crate) buffers: [u32; 2],
    /// Delayed acknowledgements and Nagle's algorithm, by end.
    pub(crate) is_lazy: [bool; 2],
    pub(crate) congestion_control: bool,
    /// What our end offers in its SYN.
    pub(crate) window_scale: Option<u8>,
    pub(crate) timestamps: bool,
    pub(crate) sack: bool,
}

impl Plan {
    pub(crate) fn fair(opening: Opening, closing: Closing) -> Self {
        Self {
            seed: 0,
            opening,
            closing,
            bytes: [0; 2],
            weather: Weather::Fair,
            secret: 1,
            buffers: [65_535; 2],
            is_lazy: [false; 2],
            congestion_control: true,
            window_scale: None,
            timestamps: false,
            sack: false,
        }
    }

    pub(crate) fn of_seed(seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let mut below = |bound| rng.below(bound);
        let size = |dice: u32, small: u32, large: u32| if dice == 0 { large } else { small } as usize;
        let weather = Weather::Foul {
            loss: below(250) as u16,
            duplication: below(150) as u16,
            corruption: below(100) as u16,
            jitter_millis: below(200),
        };
        Self {
            seed,
            opening: Opening::ALL[below(3) as usize],
            closing: Closing::ALL[below(7) as usize],
            bytes: [size(below(4), below(3_000), below(40_000)), size(below(4), below(3_000), below(40_000))],
            weather,
            secret: u64::from(below(u32::MAX)),
            buffers: [1_000 + below(9_000), 1_000 + below(9_000)],
            is_lazy: [below(2) == 0, below(2) == 0],
            congestion_control: below(2) == 0,
            window_scale: Some(below(15) as u8).filter(|shift| *shift < 8),
            timestamps: below(2) == 0,
            sack: below(2) == 0,
        }
    }

    /// How our end behaves.
    fn config(&self) -> Config {
        Config {
            isn_secret: self.secret,
            send_buffer_bytes: self.buffers[0],
            receive_buffer_bytes: self.buffers[0],
            congestion_control: self.congestion_control,
            window_scale: self.window_scale,
            timestamps: self.timestamps,
            sack: self.sack,
            nagle: self.is_lazy[0],
            ack_delay: Duration::from_millis(if self.is_lazy[0] { 200 } else { 0 }),
            // An abort whose RST is lost leaves us waiting for ever in FIN-WAIT-2, unless we ask.
            keepalive: self.closing.is_abort(),
            keepalive_idle: Duration::from_secs(60),
            // Bad luck is not what is tested: nobody gives up.
            syn_retries: u8::MAX,
            data_retries: u8::MAX,
            ..Config::default()
        }
    }
}

/// What one application has said and heard.
#[derive(Default)]
struct Talk {
    /// All it will say.
    text: Bytes,
    said: usize,
    heard: Vec<u8>,
    /// It has closed its direction, or aborted.
    is_done: bool,
    at_end: bool,
}

/// A meeting under way.
pub(crate) struct Meeting {
    plan: Plan,
    now: Instant,
    link: Link,
    ours: Ours,
    theirs: Theirs,
    talks: [Talk; 2],
    is_aborted: bool,
    /// What was sent, for the report of a failure.
    log: Vec<String>,
    /// What theirs has sent since our end took an octet last, the latest of it: where it starts and where it ends.
    in_vain: VecDeque<(SeqNumber, SeqNumber)>,
    /// The next octet that our end waits for.
    awaited: Option<SeqNumber>,
    /// Each has received the other's SYN while its own was on its way.
    met_syn: [bool; 2],
}

impl Meeting {
    pub(crate) fn new(plan: Plan) -> Self {
        let text =
            |salt: usize, count: usize| (0..count).map(|i| (i * 7 / 5 + salt) as u8).collect::<Bytes>();
        let talk = |salt, count| Talk { text: text(salt, count), ..Talk::default() };
        Self {
            now: Instant::ZERO,
            link: Link::new(plan.weather, plan.seed),
            ours: Ours::new(plan.config()),
            theirs: Theirs::new(plan.seed, plan.buffers[1] as usize, plan.is_lazy[1], plan.is_lazy[1]),
            talks: [talk(3, plan.bytes[0]), talk(101, plan.bytes[1])],
            is_aborted: false,
            log: Vec::new(),
            in_vain: VecDeque::new(),
            awaited: None,
            met_syn: [false; 2],
            plan,
        }
    }

    /// The SYNs have crossed: both ends went from SYN-SENT to SYN-RECEIVED.
    pub(crate) const fn crossed(&self) -> bool {
        self.met_syn[0] && self.met_syn[1]
    }

    /// Our numbers have come round through zero.
    pub(crate) fn wrapped(&self) -> bool {
        self.ours.wrapped
    }

    /// Everything, to the end. False if smoltcp has come to a stand before it: our end owes it nothing and has an open
    /// window, and of all that theirs has sent for long nothing has the octet that ours waits for.
    pub(crate) fn run(&mut self) -> bool {
        match self.plan.opening {
            Opening::OursConnects => {
                self.theirs.listen();
                self.ours.connect(self.now);
            }
            Opening::TheirsConnects => {
                self.ours.listen(self.now);
                self.theirs.connect_to_listener();
            }
            Opening::Both => {
                self.ours.connect(self.now);
                self.theirs.connect(SERVER_PORT, CLIENT_PORT);
            }
        }
        for _ in 0..MOST_EVENTS {
            self.settle();
            if self.is_over() {
                self.check_end();
                return true;
            }
            let next_poll = self.theirs.next_poll(self.now);
            let due = [self.link.next_arrival(), self.ours.next_timer(), next_poll];
            let Some(next) = due.into_iter().flatten().min() else {
                self.fail("nothing will ever happen again")
            };
            self.now = self.now.max(next);
            if self.now.since(Instant::ZERO) > LONGEST {
                if self.ours.owes_nothing() && self.speaks_beside_the_point() {
                    return false;
                }
                self.fail("it takes for ever");
            }
            self.arrivals();
            self.ours.fire(self.now);
        }
        self.fail("there is no end of packets");
    }

    /// smoltcp repeats a segment beyond our window when duplicate acknowledgements ask for it, and then probes what lies
    /// beyond instead of repeating what was cut off.
    fn speaks_beside_the_point(&self) -> bool {
        let Some(awaited) = self.awaited else { return false };
        let has_it =
            |&(start, end): &(SeqNumber, SeqNumber)| start.is_at_or_before(awaited) && end.is_after(awaited);
        self.in_vain.len() == IN_VAIN && !self.in_vain.iter().any(has_it)
    }

    fn arrivals(&mut self) {
        while let Some(packet) = self.link.take(self.now) {
            if packet.to_us {
                self.ours.receive(self.now, &packet.bytes);
            } else {
                self.theirs.receive(&packet.bytes);
                self.theirs.poll(self.now);
                self.met_syn[1] |= self.theirs.state() == TheirState::SynReceived;
            }
        }
        self.met_syn[0] |= self.ours.path.ends_with(&[State::SynSent, State::SynReceived]);
    }

    /// Lets both do what they can do at this instant.
    fn settle(&mut self) {
        loop {
            self.theirs.poll(self.now);
            self.our_application();
            self.their_application();
            self.theirs.poll(self.now);
            let (from_us, from_them) = (self.ours.take_sent(), self.theirs.take_sent());
            if from_us.is_empty() && from_them.is_empty() {
                return;
            }
            for packet in &from_us {
                self.note("ours  ", packet);
                self.link.send(self.now, false, packet);
            }
            for packet in &from_them {
                self.note("theirs", packet);
                self.link.send(self.now, true, packet);
            }
        }
    }

    fn our_application(&mut self) {
        let now = self.now;
        self.ours.accept(now);
        if self.is_aborted {
            // An RST in SYN-RECEIVED leads back to LISTEN, and nobody will come any more.
            self.ours.stop_listening(now);
        }
        loop {
            match self.ours.read(now, 3_000) {
                Read::Data(data) => self.talks[0].heard.extend_from_slice(&data),
                Read::EndOfFile => {
                    self.talks[0].at_end = true;
                    break;
                }
                Read::Nothing => break,
                Read::Failed => {
                    // Reset: whoever aborted, or a late packet of theirs after the end. Nothing more can be done.
                    self.talks[0].is_done = true;
                    return self.ours.close(now, false);
                }
            }
        }
        self.check_prefixes();
        if self.aborts_now(0) {
            self.is_aborted = true;
            self.talks[0].is_done = true;
            return self.ours.close(now, true);
        }
        if self.may_speak(0) && self.ours.is_open() {
            let rest = self.talks[0].text.slice(self.talks[0].said..);
            if !rest.is_empty() {
                self.talks[0].said += self.ours.send(now, rest);
            }
            if self.closes_now(0) {
                self.talks[0].is_done = true;
                self.ours.finish(now);
            }
        }
        if self.talks[0].is_done && self.talks[0].at_end {
            self.ours.close(now, false);
        }
    }

    fn their_application(&mut self) {
        loop {
            let socket = self.theirs.socket();
            if !socket.can_recv() {
                break;
            }
            let heard = &mut self.talks[1].heard;
            let read = socket.recv(|data| {
                heard.extend_from_slice(data);
                (data.len(), ())
            });
            read.expect("there is something to read");
        }
        self.check_prefixes();
        let state = self.theirs.state();
        if self.is_aborted && state == TheirState::Listen {
            self.theirs.socket().close();
        }
        let is_open = !matches!(
            state,
            TheirState::Closed | TheirState::Listen | TheirState::SynSent | TheirState::SynReceived
        );
        if is_open && !self.theirs.socket().may_recv() {
            self.talks[1].at_end = true;
        }
        if self.aborts_now(1) {
            self.is_aborted = true;
            self.talks[1].is_done = true;
            return self.theirs.socket().abort();
        }
        if self.may_speak(1) && is_open && !self.talks[1].is_done {
            let rest = self.talks[1].text.slice(self.talks[1].said..);
            // A connection that was reset takes nothing; the abort is the only cause, and checked at the end.
            self.talks[1].said += self.theirs.socket().send_slice(&rest).unwrap_or(0);
            if self.closes_now(1) {
                self.talks[1].is_done = true;
                self.theirs.socket().close();
            }
        }
    }

    /// The one who speaks second waits for the end of file.
    fn may_speak(&self, end: usize) -> bool {
        match (self.plan.closing, end) {
            (Closing::OursHalf, 1) | (Closing::TheirsHalf, 0) => self.talks[end].at_end,
            _ => true,
        }
    }

    /// `end` has said all and it is its turn to close.
    fn closes_now(&self, end: usize) -> bool {
        let talk = &self.talks[end];
        if talk.is_done || talk.said < talk.text.len() {
            return false;
        }
        match (self.plan.closing, end) {
            (Closing::OursFirst | Closing::OursHalf | Closing::TheirsAborts, 0)
            | (Closing::TheirsFirst | Closing::TheirsHalf | Closing::OursAborts, 1) => true,
            (Closing::Together, _) => {
                let are_open = self.ours.is_open() && self.theirs.state() == TheirState::Established;
                (are_open && self.has_heard_all(0) && self.has_heard_all(1)) || self.talks[1 - end].is_done
            }
            _ => talk.at_end,
        }
    }

    /// It is the moment of the abort: half of what the other has to say was heard.
    fn aborts_now(&mut self, end: usize) -> bool {
        let aborter = match self.plan.closing {
            Closing::OursAborts => 0,
            Closing::TheirsAborts => 1,
            _ => return false,
        };
        let is_open = if end == 0 { self.ours.is_open() } else { self.theirs.socket().may_send() };
        let half = self.talks[1 - end].text.len() / 2;
        aborter == end && !self.is_aborted && is_open && self.talks[end].heard.len() >= half
    }

    fn has_heard_all(&self, end: usize) -> bool {
        self.talks[end].heard.len() == self.talks[1 - end].text.len()
    }

    fn is_over(&self) -> bool {
        let was_open = self.talks.iter().any(|talk| talk.is_done);
        was_open
            && self.ours.is_over()
            && self.theirs.state() == TheirState::Closed
            && self.link.next_arrival().is_none()
    }

    fn check_prefixes(&self) {
        for end in 0..2 {
            let (heard, said) = (&self.talks[end].heard, &self.talks[1 - end].text);
            if !said.starts_with(heard) {
                self.fail("bytes were read that were never sent");
            }
        }
    }

    fn check_end(&self) {
        let heard_all = self.has_heard_all(0) && self.has_heard_all(1);
        if !heard_all && !self.plan.closing.is_abort() {
            self.fail("something was not heard");
        }
        // The path that the diagram shows: no state was left out, whatever the link did.
        let expected: Option<&[State]> = match (self.plan.closing, self.plan.weather) {
            (Closing::OursFirst, Weather::Fair) if self.plan.bytes[1] == 0 => {
                Some(&[State::Established, State::FinWait1, State::FinWait2, State::TimeWait, State::Closed])
            }
            (Closing::TheirsFirst, Weather::Fair) if self.plan.bytes[0] == 0 => {
                Some(&[State::Established, State::CloseWait, State::LastAck, State::Closed])
            }
            (Closing::Together, Weather::Fair) => {
                Some(&[State::Established, State::FinWait1, State::Closing, State::TimeWait, State::Closed])
            }
            _ => None,
        };
        if let Some(expected) = expected
            && !self.ours.path.ends_with(expected)
        {
            self.fail("our end took another path");
        }
    }

    fn note(&mut self, who: &str, packet: &Bytes) {
        let Ok(segment) = wire::decode(packet) else { panic!("{who} sent what cannot be read") };
        self.note_in_vain(&segment);
        self.log.push(format!("{} {who} {segment}", self.now));
    }

    fn note_in_vain(&mut self, segment: &Segment) {
        if segment.source.addr == HostId::Server.addr() {
            self.in_vain.push_back((segment.seq, segment.end()));
            self.in_vain.drain(..self.in_vain.len().saturating_sub(IN_VAIN));
        } else if segment.has(Control::ACK) && self.awaited != Some(segment.ack) {
            self.awaited = Some(segment.ack);
            self.in_vain.clear();
        }
    }

    fn fail(&self, why: &str) -> ! {
        let last = self.log.len().saturating_sub(LINES_OF_REPORT);
        panic!(
            "{}\n{why}, at {}\n{:?}\nours: {}after {:?}\ntheirs: {}\nsaid {:?}, heard {:?}, done {:?}",
            self.log[last..].join("\n"),
            self.now,
            self.plan,
            self.ours.sockets(),
            self.ours.path,
            self.theirs.state(),
            self.talks.each_ref().map(|talk| talk.said),
            self.talks.each_ref().map(|talk| talk.heard.len()),
            self.talks.each_ref().map(|talk| (talk.is_done, talk.at_end)),
        )
    }
}
