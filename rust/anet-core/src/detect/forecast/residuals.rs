//! How far the last samples were from their forecasts.

use crate::error::{Result, StateError};
use crate::state::fields;
use crate::stats::cut_variance::CutVariance;

/// Samples whose errors are taken together.
pub(crate) const SPANS: [u64; 4] = [1, 8, 16, 32];
const KEPT: usize = 32;
/// Half-life, first weight and first value of the usual squared error.
const HALF: f64 = 1024.0;
const PRIOR: (f64, f64) = (64.0, 0.16);
const LEAST: f64 = 1e-6;
/// A usual error counts as so much: near the values of the other components.
const UNIT: f64 = 0.4;
/// Forecasts by analogues are right again once the longest lag vector of samples lies after a gap.
const BROKEN: u64 = 64;
/// The largest square kept.
const LARGEST: f64 = 1e4;

/// The squares of the last errors in usual ones.
#[derive(Debug, Clone)]
pub(super) struct Residuals {
    usual: CutVariance,
    squares: [f64; KEPT],
}

impl Residuals {
    /// Has seen nothing.
    pub(super) fn new() -> Self {
        Self { usual: CutVariance::new(HALF, PRIOR.0, PRIOR.1, LEAST), squares: [0.0; KEPT] }
    }

    /// Takes the error of sample number `t`, judged by those before it.
    pub(super) fn push(&mut self, t: u64, error: f64) {
        let q = UNIT * error.abs() / self.usual.deviation();
        self.squares[slot(t)] = (q * q).min(LARGEST);
        self.usual.push(error * error);
    }

    /// Root mean squares of the newest errors at sample number `t`; NaN where they are of samples whose analogues span a gap, which
    /// ended `since` samples ago.
    pub(super) fn over(&self, t: u64, since: u64) -> [f64; SPANS.len()] {
        let mut sum = 0.0;
        let mut age = 0;
        SPANS.map(|span| {
            let count = span.min(t + 1);
            while age < count {
                sum += self.squares[slot(t - age)];
                age += 1;
            }
            if since < BROKEN + span { f64::NAN } else { (sum / count as f64).sqrt() }
        })
    }

    fn check(&mut self) -> Result<()> {
        if self.squares.iter().all(|square| (0.0..=LARGEST).contains(square)) {
            Ok(())
        } else {
            Err(StateError::Field { name: "forecast errors" }.into())
        }
    }
}

fields!(Residuals { usual, squares } then check);

fn slot(t: u64) -> usize {
    (t % KEPT as u64) as usize
}
