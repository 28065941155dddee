//! The median, by counting: a pass over a window in wide registers costs less than moving its samples about.

use crate::sparse::encode::quantile_bracket::QuantileBracket;
use anet_simd::Level;

/// Candidates that are sorted rather than counted again. Chosen on 2026-11-24; `make bench`
/// (`bench_encoder`) measures it.
const FEW: usize = 24;

/// Passes after which the search gives up and sorts what is left. Guesses
/// interpolate, so that only windows of extreme spread come so far.
const PASSES: usize = 16;

/// The memory that a median works in.
#[derive(Debug, Clone, Default)]
pub(super) struct Median {
    indices: Vec<usize>,
    values: Vec<f64>,
}

impl Median {
    /// The middle of `x`, or the mean of the middle two. `x` is not empty, and all of it finite; `centre` is a first guess.
    pub(super) fn of(&mut self, level: Level, x: &[f64], centre: f64) -> f64 {
        let upper = self.nth(level, x, x.len() / 2, centre);
        if x.len() % 2 == 1 {
            return upper;
        }
        let mut below = 0;
        let mut lower = f64::NEG_INFINITY;
        for &x in x {
            below += usize::from(x < upper);
            lower = if x < upper && x > lower { x } else { lower };
        }
        if below == x.len() / 2 { (lower + upper) / 2.0 } else { (upper + upper) / 2.0 }
    }

    /// The number that stands at `rank` when `x` is sorted in ascending order.
    fn nth(&mut self, level: Level, x: &[f64], rank: usize, centre: f64) -> f64 {
        let (min, max) = x.iter().fold((x[0], x[0]), |(min, max), &x| {
            (if x < min { x } else { min }, if x > max { x } else { max })
        });
        // The wanted number lies in low..high; beside each end stands the number of samples at least as large.
        let mut bracket = QuantileBracket { low: (min, x.len()), high: (f64::INFINITY, 0) };
        let from_top = x.len() - rank;
        let mut guess = centre;
        for _ in 0..PASSES {
            if bracket.held() <= FEW || !bracket.divided_by(guess) {
                break;
            }
            bracket.narrow(guess, level.count_at_least(x, guess), from_top);
            guess = bracket.guess(from_top as f64 - 0.5, max);
        }
        self.indices.clear();
        level.indices(x, [bracket.low.0, bracket.high.0], &mut self.indices);
        self.values.clear();
        self.values.extend(self.indices.iter().map(|&index| x[index]));
        let (_, nth, _) = self.values.select_nth_unstable_by(bracket.low.1 - from_top, f64::total_cmp);
        *nth
    }
}
