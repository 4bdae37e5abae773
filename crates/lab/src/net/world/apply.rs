//! Applies an [`Input`] to the world.

use super::World;
use crate::host::{CallResult, HostId, SocketCall, Value};
use crate::net::input::{Input, InputError};
use crate::net::link::{Cable, Judged, Link};
use crate::net::packet::{By, PacketId, Verdict};
use crate::net::record::{Setting, What};

impl World {
    /// Does one thing to the world. It takes no time.
    ///
    /// # Errors
    /// If it is not possible; then nothing has changed. A socket call that fails is no error: its result is an errno.
    pub fn apply(&mut self, input: Input) -> Result<(), InputError> {
        match input {
            Input::Call { host, call } => {
                let _ = self.call(host, call);
            }
            Input::Verdict { packet, verdict } => self.judge(packet, verdict)?,
            Input::Crash(host) => {
                if !self.host(host).is_up() {
                    return Err(InputError::AlreadyDown(host));
                }
                self.host_mut(host).crash();
                self.record(Some(host), None, What::Crashed);
            }
            Input::Restart(host) => {
                if self.host(host).is_up() {
                    return Err(InputError::AlreadyUp(host));
                }
                let now = self.now;
                self.host_mut(host).restart(now);
                self.record(Some(host), None, What::Restarted);
            }
            Input::CutCable => self.cut_cable()?,
            Input::MendCable => {
                if self.link.cable == Cable::Up {
                    return Err(InputError::NotCut);
                }
                self.link_mut().cable = Cable::Up;
                self.record(None, None, What::CableMended);
            }
            Input::AddRule(_)
            | Input::RemoveRule(_)
            | Input::ClearRules
            | Input::SetLatency { .. }
            | Input::SetLoss { .. }
            | Input::SetDuplication { .. } => self.set_link(input)?,
            Input::SetConfig { host, config } => {
                self.host_mut(host).settings_mut().config = config.clone();
                self.record(Some(host), None, What::Setting(Setting::Config(config)));
            }
            Input::SetWhatIf { host, what_if } => {
                self.host_mut(host).settings_mut().what_if = what_if;
                self.record(Some(host), None, What::Setting(Setting::WhatIf(what_if)));
            }
            Input::RunProgram { host, program } => {
                let now = self.now;
                for outcome in self.host_mut(host).run(now, program) {
                    self.note(host, outcome, None, true);
                }
                self.record(Some(host), None, What::Setting(Setting::Program(program)));
            }
        }
        Ok(())
    }

    /// Makes a socket call and returns its result, which [`Self::apply`] does not.
    pub fn call(&mut self, host: HostId, call: SocketCall) -> CallResult {
        let now = self.now;
        let outcome = self.host_mut(host).call(now, call);
        let result = outcome.result.clone();
        self.note(host, outcome, None, false);
        // Every call returns.
        result.unwrap_or(Ok(Value::Zero))
    }

    fn judge(&mut self, packet: PacketId, verdict: Verdict) -> Result<(), InputError> {
        let now = self.now;
        let judged = self.link.packet(packet).ok_or(InputError::NoSuchPacket(packet))?;
        let (from, bytes, sending) = (judged.from, judged.bytes.clone(), judged.sending);
        let copy = self.link_mut().judge(now, packet, verdict)?;
        self.record_verdict(Judged { packet, sending, verdict, by: By::Learner, copy });
        if let Verdict::Unreachable(kind) = verdict {
            self.report(from, kind, &bytes);
        }
        // It arrives now, before anything else that is due at this instant.
        if verdict == Verdict::Deliver
            && let Some(packet) = self.link_mut().take(packet)
        {
            self.deliver(packet);
        }
        Ok(())
    }

    fn cut_cable(&mut self) -> Result<(), InputError> {
        if self.link.cable == Cable::Cut {
            return Err(InputError::AlreadyCut);
        }
        let lost = self.link_mut().cut();
        self.record(None, None, What::CableCut);
        for packet in lost {
            let (packet, sending) = (packet.id, packet.sending);
            let (verdict, by) = (Verdict::Drop, By::CutCable);
            self.record_verdict(Judged { packet, sending, verdict, by, copy: None });
        }
        Ok(())
    }

    fn set_link(&mut self, input: Input) -> Result<(), InputError> {
        let in_range = |rate| if rate > 1_000 { Err(InputError::NotPerMille(rate)) } else { Ok(rate) };
        let setting = match input {
            Input::AddRule(rule) => {
                self.link_mut().rules.add(rule)?;
                Setting::RuleAdded(rule)
            }
            Input::RemoveRule(index) => Setting::RuleRemoved(self.link_mut().rules.remove(index)?),
            Input::SetLatency { from, latency } => {
                Link::check_length(latency)?;
                self.link_mut().latency[from.index()] = latency;
                Setting::Latency { from, latency }
            }
            Input::SetLoss { from, per_mille } => {
                self.link_mut().loss_per_mille[from.index()] = in_range(per_mille)?;
                Setting::Loss { from, per_mille }
            }
            Input::SetDuplication { from, per_mille } => {
                self.link_mut().duplicate_per_mille[from.index()] = in_range(per_mille)?;
                Setting::Duplication { from, per_mille }
            }
            _ => {
                self.link_mut().rules.clear();
                Setting::RulesCleared
            }
        };
        self.record(None, None, What::Setting(setting));
        Ok(())
    }
}
