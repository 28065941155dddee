//! Seasons whose periods somebody knows.

use crate::detect::LONGEST;
use crate::detect::season::leave_one_out::CUT;
use crate::detect::season::place::Place;
use crate::detect::season::profile::Profile;
use crate::detect::settings::Seasons;
use crate::error::{Result, StateError};
use crate::state::fields;
use crate::stats::cut_variance::CutVariance;

/// Half-life of what is known of the errors, in periods.
const HALF: f64 = 4.0;
/// Another period is used where it leaves so much less.
const LESS: f64 = 0.03;
/// Half-life of the spread of all places in samples, share of a newer error in that of one place, and the least of either.
const SPREAD_HALF: f64 = 2048.0;
const SPREAD_GAIN: f64 = 0.125;
const LEAST_SPREAD: f64 = 1e-6;
/// The slope of the season over an hour, and some more for its curve.
const LEEWAY: f64 = 1.2;
/// Periods before the errors say anything: the first fills the places.
const BEFORE: u64 = 2;

/// All given periods, and which of them is used.
#[derive(Debug, Clone)]
pub(super) struct GivenSeasons {
    due: u64,
    used: u8,
    place: Place,
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
    /// The usual squared error of all places, and of each: a night is quieter than a day.
    spread: CutVariance,
    spreads: Box<[f32]>,
}

impl Given {
    fn new(period: usize) -> Self {
        let gain = 1.0 - libm::exp2(-1.0 / (HALF * period as f64));
        Self {
            period,
            gain,
            profile: Profile::new(period),
            mean: 0.0,
            variance: 0.0,
            error: 0.0,
            spread: CutVariance::new(SPREAD_HALF, 0.0, 1.0, LEAST_SPREAD),
            spreads: vec![f32::NAN; period].into(),
        }
    }

    /// An hour, where the period is a day or a week: a clock that is set forward or back moves the season by so much.
    fn hour(&self) -> isize {
        let hours = if self.period.is_multiple_of(7) { 7 * 24 } else { 24 };
        (self.period / hours).max(1) as isize
    }

    /// What the next sample may lie beside its place where the season is an hour early or late.
    fn leeway(&self) -> f64 {
        let beside = |places| self.profile.beside(places);
        let Some((early, late)) = beside(-self.hour()).zip(beside(self.hour())) else { return 0.0 };
        LEEWAY * (late - early).abs() / 2.0
    }

    /// The error beyond the leeway in usual ones of its place, which then learns it.
    fn standardise(&mut self, place: usize, error: f64, leeway: f64) -> f64 {
        let usual = self.usual_square(place);
        let beyond = (error.abs() - leeway).max(0.0).copysign(error) / usual.sqrt();
        let square = (error * error).min(CUT * usual);
        let spread = &mut self.spreads[place];
        let before = if spread.is_nan() { usual } else { f64::from(*spread) };
        *spread = (before + SPREAD_GAIN * (square - before)).max(LEAST_SPREAD) as f32;
        self.spread.push(error * error);
        beyond
    }

    /// The usual squared error about a place: one place alone has seen too few to say. That of all places where none is known.
    fn usual_square(&self, place: usize) -> f64 {
        let near = (self.hour() / 2).max(1);
        let places = (-near..=near).map(|i| (place as isize + i).rem_euclid(self.period as isize) as usize);
        let known = places.map(|place| self.spreads[place]).filter(|spread| !spread.is_nan());
        let (sum, count) = known.fold((0.0, 0), |(sum, count), spread| (sum + f64::from(spread), count + 1));
        if count == 0 { self.spread.value() } else { sum / f64::from(count) }
    }

    /// The share of the variance that the means left: forecasts alone, so that nothing is explained by itself.
    fn ratio(&self, due: u64) -> f64 {
        let young = due < BEFORE * self.period as u64;
        if young || self.variance <= 0.0 { 1.0 } else { (self.error / self.variance).min(1.0) }
    }

    /// The error of a sample, and that in usual ones of its place.
    fn push(&mut self, y: f64) -> Option<(f64, f64)> {
        let (place, leeway) = (self.profile.place(), self.leeway());
        let error = self.profile.push(y);
        let beside = y - self.mean;
        self.mean += self.gain * beside;
        if let Some(error) = error {
            self.variance += self.gain * ((beside * beside).min(CUT) - self.variance);
            self.error += self.gain * ((error * error).min(CUT) - self.error);
        }
        error.map(|error| (error, self.standardise(place, error, leeway)))
    }

    fn check(&mut self) -> Result<()> {
        let square = |square: f64| (0.0..=CUT).contains(&square);
        let same = self.profile.period() == self.period;
        let spreads = self
            .spreads
            .iter()
            .all(|&spread| spread.is_nan() || (LEAST_SPREAD as f32..=1e3).contains(&spread));
        if same && spreads && self.mean.abs() <= 6.0 && square(self.variance) && square(self.error) {
            Ok(())
        } else {
            Err(StateError::Field { name: "given season" }.into())
        }
    }
}

impl GivenSeasons {
    /// Nothing is known of any; there is at least one, and no more than [`Seasons::MOST`].
    pub(super) fn new(periods: &[usize]) -> Self {
        Self {
            due: 0,
            used: 0,
            place: Place::new(),
            seasons: periods.iter().map(|&period| Given::new(period)).collect(),
        }
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

    /// The error of a sample, and how unusual the newest ones are for their places.
    pub(super) fn push(&mut self, y: f64) -> (Option<f64>, f64) {
        self.due += 1;
        let mut errors = [None; Seasons::MOST];
        errors.iter_mut().zip(&mut self.seasons).for_each(|(error, season)| *error = season.push(y));
        let known = errors[usize::from(self.used)].filter(|_| self.share() > 0.0);
        let unusual = known.map_or(0.0, |(_, standardised)| self.place.push(standardised));
        self.choose();
        (errors[usize::from(self.used)].map(|(error, _)| error), unusual)
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
        if usize::from(self.used) < self.seasons.len() && self.due <= LONGEST {
            Ok(())
        } else {
            Err(StateError::Field { name: "season in use" }.into())
        }
    }
}

fields!(Given { profile, mean, variance, error, spread, [spreads] } then check);
fields!(GivenSeasons { due, used, place, [seasons] } then check);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_period_that_leaves_least_is_used() {
        let mut seasons = GivenSeasons::new(&[7, 24, 168]);
        for t in 0..1200_u32 {
            seasons.push(f64::from(t % 24) / 8.0);
        }
        assert_eq!(seasons.period(), Some(24));
        assert!(seasons.share() > 0.95);
        assert_eq!(seasons.expected(), Some(0.0));
        // A missing sample takes its place.
        seasons.missing();
        assert_eq!(seasons.expected(), Some(0.125));
    }

    #[test]
    fn nothing_is_said_in_the_first_two_periods() {
        let mut seasons = GivenSeasons::new(&[50]);
        (0..99_u32).for_each(|t| _ = seasons.push(f64::from(t % 50) / 10.0));
        assert_eq!((seasons.period(), seasons.expected()), (None, None));
        seasons.push(4.9);
        assert_eq!(seasons.period(), Some(50));
    }
}
