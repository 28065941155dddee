//! Samples of Z at great heights: every second one from the main sum, the others by interpolation.
//!
//! The main sum F has no frequency outside −ln N..0, so complex samples at twice the spacing of Z suffice. Multiplied by i^j
//! sample j centres the band on zero; the samples half-way follow by interpolation, and Z = 2 Re(e^{iθ} F) + R.

use crate::riemann_siegel::angle_turns::{Lanes, cosine, fraction, lanes, sine};
use crate::riemann_siegel::correction::{Correction, CorrectionSeries};
use crate::riemann_siegel::logarithms::Logarithms;
use crate::riemann_siegel::samples::{Scratch, terms};
use crate::riemann_siegel::tables::HALF;
use crate::riemann_siegel::theta::ThetaSeries;
use crate::riemann_siegel::wave_tables::{FillRows, FillWaves, Heights, NOTHING, ROW, STRETCH, samples};
use anet_simd::{DirichletSums, Kernel, Level};

/// Complex samples below the first that is needed half-way: half the taps.
const BEFORE: usize = 20;

/// Rows of a block.
const ROWS: usize = 24;

/// Cells that a block serves: what is left when both margins are taken off.
pub const CELLS: usize = 2 * ROW * ROWS - 136;

/// Adds up the main sums of blocks of one spacing `h`, whose samples begin at `starts`, `count` each: they share tables.
pub fn add_up(starts: &[f64], h: f64, count: usize, logs: &Logarithms, level: Level, work: &mut Scratch) {
    let most = starts.last().map_or(0, |start| terms(centre(*start, h, count)));
    let Scratch { waves, rows, sums, .. } = work;
    sums.clear();
    sums.resize(starts.len() * ROWS, NOTHING);
    for first in (0..most).step_by(STRETCH) {
        let stretch = STRETCH.min(most - first);
        level.run(FillWaves { first, count: stretch, spacing: 2.0 * h, logs, waves });
        for (start, sums) in starts.iter().zip(sums.chunks_exact_mut(ROWS)) {
            let count = stretch.min(terms(centre(*start, h, count)).saturating_sub(first));
            let heights = Heights { bottom: start - (2 * BEFORE) as f64 * h, spacing: 2.0 * h, rows: ROWS };
            level.run(FillRows { first, count, heights, logs, waves, rows });
            rows.add(level, waves, count, sums);
        }
    }
}

/// The middle of so many samples.
fn centre(start: f64, h: f64, count: usize) -> f64 {
    start + 0.5 * count as f64 * h
}

/// Writes the samples at `start + i h` for all of `out`, a multiple of sixteen; the main sums are those of a block of
/// [`add_up`].
pub fn assemble(start: f64, h: f64, block: usize, level: Level, out: &mut [f64], work: &mut Scratch) {
    let Scratch { sums, re, im, .. } = work;
    let sums = &sums[block * ROWS..][..ROWS];
    level.run(Assemble { start, spacing: h, sums, re, im, out });
}

/// From the sums of the rows to Z.
struct Assemble<'a> {
    start: f64,
    spacing: f64,
    sums: &'a [DirichletSums],
    re: &'a mut Vec<f64>,
    im: &'a mut Vec<f64>,
    out: &'a mut [f64],
}

impl Kernel for Assemble<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { start, spacing, sums, re, im, out } = self;
        centre_band(sums, re, im);
        let centre = centre(start, spacing, out.len());
        let reach = centre - start;
        let theta = ThetaSeries::about(centre, reach);
        let rest = Correction::new(centre, terms(centre)).series(centre, reach);
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
fn centre_band(sums: &[DirichletSums], band_re: &mut Vec<f64>, band_im: &mut Vec<f64>) {
    band_re.resize(sums.len() * ROW, 0.0);
    band_im.resize(sums.len() * ROW, 0.0);
    let bands = band_re.chunks_exact_mut(ROW).zip(band_im.chunks_exact_mut(ROW));
    for (sums, (band_re, band_im)) in sums.iter().zip(bands) {
        let (re, im) = samples(sums);
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
