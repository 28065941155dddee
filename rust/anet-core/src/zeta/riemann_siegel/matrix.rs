//! Samples of Z at great heights: every second one from the main sum, the others by interpolation.
//!
//! The main sum F has no frequency outside −ln N..0, so complex samples at twice the spacing of Z suffice. Multiplied by i^j
//! sample j centres the band on zero; the samples half-way follow by interpolation, and Z = 2 Re(e^{iθ} F) + R.

use super::correction::{Correction, CorrectionSeries};
use super::logarithms::Logarithms;
use super::panel::{FillRows, FillWaves, Heights, ROW, Rows, STRETCH};
use super::samples::{Scratch, terms};
use super::tables::HALF;
use super::theta::ThetaSeries;
use super::turns::{Lanes, cosine, fraction, lanes, sine};
use crate::kernel::fused::{Fused, Kernel};

/// Complex samples below the first that is needed half-way: half the taps.
const BEFORE: usize = 20;

/// Rows of a block.
const ROWS: usize = 24;

/// Cells that a block serves: what is left when both margins are taken off.
pub const CELLS: usize = 2 * ROW * ROWS - 136;

/// Writes the samples at `start + i h` for all of `out`, a multiple of sixteen.
pub fn compute(start: f64, h: f64, logs: &Logarithms, fused: Fused, out: &mut [f64], work: &mut Scratch) {
    let reach = 0.5 * out.len() as f64 * h;
    let terms = terms(start + reach);
    let heights = Heights { bottom: start - (2 * BEFORE) as f64 * h, spacing: 2.0 * h, rows: ROWS };
    work.rows.clear(ROWS);
    for first in (0..terms).step_by(STRETCH) {
        let count = STRETCH.min(terms - first);
        fused.run(FillWaves { first, count, spacing: 2.0 * h, logs, waves: &mut work.waves });
        fused.run(FillRows { first, count, heights, logs, rows: &mut work.rows });
        work.rows.add(fused, &work.waves, count);
    }
    fused.run(Assemble { start, spacing: h, reach, terms, work, out });
}

/// From the sums of the rows to Z.
struct Assemble<'a> {
    start: f64,
    spacing: f64,
    reach: f64,
    terms: usize,
    work: &'a mut Scratch,
    out: &'a mut [f64],
}

impl Kernel for Assemble<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { start, spacing, reach, terms, work, out } = self;
        let Scratch { rows, re, im, .. } = work;
        centre_band(rows, re, im);
        let centre = start + reach;
        let theta = ThetaSeries::about(centre, reach);
        let rest = Correction::new(centre, terms).series(centre, reach);
        for (index, out) in out.chunks_exact_mut(16).enumerate() {
            let at = BEFORE + 8 * index;
            let height = start + (16 * index) as f64 * spacing;
            let first =
                z(height, spacing, 0.0, (&lanes!(i => re[at + i]), &lanes!(i => im[at + i])), &theta, &rest);
            let second = z(height, spacing, 1.0, (&half_way(re, at), &half_way(im, at)), &theta, &rest);
            for i in 0..8 {
                (out[2 * i], out[2 * i + 1]) = (first[i], second[i]);
            }
        }
    }
}

/// Z at the heights `height + (2i + shift) h`.
#[inline(always)]
fn z(
    height: f64,
    spacing: f64,
    shift: f64,
    (re, im): (&Lanes, &Lanes),
    theta: &ThetaSeries,
    rest: &CorrectionSeries,
) -> Lanes {
    let t = lanes!(i => height + (2.0 * i as f64 + shift) * spacing);
    let (theta, rest) = (theta.at(&t), rest.at(&t));
    // i^j has turned sample j by j/4.
    let phase = lanes!(i => fraction(theta[i] - (2.0 * i as f64 + shift) / 8.0));
    let main = lanes!(i => cosine(phase[i]).mul_add(re[i], -(sine(phase[i]) * im[i])));
    lanes!(i => 2.0f64.mul_add(main[i], rest[i]))
}

/// From the sums of the rows to i^j F_j.
#[inline(always)]
fn centre_band(rows: &Rows, band_re: &mut Vec<f64>, band_im: &mut Vec<f64>) {
    band_re.resize(rows.len() * ROW, 0.0);
    band_im.resize(rows.len() * ROW, 0.0);
    let bands = band_re.chunks_exact_mut(ROW).zip(band_im.chunks_exact_mut(ROW));
    for (row, (band_re, band_im)) in bands.enumerate() {
        let (re, im) = rows.samples(row);
        for j in (0..ROW).step_by(4) {
            (band_re[j], band_im[j]) = (re[j], im[j]);
            (band_re[j + 1], band_im[j + 1]) = (-im[j + 1], re[j + 1]);
            (band_re[j + 2], band_im[j + 2]) = (-re[j + 2], -im[j + 2]);
            (band_re[j + 3], band_im[j + 3]) = (im[j + 3], -re[j + 3]);
        }
    }
}

/// The band half-way behind eight samples.
#[inline(always)]
fn half_way(band: &[f64], at: usize) -> Lanes {
    let mut half = [0.0f64; 8];
    for (k, weight) in HALF.iter().enumerate() {
        let (above, below) = (&band[at + 1 + k..][..8], &band[at - k..][..8]);
        half = lanes!(i => weight.mul_add(above[i] + below[i], half[i]));
    }
    half
}
