//! Samples of Z at low heights: all of them from the main sum, which is short.
//!
//! Number of terms and series of θ serve some rows only: they would not do for a whole block.

use crate::double::PER_TURN;
use crate::riemann_siegel::angle_turns::{cosine, lanes, sine};
use crate::riemann_siegel::correction::Correction;
use crate::riemann_siegel::logarithms::Logarithms;
use crate::riemann_siegel::samples::{Scratch, terms};
use crate::riemann_siegel::theta::ThetaSeries;
use crate::riemann_siegel::wave_tables::{FillRows, FillWaves, Heights, NOTHING, ROW, STRETCH, samples};
use anet_simd::{DirichletSums, Kernel, Level, ROW_TILE};

/// Rows with one number of terms and one series of θ.
#[derive(Debug, Clone, Copy)]
struct Chunk {
    first: usize,
    last: usize,
    centre: f64,
    reach: f64,
    terms: usize,
}

impl Chunk {
    /// As many rows from `first` on as one expansion serves: √(t/2π) changes by up to 0.7, and t by a twelfth.
    fn from(first: usize, heights: &Heights) -> Self {
        let width = ROW as f64 * heights.spacing;
        let bottom = heights.bottom + first as f64 * width;
        let widest = (bottom / 12.0).min(8.8 * (bottom * PER_TURN.high).sqrt());
        let rows = ((widest / width) as usize).clamp(1, heights.rows - first);
        let reach = 0.5 * rows as f64 * width;
        let centre = bottom + reach;
        Self { first, last: first + rows, centre, reach, terms: terms(centre) }
    }

    fn all(heights: &Heights) -> Vec<Self> {
        let mut chunks = vec![Self::from(0, heights)];
        while let Some(last) = chunks.last()
            && last.last < heights.rows
        {
            chunks.push(Self::from(last.last, heights));
        }
        chunks
    }
}

/// How many rows hold so many samples.
fn rows(samples: usize) -> usize {
    samples.div_ceil(ROW).next_multiple_of(ROW_TILE)
}

/// The height up to which [`compute`] needs logarithms.
pub fn end(start: f64, h: f64, samples: usize) -> f64 {
    start + (rows(samples) * ROW) as f64 * h
}

/// Writes the samples at `start + i h` for all of `out`, a multiple of eight.
pub fn compute(start: f64, h: f64, logs: &Logarithms, level: Level, out: &mut [f64], work: &mut Scratch) {
    let heights = Heights { bottom: start, spacing: h, rows: rows(out.len()) };
    let chunks = Chunk::all(&heights);
    let most = chunks.iter().map(|chunk| chunk.terms).max().unwrap_or(0);
    let Scratch { waves, rows, sums, .. } = work;
    sums.clear();
    sums.resize(heights.rows, NOTHING);
    for first in (0..most).step_by(STRETCH) {
        let count = STRETCH.min(most - first);
        level.run(FillWaves { first, count, spacing: h, logs, waves });
        level.run(FillRows { first, count, heights, logs, waves, rows });
        for chunk in &chunks {
            let own = chunk.terms.saturating_sub(first).min(count);
            (chunk.first..chunk.last).for_each(|row| rows.cut(row, own));
        }
        rows.add(level, waves, count, sums);
    }
    for chunk in &chunks {
        level.run(Assemble { chunk, heights, sums, out });
    }
}

/// From the sums of the rows of a chunk to Z.
struct Assemble<'a> {
    chunk: &'a Chunk,
    heights: Heights,
    sums: &'a [DirichletSums],
    out: &'a mut [f64],
}

impl Kernel for Assemble<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { chunk, heights, sums, out } = self;
        let Chunk { first, last, centre, reach, terms } = *chunk;
        let theta = ThetaSeries::about(centre, reach);
        let rest = Correction::new(centre, terms).series(centre, reach);
        for (row, out) in (first..last).zip(out.chunks_mut(ROW).skip(first)) {
            let (re, im) = samples(&sums[row]);
            for (eight, out) in out.chunks_exact_mut(8).enumerate() {
                let at = 8 * eight;
                let t = lanes!(lane => heights.bottom + (row * ROW + at + lane) as f64 * heights.spacing);
                let (theta, rest) = (theta.at(&t), rest.at(&t));
                for lane in 0..8 {
                    let main =
                        cosine(theta[lane]).mul_add(re[at + lane], -(sine(theta[lane]) * im[at + lane]));
                    out[lane] = 2.0f64.mul_add(main, rest[lane]);
                }
            }
        }
    }
}
