//! The search for a period in a ring of rows, whole numbers of parts of a deviation, none where one is missing.
//!
//! Ties are decided by the last bits of sums: two candidates of equal height, two periods of equal error. A core that sums in
//! another order may choose the other one there.

/// Rows averaged before the autocorrelation.
const BLOCK: usize = 4;
/// The shortest lag, in blocks, and the lowest autocorrelation of a candidate.
const SHORTEST: usize = 6;
const LOWEST: f64 = 0.05;
const CANDIDATES: usize = 6;

/// Rows, and what is known of all of them.
pub(crate) struct Ring<'a> {
    rows: &'a [Option<f64>],
    parts: f64,
    mean: f64,
    variance: f64,
    /// The rounded mean where a row is missing.
    filled: Vec<f64>,
}

/// The newest rows on which periods up to this one are compared.
pub(crate) fn newest_rows(period: usize) -> usize {
    (5 * period).max(4096)
}

/// The period of least error on the ring, and that; a later candidate must be .01 better.
pub(crate) fn find(ring: &Ring<'_>) -> Option<(usize, f64)> {
    let mut best = None;
    for lag in candidates(&block_means(&ring.filled)) {
        let period = ring.sharpest(lag * BLOCK);
        let error = ring.error(period);
        if error < best.map_or(1.0, |(_, error)| error) - 0.01 {
            best = Some((period, error));
        }
    }
    best
}

fn mean(values: &[Option<f64>]) -> Option<f64> {
    let count = values.iter().flatten().count();
    (count > 0).then(|| values.iter().flatten().sum::<f64>() / count as f64)
}

/// Means over the newest whole blocks, less their mean.
fn block_means(filled: &[f64]) -> Vec<f64> {
    let blocks: Vec<f64> =
        filled.rchunks_exact(BLOCK).rev().map(|block| block.iter().sum::<f64>() / BLOCK as f64).collect();
    let center = blocks.iter().sum::<f64>() / blocks.len() as f64;
    blocks.iter().map(|block| block - center).collect()
}

/// Lags of local maxima of the autocorrelation, the highest first, the bias towards short lags taken away.
fn candidates(blocks: &[f64]) -> Vec<usize> {
    let m = blocks.len();
    let product = |lag: usize| -> f64 { blocks[lag..].iter().zip(blocks).map(|(a, b)| a * b).sum() };
    let all: Vec<f64> = (0..m / 3).map(product).collect();
    if m < 64 || all[0] <= 1e-9 {
        return Vec::new();
    }
    let unbiased = |lag: usize| all[lag] / all[0] * m as f64 / (m - lag) as f64;
    let is_peak = |&lag: &usize| all[lag] > all[lag - 1] && all[lag] >= all[lag + 1];
    let inner = (SHORTEST..all.len() - 1).filter(is_peak);
    let mut peaks: Vec<usize> = inner.filter(|&lag| all[lag] / all[0] > LOWEST).collect();
    peaks.sort_by(|&a, &b| unbiased(b).total_cmp(&unbiased(a)));
    peaks.truncate(CANDIDATES);
    peaks
}

impl<'a> Ring<'a> {
    /// Of rows in parts of a deviation.
    pub(crate) fn new(rows: &'a [Option<f64>], parts: f64) -> Self {
        let center = mean(rows).unwrap_or(0.0);
        let squares: Vec<Option<f64>> =
            rows.iter().map(|row| row.map(|row| ((row - center) / parts).powi(2).min(9.0))).collect();
        let filled = rows.iter().map(|row| row.unwrap_or(center.round())).collect();
        Self { rows, parts, mean: center, variance: mean(&squares).unwrap_or(0.0), filled }
    }

