//! The one statistic of the monitor: how far a block mean lies outside the run's own earlier block means.

use crate::error::Result;
use crate::state::{Fields, Reader, Writer};

use super::sorted::{insert, replace};
use super::tail_correction;

/// A decile of a normal distribution, in standard deviations: makes the spread one standard deviation there.
const DECILE: f64 = 1.2816;

/// New values of a baseline after which its autocorrelation is measured again: of 64, as often as costs little.
const RENEWED: u64 = 8;

/// How far the newest block mean has departed from its baseline.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Departure {
    /// Mean of the newest `B` values.
    pub mean: f64,
    /// `mean - median`, 0 until the baseline is full.
    pub above: f64,
    /// `above / spread`; `None` until the baseline is full.
    pub z: Option<f64>,
    /// The highest z of the baseline itself.
    pub highest: f64,
    /// The lowest, with its sign turned.
    pub lowest: f64,
}

/// What an alarm shows of a baseline, in the units of its series.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usual {
    /// The newest block mean.
    pub mean: f64,
    /// The median of the baseline, once it is full.
    pub median: Option<f64>,
    /// Its spread, once it is full.
    pub spread: Option<f64>,
}

/// z of a block mean.
///
/// Every `S`-th mean of `B` values is kept. The baseline is the newest `W` kept means that are at least `YOUNG * S`
/// values old: what is happening now must not be part of its own baseline. With the baseline sorted as v, its upper median m
/// and q = (W - 1) / 10, the spread is the larger of the two decile distances, (v\[W-1-q\] - m) / 1.2816 and
/// (m - v\[q\]) / 1.2816, and of a floor: skewed runs are as wide as their wider side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BlockMean<const B: usize, const W: usize, const S: usize, const YOUNG: usize> {
    floor: f64,
    clock: u64,
    values: [f64; B],
    sum: f64,
    kept: u64,
    young: [f64; YOUNG],
    baseline: [f64; W],
    sorted: [f64; W],
    median: f64,
    spread: f64,
    autocorrelation: f64,
}

impl<const B: usize, const W: usize, const S: usize, const YOUNG: usize> BlockMean<B, W, S, YOUNG> {
    const LOW: usize = (W - 1) / 10;

    /// `floor` is the spread below which nothing is material, for single values; means of `B` have `floor / sqrt(B)`.
    pub(crate) fn new(floor: f64) -> Self {
        Self {
            floor: floor / (B as f64).sqrt(),
            clock: 0,
            values: [0.0; B],
            sum: 0.0,
            kept: 0,
            young: [0.0; YOUNG],
            baseline: [0.0; W],
            sorted: [0.0; W],
            median: 0.0,
            spread: 1.0,
            autocorrelation: 0.0,
        }
    }

    /// Takes the next value, which must be finite, and enters the departure once there are `B` values.
    pub(crate) fn push(&mut self, value: f64, departure: &mut Option<Departure>) {
        let slot = self.clock as usize % B;
        self.sum += value - self.values[slot];
        self.values[slot] = value;
        if slot == B - 1 {
            // Renewed every turn of the ring, so that rounding does not pile up.
            self.sum = self.values.iter().sum();
        }
        self.clock += 1;
        if self.clock < B as u64 {
            return;
        }
        let mean = self.mean();
        if self.clock.is_multiple_of(S as u64) {
            self.keep(mean);
        }
        *departure = Some(self.departure(mean));
    }

    #[inline(always)]
    fn departure(&self, mean: f64) -> Departure {
        let Some(median) = self.median() else { return Departure { mean, ..Departure::default() } };
        let z = |value: f64| (value - median) / self.spread;
        let (highest, lowest) = (z(self.sorted[W - 1]), -z(self.sorted[0]));
        Departure { mean, above: mean - median, z: Some(z(mean)), highest, lowest }
    }

    /// The newest block mean, and what it is compared with.
    pub(crate) fn usual(&self) -> Usual {
        Usual { mean: self.mean(), median: self.median(), spread: self.is_full().then_some(self.spread) }
    }

    /// The newest block mean, once there is one.
    fn mean(&self) -> f64 {
        self.sum / B as f64
    }

    /// The median of the baseline, once it is full.
    pub(crate) fn median(&self) -> Option<f64> {
        self.is_full().then_some(self.median)
    }

    /// The lag-1 autocorrelation of the baseline, from 0 to 0.95; measured again with every eighth value of it.
    pub(crate) fn autocorrelation(&self) -> f64 {
        self.autocorrelation
    }

    /// Baseline and queue hold the newest `W + YOUNG` kept means.
    fn is_full(&self) -> bool {
        self.kept >= (W + YOUNG) as u64
    }

    fn keep(&mut self, mean: f64) {
        let slot = self.kept as usize % YOUNG;
        if self.kept >= YOUNG as u64 {
            self.admit(self.young[slot]);
        }
        self.young[slot] = mean;
        self.kept += 1;
    }

    fn admit(&mut self, mean: f64) {
        let admitted = self.kept - YOUNG as u64;
        let slot = admitted as usize % W;
        if admitted < W as u64 {
            insert(&mut self.sorted[..=slot], mean);
        } else {
            replace(&mut self.sorted, self.baseline[slot], mean);
        }
        self.baseline[slot] = mean;
        if admitted + 1 >= W as u64 {
            self.summarise();
            if B == 1 && (admitted + 1).is_multiple_of(RENEWED) {
                self.autocorrelation = tail_correction::autocorrelation(
                    &self.baseline,
                    (slot + 1) % W,
                    self.median,
                    self.spread,
                );
            }
        }
    }

    fn summarise(&mut self) {
        self.median = self.sorted[W / 2];
        let above = self.sorted[W - 1 - Self::LOW] - self.median;
        let below = self.median - self.sorted[Self::LOW];
        self.spread = (above.max(below) / DECILE).max(self.floor);
    }
}

impl<const B: usize, const W: usize, const S: usize, const YOUNG: usize> BlockMean<B, W, S, YOUNG> {
    /// Sorts the baseline anew.
    fn sort(&mut self) {
        let admitted = self.kept.saturating_sub(YOUNG as u64).min(W as u64) as usize;
        self.sorted = self.baseline;
        self.sorted[..admitted].sort_unstable_by(f64::total_cmp);
    }
}

/// All but the order of the baseline, which follows.
impl<const B: usize, const W: usize, const S: usize, const YOUNG: usize> Fields
    for BlockMean<B, W, S, YOUNG>
{
    fn save(&self, out: &mut Writer) {
        self.clock.save(out);
        self.values.save(out);
        self.sum.save(out);
        self.kept.save(out);
        self.young.save(out);
        self.baseline.save(out);
        self.median.save(out);
        self.spread.save(out);
        self.autocorrelation.save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.clock.load(from)?;
        self.values.load(from)?;
        self.sum.load(from)?;
        self.kept.load(from)?;
        self.young.load(from)?;
        self.baseline.load(from)?;
        self.median.load(from)?;
        self.spread.load(from)?;
        self.autocorrelation.load(from)?;
        self.sort();
        Ok(())
    }
}
