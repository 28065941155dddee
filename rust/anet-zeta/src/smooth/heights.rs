//! The smooth heights of the ordinals from 1 on, by a method of choice, a piece at a time.

use std::sync::OnceLock;

use crate::error::{Error, Result};
use crate::smooth::inversion::{NEWTON_STEPS, invert_counting_function};
use crate::smooth::method::Method;
use crate::smooth::taylor_blocks::TaylorBlocks;
use anet_simd::Level;

/// Below 2 to this power the published method gives the published bits; beyond, the same solutions rounded once.
///
/// The published demo uses 3,000 heights, which 2¹² covers.
const SEED_OCTAVE: u32 = 12;

/// Gives the smooth heights of the ordinals 1, 2, 3, ...: where [`crate::counting_function`] is k or k − ½.
///
/// A height is within 0.6 units in the last place of the solution. [`Method::Newton`] agrees with
/// [`crate::invert_counting_function`] bit for bit below the ordinal 4,096 and within 5e-16 relative above. The bits are
/// the same on every processor and however the work is cut.
///
/// ```
/// use anet_zeta::{Method, SmoothHeights};
/// let (mut first, mut next) = ([0.0; 2], [0.0; 1]);
/// let mut heights = SmoothHeights::new(Method::Newton);
/// heights.fill(&mut first);
/// heights.fill(&mut next);
/// assert_eq!((first, next), ([17.84783651284962, 23.171660819240724], [27.671198036307306]));
/// ```
#[derive(Debug, Clone)]
pub struct SmoothHeights {
    /// Those of `seed_heights()` that were not yet given.
    exact: &'static [f64],
    blocks: TaylorBlocks,
}

impl SmoothHeights {
    /// From the ordinal 1 on.
    pub fn new(method: Method) -> Self {
        Self::on(Level::detect(), method)
    }

    fn on(level: Level, method: Method) -> Self {
        let (exact, octave): (&[f64], _) = match method {
            Method::Newton => (seed_heights(), SEED_OCTAVE),
            Method::Centred => (&[], 0),
        };
        Self { exact, blocks: TaylorBlocks::new(method, octave, level) }
    }

    /// Writes the next `out.len()` heights.
    pub fn fill(&mut self, out: &mut [f64]) {
        let (now, later) = self.exact.split_at(out.len().min(self.exact.len()));
        let (low, high) = out.split_at_mut(now.len());
        low.copy_from_slice(now);
        self.exact = later;
        self.blocks.fill(high);
    }
}

/// The heights of the ordinals 1 to `count`, by [`Method::Newton`]; [`SmoothHeights`] gives them a piece at a time.
///
/// # Errors
/// [`Error::OutOfMemory`] for a `count` of heights that the memory cannot hold.
///
/// ```
/// use anet_zeta::smooth_heights;
/// assert_eq!(smooth_heights(2)?, [17.84783651284962, 23.171660819240724]);
/// # Ok::<(), anet_zeta::Error>(())
/// ```
pub fn smooth_heights(count: usize) -> Result<Vec<f64>> {
    let mut heights = Vec::new();
    heights.try_reserve_exact(count).map_err(|_| Error::OutOfMemory { heights: count })?;
    heights.resize(count, 0.0);
    SmoothHeights::new(Method::Newton).fill(&mut heights);
    Ok(heights)
}

/// The published program's heights below the ordinal 2^[`SEED_OCTAVE`], computed once and kept: 32 KB.
fn seed_heights() -> &'static [f64] {
    static HEIGHTS: OnceLock<Vec<f64>> = OnceLock::new();
    HEIGHTS.get_or_init(|| {
        (1..1 << SEED_OCTAVE).map(|k| invert_counting_function(f64::from(k), NEWTON_STEPS)).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::Method;
    use super::SmoothHeights;
    use crate::{NEWTON_STEPS, invert_counting_function};
    use anet_simd::Level;

    const COUNT: usize = 70_000;

    fn heights(level: Level, method: Method, piece: usize) -> Vec<f64> {
        let mut out = vec![0.0; COUNT];
        let mut heights = SmoothHeights::on(level, method);
        out.chunks_mut(piece).for_each(|piece| heights.fill(piece));
        out
    }

    #[test]
    fn every_level_and_every_cut_gives_the_same_bits() {
        for method in [Method::Newton, Method::Centred] {
            let whole = heights(Level::portable(), method, COUNT);
            for level in Level::all_supported() {
                for piece in [1, 7, 1000, COUNT] {
                    assert!(heights(level, method, piece) == whole, "{} in pieces of {piece}", level.name());
                }
            }
        }
    }

    #[test]
    fn newton_heights_are_the_published_ones() {
        for (k, height) in (1..).zip(heights(Level::detect(), Method::Newton, COUNT)) {
            let want = invert_counting_function(f64::from(k), NEWTON_STEPS);
            let tolerance = if k < 4096 { 0.0 } else { 5e-16 };
            assert!((height - want).abs() <= tolerance * want, "ordinal {k}: {height} {want}");
        }
    }

    #[test]
    fn centred_heights_solve_the_count_at_the_half() {
        for (k, height) in (1..).zip(heights(Level::detect(), Method::Centred, COUNT)) {
            let want = invert_counting_function(f64::from(k) + 0.5, NEWTON_STEPS);
            let below = invert_counting_function(f64::from(k) - 0.5, NEWTON_STEPS);
            assert!(height < want && (k < 2 || (height - below).abs() <= 5e-16 * height), "ordinal {k}");
        }
    }
}
