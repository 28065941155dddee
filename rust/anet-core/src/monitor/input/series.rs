//! The four series that the signals become.

use crate::state::fields;

use super::scale::Scale;
use super::signal::Row;

/// A series of the monitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Series {
    /// The loss in units of its scale, compressed.
    Loss,
    /// The gradient norm in units of its scale, compressed.
    Grad,
    /// ln step_norm - ln lr: the update per unit of rate.
    Update,
    /// ln noise - ln grad_norm: the noise-to-gradient ratio.
    Noise,
}

/// The early sizes of loss and gradient norm, kept for the life of the monitor.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SignalScales {
    /// Size of the loss.
    pub loss: Scale,
    /// Size of the gradient norm.
    pub grad: Scale,
}

/// One row as the four series see it; a series that does not accept the row has `None`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SeriesValues {
    /// Loss in units of its scale, not compressed.
    pub loss: Option<f64>,
    /// Gradient norm in units of its scale, not compressed.
    pub grad: Option<f64>,
    /// As [`Series::Update`].
    pub update: Option<f64>,
    /// As [`Series::Noise`].
    pub noise: Option<f64>,
}

impl SignalScales {
    /// Reads a row; values that are not finite are left out.
    pub(crate) fn accept(&mut self, row: &Row) -> SeriesValues {
        SeriesValues {
            loss: finite(row.loss).and_then(|loss| self.loss.accept(loss)),
            grad: finite(row.grad_norm).and_then(|norm| self.grad.accept(norm)),
            update: log_ratio(row.step_norm, row.lr),
            noise: log_ratio(row.noise, row.grad_norm),
        }
    }

    /// A value of a series in the units of its signals.
    pub(crate) fn restore(&self, series: Series, value: f64) -> f64 {
        match series {
            Series::Loss => self.loss.restore(value),
            Series::Grad => self.grad.restore(value),
            Series::Update | Series::Noise => value.exp(),
        }
    }
}

fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

/// ln above - ln below; `None` unless both are finite and positive.
pub(crate) fn log_ratio(above: Option<f64>, below: Option<f64>) -> Option<f64> {
    let positive = |value: Option<f64>| finite(value).filter(|&value| value > 0.0);
    Some(positive(above)?.ln() - positive(below)?.ln())
}

fields!(SignalScales { loss, grad });
