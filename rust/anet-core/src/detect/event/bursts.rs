//! What a stream does again and again for a few samples: jobs, spikes, calls.

use super::shape::Side;
use super::spread::{median, spread};

/// A sample this many spreads from the median belongs to a burst.
const FAR: f64 = 5.0;
/// Bursts that must have been there before.
const ENOUGH: usize = 5;
/// The share of the samples that bursts take at most.
const MOST: f64 = 0.2;
/// Quiet samples that end a burst.
const APART: usize = 3;
/// The time between two bursts is regular where the longest is at most this many times the median one.
const REGULAR: f64 = 1.6;
/// A burst is early before this share of the shortest time between two.
const EARLY: f64 = 0.85;
/// A burst is late after this many times the longest time between two.
const LATE: f64 = 1.15;

/// The bursts of a stream to one side.
#[derive(Debug)]
pub(super) struct Bursts {
    pub(super) side: Side,
    /// Their first places.
    starts: Vec<usize>,
    start: usize,
    end: usize,
    /// The furthest that one went before, from the median.
    furthest: f64,
    middle: f64,
    scale: f64,
}

/// The times between the bursts of the past.
struct Times {
    shortest: usize,
    usual: usize,
    longest: usize,
}

impl Bursts {
    /// The bursts of a stream that had enough of them before `start`.
    pub(super) fn of(samples: &[f64], start: usize) -> Option<Self> {
        let past = &samples[..start];
        let middle = median(past.iter().copied());
        let scale = spread(past.iter().copied());
        let far = |x: &f64, sign: f64| sign * (x - middle) > FAR * scale;
        let count = |sign| past.iter().filter(|x| far(x, sign)).count();
        let sign = if count(1.0) >= count(-1.0) { 1.0 } else { -1.0 };
        let starts = starts(samples, |x| far(x, sign));
        let before = starts.partition_point(|&place| place < start);
        let rare = (count(sign) as f64) < MOST * past.len() as f64;
        let furthest = past.iter().map(|x| sign * (x - middle)).fold(0.0, f64::max);
        (before >= ENOUGH && rare).then_some(Self {
            side: Side::of(sign),
            starts,
            start,
            end: samples.len(),
            furthest,
            middle,
            scale,
        })
    }

    /// Where one was due that did not come from `start` on, of bursts that come regularly.
    pub(super) fn missing(&self, samples: &[f64]) -> Option<usize> {
        let Times { usual, longest, .. } = self.times()?;
        let late = |pair: &(usize, usize)| (pair.1 - pair.0) as f64 > LATE * longest as f64;
        let (last, next) = self.pairs().find(late)?;
        let due = last + usual;
        let quiet = |x: &f64| (x - self.middle).abs() <= FAR / 2.0 * self.scale;
        let known = samples[due..next].iter().filter(|x| x.is_finite());
        let loud = known.clone().filter(|x| !quiet(x)).count();
        (loud * 4 < known.count()).then_some(due)
    }

    /// How regular they were, where they were.
    fn times(&self) -> Option<Times> {
        let before = self.starts.partition_point(|&place| place < self.start);
        let mut between: Vec<usize> =
            self.starts[..before].windows(2).map(|pair| pair[1] - pair[0]).collect();
        between.sort_unstable();
        let (&shortest, &longest) = (between.first()?, between.last()?);
        let usual = between[between.len() / 2];
        (longest as f64 <= REGULAR * usual as f64).then_some(Times { shortest, usual, longest })
    }

    /// The last burst of the past and those after it, each with the next; the end of the samples is the last of all.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let before = self.starts.partition_point(|&place| place < self.start);
        let next = self.starts[before..].iter().copied().chain([self.end]);
        self.starts[before.saturating_sub(1)..].iter().copied().zip(next)
    }

    /// Whether one comes between two places before it can be due, of regular ones, or more than usually do.
    pub(super) fn are_many(&self, first: usize, last: usize) -> bool {
        if let Some(Times { shortest, .. }) = self.times() {
            let early = |(before, next): (usize, usize)| ((next - before) as f64) < EARLY * shortest as f64;
            return self
                .pairs()
                .filter(|pair| (first..=last + APART).contains(&pair.1) && pair.1 < self.end)
                .any(early);
        }
        let count =
            |from: usize, to: usize| self.starts.iter().filter(|&&place| from <= place && place < to).count();
        let due = count(0, self.start) as f64 * (last + 1 - first) as f64 / self.start.max(1) as f64;
        count(first, last + 1) as f64 > due + 4.0 * due.sqrt() + 0.5
    }

    /// Whether a sample goes no further than bursts do.
    pub(super) fn hold(&self, x: f64) -> bool {
        let away = if self.side == Side::Down { self.middle - x } else { x - self.middle };
        away > 0.3 * self.furthest && away <= 1.3 * self.furthest
    }
}

fn starts(samples: &[f64], far: impl Fn(&f64) -> bool) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut last: Option<usize> = None;
    for at in (0..samples.len()).filter(|&at| far(&samples[at])) {
        if last.is_none_or(|last| at - last > APART) {
            starts.push(at);
        }
        last = Some(at);
    }
    starts
}
