//! The first samples, from which the scales are built anew until there are enough of them.

use crate::error::{Result, StateError};
use crate::state::fields;

/// Samples that are kept: as many as the warm-up.
pub(super) const KEPT: u64 = 64;
/// A first sample counts no further from the median than so many times the median distance from it.
const LIMIT: f64 = 20.0;
/// The deviation of Gaussian samples in median distances.
const GAUSSIAN: f64 = 1.4826;

/// The first [`KEPT`] samples; none after them.
#[derive(Debug, Clone, Default)]
pub(super) struct Beginning {
    samples: Vec<f64>,
}

impl Beginning {
    /// Keeps a sample.
    pub(super) fn push(&mut self, x: f64) {
        self.samples.push(x);
    }

    /// Keeps none any more.
    pub(super) fn end(&mut self) {
        self.samples = Vec::new();
    }

    /// The samples in their order, cut to a distance from their median, so that none of them alone makes the scale. Fewer than
    /// three have nothing to be cut by.
    pub(super) fn cut(&self) -> impl Iterator<Item = f64> {
        let middle = median(self.samples.iter().copied());
        let limit = if self.samples.len() < 3 { f64::INFINITY } else { LIMIT * self.distance(middle) };
        self.samples.iter().map(move |x| x.clamp(middle - limit, middle + limit))
    }

    /// The median distance from the median or, where half of the samples are alike, the least distance of the others.
    fn distance(&self, middle: f64) -> f64 {
        let distances = self.samples.iter().map(|x| (x - middle).abs());
        let usual = GAUSSIAN * median(distances.clone());
        let least = || distances.filter(|&distance| distance > 0.0).fold(f64::INFINITY, f64::min);
        if usual > 0.0 { usual } else { Some(least()).filter(|least| least.is_finite()).unwrap_or(0.0) }
    }

    fn check(&mut self) -> Result<()> {
        if self.samples.len() < KEPT as usize && self.samples.iter().all(|x| x.abs() <= super::LARGEST) {
            Ok(())
        } else {
            Err(StateError::Field { name: "first samples" }.into())
        }
    }
}

fields!(Beginning { samples } then check);

/// The middle value, or the mean of the two in the middle; NaN of nothing.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_unstable_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => sorted[n / 2 - 1].midpoint(sorted[n / 2]),
    }
}
