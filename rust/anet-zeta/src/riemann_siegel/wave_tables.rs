//! The main sum of the Riemann-Siegel formula at equal distances, as a matrix product.
//!
//! F(t) = Σ n^-½ e^(−it ln n) is wanted in rows of 32 heights about a centre T, at T ± (i + ½)H for i = 0..15: with
//! A_n = n^-½ e^(−iT ln n) and the cosines and sines of (i + ½) H ln n, which all rows share, four real sums give a pair of
//! samples, F(T ± τ) = Σ (Re A cos τ ln n ± Im A sin τ ln n) + i (Im A cos τ ln n ∓ Re A sin τ ln n).

use crate::riemann_siegel::angle_turns::{Lanes, cosine, fraction, lanes, sine};
use crate::riemann_siegel::logarithms::Logarithms;
use anet_simd::{DirichletBlock, DirichletSums, HALF_OFFSETS, Kernel, Level, OFFSETS};

/// Heights of a row.
pub const ROW: usize = 2 * OFFSETS;

/// Numbers n that are worked on at a time: half their tables stay in the first-level cache.
pub const STRETCH: usize = 128;

/// From row to row of coefficients: not a power of two, whose rows would share a place in the cache.
const STRIDE: usize = STRETCH + 8;

/// What all rows share for a stretch of n.
#[derive(Debug, Default)]
pub struct Waves {
    /// Cosines and sines of (i + ½) H ln n.
    cos: Vec<f64>,
    sin: Vec<f64>,
    /// Cosines and sines of 32 H ln n, by which coefficients turn from row to row; eight numbers at a time.
    steps: Vec<(Lanes, Lanes)>,
}

/// The coefficients of some rows for a stretch of n.
#[derive(Debug, Default)]
pub struct Rows {
    re: Vec<f64>,
    im: Vec<f64>,
}

/// Rows of heights: the first at `bottom`, `spacing` apart.
#[derive(Debug, Clone, Copy)]
pub struct Heights {
    /// The lowest.
    pub bottom: f64,
    /// From one to the next.
    pub spacing: f64,
    /// How many rows, a multiple of the tile of the product.
    pub rows: usize,
}

impl Rows {
    /// Adds the terms of `count` numbers to the sums, the coefficients being those of [`FillRows`].
    pub fn add(&self, level: Level, waves: &Waves, count: usize, sums: &mut [DirichletSums]) {
        let (Self { re, im }, Waves { cos, sin, .. }) = (self, waves);
        level.add_dirichlet_product(DirichletBlock { terms: count, stride: STRIDE, re, im, cos, sin }, sums);
    }

    /// Leaves the terms from `count` on out of a row.
    pub fn cut(&mut self, row: usize, count: usize) {
        for table in [&mut self.re, &mut self.im] {
            table[row * STRIDE..][..STRIDE][count..].fill(0.0);
        }
    }
}

/// Sums of nothing.
pub const NOTHING: DirichletSums = [[0.0; OFFSETS]; 4];

/// F at the heights of a row, in order.
#[inline(always)]
pub fn samples([p1, p2, p3, p4]: &DirichletSums) -> ([f64; ROW], [f64; ROW]) {
    let (mut re, mut im) = ([0.0; ROW], [0.0; ROW]);
    for i in 0..OFFSETS {
        let (above, below) = (OFFSETS + i, OFFSETS - 1 - i);
        (re[above], im[above]) = (p1[i] + p2[i], p4[i] - p3[i]);
        (re[below], im[below]) = (p1[i] - p2[i], p4[i] + p3[i]);
    }
    (re, im)
}

/// Computes the coefficients of `count` numbers from `first + 1` on.
pub struct FillRows<'a> {
    /// The first index of [`Logarithms`].
    pub first: usize,
    /// How many, at most [`STRETCH`].
    pub count: usize,
    /// The heights of the rows.
    pub heights: Heights,
    /// Logarithms of at least as many numbers.
    pub logs: &'a Logarithms,
    /// What [`FillWaves`] computed for the same numbers.
    pub waves: &'a Waves,
    /// Where to.
    pub rows: &'a mut Rows,
}

/// Rows whose coefficients come from one, in the middle: each turn on from it costs a rounding.
const RUN: usize = 12;

