//! Zeros by their ordinals.

use crate::domain::ORDINALS;
use crate::error::{Error, Result};
use crate::zeros::certificate::ZetaZeros;
use crate::zeros::counted_range::SearchRange;
use crate::zeros::search::Search;

impl Search<'_> {
    /// The zeros of the ordinals `first` to `first + count − 1`, as [`zeros()`] gives them.
    ///
    /// # Errors
    /// As [`zeros()`]; and [`Error::Stopped`] if the callback ended the search.
    pub fn zeros(&self, first: u64, count: usize) -> Result<ZetaZeros> {
        check(first, count)?;
        let counted = SearchRange::of(first, count.max(1) as u64).counted(self)?;
        let start = (first - 1 - counted.below) as usize;
        let wanted = &counted.zeros[start..start + count];
        Ok(ZetaZeros {
            zeros: wanted.iter().map(|zero| zero.high).collect(),
            low: wanted.iter().map(|zero| zero.low).collect(),
            certificate: counted.certificate,
        })
    }
}

/// The zeros of ζ with the ordinals `first` to `first + count − 1`: the heights γ > 0 with ζ(½ + iγ) = 0, ascending.
///
/// Hardy's Z is sampled twice a mean gap and interpolated within its band; its sign changes are refined to roots, close
/// pairs are found by Z'/Z, and Turing's method counts the zeros at both ends. A range whose count does not come out is
/// sampled twice as densely, up to four times; there is never a list with a hole. [`ZetaZeros`] states how near they are.
///
/// # Errors
/// [`Error::OrdinalOutOfRange`] for an ordinal outside [`ORDINALS`], [`Error::Uncounted`] where the count does not come out.
///
/// Sources: W. Gabcke, thesis, Göttingen (1979); A. M. Odlyzko, *The 10^20-th zero of the Riemann zeta function and 175
/// million of its neighbors* (1992); H. M. Edwards, *Riemann's Zeta Function* (1974), chapters 6 to 8.
///
/// ```
/// let found = anet_zeta::zeros(1, 3)?;
/// assert_eq!(found.zeros, [14.134725141734695, 21.022039638771556, 25.01085758014569]);
/// assert!(found.certificate.upper.number().is_some());
/// # Ok::<(), anet_zeta::Error>(())
/// ```
pub fn zeros(first: u64, count: usize) -> Result<ZetaZeros> {
    Search::new().zeros(first, count)
}

fn check(first: u64, count: usize) -> Result<()> {
    let last = first.saturating_add((count as u64).saturating_sub(1));
    match [first, last].into_iter().find(|ordinal| !ORDINALS.contains(ordinal)) {
        Some(got) => Err(Error::OrdinalOutOfRange { got }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::roots::find_roots::ClosePairs;
    use anet_simd::Level;

    fn found(first: u64, count: usize, search: &Search<'_>) -> ZetaZeros {
        search.zeros(first, count).expect("the count comes out")
    }

    #[test]
    fn every_level_and_any_number_of_threads_gives_the_same_bits() {
        for (first, count) in [(1, 600), (22_400, 300), (58_000, 3_000), (1_000_000, 20)] {
            let want = found(first, count, &Search { level: Level::portable(), ..Search::new() });
            for level in Level::all_supported() {
                for threads in [1, 3] {
                    let got = found(first, count, &Search { level, threads, ..Search::new() });
                    assert!(got == want, "{} on {threads} threads", level.name());
                }
            }
        }
    }

    #[test]
    fn the_count_reports_a_missing_pair_and_denser_samples_find_it() {
        // Lehmer's pair, 6709 and 6710, lies between two samples.
        let blind = Search { close_pairs: ClosePairs::Ignored, ..Search::new() };
        let (got, want) = (found(6700, 20, &blind), found(6700, 20, &Search::new()));
        assert!(got.certificate.refinements > 0);
        assert_eq!(want.certificate.refinements, 0);
        for (a, b) in got.zeros.iter().zip(&want.zeros) {
            assert!((a - b).abs() < 1e-11, "{a} {b}");
        }
    }

    #[test]
    fn a_range_that_cannot_be_counted_gives_no_list() {
        let blind = Search { close_pairs: ClosePairs::Ignored, refinements: 0, ..Search::new() };
        let Err(error) = blind.zeros(6700, 20) else { panic!("Lehmer's pair was not missed") };
        let text = error.to_string();
        assert!(text.starts_with("the zeros between the heights 6902."), "{text}");
        assert!(text.ends_with(" could not be counted: none is given"), "{text}");
    }

    #[test]
    fn a_search_stops_when_its_callback_says_so() {
        let stop = |_: f64| ControlFlow::Break(());
        assert_eq!(Search::new().on_progress(&stop).zeros(1, 10), Err(Error::Stopped));
    }

    #[test]
    fn ordinals_out_of_range_are_refused() {
        assert_eq!(zeros(0, 1), Err(Error::OrdinalOutOfRange { got: 0 }));
        assert_eq!(zeros(*ORDINALS.end(), 2), Err(Error::OrdinalOutOfRange { got: 132_000_000_000_001 }));
        let text = check(u64::MAX, 2).map_err(|error| error.to_string());
        let want = "an ordinal must be between 1 and 132000000000000, got 18446744073709551615";
        assert_eq!(text, Err(want.to_owned()));
        assert_eq!(check(1, 0), Ok(()));
    }
}
