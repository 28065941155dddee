//! Thirty-two columns at a time.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

crate::dot_u8::wide::kernels!(
    "avx2,fma",
    32,
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

/// The columns of a register whose number is at least `least`, a bit each.
#[target_feature(enable = "avx2")]
#[inline]
fn at_least_of_sixteen(values: __m256i, least: __m256i) -> u16 {
    let hits = _mm256_cmpeq_epi16(_mm256_max_epu16(values, least), values);
    let bytes = _mm256_packs_epi16(hits, _mm256_setzero_si256());
    // Each half of the register was packed by itself.
    _mm256_movemask_epi8(_mm256_permute4x64_epi64::<0b11_01_10_00>(bytes)) as u16
}
