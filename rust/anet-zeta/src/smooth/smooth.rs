//! Heights of consecutive ordinals at the speed of memory: the inverse of the smooth count, expanded block by block.
//!
//! With c = k − s the smooth count is solved by x (ln x − 1) = c, T = 2πx. One ordinal in the middle of a block is solved
//! by Newton's method in two doubles; the others follow from the Taylor series of x(c) about it. In L = ln x the equation
//! is dx/dc = 1/L, so with u = x / x₀, e = (c − c₀) / x₀ and r = 1/L₀ the series begins
//! u = 1 + r e − r³ e²/2 + (r⁴ + 3r⁵) e³/6 − ...; its radius is about L₀. Blocks are so short that its seventh term is
//! below 1e-17, so that a height is rounded but once: it is within 0.6 units in the last place of the solution.

use crate::double::{Double, TURN};
use crate::logarithm::ln;
use anet_simd::{Kernel, Level};

/// Length of a block in units of x₀: |e| stays below half of it.
const REACH: f64 = 0.06;

/// Where the smooth count stands at a zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// N(T) = k, the published choice: about half a spacing above the k-th zero.
    Full,
    /// N(T) = k − 1/2: on average at the k-th zero.
    Centred,
}

/// The heights of consecutive ordinals.
#[derive(Debug, Clone)]
pub struct Smooth {
    /// k − c.
    shift: f64,
    /// The next ordinal.
    ordinal: u64,
    /// Ordinals in a block of this octave.
    block: u64,
    series: Series,
    level: Level,
}

/// T about the middle of a block: T = high + (low + d t₁ + d² t₂ + ...), d ordinals away.
#[derive(Debug, Clone, Copy, Default)]
struct Series {
    /// x₀, rounded.
    x: f64,
    /// 1 / L₀.
    r: f64,
    height: Double,
    terms: [f64; 6],
}

impl Smooth {
    /// From the ordinal `2^octave`: blocks are laid out by octaves, so they are the same however the work is cut.
    pub fn new(count: Count, octave: u32, level: Level) -> Self {
        let shift = match count {
            Count::Full => 0.875,
            Count::Centred => 1.375,
        };
        Self { shift, ordinal: 1 << octave, block: 1, series: Series::default(), level }
    }

    /// The next `out.len()` heights.
    pub fn fill(&mut self, out: &mut [f64]) {
        self.level.run(Fill { smooth: self, out });
    }
}

struct Fill<'a> {
    smooth: &'a mut Smooth,
    out: &'a mut [f64],
}

impl Kernel for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Fill { smooth, mut out } = self;
        while !out.is_empty() {
            if smooth.ordinal.is_multiple_of(smooth.block) {
                smooth.begin_block();
            }
            // Only now: a new octave may have changed the block.
            let within = smooth.ordinal % smooth.block;
            let taken = (smooth.block - within).min(out.len() as u64);
            let (now, later) = out.split_at_mut(taken as usize);
            smooth.series.evaluate(within as f64 - (smooth.block / 2) as f64, now);
            smooth.ordinal += taken;
            out = later;
        }
    }
}

impl Smooth {
    #[inline(always)]
    fn begin_block(&mut self) {
        if self.ordinal.is_power_of_two() {
            self.begin_octave();
        }
        let middle = self.ordinal + self.block / 2;
        let c = middle as f64 - self.shift;
        let distance = self.block as f64;
        self.series = Series::about(c, self.series.x * (1.0 + self.series.r * (distance / self.series.x)));
    }

    /// At a power of two: the first of an octave is solved alone and gives the octave its block size.
    #[inline(always)]
    fn begin_octave(&mut self) {
        let c = self.ordinal as f64 - self.shift;
        self.series = Series::about(c, (c / c.max(2.0).ln().max(1.0)).max(2.5));
        let room = (REACH * self.series.x).max(1.0) as u64;
        self.block = (1 << room.ilog2()).min(self.ordinal);
    }
}

impl Series {
    /// The series about the solution of x (ln x − 1) = c, found by Newton's method from `x`.
    #[inline(always)]
    fn about(c: f64, mut x: f64) -> Self {
        let mut steps = 0;
        loop {
            let l = ln(x).plus(-1.0);
            let product = Double::product(x, l.high);
            let excess = (product.high - c) + l.low.mul_add(x, product.low);
            let slope = l.high + 1.0;
            let step = -excess / slope;
            let solution = Double::sum(x, step);
            steps += 1;
            // The error after a step of relative size h is h² / 2L: nothing after one of 1e-9.
            if step.abs() <= 1e-9 * x || steps == 60 {
                return Self::new(solution, 1.0 / (slope + step / x));
            }
            x = solution.high.max(1.5);
        }
    }

    #[inline(always)]
    fn new(x: Double, r: f64) -> Self {
        let turns = TURN.times(x.high);
        let height = Double::ordered_sum(turns.high, x.low.mul_add(TURN.high, turns.low));
        let coefficients = [
            r,
            -r * r * r / 2.0,
            r.powi(4) * (1.0 + 3.0 * r) / 6.0,
            -r.powi(5) * (2.0 + r * (10.0 + r * 15.0)) / 24.0,
            r.powi(6) * (6.0 + r * (40.0 + r * (105.0 + r * 105.0))) / 120.0,
            -r.powi(7) * (24.0 + r * (196.0 + r * (700.0 + r * (1260.0 + r * 945.0)))) / 720.0,
        ];
        let mut scale = TURN.high;
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