    /// The period around a coarse one with the highest mean product at that lag, over the newest four of it.
    fn sharpest(&self, coarse: usize) -> usize {
        let newest = &self.filled[self.filled.len().saturating_sub((4 * coarse).max(4096))..];
        let product = |lag: usize| {
            let pairs = newest[lag..].iter().zip(newest);
            let sum: f64 = pairs.map(|(a, b)| (a - self.mean) * (b - self.mean)).sum();
            sum / (newest.len() - lag) as f64
        };
        let around = coarse.saturating_sub(BLOCK - 1).max(8)..coarse + BLOCK;
        // Of equals the shortest: `max_by` would give the last.
        around.rev().max_by(|&a, &b| product(a).total_cmp(&product(b))).expect("a few periods")
    }

    /// A period of less error near one that was found: downhill in steps from a sixtieth of it to 1.
    pub(crate) fn refine(&self, found: usize) -> usize {
        let error = |period: usize| self.error_of_newest(newest_rows(found), period);
        let mut best = (error(found), found);
        let mut step = (found / 60).max(1);
        while step > 0 {
            let tries = [best.1.saturating_sub(step), best.1 + step];
            let tries = tries.into_iter().filter(|period| (8..=self.rows.len() / 2).contains(period));
            let next = tries.map(|period| (error(period), period)).min_by(|a, b| a.0.total_cmp(&b.0));
            match next {
                Some(next) if next.0 < best.0 => best = next,
                _ => step /= 2,
            }
        }
        best.1
    }

    /// What a period leaves of the variance, at most all of it.
    pub(crate) fn error(&self, period: usize) -> f64 {
        self.error_of_newest(self.rows.len(), period).min(1.0)
    }

    /// The leave-one-out error of the mean of each phase on the newest rows, over the variance of all; squares are cut at 9. A
    /// phase that was seen once has nothing to say.
    pub(crate) fn error_of_newest(&self, newest: usize, period: usize) -> f64 {
        let rows = &self.rows[self.rows.len().saturating_sub(newest)..];
        let mut phases = vec![(0.0, 0.0); period];
        for (row, value) in rows.iter().enumerate() {
            if let Some(value) = value {
                phases[row % period].0 += value;
                phases[row % period].1 += 1.0;
            }
        }
        let error = |(row, value): (usize, &Option<f64>)| {
            let (sum, count) = phases[row % period];
            let left_out = || (value.expect("seen") - sum / count) * count / (count - 1.0) / self.parts;
            (value.is_some() && count > 1.0).then(|| left_out().powi(2).min(9.0))
        };
        let errors: Vec<Option<f64>> = rows.iter().enumerate().map(error).collect();
        if self.variance > 0.0 { mean(&errors).unwrap_or(0.0) / self.variance } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::{Random, season};

    fn rows(values: Vec<f64>) -> Vec<Option<f64>> {
        values.into_iter().map(|value| Some((20.0 * value).round())).collect()
    }

    #[test]
    fn finds_a_period_between_missing_rows() {
        let mut rows = rows(season(3, 2000, 50, 0.2));
        (0..2000).filter(|row| row % 7 == 0 || (900..1000).contains(row)).for_each(|row| rows[row] = None);
        let ring = Ring::new(&rows, 20.0);
        let (found, _) = find(&ring).expect("a period");
        assert_eq!(ring.refine(found) % 50, 0, "{found}");
        assert!(ring.error(50) < 0.2);
    }

    #[test]
    fn refines_one_that_is_off_by_a_thirtieth() {
        let rows = rows(season(1, 7000, 1440, 0.1));
        assert_eq!(Ring::new(&rows, 20.0).refine(1488).abs_diff(1440) / 15, 0);
    }

    #[test]
    fn finds_none_in_noise_nor_in_a_constant() {
        let found = |rows: &[Option<f64>]| find(&Ring::new(rows, 20.0));
        assert_eq!(found(&rows(Random::new(5).normals(2000))), None);
        assert_eq!(found(&rows(vec![0.25; 2000])), None);
        assert_eq!(found(&[None; 2000]), None);
    }
}
