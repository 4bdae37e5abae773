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

/// Every meeting must be over by then. Time-outs double up to two minutes, so with bad luck it takes hours.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// More events than any meeting needs. Two ends that answer each other for ever would reach it.
const MOST_EVENTS: u32 = 200_000;

/// How many of the last packets are shown when a meeting fails.
const LINES_OF_REPORT: usize = 40;

/// If this many segments of theirs in a row have nothing that our end waits for, smoltcp has stalled.
const MOST_USELESS: usize = 100;

/// Who opens the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Opening {
    OursConnects,
    TheirsConnects,
    /// Both connect, each to the other's port.
    Both,
}

/// Who closes first, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Closing {
    /// Ours, as soon as it has sent everything; theirs at end of file.
    OursFirst,
    TheirsFirst,
    /// The first sends everything and closes its direction; only then the second sends.
    OursHalf,
    TheirsHalf,
    /// Both at the same instant, when everything is read.
    Together,
    /// Our application aborts in the middle; theirs closes when it has sent everything.
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

/// Everything that a meeting depends on. Index 0 is our end, 1 is theirs.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) opening: Opening,
    pub(crate) closing: Closing,
    /// How much data each end sends.
    pub(crate) bytes: [usize; 2],
    pub(crate) weather: Weather,
    /// The secret behind our initial sequence numbers.
    pub(crate) secret: u64,
    pub(crate) buffers: [u32; 2],
    /// Delayed acknowledgements and Nagle's algorithm, for each end.
    pub(crate) is_lazy: [bool; 2],
    pub(crate) congestion_control: bool,
    /// Which options our end offers in its SYN.
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

    /// The settings of our end.
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
            // If the RST of an abort is lost, we would wait for ever in FIN-WAIT-2 without keep-alives.
            keepalive: self.closing.is_abort(),
            keepalive_idle: Duration::from_secs(60),
            // No end may give up because of bad luck.
            syn_retries: u8::MAX,
            data_retries: u8::MAX,
            ..Config::default()
        }
    }
}

