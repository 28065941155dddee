//! What was to be expected of the newest samples, by the samples before them.

use super::season::period;
use super::spread::{mean, median, sorted, spread};

/// A forecast looks this far ahead at least where it is chosen: a stream that only moves slowly has a level all the same.
const AHEAD: usize = 64;
/// Earlier seasons that a forecast is the median of.
const SEASONS: usize = 5;
/// A stream wanders where its level is worse by this share.
const BETTER: f64 = 0.85;
/// The share of a season around a place whose samples tell how far the stream strays there.
const NEARBY: usize = 48;
/// Errors that a spread is taken from, at least.
const ENOUGH: usize = 20;

/// How a stream goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// It stays around a level.
    Level(f64),
    /// It repeats itself after so many samples.
    Season(usize),
    /// It goes on from where it is, by this much a sample.
    Walk(f64),
}

/// What is expected at each place of `samples`, where those from `start` on are not to be trusted.
#[derive(Debug)]
pub(super) struct Forecast {
    pub(super) samples: Vec<f64>,
    pub(super) start: usize,
    pub(super) kind: Kind,
    /// What is expected at each place; NaN where nothing is.
    pub(super) expected: Vec<f64>,
    /// By how many spreads each sample misses it: by how many its step does, of a walk.
    pub(super) misses: Vec<f64>,
    /// The share of an error that is left in the next sample; 0 where less than half is, and of a walk, which keeps all.
    memory: f64,
}

/// Errors further out say nothing of how long errors last.
const CUT: f64 = 5.0;
/// A memory of less than this share is none, and none is longer than this.
const MEMORIES: (f64, f64) = (0.5, 0.995);

/// The autocorrelation of the misses at lag 1.
fn memory(misses: &[f64]) -> f64 {
    let cut = |miss: f64| miss.clamp(-CUT, CUT);
    let pairs = misses.windows(2).filter(|pair| pair.iter().all(|miss| miss.is_finite()));
    let (mut products, mut squares) = (0.0, 0.0);
    for pair in pairs {
        products += cut(pair[0]) * cut(pair[1]);
        squares += cut(pair[0]).powi(2);
    }
    let memory = if squares > 0.0 { products / squares } else { 0.0 };
    if memory < MEMORIES.0 { 0.0 } else { memory.min(MEMORIES.1) }
}

impl Forecast {
    /// The forecast that serves the samples before `start` best.
    pub(super) fn new(samples: &[f64], start: usize) -> Self {
        let kind = choose(&samples[..start], samples.len() - start);
        let expected: Vec<f64> = (0..samples.len()).map(|at| expected(samples, start, kind, at)).collect();
        let samples = samples.to_vec();
        let mut forecast = Self { samples, start, kind, expected, misses: Vec::new(), memory: 0.0 };
        forecast.misses = forecast.all_misses();
        forecast.memory = if let Kind::Walk(_) = kind { 0.0 } else { memory(&forecast.misses[..start]) };
        forecast.carry_on();
        forecast
    }

    /// Takes from the misses what was to be expected from the miss before `start`, and puts the rest on the scale that is left.
    fn carry_on(&mut self) {
        let last = self.misses[..self.start].iter().copied().rfind(|miss| miss.is_finite()).unwrap_or(0.0);
        for at in self.start..self.misses.len() {
            let (carried, left) = self.carried(at);
            self.misses[at] = (self.misses[at] - carried * last.clamp(-CUT, CUT)) / left;
        }
    }

    /// The share of the last error that is still there at a place, and the share of the spread that is new.
    fn carried(&self, at: usize) -> (f64, f64) {
        let ahead = at.saturating_sub(self.start) + 1;
        let carried = self.memory.powi(i32::try_from(ahead).unwrap_or(i32::MAX));
        (carried, (1.0 - carried * carried).sqrt())
    }

    /// What is expected at a place, from the season and from how far the stream strayed from it last.
    pub(super) fn at(&self, at: usize) -> (f64, f64) {
        let strayed = (0..self.start)
            .rev()
            .map(|at| self.samples[at] - self.expected[at])
            .find(|error| error.is_finite());
        let (carried, left) = self.carried(at);
        (self.expected[at] + carried * strayed.unwrap_or(0.0), left)
    }

    /// How far a sample lies from where it was expected, on a scale that is the same at all places from `start` on: of a walk
    /// the misses are of steps, and its errors grow with the root of how far ahead they are.
    pub(super) fn away(&self, at: usize) -> f64 {
        match self.kind {
            Kind::Walk(_) => {
                (self.samples[at] - self.expected[at]) / ((at.saturating_sub(self.start) + 1) as f64).sqrt()
            }
            _ => self.misses[at],
        }
    }

