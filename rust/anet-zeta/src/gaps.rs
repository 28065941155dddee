//! Gaps between neighbouring zeros, in units of the mean gap at their height.

use std::borrow::Cow;

use crate::smooth::counting::TAU;
use anet_simd::Level;
use anet_simd::autovec::Kernel;
use anet_simd::ln;

/// Gaps that are computed together: 4 KB, which stay in the first-level cache until they are copied.
const BLOCK: usize = 512;

/// The gap s = (γ' − γ) · ln(γ / 2π) / 2π for each height γ and the next one, γ', within 1e-14 relative.
///
/// Any `heights` are in the domain. Those that are NaN, infinite or not positive are left out first; gaps that are not
/// finite and positive are left out afterwards, so unsorted heights are no error. Fewer than two heights have no gap.
///
/// ```
/// use anet_zeta::normalized_gaps;
/// let gaps = normalized_gaps(&[14.134725, f64::NAN, 21.022040, 25.010858]);
/// assert_eq!(gaps.len(), 2);
/// assert!((gaps[0] - 0.8887).abs() < 1e-4);
/// ```
pub fn normalized_gaps(heights: &[f64]) -> Vec<f64> {
    let heights = usable_heights(heights);
    let mut gaps = Vec::with_capacity(heights.len());
    let mut block = [0.0; BLOCK];
    for start in (0..heights.len().saturating_sub(1)).step_by(BLOCK) {
        let heights = &heights[start..heights.len().min(start + BLOCK + 1)];
        let block = &mut block[..heights.len() - 1];
        if Level::detect().run(Gaps { heights, gaps: block }) {
            gaps.extend_from_slice(block);
        } else {
            gaps.extend(block.iter().copied().filter(|&gap| usable(gap)));
        }
    }
    gaps
}

#[inline(always)]
fn usable(number: f64) -> bool {
    number > 0.0 && number < f64::INFINITY
}

/// The usable heights, borrowed where all are.
fn usable_heights(heights: &[f64]) -> Cow<'_, [f64]> {
    // A count runs in lanes; a search for the first unusable one would not.
    let count = heights.iter().map(|&height| usize::from(usable(height))).sum::<usize>();
    if count == heights.len() {
        return heights.into();
    }
    heights.iter().copied().filter(|&height| usable(height)).collect()
}

/// Computes a block of gaps, one fewer than there are heights; the output is whether all of them are usable.
struct Gaps<'a> {
    heights: &'a [f64],
    gaps: &'a mut [f64],
}

impl Kernel for Gaps<'_> {
    type Output = bool;

    #[inline(always)]
    fn run(self) -> bool {
        let (here, next) = (&self.heights[..self.gaps.len()], &self.heights[1..]);
        let mut unusable = 0_u64;
        let mut subnormal = 0_u64;
        for i in 0..self.gaps.len() {
            let turns = here[i] / TAU;
            let gap = (next[i] - here[i]) * (ln(turns) / TAU);
            self.gaps[i] = gap;
            unusable += u64::from(!usable(gap));
            subnormal += u64::from(turns < f64::MIN_POSITIVE);
        }
        if subnormal > 0 {
            // The fast logarithm knows no subnormal numbers.
            for i in 0..self.gaps.len() {
                self.gaps[i] = (next[i] - here[i]) * ((here[i] / TAU).ln() / TAU);
            }
        }
        unusable + subnormal == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naive(heights: &[f64]) -> Vec<f64> {
        let usable = |x: &f64| x.is_finite() && *x > 0.0;
        let heights: Vec<f64> = heights.iter().copied().filter(usable).collect();
        let gaps = heights.windows(2).map(|pair| (pair[1] - pair[0]) * ((pair[0] / TAU).ln() / TAU));
        gaps.filter(usable).collect()
    }

    fn agree(heights: &[f64]) {
        let (got, want) = (normalized_gaps(heights), naive(heights));
        assert_eq!(got.len(), want.len());
        for (got, want) in got.into_iter().zip(want) {
            assert!((got - want).abs() <= 1e-14 * want, "{got} {want}");
        }
    }

    #[test]
    fn blocks_give_what_the_formula_gives() {
        for count in [0, 1, 2, BLOCK, BLOCK + 1, BLOCK + 2, 3 * BLOCK + 7] {
            let heights: Vec<f64> = (0..count).map(|i| 14.0 + 0.7 * i as f64).collect();
            agree(&heights);
        }
    }

    #[test]
    fn what_cannot_be_used_is_left_out() {
        let odd =
            [f64::NAN, -1.0, 0.0, f64::INFINITY, 1e-310, 5e-324, 1e308, TAU, TAU.next_up(), 3.0, 8.0, 8.0];
        let heights: Vec<f64> =
            (0..5000).map(|i| odd[i * i * 7 % 13 % odd.len()] * (1.0 + i as f64)).collect();
        agree(&heights);
        agree(&odd);
    }

    #[test]
    fn every_level_gives_the_same_bits() {
        let heights: Vec<f64> = (0..=BLOCK).map(|i| 14.0 + 0.7 * i as f64).collect();
        let on = |level: Level| {
            let mut gaps = [0.0; BLOCK];
            assert!(level.run(Gaps { heights: &heights, gaps: &mut gaps }));
            gaps.map(f64::to_bits)
        };
        assert!(Level::all_supported().into_iter().all(|level| on(level) == on(Level::portable())));
    }
}
