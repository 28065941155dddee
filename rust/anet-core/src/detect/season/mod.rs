//! The season: what comes at the same place of each period.
//!
//! A period is looked for in the newest samples (`history`, `search`) unless it is given. Each place of the period has a mean
//! (`profile`); what a sample lies beside it is the season's error (`errors`).

mod autocorrelation;
mod errors;
mod found;
mod given;
mod history;
mod leave_one_out;
mod place;
mod profile;
mod search;

use crate::detect::settings::Seasons;
use crate::error::Result;
use crate::state::{Fields, Reader, Writer};
use anet_simd::Level;
use errors::Errors;
use found::FoundSeason;
use given::GivenSeasons;

pub(super) use errors::SPANS;

/// Normalised samples are cut here: a season is about what is usual.
const LIMIT: f64 = 6.0;

/// How the season came to be known.
#[derive(Debug, Clone)]
enum Source {
    Found(Box<FoundSeason>),
    Given(Box<GivenSeasons>),
    /// Neither looked for nor given.
    None,
}

/// The season of one normalised stream.
#[derive(Debug, Clone)]
pub(super) struct Season {
    source: Source,
    errors: Errors,
}

/// What the season says of a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct OfSeason {
    /// The sample minus the mean of its place; none without a period, or where the place is new.
    pub(super) error: Option<f64>,
    /// How unusual the newest samples are for their places, in deviations; 0 where no period was given.
    pub(super) unusual: f64,
    /// Sizes of the mean error over [`SPANS`].
    pub(super) means: [f64; SPANS.len()],
}

impl Season {
    /// Given periods, or one to be looked for in a memory of its own.
    pub(super) fn new(level: Level, given: &Seasons, search: bool) -> Self {
        let source = match (given.periods(), search) {
            ([], false) => Source::None,
            ([], true) => Source::Found(Box::new(FoundSeason::new(level))),
            (periods, _) => Source::Given(Box::new(GivenSeasons::new(periods))),
        };
        Self { source, errors: Errors::new() }
    }

    /// The period in samples, where there is one.
    pub(super) fn period(&self) -> Option<usize> {
        match &self.source {
            Source::Found(found) => found.period(),
            Source::Given(given) => given.period(),
            Source::None => None,
        }
    }

    /// How far it explains the stream, from 0 to 1.
    pub(super) fn share(&self) -> f64 {
        match &self.source {
            Source::Found(found) => found.share(),
            Source::Given(given) => given.share(),
            Source::None => 0.0,
        }
    }

    /// The mean of the next sample's place, where it is known.
    pub(super) fn expected(&self) -> Option<f64> {
        match &self.source {
            Source::Found(found) => found.expected(),
            Source::Given(given) => given.expected(),
            Source::None => None,
        }
    }

    /// The next sample is missing: only the clock goes on.
    pub(super) fn missing(&mut self) {
        match &mut self.source {
            Source::Found(found) => found.missing(),
            Source::Given(given) => given.missing(),
            Source::None => {}
        }
    }

    /// Compares a normalised sample with its place, then learns it.
    pub(super) fn push(&mut self, y: f64) -> OfSeason {
        let y = y.clamp(-LIMIT, LIMIT);
        let (error, unusual) = match &mut self.source {
            Source::Found(found) => (found.push(y), 0.0),
            Source::Given(given) => given.push(y),
            Source::None => (None, 0.0),
        };
        self.errors.push(error.unwrap_or(0.0));
        OfSeason { error, unusual, means: self.errors.means() }
    }
}

impl Fields for Season {
    fn save(&self, out: &mut Writer) {
        self.errors.save(out);
        match &self.source {
            Source::Found(found) => found.save(out),
            Source::Given(given) => given.save(out),
            Source::None => {}
        }
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.errors.load(from)?;
        match &mut self.source {
            Source::Found(found) => found.load(from),
            Source::Given(given) => given.load(from),
            Source::None => Ok(()),
        }
    }
}
