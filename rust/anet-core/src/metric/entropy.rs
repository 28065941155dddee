//! Entropy rate Ṡ: how much more spread the last window is than the one before.

use std::cell::RefCell;

use crate::metric::EPSILON;
use crate::metric::histogram::Histogram;
use crate::params::Length;
use crate::stats::pairwise;
use anet_simd::Level;
use anet_simd::autovec::Kernel;
use anet_simd::ln;

/// Fewest bins of a histogram, however short the window.
const FEWEST_BINS: usize = 8;
const LANES: usize = 8;

/// `Ṡ = H(last window) − H(the one before)` in nats; 0 for fewer than two windows.
///
/// H is the entropy of a histogram of `max(8, ⌊√window⌋)` equal-width bins over the window's own range. NaN or an
/// infinity in either window, or a range past the largest float64, gives NaN.
///
/// ```
/// use anet_core::{metric::entropy_rate, params::Length};
/// let still_then_busy = [0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 4.0];
/// let window = Length::try_from(4).unwrap();
/// assert!((entropy_rate(&still_then_busy, window) - 4f64.ln()).abs() < 1e-9);
/// ```
pub fn entropy_rate(values: &[f64], window: Length) -> f64 {
    let window = window.get();
    let Some((rest, last)) = values.len().checked_sub(window).map(|start| values.split_at(start)) else {
        return 0.0;
    };
    let Some(start) = rest.len().checked_sub(window) else {
        return 0.0;
    };
    HISTOGRAM.with_borrow_mut(|histogram| {
        histogram.resize(window.isqrt().max(FEWEST_BINS));
        entropy(histogram, last) - entropy(histogram, &rest[start..])
    })
}

thread_local! {
    /// A histogram to fill again in each call: at most 1 MB, for the longest window.
    static HISTOGRAM: RefCell<Histogram> = const { RefCell::new(Histogram::EMPTY) };
}

/// `H = −Σ p ln p` over the bins with p > 0, where `p = h / (Σh + ε)` and h is the density of a bin.
fn entropy(histogram: &mut Histogram, window: &[f64]) -> f64 {
    histogram.density(window).map_or(f64::NAN, |density| {
        let sum = pairwise::sum(density, |density| density) + EPSILON;
        Level::detect().run(Entropy { density, sum })
    })
}

struct Entropy<'a> {
    density: &'a [f64],
    sum: f64,
}

impl Kernel for Entropy<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let (chunks, rest) = self.density.as_chunks::<LANES>();
        let mut partial = [0.0; LANES];
        for chunk in chunks {
            for (total, density) in partial.iter_mut().zip(chunk) {
                *total += surprise(density / self.sum);
            }
        }
        rest.iter().fold(partial.iter().sum(), |total, density| total + surprise(density / self.sum))
    }
}

/// `−p ln p`, 0 for an empty bin and for the NaN of a density that overflowed.
#[inline(always)]
fn surprise(p: f64) -> f64 {
    if p > 0.0 { -p * ln(p) } else { 0.0 }
}
