//! Looks for the period of a series.

use crate::detect::season::autocorrelation::{autocovariances, mean_product};
use crate::detect::season::history::{MISSING, UNIT};
use crate::detect::season::leave_one_out::{CUT, error};
use anet_simd::Level;

/// Samples of a mean: the first look is at a quarter of the rate.
const STRIDE: usize = 4;
/// Means that a look needs, and the shortest lag it looks at, in means.
const LEAST_MEANS: usize = 64;
const LEAST_LAG: usize = 6;
/// A period shows itself by an autocorrelation above this.
const LEAST_CORRELATION: f64 = 0.05;
/// Candidates that are looked at closely.
const CANDIDATES: usize = 6;
/// The shortest period, in samples.
const SHORTEST: usize = 8;
/// Newest samples that a period is refined by: so many, or so many periods.
const REFINED_BY: usize = 4096;
/// A later candidate must be so much better than an earlier one.
const BETTER: f64 = 0.01;

/// A period and the share of the variance that its means leave unexplained.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub(super) period: usize,
    pub(super) ratio: f64,
}

/// A series in which periods are compared, the oldest sample first.
pub(super) struct Series<'a> {
    level: Level,
    values: &'a [i8],
    /// The mean stands in for what is missing.
    filled: Vec<i16>,
    mean: f64,
    variance: f64,
}

impl<'a> Series<'a> {
    pub(super) fn new(level: Level, values: &'a [i8]) -> Self {
        let counts = counts(values);
        let known = || counts.iter().zip(i8::MIN..=i8::MAX).filter(|&(_, value)| value != MISSING);
        let count = known().map(|(&count, _)| count).sum::<u32>().max(1);
        let total: i64 = known().map(|(&count, value)| i64::from(count) * i64::from(value)).sum();
        let mean = total as f64 / f64::from(count);
        let square = |value: i8| ((f64::from(value) - mean) / UNIT).powi(2).min(CUT);
        let squares: f64 = known().map(|(&count, value)| f64::from(count) * square(value)).sum();
        let middle = mean.round() as i16;
        let fill = |&value: &i8| if value == MISSING { middle } else { i16::from(value) };
        let filled = values.iter().map(fill).collect();
        Self { level, values, filled, mean, variance: squares / f64::from(count) }
    }

    /// The share of the variance that the means of a period leave.
    pub(super) fn ratio(&self, period: usize) -> f64 {
        self.ratio_of_newest(self.values.len(), period)
    }

    /// The error of a period among the newest samples, in variances of the whole.
    pub(super) fn ratio_of_newest(&self, newest: usize, period: usize) -> f64 {
        let values = &self.values[self.values.len() - newest.min(self.values.len())..];
        error(self.level, values, period) / self.variance
    }

    /// The best period, where there is any.
    pub(super) fn best(&self) -> Option<Candidate> {
        if self.variance <= 0.0 {
            return None;
        }
        let mut best: Option<Candidate> = None;
        for lag in self.lags() {
            let period = self.refine(lag * STRIDE);
            let ratio = self.ratio(period);
            if best.map_or(1.0, |best| best.ratio) - BETTER > ratio {
                best = Some(Candidate { period, ratio });
            }
        }
        best
    }

    /// The strongest local maxima of the autocorrelation of means over 4 samples, in means.
    fn lags(&self) -> Vec<usize> {
        let skipped = self.filled.len() % STRIDE;
        let sums: Vec<i16> =
            self.filled[skipped..].chunks_exact(STRIDE).map(|four| four.iter().sum()).collect();
        let count = sums.len();
        if count < LEAST_MEANS {
            return Vec::new();
        }
        let a = autocovariances(self.level, &sums, count / 3);
        let peak = |&l: &usize| a[l] > a[l - 1] && a[l] >= a[l + 1] && a[l] > LEAST_CORRELATION * a[0];
        let mut lags: Vec<usize> = (LEAST_LAG..(count / 3).saturating_sub(1)).filter(peak).collect();
        let strength = |&l: &usize| a[l] * count as f64 / (count - l) as f64;
        lags.sort_by(|l, k| strength(k).total_cmp(&strength(l)));
        lags.truncate(CANDIDATES);
        lags
    }

    /// The period next to a multiple of 4 at which the newest samples resemble themselves most.
    fn refine(&self, about: usize) -> usize {
        let newest = (4 * about).max(REFINED_BY).min(self.filled.len());
        let values = &self.filled[self.filled.len() - newest..];
        let near = (about - STRIDE + 1).max(SHORTEST)..about + STRIDE;
        let product = |&period: &usize| mean_product(self.level, values, self.mean, period);
        near.rev().max_by(|p, q| product(p).total_cmp(&product(q))).unwrap_or(about)
    }

    /// Newest samples by which periods near `period` are told apart.
    pub(super) fn span(period: usize) -> usize {
        REFINED_BY.max(5 * period)
    }

    /// The best period near one, by ever smaller steps.
    pub(super) fn climb(&self, from: usize) -> usize {
        let newest = Self::span(from);
        let error = |period: usize| self.ratio_of_newest(newest, period);
        let (mut best, mut least) = (from, error(from));
        let mut step = (from / 60).max(1);
        while step > 0 {
            let longest = self.values.len() / 2;
            let beside = [best.saturating_sub(step), best + step];
            let better =
                beside.into_iter().filter(|p| (SHORTEST..=longest).contains(p)).map(|p| (error(p), p));
            match better.filter(|&(error, _)| error < least).min_by(|a, b| a.0.total_cmp(&b.0)) {
                Some((error, period)) => (least, best) = (error, period),
                None => step /= 2,
            }
        }
        best
    }
}

/// How often each value comes, the least first.
fn counts(values: &[i8]) -> [u32; 256] {
    let mut counts = [0; 256];
    for &value in values {
        counts[usize::from(value.abs_diff(i8::MIN))] += 1;
    }
    counts
}
