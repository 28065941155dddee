//! The inverse of the smooth count at consecutive ordinals, expanded in a Taylor series block by block.
//!
//! With c = k − s the smooth count is solved by x (ln x − 1) = c, T = 2πx. One ordinal in the middle of a block is solved
//! by Newton's method in two doubles; the others follow from the Taylor series of x(c) about it. In L = ln x the equation
//! is dx/dc = 1/L, so with u = x / x₀, e = (c − c₀) / x₀ and r = 1/L₀ the series begins
//! u = 1 + r e − r³ e²/2 + (r⁴ + 3r⁵) e³/6 − ...; its radius is about L₀. In a block |e| < 0.03, so the seventh term is
//! below 1e-17 and a height is rounded once: it is within 0.6 units in the last place of the solution.

use crate::arithmetic::double_double::{DoubleDouble, TWO_PI};
use crate::arithmetic::logarithm::ln;
use crate::smooth::method::Method;
use anet_simd::Level;
use anet_simd::autovec::Kernel;

/// Length of a block in units of x₀: |e| stays below half of it, where the seventh term is below 1e-17.
const BLOCK_LENGTH: f64 = 0.06;

/// Newton steps at most; the method converges quadratically, so the limit only excludes an endless loop.
const MOST_STEPS: u32 = 60;

/// The smooth heights of consecutive ordinals.
#[derive(Debug, Clone)]
pub(crate) struct TaylorBlocks {
    /// k − c.
    shift: f64,
    /// The next ordinal.
    ordinal: u64,
    /// Ordinals in a block of this octave.
    block: u64,
    series: Expansion,
    level: Level,
}

/// T about the middle of a block: T = high + (low + d t₁ + d² t₂ + ...), d ordinals away.
#[derive(Debug, Clone, Copy, Default)]
struct Expansion {
    /// x₀, rounded.
    x: f64,
    /// 1 / L₀.
    r: f64,
    height: DoubleDouble,
    terms: [f64; 6],
}

impl TaylorBlocks {
    /// From the ordinal `2^octave` on. Blocks are laid out by octaves, so bits do not depend on how the work is cut.
    pub(crate) fn new(method: Method, octave: u32, level: Level) -> Self {
        Self { shift: method.shift(), ordinal: 1 << octave, block: 1, series: Expansion::default(), level }
    }

    /// The next `out.len()` heights.
    pub(crate) fn fill(&mut self, out: &mut [f64]) {
        self.level.run(Fill { blocks: self, out });
    }
}

struct Fill<'a> {
    blocks: &'a mut TaylorBlocks,
    out: &'a mut [f64],
}

impl Kernel for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Fill { blocks, mut out } = self;
        while !out.is_empty() {
            if blocks.ordinal.is_multiple_of(blocks.block) {
                blocks.begin_block();
            }
            // Read after `begin_block`: a new octave changes the length of blocks.
            let within = blocks.ordinal % blocks.block;
            let taken = (blocks.block - within).min(out.len() as u64);
            let (now, later) = out.split_at_mut(taken as usize);
            blocks.series.evaluate(within as f64 - (blocks.block / 2) as f64, now);
            blocks.ordinal += taken;
            out = later;
        }
    }
}

impl TaylorBlocks {
    #[inline(always)]
    fn begin_block(&mut self) {
        if self.ordinal.is_power_of_two() {
            self.begin_octave();
        }
        let middle = self.ordinal + self.block / 2;
        let c = middle as f64 - self.shift;
        let distance = self.block as f64;
        self.series = Expansion::about(c, self.series.x * (1.0 + self.series.r * (distance / self.series.x)));
    }

    /// At a power of two: the first ordinal of an octave is solved alone and gives the octave its block length.
    #[inline(always)]
    fn begin_octave(&mut self) {
        let c = self.ordinal as f64 - self.shift;
        self.series = Expansion::about(c, (c / c.max(2.0).ln().max(1.0)).max(2.5));
        let longest = (BLOCK_LENGTH * self.series.x).max(1.0) as u64;
        self.block = (1 << longest.ilog2()).min(self.ordinal);
    }
}

impl Expansion {
    /// The series about the solution of x (ln x − 1) = c, found by Newton's method from `x`.
    #[inline(always)]
    fn about(c: f64, mut x: f64) -> Self {
        let mut steps = 0;
        loop {
            let l = ln(x).plus(-1.0);
            let product = DoubleDouble::two_product(x, l.high);
            let excess = (product.high - c) + l.low.mul_add(x, product.low);
            let slope = l.high + 1.0;
            let step = -excess / slope;
            let solution = DoubleDouble::two_sum(x, step);
            steps += 1;
            // After a step of relative size h the error is h² / 2L: below 2^-53 for h = 1e-9.
            if step.abs() <= 1e-9 * x || steps == MOST_STEPS {
                return Self::new(solution, 1.0 / (slope + step / x));
            }
            x = solution.high.max(1.5);
        }
    }

    #[inline(always)]
    fn new(x: DoubleDouble, r: f64) -> Self {
        let scaled = TWO_PI.times(x.high);
        let height = DoubleDouble::fast_two_sum(scaled.high, x.low.mul_add(TWO_PI.high, scaled.low));
        let coefficients = [
            r,
            -r * r * r / 2.0,
            r.powi(4) * (1.0 + 3.0 * r) / 6.0,
            -r.powi(5) * (2.0 + r * (10.0 + r * 15.0)) / 24.0,
            r.powi(6) * (6.0 + r * (40.0 + r * (105.0 + r * 105.0))) / 120.0,
            -r.powi(7) * (24.0 + r * (196.0 + r * (700.0 + r * (1260.0 + r * 945.0)))) / 720.0,
        ];
        let mut scale = TWO_PI.high;
        let terms = coefficients.map(|coefficient| {
            let term = scale * coefficient;
            scale /= x.high;
            term
        });
        Self { x: x.high, r, height, terms }
    }

    /// `out[i]` = the height of the ordinal `first + i` away from the middle.
    #[inline(always)]
    fn evaluate(&self, first: f64, out: &mut [f64]) {
        let Self { height, terms, .. } = *self;
        for (i, out) in out.iter_mut().enumerate() {
            let d = first + f64::from(i as i32);
            let sum = terms.iter().rev().fold(0.0f64, |sum, term| sum.mul_add(d, *term));
            *out = height.high + sum.mul_add(d, height.low);
        }
    }
}
