//! Blocking calls: `0.1...0.5 accept(3, ..., ...) = 4` is called at the first time and must return at the second.

use super::{Failure, Runner};
use crate::calls::{Answer, Call};
use crate::schedule::{self, seconds};
use crate::script::{CallSpec, Time};

/// A call that has not returned.
pub(super) struct Blocked {
    pub(super) spec: CallSpec,
    /// When it must return.
    returns: u64,
    /// By how much that time may differ.
    slack: u64,
}

impl Runner {
    pub(super) fn begin_blocking(
        &mut self,
        spec: &CallSpec,
        time: Time,
        returns: u64,
    ) -> Result<(), Failure> {
        if self.blocked.is_some() {
            return Err(Failure::Unsupported("two calls that block at once".to_owned()));
        }
        let start = self.clock;
        // Absolute or relative, like the event's own time.
        let returns = match time {
            Time::Relative(after) => start.saturating_sub(after).saturating_add(returns),
            other => returns.max(schedule::moment(other, start)),
        };
        let slack = self.tolerance.around(returns, start);
        let call = Call { spec, stack: &mut self.stack, ports: self.ports, mode: self.mode };
        let answer = self.calls.begin(call)?;
        self.follow(spec);
        let blocked = Blocked { spec: spec.clone(), returns, slack };
        match answer {
            Some(answer) => self.return_from(&blocked, answer),
            None => {
                self.blocked = Some(blocked);
                Ok(())
            }
        }
    }

    /// Something has happened, so perhaps the call can return now.
    pub(super) fn resume_blocked(&mut self) -> Result<(), Failure> {
        let Some(blocked) = self.blocked.take() else { return Ok(()) };
        let call = Call { spec: &blocked.spec, stack: &mut self.stack, ports: self.ports, mode: self.mode };
        match self.calls.resume(call)? {
            Some(answer) => self.return_from(&blocked, answer),
            None => {
                self.blocked = Some(blocked);
                Ok(())
            }
        }
    }

    /// Fails if a call should have returned by now.
    pub(super) fn check_blocked(&self) -> Result<(), Failure> {
        match &self.blocked {
            Some(blocked) if self.clock > blocked.returns + blocked.slack => {
                let got = format!("it still blocks at {}", seconds(self.clock));
                Err(Failure::mismatch(blocked.describe(), got))
            }
            _ => Ok(()),
        }
    }

    fn return_from(&mut self, blocked: &Blocked, answer: Answer) -> Result<(), Failure> {
        let now = self.stack.now();
        if now.abs_diff(blocked.returns) > blocked.slack {
            let got = format!("it returns at {}", seconds(now));
            return Err(Failure::mismatch(blocked.describe(), got));
        }
        self.calls.check(&blocked.spec, answer)
    }
}

impl Blocked {
    fn describe(&self) -> String {
        format!("{} at {}", self.spec, seconds(self.returns))
    }
}
