//! Where Z is sampled: levels of constant spacing, cut into blocks of cells that are the same for every question.
//!
//! Z oscillates with frequencies up to θ'. A spacing h ≤ 0.50 π/θ' leaves two samples a mean spacing of zeros, and the
//! band within which [`crate::riemann_siegel::polynomial`] interpolates. The grid depends on the height alone, so a zero has the same bits
//! whatever range it was asked for in.

use std::f64::consts::PI;
use std::sync::OnceLock;

use crate::riemann_siegel::matrix_sum;
use crate::riemann_siegel::theta::frequency;

/// Samples needed on either side of a block: half the taps, and the neighbours of the cells at its ends.
pub const MARGIN: usize = 22;

/// Up to here the Euler-Maclaurin formula gives Z; from here on the Riemann-Siegel formula is good to 1e-11, which is enough
/// where zeros are sharpened, and to 1e-15 above.
const EULER_MACLAURIN: f64 = 50.0;

/// From here on a matrix product of every second sample is cheaper than one of all: the main sum has a hundred terms.
const MATRIX: f64 = 3.6e4;

/// Up to here heights of the grid are exact: 2⁸ samples to the unit fit a double.
pub const HIGHEST: f64 = 3e13;

/// Cells of a direct block: with both margins eighteen rows of 32 samples.
const DIRECT_CELLS: usize = 18 * 32 - 53;

/// How samples of a level are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The Euler-Maclaurin formula.
    EulerMaclaurin,
    /// The Riemann-Siegel sum at every sample.
    Direct,
    /// The Riemann-Siegel sum at every second sample.
    Matrix,
}

/// Heights with one spacing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    start: f64,
    spacing: f64,
    cells: usize,
    blocks: u64,
    mode: Mode,
}

/// A run of cells: `cells + 1` samples from `start` on, `spacing` apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    /// The height of the first sample.
    pub start: f64,
    /// From sample to sample: a multiple of a power of two, so that every height is exact.
    pub spacing: f64,
    /// How many cells.
    pub cells: usize,
    /// How its samples are computed.
    pub mode: Mode,
}

/// A block's place in the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    level: usize,
    block: u64,
}

impl Level {
    fn end(&self) -> f64 {
        self.start + self.blocks as f64 * (self.cells as f64 * self.spacing)
    }

    /// From `start` on, until θ' has grown by 4 %, or for one block.
    fn from(start: f64) -> Self {
        let (cells, mode) = match start {
            ..MATRIX => (DIRECT_CELLS, Mode::Direct),
            _ => (matrix_sum::CELLS, Mode::Matrix),
        };
        let widest = spacing(start) * cells as f64;
        let grown = start * (0.08 * frequency(start)).exp();
        let end = grown.max(start + widest);
        let spacing = spacing(end);
        let blocks = ((end - start) / (cells as f64 * spacing)).floor().max(1.0) as u64;
        Self { start, spacing, cells, blocks, mode }
    }
}

/// 0.50 π/θ'(t), rounded down to a multiple of a power of two that keeps heights exact.
fn spacing(t: f64) -> f64 {
    let steps = if t < 1e12 { 4096.0 } else { 256.0 };
    (0.5 * PI / frequency(t) * steps).floor() / steps
}

fn levels() -> &'static [Level] {
    static LEVELS: OnceLock<Vec<Level>> = OnceLock::new();
    LEVELS.get_or_init(|| {
        let mode = Mode::EulerMaclaurin;
        let mut levels = vec![
            Level { start: 10.0, spacing: 0.25, cells: 160, blocks: 1, mode },
            // Below 400 the band of Z changes so fast within the reach of the taps that samples must stand closer.
            Level {
                start: EULER_MACLAURIN,
                spacing: 0.5,
                cells: DIRECT_CELLS,
                blocks: 2,
                mode: Mode::Direct,
            },
        ];
        while let Some(last) = levels.last()
            && last.end() < 1.1 * HIGHEST
        {
            levels.push(Level::from(last.end()));
        }
        levels
    })
}

impl Place {
    /// The block that holds the height `t`; the first one below it.
    pub fn of(t: f64) -> Self {
        let level = levels().partition_point(|level| level.start <= t).saturating_sub(1);
        let Level { start, spacing, cells, blocks, .. } = levels()[level];
        let block = ((t - start) / (cells as f64 * spacing)).floor().max(0.0) as u64;
        Self { level, block: block.min(blocks - 1) }
    }

    /// The block itself.
    pub fn block(self) -> Block {
        let Level { start, spacing, cells, mode, .. } = levels()[self.level];
        let start = start + self.block as f64 * (cells as f64 * spacing);
        Block { start, spacing, cells, mode }
    }

    /// The block above.
    pub fn next(self) -> Self {
        if self.block + 1 < levels()[self.level].blocks {
            Self { block: self.block + 1, ..self }
        } else {
            Self { level: self.level + 1, block: 0 }
        }
    }
}

impl Block {
    /// The height of sample `index`, which may lie outside.
    #[inline(always)]
    pub fn height(&self, index: isize) -> f64 {
        self.start + index as f64 * self.spacing
    }

    /// Where the last cell ends.
    pub fn end(&self) -> f64 {
        self.height(self.cells as isize)
    }

    /// The same heights, sampled twice as densely.
    pub fn refined(self) -> Self {
        let mode = if self.mode == Mode::EulerMaclaurin { self.mode } else { Mode::Direct };
        Self { spacing: self.spacing / 2.0, cells: 2 * self.cells, mode, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_join_and_stay_within_the_band() {
        for t in [10.0, 49.9, 399.0, 401.0, 1e4, 1e6, 1e9, 1e12, 2.9e13] {
            let mut place = Place::of(t);
            assert!(place.block().start <= t && t < place.block().end(), "{t}");
            for _ in 0..200 {
                let block = place.block();
                assert!(
                    block.end() < 600.0 || block.spacing * frequency(block.end()) <= 0.502 * PI,
                    "{block:?}"
                );
                place = place.next();
                assert_eq!(block.end(), place.block().start);
                assert_eq!(Place::of(block.end()), place);
            }
        }
    }
}
