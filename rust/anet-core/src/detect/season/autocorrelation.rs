//! Where a series resembles itself moved by some samples.

use anet_simd::{Kernel, Level};

/// Autocovariances of whole numbers about their mean at the lags 0 .. `lags`, each over all of the series (biased).
///
/// The values lie within ±480 and there are at most 4096: sums of products then fit 32 bits, and are exact.
pub(super) fn autocovariances(level: Level, values: &[i16], lags: usize) -> Vec<f64> {
    let count = values.len();
    let total: i64 = values.iter().map(|&x| i64::from(x)).sum();
    let mean = total as f64 / count as f64;
    let (mut head, mut tail) = (total, total);
    let mut covariances = Vec::with_capacity(lags);
    for lag in 0..lags {
        let product = level.run(Product { left: &values[..count - lag], right: &values[lag..] });
        let cross = mean * (head + tail) as f64 - mean * mean * (count - lag) as f64;
        covariances.push((f64::from(product) - cross) / count as f64);
        head -= i64::from(values[count - 1 - lag]);
        tail -= i64::from(values[lag]);
    }
    covariances
}

/// The mean product of a series about `mean` and itself `lag` samples later. As above, or 16,384 values within ±120.
pub(super) fn mean_product(level: Level, values: &[i16], mean: f64, lag: usize) -> f64 {
    let (left, right) = (&values[..values.len() - lag], &values[lag..]);
    let product = level.run(Product { left, right });
    let sums = f64::from(level.run(Sum(left))) + f64::from(level.run(Sum(right)));
    (f64::from(product) - mean * sums) / left.len() as f64 + mean * mean
}

/// A sum.
struct Sum<'a>(&'a [i16]);

impl Kernel for Sum<'_> {
    type Output = i32;

    #[inline(always)]
    fn run(self) -> i32 {
        let mut sum = 0_i32;
        for &x in self.0 {
            sum = sum.wrapping_add(i32::from(x));
        }
        sum
    }
}

/// A dot product.
struct Product<'a> {
    left: &'a [i16],
    right: &'a [i16],
}

impl Kernel for Product<'_> {
    type Output = i32;

    #[inline(always)]
    fn run(self) -> i32 {
        let mut sum = 0_i32;
        for (&a, &b) in self.left.iter().zip(self.right) {
            sum = sum.wrapping_add(i32::from(a) * i32::from(b));
        }
        sum
    }
}
