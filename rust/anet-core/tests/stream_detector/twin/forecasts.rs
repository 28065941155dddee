//! Fifteen forecasts of the next normal value and their mean under the inverse squares of their error variances.

use crate::twin::moments::CutSquares;
use crate::twin::shapes::{SINGLES, Shapes};

/// What is foretold of a sample.
pub(crate) struct Forecast {
    /// The mean of all.
    pub(crate) value: f64,
    /// The mean of half-life 64 alone, against which the other is judged.
    pub(crate) level: f64,
}

/// The forecast of every sample from those before it; without the `long` memories by the shapes of single samples alone.
pub(crate) fn forecasts(y: &[f64], shapes: &Shapes, long: bool) -> Vec<Forecast> {
    let mut errors = [CutSquares::start(512.0, 0.0, 1.0, 1e-4); 15];
    let (eight, sixty_four) = (levels(y, 8.0), levels(y, 64.0));
    let forecast = |t: usize| {
        let (last, before) = (newest(y, t, 1), newest(y, t, 2));
        let line = if t >= 2 { 2.0 * last - before } else { 0.0 };
        let plain = [last, eight[t], sixty_four[t], line, 0.0];
        let analogues = [&shapes.singles, &shapes.eights, &shapes.pairs];
        let analogues = analogues.into_iter().flat_map(|shapes| shapes.analogues(y, t));
        let count = if long { errors.len() } else { plain.len() + SINGLES.len() };
        let all: Vec<f64> = plain.into_iter().chain(analogues).take(count).collect();
        let value = combined(&all, &errors);
        errors.iter_mut().zip(&all).for_each(|(error, value)| error.push(y[t] - value));
        Forecast { value, level: sixty_four[t] }
    };
    (0..y.len()).map(forecast).collect()
}

fn newest(y: &[f64], t: usize, lag: usize) -> f64 {
    if t >= lag { y[t - lag] } else { 0.0 }
}

/// The weighted mean of what came before each sample; it starts at 0 with all weight.
fn levels(y: &[f64], half: f64) -> Vec<f64> {
    let step = 1.0 - 0.5_f64.powf(1.0 / half);
    let before = |mean: &mut f64, y: &f64| Some(std::mem::replace(mean, *mean + step * (y - *mean)));
    y.iter().scan(0.0, before).collect()
}

fn combined(forecasts: &[f64], errors: &[CutSquares]) -> f64 {
    let weights = errors.iter().map(|error| error.mean.powi(-2));
    let (sum, weight) = forecasts
        .iter()
        .zip(weights)
        .fold((0.0, 0.0), |(sum, weight), (forecast, w)| (sum + w * forecast, weight + w));
    sum / weight
}
