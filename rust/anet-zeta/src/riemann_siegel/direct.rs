//! Samples of Z at low heights: all of them from the main sum, which is short.
//!
//! The number of terms and the series of θ hold for some rows only: they would not do for a whole block.

use crate::arithmetic::double_double::INV_TWO_PI;
use crate::arithmetic::integer_logarithms::IntegerLogarithms;
use crate::arithmetic::lanes::lanes;
use crate::arithmetic::phase::{cosine, sine};
use crate::riemann_siegel::correction::{Correction, main_sum_terms};
use crate::riemann_siegel::correction_series::CorrectionSeries;
use crate::riemann_siegel::rows::{FillCoefficients, RowGrid, ZERO_SUMS, row_samples};
use crate::riemann_siegel::scratch::SumScratch;
use crate::riemann_siegel::wave_tables::{FillWaveTables, ROW, TERMS_TOGETHER};
use crate::theta::taylor::ThetaSeries;
use anet_simd::Level;
use anet_simd::autovec::Kernel;
use anet_simd::dirichlet_product::{Sums, TILE};

/// Rows with one number of terms and one series of θ.
#[derive(Debug, Clone, Copy)]
struct RowGroup {
    first: usize,
    last: usize,
    centre: f64,
    reach: f64,
    terms: usize,
}

impl RowGroup {
    /// The rows from `first` on that one expansion serves.
    ///
    /// √(t/2π) may change by 0.7 over them, within which the correction's series holds, and t by a twelfth, within which
    /// the series of θ does: 0.7 = 8.8 / 4π.
    fn from(first: usize, grid: &RowGrid) -> Self {
        let width = ROW as f64 * grid.spacing;
        let bottom = grid.bottom + first as f64 * width;
        let widest = (bottom / 12.0).min(8.8 * (bottom * INV_TWO_PI.high).sqrt());
        let rows = ((widest / width) as usize).clamp(1, grid.rows - first);
        let reach = 0.5 * rows as f64 * width;
        let centre = bottom + reach;
        Self { first, last: first + rows, centre, reach, terms: main_sum_terms(centre) }
    }

    fn all(grid: &RowGrid) -> Vec<Self> {
        let mut groups = vec![Self::from(0, grid)];
        while let Some(last) = groups.last()
            && last.last < grid.rows
        {
            groups.push(Self::from(last.last, grid));
        }
        groups
    }
}

/// How many rows hold `samples` heights.
fn rows(samples: usize) -> usize {
    samples.div_ceil(ROW).next_multiple_of(TILE)
}

/// The height up to which [`sample`] needs logarithms.
pub(crate) fn end(start: f64, h: f64, samples: usize) -> f64 {
    start + (rows(samples) * ROW) as f64 * h
}

/// Writes Z at `start + i h` for all of `out`, whose length is a multiple of eight.
pub(crate) fn sample(
    start: f64,
    h: f64,
    logs: &IntegerLogarithms,
    level: Level,
    out: &mut [f64],
    scratch: &mut SumScratch,
) {
    let grid = RowGrid { bottom: start, spacing: h, rows: rows(out.len()) };
    let groups = RowGroup::all(&grid);
    let most = groups.iter().map(|group| group.terms).max().unwrap_or(0);
    let SumScratch { waves, rows, sums, .. } = scratch;
    sums.clear();
    sums.resize(grid.rows, ZERO_SUMS);
    for first in (0..most).step_by(TERMS_TOGETHER) {
        let count = TERMS_TOGETHER.min(most - first);
        level.run(FillWaveTables { first, count, spacing: h, logs, waves });
        level.run(FillCoefficients { first, count, grid, logs, waves, rows });
        for group in &groups {
            let own = group.terms.saturating_sub(first).min(count);
            (group.first..group.last).for_each(|row| rows.truncate(row, own));
        }
        rows.add_to(level, waves, count, sums);
    }
    for group in &groups {
        level.run(SumsToSamples { group, grid, sums, out });
    }
}

/// From the sums of a group of rows to Z.
struct SumsToSamples<'a> {
    group: &'a RowGroup,
    grid: RowGrid,
    sums: &'a [Sums],
    out: &'a mut [f64],
}

impl Kernel for SumsToSamples<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { group, grid, sums, out } = self;
        let RowGroup { first, last, centre, reach, terms } = *group;
        let theta = ThetaSeries::about(centre, reach);
        let correction = CorrectionSeries::new(&Correction::new(centre, terms), centre, reach);
        for (row, out) in (first..last).zip(out.chunks_mut(ROW).skip(first)) {
            let (re, im) = row_samples(&sums[row]);
            for (eight, out) in out.chunks_exact_mut(8).enumerate() {
                let at = 8 * eight;
                let t = lanes!(lane => grid.bottom + (row * ROW + at + lane) as f64 * grid.spacing);
                let (theta, correction) = (theta.at(&t), correction.at(&t));
                for lane in 0..8 {
                    let main =
                        cosine(theta[lane]).mul_add(re[at + lane], -(sine(theta[lane]) * im[at + lane]));
                    out[lane] = 2.0f64.mul_add(main, correction[lane]);
                }
            }
        }
    }
}
