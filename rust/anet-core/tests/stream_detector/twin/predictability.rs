//! How well a stream is foretold, and how badly its last samples were.

use crate::twin::forecasts::Forecast;
use crate::twin::moments::{CutSquares, newest_mean};

/// Samples whose residuals are taken together: V1, V8, V16, V32.
pub(crate) const LENGTHS: [usize; 4] = [1, 8, 16, 32];

/// What the forecasts say of a sample.
pub(crate) struct Predicted {
    /// 1 where the forecast leaves nothing of the stream's variance about its level, 0 where it leaves more than four fifths.
    pub(crate) rho: f64,
    /// Root mean square residuals over [`LENGTHS`].
    pub(crate) residuals: [f64; 4],
}

/// Of every sample, by the errors before it.
pub(crate) fn predicted(y: &[f64], forecasts: &[Forecast]) -> Vec<Predicted> {
    let [mut of_forecast, mut of_level] = [CutSquares::start(2048.0, 64.0, 1.0, 1e-6); 2];
    let mut usual = CutSquares::start(1024.0, 64.0, 0.16, 1e-6);
    let mut squares = Vec::new();
    let of = |(y, forecast): (&f64, &Forecast)| {
        let rho = rho(of_forecast.mean, of_level.mean);
        let residual = y - forecast.value;
        of_forecast.push(residual);
        of_level.push(y - forecast.level);
        squares.push((0.4 * residual.abs() / usual.mean.sqrt()).powi(2).min(1e4));
        usual.push(residual);
        Predicted { rho, residuals: LENGTHS.map(|n| newest_mean(&squares, n).sqrt()) }
    };
    y.iter().zip(forecasts).map(of).collect()
}

fn rho(of_forecast: f64, of_level: f64) -> f64 {
    let explained = (1.0 - of_forecast / of_level).clamp(0.0, 1.0);
    ((explained - 0.2) / 0.8).clamp(0.0, 1.0)
}
