//! Where Z is sampled: stretches of constant spacing, cut into blocks of cells that are the same for every question.
//!
//! Z oscillates with frequencies up to θ'. A spacing h ≤ 0.50 π/θ' leaves two samples a mean gap between zeros, and the
//! band within which [`crate::sampling::interpolation`] is good. The grid depends on the height alone, so a zero has the same
//! bits whatever range it was asked for in.

use std::f64::consts::PI;
use std::sync::OnceLock;

use crate::domain::HIGHEST_HEIGHT;
use crate::riemann_siegel::half_rate;
use crate::sampling::block::{BEYOND_CELLS, Block, Formula};
use crate::theta::asymptotic::frequency;

/// From this height on the Riemann-Siegel formula gives samples.
///
/// There it is good to 1e-11, enough where [`crate::roots::newton_refinement`] follows; from t = 256 on to 1e-15.
const RIEMANN_SIEGEL_FROM: f64 = 50.0;

/// From this height on half the samples from the main sum, of 75 terms there, are cheaper than all of them.
const HALF_RATE_FROM: f64 = 3.6e4;

/// Cells of a direct block: its samples fill eighteen rows of 32, three tiles of the matrix product.
const DIRECT_CELLS: usize = 18 * 32 - BEYOND_CELLS;

/// Cells of a half-rate block: its samples fill 24 rows of 32 complex ones, four tiles.
const HALF_RATE_CELLS: usize = half_rate::SAMPLES - BEYOND_CELLS.next_multiple_of(8);

/// The lowest height of the grid, below the first zero.
pub(crate) const LOWEST_HEIGHT: f64 = 10.0;

/// Neighbouring blocks with one spacing.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stretch {
    start: f64,
    spacing: f64,
    cells: usize,
    blocks: u64,
    formula: Formula,
}

/// The address of a block in the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BlockIndex {
    stretch: usize,
    block: u64,
}

impl Stretch {
    fn end(&self) -> f64 {
        self.start + self.blocks as f64 * (self.cells as f64 * self.spacing)
    }

    /// From `start` on, until θ' has grown by 4 %, or for one block.
    ///
    /// The spacing is that of the upper end; at the lower end samples stand up to 4 % closer than they must.
    fn from(start: f64) -> Self {
        let (cells, formula) = match start {
            ..HALF_RATE_FROM => (DIRECT_CELLS, Formula::Direct),
            _ => (HALF_RATE_CELLS, Formula::HalfRate),
        };
        let widest = spacing(start) * cells as f64;
        let grown = start * (0.08 * frequency(start)).exp();
        let end = grown.max(start + widest);
        let spacing = spacing(end);
        let blocks = ((end - start) / (cells as f64 * spacing)).floor().max(1.0) as u64;
        Self { start, spacing, cells, blocks, formula }
    }
}

/// 0.50 π/θ'(t), rounded down to a multiple of 2⁻¹², from 10¹² on of 2⁻⁸: every height of the grid is an exact double.
fn spacing(t: f64) -> f64 {
    let steps = if t < 1e12 { 4096.0 } else { 256.0 };
    (0.5 * PI / frequency(t) * steps).floor() / steps
}

fn stretches() -> &'static [Stretch] {
    static STRETCHES: OnceLock<Vec<Stretch>> = OnceLock::new();
    STRETCHES.get_or_init(|| {
        let mut stretches = lowest_stretches().to_vec();
        while let Some(last) = stretches.last()
            && last.end() < 1.1 * HIGHEST_HEIGHT
        {
            stretches.push(Stretch::from(last.end()));
        }
        stretches
    })
}

/// Below 400 the band of Z changes much within the reach of the interpolation, so samples stand closer than θ' asks.
fn lowest_stretches() -> [Stretch; 2] {
    let (start, formula) = (LOWEST_HEIGHT, Formula::EulerMaclaurin);
    let lowest = Stretch { start, spacing: 0.25, cells: 160, blocks: 1, formula };
    let (start, formula) = (RIEMANN_SIEGEL_FROM, Formula::Direct);
    [lowest, Stretch { start, spacing: 0.5, cells: DIRECT_CELLS, blocks: 2, formula }]
}

impl BlockIndex {
    /// The block that holds the height `t`; the first one for a lower height.
    pub(crate) fn of(t: f64) -> Self {
        let stretch = stretches().partition_point(|stretch| stretch.start <= t).saturating_sub(1);
        let Stretch { start, spacing, cells, blocks, .. } = stretches()[stretch];
        let block = ((t - start) / (cells as f64 * spacing)).floor().max(0.0) as u64;
        Self { stretch, block: block.min(blocks - 1) }
    }

    /// The block itself.
    pub(crate) fn block(self) -> Block {
        let Stretch { start, spacing, cells, formula, .. } = stretches()[self.stretch];
        let start = start + self.block as f64 * (cells as f64 * spacing);
        Block { start, spacing, cells, formula }
    }

    /// The block above.
    pub(crate) fn next(self) -> Self {
        if self.block + 1 < stretches()[self.stretch].blocks {
            Self { block: self.block + 1, ..self }
        } else {
            Self { stretch: self.stretch + 1, block: 0 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_join_and_stay_within_the_band() {
        for t in [10.0, 49.9, 399.0, 401.0, 1e4, 1e6, 1e9, 1e12, 2.9e13] {
            let mut index = BlockIndex::of(t);
            assert!(index.block().start <= t && t < index.block().end(), "{t}");
            for _ in 0..200 {
                let block = index.block();
                assert!(
                    block.end() < 600.0 || block.spacing * frequency(block.end()) <= 0.502 * PI,
                    "{block:?}"
                );
                index = index.next();
                assert_eq!(block.end(), index.block().start);
                assert_eq!(BlockIndex::of(block.end()), index);
            }
        }
    }
}
