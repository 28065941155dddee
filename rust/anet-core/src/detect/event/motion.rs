//! Whether a stream moves more or less than usual from sample to sample.

use super::spread::{quantile, sorted};
use super::stretch::Stretch;

/// Steps beyond this share of the past ones count as at it: one jump is not noise.
const CUT: f64 = 0.98;

/// The run from `start` on in which the misses change most or least: its strength is above 0 where they change more.
pub(super) fn motion(misses: &[f64], start: usize) -> Stretch {
    let steps: Vec<f64> =
        std::iter::once(f64::NAN).chain(misses.windows(2).map(|pair| (pair[1] - pair[0]).abs())).collect();
    let past = sorted(steps[..start].iter().copied());
    let most = quantile(&past, CUT);
    let (mean, deviation) = moments(&past, most);
    let misses: Vec<f64> = steps
        .iter()
        .map(|step| if step.is_nan() { 0.0 } else { (step.min(2.0 * most) - mean) / deviation })
        .collect();
    Stretch::strongest(&misses, start)
}

fn moments(steps: &[f64], most: f64) -> (f64, f64) {
    let count = steps.len() as f64;
    let mean = steps.iter().map(|step| step.min(most)).sum::<f64>() / count;
    let square = steps.iter().map(|step| (step.min(most) - mean).powi(2)).sum::<f64>() / count;
    (mean, square.sqrt().max(f64::MIN_POSITIVE))
}
