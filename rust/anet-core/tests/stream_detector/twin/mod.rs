//! The detector by its definition, one idea a file.

mod block_means;
pub(crate) mod changes;
mod fall;
mod flatline;
pub(crate) mod forecasts;
mod given;
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
mod profile;
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
use score::{COUNT, Parts, SCALED, Weights};
use slow::Slow;

/// Optional parts, and the key of the hash.
#[derive(Clone, Copy)]
pub(crate) struct Options<'a> {
    pub(crate) seed: &'a str,
    pub(crate) tokens: bool,
    pub(crate) long: bool,
    pub(crate) adaptive: bool,
    /// Periods that are given; none where one is searched for.
    pub(crate) season: &'a [usize],
}

pub(crate) const ALL: Options<'_> =
    Options { seed: "rh_sparse", tokens: true, long: true, adaptive: true, season: &[] };

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
        parts: [f64::NAN; COUNT],
        rho: f64::NAN,
        forecast: f64::NAN,
        period: 0,
    };
}

/// One answer a row; rows that are not finite are missing.
pub(crate) fn detect(rows: &[f64], options: Options<'_>) -> Vec<Answer> {
    let samples = Samples::of(rows);
    let raw = Raw::of(&samples, &normalise(&samples.x), options);
    let mut scales = SCALED.map(|(_, prior)| Scale::new([100.0, 300.0], prior));
    let (mut judge, mut slow) = (Judge::new(options.adaptive), Slow::new());
    let mut answers = vec![Answer::NOTHING; rows.len()];
    for (t, &row) in samples.rows.iter().enumerate() {
        let Raw { predicted, forecasts, phases, .. } = &raw;
        let drift = slow.push(raw.near[t], phases[t]);
        let scaled = scales.each_mut().into_iter().zip(raw.parts[t]).map(|(scale, value)| scale.z(t, value));
        let parts: Vec<f64> = scaled.chain([drift, raw.fall[t], phases[t].unusual]).collect();
        let parts: Parts = parts.try_into().expect("every component");
        let (rho, explained) = (predicted[t].rho, phases[t].explained);
        let weights = Weights { rho, explained, long: options.long };
        let warm = t >= scales::WARM_UP;
        let (parts, score) = if warm { (parts, weights.score(&parts)) } else { ([0.0; COUNT], 0.0) };
        let (p_value, held) = judge.push(t, weights.judged(&parts), raw.spiky[t], &parts);
        if p_value <= p_value::AT_LINE {
            slow.alarmed();
        }
        let (forecast, period) = (forecasts[t].value, phases[t].period);
        answers[row] = Answer { score, p_value, held, parts, rho, forecast, period };
    }
    answers
}
