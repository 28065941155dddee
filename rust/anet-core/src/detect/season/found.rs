//! A season that is looked for from time to time.

use crate::detect::season::history::{History, MISSING, UNIT};
use crate::detect::season::profile::Profile;
use crate::detect::season::search::Series;
use crate::error::{Result, StateError};
use crate::state::{Fields, Reader, Writer};
use anet_simd::Level;

/// The first search, and how far apart searches are: never more than the second, never less than the third, otherwise half of
/// what the stream has seen.
const FIRST: u64 = 512;
const RARELY: u64 = 1024;
const OFTEN: u64 = 256;
/// A period is taken where its means leave less than this share of the variance, and dropped where they leave more than that.
const TAKEN: f64 = 0.8;
const DROPPED: f64 = 0.95;
/// A new period takes the place of another where it leaves so much less, or such a share of what that leaves.
const LESS: f64 = 0.03;
const SHARE: f64 = 0.85;

/// The season, the samples that it is looked for in, and when.
#[derive(Debug, Clone)]
pub(super) struct FoundSeason {
    level: Level,
    history: History,
    next_search: u64,
    ratio: f64,
    profile: Option<Profile>,
}

impl FoundSeason {
    /// Nothing is known.
    pub(super) fn new(level: Level) -> Self {
        Self { level, history: History::new(), next_search: FIRST, ratio: 1.0, profile: None }
    }

    pub(super) fn period(&self) -> Option<usize> {
        self.profile.as_ref().map(Profile::period)
    }

    pub(super) fn share(&self) -> f64 {
        if self.profile.is_some() { (1.0 - self.ratio).max(0.0) } else { 0.0 }
    }

    pub(super) fn expected(&self) -> Option<f64> {
        self.profile.as_ref().and_then(Profile::expected)
    }

    pub(super) fn missing(&mut self) {
        self.search_if_due();
        self.history.push(None);
        self.profile.iter_mut().for_each(Profile::skip);
    }

    pub(super) fn push(&mut self, y: f64) -> Option<f64> {
        self.search_if_due();
        self.history.push(Some(y));
        self.profile.as_mut().and_then(|profile| profile.push(y))
    }

    fn search_if_due(&mut self) {
        let due = self.history.due;
        if due >= self.next_search {
            self.search();
            self.next_search = due + RARELY.min(OFTEN.max(due / 2));
        }
    }

    fn search(&mut self) {
        let values = self.history.oldest_first();
        let series = Series::new(self.level, &values);
        let found = series.best().filter(|found| found.ratio < TAKEN).map(|found| series.climb(found.period));
        if let Some(held) = self.period() {
            self.ratio = series.ratio(held).min(1.0);
            if let Some(period) = found.filter(|&period| is_better(&series, period, held)) {
                self.take(&values, period, series.ratio(period));
            } else if self.ratio > DROPPED {
                self.profile = None;
            }
        } else if let Some(period) = found {
            self.take(&values, period, series.ratio(period));
        }
    }

    /// Builds the profile anew of all samples that are kept.
    fn take(&mut self, values: &[i8], period: usize, ratio: f64) {
        let mut profile = Profile::new(period);
        for &value in values {
            if value == MISSING {
                profile.skip();
            } else {
                profile.push(f64::from(value) / UNIT);
            }
        }
        (self.profile, self.ratio) = (Some(profile), ratio.min(1.0));
    }
}

/// Whether a period is clearly better than the one that is held, judged by the same newest samples.
fn is_better(series: &Series<'_>, period: usize, held: usize) -> bool {
    let newest = Series::span(period.max(held));
    let (other, own) = (series.ratio_of_newest(newest, period), series.ratio_of_newest(newest, held));
    period != held && (other < own - LESS || other < SHARE * own)
}

/// The profile stands where a period is held; that is said first.
impl Fields for FoundSeason {
    fn save(&self, out: &mut Writer) {
        self.next_search.save(out);
        self.ratio.save(out);
        self.profile.is_some().save(out);
        self.profile.iter().for_each(|profile| profile.save(out));
        self.history.save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let mut held = false;
        self.next_search.load(from)?;
        self.ratio.load(from)?;
        held.load(from)?;
        self.profile = held.then(|| Profile::new(1));
        self.profile.iter_mut().try_for_each(|profile| profile.load(from))?;
        self.history.load(from)?;
        let soon = self.next_search <= self.history.due + RARELY;
        if soon && (0.0..=1.0).contains(&self.ratio) {
            Ok(())
        } else {
            Err(StateError::Field { name: "season" }.into())
        }
    }
}
