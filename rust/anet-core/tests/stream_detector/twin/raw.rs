//! Every component of every sample in its own units. What spans a long gap is no evidence: NaN.

use crate::twin::Options;
use crate::twin::block_means::{EIGHT, SIXTY_FOUR};
use crate::twin::fall::fall;
use crate::twin::flatline::flatline;
use crate::twin::forecasts::{Forecast, forecasts};
use crate::twin::given::given;
use crate::twin::normaliser::Normal;
use crate::twin::novelty::novelty;
use crate::twin::phase::{Phase, phases};
use crate::twin::predictability::{self, Predicted, predicted};
use crate::twin::rarity::rarity;
use crate::twin::samples::Samples;
use crate::twin::score::SCALED;
use crate::twin::shapes::{PAIRS, SINGLES, Shapes};
use crate::twin::tokens::{position, tokens, within};
use crate::twin::veto::spiky;

/// What is known of a stream before anything is put on a scale.
pub(crate) struct Raw {
    /// Of the components that have a scale.
    pub(crate) parts: Vec<[f64; SCALED.len()]>,
    pub(crate) forecasts: Vec<Forecast>,
    pub(crate) predicted: Vec<Predicted>,
    pub(crate) phases: Vec<Phase>,
    /// Shape values cut at 6.
    pub(crate) near: Vec<f64>,
    pub(crate) fall: Vec<f64>,
    pub(crate) spiky: Vec<bool>,
}

/// A stretch of samples that a component looks at: so many must have come since a long gap.
fn unless_broken(value: f64, whole: bool) -> f64 {
    if whole { value } else { f64::NAN }
}

/// The components of means, which a detector without long memories does not have.
const MEANS: std::ops::Range<usize> = 7..17;

impl Raw {
    pub(crate) fn of(samples: &Samples, normal: &[Normal], options: Options<'_>) -> Self {
        let y: Vec<f64> = normal.iter().map(|normal| normal.shape).collect();
        let near: Vec<f64> = y.iter().map(|y| y.clamp(-6.0, 6.0)).collect();
        let shapes = Shapes::of(&y);
        let forecasts = forecasts(&y, &shapes, options.long);
        let predicted = predicted(&y, &forecasts);
        let rows = by_row(samples, &near);
        let phases = match (options.season, options.long) {
            ([], false) => vec![Phase::NONE; samples.len()],
            ([], true) => phases(&rows),
            (periods, _) => given(&rows, periods),
        };
        let columns = [
            of_singles(samples, &shapes),
            of_tokens(samples, normal, options),
            flatline(&samples.x).into_iter().map(|value| vec![value]).collect(),
            EIGHT.parts(samples, normal, &shapes.eights).into_iter().map(Vec::from).collect(),
            SIXTY_FOUR.parts(samples, normal, &shapes.sixty_fours).into_iter().map(Vec::from).collect(),
            of_pairs(samples, &shapes),
            residuals(samples, &predicted),
            of_phase(&phases),
        ];
        let parts = |t: usize| {
            let mut all: Vec<f64> = columns.iter().flat_map(|column| column[t].clone()).collect();
            if !options.long {
                all[MEANS].fill(f64::NAN);
            }
            all
        };
        Self {
            parts: (0..samples.len()).map(|t| parts(t).try_into().expect("every component")).collect(),
            near,
            fall: fall(&samples.x, &y),
            spiky: spiky(&samples.x),
            forecasts,
            predicted,
            phases,
        }
    }
}

/// One entry a row, none where it is missing.
fn by_row(samples: &Samples, values: &[f64]) -> Vec<Option<f64>> {
    let mut rows = vec![None; samples.rows.last().map_or(0, |last| last + 1)];
    samples.rows.iter().zip(values).for_each(|(&row, &value)| rows[row] = Some(value));
    rows
}

fn of_singles(samples: &Samples, shapes: &Shapes) -> Vec<Vec<f64>> {
    let value = |t: usize, i: usize| {
        let value = shapes.singles.distance(t, i).unwrap_or(SCALED[i].1.0);
        unless_broken(value, samples.together(t) >= SINGLES[i])
    };
    (0..samples.len()).map(|t| (0..4).map(|i| value(t, i)).collect()).collect()
}

/// Words and rarity. A bag of 16 samples has tokens that look back 64 more.
fn of_tokens(samples: &Samples, normal: &[Normal], options: Options<'_>) -> Vec<Vec<f64>> {
    let values: Vec<f64> = normal.iter().map(|normal| normal.token).collect();
    let place = |tokens: Vec<_>| tokens.iter().map(|token| position(options.seed, token)).collect();
    let positions: Vec<Vec<usize>> = tokens(&values).into_iter().map(place).collect();
    let rare = rarity(&positions, 8, |t| within(samples.together(t)));
    let new = if options.tokens { novelty(&positions) } else { vec![SCALED[4].1.0; rare.len()] };
    let both = |t: usize| vec![unless_broken(new[t], samples.together(t) > 16 + 64), rare[t]];
    (0..rare.len()).map(both).collect()
}

/// The analogues of a forecast are right once the longest lag vector of single samples lies after the gap.
const FORETOLD: usize = 64;

fn residuals(samples: &Samples, predicted: &[Predicted]) -> Vec<Vec<f64>> {
    let of = |(t, found): (usize, &Predicted)| {
        let whole = |n: usize| samples.together(t) > FORETOLD + n;
        found
            .residuals
            .iter()
            .zip(predictability::LENGTHS)
            .map(|(&value, n)| unless_broken(value, whole(n)))
            .collect()
    };
    predicted.iter().enumerate().map(of).collect()
}

fn of_pairs(samples: &Samples, shapes: &Shapes) -> Vec<Vec<f64>> {
    let of = |t: usize| {
        let whole = |w: usize| samples.blocks_since(t, 2) >= w as i64;
        let pairs = shapes.long_memory(t).into_iter().zip(&PAIRS[1..]);
        pairs.map(|(value, &w)| unless_broken(value, whole(w))).collect()
    };
    (0..samples.len()).map(of).collect()
}

/// Parts of a deviation that the residuals of the phase are cut down to.
const FINE: f64 = (1 << 24) as f64;

/// The size of the mean residual over the last 32 and 128 samples, those before the first being 0; the clock of the phase runs on
/// over a gap.
fn of_phase(phases: &[Phase]) -> Vec<Vec<f64>> {
    let residuals: Vec<f64> = phases.iter().map(|phase| (phase.residual * FINE).trunc() / FINE).collect();
    let mean =
        |t: usize, n: usize| (residuals[(t + 1).saturating_sub(n)..=t].iter().sum::<f64>() / n as f64).abs();
    (0..phases.len()).map(|t| vec![mean(t, 32), mean(t, 128)]).collect()
}
