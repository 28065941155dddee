//! The heights of the ordinals from 1 on, by a method of choice, a piece at a time.

use std::sync::OnceLock;

use crate::error::{Error, Result};
use crate::smooth::inversion::{ITERATIONS, invert};
use crate::smooth::smooth::{Count, Smooth};
use anet_simd::Level;

/// Below 2 to this power the published method gives the published bits; beyond, the same solutions rounded once.
/// The published demo uses 3,000.
const OCTAVE: u32 = 12;

/// How heights are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The smooth count equals k, as published.
    Newton,
    /// The smooth count equals k − 1/2: on average at the zero.
    Centred,
}

/// Gives the heights of 1, 2, 3, ...
///
/// Method [`Method::Newton`] agrees with [`invert`] bit for bit below the ordinal 4,096 and within 5e-16 relative above.
///
/// ```
/// use anet_zeta::{Heights, Method};
/// let (mut first, mut next) = ([0.0; 2], [0.0; 1]);
/// let mut heights = Heights::new(Method::Newton);
/// heights.fill(&mut first);
/// heights.fill(&mut next);
/// assert_eq!((first, next), ([17.84783651284962, 23.171660819240724], [27.671198036307306]));
/// ```
#[derive(Debug, Clone)]
pub struct Heights {
    /// Those of `published()` that were not yet given.
    exact: &'static [f64],
    smooth: Smooth,
}

impl Heights {
    /// From the ordinal 1 on.
    pub fn new(method: Method) -> Self {
        Self::on(Level::detect(), method)
    }

    /// On an instruction set of choice: all give the same bits.
    pub fn on(level: Level, method: Method) -> Self {
        match method {
            Method::Newton => Self { exact: published(), smooth: Smooth::new(Count::Full, OCTAVE, level) },
            Method::Centred => Self { exact: &[], smooth: Smooth::new(Count::Centred, 0, level) },
        }
    }

    /// The next `out.len()` heights.
    pub fn fill(&mut self, out: &mut [f64]) {
        let (now, later) = self.exact.split_at(out.len().min(self.exact.len()));
        let (low, high) = out.split_at_mut(now.len());
        low.copy_from_slice(now);
        self.exact = later;
        self.smooth.fill(high);
    }
}

/// The heights of the ordinals 1 to `count`, by the published method.
///
/// # Errors
/// [`Error::OutOfDomain`] for a negative count, and for one whose heights do not fit the memory.
pub fn generate(count: i128) -> Result<Vec<f64>> {
    let length = usize::try_from(count).map_err(|_| Error::integer("K", "at least 0", count))?;
    let mut heights = Vec::new();
    heights.try_reserve_exact(length).map_err(|_| Error::integer("K", "small enough for memory", count))?;
    heights.resize(length, 0.0);
    Heights::new(Method::Newton).fill(&mut heights);
    Ok(heights)
}

/// Computed once, and kept: 32 KB.
fn published() -> &'static [f64] {
    static HEIGHTS: OnceLock<Vec<f64>> = OnceLock::new();
    HEIGHTS.get_or_init(|| (1..1 << OCTAVE).map(|k| invert(f64::from(k), ITERATIONS)).collect())
}

#[cfg(test)]
mod tests {
    use super::Heights;
    use super::Method;
    use crate::{ITERATIONS, invert};
    use anet_simd::Level;

    const COUNT: usize = 70_000;

    fn heights(level: Level, method: Method, piece: usize) -> Vec<f64> {
        let mut out = vec![0.0; COUNT];
        let mut heights = Heights::on(level, method);
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
            let want = invert(f64::from(k), ITERATIONS);
            let tolerance = if k < 4096 { 0.0 } else { 5e-16 };
            assert!((height - want).abs() <= tolerance * want, "ordinal {k}: {height} {want}");
        }
    }

    #[test]
    fn centred_heights_solve_the_count_at_the_half() {
        for (k, height) in (1..).zip(heights(Level::detect(), Method::Centred, COUNT)) {
            let want = invert(f64::from(k) + 0.5, ITERATIONS);
            let below = invert(f64::from(k) - 0.5, ITERATIONS);
            assert!(height < want && (k < 2 || (height - below).abs() <= 5e-16 * height), "ordinal {k}");
        }
    }
}
