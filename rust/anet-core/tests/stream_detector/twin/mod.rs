//! The detector by its definition, one idea a file.

mod block_means;
mod fall;
mod flatline;
pub(crate) mod forecasts;
mod judge;
mod lag_vectors;
mod median;
mod moments;
mod normaliser;
mod novelty;
mod own_line;
mod p_value;
mod period;
mod phase;
pub(crate) mod predictability;
mod rarity;
mod raw;
mod samples;
pub(crate) mod scales;
pub(crate) mod score;
pub(crate) mod shapes;
mod slow;
mod tokens;
mod veto;

use judge::Judge;
use normaliser::normalise;
use raw::Raw;
use samples::Samples;
use scales::Scale;
use score::{COMPONENTS, FLATLINE, Parts, Weights};

/// The first sample at which a flatline rings on a line of its own.
const STILL_FROM: usize = 3000;

/// Optional parts, and the key of the hash.
#[derive(Clone, Copy)]
pub(crate) struct Options<'a> {
    pub(crate) seed: &'a str,
    pub(crate) tokens: bool,
    pub(crate) block_means: bool,
    pub(crate) adaptive: bool,
}

pub(crate) const ALL: Options<'_> =
    Options { seed: "rh_sparse", tokens: true, block_means: true, adaptive: true };

/// What the twin says of one sample.
#[derive(Clone, Copy)]
pub(crate) struct Answer {
    pub(crate) score: f64,
    pub(crate) p_value: f64,
    pub(crate) held: bool,
    pub(crate) parts: Parts,
    pub(crate) rho: f64,
    /// In deviations of the shape scale.
    pub(crate) forecast: f64,
    /// 0 where none is held.
    pub(crate) period: usize,
}

impl Answer {
    /// A missing row.
    const NOTHING: Self = Self {
        score: f64::NAN,
        p_value: f64::NAN,
        held: false,
        parts: [f64::NAN; COMPONENTS.len()],
        rho: f64::NAN,
        forecast: f64::NAN,
        period: 0,
    };
}

/// One answer a row; rows that are not finite are missing.
pub(crate) fn detect(rows: &[f64], options: Options<'_>) -> Vec<Answer> {
    let samples = Samples::of(rows);
    let raw = Raw::of(&samples, &normalise(&samples.x), options);
    let mut scales = COMPONENTS.map(|(_, prior)| Scale::new([100.0, 300.0], prior));
    let mut judge = Judge::new(options.adaptive);
    let mut answers = vec![Answer::NOTHING; rows.len()];
    for (t, &row) in samples.rows.iter().enumerate() {
        let mut values = raw.parts[t].into_iter();
        let parts = scales.each_mut().map(|scale| scale.z(t, values.next().expect("a value a scale")));
        let Raw { predicted, forecasts, phases, .. } = &raw;
        let (rho, explained) = (predicted[t].rho, phases[t].explained);
        let weights = Weights { rho, explained, block_means: options.block_means };
        let score = if t < scales::WARM_UP { 0.0 } else { weights.score(&parts) };
        let still = if t >= STILL_FROM { parts[FLATLINE] } else { 0.0 };
        let quiet = [raw.slow[t], raw.fall[t], still];
        let (p_value, held) = judge.push(t, weights.judged(&parts), raw.spiky[t], quiet);
        let (forecast, period) = (forecasts[t].value, phases[t].period);
        answers[row] = Answer { score, p_value, held, parts, rho, forecast, period };
    }
    answers
}
