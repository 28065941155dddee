//! What a run's own baseline says against an alarm: heavy tails, and values that hang together.
//!
//! Asked by a monitor that remembers; one that does not has the own line alone.

/// A z must be so many times the strangest z of the baseline that it is measured by: a run with heavy tails says so there
/// before its own line has had the time to.
const REACH: f64 = 2.0;
/// An autocorrelation is taken for this at most: of 64 values, no more can be told.
const STICKIEST: f64 = 0.95;
/// Values count as at most this many spreads from the median: one outlier must not hide how the others hang together.
const CLIP: f64 = 3.0;

/// By how much a score must exceed its own line, given the line that the baseline's farthest z asks for.
pub(crate) fn of_reach(farthest: f64, own_line: f64) -> f64 {
    (REACH * farthest / own_line).max(1.0)
}

/// The same for a cumulative sum whose cap is meant for independent values: of values that hang together as x = φ y + e
/// do, the sum reaches (1 + φ) / (1 - φ) times as high equally often.
pub(crate) fn of_persistence(persistence: f64, cap: f64, own_line: f64) -> f64 {
    (cap * (1.0 + persistence) / (1.0 - persistence) / own_line).max(1.0)
}

/// φ of a ring of every second value: the root of one less half the ratio of mean square difference to variance (von
/// Neumann 1941), which of a trend is near 1 too. 0 where neighbours differ as strangers do.
pub(crate) fn persistence(ring: &[f64], oldest: usize, median: f64, spread: f64) -> f64 {
    let clipped = |at: usize| {
        let value = ring[(oldest + at) % ring.len()];
        ((value - median) / spread).clamp(-CLIP, CLIP)
    };
    let (mut sum, mut squares, mut differences, mut before) = (0.0, 0.0, 0.0, clipped(0));
    for at in 0..ring.len() {
        let value = clipped(at);
        sum += value;
        squares += value * value;
        differences += (value - before) * (value - before);
        before = value;
    }
    let variance = squares - sum * sum / ring.len() as f64;
    if variance <= 0.0 {
        return 0.0;
    }
    (1.0 - differences / (2.0 * variance)).max(0.0).sqrt().min(STICKIEST)
}
