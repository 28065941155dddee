//! All metrics at one moment.

use crate::error::Result;
use crate::metric::consistency::{Beta, theta_consistency};
use crate::metric::entropy::entropy_rate;
use crate::metric::f_total::{Weights, f_total};
use crate::metric::precursor::Precursor;
use crate::metric::processivity::processivity;
use crate::params::Length;

/// The five histories that a training loop keeps.
#[derive(Debug, Clone, Copy)]
pub struct Histories<'a> {
    /// Losses.
    pub loss: &'a [f64],
    /// Norms of the gradients.
    pub gradients: &'a [f64],
    /// Norms of the parameter updates.
    pub steps: &'a [f64],
    /// Recent gradient noise.
    pub noise: &'a [f64],
    /// Gradient noise of a healthy time.
    pub reference: &'a [f64],
}

/// The metrics of [`Histories`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Snapshot {
    /// [`theta_consistency`] of noise and reference.
    pub theta: f64,
    /// [`entropy_rate`] of the loss.
    pub s_dot: f64,
    /// [`processivity`] of gradients and steps.
    pub processivity: f64,
    /// [`f_total`] of the two.
    pub f_total: f64,
    /// Whether the loss alerts.
    pub precursor: bool,
    /// The score of [`Precursor`] on the loss.
    pub zscore: f64,
}

impl Snapshot {
    /// Computes all metrics, with the default beta and a window of 32 samples for the entropy.
    ///
    /// # Errors
    /// [`crate::Error::LengthsDiffer`] for gradients and steps of different lengths.
    pub fn take(histories: Histories<'_>, weights: Weights, precursor: Precursor) -> Result<Self> {
        let processivity = processivity(histories.gradients, histories.steps)?;
        let s_dot = entropy_rate(histories.loss, Length::try_from(32)?);
        let (alert, zscore) = precursor.score(histories.loss);
        Ok(Self {
            theta: theta_consistency(histories.noise, histories.reference, Beta::default()),
            s_dot,
            processivity,
            f_total: f_total(s_dot, processivity, weights),
            precursor: alert,
            zscore,
        })
    }
}
