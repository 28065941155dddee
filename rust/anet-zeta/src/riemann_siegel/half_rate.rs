//! Samples of Z at great heights: every second one from the main sum, the others by half-band interpolation.
//!
//! The main sum F has no frequency outside −ln N..0, so complex samples at twice the spacing of Z suffice (Odlyzko, *The
//! 10^20-th zero* (1992), section 4.4). Multiplied by i^j sample j has its band centred on zero; the samples half-way follow
//! by interpolation, and Z = 2 Re(e^{iθ} F) + R.

use crate::arithmetic::integer_logarithms::IntegerLogarithms;
use crate::arithmetic::lanes::{Lanes, lanes};
use crate::arithmetic::phase::{cosine, fraction, sine};
use crate::riemann_siegel::correction::{Correction, main_sum_terms};
use crate::riemann_siegel::correction_series::CorrectionSeries;
use crate::riemann_siegel::rows::{FillCoefficients, RowGrid, ZERO_SUMS, row_samples};
use crate::riemann_siegel::scratch::SumScratch;
use crate::riemann_siegel::wave_tables::{FillWaveTables, ROW, TERMS_TOGETHER};
use crate::tables::HALF_WAY;
use crate::theta::taylor::ThetaSeries;
use anet_simd::Level;
use anet_simd::autovec::Kernel;
use anet_simd::dirichlet_product::Sums;

/// Complex samples below the first that is needed half-way, and above the last: half the reach of the interpolation.
const BEFORE: usize = 20;

/// Rows of a block.
const ROWS: usize = 24;

/// Samples of Z that a block gives: two for each complex one but those at the ends.
pub(crate) const SAMPLES: usize = 2 * (ROW * ROWS - 2 * BEFORE);

/// Adds up the main sums of blocks of one spacing `h`, which share tables.
///
/// The samples of a block begin at its height in `starts`; each block has `count`. The sums stay in `scratch` for
/// [`sample`].
pub(crate) fn add_up(
    starts: &[f64],
    h: f64,
    count: usize,
    logs: &IntegerLogarithms,
    level: Level,
    scratch: &mut SumScratch,
) {
    let most = starts.last().map_or(0, |start| main_sum_terms(centre(*start, h, count)));
    let SumScratch { waves, rows, sums, .. } = scratch;
    sums.clear();
    sums.resize(starts.len() * ROWS, ZERO_SUMS);
    for first in (0..most).step_by(TERMS_TOGETHER) {
        let together = TERMS_TOGETHER.min(most - first);
        level.run(FillWaveTables { first, count: together, spacing: 2.0 * h, logs, waves });
        for (start, sums) in starts.iter().zip(sums.chunks_exact_mut(ROWS)) {
            let count = together.min(main_sum_terms(centre(*start, h, count)).saturating_sub(first));
            let grid = RowGrid { bottom: start - (2 * BEFORE) as f64 * h, spacing: 2.0 * h, rows: ROWS };
            level.run(FillCoefficients { first, count, grid, logs, waves, rows });
            rows.add_to(level, waves, count, sums);
        }
    }
}

/// The middle of `count` samples.
fn centre(start: f64, h: f64, count: usize) -> f64 {
    start + 0.5 * count as f64 * h
}

/// Writes Z at `start + i h` for all of `out`, whose length is a multiple of sixteen, from the sums that [`add_up`] left
/// for its block number `block`.
pub(crate) fn sample(
    start: f64,
    h: f64,
    block: usize,
    level: Level,
    out: &mut [f64],
    scratch: &mut SumScratch,
) {
    let SumScratch { sums, re, im, .. } = scratch;
    let sums = &sums[block * ROWS..][..ROWS];
    level.run(InterpolateHalfWay { start, spacing: h, sums, re, im, out });
}

/// From the sums of the rows of a block to Z.
struct InterpolateHalfWay<'a> {
    start: f64,
    spacing: f64,
    sums: &'a [Sums],
    re: &'a mut Vec<f64>,
    im: &'a mut Vec<f64>,
    out: &'a mut [f64],
}

impl Kernel for InterpolateHalfWay<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { start, spacing, sums, re, im, out } = self;
        centre_band(sums, re, im);
        let centre = centre(start, spacing, out.len());
        let reach = centre - start;
        let theta = ThetaSeries::about(centre, reach);
        let correction = Correction::new(centre, main_sum_terms(centre));
        let correction = CorrectionSeries::new(&correction, centre, reach);
        for (index, out) in out.chunks_exact_mut(16).enumerate() {
            let at = BEFORE + 8 * index;
            let height = start + (16 * index) as f64 * spacing;
            let summed = (&lanes!(i => re[at + i]), &lanes!(i => im[at + i]));
            let first = hardy_z(height, spacing, 0.0, summed, &theta, &correction);
            let between = (&half_way(re, at), &half_way(im, at));
            let second = hardy_z(height, spacing, 1.0, between, &theta, &correction);
            for i in 0..8 {
                (out[2 * i], out[2 * i + 1]) = (first[i], second[i]);
            }
        }
    }
}

/// Z at the heights `height + (2i + shift) h`, from F with its band centred.
#[inline(always)]
fn hardy_z(
    height: f64,
    spacing: f64,
    shift: f64,
    (re, im): (&Lanes, &Lanes),
    theta: &ThetaSeries,
    correction: &CorrectionSeries,
) -> Lanes {
    let t = lanes!(i => height + (2.0 * i as f64 + shift) * spacing);
    let (theta, correction) = (theta.at(&t), correction.at(&t));
    // i^j has turned sample j by j/4.
    let phase = lanes!(i => fraction(theta[i] - (2.0 * i as f64 + shift) / 8.0));
    let main = lanes!(i => cosine(phase[i]).mul_add(re[i], -(sine(phase[i]) * im[i])));
    lanes!(i => 2.0f64.mul_add(main[i], correction[i]))
}

/// From the sums of the rows to i^j F_j, whose band is centred on zero.
#[inline(always)]
fn centre_band(sums: &[Sums], band_re: &mut Vec<f64>, band_im: &mut Vec<f64>) {
    band_re.resize(sums.len() * ROW, 0.0);
    band_im.resize(sums.len() * ROW, 0.0);
    let bands = band_re.chunks_exact_mut(ROW).zip(band_im.chunks_exact_mut(ROW));
    for (sums, (band_re, band_im)) in sums.iter().zip(bands) {
        let (re, im) = row_samples(sums);
        for j in (0..ROW).step_by(4) {
            (band_re[j], band_im[j]) = (re[j], im[j]);
            (band_re[j + 1], band_im[j + 1]) = (-im[j + 1], re[j + 1]);
            (band_re[j + 2], band_im[j + 2]) = (-re[j + 2], -im[j + 2]);
            (band_re[j + 3], band_im[j + 3]) = (im[j + 3], -re[j + 3]);
        }
    }
}

/// The band half-way after each of eight samples, from twenty samples on either side.
#[inline(always)]
fn half_way(band: &[f64], at: usize) -> Lanes {
    let mut half = [0.0f64; 8];
    for (k, weight) in HALF_WAY.iter().enumerate() {
        let (above, below) = (&band[at + 1 + k..][..8], &band[at - k..][..8]);
        half = lanes!(i => weight.mul_add(above[i] + below[i], half[i]));
    }
    half
}
