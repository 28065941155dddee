//! Samples of Z at great heights: the main sum of the Riemann-Siegel formula as a matrix product.
//!
//! F(t) = Σ n^-½ e^(−it ln n) has no frequency outside −ln N..0, so complex samples at twice the spacing of Z suffice. They stand in
//! rows of 32 about a centre T, at T ± (i + ½)H for i = 0..15: with A_n = n^-½ e^(−iT ln n) and the cosines and sines of
//! (i + ½) H ln n, which all rows share, four real sums give a pair of samples. Multiplied by i^j sample j centres the band on
//! zero; the samples half-way follow by interpolation, and Z = 2 Re(e^{iθ} F) + R.

use super::correction::Correction;
use super::grid::Block;
use super::logarithms::Logarithms;
use super::samples::terms;
use super::tables::HALF;
use super::theta::ThetaSeries;
use super::turns::{Lanes, cosine, fraction, lanes, sine};
use crate::kernel::fused::{Fused, Kernel};
use crate::kernel::product::{OFFSETS, Panel, Sums, TILE};

/// Complex samples of a row.
const ROW: usize = 2 * OFFSETS;

/// Complex samples below the first that is needed half-way: half the taps.
const BEFORE: usize = 20;

/// Numbers n that are worked on at a time: their tables stay in the second-level cache.
const STRETCH: usize = 256;

/// From row to row of coefficients: not a power of two, whose rows would share a place in the cache.
const STRIDE: usize = STRETCH + 24;

/// How many cells a block of so many rows serves: what is left when both margins are taken off.
pub const fn cells(rows: usize) -> usize {
    2 * ROW * rows - 136
}

/// The memory of the work, kept from block to block.
#[derive(Debug, Default)]
pub struct Scratch {
    re: Vec<f64>,
    im: Vec<f64>,
    cos: Vec<f64>,
    sin: Vec<f64>,
    sums: Vec<Sums>,
    band_re: Vec<f64>,
    band_im: Vec<f64>,
}

/// Writes the samples at `start + i h` for all of `out`.
pub fn compute(
    block: &Block,
    start: f64,
    rows: usize,
    logs: &Logarithms,
    fused: Fused,
    out: &mut [f64],
    work: &mut Scratch,
) {
    let h = block.spacing;
    let span = (out.len() - 1) as f64 * h;
    let centre = start + 0.5 * span;
    let terms = terms(centre);
    let bottom = start - (2 * BEFORE) as f64 * h;
    work.sums.clear();
    work.sums.resize(rows, [[0.0; OFFSETS]; 4]);
    for first in (0..terms).step_by(STRETCH) {
        let count = STRETCH.min(terms - first);
        let fill = Fill { first, count, bottom, spacing: 2.0 * h, rows, logs, work };
        fused.run(fill);
        let Scratch { re, im, cos, sin, sums, .. } = work;
        fused.add_product(Panel { terms: count, stride: STRIDE, re, im, cos, sin }, sums);
    }
    centre_band(work);
    let theta = ThetaSeries::about(centre);
    let correction = Correction::new(centre, terms);
    fused.run(Assemble { start, spacing: h, theta, correction, work, out });
}

/// Coefficients and tables of a stretch of n.
struct Fill<'a> {
    first: usize,
    count: usize,
    bottom: f64,
    spacing: f64,
    rows: usize,
    logs: &'a Logarithms,
    work: &'a mut Scratch,
}

