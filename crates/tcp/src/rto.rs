//! The retransmission time-out: RFC 6298, in whole microseconds.

use crate::config::Config;
use crate::time::Duration;

/// Clock granularity G of RFC 6298 §2: our clock counts microseconds.
const GRANULARITY: Duration = Duration::from_micros(1);

/// RFC 6298 §5.7: if the SYN had to be sent again, the time-out for data starts with at least this.
const AFTER_SYN_TIMEOUT: Duration = Duration::from_secs(3);

/// Round-trip estimates and the time-out that follows from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rto {
    /// SRTT and RTTVAR, once a round trip was measured.
    estimate: Option<(Duration, Duration)>,
    /// RTO, back-off included.
    timeout: Duration,
}

impl Rto {
    pub(crate) const fn new(config: &Config) -> Self {
        Self { estimate: None, timeout: config.rto_initial }
    }

    /// How long to wait for an acknowledgement now.
    #[must_use]
    pub const fn timeout(&self) -> Duration {
        self.timeout
    }

    /// SRTT, once a round trip was measured.
    #[must_use]
    pub fn smoothed(&self) -> Option<Duration> {
        self.estimate.map(|(srtt, _)| srtt)
    }

    /// RTTVAR, once a round trip was measured.
    #[must_use]
    pub fn variation(&self) -> Option<Duration> {
        self.estimate.map(|(_, rttvar)| rttvar)
    }

    /// A round trip took `sample` (§2.2, §2.3).
    pub(crate) fn on_sample(&mut self, sample: Duration, config: &Config) {
        let (srtt, rttvar) = match self.estimate {
            None => (sample, sample / 2),
            // RTTVAR is computed with the old SRTT.
            Some((srtt, rttvar)) => (srtt * 7 / 8 + sample / 8, rttvar * 3 / 4 + srtt.abs_diff(sample) / 4),
        };
        self.estimate = Some((srtt, rttvar));
        self.timeout = (srtt + (rttvar * 4).max(GRANULARITY)).max(config.rto_min).min(config.rto_max);
    }

    /// The timer expired (§5.5): wait twice as long.
    pub(crate) fn on_timeout(&mut self, config: &Config) {
        self.timeout = (self.timeout * 2).min(config.rto_max);
    }

    /// New data was acknowledged: the back-off ends, even if there was no sample (Karn).
    pub(crate) fn on_progress(&mut self, config: &Config) {
        if let Some((srtt, rttvar)) = self.estimate {
            self.timeout = (srtt + (rttvar * 4).max(GRANULARITY)).max(config.rto_min).min(config.rto_max);
        }
    }

    /// The connection opened after its SYN had to be sent again (§5.7).
    pub(crate) fn on_open_after_retransmission(&mut self, config: &Config) {
        self.timeout = AFTER_SYN_TIMEOUT.max(config.rto_initial);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        Config { rto_min: Duration::ZERO, ..Config::default() }
    }

    #[test]
    fn the_first_sample_gives_three_times_its_length() {
        let mut rto = Rto::new(&config());
        assert_eq!(rto.timeout(), Duration::from_secs(1));
        rto.on_sample(Duration::from_millis(200), &config());
        assert_eq!(rto.smoothed(), Some(Duration::from_millis(200)));
        assert_eq!(rto.variation(), Some(Duration::from_millis(100)));
        assert_eq!(rto.timeout(), Duration::from_millis(600));
    }

    #[test]
    fn later_samples_are_smoothed() {
        let mut rto = Rto::new(&config());
        rto.on_sample(Duration::from_millis(200), &config());
        rto.on_sample(Duration::from_millis(280), &config());
        // RTTVAR = 3/4 * 100 + 1/4 * |200 - 280| = 95; SRTT = 7/8 * 200 + 1/8 * 280 = 210.
        assert_eq!(rto.variation(), Some(Duration::from_millis(95)));
        assert_eq!(rto.smoothed(), Some(Duration::from_millis(210)));
        assert_eq!(rto.timeout(), Duration::from_millis(590));
    }

    #[test]
    fn it_doubles_up_to_the_maximum_and_never_falls_below_the_minimum() {
        let config = Config::default();
        let mut rto = Rto::new(&config);
        let waits: Vec<_> = (0..9)
            .map(|_| {
                let wait = rto.timeout().as_millis() / 1_000;
                rto.on_timeout(&config);
                wait
            })
            .collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 120, 120]);
        rto.on_sample(Duration::from_millis(1), &config);
        assert_eq!(rto.timeout(), config.rto_min);
    }
}
