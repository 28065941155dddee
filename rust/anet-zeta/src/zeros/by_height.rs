//! The number of zeros up to a height.

use crate::domain::HIGHEST_COUNTED;
use crate::error::{Error, Result};
use crate::smooth::counting::counting_function;
use crate::zeros::counted_range::SearchRange;
use crate::zeros::search::Search;

/// Heights with fewer zeros between them are counted in one search: a search finds 200 zeros for its ends alone.
const TOGETHER: u64 = 200;

/// Just below the first zero, 14.1347.
const BELOW_FIRST_ZERO: f64 = 14.13;

impl Search<'_> {
    /// N(T) at each of some heights, as [`zero_count`] gives it.
    ///
    /// # Errors
    /// As [`zero_count`]; and [`Error::Stopped`] if the callback ended the search.
    pub fn zero_count(&self, heights: &[f64]) -> Result<Vec<u64>> {
        check(heights)?;
        let ordinal = |index: usize| counting_function(heights[index]).max(1.0) as u64;
        let mut order: Vec<usize> = (0..heights.len()).collect();
        order.sort_unstable_by(|&a, &b| heights[a].total_cmp(&heights[b]));
        let mut counts = vec![0; heights.len()];
        let near = |a: &usize, b: &usize| ordinal(*b) - ordinal(*a) < TOGETHER;
        let has_zeros = |group: &&[usize]| heights[group[group.len() - 1]] > BELOW_FIRST_ZERO;
        for group in order.chunk_by(near).filter(has_zeros) {
            let (low, high) = (ordinal(group[0]), ordinal(group[group.len() - 1]));
            let counted = SearchRange::of(low, high - low + 1).counted(self)?;
            for &index in group {
                counts[index] = counted.count_to(heights[index]);
            }
        }
        Ok(counts)
    }
}

/// N(T), the number of zeros ½ + iγ with 0 < γ ≤ T, at each height T: by Turing's method on the zeros found about it.
///
/// Any `heights` up to [`HIGHEST_COUNTED`] are in the domain, in any order; 0 below the first zero, 14.13.
///
/// # Errors
/// [`Error::HeightOutOfRange`] for NaN and a height above [`HIGHEST_COUNTED`], [`Error::Uncounted`] where the count does
/// not come out.
///
/// ```
/// assert_eq!(anet_zeta::zero_count(&[100.0, 14.0, -3.0])?, [29, 0, 0]);
/// # Ok::<(), anet_zeta::Error>(())
/// ```
pub fn zero_count(heights: &[f64]) -> Result<Vec<u64>> {
    Search::new().zero_count(heights)
}

fn check(heights: &[f64]) -> Result<()> {
    match heights.iter().find(|height| height.is_nan() || **height > HIGHEST_COUNTED) {
        Some(got) => {
            let (lowest, highest) = (f64::NEG_INFINITY, HIGHEST_COUNTED);
            Err(Error::HeightOutOfRange { got: *got, lowest, highest })
        }
        None => Ok(()),
    }
}
