//! How unusual samples are for their place of a given season.

use crate::error::{Result, StateError};
use crate::state::fields;
use crate::stats::ew_scale::EwScale;

/// Samples whose standardised errors are taken together.
const SPANS: [usize; 4] = [1, 4, 16, 64];
const KEPT: usize = SPANS[3];
/// A standardised error counts as so many deviations at most.
const LIMIT: f64 = 12.0;
/// Half-life of the usual size of each mean, in samples, and what it starts from: that of Gaussian noise.
const HALF: f64 = 4096.0;
const MEAN: (f64, f64) = (100.0, 0.8);
const VARIANCE: (f64, f64) = (300.0, 0.36);
/// The least deviation, and the cut of what is learned, in deviations.
const LEAST: f64 = 0.18;
const CUT: f64 = 5.0;

/// Means of the newest standardised errors, each in deviations from its own usual size.
#[derive(Debug, Clone)]
pub(super) struct Place {
    newest: u8,
    errors: [f64; KEPT],
    usual: [EwScale; SPANS.len()],
}

impl Place {
    /// Has seen nothing.
    pub(super) fn new() -> Self {
        Self { newest: 0, errors: [0.0; KEPT], usual: SPANS.map(|_| EwScale::new(HALF, MEAN, VARIANCE)) }
    }

    /// The strangest mean with this error, in deviations; then it is learned.
    pub(super) fn push(&mut self, error: f64) -> f64 {
        self.newest = ((usize::from(self.newest) + 1) % KEPT) as u8;
        self.errors[usize::from(self.newest)] = error.clamp(-LIMIT, LIMIT);
        let (mut sum, mut count, mut most) = (0.0, 0, 0.0_f64);
        for (span, usual) in SPANS.into_iter().zip(&mut self.usual) {
            while count < span {
                sum += self.errors[(usize::from(self.newest) + KEPT - count) % KEPT];
                count += 1;
            }
            most = most.max(usual.judge((sum / span as f64).abs(), LEAST, CUT));
        }
        most
    }

    fn check(&mut self) -> Result<()> {
        let possible =
            usize::from(self.newest) < KEPT && self.errors.iter().all(|error| error.abs() <= LIMIT);
        if possible { Ok(()) } else { Err(StateError::Field { name: "errors of places" }.into()) }
    }
}

fields!(Place { newest, errors, usual } then check);
