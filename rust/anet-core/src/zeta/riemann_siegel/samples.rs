//! Samples of Z at equal distances.

use super::correction::Correction;
use super::euler_maclaurin;
use super::grid::{Block, MARGIN, Mode};
use super::logarithms::Logarithms;
use super::panel::{Rows, Waves};
use super::theta::ThetaSeries;
use super::turns::{Lanes, cosine, fraction, lanes};
use super::{direct, matrix, sharpen};
use crate::kernel::fused::{Fused, Kernel};
use crate::zeta::double::PER_TURN;

/// The memory of the work, kept from block to block.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Tables of the matrix product.
    pub waves: Waves,
    /// Its coefficients and sums.
    pub rows: Rows,
    /// The band of the main sum.
    pub re: Vec<f64>,
    /// Its imaginary part.
    pub im: Vec<f64>,
}

/// The samples of a block and [`MARGIN`] more on either side.
#[derive(Debug, Clone, Copy)]
pub struct Samples<'a> {
    block: Block,
    logs: &'a Logarithms,
}

impl<'a> Samples<'a> {
    /// Of `block`; `logs` must reach [`terms`] of its end.
    pub fn new(block: Block, logs: &'a Logarithms) -> Self {
        Self { block, logs }
    }

    /// Writes them.
    pub fn compute(&self, fused: Fused, out: &mut Vec<f64>, work: &mut Scratch) {
        out.clear();
        out.resize(samples(&self.block), 0.0);
        let (start, h) = (self.height(0), self.block.spacing);
        match self.block.mode {
            Mode::EulerMaclaurin => fused.run(Small { samples: *self, out }),
            Mode::Direct => direct::compute(start, h, self.logs, fused, out, work),
            Mode::Matrix => matrix::compute(start, h, self.logs, fused, out, work),
        }
    }

    #[inline(always)]
    fn height(&self, index: usize) -> f64 {
        self.block.height(index as isize - MARGIN as isize)
    }
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
    let start = block.height(-(MARGIN as isize));
    let sum = match block.mode {
        Mode::EulerMaclaurin => 0,
        Mode::Direct => terms(direct::end(start, block.spacing, samples(block))),
        Mode::Matrix => terms(block.height((block.cells + MARGIN + 16) as isize)),
    };
    let sharpened = if block.start < sharpen::HIGHEST { euler_maclaurin::cut(sharpen::HIGHEST) } else { 0 };
    sum.max(sharpened) + 1
}

struct Small<'a> {
    samples: Samples<'a>,
    out: &'a mut [f64],
}

impl Kernel for Small<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Samples { block, logs } = self.samples;
        let cut = euler_maclaurin::cut(block.end());
        for (first, out) in self.out.chunks_exact_mut(8).enumerate() {
            let t: Lanes = lanes!(lane => self.samples.height(8 * first + lane));
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
