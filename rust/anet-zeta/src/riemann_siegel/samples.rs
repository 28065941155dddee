//! Samples of Z at equal distances.

use crate::double::PER_TURN;
use crate::riemann_siegel::angle_turns::{Lanes, cosine, fraction, lanes};
use crate::riemann_siegel::correction::Correction;
use crate::riemann_siegel::euler_maclaurin;
use crate::riemann_siegel::grid::{Block, MARGIN, Mode};
use crate::riemann_siegel::logarithms::Logarithms;
use crate::riemann_siegel::theta::ThetaSeries;
use crate::riemann_siegel::wave_tables::{Rows, Waves};
use crate::riemann_siegel::{direct_sum, matrix_sum, newton_refine};
use anet_simd::{DirichletSums, Kernel, Level};

/// The memory of the work, kept from block to block.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Tables of the matrix product.
    pub waves: Waves,
    /// Its coefficients.
    pub rows: Rows,
    /// Its results.
    pub sums: Vec<DirichletSums>,
    /// The band of the main sum.
    pub re: Vec<f64>,
    /// Its imaginary part.
    pub im: Vec<f64>,
}

/// The samples of blocks that are alike, each with [`MARGIN`] more on either side.
#[derive(Debug, Clone, Copy)]
pub struct Samples<'a> {
    blocks: &'a [Block],
    logs: &'a Logarithms,
    level: Level,
}

/// Terms of a main sum, times blocks, that are added up before the caller is asked whether to go on: a tenth of a second.
const PATIENCE: usize = 1_000_000;

/// Blocks that share tables: with more, tables are no longer what takes the time.
const MOST_BLOCKS: usize = 4;

/// How many blocks like this one are worth working on together.
pub fn group(block: &Block) -> usize {
    match block.mode {
        Mode::EulerMaclaurin | Mode::Direct => 1,
        Mode::Matrix => (PATIENCE / terms(block.end())).clamp(1, MOST_BLOCKS),
    }
}

impl<'a> Samples<'a> {
    /// Of `blocks` with one spacing; `logs` must reach [`terms`] of their end. `work` must be kept for [`Samples::of`].
    pub fn new(blocks: &'a [Block], logs: &'a Logarithms, level: Level, work: &mut Scratch) -> Self {
        if let Some(block) = blocks.first()
            && block.mode == Mode::Matrix
        {
            let starts: Vec<f64> = blocks.iter().map(start).collect();
            matrix_sum::add_up(&starts, block.spacing, samples(block), logs, level, work);
        }
        Self { blocks, logs, level }
    }

    /// Writes those of one block.
    pub fn of(&self, index: usize, out: &mut Vec<f64>, work: &mut Scratch) {
        let Self { logs, level, .. } = *self;
        let block = self.blocks[index];
        out.clear();
        out.resize(samples(&block), 0.0);
        let (start, h) = (start(&block), block.spacing);
        match block.mode {
            Mode::EulerMaclaurin => level.run(Small { block, logs, out }),
            Mode::Direct => direct_sum::compute(start, h, logs, level, out, work),
            Mode::Matrix => matrix_sum::assemble(start, h, index, level, out, work),
        }
    }
}

/// The height of the first sample.
fn start(block: &Block) -> f64 {
    block.height(-(MARGIN as isize))
}

/// How many terms the main sum has at the height `t`.
pub fn terms(t: f64) -> usize {
    (t * PER_TURN.high).sqrt() as usize
}

/// How many samples: slopes are taken eight at a time and read on past the margin.
fn samples(block: &Block) -> usize {
    (block.cells + 1 + 2 * MARGIN + 8).next_multiple_of(16)
}

/// How many logarithms the samples of a block need, and the sharpening of its zeros.
pub fn logarithms(block: &Block) -> usize {
    let start = start(block);
    let sum = match block.mode {
        Mode::EulerMaclaurin => 0,
        Mode::Direct => terms(direct_sum::end(start, block.spacing, samples(block))),
        Mode::Matrix => terms(block.height((block.cells + MARGIN + 16) as isize)),
    };
    let sharpened =
        if block.start < newton_refine::HIGHEST { euler_maclaurin::cut(newton_refine::HIGHEST) } else { 0 };
    sum.max(sharpened) + 1
}

struct Small<'a> {
    block: Block,
    logs: &'a Logarithms,
    out: &'a mut [f64],
}

impl Kernel for Small<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { block, logs, out } = self;
        let cut = euler_maclaurin::cut(block.end());
        for (first, out) in out.chunks_exact_mut(8).enumerate() {
            let t: Lanes = lanes!(lane => start(&block) + (8 * first + lane) as f64 * block.spacing);
            let theta = lanes!(lane => euler_maclaurin::theta(t[lane]));
            out.copy_from_slice(&euler_maclaurin::hardy_z(&t, &theta, cut, logs));
        }
    }
}

/// What the Riemann-Siegel formula needs about a height.
pub struct Series {
    theta: ThetaSeries,
    correction: Correction,
    terms: usize,
}

impl Series {
    /// About `centre`.
    #[inline(always)]
    pub fn about(centre: f64) -> Self {
        let terms = terms(centre);
        Self { theta: ThetaSeries::about(centre, 0.0), correction: Correction::new(centre, terms), terms }
    }

    /// Z at one height near the centre, eight terms at a time.
    #[inline(always)]
    pub fn hardy_z_at(&self, t: f64, logs: &Logarithms) -> f64 {
        let theta = self.theta.at(&[t; 8])[0];
        let term = |n: usize| {
            let (high, low) = (logs.high[n], logs.low[n]);
            let product = t * high;
            let rest = t.mul_add(high, -product) + t * low;
            cosine(fraction(theta - fraction(product) - rest)) * logs.amplitude[n]
        };
        let whole = self.terms / 8 * 8;
        let mut sum = [0.0f64; 8];
        for n in (0..whole).step_by(8) {
            sum = lanes!(lane => sum[lane] + term(n + lane));
        }
        let sum: f64 = sum.iter().sum::<f64>() + (whole..self.terms).map(term).sum::<f64>();
        2.0f64.mul_add(sum, self.correction.at(&[t; 8])[0])
    }
}
