//! Samples of Z at equal distances.

use super::correction::Correction;
use super::euler_maclaurin;
use super::grid::{Block, MARGIN, Mode};
use super::logarithms::Logarithms;
use super::matrix::{self, Scratch};
use super::theta::ThetaSeries;
use super::turns::{Lanes, cosine, fraction, lanes};
use crate::kernel::fused::{Fused, Kernel};
use crate::zeta::double::PER_TURN;

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
        // Slopes are taken eight at a time: they read on past the margin.
        let count = self.block.cells + 1 + 2 * MARGIN + 8;
        out.clear();
        out.resize(count.next_multiple_of(8), 0.0);
        match self.block.mode {
            Mode::EulerMaclaurin => fused.run(Small { samples: *self, out }),
            Mode::Direct => fused.run(Direct { samples: *self, out }),
            Mode::Matrix { rows } => {
                matrix::compute(&self.block, self.height(0), rows, self.logs, fused, out, work);
            }
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

/// How many logarithms the samples of a block need.
pub fn logarithms(block: &Block) -> usize {
    let end = block.height((block.cells + MARGIN + 16) as isize);
    match block.mode {
        Mode::EulerMaclaurin => euler_maclaurin::cut(end) + 1,
        Mode::Direct | Mode::Matrix { .. } => terms(end) + 1,
    }
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

struct Direct<'a> {
    samples: Samples<'a>,
    out: &'a mut [f64],
}

impl Kernel for Direct<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let (mut done, samples) = (0, self.samples);
        while done < self.out.len() {
            let length = chunk(samples.height(done), samples.block.spacing).min(self.out.len() - done);
            let centre = 0.5 * (samples.height(done) + samples.height(done + length - 1));
            let series = Series::about(centre);
            for first in (done..done + length).step_by(8) {
                let t: Lanes = lanes!(lane => samples.height(first + lane));
                self.out[first..first + 8].copy_from_slice(&series.hardy_z(&t, samples.logs));
            }
            done += length;
        }
    }
}

/// How many samples, a multiple of eight, one Taylor series of θ and one number of terms serve.
fn chunk(t: f64, spacing: f64) -> usize {
    let turn_of_terms = 0.6 * 2.0 * (t / PER_TURN.high).sqrt();
    let width = (0.02 * t).min(turn_of_terms);
    ((width / spacing) as usize / 8 * 8).max(8)
}

/// What the Riemann-Siegel formula needs about a height.
pub struct Series {
    theta: ThetaSeries,
    correction: Correction,
    terms: usize,
}

impl Series {
    /// About `centre`.
    pub fn about(centre: f64) -> Self {
        let terms = terms(centre);
        Self { theta: ThetaSeries::about(centre), correction: Correction::new(centre, terms), terms }
    }

    /// Z(t) near the centre: 2 Σ n^-½ cos(θ − t ln n) and the correction.
    #[inline(always)]
    pub fn hardy_z(&self, t: &Lanes, logs: &Logarithms) -> Lanes {
        let theta = lanes!(lane => self.theta.at(t[lane]));
        let mut sum = [0.0f64; 8];
        for n in 0..self.terms {
            let (high, low, amplitude) = (logs.high[n], logs.low[n], logs.amplitude[n]);
            for lane in 0..8 {
                let product = t[lane] * high;
                let rest = t[lane].mul_add(high, -product) + t[lane] * low;
                let phase = fraction(theta[lane] - fraction(product) - rest);
                sum[lane] = cosine(phase).mul_add(amplitude, sum[lane]);
            }
        }
        let rest = self.correction.at(t);
        lanes!(lane => 2.0f64.mul_add(sum[lane], rest[lane]))
    }

    /// Z at one height near the centre, eight terms at a time.
    #[inline(always)]
    pub fn hardy_z_at(&self, t: f64, logs: &Logarithms) -> f64 {
        let theta = self.theta.at(t);
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
