//! The interpolation behind polynomials in cells: forty samples about each of eight cells, against two tables of weights.
//!
//! For a cell it adds, over i in order, Σ even_ik (above_i + below_i) and Σ odd_ik (above_i − below_i), where the i-th sample
//! above and below count from the cell. Each sum is one chain of fused additions, so every level gives the same bits.
#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

use crate::level::{Instructions, Level};

/// Samples on either side of a cell.
pub const REACH: usize = 20;

/// Cells that are worked on together.
pub const CELLS: usize = 8;

/// Sums of a cell of each kind.
pub const SUMS: usize = 8;

/// Weights, for each sample those of all sums.
pub type Weights = [[f64; SUMS]; REACH];

/// The sums of eight cells: even and odd ones in turn, each with a number a cell.
pub type Coefficients = [[f64; CELLS]; 2 * SUMS];

/// The sums, cell by cell: first the even ones, then the odd ones.
#[cfg(target_arch = "x86_64")]
type ByCell = [[f64; 2 * SUMS]; CELLS];

impl Level {
    /// Computes the sums of the cells between `samples[lefts[i]]` and the next.
    ///
    /// # Panics
    /// If a cell has fewer than twenty samples on either side.
    pub fn taps(
        self,
        samples: &[f64],
        lefts: &[usize; CELLS],
        [even, odd]: [&Weights; 2],
        out: &mut Coefficients,
    ) {
        for left in lefts {
            assert!(REACH <= left + 1 && left + 1 + REACH <= samples.len(), "samples on either side");
        }
        match self.0 {
            Instructions::Portable => portable(samples, lefts, even, odd, out),
            // SAFETY: the level says that the processor has AVX2 and FMA; the cells were checked above.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { avx2(samples, lefts, even, odd, out) },
            // SAFETY: the level says that the processor has AVX2, FMA and AVX-512 F; the cells were checked above.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { avx512(samples, lefts, even, odd, out) },
        }
    }
}

fn portable(samples: &[f64], lefts: &[usize; CELLS], even: &Weights, odd: &Weights, out: &mut Coefficients) {
    *out = [[0.0; CELLS]; 2 * SUMS];
    for (cell, left) in lefts.iter().enumerate() {
        for i in 0..REACH {
            let (above, below) = (samples[left + 1 + i], samples[left - i]);
            for k in 0..SUMS {
                out[2 * k][cell] = even[i][k].mul_add(above + below, out[2 * k][cell]);
                out[2 * k + 1][cell] = odd[i][k].mul_add(above - below, out[2 * k + 1][cell]);
            }
        }
    }
}

/// The sums and differences of the samples about a cell.
///
/// # Safety
/// `left` must have twenty samples on either side.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn fold(samples: &[f64], left: usize) -> ([f64; REACH], [f64; REACH]) {
    let (mut sums, mut differences) = ([0.0; REACH], [0.0; REACH]);
    for i in (0..REACH).step_by(4) {
        // SAFETY: the caller vouches for the samples; four numbers fit from i on, as REACH is a multiple of four.
        unsafe {
            let above = _mm256_loadu_pd(samples.as_ptr().add(left + 1 + i));
            let below = _mm256_permute4x64_pd::<0x1b>(_mm256_loadu_pd(samples.as_ptr().add(left - 3 - i)));
            _mm256_storeu_pd(sums.as_mut_ptr().add(i), _mm256_add_pd(above, below));
            _mm256_storeu_pd(differences.as_mut_ptr().add(i), _mm256_sub_pd(above, below));
        }
    }
    (sums, differences)
}

