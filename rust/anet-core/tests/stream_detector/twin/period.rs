//! The search for a period. A ring holds one normal value a row, none where it is missing.
//!
//! Ties are decided by the last bits of sums: two candidates of equal height, two periods of equal error. A core that sums in
//! another order, or through a Fourier transform, may choose the other one there.

/// Rows averaged before the autocorrelation.
const BLOCK: usize = 4;
/// The shortest lag, in blocks, and the lowest autocorrelation of a candidate.
const SHORTEST: usize = 6;
const LOWEST: f64 = 0.05;
const CANDIDATES: usize = 6;

pub(crate) type Ring = [Option<f64>];

/// The period of least error on the ring; a later candidate must be .01 better.
pub(crate) fn find(ring: &Ring) -> Option<usize> {
    let mut best = (1.0, None);
    for lag in candidates(&block_means(ring)) {
        let period = sharpest(ring, lag * BLOCK);
        let error = error_ratio(ring, period);
        if error < best.0 - 0.01 {
            best = (error, Some(period));
        }
    }
    best.1
}

/// Means over the newest whole blocks, less their mean; 0 where all rows of a block are missing.
fn block_means(ring: &Ring) -> Vec<f64> {
    let blocks: Vec<Option<f64>> = ring.rchunks_exact(BLOCK).rev().map(mean).collect();
    let center = mean(&blocks).unwrap_or(0.0);
    blocks.iter().map(|block| block.map_or(0.0, |block| block - center)).collect()
}

fn mean(values: &Ring) -> Option<f64> {
    let count = values.iter().flatten().count();
    (count > 0).then(|| values.iter().flatten().sum::<f64>() / count as f64)
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

/// The period around a coarse one with the highest mean product at that lag.
fn sharpest(ring: &Ring, coarse: usize) -> usize {
    let center = mean(ring).unwrap_or(0.0);
    let newest = newest(ring, 4 * coarse);
    let product = |lag: usize| {
        let pairs = newest[lag..].iter().zip(newest);
        let products = pairs.map(|(a, b)| a.zip(*b).map(|(a, b)| (a - center) * (b - center)));
        mean(&products.collect::<Vec<_>>()).unwrap_or(f64::MIN)
    };
    let around = coarse.saturating_sub(BLOCK - 1).max(8)..coarse + BLOCK;
    // Of equals the shortest: `max_by` would give the last.
    around.rev().max_by(|&a, &b| product(a).total_cmp(&product(b))).expect("a few periods")
}

/// The newest 4096 rows, or `wanted` of them where that is more.
pub(crate) fn newest(ring: &Ring, wanted: usize) -> &Ring {
    &ring[ring.len().saturating_sub(wanted.max(4096))..]
}

/// A period of less error near one that was found: downhill in steps from a sixtieth of it to 1.
pub(crate) fn refine(rows: &Ring, found: usize) -> usize {
    let mut best = (error_ratio(rows, found), found);
    let mut step = (found / 60).max(1);
    while step > 0 {
        let tries = [best.1.saturating_sub(step), best.1 + step]
            .into_iter()
            .filter(|p| (8..=rows.len() / 2).contains(p));
        let next = tries.map(|period| (error_ratio(rows, period), period)).min_by(|a, b| a.0.total_cmp(&b.0));
        match next {
            Some(next) if next.0 < best.0 => best = next,
            _ => step /= 2,
        }
    }
    best.1
}

/// The leave-one-out error of the mean of each phase, over the variance of the rows; squares are cut at 9. A phase that was seen
/// once has nothing to say.
pub(crate) fn error_ratio(rows: &Ring, period: usize) -> f64 {
    let mut phases = vec![(0.0, 0.0); period];
    for (row, value) in rows.iter().enumerate() {
        if let Some(value) = value {
            phases[row % period].0 += value;
            phases[row % period].1 += 1.0;
        }
    }
    let error = |(row, value): (usize, &Option<f64>)| {
        let (sum, count) = phases[row % period];
        let left_out = || (value.expect("seen") - sum / count) * count / (count - 1.0);
        (value.is_some() && count > 1.0).then(|| left_out().powi(2).min(9.0))
    };
    let center = mean(rows).unwrap_or(0.0);
    let errors: Vec<Option<f64>> = rows.iter().enumerate().map(error).collect();
    let squares: Vec<Option<f64>> =
        rows.iter().map(|value| value.map(|value| (value - center).powi(2).min(9.0))).collect();
    match (mean(&errors), mean(&squares)) {
        (Some(error), Some(variance)) if variance > 0.0 => error / variance,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::{Random, season};

    fn ring(values: Vec<f64>) -> Vec<Option<f64>> {
        values.into_iter().map(Some).collect()
    }

    #[test]
    fn finds_a_period_between_missing_rows() {
        let mut ring = ring(season(3, 2000, 50, 0.2));
        (0..2000).filter(|row| row % 7 == 0 || (900..1000).contains(row)).for_each(|row| ring[row] = None);
        let found = find(&ring).expect("a period");
        assert_eq!(refine(&ring, found) % 50, 0, "{found}");
        assert!(error_ratio(&ring, 50) < 0.2);
    }

    #[test]
    fn refines_one_that_is_off_by_a_thirtieth() {
        assert_eq!(refine(&ring(season(1, 7000, 1440, 0.1)), 1488).abs_diff(1440) / 15, 0);
    }

    #[test]
    fn finds_none_in_noise_nor_in_a_constant() {
        assert_eq!(find(&ring(Random::new(5).normals(2000))), None);
        assert_eq!(find(&ring(vec![0.25; 2000])), None);
        assert_eq!(find(&[None; 2000]), None);
    }
}
