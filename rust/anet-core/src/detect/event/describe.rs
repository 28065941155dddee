//! An event, from the newest samples.

use super::bursts::Bursts;
use super::displaced::is_displaced;
use super::flat::{Run, flat_line, missing_run, one_sided};
use super::forecast::{Forecast, Kind};
use super::motion::motion;
use super::shape::{Shape, Side};
use super::similar::{Similar, similar};
use super::spread::{mean, median, quantile, sorted, spread};
use super::stretch::Stretch;
use super::trend::is_slow;
use super::usual;

/// A forecast needs this many samples, as a score does.
const LEAST: usize = 64;
/// A stretch that is stronger than this is no accident; one that is stronger than the second is the likeliest guess.
const STRONG: f64 = 2.0;
const WEAK: f64 = 0.3;
/// An event is looked for further back where it is so many times as strong there.
const FURTHER: f64 = 1.5;
/// A stretch that is stronger than this is told before samples that are missing beside it.
const FAR: f64 = 8.0;
/// A stream was to leave its middle where that is this many spreads away.
const DUE: f64 = 4.0;
/// The middle sample of a level lies this share of the mean away; a few spikes leave it where it was.
const OF_MEAN: f64 = 0.3;
/// Noise goes both ways: its mean is at most this share of its root mean square.
const BOTH_WAYS: f64 = 0.35;
/// A spike has at most this many samples; what lasts longer is a level.
const SHORT: usize = 8;
/// Nothing is left where less than this share of the expected is.
const NOTHING: f64 = 0.02;
/// An event is over when this many samples came after it.
const OVER: usize = 2;

/// What the newest samples look like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// The newest sample or, where the event is over, the most unusual one; NaN where samples are missing.
    pub value: f64,
    /// How many samples before the newest one it came.
    pub age: u64,
    /// The range that nine in ten samples would have been in at its time.
    pub usual: (f64, f64),
    /// On which side of the usual the event lies.
    pub side: Side,
    /// What it looks like.
    pub shape: Shape,
    /// How many samples before the newest one it began.
    pub since: u64,
    /// How many samples it has lasted; at most `since` + 1.
    pub length: u64,
    /// The earlier stretch that is most like it, where one is.
    pub similar: Option<Similar>,
    /// After how many samples the stream repeats itself, where it does.
    pub season: Option<u64>,
}

/// Describes the event that began `since` samples before the newest one or, without that, somewhere in the last `reach`
/// samples or in the last 64. None where there are too few samples before it.
pub(crate) fn describe(samples: &[f64], since: Option<u64>, reach: u64) -> Option<Event> {
    let newest = samples.len().checked_sub(1)?;
    if samples[..newest].iter().filter(|x| x.is_finite()).count() < LEAST / 2 {
        return None;
    }
    let most = newest.saturating_sub(LEAST).max(1);
    if let Some(since) = since {
        let start = newest + 1 - usize::try_from(since).unwrap_or(usize::MAX).saturating_add(1).min(most);
        let forecast = Forecast::new(samples, start);
        return Some(Found::of(&forecast).event(&forecast, start));
    }
    let forecast =
        search(samples, usize::try_from(reach).unwrap_or(most).clamp(LEAST, most.max(LEAST)).min(most));
    let found = Found::of(&forecast);
    Some(found.event(&forecast, found.stretch.first))
}

/// The forecast before an event that began in the last `reach` samples or, where more speaks for it, in four or sixteen times as
/// many: what comes slowly is in the past already that it is to be told from.
fn search(samples: &[f64], reach: usize) -> Forecast<'_> {
    let most = samples.len() / 2;
    let forecast = |reach: usize| Forecast::new(samples, samples.len() - reach.max(1));
    let mut best = forecast(reach);
    for further in [4 * reach, 16 * reach].into_iter().filter(|&further| further <= most) {
        let other = forecast(further);
        if strongest(&other).strength.abs() > FURTHER * strongest(&best).strength.abs().max(STRONG) {
            best = other;
        }
    }
    best
}

/// A stretch with its name.
struct Found {
    stretch: Stretch,
    side: Side,
    shape: Shape,
}

impl Found {
    /// Asks what can be told surely first.
    fn of(forecast: &Forecast<'_>) -> Self {
        let strongest = strongest(forecast);
        gone(forecast, &strongest)
            .or_else(|| flat(forecast))
            .or_else(|| missing_event(forecast, &strongest))
            .or_else(|| moved(forecast, &strongest, STRONG))
            .or_else(|| apart(forecast, &strongest, STRONG))
            .or_else(|| stayed(forecast))
            .or_else(|| moved(forecast, &strongest, WEAK))
            .or_else(|| apart(forecast, &strongest, WEAK))
            .unwrap_or(Self { stretch: strongest, side: Side::Neither, shape: Shape::UnusualShape })
    }

