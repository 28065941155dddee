//! The rows of the matrix product: the coefficients A_n at the centre of each row, and from its sums to samples of F.

use crate::arithmetic::integer_logarithms::IntegerLogarithms;
use crate::arithmetic::lanes::{Lanes, lanes};
use crate::riemann_siegel::wave_tables::{ROW, TERMS_TOGETHER, WaveTables, wave};
use anet_simd::Level;
use anet_simd::autovec::Kernel;
use anet_simd::dirichlet_product::{OFFSETS, Panel, Sums};

/// From row to row of coefficients: not a power of two, whose rows would share a place in the cache.
const STRIDE: usize = TERMS_TOGETHER + 8;

/// Rows whose coefficients come from the one in their middle: each turn away from it costs a rounding.
const ROWS_TOGETHER: usize = 12;

/// The sums before the first term.
pub(super) const ZERO_SUMS: Sums = [[0.0; OFFSETS]; 4];

/// Rows of heights.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowGrid {
    /// The lowest height.
    pub(super) bottom: f64,
    /// From one height to the next.
    pub(super) spacing: f64,
    /// How many rows of [`ROW`] heights, a multiple of the tile of the product.
    pub(super) rows: usize,
}

/// The coefficients A_n of some rows for [`TERMS_TOGETHER`] numbers n.
#[derive(Debug, Default)]
pub(crate) struct RowCoefficients {
    re: Vec<f64>,
    im: Vec<f64>,
}

impl RowCoefficients {
    /// Adds the terms of the first `count` numbers n to the sums of the rows.
    pub(super) fn add_to(&self, level: Level, waves: &WaveTables, count: usize, sums: &mut [Sums]) {
        let (Self { re, im }, WaveTables { cos, sin, .. }) = (self, waves);
        level.add_product(Panel { terms: count, stride: STRIDE, re, im, cos, sin }, sums);
    }

    /// Leaves the terms from `count` on out of a row.
    pub(super) fn truncate(&mut self, row: usize, count: usize) {
        for table in [&mut self.re, &mut self.im] {
            table[row * STRIDE..][..STRIDE][count..].fill(0.0);
        }
    }

    #[inline(always)]
    fn set(&mut self, row: usize, n: usize, (x, y): &(Lanes, Lanes)) {
        self.re[row * STRIDE + n..][..8].copy_from_slice(x);
        self.im[row * STRIDE + n..][..8].copy_from_slice(y);
    }
}

/// Computes the coefficients of `count` numbers from `first + 1` on.
pub(super) struct FillCoefficients<'a> {
    /// The first index of [`IntegerLogarithms`].
    pub(super) first: usize,
    /// How many, at most [`TERMS_TOGETHER`].
    pub(super) count: usize,
    /// The heights of the rows.
    pub(super) grid: RowGrid,
    /// Logarithms of at least `first + count` numbers.
    pub(super) logs: &'a IntegerLogarithms,
    /// The tables of the same numbers.
    pub(super) waves: &'a WaveTables,
    /// Where to.
    pub(super) rows: &'a mut RowCoefficients,
}

impl Kernel for FillCoefficients<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { first, count, grid, logs, waves, rows } = self;
        let RowGrid { bottom, spacing, rows: length } = grid;
        rows.re.resize(length * STRIDE, 0.0);
        rows.im.resize(length * STRIDE, 0.0);
        for n in (0..count).step_by(8) {
            let log = logs.eight(first + n);
            let (cos, sin) = waves.row_steps[n / 8];
            for run in (0..length).step_by(ROWS_TOGETHER) {
                let end = (run + ROWS_TOGETHER).min(length);
                let middle = (run + end) / 2;
                let centre = bottom + (middle as f64 * ROW as f64 + 15.5) * spacing;
                let (c, s) = wave(centre, &log.high, &log.low);
                let x = lanes!(lane => log.amplitude[lane] * c[lane]);
                let y = lanes!(lane => -log.amplitude[lane] * s[lane]);
                let mut up = (x, y);
                for row in middle..end {
                    rows.set(row, n, &up);
                    up = rotated(&up, &cos, &sin);
                }
                let (mut down, back) = ((x, y), lanes!(lane => -sin[lane]));
                for row in (run..middle).rev() {
                    down = rotated(&down, &cos, &back);
                    rows.set(row, n, &down);
                }
            }
        }
    }
}

/// (x + iy) (cos − i sin).
#[inline(always)]
fn rotated((x, y): &(Lanes, Lanes), cos: &Lanes, sin: &Lanes) -> (Lanes, Lanes) {
    (
        lanes!(lane => x[lane].mul_add(cos[lane], y[lane] * sin[lane])),
        lanes!(lane => y[lane].mul_add(cos[lane], -(x[lane] * sin[lane]))),
    )
}

/// F at the heights of a row, in ascending order: real and imaginary parts.
#[inline(always)]
pub(super) fn row_samples([p1, p2, p3, p4]: &Sums) -> ([f64; ROW], [f64; ROW]) {
    let (mut re, mut im) = ([0.0; ROW], [0.0; ROW]);
    for i in 0..OFFSETS {
        let (above, below) = (OFFSETS + i, OFFSETS - 1 - i);
        (re[above], im[above]) = (p1[i] + p2[i], p4[i] - p3[i]);
        (re[below], im[below]) = (p1[i] - p2[i], p4[i] + p3[i]);
    }
    (re, im)
}
