//! Whether a stream went to its new level in a step or slowly.

use super::forecast::Forecast;
use super::stretch::Stretch;

/// Shorter stretches are steps.
const SHORTEST: usize = 24;
/// By how much the logarithm of the likelihood must be larger, twice.
const BETTER: f64 = 8.0;
/// The places that are tried for a step or for the foot of a slope.
const PLACES: usize = 32;

/// Whether the errors of a forecast up to the end of a stretch follow a slope better than a step does (least squares of both): the
/// errors themselves or the same in spreads, whichever the models fit better.
pub(super) fn is_slow(forecast: &Forecast, stretch: &Stretch) -> bool {
    let length = stretch.length();
    if length < SHORTEST {
        return false;
    }
    let window = stretch.first.saturating_sub(2 * length)..=stretch.last;
    let errors: Vec<f64> = window.clone().map(|at| forecast.samples[at] - forecast.expected[at]).collect();
    let fits = [fit(&errors), fit(&forecast.misses[window])];
    let [by_errors, by_misses] = fits;
    let best = if by_errors.left() < by_misses.left() { by_errors } else { by_misses };
    errors.len() as f64 * (best.step / best.slope).ln() > BETTER
}

/// What the best step and the best slope leave of the squares, as shares.
#[derive(Clone, Copy)]
struct Fit {
    step: f64,
    slope: f64,
}

impl Fit {
    fn left(self) -> f64 {
        self.step.min(self.slope)
    }
}

fn fit(window: &[f64]) -> Fit {
    let every = (window.len() / PLACES).max(1);
    let feet = || (0..window.len() - 2).step_by(every);
    let least = |model: fn(usize, usize) -> f64| {
        feet().map(|foot| left(window, |at| model(at, foot))).fold(f64::INFINITY, f64::min)
    };
    let all = left(window, |_| 0.0);
    let step = least(|at, foot| if at > foot { 1.0 } else { 0.0 });
    let slope = least(|at, foot| at.saturating_sub(foot) as f64);
    Fit { step: step / all, slope: slope / all }
}

/// The sum of squares that a constant and a multiple of the model leave.
fn left(values: &[f64], model: impl Fn(usize) -> f64) -> f64 {
    let pairs = || values.iter().enumerate().filter(|(_, y)| y.is_finite()).map(|(at, &y)| (model(at), y));
    let count = pairs().count() as f64;
    let (mx, my) = pairs().fold((0.0, 0.0), |(mx, my), (x, y)| (mx + x / count, my + y / count));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs() {
        xx += (x - mx) * (x - mx);
        xy += (x - mx) * (y - my);
        yy += (y - my) * (y - my);
    }
    if xx > 0.0 { yy - xy * xy / xx } else { yy }
}
