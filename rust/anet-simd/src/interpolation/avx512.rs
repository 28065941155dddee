//! Four cells at a time, the sums of a parity in one register of eight.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

crate::interpolation::wide::kernel!(
    "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl",
    4,
    8,
    _mm512_setzero_pd,
    _mm512_loadu_pd,
    _mm512_storeu_pd,
    _mm512_set1_pd,
    _mm512_fmadd_pd
);
