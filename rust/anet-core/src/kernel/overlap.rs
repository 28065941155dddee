//! Lower bounds of many dot products at once, in sixteen bits.
#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

/// Vectors that are compared together.
pub const COLUMNS: usize = 128;

/// One number of every column, where no register straddles two cache lines.
#[derive(Debug, Clone, PartialEq, Eq)]
#[repr(align(64))]
pub struct Row(pub [u16; COLUMNS]);

/// A component of the vector that all are compared with: the number of its row, and the value.
pub type Pick = (u16, u16);

/// The most that one component takes from a bound, in units of the bound: what the rounding of two factors and of their
/// product can take together.
pub const SLACK: u16 = 3;

/// What each backend has; see [`super::Backend`].
pub(super) mod portable {
    use super::{COLUMNS, Pick, Row};

    pub fn overlaps(rows: &[Row], picks: &[Pick]) -> Row {
        let mut sums = [0_u16; COLUMNS];
        for &(row, value) in picks {
            for (sum, &component) in sums.iter_mut().zip(&rows[usize::from(row)].0) {
                let product = (u32::from(component) * u32::from(value)) >> 16;
                *sum = sum.saturating_add(product as u16);
            }
        }
        Row(sums)
    }

    pub fn at_least(row: &Row, least: u16) -> u128 {
        row.0.iter().rev().fold(0, |bits, &value| bits << 1 | u128::from(value >= least))
    }
}

/// Both functions, for registers of some width.
#[cfg(target_arch = "x86_64")]
macro_rules! backend {
    ($name:ident, $features:literal, $registers:literal, $load:ident, $store:ident, $zero:ident, $splat:ident,
     $multiply:ident, $add:ident, $mask:ident) => {
        pub(super) mod $name {
            use super::*;

            const WIDTH: usize = COLUMNS / $registers;

            /// # Safety
            #[doc = concat!("The processor must have ", $features, ".")]
            #[target_feature(enable = $features)]
            pub fn overlaps(rows: &[Row], picks: &[Pick]) -> Row {
                let mut sums = [$zero(); $registers];
                for &(row, value) in picks {
                    let (row, value) = (&rows[usize::from(row)], $splat(value as i16));
                    for (register, sum) in sums.iter_mut().enumerate() {
                        // SAFETY: the registers are as many as fill a row; rows are aligned to 64 bytes.
                        let components = unsafe { $load(row.0.as_ptr().add(register * WIDTH).cast()) };
                        *sum = $add(*sum, $multiply(components, value));
                    }
                }
                let mut row = Row([0; COLUMNS]);
                for (register, sum) in sums.into_iter().enumerate() {
                    // SAFETY: as above.
                    unsafe { $store(row.0.as_mut_ptr().add(register * WIDTH).cast(), sum) };
                }
                row
            }

            /// # Safety
            #[doc = concat!("The processor must have ", $features, ".")]
            #[target_feature(enable = $features)]
            pub fn at_least(row: &Row, least: u16) -> u128 {
                let mut bits = 0;
                for register in 0..$registers {
                    // SAFETY: as above.
                    let values = unsafe { $load(row.0.as_ptr().add(register * WIDTH).cast()) };
                    bits |= u128::from($mask(values, $splat(least as i16))) << (register * WIDTH);
                }
                bits
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
backend!(
    avx2,
    "avx2",
    8,
    _mm256_load_si256,
    _mm256_store_si256,
    _mm256_setzero_si256,
    _mm256_set1_epi16,
    _mm256_mulhi_epu16,
    _mm256_adds_epu16,
    at_least_of_sixteen
);
#[cfg(target_arch = "x86_64")]
backend!(
    avx512,
    "avx512f,avx512bw",
    4,
    _mm512_load_si512,
    _mm512_store_si512,
    _mm512_setzero_si512,
    _mm512_set1_epi16,
    _mm512_mulhi_epu16,
    _mm512_adds_epu16,
    _mm512_cmpge_epu16_mask
);

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
fn at_least_of_sixteen(values: __m256i, least: __m256i) -> u16 {
    let hits = _mm256_cmpeq_epi16(_mm256_max_epu16(values, least), values);
    let bytes = _mm256_packs_epi16(hits, _mm256_setzero_si256());
    // Each half of the register was packed by itself.
    _mm256_movemask_epi8(_mm256_permute4x64_epi64::<0b11_01_10_00>(bytes)) as u16
}