impl Kernel for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { first, count, bottom, spacing, rows, logs, work } = self;
        let Scratch { re, im, cos, sin, .. } = work;
        for table in [&mut *re, &mut *im] {
            table.resize(rows * STRIDE, 0.0);
        }
        for table in [&mut *cos, &mut *sin] {
            table.resize(STRETCH * OFFSETS, 0.0);
        }
        for n in (0..count).step_by(8) {
            let at = |lane: usize| (first + n + lane).min(logs.high.len() - 1);
            let high = lanes!(lane => logs.high[at(lane)]);
            let low = lanes!(lane => logs.low[at(lane)]);
            let amplitude = lanes!(lane => logs.amplitude[at(lane)]);
            let step = wave(spacing * ROW as f64, &high, &low);
            for tile in (0..rows).step_by(TILE) {
                let height = bottom + (tile as f64 * ROW as f64 + 15.5) * spacing;
                let (c, s) = wave(height, &high, &low);
                let mut x = lanes!(lane => amplitude[lane] * c[lane]);
                let mut y = lanes!(lane => -amplitude[lane] * s[lane]);
                for row in tile..tile + TILE {
                    re[row * STRIDE + n..][..8].copy_from_slice(&x);
                    im[row * STRIDE + n..][..8].copy_from_slice(&y);
                    // By e^(−i · 32H ln n), from row to row.
                    let turned = lanes!(lane => x[lane].mul_add(step.0[lane], y[lane] * step.1[lane]));
                    y = lanes!(lane => y[lane].mul_add(step.0[lane], -(x[lane] * step.1[lane])));
                    x = turned;
                }
            }
            let eight = wave(8.0 * spacing, &high, &low);
            for lane in 0..8usize.min(count - n) {
                let at = (n + lane) * OFFSETS;
                let (c, s) = offsets(spacing, high[lane], low[lane]);
                let (ec, es) = (eight.0[lane], eight.1[lane]);
                cos[at..at + 8].copy_from_slice(&c);
                sin[at..at + 8].copy_from_slice(&s);
                cos[at + 8..at + 16].copy_from_slice(&lanes!(i => c[i].mul_add(ec, -(s[i] * es))));
                sin[at + 8..at + 16].copy_from_slice(&lanes!(i => s[i].mul_add(ec, c[i] * es)));
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

/// From the sums of the rows to i^j F_j.
fn centre_band(work: &mut Scratch) {
    let Scratch { sums, band_re, band_im, .. } = work;
    band_re.resize(sums.len() * ROW, 0.0);
    band_im.resize(sums.len() * ROW, 0.0);
    for (row, [p1, p2, p3, p4]) in sums.iter().enumerate() {
        for i in 0..OFFSETS {
            let (above, below) = (row * ROW + OFFSETS + i, row * ROW + OFFSETS - 1 - i);
            (band_re[above], band_im[above]) = quarter_turns(above, p1[i] + p2[i], p4[i] - p3[i]);
            (band_re[below], band_im[below]) = quarter_turns(below, p1[i] - p2[i], p4[i] + p3[i]);
        }
    }
}

fn quarter_turns(count: usize, re: f64, im: f64) -> (f64, f64) {
    match count % 4 {
        0 => (re, im),
        1 => (-im, re),
        2 => (-re, -im),
        _ => (im, -re),
    }
}

/// From the centred band to Z.
struct Assemble<'a> {
    start: f64,
    spacing: f64,
    theta: ThetaSeries,
    correction: Correction,
    work: &'a Scratch,
    out: &'a mut [f64],
}

impl Kernel for Assemble<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { start, spacing, theta, correction, work, out } = self;
        let reach = 0.5 * out.len() as f64 * spacing;
        let correction = correction.series(start + reach, reach);
        for (first, out) in out.chunks_exact_mut(8).enumerate() {
            let first = 8 * first;
            let (re, im) = (points(&work.band_re, first), points(&work.band_im, first));
            let t = lanes!(lane => start + (first + lane) as f64 * spacing);
            // i^j has turned sample j by j/4; the samples of Z stand at every half j.
            let phase = lanes!(lane => fraction(theta.at(t[lane]) - lane as f64 / 8.0));
            let main = lanes!(lane => cosine(phase[lane]).mul_add(re[lane], -(sine(phase[lane]) * im[lane])));
            let rest = correction.at(&t);
            out.copy_from_slice(&lanes!(lane => 2.0f64.mul_add(main[lane], rest[lane])));
        }
    }
}

/// Four samples of the band, and the four half-way behind each.
#[inline(always)]
fn points(band: &[f64], first: usize) -> Lanes {
    let at = BEFORE + first / 2;
    let mut half = [0.0f64; 4];
    for (k, weight) in HALF.iter().enumerate() {
        for (i, half) in half.iter_mut().enumerate() {
            *half = weight.mul_add(band[at + i + 1 + k] + band[at + i - k], *half);
        }
    }
    lanes!(lane => if lane % 2 == 0 { band[at + lane / 2] } else { half[lane / 2] })
}
