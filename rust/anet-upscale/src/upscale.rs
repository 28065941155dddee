//! From a coarse series and a reference to a series at the full rate.

use std::ops::RangeInclusive;

use crate::band::Band;
use crate::coarse::{Coarse, Kind};
use crate::draws::Draws;
use crate::error::{Error, Result};
use crate::exact::Limits;
use crate::support::Support;

/// Most samples that one call makes: half a gigabyte.
pub const MOST_SAMPLES: usize = 1 << 26;
/// Fewest points of a series.
pub const FEWEST_POINTS: usize = 4;
/// Fewest blocks that a reference must be long enough for.
pub const FEWEST_BLOCKS: usize = 16;
/// The shares of the reference inside of its own band with which a band is given. Exact draws would cover .81; noise that is
/// quiet but for rare spikes is covered by more.
const COVERS: RangeInclusive<f64> = 0.75..=0.9;

/// How samples are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texture {
    /// Of blocks of the reference.
    Fragments,
    /// Of Gaussian noise with its spectrum.
    Spectral,
}

/// What is to be upscaled, and how.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// The coarse series; what is not finite is missing.
    pub series: &'a [f64],
    /// Samples of a block.
    pub factor: usize,
    /// A series at the full rate; what is not finite is missing.
    pub reference: &'a [f64],
    /// What a point of the coarse series is.
    pub kind: Kind,
    /// How samples are made.
    pub texture: Texture,
    /// What the draws come from.
    pub seed: u64,
    /// The lowest value of a sample, −∞ for none.
    pub low: f64,
    /// The highest, ∞ for none.
    pub high: f64,
    /// Whether a band is wanted.
    pub band: bool,
}

/// A series at the full rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Upscaled {
    /// The samples; NaN in the block of a missing point.
    pub values: Vec<f64>,
    /// Whether the reference is one for this series.
    pub support: Support,
    /// Between which values samples lie, where that was wanted, the reference supports it, and the band of its own
    /// points covers it.
    pub band: Option<Band>,
    /// The share of the reference that the band of its own points covers; NaN where no band was wanted.
    pub coverage: f64,
}

/// Gives a coarse series its full rate back.
///
/// # Errors
/// An [`Error`] that names the argument.
pub fn upscale(task: &Task<'_>) -> Result<Upscaled> {
    check(task)?;
    // A power of two, which rounds nothing: squares neither overflow nor vanish.
    let unit = power_of_two(task.series.iter().chain(task.reference));
    let (series, reference) = (scaled(task.series, unit), scaled(task.reference, unit));
    let limits = Limits { low: task.low / unit, high: task.high / unit };
    let own = Coarse::of(&reference, task.factor, task.kind, 0);
    let support = Support::judge(&series, &own.values);
    let draws = Draws::new(task, Coarse::new(series), &reference, limits)?;
    let mut found = Upscaled { values: draws.draw(0), support, band: None, coverage: f64::NAN };
    if task.band {
        found.coverage = Draws::new(task, own, &reference, Limits::NONE)?.band().coverage(&reference);
        if support.is_ok() && COVERS.contains(&found.coverage) {
            found.band = Some(draws.band());
        }
    }
    let band = found.band.iter_mut().flat_map(|band| [&mut band.low, &mut band.high]);
    std::iter::once(&mut found.values).chain(band).flatten().for_each(|x| *x *= unit);
    Ok(found)
}

fn check(task: &Task<'_>) -> Result<()> {
    let &Task { series, factor, reference, low, high, .. } = task;
    if factor == 0 {
        return Err(Error::Factor);
    }
    if series.len() < FEWEST_POINTS {
        return Err(Error::Series { got: series.len() });
    }
    let finite = reference.iter().filter(|x| x.is_finite()).count();
    let wanted = factor.saturating_mul(FEWEST_BLOCKS);
    if finite < wanted {
        return Err(Error::Reference { got: finite, wanted });
    }
    if series.len().saturating_mul(factor) > MOST_SAMPLES {
        return Err(Error::TooLarge { points: series.len(), factor });
    }
    if task.band && task.texture == Texture::Fragments {
        return Err(Error::BandOfFragments);
    }
    if low.is_nan() || high.is_nan() || low >= high {
        return Err(Error::Limits { low, high });
    }
    inside(series, low, high)
}

/// Refuses a finite point outside of the limits.
fn inside(series: &[f64], low: f64, high: f64) -> Result<()> {
    let outside = |x: &f64| x.is_finite() && !(low..=high).contains(x);
    let Some(index) = series.iter().position(outside) else { return Ok(()) };
    let got = series[index];
    let (limit, wanted) = if got < low { ("low", low) } else { ("high", high) };
    Err(Error::Outside { index, got, limit, wanted })
}

/// The numbers over a unit; NaN where one is not finite.
fn scaled(values: &[f64], unit: f64) -> Vec<f64> {
    values.iter().map(|x| if x.is_finite() { x / unit } else { f64::NAN }).collect()
}

/// The power of two that brings the largest finite number near 1, and none of the others to 0.
fn power_of_two<'a>(values: impl Iterator<Item = &'a f64>) -> f64 {
    let largest = values.filter(|x| x.is_finite()).fold(0.0, |most: f64, x| most.max(x.abs()));
    if largest == 0.0 { 1.0 } else { f64::from(libm::ilogb(largest).clamp(-1000, 1000)).exp2() }
}
