//! What a stretch of losses and gradient norms has learned, from the definitions: each number from all values so far.

use super::lists::{before, mean, newest, upper_median};

/// What the losses so far say; NaN is not known.
pub(crate) struct Learned {
    pub rows: usize,
    pub start: f64,
    pub best: f64,
    pub smoothed: f64,
    pub earlier: f64,
    pub mean: f64,
    pub median: f64,
    pub level: f64,
    pub usual: f64,
    pub usual_earlier: f64,
    pub recent_highest: f64,
    pub highest: f64,
    pub spread: f64,
    pub departure: f64,
    pub step: f64,
    pub negative: bool,
    pub newest: Vec<f64>,
}

impl Learned {
    fn of(losses: &[f64], averages: &[(f64, f64)]) -> Self {
        let rows = losses.len();
        let now = averages.last().copied().unwrap_or((f64::NAN, f64::NAN));
        let start = start(losses);
        let distances: Vec<f64> = losses.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
        let older = before(&distances, 8, 64);
        let past = before(losses, 1, 64);
        let (mean, usual) = (mean(newest(losses, 8)), upper_median(past));
        let highest = |values: &[f64]| values.iter().copied().fold(f64::NAN, f64::max);
        Self {
            rows,
            start,
            best: now.1,
            smoothed: now.0,
            earlier: rows.checked_sub(9).map_or(f64::NAN, |at| averages[at].0),
            mean,
            median: upper_median(newest(losses, 8)),
            level: upper_median(newest(losses, 32)),
            usual,
            usual_earlier: upper_median(before(losses, 8, 64)),
            recent_highest: if past.len() >= 16 { highest(past) } else { f64::NAN },
            highest: highest(&losses[..rows.saturating_sub(8)]),
            spread: if older.len() >= 8 { upper_median(older) / 0.954 } else { f64::NAN },
            departure: (mean - now.1) / (start - now.1),
            step: losses.last().map_or(f64::NAN, |loss| (loss - usual) / (start - now.1)),
            negative: losses.iter().any(|&loss| loss < 0.0),
            newest: newest(losses, 8).to_vec(),
        }
    }

    /// P = S - B.
    pub(crate) fn learned(&self) -> f64 {
        self.start - self.best
    }

    pub(crate) fn is_made(&self) -> bool {
        self.rows >= 16 && !self.negative && self.start > 0.0 && self.learned() >= 0.1 * self.start
    }

    pub(crate) fn newest_above(&self, limit: f64) -> usize {
        self.newest.iter().filter(|&&loss| loss > limit).count()
    }

    /// Whether the smoothed loss has given back all that was learned.
    fn is_given_back(&self) -> bool {
        let learned = self.learned();
        self.rows > 16
            && self.start > 0.0
            && learned >= 0.02 * self.start
            && self.smoothed - self.best >= learned
    }
}

/// S: the mean of the first 8.
fn start(losses: &[f64]) -> f64 {
    losses.get(..8).map_or(f64::NAN, mean)
}

/// E and B after each loss. E is clipped by what was learned before it, so it is what it is: a recurrence.
fn averages(losses: &[f64]) -> Vec<(f64, f64)> {
    let start = start(losses);
    let mut averages: Vec<(f64, f64)> = Vec::new();
    for (at, &loss) in losses.iter().enumerate() {
        averages.push(match at {
            0..7 => (f64::NAN, f64::NAN),
            7 => (start, start),
            _ => {
                let (smoothed, best) = averages[at - 1];
                let most = start + 4.0 * (start - best).max(0.1 * start.abs());
                let smoothed = smoothed + 2.0 / 17.0 * (loss.min(most) - smoothed);
                (smoothed, best.min(smoothed))
            }
        });
    }
    averages
}

/// After 0, 1, 2… losses.
pub(crate) fn learned(losses: &[f64]) -> Vec<Learned> {
    let averages = averages(losses);
    (0..=losses.len()).map(|rows| Learned::of(&losses[..rows], &averages[..rows])).collect()
}

/// How many of the newest rows in a row had given back all of a clear progress.
pub(crate) fn given_back(losses: &[Learned]) -> u64 {
    let clear = |row: &Learned| !row.negative && row.learned() >= 2.0 * row.spread;
    losses.iter().rev().take_while(|row| row.is_given_back() && clear(row)).count() as u64
}

/// Of the 65 rows before the newest 8 those with progress, at least 16, were low: four of five.
pub(crate) fn had_settled(losses: &[Learned]) -> bool {
    let made: Vec<&Learned> = before(losses, 8, 65).iter().filter(|row| row.is_made()).collect();
    let low = made.iter().filter(|row| row.departure < 0.5).count();
    made.len() >= 16 && 5 * low >= 4 * made.len()
}

/// Of the 64 rows before the newest 8, at least 8, four of five were low.
pub(crate) fn had_fallen(losses: &[Learned]) -> bool {
    let past = before(&losses[1..], 8, 64);
    let low = past.iter().filter(|row| row.departure < 0.5).count();
    past.len() >= 8 && 5 * low >= 4 * past.len()
}

/// What the gradient norms so far say.
pub(crate) struct Gradient {
    pub zeros: usize,
    pub mean: f64,
    pub median: f64,
    pub usual: f64,
    pub start: f64,
    pub level: f64,
}

/// After 0, 1, 2… gradient norms.
pub(crate) fn gradients(norms: &[f64]) -> Vec<Gradient> {
    let of = |norms: &[f64]| Gradient {
        zeros: norms.iter().rev().take_while(|&&norm| norm == 0.0).count(),
        mean: mean(newest(norms, 8)),
        median: upper_median(newest(norms, 8)),
        usual: upper_median(before(norms, 8, 64)),
        start: norms.get(..8).map_or(f64::NAN, upper_median),
        level: upper_median(newest(norms, 32)),
    };
    (0..=norms.len()).map(|rows| of(&norms[..rows])).collect()
}
