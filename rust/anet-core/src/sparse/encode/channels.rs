//! From the samples of a window to the elevations of its three channels.

use crate::sparse::encode::median::Median;
use anet_simd::{Level, Tag};

/// Added to a spread, so that none is zero and divides. The published program's value.
const FLOOR: f64 = 1e-9;

/// The largest elevation of a step between neighbours: a step counts for less than a level. The published program's value.
pub(super) const STEP_SCALE: f64 = 0.8;

/// The names of the channels, as they are hashed, in the order in which their items are numbered.
pub(super) const NAMES: [&str; 3] = ["z", "q", "dz"];

/// The same, ready for messages.
pub(super) const TAGS: [Tag; 3] = [Tag::new(NAMES[0]), Tag::new(NAMES[1]), Tag::new(NAMES[2])];

/// A window in one slice, or in the two slices in which a ring buffer holds it, the older samples first.
///
/// ```
/// use anet_core::WindowSlices;
/// let window = WindowSlices::from((&[1.0, f64::NAN][..], &[3.0][..]));
/// assert!(window.finite().eq([1.0, 0.0, 3.0]));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct WindowSlices<'a> {
    older: &'a [f64],
    newer: &'a [f64],
}

impl<'a> WindowSlices<'a> {
    /// The samples in order, zero where one is not finite.
    pub fn finite(self) -> impl Iterator<Item = f64> + 'a {
        self.older.iter().chain(self.newer).map(|x| if x.is_finite() { *x } else { 0.0 })
    }
}

impl<'a> From<&'a [f64]> for WindowSlices<'a> {
    fn from(whole: &'a [f64]) -> Self {
        Self { older: whole, newer: &[] }
    }
}

impl<'a> From<(&'a [f64], &'a [f64])> for WindowSlices<'a> {
    fn from((older, newer): (&'a [f64], &'a [f64])) -> Self {
        Self { older, newer }
    }
}

/// A window and what was computed from it; kept between windows for its memory.
#[derive(Debug, Clone, Default)]
pub(super) struct WindowChannels {
    /// The samples, zero where one was not finite.
    x: Vec<f64>,
    /// The difference of each to the one before.
    steps: Vec<f64>,
    median: Median,
    elevations: Vec<f64>,
    /// The standard deviation.
    std: f64,
}

impl WindowChannels {
    /// Samples in the window.
    pub(super) fn samples(&self) -> usize {
        self.x.len()
    }

    /// The elevations of the items: those of `z`, then of `q`, and then, once they were added, of `dz`.
    pub(super) fn elevations(&self) -> &[f64] {
        &self.elevations
    }

    /// Reads a window and computes the elevations of its levels.
    pub(super) fn compute(&mut self, level: Level, window: WindowSlices<'_>) {
        self.x.clear();
        self.x.extend(window.finite());
        self.elevations.clear();
        if self.x.is_empty() {
            return;
        }
        let count = self.x.len() as f64;
        let mean = level.sum(&self.x) / count;
        self.std = (level.sum_of_squares(&self.x, mean) / count).sqrt() + FLOOR;
        let median = self.median.of(level, &self.x, mean);
        let mad = level.sum_of_distances(&self.x, median) / count + FLOOR;
        self.elevations.resize(2 * self.x.len(), 0.0);
        let (z, q) = self.elevations.split_at_mut(self.x.len());
        level.elevations(&self.x, mean, self.std, 1.0, z);
        level.elevations(&self.x, median, mad, 1.0, q);
    }

    /// Adds the elevations of its steps, none of which is above [`STEP_SCALE`].
    pub(super) fn add_steps(&mut self, level: Level) {
        self.step();
        self.elevations.resize(NAMES.len() * self.x.len(), 0.0);
        let dz = &mut self.elevations[2 * self.x.len()..];
        level.elevations(&self.steps, 0.0, self.std + FLOOR, STEP_SCALE, dz);
    }

    /// The first sample steps by zero.
    fn step(&mut self) {
        self.steps.clear();
        self.steps.extend(self.x.first().map(|_| 0.0));
        self.steps.extend(self.x.windows(2).map(|pair| pair[1] - pair[0]));
    }
}
