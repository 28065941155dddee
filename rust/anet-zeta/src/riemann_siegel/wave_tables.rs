//! The main sum of the Riemann-Siegel formula at equal distances, as a matrix product: its tables.
//!
//! F(t) = Σ n^-½ e^(−it ln n) is wanted in rows of 32 heights about a centre T, at T ± (i + ½)H for i = 0..15. With
//! A_n = n^-½ e^(−iT ln n) and the cosines and sines of (i + ½) H ln n, which all rows share, four real sums give a pair
//! of samples: F(T ± τ) = Σ (Re A cos τ ln n ± Im A sin τ ln n) + i (Im A cos τ ln n ∓ Re A sin τ ln n).

use crate::arithmetic::integer_logarithms::IntegerLogarithms;
use crate::arithmetic::lanes::{Lanes, lanes};
use crate::arithmetic::phase::{cosine, exact_product, fraction, sine};
use anet_simd::autovec::Kernel;
use anet_simd::dirichlet_product::{HALF, OFFSETS};

/// Heights of a row.
pub(crate) const ROW: usize = 2 * OFFSETS;

/// Numbers n that are worked on together: half their tables, 16 KB, stay in the first-level cache.
pub(super) const TERMS_TOGETHER: usize = 128;

/// What all rows share for [`TERMS_TOGETHER`] numbers n.
#[derive(Debug, Default)]
pub(crate) struct WaveTables {
    /// Cosines of (i + ½) H ln n, laid out as the product reads them.
    pub(super) cos: Vec<f64>,
    /// Their sines.
    pub(super) sin: Vec<f64>,
    /// Cosines and sines of 32 H ln n, by which coefficients turn from row to row; eight numbers n at a time.
    pub(super) row_steps: Vec<(Lanes, Lanes)>,
}

/// Computes the tables of `count` numbers from `first + 1` on.
pub(super) struct FillWaveTables<'a> {
    /// The first index of [`IntegerLogarithms`].
    pub(super) first: usize,
    /// How many, at most [`TERMS_TOGETHER`].
    pub(super) count: usize,
    /// H, from one height to the next.
    pub(super) spacing: f64,
    /// Logarithms of at least `first + count` numbers.
    pub(super) logs: &'a IntegerLogarithms,
    /// Where to.
    pub(super) waves: &'a mut WaveTables,
}

impl Kernel for FillWaveTables<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { first, count, spacing, logs, waves } = self;
        waves.cos.resize(TERMS_TOGETHER * OFFSETS, 0.0);
        waves.sin.resize(TERMS_TOGETHER * OFFSETS, 0.0);
        waves.row_steps.clear();
        let halves = TERMS_TOGETHER * HALF;
        let (cos, sin) = (waves.cos.split_at_mut(halves), waves.sin.split_at_mut(halves));
        for n in (0..count).step_by(8) {
            let log = logs.eight(first + n);
            waves.row_steps.push(wave(spacing * ROW as f64, &log.high, &log.low));
            // The second eight offsets are the first ones turned by 8 H ln n: half the sines and cosines.
            let eight = wave(HALF as f64 * spacing, &log.high, &log.low);
            for lane in 0..8 {
                let at = (n + lane) * HALF;
                let (c, s) = offset_waves(spacing, log.high[lane], log.low[lane]);
                let (ec, es) = (eight.0[lane], eight.1[lane]);
                cos.0[at..at + 8].copy_from_slice(&c);
                sin.0[at..at + 8].copy_from_slice(&s);
                cos.1[at..at + 8].copy_from_slice(&lanes!(i => c[i].mul_add(ec, -(s[i] * es))));
                sin.1[at..at + 8].copy_from_slice(&lanes!(i => s[i].mul_add(ec, c[i] * es)));
            }
        }
    }
}

/// Cosine and sine of t ln n for eight n, whose ln n / 2π is `high + low`.
#[inline(always)]
pub(super) fn wave(t: f64, high: &Lanes, low: &Lanes) -> (Lanes, Lanes) {
    let phase = lanes!(lane => phase(t, high[lane], low[lane]));
    (lanes!(lane => cosine(phase[lane])), lanes!(lane => sine(phase[lane])))
}

/// Cosine and sine of (i + ½) H ln n for i = 0..7.
#[inline(always)]
fn offset_waves(spacing: f64, high: f64, low: f64) -> (Lanes, Lanes) {
    let phase = lanes!(i => phase((i as f64 + 0.5) * spacing, high, low));
    (lanes!(i => cosine(phase[i])), lanes!(i => sine(phase[i])))
}

/// t ln n in turns, whole ones left out.
#[inline(always)]
fn phase(t: f64, high: f64, low: f64) -> f64 {
    let (product, rest) = exact_product(t, high, low);
    fraction(fraction(product) + rest)
}