impl Kernel for FillRows<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { first, count, heights, logs, waves, rows } = self;
        let Heights { bottom, spacing, rows: length } = heights;
        rows.re.resize(length * STRIDE, 0.0);
        rows.im.resize(length * STRIDE, 0.0);
        for n in (0..count).step_by(8) {
            let log = logs.eight(first + n);
            let (cos, sin) = waves.steps[n / 8];
            for run in (0..length).step_by(RUN) {
                let end = (run + RUN).min(length);
                let middle = (run + end) / 2;
                let height = bottom + (middle as f64 * ROW as f64 + 15.5) * spacing;
                let (c, s) = wave(height, &log.high, &log.low);
                let x = lanes!(lane => log.amplitude[lane] * c[lane]);
                let y = lanes!(lane => -log.amplitude[lane] * s[lane]);
                let mut up = (x, y);
                for row in middle..end {
                    rows.set(row, n, &up);
                    up = turned(&up, &cos, &sin);
                }
                let (mut down, back) = ((x, y), lanes!(lane => -sin[lane]));
                for row in (run..middle).rev() {
                    down = turned(&down, &cos, &back);
                    rows.set(row, n, &down);
                }
            }
        }
    }
}

impl Rows {
    #[inline(always)]
    fn set(&mut self, row: usize, n: usize, (x, y): &(Lanes, Lanes)) {
        self.re[row * STRIDE + n..][..8].copy_from_slice(x);
        self.im[row * STRIDE + n..][..8].copy_from_slice(y);
    }
}

/// (x + iy) (cos − i sin).
#[inline(always)]
fn turned((x, y): &(Lanes, Lanes), cos: &Lanes, sin: &Lanes) -> (Lanes, Lanes) {
    (
        lanes!(lane => x[lane].mul_add(cos[lane], y[lane] * sin[lane])),
        lanes!(lane => y[lane].mul_add(cos[lane], -(x[lane] * sin[lane]))),
    )
}

/// Computes the tables of `count` numbers from `first + 1` on.
pub struct FillWaves<'a> {
    /// The first index of [`Logarithms`].
    pub first: usize,
    /// How many, at most [`STRETCH`].
    pub count: usize,
    /// From one height to the next.
    pub spacing: f64,
    /// Logarithms of at least as many numbers.
    pub logs: &'a Logarithms,
    /// Where to.
    pub waves: &'a mut Waves,
}

impl Kernel for FillWaves<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { first, count, spacing, logs, waves } = self;
        waves.cos.resize(STRETCH * OFFSETS, 0.0);
        waves.sin.resize(STRETCH * OFFSETS, 0.0);
        waves.steps.clear();
        let (cos, sin) =
            (waves.cos.split_at_mut(STRETCH * HALF_OFFSETS), waves.sin.split_at_mut(STRETCH * HALF_OFFSETS));
        for n in (0..count).step_by(8) {
            let log = logs.eight(first + n);
            waves.steps.push(wave(spacing * ROW as f64, &log.high, &log.low));
            let eight = wave(HALF_OFFSETS as f64 * spacing, &log.high, &log.low);
            for lane in 0..8 {
                let at = (n + lane) * HALF_OFFSETS;
                let (c, s) = offsets(spacing, log.high[lane], log.low[lane]);
                let (ec, es) = (eight.0[lane], eight.1[lane]);
                cos.0[at..at + 8].copy_from_slice(&c);
                sin.0[at..at + 8].copy_from_slice(&s);
                cos.1[at..at + 8].copy_from_slice(&lanes!(i => c[i].mul_add(ec, -(s[i] * es))));
                sin.1[at..at + 8].copy_from_slice(&lanes!(i => s[i].mul_add(ec, c[i] * es)));
            }
        }
    }
}

/// Cosine and sine of t ln n for eight n.
#[inline(always)]
fn wave(t: f64, high: &Lanes, low: &Lanes) -> (Lanes, Lanes) {
    let phase = lanes!(lane => phase(t, high[lane], low[lane]));
    (lanes!(lane => cosine(phase[lane])), lanes!(lane => sine(phase[lane])))
}

/// Cosine and sine of (i + ½) H ln n for i = 0..7.
#[inline(always)]
fn offsets(spacing: f64, high: f64, low: f64) -> (Lanes, Lanes) {
    let phase = lanes!(i => phase((i as f64 + 0.5) * spacing, high, low));
    (lanes!(i => cosine(phase[i])), lanes!(i => sine(phase[i])))
}

/// t ln n / 2π without whole turns.
#[inline(always)]
fn phase(t: f64, high: f64, low: f64) -> f64 {
    let product = t * high;
    let rest = t.mul_add(high, -product) + t * low;
    fraction(fraction(product) + rest)
}
