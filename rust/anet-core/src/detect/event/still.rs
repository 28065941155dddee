//! Streams that stand still, at zero or elsewhere, or give nothing at all.

use super::flat::{Run, flat_line, missing_run, one_sided, zero_run};
use super::forecast::{Forecast, Kind};
use super::look::{Found, Look};
use super::shape::{Shape, Side};
use super::spread::{median, quantile, sorted};
use super::stretch::Stretch;
use super::usual;

/// A stretch that is stronger than this is told before samples that are missing beside it.
const FAR: f64 = 8.0;
/// Nothing is left where less than this share of the usual size is.
const NOTHING: f64 = 0.02;
/// The share of all samples that lies below what is usual at any time, and above it.
const OUTSIDE: f64 = 0.005;
/// A stream goes to and fro between these shares of its samples.
const ENDS: (f64, f64) = (0.05, 0.95);

/// More samples in a row did not come than ever before, and they are most, or those that came are not far away.
pub(super) fn gone(look: &Look) -> Option<Found> {
    let run = missing_run(&look.full.samples, look.full.start)?;
    let stretch = new(look, run);
    let most = 2 * stretch.length() > look.newest() + 1 - look.full.start;
    let found = Found { stretch, side: Side::Neither, shape: Shape::MissingSamples };
    (most || look.strongest.strength.abs() < FAR).then_some(found)
}

/// A flat line, at zero or elsewhere.
pub(super) fn flat(look: &Look) -> Option<Found> {
    let stretch = new(look, flat_line(&look.full.samples, look.full.start)?);
    if is_nothing(&look.full, &stretch) {
        return Some(dropped(&look.full, stretch));
    }
    Some(Found { stretch, side: outside(&look.full, stretch.last), shape: Shape::FlatLine })
}

/// A stream that goes to and fro stayed on one side.
pub(super) fn stayed(look: &Look) -> Option<Found> {
    let all = sorted(look.full.past().iter().copied());
    let middle = quantile(&all, ENDS.0).midpoint(quantile(&all, ENDS.1));
    let stretch = new(look, one_sided(&look.full.samples, look.full.start, middle)?);
    let side = Side::of(look.full.samples[stretch.last] - middle);
    Some(Found { stretch, side, shape: side.pick(Shape::LevelUp, Shape::LevelDown) })
}

/// A drop, or a rise, to zero.
pub(super) fn dropped(forecast: &Forecast, stretch: Stretch) -> Found {
    let side = Side::of(forecast.samples[stretch.last] - median(forecast.past().iter().copied()));
    Found { stretch, side, shape: Shape::DropToZero }
}

/// Whether a stretch is about zero, and the stream was there for longer than ever before.
pub(super) fn is_nothing(forecast: &Forecast, stretch: &Stretch) -> bool {
    let usual = median(forecast.past().iter().map(|x| x.abs()));
    let is_zero = |x: f64| x.abs() <= NOTHING * usual;
    let now = median(forecast.samples[stretch.first..=stretch.last].iter().copied());
    usual > 0.0 && is_zero(now) && zero_run(&forecast.samples, forecast.start, is_zero).is_some()
}

/// The part of a run that is not of the past.
fn new(look: &Look, Run { first, last }: Run) -> Stretch {
    Stretch { first: first.max(look.full.start), last, strength: 0.0 }
}

/// On which side of all that is usual at any time a sample lies; of what a walk would have come to.
fn outside(forecast: &Forecast, at: usize) -> Side {
    let all = sorted(forecast.past().iter().copied());
    let (low, high) = match forecast.kind {
        Kind::Walk(_) => usual::range(forecast, at),
        _ => (quantile(&all, OUTSIDE), quantile(&all, 1.0 - OUTSIDE)),
    };
    let value = forecast.samples[at];
    if value >= high {
        Side::Up
    } else if value <= low {
        Side::Down
    } else {
        Side::Neither
    }
}
