//! What comes again and again, and did not or came too early.

use super::flat::Run;
use super::forecast::{Forecast, Kind};
use super::look::{Found, Look, STRONG};
use super::shape::{Shape, Side};
use super::spread::{median, spread};
use super::stretch::Stretch;

/// A stream was to leave its middle where that is this many spreads away, and stayed where it went less than this share of it.
const DUE: f64 = 4.0;
const STAYED: f64 = 0.25;

/// A burst did not come, or the season's rise from the middle or its fall.
pub(super) fn missing(look: &Look) -> Option<Found> {
    let Some(bursts) = &look.bursts else {
        let strongest = look.strongest;
        let side = Side::of(strongest.strength);
        let found = Found { stretch: strongest, side, shape: Shape::MissingEvent };
        return (strongest.strength.abs() > STRONG && stayed_at_rest(&look.full, &strongest))
            .then_some(found);
    };
    let stretch = new(look, bursts.missing(&look.full.samples)?);
    let side = if bursts.side == Side::Up { Side::Down } else { Side::Up };
    Some(Found { stretch, side, shape: Shape::MissingEvent })
}

/// A burst came too early, or too many.
pub(super) fn extra(look: &Look) -> Option<Found> {
    let bursts = look.bursts.as_ref()?;
    let stretch = new(look, bursts.extra()?);
    Some(Found { stretch, side: bursts.side, shape: Shape::ExtraEvent })
}

fn new(look: &Look, Run { first, last }: Run) -> Stretch {
    let first = first.clamp(look.full.start, look.newest());
    Stretch { first, last: last.max(first), strength: 0.0 }
}

/// Whether the stream was to leave its middle and did not.
fn stayed_at_rest(forecast: &Forecast, stretch: &Stretch) -> bool {
    if !matches!(forecast.kind, Kind::Season(_)) {
        return false;
    }
    let middle = median(forecast.past().iter().copied());
    let scale = spread(forecast.past().iter().copied());
    let places = stretch.first..=stretch.last;
    let due = median(places.clone().map(|at| forecast.expected[at] - middle));
    let came = median(places.map(|at| forecast.samples[at] - middle));
    due.abs() > DUE * scale && came.abs() < STAYED * due.abs()
}
