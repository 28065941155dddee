//! The newest values of a signal beside those before them, counted in values and not in rows.

use crate::state::fields;

/// The newest values: a median of eight is not moved by three that are strange.
const NEWEST: usize = 8;
/// Values before them, whose median is the usual one.
const USUAL: usize = 64;
/// Fewer say nothing of a spread.
const LEAST: usize = 16;
const KEPT: usize = NEWEST + USUAL;
/// A standard deviation of a normal distribution, in median absolute deviations.
const MAD: f64 = 1.4826;
/// The largest autocorrelation that 64 values can tell from a trend.
const LARGEST_PHI: f64 = 0.9;

/// The newest 72 finite values.
#[derive(Debug, Clone)]
pub(crate) struct Levels {
    values: [f64; KEPT],
    count: u64,
    /// Sum of the first eight values.
    first: f64,
}

/// What a value is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Level {
    /// The third smallest of the newest eight: six are not below it.
    pub low: f64,
    /// Their median.
    pub middle: f64,
    /// The third largest: six are not above it.
    pub high: f64,
    /// The median of up to 64 values before them.
    pub usual: f64,
    /// The standard deviation of a mean of eight values like those before, the more autocorrelated the larger.
    pub noise: f64,
    /// The mean of the first eight values.
    pub start: f64,
    /// How many values came before the newest eight.
    pub before: u64,
}

impl Default for Levels {
    fn default() -> Self {
        Self { values: [0.0; KEPT], count: 0, first: 0.0 }
    }
}

impl Levels {
    /// Takes a finite value; the level from the 24th value on.
    pub(crate) fn push(&mut self, value: f64) -> Option<Level> {
        self.values[self.count as usize % KEPT] = value;
        self.first += if self.count < NEWEST as u64 { value } else { 0.0 };
        self.count += 1;
        (self.count >= (NEWEST + LEAST) as u64).then(|| self.level())
    }

    fn level(&self) -> Level {
        let mut ordered = self.values;
        let kept = (self.count as usize).min(KEPT);
        ordered.rotate_left(if self.count > KEPT as u64 { self.count as usize % KEPT } else { 0 });
        let (before, newest) = ordered[..kept].split_at_mut(kept - NEWEST);
        newest.sort_unstable_by(f64::total_cmp);
        let usual = median(before.iter().copied());
        Level {
            low: newest[2],
            middle: 0.5 * newest[NEWEST / 2 - 1] + 0.5 * newest[NEWEST / 2],
            high: newest[5],
            usual,
            noise: noise(before, usual),
            start: self.first / NEWEST as f64,
            before: self.count - NEWEST as u64,
        }
    }
}

/// The spread of a mean of eight: of an AR(1) process, which most signals of a run are like.
fn noise(values: &[f64], usual: f64) -> f64 {
    let away = |value: &f64| value - usual;
    let squares: f64 = values.iter().map(|value| away(value).powi(2)).sum();
    let products: f64 = values.windows(2).map(|pair| away(&pair[0]) * away(&pair[1])).sum();
    let phi = if squares > 0.0 { (products / squares).clamp(0.0, LARGEST_PHI) } else { 0.0 };
    let of_mean = ((1.0 + phi) / (1.0 - phi) / NEWEST as f64).sqrt().min(1.0);
    MAD * of_mean * median(values.iter().map(|value| away(value).abs()))
}

/// The median of up to 64 values, of an even number the mean of the two in the middle, so that a fall is the rise of the
/// negative.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sorted, mut count) = ([0.0; USUAL], 0);
    for (slot, value) in sorted.iter_mut().zip(values) {
        *slot = value;
        count += 1;
    }
    let (below, &mut upper, _) = sorted[..count].select_nth_unstable_by(count / 2, f64::total_cmp);
    let lower = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if count % 2 == 0 { 0.5 * lower + 0.5 * upper } else { upper }
}

fields!(Levels { values, count, first });

fields!(Level { low, middle, high, usual, noise, start, before });
