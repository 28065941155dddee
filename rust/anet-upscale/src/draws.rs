//! Draws of one series: as many as are wanted, each with its blocks in place.

use crate::band::Band;
use crate::coarse::{Coarse, Unit};
use crate::error::{Error, Result};
use crate::exact::{Limits, fit};
use crate::fragments::{Library, assemble};
use crate::random::Random;
use crate::spectral::Synthesis;
use crate::upscale::{Task, Texture};

/// What all draws of a series have in common.
pub(crate) struct Draws<'a> {
    task: &'a Task<'a>,
    series: Coarse,
    limits: Limits,
    unit: Unit,
    source: Source,
}

/// What samples are made of.
enum Source {
    /// The point itself, for the reference does not move.
    Hold,
    Fragments(Library),
    Spectral(Box<Synthesis>),
}

impl<'a> Draws<'a> {
    pub(crate) fn new(task: &'a Task<'a>, series: Coarse, reference: &[f64], limits: Limits) -> Result<Self> {
        let &Task { factor, kind, texture, .. } = task;
        let range = range(reference);
        let unit = Unit::of(&Coarse::of(reference, factor, kind, 0), range);
        let source = match texture {
            _ if range == 0.0 => Source::Hold,
            Texture::Fragments => Source::Fragments(library(task, reference, unit)?),
            Texture::Spectral => {
                Source::Spectral(Box::new(Synthesis::new(&series, reference, factor, kind, unit)))
            }
        };
        Ok(Self { task, series, limits, unit, source })
    }

    /// The draw of this number, the first of which is 0.
    pub(crate) fn draw(&self, number: u64) -> Vec<f64> {
        let (&Task { factor, kind, seed, .. }, series) = (self.task, &self.series);
        let random = Random::new(seed).draw(number);
        let mut values = match &self.source {
            Source::Hold => {
                series.values.iter().flat_map(|point| std::iter::repeat_n(*point, factor)).collect()
            }
            Source::Fragments(library) => assemble(series, library, factor, kind, self.unit, random),
            Source::Spectral(synthesis) => synthesis.draw(random),
        };
        fit(&mut values, &series.values, kind, self.limits);
        values
    }

    /// The band of the first 20 draws.
    pub(crate) fn band(&self) -> Band {
        Band::of(self.series.len() * self.task.factor, |number| self.draw(number))
    }
}

fn library(task: &Task<'_>, reference: &[f64], unit: Unit) -> Result<Library> {
    let library = Library::new(reference, task.factor, task.kind, unit);
    if library.is_empty() { Err(Error::Holes { factor: task.factor }) } else { Ok(library) }
}

/// From the least to the largest sample that is there.
fn range(reference: &[f64]) -> f64 {
    let there = || reference.iter().copied().filter(|x| !x.is_nan());
    there().fold(f64::NEG_INFINITY, f64::max) - there().fold(f64::INFINITY, f64::min)
}