/// What one application has sent and received.
#[derive(Default)]
struct Talk {
    /// Everything it will send.
    text: Bytes,
    sent: usize,
    received: Vec<u8>,
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
    /// The packets sent, for the report of a failure.
    log: Vec<String>,
    /// The latest segments that theirs has sent without the octet that our end waits for: first number and end of each.
    useless: VecDeque<(SeqNumber, SeqNumber)>,
    /// The next octet that our end waits for.
    awaited: Option<SeqNumber>,
    /// Which end was in SYN-RECEIVED after SYN-SENT.
    was_syn_received: [bool; 2],
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
            useless: VecDeque::new(),
            awaited: None,
            was_syn_received: [false; 2],
            plan,
        }
    }

    /// The SYNs have crossed: both ends went from SYN-SENT to SYN-RECEIVED.
    pub(crate) const fn crossed(&self) -> bool {
        self.was_syn_received[0] && self.was_syn_received[1]
    }

    /// Our sequence numbers have wrapped.
    pub(crate) fn wrapped(&self) -> bool {
        self.ours.wrapped
    }

    /// Runs the meeting to its end. False if smoltcp has stalled: our end has sent and acknowledged everything and has
    /// an open window, but for a long time nothing that theirs sent had the octet that ours waits for.
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
                if self.ours.owes_nothing() && self.has_stalled() {
                    return false;
                }
                self.fail("it takes for ever");
            }
            self.arrivals();
            self.ours.fire(self.now);
        }
        self.fail("there is no end of packets");
    }

    /// When duplicate acknowledgements ask for a segment that reaches beyond our window, smoltcp repeats it, and then
    /// probes with octets beyond it instead of repeating those that were cut off.
    fn has_stalled(&self) -> bool {
        let Some(awaited) = self.awaited else { return false };
        let has_it =
            |&(start, end): &(SeqNumber, SeqNumber)| start.is_at_or_before(awaited) && end.is_after(awaited);
        self.useless.len() == MOST_USELESS && !self.useless.iter().any(has_it)
    }

    fn arrivals(&mut self) {
        while let Some(packet) = self.link.take(self.now) {
            if packet.to_us {
                self.ours.receive(self.now, &packet.bytes);
            } else {
                self.theirs.receive(&packet.bytes);
                self.theirs.poll(self.now);
                self.was_syn_received[1] |= self.theirs.state() == TheirState::SynReceived;
            }
        }
        self.was_syn_received[0] |= self.ours.path.ends_with(&[State::SynSent, State::SynReceived]);
    }

    /// Lets both ends do everything that they can do at this instant.
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
            // An RST in SYN-RECEIVED leads back to LISTEN, and no other connection will come.
            self.ours.stop_listening(now);
        }
        loop {
            match self.ours.read(now, 3_000) {
                Read::Data(data) => self.talks[0].received.extend_from_slice(&data),
                Read::EndOfFile => {
                    self.talks[0].at_end = true;
                    break;
                }
                Read::Nothing => break,
                Read::Failed => {
                    // Reset, by an abort or by a late packet of theirs after the end. Nothing more can be done.
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
            let rest = self.talks[0].text.slice(self.talks[0].sent..);
            if !rest.is_empty() {
                self.talks[0].sent += self.ours.send(now, rest);
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
            let received = &mut self.talks[1].received;
            let read = socket.recv(|data| {
                received.extend_from_slice(data);
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
            let rest = self.talks[1].text.slice(self.talks[1].sent..);
            // After a reset nothing can be sent. `check_end` checks that there was an abort.
            self.talks[1].sent += self.theirs.socket().send_slice(&rest).unwrap_or(0);
            if self.closes_now(1) {
                self.talks[1].is_done = true;
                self.theirs.socket().close();
            }
        }
    }

    /// The end that sends second waits for end of file.
    fn may_speak(&self, end: usize) -> bool {
        match (self.plan.closing, end) {
            (Closing::OursHalf, 1) | (Closing::TheirsHalf, 0) => self.talks[end].at_end,
            _ => true,
        }
    }

    /// `end` has sent everything, and it is its turn to close.
    fn closes_now(&self, end: usize) -> bool {
        let talk = &self.talks[end];
        if talk.is_done || talk.sent < talk.text.len() {
            return false;
        }
        match (self.plan.closing, end) {
            (Closing::OursFirst | Closing::OursHalf | Closing::TheirsAborts, 0)
            | (Closing::TheirsFirst | Closing::TheirsHalf | Closing::OursAborts, 1) => true,
            (Closing::Together, _) => {
                let are_open = self.ours.is_open() && self.theirs.state() == TheirState::Established;
                (are_open && self.has_received_all(0) && self.has_received_all(1))
                    || self.talks[1 - end].is_done
            }
            _ => talk.at_end,
        }
    }

    /// It is time for the abort: half of the other end's data was received.
    fn aborts_now(&mut self, end: usize) -> bool {
        let aborter = match self.plan.closing {
            Closing::OursAborts => 0,
            Closing::TheirsAborts => 1,
            _ => return false,
        };
        let is_open = if end == 0 { self.ours.is_open() } else { self.theirs.socket().may_send() };
        let half = self.talks[1 - end].text.len() / 2;
        aborter == end && !self.is_aborted && is_open && self.talks[end].received.len() >= half
    }

    fn has_received_all(&self, end: usize) -> bool {
        self.talks[end].received.len() == self.talks[1 - end].text.len()
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
            let (received, sent) = (&self.talks[end].received, &self.talks[1 - end].text);
            if !sent.starts_with(received) {
                self.fail("bytes were read that were never sent");
            }
        }
    }

    fn check_end(&self) {
        let received_all = self.has_received_all(0) && self.has_received_all(1);
        if !received_all && !self.plan.closing.is_abort() {
            self.fail("something was not received");
        }
        // The path of states as in the diagram.
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
        self.note_useless(&segment);
        self.log.push(format!("{} {who} {segment}", self.now));
    }

    fn note_useless(&mut self, segment: &Segment) {
        if segment.source.addr == HostId::Server.addr() {
            self.useless.push_back((segment.seq, segment.end()));
            self.useless.drain(..self.useless.len().saturating_sub(MOST_USELESS));
        } else if segment.has(Control::ACK) && self.awaited != Some(segment.ack) {
            self.awaited = Some(segment.ack);
            self.useless.clear();
        }
    }

    fn fail(&self, why: &str) -> ! {
        let last = self.log.len().saturating_sub(LINES_OF_REPORT);
        panic!(
            "{}\n{why}, at {}\n{:?}\nours: {}after {:?}\ntheirs: {}\nsaid {:?}, received {:?}, done {:?}",
            self.log[last..].join("\n"),
            self.now,
            self.plan,
            self.ours.sockets(),
            self.ours.path,
            self.theirs.state(),
            self.talks.each_ref().map(|talk| talk.sent),
            self.talks.each_ref().map(|talk| talk.received.len()),
            self.talks.each_ref().map(|talk| (talk.is_done, talk.at_end)),
        )
    }
}
