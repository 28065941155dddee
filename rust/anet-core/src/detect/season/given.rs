//! Seasons whose periods somebody knows.

use crate::detect::season::profile::Profile;
use crate::error::{Result, StateError};
use crate::state::fields;

/// Squared errors are cut here, as where a period is looked for.
const CUT: f64 = 9.0;
/// Half-life of what is known of the errors, in periods.
const HALF: f64 = 4.0;
/// Another period is used where it leaves so much less.
const LESS: f64 = 0.03;
/// Periods before the errors say anything: the first fills the places.
const BEFORE: u64 = 2;

/// All given periods, and which of them is used.
#[derive(Debug, Clone)]
pub(super) struct GivenSeasons {
    due: u64,
    used: u8,
    seasons: Box<[Given]>,
}

/// One period, and how well its means foretold the samples.
#[derive(Debug, Clone)]
struct Given {
    period: usize,
    gain: f64,
    profile: Profile,
    mean: f64,
    variance: f64,
    error: f64,
}

impl Given {
    fn new(period: usize) -> Self {
        let gain = 1.0 - libm::exp2(-1.0 / (HALF * period as f64));
        Self { period, gain, profile: Profile::new(period), mean: 0.0, variance: 0.0, error: 0.0 }
    }

    /// The share of the variance that the means left: forecasts alone, so that nothing is explained by itself.
    fn ratio(&self, due: u64) -> f64 {
        let young = due < BEFORE * self.period as u64;
        if young || self.variance <= 0.0 { 1.0 } else { (self.error / self.variance).min(1.0) }
    }

    fn push(&mut self, y: f64) -> Option<f64> {
        let error = self.profile.push(y);
        let beside = y - self.mean;
        self.mean += self.gain * beside;
        if let Some(error) = error {
            self.variance += self.gain * ((beside * beside).min(CUT) - self.variance);
            self.error += self.gain * ((error * error).min(CUT) - self.error);
        }
        error
    }

    fn check(&mut self) -> Result<()> {
        let square = |square: f64| (0.0..=CUT).contains(&square);
        let same = self.profile.period() == self.period;
        if same && self.mean.abs() <= 6.0 && square(self.variance) && square(self.error) {
            Ok(())
        } else {
            Err(StateError::Field { name: "given season" }.into())
        }
    }
}

impl GivenSeasons {
    /// Nothing is known of any; there is at least one, and no more than 255.
    pub(super) fn new(periods: &[usize]) -> Self {
        Self { due: 0, used: 0, seasons: periods.iter().map(|&period| Given::new(period)).collect() }
    }

    pub(super) fn period(&self) -> Option<usize> {
        (self.share() > 0.0).then(|| self.in_use().period)
    }

    pub(super) fn share(&self) -> f64 {
        1.0 - self.in_use().ratio(self.due)
    }

    pub(super) fn expected(&self) -> Option<f64> {
        self.in_use().profile.expected().filter(|_| self.share() > 0.0)
    }

    pub(super) fn missing(&mut self) {
        self.due += 1;
        self.seasons.iter_mut().for_each(|season| season.profile.skip());
    }

    pub(super) fn push(&mut self, y: f64) -> Option<f64> {
        self.due += 1;
        let errors: Vec<Option<f64>> = self.seasons.iter_mut().map(|season| season.push(y)).collect();
        let error = errors[usize::from(self.used)];
        self.choose();
        error
    }

    /// The one that leaves least, but not by a trifle.
    fn choose(&mut self) {
        let ratio = |i: usize| self.seasons[i].ratio(self.due);
        let best = (0..self.seasons.len()).min_by(|&i, &j| ratio(i).total_cmp(&ratio(j))).unwrap_or(0);
        if ratio(best) < ratio(usize::from(self.used)) - LESS {
            self.used = best as u8;
        }
    }

    fn in_use(&self) -> &Given {
        &self.seasons[usize::from(self.used)]
    }

    fn check(&mut self) -> Result<()> {
        if usize::from(self.used) < self.seasons.len() {
            Ok(())
        } else {
            Err(StateError::Field { name: "season in use" }.into())
        }
    }
}

fields!(Given { profile, mean, variance, error } then check);
fields!(GivenSeasons { due, used, [seasons] } then check);
