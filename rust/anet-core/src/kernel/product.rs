//! The matrix product behind samples of a Dirichlet polynomial: most of the work at great heights.
//!
//! For each row r with coefficients A_n and each of sixteen offsets i it adds, over n in order, the four sums
//! Σ Re A_n cos_ni, Σ Im A_n sin_ni, Σ Re A_n sin_ni and Σ Im A_n cos_ni. Each sum is one chain of fused additions, whatever the
//! tile, so every level gives the same bits.
#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

use super::fused::{Fused, Level};

/// Offsets of a row.
pub const OFFSETS: usize = 16;

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
    /// cos_ni, sixteen for each n.
    pub cos: &'a [f64],
    /// sin_ni.
    pub sin: &'a [f64],
}

impl Fused {
    /// Adds a stretch of n to the sums of its rows.
    ///
    /// # Panics
    /// If a slice is too short for the rows and terms.
    pub fn add_product(self, panel: Panel<'_>, sums: &mut [Sums]) {
        let Panel { terms, stride, re, im, cos, sin } = panel;
        let rows = sums.len();
        assert!(terms <= stride && rows * stride <= re.len() && rows * stride <= im.len(), "rows fit");
        assert!(terms * OFFSETS <= cos.len() && terms * OFFSETS <= sin.len(), "offsets fit");
        assert!(rows.is_multiple_of(TILE), "whole tiles");
        match self.level() {
            Level::Portable => portable(panel, sums),
            // SAFETY: the level says that the processor has AVX2 and FMA; the slices were measured above.
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => unsafe { avx2(panel, sums) },
            // SAFETY: the level says that the processor has AVX-512 F; the slices were measured above.
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => unsafe { avx512(panel, sums) },
        }
    }
}

fn portable(panel: Panel<'_>, sums: &mut [Sums]) {
    for (row, sums) in sums.iter_mut().enumerate() {
        for n in 0..panel.terms {
            let (re, im) = (panel.re[row * panel.stride + n], panel.im[row * panel.stride + n]);
            let cos = &panel.cos[n * OFFSETS..][..OFFSETS];
            let sin = &panel.sin[n * OFFSETS..][..OFFSETS];
            add(&mut sums[0], re, cos);
            add(&mut sums[1], im, sin);
            add(&mut sums[2], re, sin);
            add(&mut sums[3], im, cos);
        }
    }
}

fn add(sums: &mut [f64; OFFSETS], factor: f64, waves: &[f64]) {
    for (sum, wave) in sums.iter_mut().zip(waves) {
        *sum = factor.mul_add(*wave, *sum);
    }
}

/// # Safety
/// `panel` must hold `sums.len()` rows, a multiple of [`TILE`], of `panel.terms` terms.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
unsafe fn avx512(panel: Panel<'_>, sums: &mut [Sums]) {
    for (tile, sums) in sums.chunks_exact_mut(TILE).enumerate() {
        for first in [0, 8] {
            let mut held = [[_mm512_setzero_pd(); 4]; TILE];
            for (held, sums) in held.iter_mut().zip(sums.iter()) {
                for (held, sum) in held.iter_mut().zip(sums) {
                    // SAFETY: a sum holds sixteen offsets, of which eight are read from 0 or 8 on.
                    *held = unsafe { _mm512_loadu_pd(sum.as_ptr().add(first)) };
                }
            }
            for n in 0..panel.terms {
                // SAFETY: the caller vouches for `terms` times sixteen offsets.
                let (cos, sin) = unsafe {
                    let at = n * OFFSETS + first;
                    (_mm512_loadu_pd(panel.cos.as_ptr().add(at)), _mm512_loadu_pd(panel.sin.as_ptr().add(at)))
                };
                for (row, held) in held.iter_mut().enumerate() {
                    let at = (tile * TILE + row) * panel.stride + n;
                    // SAFETY: the caller vouches for that many rows.
                    let (re, im) = unsafe {
                        (
                            _mm512_set1_pd(*panel.re.get_unchecked(at)),
                            _mm512_set1_pd(*panel.im.get_unchecked(at)),
                        )
                    };
                    held[0] = _mm512_fmadd_pd(re, cos, held[0]);
                    held[1] = _mm512_fmadd_pd(im, sin, held[1]);
                    held[2] = _mm512_fmadd_pd(re, sin, held[2]);
                    held[3] = _mm512_fmadd_pd(im, cos, held[3]);
                }
            }
            for (held, sums) in held.iter().zip(sums.iter_mut()) {
                for (held, sum) in held.iter().zip(sums) {
                    // SAFETY: as they were read.
                    unsafe { _mm512_storeu_pd(sum.as_mut_ptr().add(first), *held) };
                }
            }
        }
    }
}

/// Three rows and four offsets at a time: 12 of the 16 registers.
///
/// # Safety
/// `panel` must hold `sums.len()` rows, a multiple of [`TILE`], of `panel.terms` terms.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn avx2(panel: Panel<'_>, sums: &mut [Sums]) {
    const ROWS: usize = TILE / 2;
    for (tile, sums) in sums.chunks_exact_mut(ROWS).enumerate() {
        for first in [0, 4, 8, 12] {
            let mut held = [[_mm256_setzero_pd(); 4]; ROWS];
            for (held, sums) in held.iter_mut().zip(sums.iter()) {
                for (held, sum) in held.iter_mut().zip(sums) {
                    // SAFETY: a sum holds sixteen offsets, of which four are read from `first` on.
                    *held = unsafe { _mm256_loadu_pd(sum.as_ptr().add(first)) };
                }
            }
            for n in 0..panel.terms {
                // SAFETY: the caller vouches for `terms` times sixteen offsets.
                let (cos, sin) = unsafe {
                    let at = n * OFFSETS + first;
                    (_mm256_loadu_pd(panel.cos.as_ptr().add(at)), _mm256_loadu_pd(panel.sin.as_ptr().add(at)))
                };
                for (row, held) in held.iter_mut().enumerate() {
                    let at = (tile * ROWS + row) * panel.stride + n;
                    // SAFETY: the caller vouches for that many rows.
                    let (re, im) = unsafe {
                        (
                            _mm256_set1_pd(*panel.re.get_unchecked(at)),
                            _mm256_set1_pd(*panel.im.get_unchecked(at)),
                        )
                    };
                    held[0] = _mm256_fmadd_pd(re, cos, held[0]);
                    held[1] = _mm256_fmadd_pd(im, sin, held[1]);
                    held[2] = _mm256_fmadd_pd(re, sin, held[2]);
                    held[3] = _mm256_fmadd_pd(im, cos, held[3]);
                }
            }
            for (held, sums) in held.iter().zip(sums.iter_mut()) {
                for (held, sum) in held.iter().zip(sums) {
                    // SAFETY: as they were read.
                    unsafe { _mm256_storeu_pd(sum.as_mut_ptr().add(first), *held) };
                }
            }
        }
    }
}

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
        Fused::portable().add_product(panel, &mut want);
        for fused in Fused::all_supported() {
            let mut sums = vec![[[0.25; OFFSETS]; 4]; rows];
            fused.add_product(panel, &mut sums);
            assert!(sums == want, "{}", fused.name());
        }
    }
}
