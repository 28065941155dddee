//! Where the stream would have been.

use super::forecast::Forecast;
use super::spread::quantile;

/// The share of the errors below the range, and above it.
const OUTSIDE: f64 = 0.05;

/// The range that nine in ten samples would have been in at a place.
pub(super) fn range(forecast: &Forecast, at: usize) -> (f64, f64) {
    let errors = forecast.errors(at);
    let (expected, scale) = forecast.at(at);
    (expected + scale * quantile(&errors, OUTSIDE), expected + scale * quantile(&errors, 1.0 - OUTSIDE))
}
