//! Whether the season itself is there, only earlier or later.

use super::forecast::{Forecast, Kind};
use super::spread::{mean, sorted};

/// Samples that must show it.
const SHORTEST: usize = 12;
/// Places and displacements that are looked at, at most.
const PLACES: usize = 128;
const OFFSETS: usize = 512;
/// Errors of a displaced season go both ways: their sum is at most this share of their sizes. A day without its peak is none.
const BOTH_WAYS: f64 = 0.8;
/// What is left of the error at the right displacement, at most; and at most so many times the usual error.
const LEFT: f64 = 0.65;
const USUAL: f64 = 1.3;

/// Whether the samples from a place on, one season at most, are what was expected at another time nearby.
pub(super) fn is_displaced(forecast: &Forecast, first: usize) -> bool {
    let Kind::Season(period) = forecast.kind else { return false };
    let places = first..forecast.samples.len().min(first + period);
    if places.len() < SHORTEST {
        return false;
    }
    let errors = sorted(places.clone().map(|at| forecast.samples[at] - forecast.expected[at]));
    let sizes: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
    if mean(&errors).abs() > BOTH_WAYS * mean(&sizes) {
        return false;
    }
    let every = places.len().div_ceil(PLACES);
    let error = |offset: i64| {
        let expected =
            |at: usize| usize::try_from(at as i64 + offset).ok().and_then(|at| forecast.expected.get(at));
        let errors =
            places.clone().step_by(every).filter_map(|at| Some((forecast.samples[at] - expected(at)?).abs()));
        let known: Vec<f64> = errors.filter(|error| error.is_finite()).collect();
        if 2 * every * known.len() > places.len() { mean(&known) } else { f64::INFINITY }
    };
    let usual: Vec<f64> =
        forecast.past().iter().zip(&forecast.expected).map(|(x, y)| (x - y).abs()).collect();
    let most_left = (LEFT * error(0)).min(USUAL * mean(&sorted(usual)));
    let most = (period / 2) as i64;
    (-most..=most).step_by(period.div_ceil(OFFSETS)).any(|offset| error(offset) < most_left)
}
