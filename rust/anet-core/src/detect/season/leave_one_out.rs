//! How well the mean of a place foretells the samples that have it.

use crate::detect::season::history::{MISSING, UNIT};
use anet_simd::{Kernel, Level};

/// Squared errors are cut here, at three deviations: a burst is nothing that a season has to explain.
pub(super) const CUT: f64 = 9.0;
const LANES: usize = 8;

/// The mean squared leave-one-out error of the means of each place, in squared deviations: each sample against the mean of all
/// others of its place. A place that was seen once says nothing.
pub(super) fn error(level: Level, values: &[i8], period: usize) -> f64 {
    let (mut sums, mut counts) = (vec![0_i32; period], vec![0_i32; period]);
    level.run(Add { values, sums: &mut sums, counts: &mut counts });
    let mean = |(&sum, &count): (&i32, &i32)| f64::from(sum) / f64::from(count.max(1));
    let factor =
        |&count: &i32| if count > 1 { f64::from(count) / (f64::from(count - 1) * UNIT) } else { 0.0 };
    let means: Vec<f64> = sums.iter().zip(&counts).map(mean).collect();
    let factors: Vec<f64> = counts.iter().map(factor).collect();
    let judged: i32 = counts.iter().filter(|&&count| count > 1).sum();
    let total = level.run(Errors { values, means: &means, factors: &factors });
    total / f64::from(judged.max(1))
}

/// The sum and the number of the samples of each place.
struct Add<'a> {
    values: &'a [i8],
    sums: &'a mut [i32],
    counts: &'a mut [i32],
}

impl Kernel for Add<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for row in self.values.chunks(self.sums.len()) {
            let (sums, counts) = (&mut self.sums[..row.len()], &mut self.counts[..row.len()]);
            for i in 0..row.len() {
                let here = row[i] != MISSING;
                sums[i] += if here { i32::from(row[i]) } else { 0 };
                counts[i] += i32::from(here);
            }
        }
    }
}

/// The sum of the squared errors, in a fixed number of lanes so that its bits are those of every level.
struct Errors<'a> {
    values: &'a [i8],
    means: &'a [f64],
    factors: &'a [f64],
}

impl Kernel for Errors<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let mut totals = [0.0; LANES];
        for row in self.values.chunks(self.means.len()) {
            let (rows, rest) = row.as_chunks::<LANES>();
            let (means, last_means) = self.means[..row.len()].as_chunks::<LANES>();
            let (factors, last_factors) = self.factors[..row.len()].as_chunks::<LANES>();
            for i in 0..rows.len() {
                for lane in 0..LANES {
                    totals[lane] += square(rows[i][lane], means[i][lane], factors[i][lane]);
                }
            }
            for i in 0..rest.len() {
                totals[i] += square(rest[i], last_means[i], last_factors[i]);
            }
        }
        totals.iter().sum()
    }
}

#[inline(always)]
fn square(value: i8, mean: f64, factor: f64) -> f64 {
    let error = (f64::from(value) - mean) * factor;
    let square = error * error;
    let square = if square < CUT { square } else { CUT };
    if value == MISSING { 0.0 } else { square }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_that_of_each_sample_against_the_mean_of_the_others() {
        let values: Vec<i8> = (0..1000_i32).map(|t| ((t * t) % 91 - 45) as i8).collect();
        let naive = |period: usize| {
            let others = |t: usize| (t % period..values.len()).step_by(period).filter(move |&s| s != t);
            let of = |t: usize| {
                let (sum, count) =
                    others(t).fold((0.0, 0.0), |(s, c), i| (s + f64::from(values[i]), c + 1.0));
                (count > 0.0).then(|| ((f64::from(values[t]) - sum / count) / UNIT).powi(2).min(CUT))
            };
            let errors: Vec<f64> = (0..values.len()).filter_map(of).collect();
            errors.iter().sum::<f64>() / errors.len() as f64
        };
        for period in [1, 7, 91, 399, 600] {
            for level in Level::all_supported() {
                let found = error(level, &values, period);
                assert!((found - naive(period)).abs() < 1e-9, "{found} at {period}");
            }
        }
    }
}
