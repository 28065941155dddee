//! The two-second precursor: how far the last moments stand above everything before them.

use std::borrow::Cow;

use crate::error::{Error, Result};
use crate::metric::EPSILON;
use crate::stats::pairwise;

/// A z-score of the recent mean, and the threshold that turns it into an alert.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precursor {
    window: usize,
    threshold: f64,
}

impl Precursor {
    /// Seconds that "recent" means by default, as published.
    pub const WINDOW_SEC: f64 = 2.0;
    /// Default threshold, in standard deviations, as published.
    pub const Z: f64 = 2.5;

    /// The window is `max(1, ⌊rate_hz · window_sec⌋)` samples.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] for a rate or a time that is not finite and above 0, and for a NaN threshold.
    pub fn new(rate_hz: f64, window_sec: f64, z: f64) -> Result<Self> {
        let samples = positive("rate_hz", rate_hz)? * positive("window_sec", window_sec)?;
        if z.is_nan() {
            return Err(Error::float("z", "a number", z));
        }
        // A product past the largest usize saturates: no series is that long.
        Ok(Self { window: (samples as usize).max(1), threshold: z })
    }

    /// Whether the score exceeds the threshold, and the score
    /// `(mean(recent) − mean(base)) / (std(base) + ε)`: recent is the last window, base all samples before it.
    ///
    /// Non-finite samples in the base are left out. A non-finite recent sample is the failure itself: an alert with score
    /// +∞ at any threshold. Fewer samples than two windows, or no finite sample in the base: no alert, score 0. Where
    /// sums of squares overflow (beyond about 1e154) the score is 0 or NaN; a NaN score is no alert. Source: the published
    /// anet.py.
    ///
    /// ```
    /// use anet_core::Precursor;
    /// let calm_then_jump = [1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 9.0, 9.0];
    /// let (alert, score) = Precursor::new(1.0, 2.0, 2.5).unwrap().score(&calm_then_jump);
    /// assert!(alert && (score - 15.0).abs() < 1e-9);
    /// ```
    pub fn score(self, series: &[f64]) -> (bool, f64) {
        const NOTHING_TO_COMPARE: (bool, f64) = (false, 0.0);
        if series.len() / 2 < self.window {
            return NOTHING_TO_COMPARE;
        }
        let (base, recent) = series.split_at(series.len() - self.window);
        let level = pairwise::mean(recent);
        // A sum of finite samples may overflow, so the samples decide.
        if !level.is_finite() && recent.iter().any(|x| !x.is_finite()) {
            return (true, f64::INFINITY);
        }
        let base = finite(base);
        if base.is_empty() {
            return NOTHING_TO_COMPARE;
        }
        let mean = pairwise::mean(&base);
        let score = (level - mean) / (pairwise::deviation(&base, mean) + EPSILON);
        (score > self.threshold, score)
    }
}

/// The finite samples, copied only where others are among them.
fn finite(series: &[f64]) -> Cow<'_, [f64]> {
    if series.iter().all(|x| x.is_finite()) {
        Cow::Borrowed(series)
    } else {
        Cow::Owned(series.iter().copied().filter(|x| x.is_finite()).collect())
    }
}

fn positive(name: &'static str, value: f64) -> Result<f64> {
    if value.is_finite() && value > 0.0 {
        Ok(value)
    } else {
        Err(Error::float(name, "finite and above 0", value))
    }
}
