//! The alarm threshold that a stream sets itself: one whose healthy scores have a heavy tail raises it.

use crate::detect::threshold::peaks::{OLDEST, Peaks, TAIL};
use crate::error::{Result, StateError};
use crate::state::fields;

/// The alarm threshold of an ordinary stream, in deviations of the score; fitted with the slope of the p-value.
pub(super) const THRESHOLD: f64 = 7.0;
/// A threshold stays below this while no more than [`RARE`] peaks of the last [`SHORT`] samples are as high.
const CAP: f64 = 20.0;
const RARE: u64 = 12;
const SHORT: u64 = 4096;
/// Peaks stand apart from the next lower one where they are so many times as far beyond the tail, one deviation shared between
/// them, and so many deviations higher.
const APART_TIMES: f64 = 4.0;
const APART_BY: f64 = 6.0;
const SHARED: f64 = 0.5;
/// The tail of the peaks: how often one is reached, in 10,000 samples, and how many times as often another.
const OFTEN: f64 = 8.0;
const TIMES: f64 = 3.0;
const STEEPER: f64 = 1.5;

/// A height that a stream's episodes reach again and again: the lowest of the `rank` highest peaks of the last `window`
/// samples. The threshold lies `factor` times as far beyond the tail as that height.
struct Recurrence {
    rank: usize,
    window: u64,
    factor: f64,
}

/// A short recurrence, soon established, and a long one at half its rate, for tails that are heavy but rare. The long one
/// asks for more peaks than a stream has true events of one size, or they would hide each other.
const RECURRENCES: [Recurrence; 2] = [
    Recurrence { rank: 4, window: SHORT, factor: 1.75 },
    Recurrence { rank: 16, window: OLDEST, factor: 2.0 },
];

impl Recurrence {
    /// The threshold that it asks for; `apart` of the heights are incidents, no habit.
    fn threshold(&self, heights: &[f64], apart: usize) -> f64 {
        let lowest = heights.get(apart + self.rank - 1);
        lowest.map_or(THRESHOLD, |lowest| TAIL + self.factor * (lowest - TAIL))
    }
}

/// How many of the highest peaks stand apart from all others: what recurs and is far from usual is an incident each time. No more
/// than [`RARE`] in [`SHORT`] samples can; a job that runs more often is a habit.
fn apart(heights: &[f64], t: u64, window: u64) -> usize {
    let beyond = |i: usize| heights.get(i).map_or(0.0, |z| z - TAIL);
    let most = usize::try_from(RARE * window.min(t) / SHORT).unwrap_or(usize::MAX).min(heights.len());
    let mut widest = (APART_TIMES, 0);
    for i in 1..=most {
        let (above, below) = (beyond(i - 1), beyond(i));
        let ratio = (above + SHARED) / (below + SHARED);
        if above - below >= APART_BY && ratio >= APART_TIMES && (widest.1 == 0 || ratio > widest.0) {
            widest = (ratio, i);
        }
    }
    widest.1
}

/// The height that peaks reach 8 times fewer than once in 10,000 samples, drawn through two heights that they do reach.
fn tail(heights: &[f64], apart: usize, t: u64) -> Option<f64> {
    let first = (OFTEN * t.min(OLDEST) as f64 / 1e4).round();
    let second = (TIMES * first).floor();
    if first < 2.0 {
        return None;
    }
    let at = |rank: f64| heights.get(apart + rank as usize - 1).copied();
    let (high, low) = (at(first)?, at(second)?);
    Some(high + STEEPER * (high - low) / libm::log(TIMES) * libm::log(OFTEN))
}

/// The peaks of the stream's own recent episodes, and the alarm threshold that follows from them.
///
/// Three high peaks change nothing: the threshold rises only where a stream keeps reaching such scores.
#[derive(Debug, Clone)]
pub(super) struct OwnLine {
    threshold: f64,
    peaks: Peaks,
}

impl OwnLine {
    /// The common threshold, until the stream has peaks of its own.
    pub(super) fn new() -> Self {
        Self { threshold: THRESHOLD, peaks: Peaks::default() }
    }

    /// The threshold for a score that lies `z` deviations out at sample number `t`; it holds through an episode.
    pub(super) fn push(&mut self, t: u64, z: f64) -> f64 {
        if self.peaks.push(t, z) {
            self.threshold = self.asked(t);
        }
        self.threshold
    }

    fn asked(&self, t: u64) -> f64 {
        let mut threshold = THRESHOLD;
        for recurrence in &RECURRENCES {
            let heights = self.peaks.heights(t, recurrence.window);
            threshold = threshold.max(recurrence.threshold(&heights, apart(&heights, t, recurrence.window)));
        }
        let heights = self.peaks.heights(t, OLDEST);
        let tail = tail(&heights, apart(&heights, t, OLDEST), t);
        let threshold = tail.map_or(threshold, |tail| threshold.max(tail));
        let high = self.peaks.heights(t, SHORT).iter().filter(|&&z| z >= CAP).count() as u64;
        if high <= RARE { threshold.min(CAP) } else { threshold }
    }

    fn check(&mut self) -> Result<()> {
        if (THRESHOLD..=f64::MAX).contains(&self.threshold) {
            Ok(())
        } else {
            Err(StateError::Field { name: "adaptive threshold" }.into())
        }
    }
}

fields!(OwnLine { threshold, peaks } then check);

#[cfg(test)]
mod tests {
    use super::*;

    /// The thresholds under which each of `count` peaks of one height stands, `between` samples after one another.
    fn thresholds(between: u64, count: u64) -> Vec<f64> {
        let mut line = OwnLine::new();
        (1..=count).map(|i| line.push(i * between, 23.0)).collect()
    }

    #[test]
    fn what_recurs_and_stands_apart_rings_each_time() {
        assert_eq!(thresholds(600, 50), [THRESHOLD; 50]);
    }

    #[test]
    fn what_comes_more_often_than_twelve_times_in_4096_is_a_habit() {
        let found = thresholds(300, 20);
        assert_eq!((&found[..8], &found[8..13]), (&[THRESHOLD; 8][..], &[CAP; 5][..]));
        assert!(found[13..].iter().all(|&threshold| threshold >= 38.0), "{found:?}");
    }

    #[test]
    fn the_tail_of_the_own_peaks_is_followed() {
        let mut line = OwnLine::new();
        (0..25).for_each(|i| _ = line.push(400 * i, 3.0 + 0.1 * i as f64));
        // The 8th and the 24th highest are 4.7 and 3.1.
        let wanted = 4.7 + 1.5 * 1.6 * libm::log(8.0) / libm::log(3.0);
        assert!((line.push(10_000, 3.0) - wanted).abs() < 1e-12);
    }
}
