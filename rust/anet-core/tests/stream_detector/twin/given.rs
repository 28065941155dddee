//! Periods that somebody knows, and how unusual a sample is for its place in the one that explains most.

use crate::twin::moments::{CutSquares, Moments, newest_mean};
use crate::twin::phase::Phase;
use crate::twin::profile::Profile;

/// Samples whose standardised errors are taken together.
const LENGTHS: [usize; 4] = [1, 4, 16, 64];

/// Of every row that came, as with a period that is found.
pub(crate) fn given(rows: &[Option<f64>], periods: &[usize]) -> Vec<Phase> {
    let mut seasons: Vec<Season> = periods.iter().map(|&period| Season::new(period)).collect();
    let mut unusual = Unusual::new();
    let mut used = 0;
    let mut found = Vec::new();
    for (row, value) in rows.iter().enumerate() {
        let errors: Vec<Option<Error>> = seasons.iter_mut().map(|season| season.push(*value)).collect();
        if value.is_none() {
            continue;
        }
        let left = |season: usize| seasons[season].left(row + 1);
        let known = errors[used].filter(|_| left(used) < 1.0);
        let unusual = known.map_or(0.0, |error| unusual.push(error.standardised));
        let best = (0..seasons.len()).min_by(|&a, &b| left(a).total_cmp(&left(b))).expect("a period");
        if left(best) < left(used) - 0.03 {
            used = best;
        }
        let explained = 1.0 - left(used);
        let period = if explained > 0.0 { periods[used] } else { 0 };
        found.push(Phase {
            period,
            explained,
            residual: errors[used].map_or(0.0, |error| error.plain),
            unusual,
        });
    }
    found
}

/// A sample less the mean of its place, and what of that lies beyond the leeway, in usual errors.
#[derive(Clone, Copy)]
struct Error {
    plain: f64,
    standardised: f64,
}

/// One period, and what it leaves.
struct Season {
    profile: Profile,
    gain: f64,
    mean: f64,
    variance: f64,
    error: f64,
    /// The usual squared error of all places, and of each that is known, kept in single precision.
    all: CutSquares,
    each: Vec<Option<f32>>,
}

impl Season {
    fn new(period: usize) -> Self {
        Self {
            profile: Profile::new(period),
            gain: 1.0 - 0.5_f64.powf(1.0 / (4.0 * period as f64)),
            mean: 0.0,
            variance: 0.0,
            error: 0.0,
            all: CutSquares::start(2048.0, 0.0, 1.0, 1e-6),
            each: vec![None; period],
        }
    }

    /// The share of the variance that is left after so many rows; all of it in the first two periods.
    fn left(&self, rows: usize) -> f64 {
        let young = rows < 2 * self.profile.period();
        if young || self.variance <= 0.0 { 1.0 } else { (self.error / self.variance).min(1.0) }
    }

    fn push(&mut self, row: Option<f64>) -> Option<Error> {
        let (place, leeway) = (self.profile.place(), self.leeway());
        let plain = self.profile.push(row);
        let beside = row? - self.mean;
        self.mean += self.gain * beside;
        let plain = plain?;
        self.variance += self.gain * (beside.powi(2).min(9.0) - self.variance);
        self.error += self.gain * (plain.powi(2).min(9.0) - self.error);
        Some(Error { plain, standardised: self.standardise(place, plain, leeway) })
    }

    /// Rows in an hour of a day, or of a week where seven divides the period; at least one.
    fn hour(&self) -> usize {
        let period = self.profile.period();
        (period / if period.is_multiple_of(7) { 168 } else { 24 }).max(1)
    }

    /// So many places after this one, or before it.
    fn near(&self, place: usize, apart: isize) -> usize {
        (place as isize + apart).rem_euclid(self.profile.period() as isize) as usize
    }

    /// What the season changes in an hour, and a fifth more.
    fn leeway(&self) -> f64 {
        let hour = self.hour() as isize;
        let mean = |apart| self.profile.mean(self.near(self.profile.place(), apart));
        mean(-hour).zip(mean(hour)).map_or(0.0, |(early, late)| 1.2 * (late - early).abs() / 2.0)
    }

    /// In usual errors of the places within half an hour; then the place learns an eighth of it.
    fn standardise(&mut self, place: usize, error: f64, leeway: f64) -> f64 {
        let half = (self.hour() / 2).max(1) as isize;
        let known: Vec<f64> =
            (-half..=half).filter_map(|apart| self.each[self.near(place, apart)]).map(f64::from).collect();
        let usual = if known.is_empty() { self.all.mean } else { newest_mean(&known, known.len()) };
        let before = self.each[place].map_or(usual, f64::from);
        let square = error.powi(2).min(9.0 * usual);
        self.each[place] = Some((before + (square - before) / 8.0).max(1e-6) as f32);
        self.all.push(error);
        (error.abs() - leeway).max(0.0).copysign(error) / usual.sqrt()
    }
}

/// Means of the newest standardised errors against their own usual sizes.
struct Unusual {
    errors: Vec<f64>,
    usual: [Moments; LENGTHS.len()],
}

impl Unusual {
    /// The errors before the first are 0.
    fn new() -> Self {
        Self { errors: vec![0.0; 64], usual: [Moments::start(4096.0, [100.0, 300.0], 0.8, 0.36); 4] }
    }

    /// The strangest, in deviations, at least 0.
    fn push(&mut self, error: f64) -> f64 {
        self.errors.push(error.clamp(-12.0, 12.0));
        let mut most = 0.0_f64;
        for (usual, length) in self.usual.iter_mut().zip(LENGTHS) {
            let scale = usual.deviation().max(0.18);
            let d = newest_mean(&self.errors, length).abs() - usual.mean;
            usual.add(d.clamp(-5.0 * scale, 5.0 * scale));
            most = most.max(d / scale);
        }
        most
    }
}