    fn event(&self, forecast: &Forecast<'_>, first: usize) -> Event {
        let newest = forecast.samples.len() - 1;
        let at = self.place(forecast);
        Event {
            value: forecast.samples[at],
            age: (newest - at) as u64,
            usual: usual::range(forecast, at),
            side: self.side,
            shape: self.shape,
            since: (newest - first) as u64,
            length: (self.stretch.last.max(first) + 1 - first) as u64,
            similar: similar(forecast, &self.stretch),
            season: if let Kind::Season(period) = forecast.kind { Some(period as u64) } else { None },
        }
    }

    /// The newest place or, where the stretch is over, its most unusual one.
    fn place(&self, forecast: &Forecast<'_>) -> usize {
        let newest = forecast.samples.len() - 1;
        if self.stretch.last + OVER >= newest || self.shape == Shape::MissingSamples {
            return newest;
        }
        let miss = |&at: &usize| forecast.misses[at].abs();
        let places = (self.stretch.first..=self.stretch.last).filter(|at| miss(at).is_finite());
        places.max_by(|a, b| miss(a).total_cmp(&miss(b))).unwrap_or(newest)
    }
}

/// The stretch that lies furthest from the forecast.
fn strongest(forecast: &Forecast<'_>) -> Stretch {
    Stretch::strongest(&forecast.misses, forecast.start)
}

/// More samples in a row did not come than ever before, or most, and those that did come are not far away.
fn gone(forecast: &Forecast<'_>, strongest: &Stretch) -> Option<Found> {
    let Run { first, last } = missing_run(forecast.samples, forecast.start)?;
    let stretch = Stretch { first: first.max(forecast.start), last, strength: 0.0 };
    let most = 2 * stretch.length() > forecast.samples.len() - forecast.start;
    let found = Found { stretch, side: Side::Neither, shape: Shape::MissingSamples };
    (most || strongest.strength.abs() < FAR).then_some(found)
}

/// A flat line, at zero or elsewhere.
fn flat(forecast: &Forecast<'_>) -> Option<Found> {
    let Run { first, last } = flat_line(forecast.samples, forecast.start)?;
    let value = forecast.samples[last];
    let stretch = Stretch { first: first.max(forecast.start), last, strength: 0.0 };
    if is_nothing(forecast, &stretch) {
        let side = Side::of(value - median(forecast.past().iter().copied()));
        return Some(Found { stretch, side, shape: Shape::DropToZero });
    }
    Some(Found { stretch, side: outside(forecast, last), shape: Shape::FlatLine })
}

