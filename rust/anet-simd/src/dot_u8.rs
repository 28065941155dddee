//! Many dot products at once, of components in eight bits.
#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

/// Vectors that are compared together.
pub const COLUMNS: usize = 128;

/// One component of every vector, where no register straddles two cache lines.
#[derive(Debug, Clone, PartialEq, Eq)]
#[repr(align(128))]
pub struct Row(pub [u8; COLUMNS]);

/// One number for every column.
#[derive(Debug, Clone, PartialEq, Eq)]
#[repr(align(64))]
pub struct Sums(pub [u16; COLUMNS]);

/// A component of the vector that all are compared with: the number of its row, and the value.
pub type Pick = (u16, u16);

/// What each backend has; see [`crate::Level`].
pub(crate) mod portable {
    use super::COLUMNS;
    use super::Pick;
    use super::Row;
    use super::Sums;

    pub fn overlaps(rows: &[Row], picks: &[Pick]) -> Sums {
        let mut sums = [0_u16; COLUMNS];
        for &(row, value) in picks {
            for (sum, &component) in sums.iter_mut().zip(&rows[usize::from(row)].0) {
                let product = (u32::from(component) * u32::from(value)) >> 8;
                *sum = sum.saturating_add(product as u16);
            }
        }
        Sums(sums)
    }

    pub fn at_least(sums: &Sums, least: u16) -> u128 {
        sums.0.iter().rev().fold(0, |bits, &value| bits << 1 | u128::from(value >= least))
    }
}

/// Both functions, for registers of some width.
#[cfg(target_arch = "x86_64")]
macro_rules! backend {
    ($name:ident, $features:literal, $registers:literal, $load:ident, $store:ident, $zero:ident, $splat:ident,
     $low:ident, $high:ident, $multiply:ident, $add:ident, $mask:ident) => {
        pub(crate) mod $name {
            use super::*;

            /// Columns that a register holds of a row, and twice those that it holds of the sums.
            const WIDTH: usize = COLUMNS / $registers;

            /// # Safety
            #[doc = concat!("The processor must have ", $features, ".")]
            #[target_feature(enable = $features)]
            pub fn overlaps(rows: &[Row], picks: &[Pick]) -> Sums {
                let mut sums = [[$zero(); 2]; $registers];
                for &(row, value) in picks {
                    let (row, value) = (&rows[usize::from(row)], $splat(value as i16));
                    for (register, [low, high]) in sums.iter_mut().enumerate() {
                        // SAFETY: the registers are as many as fill a row; rows are aligned to 128 bytes.
                        let components = unsafe { $load(row.0.as_ptr().add(register * WIDTH).cast()) };
                        // Each component times 256, so that the upper half of a product is what is wanted.
                        *low = $add(*low, $multiply($low($zero(), components), value));
                        *high = $add(*high, $multiply($high($zero(), components), value));
                    }
                }
                let mut eights = [Sums([0; COLUMNS]), Sums([0; COLUMNS])];
                for (register, halves) in sums.into_iter().enumerate() {
                    for (eights, half) in eights.iter_mut().zip(halves) {
                        // SAFETY: as many numbers as fill a register stand from there on; sums are aligned to 64 bytes.
                        unsafe { $store(eights.0.as_mut_ptr().add(register * WIDTH / 2).cast(), half) };
                    }
                }
                in_order(&eights)
            }

            /// # Safety
            #[doc = concat!("The processor must have ", $features, ".")]
            #[target_feature(enable = $features)]
            pub fn at_least(sums: &Sums, least: u16) -> u128 {
                let mut bits = 0;
                for register in 0..2 * $registers {
                    // SAFETY: twice as many registers as fill a row fill the sums, which are aligned to 64 bytes.
                    let values = unsafe { $load(sums.0.as_ptr().add(register * WIDTH / 2).cast()) };
                    bits |= u128::from($mask(values, $splat(least as i16))) << (register * WIDTH / 2);
                }
                bits
            }
        }
    };
}

/// Unpacking takes eight columns from each sixteen for one half, and the next eight for the other: puts them by turns again.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn in_order([low, high]: &[Sums; 2]) -> Sums {
    let mut sums = Sums([0; COLUMNS]);
    let eights = low.0.as_chunks::<8>().0.iter().zip(high.0.as_chunks::<8>().0);
    for (sixteen, (low, high)) in sums.0.as_chunks_mut::<16>().0.iter_mut().zip(eights) {
        sixteen[..8].copy_from_slice(low);
        sixteen[8..].copy_from_slice(high);
    }
    sums
}

#[cfg(target_arch = "x86_64")]
backend!(
    avx2,
    "avx2",
    4,
    _mm256_load_si256,
    _mm256_store_si256,
    _mm256_setzero_si256,
    _mm256_set1_epi16,
    _mm256_unpacklo_epi8,
    _mm256_unpackhi_epi8,
    _mm256_mulhi_epu16,
    _mm256_adds_epu16,
    at_least_of_sixteen
);
#[cfg(target_arch = "x86_64")]
backend!(
    avx512,
    "avx512f,avx512bw",
    2,
    _mm512_load_si512,
    _mm512_store_si512,
    _mm512_setzero_si512,
    _mm512_set1_epi16,
    _mm512_unpacklo_epi8,
    _mm512_unpackhi_epi8,
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
