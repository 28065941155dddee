//! What a stream does again and again for a few samples: jobs, spikes, calls.

use super::flat::Run;
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
/// A burst is like the others where it goes at least this share of their usual way, and at most so many times the longest.
const LIKE: (f64, f64) = (0.6, 1.3);
/// It has at most this many times the samples that any has had.
const LONG: f64 = 1.5;
/// The time between two bursts is regular where the longest is at most this many times the median one.
const REGULAR: f64 = 1.6;
/// A burst is late or early where the time to the last lies this many times as far outside as all times differ; a few samples
/// at least.
const OUTSIDE: f64 = 0.5;
const FEW: usize = 2;
/// So many irregular ones together are more than chance.
const MANY: usize = 3;

/// The bursts of a stream to one side.
#[derive(Debug)]
pub(super) struct Bursts {
    pub(super) side: Side,
    all: Vec<Run>,
    /// How many of them were over before `start`.
    before: usize,
    start: usize,
    end: usize,
    middle: f64,
    scale: f64,
}

/// The times between the bursts of the past.
struct Times {
    shortest: usize,
    usual: usize,
    longest: usize,
}

impl Times {
    /// Samples that a time may lie outside.
    fn slack(&self) -> usize {
        ((OUTSIDE * (self.longest - self.shortest) as f64) as usize).max(FEW)
    }
}

impl Bursts {
    /// The bursts like those before `start`, of a stream that had enough of them.
    pub(super) fn of(samples: &[f64], start: usize) -> Option<Self> {
        let past = &samples[..start];
        let (middle, scale) = (median(past.iter().copied()), spread(past.iter().copied()));
        let far = |x: &f64, sign: f64| sign * (x - middle) > FAR * scale;
        let count = |sign| past.iter().filter(|x| far(x, sign)).count();
        let sign = if count(1.0) >= count(-1.0) { 1.0 } else { -1.0 };
        let rare = (count(sign) as f64) < MOST * past.len() as f64;
        let height =
            |run: &Run| samples[run.first..=run.last].iter().map(|x| sign * (x - middle)).fold(0.0, f64::max);
        let runs = runs(samples, |x| far(x, sign));
        let old = &runs[..runs.partition_point(|run| run.last < start)];
        let highest = old.iter().map(height).fold(0.0, f64::max);
        let (least, most) = (LIKE.0 * median(old.iter().map(height)), LIKE.1 * highest);
        let longest = LONG * old.iter().map(Run::length).max()? as f64;
        let like = |run: &Run| (least..=most).contains(&height(run)) && run.length() as f64 <= longest;
        let all: Vec<Run> = runs.iter().filter(|run| like(run)).copied().collect();
        let before = all.partition_point(|run| run.last < start);
        let bursts = Self { side: Side::of(sign), all, before, start, end: samples.len(), middle, scale };
        (before >= ENOUGH && rare).then_some(bursts)
    }

    /// The samples without them.
    pub(super) fn without(&self, samples: &[f64]) -> Vec<f64> {
        let mut calm = samples.to_vec();
        self.all.iter().for_each(|run| calm[run.first..=run.last].fill(f64::NAN));
        calm
    }

    /// From where one was due that did not come to where the next came, of bursts that come regularly. What came in between must
    /// be as usual between two.
    pub(super) fn missing(&self, samples: &[f64]) -> Option<Run> {
        let times = self.times()?;
        let late = |pair: &(usize, usize)| pair.1 - pair.0 > times.longest + times.slack();
        let (last, next) = self.pairs().find(late)?;
        let due = last + times.usual;
        let known = samples[due..next].iter().filter(|x| x.is_finite());
        let loud = known.clone().filter(|x| (*x - self.middle).abs() > FAR / 2.0 * self.scale).count();
        (loud * 4 < known.count()).then_some(Run { first: due, last: next - 1 })
    }

    /// One that came before it can be due, of bursts that come regularly; of others more together than usual.
    pub(super) fn extra(&self) -> Option<Run> {
        let new = &self.all[self.before..];
        if let Some(times) = self.times() {
            let early =
                |pair: &(usize, usize)| pair.1 < self.end && pair.1 - pair.0 + times.slack() < times.shortest;
            let (_, first) = self.pairs().find(early)?;
            return new.iter().find(|run| run.first == first).copied();
        }
        let (first, last) = (new.first()?.first, new.last()?.last);
        let due = self.before as f64 * (last + 1 - first) as f64 / self.start as f64;
        let many = new.len() >= MANY && new.len() as f64 > due + 4.0 * due.sqrt();
        many.then_some(Run { first, last })
    }

    /// How regular they were, where they were.
    fn times(&self) -> Option<Times> {
        let mut between: Vec<usize> =
            self.all[..self.before].windows(2).map(|pair| pair[1].first - pair[0].first).collect();
        between.sort_unstable();
        let (&shortest, &longest) = (between.first()?, between.last()?);
        let usual = between[between.len() / 2];
        (longest as f64 <= REGULAR * usual as f64).then_some(Times { shortest, usual, longest })
    }

    /// Where the last burst of the past and those after it began, each with the next; the end of the samples is the last of all.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let starts = |runs: &'_ [Run]| runs.iter().map(|run| run.first).collect::<Vec<usize>>();
        let last = starts(&self.all[self.before - 1..]);
        let next: Vec<usize> = last.iter().skip(1).copied().chain([self.end]).collect();
        last.into_iter().zip(next)
    }
}

/// Runs of far samples, with gaps of a few.
fn runs(samples: &[f64], far: impl Fn(&f64) -> bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for at in (0..samples.len()).filter(|&at| far(&samples[at])) {
        match runs.last_mut() {
            Some(run) if at - run.last <= APART => run.last = at,
            _ => runs.push(Run { first: at, last: at }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A burst of two samples every 30, the last of them `late` samples later.
    fn jobs(late: usize) -> Vec<f64> {
        let mut samples: Vec<f64> = (0..400).map(|at| f64::from(u8::from(at % 2 == 0))).collect();
        let starts = (0..12).map(|number| 10 + 30 * number + if number == 11 { late } else { 0 });
        starts.for_each(|start| samples[start..start + 2].fill(50.0));
        samples
    }

    #[test]
    fn a_burst_that_comes_much_later_was_missing_when_it_was_due() {
        let missing = |late| {
            Bursts::of(&jobs(late)[..372], 335)
                .expect("enough bursts")
                .missing(&jobs(late))
                .map(|run| run.first)
        };
        assert_eq!(missing(0), None);
        assert_eq!(missing(2), None);
        assert_eq!(missing(25), Some(340));
    }

    #[test]
    fn a_burst_between_two_is_one_too_many() {
        let extra = |samples: &[f64]| {
            Bursts::of(samples, 335).expect("enough bursts").extra().map(|run| (run.first, run.last))
        };
        let mut samples = jobs(0);
        assert_eq!(extra(&samples), None);
        samples[355..357].fill(50.0);
        assert_eq!(extra(&samples), Some((355, 356)));
    }

    #[test]
    fn what_goes_much_further_is_no_burst() {
        let mut samples = jobs(0);
        samples[355] = 150.0;
        let calm = Bursts::of(&samples, 335).expect("enough bursts").without(&samples);
        assert!(calm[340].is_nan());
        assert_eq!(calm[355], 150.0);
    }
}
