//! A season is foretold, noise is not.

use super::answers;
use crate::series::{Random, season};

#[test]
fn a_season_is_foretold() {
    let rows = season(1, 2000, 50, 0.1);
    let answers = &answers(&rows)[1500..];
    assert!(answers.iter().all(|answer| answer.rho > 0.7 && answer.period % 50 == 0 && answer.period > 0));
    // The wave is 1.41 deviations high, its noise 0.14 wide.
    let wave = |t: usize| (t as f64 / 50.0 * std::f64::consts::TAU).sin() * std::f64::consts::SQRT_2;
    let errors = answers.iter().zip(1500..).map(|(answer, t)| (answer.forecast - wave(t)).powi(2));
    let error = (errors.sum::<f64>() / answers.len() as f64).sqrt();
    assert!(error < 0.2, "{error}");
}

#[test]
fn noise_is_not() {
    let answers = answers(&Random::new(1).normals(2000));
    assert!(answers[1000..].iter().all(|answer| answer.rho == 0.0 && answer.period == 0));
}
