//! The adaptive threshold: a stream whose healthy scores have a heavy tail raises its own.

use crate::error::{Result, StateError};
use crate::state::fields;

/// The alarm threshold of an ordinary stream, in deviations of the score; fitted with the slope of the p-value.
pub(super) const THRESHOLD: f64 = 7.0;
/// A score beyond this many deviations belongs to an episode.
pub(super) const TAIL: f64 = 3.0;
/// Two such scores further apart than this many samples belong to two episodes, as by default in [`crate::Episodes`].
const APART: u64 = 50;
/// Samples after which a peak is forgotten.
const OLDEST: u64 = 32_768;

/// A height that a stream's episodes reach again and again: the lowest of the `rank` highest peaks of the last `window`
/// samples. The threshold lies `factor` times as far beyond the tail as that height.
struct Recurrence {
    rank: usize,
    window: u64,
    factor: f64,
}

/// A short recurrence, soon established, and a long one at half its rate, for tails that are heavy but rare. The long one
/// asks for more peaks than a stream has true events of one size, or they would hide each other.
///
/// With the short one the false alarms in 10,000 samples fall from 21 to 2.2 on Cauchy noise, and from 11 to 5.6 on lognormal
/// noise of sigma 1.5. The long one is the strictest that loses no event of NAB (2026-11-24; docs/detector.md has the others).
const RECURRENCES: [Recurrence; 2] = [
    Recurrence { rank: 4, window: 4096, factor: 1.75 },
    Recurrence { rank: 16, window: OLDEST, factor: 2.0 },
];

impl Recurrence {
    /// The threshold that it asks for at sample number `t`.
    fn threshold(&self, t: u64, peaks: &[Peak]) -> f64 {
        let recent = peaks.iter().filter(|peak| t.saturating_sub(peak.t) <= self.window);
        let mut heights: Vec<f64> = recent.map(|peak| peak.z).collect();
        heights.sort_unstable_by(|a, b| b.total_cmp(a));
        heights.get(self.rank - 1).map_or(THRESHOLD, |lowest| TAIL + self.factor * (lowest - TAIL))
    }
}

/// The first highest score of an episode.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Peak {
    t: u64,
    z: f64,
}

/// The peaks of the stream's own recent episodes, and the alarm threshold that follows from them.
///
/// Three high peaks change nothing: the threshold rises only where a stream keeps reaching such scores.
#[derive(Debug, Clone)]
pub(crate) struct PeaksOverThreshold {
    threshold: f64,
    last_high: Option<u64>,
    episode: Option<Peak>,
    peaks: Vec<Peak>,
}

impl PeaksOverThreshold {
    /// The common threshold, until the stream has peaks of its own.
    pub(crate) fn new() -> Self {
        Self { threshold: THRESHOLD, last_high: None, episode: None, peaks: Vec::new() }
    }

    /// The threshold for a score that lies `z` deviations out at sample number `t`.
    pub(crate) fn push(&mut self, t: u64, z: f64) -> f64 {
        if z >= TAIL {
            if self.last_high.is_none_or(|last| t.saturating_sub(last) > APART) {
                self.begin(t);
            }
            self.last_high = Some(t);
            if self.episode.is_none_or(|peak| z > peak.z) {
                self.episode = Some(Peak { t, z });
            }
        }
        self.threshold
    }

    /// Lists the peak of the finished episode and sets the threshold for the one that begins.
    fn begin(&mut self, t: u64) {
        self.peaks.extend(self.episode.take());
        self.peaks.retain(|peak| t.saturating_sub(peak.t) <= OLDEST);
        let highest = |threshold: f64, own: &Recurrence| threshold.max(own.threshold(t, &self.peaks));
        self.threshold = RECURRENCES.iter().fold(THRESHOLD, highest);
    }

    fn check(&mut self) -> Result<()> {
        let possible = (THRESHOLD..=f64::MAX).contains(&self.threshold);
        if possible && self.peaks.iter().all(|peak| peak.z >= TAIL) {
            Ok(())
        } else {
            Err(StateError::Field { name: "adaptive threshold" }.into())
        }
    }
}

fields!(PeaksOverThreshold { threshold, last_high, episode, peaks } then check);
fields!(Peak { t, z });
