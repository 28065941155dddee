//! The samples of blocks, each by its formula.

use crate::arithmetic::integer_logarithms::IntegerLogarithms;
use crate::arithmetic::lanes::{Lanes, lanes};
use crate::euler_maclaurin;
use crate::riemann_siegel::correction::main_sum_terms;
use crate::riemann_siegel::scratch::SumScratch;
use crate::riemann_siegel::{direct, half_rate};
use crate::sampling::block::{Block, Formula, MARGIN};
use anet_simd::Level;
use anet_simd::autovec::Kernel;

/// Terms of a main sum, times blocks, that are added up before the search may be stopped: a tenth of a second.
const TERMS_BETWEEN_STOPS: usize = 1_000_000;

/// Blocks that share tables: with more, the tables are no longer what takes the time.
const MOST_BLOCKS: usize = 4;

/// The samples of blocks of one spacing and formula.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Samples<'a> {
    blocks: &'a [Block],
    logs: &'a IntegerLogarithms,
    level: Level,
}

/// How many blocks like this one share tables.
pub(crate) fn blocks_together(block: &Block) -> usize {
    match block.formula {
        Formula::EulerMaclaurin | Formula::Direct => 1,
        Formula::HalfRate => (TERMS_BETWEEN_STOPS / main_sum_terms(block.end())).clamp(1, MOST_BLOCKS),
    }
}

/// How many integers' logarithms the samples of a block need.
pub(crate) fn terms(block: &Block) -> usize {
    match block.formula {
        Formula::EulerMaclaurin => euler_maclaurin::cutoff(block.end()),
        Formula::Direct => main_sum_terms(direct::end(block.first_sample(), block.spacing, block.samples())),
        Formula::HalfRate => main_sum_terms(block.height((block.cells + MARGIN + 16) as isize)),
    }
}

impl<'a> Samples<'a> {
    /// Of `blocks`; `logs` must hold [`terms`] of the last, and `scratch` be kept for [`Samples::write`].
    pub(crate) fn new(
        blocks: &'a [Block],
        logs: &'a IntegerLogarithms,
        level: Level,
        scratch: &mut SumScratch,
    ) -> Self {
        if let Some(block) = blocks.first()
            && block.formula == Formula::HalfRate
        {
            let starts: Vec<f64> = blocks.iter().map(Block::first_sample).collect();
            half_rate::add_up(&starts, block.spacing, block.samples(), logs, level, scratch);
        }
        Self { blocks, logs, level }
    }

    /// Writes the samples of one block, with [`MARGIN`] more on either side.
    pub(crate) fn write(&self, index: usize, out: &mut Vec<f64>, scratch: &mut SumScratch) {
        let Self { logs, level, .. } = *self;
        let block = self.blocks[index];
        out.clear();
        out.resize(block.samples(), 0.0);
        let (start, h) = (block.first_sample(), block.spacing);
        match block.formula {
            Formula::EulerMaclaurin => level.run(EulerMaclaurin { block, logs, out }),
            Formula::Direct => direct::sample(start, h, logs, level, out, scratch),
            Formula::HalfRate => half_rate::sample(start, h, index, level, out, scratch),
        }
    }
}

/// Writes samples by the Euler-Maclaurin formula.
struct EulerMaclaurin<'a> {
    block: Block,
    logs: &'a IntegerLogarithms,
    out: &'a mut [f64],
}

impl Kernel for EulerMaclaurin<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { block, logs, out } = self;
        let cutoff = euler_maclaurin::cutoff(block.end());
        for (first, out) in out.chunks_exact_mut(8).enumerate() {
            let t: Lanes = lanes!(lane => block.first_sample() + (8 * first + lane) as f64 * block.spacing);
            let theta = lanes!(lane => euler_maclaurin::rough_theta(t[lane]));
            out.copy_from_slice(&euler_maclaurin::hardy_z(&t, &theta, cutoff, logs));
        }
    }
}
