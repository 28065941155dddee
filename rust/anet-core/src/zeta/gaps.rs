//! Gaps between neighbouring zeros, in units of the mean gap at their height.

use super::counting::TAU;
use super::logarithm::ln;
use crate::kernel::fused::{Fused, Kernel};

/// s = (γ' − γ) · ln(γ / 2π) / 2π for each height γ and the next one, γ'.
///
/// Heights that are not finite and positive are left out first; gaps that are not finite and positive are left out
/// afterwards, so unsorted heights are no error. Fewer than two heights have no gap.
///
/// ```
/// use anet_core::zeta::normalized_gaps;
/// let gaps = normalized_gaps(&[14.134725, f64::NAN, 21.022040, 25.010858]);
/// assert_eq!(gaps.len(), 2);
/// assert!((gaps[0] - 0.8887).abs() < 1e-4);
/// ```
pub fn normalized_gaps(heights: &[f64]) -> Vec<f64> {
    normalized_gaps_on(Fused::detect(), heights)
}

fn normalized_gaps_on(fused: Fused, heights: &[f64]) -> Vec<f64> {
    let mut gaps = Vec::with_capacity(heights.len());
    gaps.extend(heights.iter().copied().filter(is_usable));
    fused.run(Gaps { heights: &mut gaps });
    gaps.pop();
    gaps.retain(is_usable);
    gaps
}

fn is_usable(x: &f64) -> bool {
    x.is_finite() && *x > 0.0
}

/// Turns each height but the last into the gap above it.
struct Gaps<'a> {
    heights: &'a mut [f64],
}

impl Kernel for Gaps<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for below in 1..self.heights.len() {
            let (height, next) = (self.heights[below - 1], self.heights[below]);
            self.heights[below - 1] = (next - height) * density(height);
        }
    }
}

/// Mean number of zeros per unit of height.
#[inline(always)]
fn density(height: f64) -> f64 {
    let x = height / TAU;
    // What is subnormal has the logarithm of a number that is 2^54 times as large, less that of 2^54.
    let small = f64::from(u8::from(x < f64::MIN_POSITIVE));
    let scale = 1.0 + small * ((1_u64 << 54) as f64 - 1.0);
    (ln(x * scale).high - small * (54.0 * std::f64::consts::LN_2)) / TAU
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One by one, with the logarithm of the standard library.
    fn naive(heights: &[f64]) -> Vec<f64> {
        let heights: Vec<f64> = heights.iter().copied().filter(is_usable).collect();
        let gap = |pair: &[f64]| (pair[1] - pair[0]) * ((pair[0] / TAU).ln() / TAU);
        heights.windows(2).map(gap).filter(is_usable).collect()
    }

    #[test]
    fn every_level_gives_the_gaps_of_the_plain_loop() {
        let ordinary = (0..5000).map(|i| 14.0 + 0.7 * f64::from(i) + f64::from(i * 7919 % 13));
        let nasty =
            [f64::NAN, 1e300, f64::MAX, 5e-324, 1e-320, 3e-308, 6.3, 0.0, -1.0, f64::INFINITY, 8.0, 8.0, 9.0];
        let heights: Vec<f64> = ordinary.chain(nasty).chain([20.0, 21.0, 5e-324, 14.0]).collect();
        for heights in [&heights[..], &heights[..1], &[], &heights[4990..5013]] {
            let wanted = naive(heights);
            for fused in Fused::all_supported() {
                let got = normalized_gaps_on(fused, heights);
                assert_eq!(got, normalized_gaps_on(Fused::portable(), heights), "{}", fused.name());
                assert_eq!(got.len(), wanted.len());
                for (got, wanted) in got.iter().zip(&wanted) {
                    assert!((got - wanted).abs() <= 1e-15 * wanted, "{got} is not {wanted}");
                }
            }
        }
    }
}
