//! What a run's own past says against an alarm: heavy tails, values that hang together, strangeness that comes and goes, a
//! loss that has no best.
//!
//! Asked by a monitor that remembers; one that does not has the own line alone.

/// A z must be so many times the strangest z of the baseline that it is measured by: a run with heavy tails says so there
/// before its own line has had the time to.
const REACH: f64 = 2.0;
/// An autocorrelation is taken for this at most: of 64 values, no more can be told.
const STICKIEST: f64 = 0.95;
/// Values count as at most this many spreads from the median: one outlier must not hide how the others hang together.
const CLIP: f64 = 3.0;
/// Fewer block maxima tell nothing of how they differ.
const FEWEST: f64 = 3.0;
/// Below a quarter of the least line, maxima are all the same: nothing.
const NOTHING: f64 = 0.25;
/// How much the logarithms of maxima of 32 values differ where tails are light.
const LIGHT: f64 = 0.2;
/// How many such deviations more a score must lie above the largest maximum.
const DEVIATIONS: f64 = 1.5;
/// However wild the past, so many times its own line is an alarm.
const WILDEST: f64 = 9.0;
/// A drawdown from a best that was not little must be so much higher, in logarithms.
const SHALLOW: f64 = 2.0;
/// asinh(5): a loss of a tenth of its scale.
const LITTLE: f64 = 2.312_438_341_272_752_5;

/// By how much a score must exceed its own line, given the line that the baseline's farthest z asks for.
pub(crate) fn of_reach(farthest: f64, own_line: f64) -> f64 {
    (REACH * farthest / own_line).max(1.0)
}

/// The same for a cumulative sum whose cap is meant for independent values: of values that hang together as x = φ y + e
/// do, the sum reaches (1 + φ) / (1 - φ) times as high equally often.
pub(crate) fn of_persistence(persistence: f64, cap: f64, own_line: f64) -> f64 {
    (cap * (1.0 + persistence) / (1.0 - persistence) / own_line).max(1.0)
}

/// The same for a run whose strangeness comes and goes, from the maxima that make up its own line. Their logarithms differ
/// by π / (√6 α) where tails fall as x^-α (Fréchet 1927), and a quantile beyond them lies higher by a factor whose
/// logarithm is in proportion: bursts, heavy tails and games of two nets ask for more than their largest maximum.
pub(crate) fn of_swing(maxima: &[f64], least_line: f64) -> f64 {
    let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for &maximum in maxima.iter().filter(|&&maximum| maximum > f64::NEG_INFINITY) {
        let log = (maximum / (NOTHING * least_line)).max(1.0).ln();
        (count, sum, squares) = (count + 1.0, sum + log, squares + log * log);
    }
    if count < FEWEST {
        return 1.0;
    }
    let deviation = (squares / count - (sum / count).powi(2)).max(0.0).sqrt();
    (DEVIATIONS * (deviation - LIGHT).max(0.0)).exp().min(WILDEST)
}

/// By how much a drawdown must be higher, given the best, compressed. A loss of which more than a tenth is left may chase a
/// target of its own: it rises tenfold in health, and has to be lost by the square of that. Below zero, a multiple of the
/// best has no meaning.
pub(crate) fn of_best(best: f64) -> f64 {
    match best {
        0.0..=LITTLE => 1.0,
        LITTLE.. => SHALLOW,
        _ => f64::INFINITY,
    }
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
