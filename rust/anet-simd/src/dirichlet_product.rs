//! The matrix product behind samples of a Dirichlet polynomial: most of the work at great heights.
//!
//! For each row r with coefficients A_n and each of sixteen offsets i it adds, over n in order, the four sums
//! Σ Re A_n cos_ni, Σ Im A_n sin_ni, Σ Re A_n sin_ni and Σ Im A_n cos_ni. Each sum is one chain of fused additions, whatever the
//! tile, so every level gives the same bits.
#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

use crate::level::{Instructions, Level};

/// Offsets of a row.
pub const OFFSETS: usize = 16;

/// Offsets that are worked on together: tables hold the first half of every n, then the second half of every n, so that
/// one half is read from the first-level cache by every row.
pub const HALF: usize = OFFSETS / 2;

/// The four sums of a row, offset by offset.
pub type Sums = [[f64; OFFSETS]; 4];

/// Rows to a tile: their sums, eight offsets at a time, fill 24 of the 32 registers of AVX-512.
pub const TILE: usize = 6;

/// A stretch of n.
#[derive(Debug, Clone, Copy)]
pub struct Panel<'a> {
    /// How many n.
    pub terms: usize,
    /// From row to row in `re` and `im`.
    pub stride: usize,
    /// Re A_n, row by row.
    pub re: &'a [f64],
    /// Im A_n, row by row.
    pub im: &'a [f64],
    /// cos_ni: eight for each n, and in the second half of the slice the other eight.
    pub cos: &'a [f64],
    /// sin_ni, in the same order.
    pub sin: &'a [f64],
}

impl Level {
    /// Adds a stretch of n to the sums of its rows.
    ///
    /// # Panics
    /// If a slice is too short for the rows and terms.
    pub fn add_product(self, panel: Panel<'_>, sums: &mut [Sums]) {
        let Panel { terms, stride, re, im, cos, sin } = panel;
        let rows = sums.len();
        assert!(terms <= stride && rows * stride <= re.len() && rows * stride <= im.len(), "rows fit");
        assert!(terms * OFFSETS <= cos.len() && cos.len() == sin.len(), "offsets fit");
        assert!(cos.len().is_multiple_of(OFFSETS), "two halves");
        assert!(rows.is_multiple_of(TILE), "whole tiles");
        match self.0 {
            Instructions::Portable => portable(panel, sums),
            // SAFETY: the level says that the processor has AVX2 and FMA; the slices were measured above.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { avx2(panel, sums) },
            // SAFETY: the level says that the processor has AVX-512 F; the slices were measured above.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { avx512(panel, sums) },
        }
    }
}

fn portable(panel: Panel<'_>, sums: &mut [Sums]) {
    let half = panel.cos.len() / 2;
    for (row, sums) in sums.iter_mut().enumerate() {
        for n in 0..panel.terms {
            let (re, im) = (panel.re[row * panel.stride + n], panel.im[row * panel.stride + n]);
            for (first, table) in [(0, 0), (HALF, half)] {
                let cos = &panel.cos[table + n * HALF..][..HALF];
                let sin = &panel.sin[table + n * HALF..][..HALF];
                add(&mut sums[0][first..], re, cos);
                add(&mut sums[1][first..], im, sin);
                add(&mut sums[2][first..], re, sin);
                add(&mut sums[3][first..], im, cos);
            }
        }
    }
}

fn add(sums: &mut [f64], factor: f64, waves: &[f64]) {
    for (sum, wave) in sums.iter_mut().zip(waves) {
        *sum = factor.mul_add(*wave, *sum);
    }
}

/// The loops of a level: `$rows` rows and `$width` offsets at a time.
#[cfg(target_arch = "x86_64")]
macro_rules! tiles {
    ($name:ident, $feature:literal, $rows:expr, $width:expr, $zero:ident, $load:ident, $store:ident, $splat:ident, $fma:ident) => {
        /// # Safety
        /// `panel` must hold `sums.len()` rows, a multiple of [`TILE`], of `panel.terms` terms.
        #[target_feature(enable = $feature)]
        unsafe fn $name(panel: Panel<'_>, sums: &mut [Sums]) {
            let half = panel.cos.len() / 2;
            for first in (0..OFFSETS).step_by($width) {
                let table = first / HALF * half + first % HALF;
                for (tile, sums) in sums.chunks_exact_mut($rows).enumerate() {
                    let mut held = [[$zero(); 4]; $rows];
                    for (held, sums) in held.iter_mut().zip(sums.iter()) {
                        for (held, sum) in held.iter_mut().zip(sums) {
                            // SAFETY: a sum holds sixteen offsets, of which a vector's are read from `first` on.
                            *held = unsafe { $load(sum.as_ptr().add(first)) };
                        }
                    }
                    for n in 0..panel.terms {
                        // SAFETY: the caller vouches for `terms` times eight offsets in each half.
                        let (cos, sin) = unsafe {
                            let at = table + n * HALF;
                            ($load(panel.cos.as_ptr().add(at)), $load(panel.sin.as_ptr().add(at)))
                        };
                        for (row, held) in held.iter_mut().enumerate() {
                            let at = (tile * $rows + row) * panel.stride + n;
                            // One after the other: the registers hold but one of them.
                            // SAFETY: the caller vouches for that many rows.
                            let re = unsafe { $splat(*panel.re.get_unchecked(at)) };
                            held[0] = $fma(re, cos, held[0]);
                            held[2] = $fma(re, sin, held[2]);
                            // SAFETY: as above.
                            let im = unsafe { $splat(*panel.im.get_unchecked(at)) };
                            held[1] = $fma(im, sin, held[1]);
                            held[3] = $fma(im, cos, held[3]);
                        }
                    }
                    for (held, sums) in held.iter().zip(sums.iter_mut()) {
                        for (held, sum) in held.iter().zip(sums) {
                            // SAFETY: as they were read.
                            unsafe { $store(sum.as_mut_ptr().add(first), *held) };
                        }
                    }
                }
            }
        }
    };
}

// Six rows of eight offsets: 24 of the 32 registers.
#[cfg(target_arch = "x86_64")]
tiles!(
    avx512,
    "avx512f",
    TILE,
    8,
    _mm512_setzero_pd,
    _mm512_loadu_pd,
    _mm512_storeu_pd,
    _mm512_set1_pd,
    _mm512_fmadd_pd
);

// Three rows of four offsets: 12 of the 16 registers.
#[cfg(target_arch = "x86_64")]
tiles!(
    avx2,
    "avx2,fma",
    TILE / 2,
    4,
    _mm256_setzero_pd,
    _mm256_loadu_pd,
    _mm256_storeu_pd,
    _mm256_set1_pd,
    _mm256_fmadd_pd
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_gives_the_bits_of_the_plain_loops() {
        let wave =
            |count: usize, speed: f64| -> Vec<f64> { (0..count).map(|i| (speed * i as f64).sin()).collect() };
        let (terms, stride, rows) = (37, 40, 2 * TILE);
        let (re, im) = (wave(rows * stride, 0.3), wave(rows * stride, 0.7));
        let (cos, sin) = (wave(terms * OFFSETS, 1.1), wave(terms * OFFSETS, 0.9));
        let panel = Panel { terms, stride, re: &re, im: &im, cos: &cos, sin: &sin };
        let mut want = vec![[[0.25; OFFSETS]; 4]; rows];
        Level::portable().add_product(panel, &mut want);
        for fused in Level::all_supported() {
            let mut sums = vec![[[0.25; OFFSETS]; 4]; rows];
            fused.add_product(panel, &mut sums);
            assert!(sums == want, "{}", fused.name());
        }
    }
}
