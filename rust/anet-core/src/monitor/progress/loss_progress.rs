//! The loss against its own beginning and best.
//!
//! S is the mean of the first 8 losses. E is their moving average, with weight 2/17 and starting at S, and B its least value:
//! P = S - B is what the run has learned. A run has made progress where no loss was negative and P is at least a tenth of S.
//! Losses of reinforcement and adversarial learning, which start at zero or go both ways, make none, and the rules that
//! speak of progress are silent there.

use crate::state::fields;

use super::{Ring, SortedRing, Standing};

/// Losses whose mean is the start.
const START: u64 = 8;
/// Weight of the newest loss: a span of 16.
const WEIGHT: f64 = 2.0 / 17.0;
/// How far above the start, in units of the progress, a loss counts as it is: one burst must not stand in the average for long.
const MOST: f64 = 4.0;
/// Rows before which nothing counts as progress.
const FIRST: u64 = 16;
/// The share of the start that must be learned to count as progress.
const SHARE: f64 = 0.1;
/// The share of the start below which a verdict finds no progress that could be given back.
const SMALLEST_SHARE: f64 = 0.02;
/// Makes the median distance of neighbours the standard deviation of independent normal values.
const NEIGHBOURS: f64 = 0.954;
/// Distances that make a spread.
const FEWEST: usize = 8;

/// What the loss has done since the beginning of the segment. Numbers that are not known yet are NaN.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LossProgress {
    /// Finite losses so far.
    pub rows: u64,
    total: f64,
    negative: bool,
    last: f64,
    smoothed: f64,
    best: f64,
    newest: SortedRing<8>,
    recent: SortedRing<32>,
    before: SortedRing<64>,
    usual_before: Ring<7>,
    distances: Ring<8>,
    spreads: SortedRing<64>,
    smoothed_before: Ring<8>,
    /// The highest loss of those at least 8 rows old.
    pub highest: f64,
    standing: Standing,
    given_back: u64,
    clearly_given_back: u64,
    /// Mean of the newest 8.
    pub mean: f64,
    /// Upper median of the newest 8.
    pub median: f64,
    /// Upper median of the 64 before this row.
    pub usual: f64,
    /// The same, 7 rows ago: of the 64 before the newest 8.
    pub usual_earlier: f64,
    /// The highest of the 16 to 64 before this row.
    pub recent_highest: f64,
    /// Standard deviation from row to row, without the newest 8.
    pub spread: f64,
    /// (mean - B) / P.
    pub departure: f64,
    /// (loss - usual) / P.
    pub step: f64,
    /// E of 8 rows ago.
    pub earlier: f64,
}

impl Default for LossProgress {
    fn default() -> Self {
        Self {
            rows: 0,
            total: 0.0,
            negative: false,
            last: f64::NAN,
            smoothed: f64::NAN,
            best: f64::NAN,
            newest: SortedRing::default(),
            recent: SortedRing::default(),
            before: SortedRing::default(),
            usual_before: Ring::default(),
            distances: Ring::default(),
            spreads: SortedRing::default(),
            smoothed_before: Ring::default(),
            highest: f64::NAN,
            standing: Standing::default(),
            given_back: 0,
            clearly_given_back: 0,
            mean: f64::NAN,
            median: f64::NAN,
            usual: f64::NAN,
            usual_earlier: f64::NAN,
            recent_highest: f64::NAN,
            spread: f64::NAN,
            departure: f64::NAN,
            step: f64::NAN,
            earlier: f64::NAN,
        }
    }
}

impl LossProgress {
    /// Takes a finite loss.
    pub(crate) fn push(&mut self, loss: f64) {
        self.compare(loss);
        self.enter(loss);
        self.smooth(loss);
        self.mean = self.newest.mean();
        self.median = self.newest.median();
        self.departure = (self.mean - self.best) / self.learned();
        self.step = (loss - self.usual) / self.learned();
        self.remember();
    }

