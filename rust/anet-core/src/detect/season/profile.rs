//! The mean of each place of a period.

use crate::error::{Result, StateError};
use crate::state::{Fields, Reader, Writer};

/// Half-life of a mean, in periods.
const HALF: f64 = 4.0;
/// A sample moves its mean as one at this distance would, at most.
const CUT: f64 = 3.0;

/// Means and their weights, as `f32`: a place of a period is known no better.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    decay: f64,
    place: usize,
    means: Box<[f32]>,
    weights: Box<[f32]>,
}

impl Profile {
    /// Nothing is known of any place; the next sample has the first.
    pub(super) fn new(period: usize) -> Self {
        let zeros = || vec![0.0; period].into();
        Self { decay: libm::exp2(-1.0 / HALF), place: 0, means: zeros(), weights: zeros() }
    }

    /// The next sample's place.
    pub(super) fn place(&self) -> usize {
        self.place
    }

    /// Samples in a period.
    pub(super) fn period(&self) -> usize {
        self.means.len()
    }

    /// The mean of the next sample's place, where it is known.
    pub(super) fn expected(&self) -> Option<f64> {
        self.beside(0)
    }

    /// The mean so many places further on, or back, where it is known.
    pub(super) fn beside(&self, places: isize) -> Option<f64> {
        let place = (self.place as isize + places).rem_euclid(self.means.len() as isize) as usize;
        (self.weights[place] > 0.0).then(|| f64::from(self.means[place]))
    }

    /// The next sample is missing.
    pub(super) fn skip(&mut self) {
        self.place = if self.place + 1 == self.means.len() { 0 } else { self.place + 1 };
    }

    /// The next sample minus the mean of its place, where that is known; then the mean learns it.
    pub(super) fn push(&mut self, y: f64) -> Option<f64> {
        let error = self.expected().map(|mean| y - mean);
        let (mean, weight) = (&mut self.means[self.place], &mut self.weights[self.place]);
        *weight = (self.decay * f64::from(*weight) + 1.0) as f32;
        let moved = error.map_or(y, |error| f64::from(*mean) + error.clamp(-CUT, CUT) / f64::from(*weight));
        *mean = moved as f32;
        self.skip();
        error
    }
}

/// The period, the place and what is known of each.
impl Fields for Profile {
    fn save(&self, out: &mut Writer) {
        out.count(self.means.len());
        out.count(self.place);
        for (mean, weight) in self.means.iter().zip(&self.weights) {
            mean.save(out);
            weight.save(out);
        }
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let refused = || StateError::Field { name: "profile" }.into();
        let (period, place) = (from.count(2 * size_of::<f32>())?, from.count(0)?);
        if place >= period {
            return Err(refused());
        }
        *self = Self { place, ..Self::new(period) };
        for (mean, weight) in self.means.iter_mut().zip(&mut self.weights) {
            mean.load(from)?;
            weight.load(from)?;
        }
        let possible = self.means.iter().all(|mean| mean.abs() <= 12.0)
            && self.weights.iter().all(|w| (0.0..=8.0).contains(w));
        if possible { Ok(()) } else { Err(refused()) }
    }
}
