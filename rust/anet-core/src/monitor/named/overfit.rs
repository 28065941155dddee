//! An evaluation loss that rises over its best, and stays there: the model learns its data by heart.

use crate::state::fields;

use super::evidence::strength;

/// Evaluations in a level.
const LEVEL: usize = 3;
/// The part of the best by which all of the newest three must lie above it.
const HIGHER: f64 = 0.1;
/// And by how many standard deviations of one evaluation above the best median of three. Of 1,500 simulated runs of 20 and of
/// 60 flat evaluations with noise of 1 to 20 %, 4 called 1.9 % and 3.2 % overfitting, 3 three times as many.
const DEVIATIONS: f64 = 5.0;
/// Second differences kept, of which the noise is known.
const KEPT: usize = 32;
/// The median of the absolute second differences of white noise, in its standard deviations: .6745 times the root of 6. A
/// trend has none, which first differences would have.
const SECOND: f64 = 1.652;

/// The evaluations of one loss.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Overfit {
    newest: [f64; LEVEL],
    bends: [f64; KEPT],
    count: u64,
    first: f64,
    best: f64,
    /// Evaluations when the best came.
    best_at: u64,
    /// The least median of three.
    best_level: f64,
    rising: bool,
}

impl Default for Overfit {
    fn default() -> Self {
        Self {
            newest: [0.0; LEVEL],
            bends: [0.0; KEPT],
            count: 0,
            first: 0.0,
            best: f64::INFINITY,
            best_at: 0,
            best_level: f64::INFINITY,
            rising: false,
        }
    }
}

impl Overfit {
    /// Takes a finite evaluation; how far it lies above the line where an alarm is due.
    pub(crate) fn update(&mut self, value: f64) -> Option<f64> {
        self.take(value);
        if self.count <= LEVEL as u64 {
            return None;
        }
        let lowest = self.newest.into_iter().fold(f64::INFINITY, f64::min);
        let highest = self.newest.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let (line, noise) = (HIGHER * self.best.abs(), DEVIATIONS * self.noise());
        let (over_best, over_level) = (lowest - self.best, lowest - self.best_level);
        if highest <= self.best + line {
            self.rising = false;
        }
        if self.rising || over_best <= line || over_level <= noise {
            return None;
        }
        self.rising = true;
        Some(strength(over_best, line).min(strength(over_level, noise)))
    }

    fn take(&mut self, value: f64) {
        let [_, before, last] = self.newest;
        if self.count >= 2 {
            self.bends[(self.count as usize - 2) % KEPT] = (value - 2.0 * last + before).abs() / SECOND;
        }
        self.first = if self.count == 0 { value } else { self.first };
        self.newest = [before, last, value];
        self.count += 1;
        if value < self.best {
            (self.best, self.best_at) = (value, self.count);
        }
        if self.count >= LEVEL as u64 {
            let mut sorted = self.newest;
            sorted.sort_unstable_by(f64::total_cmp);
            self.best_level = self.best_level.min(sorted[1]);
        }
    }

    /// The standard deviation of one evaluation.
    fn noise(&self) -> f64 {
        let mut bends = self.bends;
        let known = (self.count as usize - 2).min(KEPT);
        bends[..known].sort_unstable_by(f64::total_cmp);
        bends[known / 2]
    }

    pub(crate) fn best(&self) -> f64 {
        self.best
    }

    /// Evaluations since the best.
    pub(crate) fn since_best(&self) -> u64 {
        self.count - self.best_at.min(self.count)
    }

    pub(crate) fn is_rising(&self) -> bool {
        self.rising
    }

    /// Whether the loss is as high as at the start again, having been a tenth below.
    pub(crate) fn is_large(&self) -> bool {
        let lowest = self.newest.into_iter().fold(f64::INFINITY, f64::min);
        self.rising && lowest >= self.first && self.first - self.best >= HIGHER * self.first.abs()
    }
}

fields!(Overfit { newest, bends, count, first, best, best_at, best_level, rising });
