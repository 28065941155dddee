//! The four series that the signals become, and their block means.

use crate::monitor::baseline::baseline::{Block, BlockMean};
use crate::monitor::input::scale::Scale;
use crate::monitor::input::signal::Row;
use crate::state::fields;

/// Single values against 64 others over 128 steps, behind a gap of 16.
pub type Single = BlockMean<1, 64, 2, 8>;
/// Means of 8 against 32 others, behind a gap of 8.
pub type Eight = BlockMean<8, 32, 4, 2>;
/// Means of 32 against 20 others, behind a gap of 32.
pub type ThirtyTwo = BlockMean<32, 20, 8, 4>;

/// What is material, in logarithms: 2 % of the loss, 5 % of the gradient or of the noise share, 10 % of the update.
const LOSS: f64 = 0.02;
const GRAD: f64 = 0.05;
const UPDATE: f64 = 0.10;

/// The early sizes of loss and gradient norm, kept for the life of the monitor.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scales {
    /// Size of the loss.
    pub loss: Scale,
    /// Size of the gradient norm.
    pub grad: Scale,
}

/// One row as the four series see it; a series that does not accept the row has `None`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Values {
    /// Loss in units of its scale.
    pub loss: Option<f64>,
    /// Gradient norm in units of its scale.
    pub grad: Option<f64>,
    /// ln step_norm - ln lr: update per unit of rate.
    pub update: Option<f64>,
    /// ln noise - ln grad_norm: noise share.
    pub noise: Option<f64>,
}

impl Scales {
    /// Reads a row; values that are not finite are left out.
    pub fn accept(&mut self, row: &Row) -> Values {
        Values {
            loss: finite(row.loss).and_then(|loss| self.loss.accept(loss)),
            grad: finite(row.grad_norm).and_then(|norm| self.grad.accept(norm)),
            update: log_ratio(row.step_norm, row.lr),
            noise: log_ratio(row.noise, row.grad_norm),
        }
    }
}

fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

pub(crate) fn log_ratio(above: Option<f64>, below: Option<f64>) -> Option<f64> {
    let positive = |value: Option<f64>| finite(value).filter(|&value| value > 0.0);
    Some(positive(above)?.ln() - positive(below)?.ln())
}

/// The seven block means of the four series.
#[derive(Debug, Clone, Copy)]
pub struct Bands {
    /// Loss, single values.
    pub loss: Single,
    /// Gradient norm, single values.
    pub grad: Single,
    /// Loss, means of 32.
    pub loss_32: ThirtyTwo,
    /// Gradient norm, means of 32.
    pub grad_32: ThirtyTwo,
    /// Gradient norm, means of 8.
    pub grad_8: Eight,
    /// Update per unit of rate, means of 8.
    pub update_8: Eight,
    /// Noise share, means of 8.
    pub noise_8: Eight,
}

/// The newest block of each of the [`Bands`], where it moved in this row.
#[derive(Debug, Clone, Copy, Default)]
#[allow(missing_docs, reason = "named as in Bands")]
pub struct Blocks {
    pub loss: Option<Block>,
    pub grad: Option<Block>,
    pub loss_32: Option<Block>,
    pub grad_32: Option<Block>,
    pub grad_8: Option<Block>,
    pub update_8: Option<Block>,
    pub noise_8: Option<Block>,
}

impl Default for Bands {
    fn default() -> Self {
        Self {
            loss: Single::new(LOSS),
            grad: Single::new(GRAD),
            loss_32: ThirtyTwo::new(LOSS),
            grad_32: ThirtyTwo::new(GRAD),
            grad_8: Eight::new(GRAD),
            update_8: Eight::new(UPDATE),
            noise_8: Eight::new(GRAD),
        }
    }
}

impl Bands {
    /// Pushes what the row has.
    pub fn push(&mut self, values: &Values) -> Blocks {
        let loss = values.loss.map(Scale::compress);
        let grad = values.grad.map(Scale::compress);
        Blocks {
            loss: loss.and_then(|value| self.loss.push(value)),
            grad: grad.and_then(|value| self.grad.push(value)),
            loss_32: loss.and_then(|value| self.loss_32.push(value)),
            grad_32: grad.and_then(|value| self.grad_32.push(value)),
            grad_8: grad.and_then(|value| self.grad_8.push(value)),
            update_8: values.update.and_then(|value| self.update_8.push(value)),
            noise_8: values.noise.and_then(|value| self.noise_8.push(value)),
        }
    }
}

fields!(Scales { loss, grad });

fields!(Bands { loss, grad, loss_32, grad_32, grad_8, update_8, noise_8 });
