//! The mean of each phase of a period that is found by itself, and how far each sample lies from it.

use crate::twin::moments::CutSquares;
use crate::twin::period::{Ring, error_ratio, find, newest, refine};

/// Rows that a search looks back over.
const RING: usize = 16_384;
/// The row of the first search.
const FIRST: usize = 512;

/// What the phase says of one sample.
#[derive(Clone, Copy)]
pub(crate) struct Phase {
    /// The period that is held, 0 where there is none.
    pub(crate) period: usize,
    /// The share of the variance that the phase explains.
    pub(crate) explained: f64,
    /// The sample less the mean of its phase; 0 where there is none.
    pub(crate) residual: f64,
    /// The usual size of that before this sample.
    pub(crate) deviation: f64,
}

/// Of every row that came; `rows` are the normal values cut at 6, none where one is missing. The clock runs on over those.
pub(crate) fn phases(rows: &Ring) -> Vec<Phase> {
    let mut held = None;
    let mut next = FIRST;
    let mut found = Vec::new();
    for (row, value) in rows.iter().enumerate() {
        if row == next {
            held = review(held.take(), &rows[..row]);
            next += (row / 2).clamp(256, 1024);
        }
        if let Some(value) = value {
            found.push(Held::push(&mut held, row, *value));
        }
    }
    found
}

/// A period, its error over the variance, and the profile.
struct Held {
    period: usize,
    error: f64,
    means: Vec<f64>,
    weights: Vec<f64>,
    residuals: CutSquares,
}

/// What is held after a search over the newest of these rows.
fn review(held: Option<Held>, rows: &Ring) -> Option<Held> {
    let ring = &rows[rows.len().saturating_sub(RING)..];
    let found = find(ring).map(|period| {
        let judged = newest(ring, 5 * period);
        let period = refine(judged, period);
        (period, error_ratio(judged, period), judged)
    });
    match (found.filter(|&(_, error, _)| error < 0.8), held) {
        (Some((period, error, _)), None) => Some(Held::rebuilt(rows, period, error)),
        (Some((period, error, judged)), Some(held)) => {
            let old = error_ratio(judged, held.period);
            let better = period != held.period && (error < old - 0.03 || error < 0.85 * old);
            Some(if better { Held::rebuilt(rows, period, error) } else { Held { error: old, ..held } })
        }
        (None, Some(held)) => {
            let error = error_ratio(newest(ring, 5 * held.period), held.period);
            (error <= 0.95).then_some(Held { error, ..held })
        }
        (None, None) => None,
    }
}

impl Held {
    /// Its profile from the newest rows.
    fn rebuilt(rows: &Ring, period: usize, error: f64) -> Self {
        let residuals = CutSquares::start(2048.0, 64.0, 1.0, 1e-6);
        let mut held =
            Self { period, error, means: vec![0.0; period], weights: vec![0.0; period], residuals };
        let newest = rows.iter().enumerate().skip(rows.len().saturating_sub(RING));
        newest.for_each(|(row, value)| _ = value.map(|value| held.learn(row, value)));
        held
    }

    fn push(held: &mut Option<Self>, row: usize, value: f64) -> Phase {
        held.as_mut().map_or(Phase { period: 0, explained: 0.0, residual: 0.0, deviation: 1.0 }, |held| {
            Phase {
                period: held.period,
                explained: (1.0 - held.error).max(0.0),
                deviation: held.residuals.mean.sqrt(),
                residual: held.learn(row, value),
            }
        })
    }

    /// The distance from the mean of its phase, which then moves by 3 at most; the first value of a phase is taken whole.
    fn learn(&mut self, row: usize, value: f64) -> f64 {
        let (mean, weight) = (&mut self.means[row % self.period], &mut self.weights[row % self.period]);
        let is_first = *weight == 0.0;
        let d = value - *mean;
        *weight = 0.5_f64.powf(1.0 / 4.0) * *weight + 1.0;
        *mean += if is_first { d } else { d.clamp(-3.0, 3.0) } / *weight;
        if is_first {
            return 0.0;
        }
        self.residuals.push(d);
        d
    }
}
