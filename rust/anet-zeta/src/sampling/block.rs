//! A block of cells: the samples that are computed and searched together.

use crate::sampling::interpolation::REACH;

/// Samples that a block needs on either side: for the interpolation in the cells at its ends and in their neighbours.
pub(crate) const MARGIN: usize = REACH + 2;

/// Samples of a block beyond one a cell: the end of the last cell, both margins, and eight that derivatives, which are
/// taken eight at a time, read past them.
pub(crate) const BEYOND_CELLS: usize = 1 + 2 * MARGIN + 8;

/// What gives the samples of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Formula {
    /// The Euler-Maclaurin formula.
    EulerMaclaurin,
    /// The Riemann-Siegel formula at every sample.
    Direct,
    /// The Riemann-Siegel formula, its main sum at every second sample.
    HalfRate,
}

/// A run of cells: `cells + 1` samples from `start` on, `spacing` apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Block {
    /// The height of the first sample.
    pub(crate) start: f64,
    /// From sample to sample: a multiple of a power of two, so that every height is exact.
    pub(crate) spacing: f64,
    /// How many cells.
    pub(crate) cells: usize,
    /// What gives its samples.
    pub(crate) formula: Formula,
}

impl Block {
    /// The height of sample `index`, which may lie outside.
    #[inline(always)]
    pub(crate) fn height(&self, index: isize) -> f64 {
        self.start + index as f64 * self.spacing
    }

    /// Where the last cell ends.
    pub(crate) fn end(&self) -> f64 {
        self.height(self.cells as isize)
    }

    /// The height of the first sample of its lower margin.
    pub(super) fn first_sample(&self) -> f64 {
        self.height(-(MARGIN as isize))
    }

    /// How many samples, margins included: a multiple of sixteen.
    pub(super) fn samples(&self) -> usize {
        (self.cells + BEYOND_CELLS).next_multiple_of(16)
    }

    /// The same heights, sampled twice as densely.
    pub(crate) fn refined(self) -> Self {
        let formula = if self.formula == Formula::EulerMaclaurin { self.formula } else { Formula::Direct };
        Self { spacing: self.spacing / 2.0, cells: 2 * self.cells, formula, ..self }
    }
}
