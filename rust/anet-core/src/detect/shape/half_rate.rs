//! The long memory: means over 2 samples, compared with the last 4096 of them.

use crate::detect::forecast::Past;
use crate::detect::neighbour::Match;
use crate::detect::normalise::LONG_AGO;
use crate::detect::shape::block_means::{EARLY_DENSE as EARLY, SHAPE_LIMIT, UNIT};
use crate::detect::shape::lag_knn::{LagKnn, Memory};
use crate::error::{Result, StateError};
use crate::state::fields;
use anet_simd::Level;

/// Samples in a mean.
const SIZE: u64 = 2;
/// Lengths of lag vectors, in means. The first one only makes forecasts.
const LENGTHS: [usize; 3] = [8, 16, 32];

/// Lag vectors at half the rate.
#[derive(Debug, Clone)]
pub(crate) struct HalfRate {
    sum: f64,
    values: [f64; 2],
    /// Means since the last long gap.
    since: u64,
    neighbours: LagKnn<3>,
}

impl HalfRate {
    /// Has seen nothing.
    pub(crate) fn new(level: Level) -> Self {
        let neighbours = LagKnn::new(level, LENGTHS, Memory::Long, UNIT, [EARLY; 3]);
        Self { sum: 0.0, values: [EARLY; 2], since: LONG_AGO, neighbours }
    }

    /// The distances of the two longer lengths at sample number `t`; they hold from the second sample of a mean to that of the
    /// next.
    pub(crate) fn push(&mut self, t: u64, y: f64) -> [f64; 2] {
        let y = y.clamp(-SHAPE_LIMIT, SHAPE_LIMIT);
        if t.is_multiple_of(SIZE) {
            self.sum = y;
        } else {
            let [_, middle, long] = self.neighbours.push(t / SIZE, self.since, 0.5 * (self.sum + y));
            // As an f32: see `Past::after`.
            self.values =
                [middle, long].map(|value| if value == EARLY { EARLY } else { f64::from(value as f32) });
            self.since = self.since.saturating_add(1);
        }
        self.values
    }

    /// The stream came back after a long gap. The mean that spans it is the last of the old ones.
    pub(crate) fn forget(&mut self) {
        self.since = 0;
        self.values = [f64::NAN; 2];
    }

    /// How many samples before the next one the five nearest of each length of lag vector went on.
    pub(crate) fn ages(&self) -> [impl ExactSizeIterator<Item = usize>; 3] {
        let ages = |length| self.neighbours.lags(length).iter().map(|&lag| usize::from(lag) * SIZE as usize);
        [0, 1, 2].map(ages)
    }

    /// The nearest matches of the middle or the longest length at sample number `t`; their ages are in samples.
    pub(crate) fn nearest(&self, t: u64, length: usize) -> Vec<Match> {
        let Some(block) = ((t + 1) / SIZE).checked_sub(1) else { return Vec::new() };
        let mut nearest = self.neighbours.nearest(block, length + 1);
        nearest.iter_mut().for_each(|found| found.age *= SIZE);
        nearest
    }

    /// The means follow from the samples, which are kept anyway.
    pub(crate) fn recompute(&mut self, past: &Past) -> Result<()> {
        let cut = |age: usize| past.at(age).clamp(-SHAPE_LIMIT, SHAPE_LIMIT);
        let half = (past.seen % SIZE) as usize;
        self.sum = if half == 1 { cut(0) } else { 0.0 };
        let whole = usize::try_from(past.seen / SIZE).unwrap_or(usize::MAX);
        let mean = |i: usize| 0.5 * (cut(half + 2 * i + 1) + cut(half + 2 * i));
        self.neighbours.refill((0..whole).map(mean))
    }

    fn check(&mut self) -> Result<()> {
        let possible = |value: &f64| value.is_nan() || (0.0..1e9).contains(value);
        if self.values.iter().all(possible) {
            Ok(())
        } else {
            Err(StateError::Field { name: "long memory" }.into())
        }
    }
}

// The past of the lag vectors is recomputed by whoever owns the samples.
fields!(HalfRate { values, since, (neighbours.lengths) } then check);