    /// What the rows before this one say.
    fn compare(&mut self, loss: f64) {
        self.usual = self.before.median();
        self.recent_highest =
            if self.before.len() >= FIRST as usize { self.before.highest() } else { f64::NAN };
        self.usual_earlier = self.usual_before.push(self.usual).unwrap_or(f64::NAN);
        if self.rows > 0
            && let Some(distance) = self.distances.push((loss - self.last).abs())
        {
            self.spreads.push(distance);
        }
        let known = self.spreads.len() >= FEWEST;
        self.spread = if known { self.spreads.median() / NEIGHBOURS } else { f64::NAN };
    }

    fn enter(&mut self, loss: f64) {
        self.negative |= loss < 0.0;
        self.last = loss;
        self.before.push(loss);
        self.recent.push(loss);
        if let Some(older) = self.newest.push(loss) {
            self.highest = self.highest.max(older);
        }
        self.rows += 1;
    }

    fn smooth(&mut self, loss: f64) {
        if self.rows <= START {
            self.total += loss;
            self.smoothed = self.start();
            self.best = self.smoothed;
        } else {
            let most = self.start() + MOST * self.learned().max(SHARE * self.start().abs());
            self.smoothed += WEIGHT * (loss.min(most) - self.smoothed);
            self.best = self.best.min(self.smoothed);
        }
        self.earlier = self.smoothed_before.push(self.smoothed).unwrap_or(f64::NAN);
    }

    fn remember(&mut self) {
        self.standing.push(self.is_made(), self.departure);
        let learned = self.learned();
        let back = self.rows > FIRST
            && self.start() > 0.0
            && learned >= SMALLEST_SHARE * self.start()
            && self.smoothed - self.best >= learned;
        let clear = back && !self.negative && learned >= 2.0 * self.spread;
        self.given_back = if back { self.given_back + 1 } else { 0 };
        self.clearly_given_back = if clear { self.clearly_given_back + 1 } else { 0 };
    }

    /// S; NaN before 8 losses.
    pub(crate) fn start(&self) -> f64 {
        if self.rows < START { f64::NAN } else { self.total / START as f64 }
    }

    /// B; NaN before 8 losses.
    pub(crate) fn best(&self) -> f64 {
        self.best
    }

    /// E; NaN before 8 losses.
    pub(crate) fn smoothed(&self) -> f64 {
        self.smoothed
    }

    /// P = S - B.
    pub(crate) fn learned(&self) -> f64 {
        self.start() - self.best
    }

    /// Whether a positive loss has ever fallen by a tenth.
    pub(crate) fn is_made(&self) -> bool {
        self.rows >= FIRST && !self.negative && self.start() > 0.0 && self.learned() >= SHARE * self.start()
    }

    /// Whether progress was made 16 rows ago already.
    pub(crate) fn was_made(&self) -> bool {
        self.standing.was_made()
    }

    /// Whether a loss below zero has come.
    pub(crate) fn has_been_negative(&self) -> bool {
        self.negative
    }

    /// How many of the newest 8 losses are above a limit.
    pub(crate) fn newest_above(&self, limit: f64) -> usize {
        self.newest.above(limit)
    }

    /// Upper median of the newest 32.
    pub(crate) fn level(&self) -> f64 {
        self.recent.median()
    }

    /// Rows in a row in which the smoothed loss had given back all that was learned.
    pub(crate) fn given_back(&self) -> u64 {
        self.given_back
    }

    /// The same, where what was learned is positive and clearly more than noise.
    pub(crate) fn clearly_given_back(&self) -> u64 {
        self.clearly_given_back
    }

    /// Whether it had settled well below half of its progress, before the newest 8.
    pub(crate) fn had_settled(&self) -> bool {
        self.standing.had_settled()
    }

    /// Whether it had been in the lower half of its progress, before the newest 8.
    pub(crate) fn had_fallen(&self) -> bool {
        self.standing.had_fallen(self.rows)
    }
}

fields!(LossProgress {
    rows,
    total,
    negative,
    last,
    smoothed,
    best,
    newest,
    recent,
    before,
    usual_before,
    distances,
    spreads,
    smoothed_before,
    highest,
    standing,
    given_back,
    clearly_given_back,
    mean,
    median,
    usual,
    usual_earlier,
    recent_highest,
    spread,
    departure,
    step,
    earlier,
});