    /// The errors of the forecast before `start` that tell of its error at `at`.
    pub(super) fn errors(&self, at: usize) -> Vec<f64> {
        match self.kind {
            Kind::Level(level) => sorted(self.past().iter().map(|x| x - level)),
            Kind::Season(period) => self.errors_of_season(at, period),
            Kind::Walk(slope) => sorted(steps(self.past(), at.saturating_sub(self.start) + 1, slope)),
        }
    }

    /// The samples that the forecast is made from.
    pub(super) fn past(&self) -> &[f64] {
        &self.samples[..self.start]
    }

    /// The errors at about the same place of earlier seasons; all where they are too few.
    fn errors_of_season(&self, at: usize, period: usize) -> Vec<f64> {
        let width = (period / NEARBY).max(2);
        let error = |place: usize| self.samples[place] - self.expected[place];
        let phases =
            (0..=2 * width).map(|offset| (at + period * (width / period + 1) + offset - width) % period);
        let nearby = sorted(phases.flat_map(|phase| (phase..self.start).step_by(period)).map(error));
        if nearby.len() >= ENOUGH { nearby } else { sorted((0..self.start).map(error)) }
    }

    fn all_misses(&self) -> Vec<f64> {
        let all = |errors: Vec<f64>| {
            let (middle, scale) = (median(errors.iter().copied()), spread(errors));
            move |error: f64| (error - middle) / scale
        };
        match self.kind {
            Kind::Level(level) => {
                let miss = all(self.errors(self.start));
                self.samples.iter().map(|x| miss(x - level)).collect()
            }
            Kind::Walk(slope) => {
                let miss = all(self.errors(self.start));
                std::iter::once(f64::NAN).chain(steps(&self.samples, 1, slope).map(miss)).collect()
            }
            Kind::Season(period) => {
                let phases: Vec<_> = (0..period).map(|phase| all(self.errors(phase))).collect();
                let errors = self.samples.iter().zip(&self.expected).map(|(x, expected)| x - expected);
                errors.enumerate().map(|(at, error)| phases[at % period](error)).collect()
            }
        }
    }
}

/// The kind with the least mean error, the simplest of about equals.
fn choose(past: &[f64], length: usize) -> Kind {
    let known = sorted(past.iter().copied());
    let level = median(known.iter().copied());
    let slope = median(steps(past, 1, 0.0));
    let cost = |errors: &mut dyn Iterator<Item = f64>| {
        let away: Vec<f64> = errors.map(f64::abs).filter(|error| error.is_finite()).collect();
        if away.len() >= ENOUGH { mean(&away) } else { f64::INFINITY }
    };
    let mut best = (Kind::Level(level), cost(&mut past.iter().map(|x| x - level)));
    let ahead = AHEAD.max(length).min(past.len() / 4);
    let walk = cost(&mut steps(past, ahead, slope));
    if walk < BETTER * best.1 {
        best = (Kind::Walk(slope), cost(&mut steps(past, ahead.min(AHEAD / 4), slope)));
    }
    if let Some(period) = period(past) {
        let kind = Kind::Season(period);
        let of_season = |at| past[at] - expected(past, past.len(), kind, at);
        if cost(&mut (0..past.len()).map(of_season)) < best.1 {
            best.0 = kind;
        }
    }
    best.0
}

/// By how much each sample lies above the one `ahead` before it, less what the slope adds.
fn steps(samples: &[f64], ahead: usize, slope: f64) -> impl Iterator<Item = f64> {
    let later = samples.get(ahead..).unwrap_or(&[]);
    later.iter().zip(samples).map(move |(b, a)| b - a - slope * ahead as f64)
}

fn expected(samples: &[f64], start: usize, kind: Kind, at: usize) -> f64 {
    match kind {
        Kind::Level(level) => level,
        Kind::Season(period) => {
            let back =
                (1..).map(|season| at.checked_sub(season * period)).take_while(Option::is_some).flatten();
            median(back.filter(|&place| place < start).map(|place| samples[place]).take(SEASONS))
        }
        Kind::Walk(slope) if at < start => {
            at.checked_sub(1).map_or(f64::NAN, |before| samples[before] + slope)
        }
        Kind::Walk(slope) => {
            let last = samples[..start].iter().rposition(|x| x.is_finite());
            last.map_or(f64::NAN, |last| samples[last] + slope * (at - last) as f64)
        }
    }
}
