//! How a search for zeros is done.

use std::ops::ControlFlow;

use crate::roots::find_roots::ClosePairs;
use anet_simd::Level;

/// Refinements at most: each failed count halves the spacing of samples.
///
/// None was needed for the first 10⁸ zeros.
const REFINEMENTS: u32 = 4;

/// A search for zeros: how it is done, and then what is asked for.
///
/// The bits do not depend on how it is done, and a zero has the same ones whatever range it is asked for in.
///
/// ```
/// use anet_zeta::Search;
/// let first = Search::new().threads(2).zeros(1, 3)?;
/// assert_eq!(first.zeros, [14.134725141734695, 21.022039638771556, 25.01085758014569]);
/// # Ok::<(), anet_zeta::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Search<'a> {
    pub(super) level: Level,
    pub(super) threads: usize,
    pub(super) on_progress: &'a (dyn Fn(f64) -> ControlFlow<()> + Sync),
    pub(super) close_pairs: ClosePairs,
    pub(super) refinements: u32,
}

impl<'a> Search<'a> {
    /// One thread, the fastest instruction set, no callback.
    pub fn new() -> Self {
        Self {
            level: Level::detect(),
            threads: 1,
            on_progress: &|_| ControlFlow::Continue(()),
            close_pairs: ClosePairs::Searched,
            refinements: REFINEMENTS,
        }
    }

    /// On at most this many threads; 0 is taken as 1.
    pub fn threads(self, threads: usize) -> Self {
        Self { threads, ..self }
    }

    /// Calls `callback` with the fraction done, on the calling thread, between blocks of the grid of samples.
    ///
    /// `ControlFlow::Break` ends the search with [`crate::Error::Stopped`].
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use anet_zeta::{Error, Search};
    /// let stop = |_: f64| ControlFlow::Break(());
    /// assert_eq!(Search::new().on_progress(&stop).zeros(1, 10), Err(Error::Stopped));
    /// ```
    pub fn on_progress(self, callback: &'a (dyn Fn(f64) -> ControlFlow<()> + Sync)) -> Self {
        Self { on_progress: callback, ..self }
    }
}

impl Default for Search<'_> {
    fn default() -> Self {
        Self::new()
    }
}