/// On which side of all that is usual at any time a sample lies; of what a walk would have come to.
fn outside(forecast: &Forecast<'_>, at: usize) -> Side {
    let all = sorted(forecast.past().iter().copied());
    let (low, high) = match forecast.kind {
        Kind::Walk(_) => usual::range(forecast, at),
        _ => (quantile(&all, 0.005), quantile(&all, 0.995)),
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

/// A stream that goes to and fro stayed on one side.
fn stayed(forecast: &Forecast<'_>) -> Option<Found> {
    let all = sorted(forecast.past().iter().copied());
    let middle = quantile(&all, 0.05).midpoint(quantile(&all, 0.95));
    let Run { first, last } = one_sided(forecast.samples, forecast.start, middle)?;
    let side = Side::of(forecast.samples[last] - middle);
    let stretch = Stretch { first: first.max(forecast.start), last, strength: 0.0 };
    Some(Found { stretch, side, shape: side.pick(Shape::LevelUp, Shape::LevelDown) })
}

/// Whether a stretch is about zero while the stream rarely is.
fn is_nothing(forecast: &Forecast<'_>, stretch: &Stretch) -> bool {
    let size = |x: f64| x.abs();
    let usual = median(forecast.past().iter().copied().map(size));
    let is_zero = |x: &f64| x.abs() <= NOTHING * usual;
    let often = forecast.past().iter().filter(|x| is_zero(x)).count() * 4 > forecast.start;
    let now = median(forecast.samples[stretch.first..=stretch.last].iter().copied().map(size));
    usual > 0.0 && !often && is_zero(&now)
}

/// Something that comes again and again did not.
fn missing_event(forecast: &Forecast<'_>, strongest: &Stretch) -> Option<Found> {
    if let Some(bursts) = Bursts::of(forecast.samples, forecast.start)
        && let Some(due) = bursts.missing(forecast.samples)
    {
        let first = due.clamp(forecast.start, forecast.samples.len() - 1);
        let side = if bursts.side == Side::Up { Side::Down } else { Side::Up };
        let stretch = Stretch { first, last: forecast.samples.len() - 1, strength: 0.0 };
        return Some(Found { stretch, side, shape: Shape::MissingEvent });
    }
    let found = Found { stretch: *strongest, side: Side::of(strongest.strength), shape: Shape::MissingEvent };
    (strongest.strength.abs() > STRONG && stayed_at_rest(forecast, strongest)).then_some(found)
}

/// Whether the stream was to leave its middle and did not.
fn stayed_at_rest(forecast: &Forecast<'_>, stretch: &Stretch) -> bool {
    if !matches!(forecast.kind, Kind::Season(_)) {
        return false;
    }
    let middle = median(forecast.past().iter().copied());
    let scale = spread(forecast.past().iter().copied());
    let places = stretch.first..=stretch.last;
    let due = median(places.clone().map(|at| forecast.expected[at] - middle));
    let came = median(places.map(|at| forecast.samples[at] - middle));
    due.abs() > DUE * scale && came.abs() < 0.25 * due.abs()
}

/// Noisier or quieter, where that is more unusual than the level.
fn moved(forecast: &Forecast<'_>, strongest: &Stretch, least: f64) -> Option<Found> {
    let stretch = motion(&forecast.misses, forecast.start);
    let shape = if stretch.strength > 0.0 { Shape::Noisier } else { Shape::Quieter };
    let more = stretch.strength.abs() > least.max(strongest.strength.abs());
    let misses = sorted(forecast.misses[stretch.first..=stretch.last].iter().copied());
    let root_mean_square = mean(&misses.iter().map(|miss| miss * miss).collect::<Vec<f64>>()).sqrt();
    let both_ways = mean(&misses).abs() <= BOTH_WAYS * root_mean_square || shape == Shape::Quieter;
    (more && both_ways && stretch.length() > SHORT).then_some(Found { stretch, side: Side::Neither, shape })
}

/// Above or below.
fn apart(forecast: &Forecast<'_>, strongest: &Stretch, least: f64) -> Option<Found> {
    let side = Side::of(strongest.strength);
    let found = |shape| Some(Found { stretch: *strongest, side, shape });
    if strongest.strength.abs() < least {
        return None;
    }
    if is_displaced(forecast, strongest.first) || is_displaced(forecast, forecast.start) {
        return Some(Found { stretch: *strongest, side: Side::Neither, shape: Shape::UnusualShape });
    }
    if is_nothing(forecast, strongest) {
        return found(Shape::DropToZero);
    }
    if is_extra(forecast, strongest, side) {
        return found(Shape::ExtraEvent);
    }
    let slow = side.pick(Shape::SlowClimb, Shape::SlowFall);
    let level = side.pick(Shape::LevelUp, Shape::LevelDown);
    if let Kind::Walk(_) = forecast.kind {
        return found(if strongest.length() > SHORT { slow } else { level });
    }
    if strongest.length() <= SHORT || !is_level(forecast, strongest) {
        return found(side.pick(Shape::Spike, Shape::Dip));
    }
    found(if is_slow(forecast, strongest) { slow } else { level })
}

/// Whether most of a stretch lies away, and not only a few of its samples.
fn is_level(forecast: &Forecast<'_>, stretch: &Stretch) -> bool {
    let misses = sorted(forecast.misses[stretch.first..=stretch.last].iter().copied());
    let middle = quantile(&misses, 0.5);
    middle * mean(&misses) > 0.0 && middle.abs() >= OF_MEAN * mean(&misses).abs()
}

/// Whether a stretch is what the stream does again and again, when it was not due.
fn is_extra(forecast: &Forecast<'_>, stretch: &Stretch, side: Side) -> bool {
    let Some(bursts) = Bursts::of(forecast.samples, forecast.start) else { return false };
    let further = |a: f64, b: &f64| if (side == Side::Down) == (*b < a) { *b } else { a };
    let places = &forecast.samples[stretch.first..=stretch.last];
    let peak = places
        .iter()
        .copied()
        .find(|x| x.is_finite())
        .map_or(f64::NAN, |first| places.iter().fold(first, further));
    let few = stretch.length() <= SHORT || !is_level(forecast, stretch);
    few && bursts.side == side && bursts.hold(peak) && bursts.are_many(stretch.first, stretch.last)
}
