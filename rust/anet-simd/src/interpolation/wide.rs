//! The loops that both kinds of registers share, and what needs no more than AVX2 on either level.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use crate::interpolation::{CELLS, Coefficients, PARITY_SUMS, REACH};

/// The sums, cell by cell: first the even ones, then the odd ones.
pub(super) type ByCell = [[f64; 2 * PARITY_SUMS]; CELLS];

/// Defines the function of a level: `$cells` cells at a time, whose sums of a parity fill registers of `$width`.
macro_rules! kernel {
    ($features:literal, $cells:literal, $width:literal, $zero:ident, $load:ident, $store:ident, $splat:ident, $fma:ident) => {
        use crate::interpolation::wide::{ByCell, fold, transpose};
        use crate::interpolation::{CELLS, Coefficients, PARITY_SUMS, REACH, Weights, check};

        /// Registers of the sums of a parity.
        const REGISTERS: usize = PARITY_SUMS / $width;

        #[target_feature(enable = $features)]
        pub(super) fn interpolate(
            samples: &[f64],
            lefts: &[usize; CELLS],
            [even, odd]: [&Weights; 2],
            out: &mut Coefficients,
        ) {
            let mut by_cell: ByCell = [[0.0; 2 * PARITY_SUMS]; CELLS];
            check(samples, lefts);
            for (lefts, by_cell) in lefts.chunks_exact($cells).zip(by_cell.chunks_exact_mut($cells)) {
                let mut folded = [([0.0; REACH], [0.0; REACH]); $cells];
                for (folded, left) in folded.iter_mut().zip(lefts) {
                    // SAFETY: `check` found the samples.
                    *folded = unsafe { fold(samples, *left) };
                }
                let mut held = [[[$zero(); REGISTERS]; 2]; $cells];
                for i in 0..REACH {
                    for v in 0..REGISTERS {
                        // SAFETY: a row of weights is REGISTERS times $width long.
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
                    for (parity, held) in held.iter().enumerate() {
                        for (v, held) in held.iter().enumerate() {
                            // SAFETY: a cell has 2 PARITY_SUMS numbers, which are 2 REGISTERS times $width.
                            unsafe {
                                $store(by_cell.as_mut_ptr().add(parity * PARITY_SUMS + v * $width), *held)
                            };
                        }
                    }
                }
            }
            transpose(&by_cell, out);
        }
    };
}

pub(super) use kernel;

/// The sums and differences of the samples about a cell.
///
/// # Safety
/// `left` must have twenty samples on either side.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) unsafe fn fold(samples: &[f64], left: usize) -> ([f64; REACH], [f64; REACH]) {
    let (mut sums, mut differences) = ([0.0; REACH], [0.0; REACH]);
    for i in (0..REACH).step_by(4) {
        // SAFETY: REACH is a multiple of four, so of the twenty samples above and below, and of the twenty numbers that are
        // written, there are four more from i on.
        unsafe {
            let above = _mm256_loadu_pd(samples.as_ptr().add(left + 1 + i));
            let below = _mm256_loadu_pd(samples.as_ptr().add(left - 3 - i));
            let below = _mm256_permute4x64_pd::<0b00_01_10_11>(below);
            _mm256_storeu_pd(sums.as_mut_ptr().add(i), _mm256_add_pd(above, below));
            _mm256_storeu_pd(differences.as_mut_ptr().add(i), _mm256_sub_pd(above, below));
        }
    }
    (sums, differences)
}

/// From cell by cell to sum by sum, in squares of four.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn transpose(by_cell: &ByCell, out: &mut Coefficients) {
    for cell in (0..CELLS).step_by(4) {
        for sum in (0..2 * PARITY_SUMS).step_by(4) {
            // SAFETY: the sums of a cell are a multiple of four, so four numbers lie from `sum` on.
            let [a, b, c, d] =
                std::array::from_fn(|i| unsafe { _mm256_loadu_pd(by_cell[cell + i].as_ptr().add(sum)) });
            let (ab, cd) = (_mm256_unpacklo_pd(a, b), _mm256_unpacklo_pd(c, d));
            let (ab_odd, cd_odd) = (_mm256_unpackhi_pd(a, b), _mm256_unpackhi_pd(c, d));
            let transposed = [
                _mm256_permute2f128_pd::<0x20>(ab, cd),
                _mm256_permute2f128_pd::<0x20>(ab_odd, cd_odd),
                _mm256_permute2f128_pd::<0x31>(ab, cd),
                _mm256_permute2f128_pd::<0x31>(ab_odd, cd_odd),
            ];
            for (i, four) in transposed.into_iter().enumerate() {
                let row = 2 * (sum % PARITY_SUMS + i) + sum / PARITY_SUMS;
                // SAFETY: CELLS is a multiple of four, so four numbers lie from `cell` on.
                unsafe { _mm256_storeu_pd(out[row].as_mut_ptr().add(cell), four) };
            }
        }
    }
}
