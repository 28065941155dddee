//! Streams that are above or below the usual, or move more or less.

use super::displaced::is_displaced;
use super::forecast::{Forecast, Kind};
use super::look::{Found, Look};
use super::shape::{Shape, Side};
use super::spread::{mean, quantile, sorted};
use super::still::{dropped, is_nothing};
use super::stretch::Stretch;
use super::trend::is_slow;

/// A spike has at most this many samples; what lasts longer is a level.
const SHORT: usize = 8;
/// The middle sample of a level lies this share of the mean away; a few spikes leave it where it was.
const OF_MEAN: f64 = 0.3;
/// Noise goes both ways: its mean is at most this share of its root mean square.
const BOTH_WAYS: f64 = 0.35;

/// Noisier or quieter, where that is more unusual than the level.
pub(super) fn moved(look: &Look, least: f64) -> Option<Found> {
    let stretch = look.motion;
    let shape = if stretch.strength > 0.0 { Shape::Noisier } else { Shape::Quieter };
    let more = stretch.strength.abs() > least.max(look.strongest.strength.abs());
    let both_ways = shape == Shape::Quieter || goes_both_ways(look.calm(), &stretch);
    (more && both_ways && stretch.length() > SHORT).then_some(Found { stretch, side: Side::Neither, shape })
}

/// Above or below.
pub(super) fn apart(look: &Look, least: f64) -> Option<Found> {
    let (forecast, stretch) = (look.calm(), look.strongest);
    let side = Side::of(stretch.strength);
    if stretch.strength.abs() < least {
        return None;
    }
    if is_displaced(&look.full, stretch.first) || is_displaced(&look.full, look.full.start) {
        return Some(Found { stretch, side: Side::Neither, shape: Shape::UnusualShape });
    }
    if is_nothing(&look.full, &stretch) {
        return Some(dropped(&look.full, stretch));
    }
    let [short, level, slow] = if side == Side::Down {
        [Shape::Dip, Shape::LevelDown, Shape::SlowFall]
    } else {
        [Shape::Spike, Shape::LevelUp, Shape::SlowClimb]
    };
    let long = stretch.length() > SHORT;
    let shape = match forecast.kind {
        // What a walk misses is its step: one that is too large leaves a level unless it is taken back, many make a slope.
        Kind::Walk(_) if long => slow,
        Kind::Walk(_) => match back(forecast, &stretch) {
            Some(back) => {
                return Some(Found { stretch: Stretch { last: back - 1, ..stretch }, side, shape: short });
            }
            None => level,
        },
        _ if !long || !is_level(forecast, &stretch) => short,
        _ => {
            if is_slow(forecast, &stretch) {
                slow
            } else {
                level
            }
        }
    };
    Some(Found { stretch, side, shape })
}

/// Where a walk is back that jumped, if that was soon: most samples from there on lie at most half as far away.
fn back(forecast: &Forecast, jump: &Stretch) -> Option<usize> {
    let away = |at: usize| forecast.samples[at] - forecast.expected[jump.first];
    let half = away(jump.last).abs() / 2.0;
    let is_back = |at: usize| away(at).abs() <= half;
    let newest = forecast.samples.len() - 1;
    let first = (jump.last + 1..=newest.min(jump.last + SHORT)).find(|&at| is_back(at))?;
    let later = (first..=newest).filter(|&at| is_back(at)).count();
    (2 * later > newest - first).then_some(first)
}

fn goes_both_ways(forecast: &Forecast, stretch: &Stretch) -> bool {
    let misses = sorted(forecast.misses[stretch.first..=stretch.last].iter().copied());
    let squares: Vec<f64> = misses.iter().map(|miss| miss * miss).collect();
    mean(&misses).abs() <= BOTH_WAYS * mean(&squares).sqrt()
}

/// Whether most of a stretch lies away, and not only a few of its samples.
fn is_level(forecast: &Forecast, stretch: &Stretch) -> bool {
    let misses = sorted(forecast.misses[stretch.first..=stretch.last].iter().copied());
    let middle = quantile(&misses, 0.5);
    middle * mean(&misses) > 0.0 && middle.abs() >= OF_MEAN * mean(&misses).abs()
}
