//! Sixty-four columns at a time.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

crate::dot_u8::wide::kernels!(
    "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl",
    64,
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