/// The loops of a level: `$cells` cells at a time, whose sums of one kind fill `$vectors` vectors of `$width`.
#[cfg(target_arch = "x86_64")]
macro_rules! cells {
    ($name:ident, $feature:literal, $cells:expr, $width:expr, $zero:ident, $load:ident, $store:ident, $splat:ident, $fma:ident) => {
        /// # Safety
        /// Each of `lefts` must have twenty samples on either side.
        #[target_feature(enable = $feature)]
        unsafe fn $name(
            samples: &[f64],
            lefts: &[usize; CELLS],
            even: &Weights,
            odd: &Weights,
            out: &mut Coefficients,
        ) {
            const VECTORS: usize = SUMS / $width;
            let mut by_cell: ByCell = [[0.0; 2 * SUMS]; CELLS];
            for (lefts, by_cell) in lefts.chunks_exact($cells).zip(by_cell.chunks_exact_mut($cells)) {
                let mut folded = [([0.0; REACH], [0.0; REACH]); $cells];
                for (folded, left) in folded.iter_mut().zip(lefts) {
                    // SAFETY: the caller vouches for the samples.
                    *folded = unsafe { fold(samples, *left) };
                }
                let mut held = [[[$zero(); VECTORS]; 2]; $cells];
                for i in 0..REACH {
                    for v in 0..VECTORS {
                        // SAFETY: a row of weights is SUMS long.
                        let (even, odd) = unsafe {
                            ($load(even[i].as_ptr().add(v * $width)), $load(odd[i].as_ptr().add(v * $width)))
                        };
                        for (held, (sums, differences)) in held.iter_mut().zip(&folded) {
                            held[0][v] = $fma(even, $splat(sums[i]), held[0][v]);
                            held[1][v] = $fma(odd, $splat(differences[i]), held[1][v]);
                        }
                    }
                }
                for (held, by_cell) in held.iter().zip(by_cell) {
                    for (kind, held) in held.iter().enumerate() {
                        for (v, held) in held.iter().enumerate() {
                            // SAFETY: a cell has 2 SUMS numbers.
                            unsafe { $store(by_cell.as_mut_ptr().add(kind * SUMS + v * $width), *held) };
                        }
                    }
                }
            }
            turn(&by_cell, out);
        }
    };
}

#[cfg(target_arch = "x86_64")]
cells!(
    avx512,
    "avx2,fma,avx512f",
    4,
    8,
    _mm512_setzero_pd,
    _mm512_loadu_pd,
    _mm512_storeu_pd,
    _mm512_set1_pd,
    _mm512_fmadd_pd
);
#[cfg(target_arch = "x86_64")]
cells!(
    avx2,
    "avx2,fma",
    2,
    4,
    _mm256_setzero_pd,
    _mm256_loadu_pd,
    _mm256_storeu_pd,
    _mm256_set1_pd,
    _mm256_fmadd_pd
);

/// From cell by cell to sum by sum, in squares of four.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2")]
fn turn(by_cell: &ByCell, out: &mut Coefficients) {
    for cell in (0..CELLS).step_by(4) {
        for sum in (0..2 * SUMS).step_by(4) {
            // SAFETY: the squares tile both arrays.
            let [a, b, c, d] =
                std::array::from_fn(|i| unsafe { _mm256_loadu_pd(by_cell[cell + i].as_ptr().add(sum)) });
            let (ab, cd) = (_mm256_unpacklo_pd(a, b), _mm256_unpacklo_pd(c, d));
            let (ab_odd, cd_odd) = (_mm256_unpackhi_pd(a, b), _mm256_unpackhi_pd(c, d));
            let turned = [
                _mm256_permute2f128_pd::<0x20>(ab, cd),
                _mm256_permute2f128_pd::<0x20>(ab_odd, cd_odd),
                _mm256_permute2f128_pd::<0x31>(ab, cd),
                _mm256_permute2f128_pd::<0x31>(ab_odd, cd_odd),
            ];
            for (i, turned) in turned.into_iter().enumerate() {
                let row = 2 * (sum % SUMS + i) + sum / SUMS;
                // SAFETY: the squares tile both arrays.
                unsafe { _mm256_storeu_pd(out[row].as_mut_ptr().add(cell), turned) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_gives_the_bits_of_the_plain_loops() {
        let wave = |i: usize, speed: f64| (speed * (i + 1) as f64).sin();
        let samples: Vec<f64> = (0..80).map(|i| wave(i, 0.3)).collect();
        let table = |speed| std::array::from_fn(|i| std::array::from_fn(|k| wave(SUMS * i + k, speed)));
        let (even, odd): (Weights, Weights) = (table(0.7), table(1.1));
        let lefts = [19, 20, 23, 24, 30, 41, 59, 33];
        let mut want = [[1.0; CELLS]; 2 * SUMS];
        Level::portable().taps(&samples, &lefts, [&even, &odd], &mut want);
        let first: f64 = (0..REACH).map(|i| even[i][0] * (samples[20 + i] + samples[19 - i])).sum();
        assert!((want[0][0] - first).abs() < 1e-14);
        for fused in Level::all_supported() {
            let mut got = [[2.0; CELLS]; 2 * SUMS];
            fused.taps(&samples, &lefts, [&even, &odd], &mut got);
            assert!(got == want, "{}", fused.name());
        }
    }
}
