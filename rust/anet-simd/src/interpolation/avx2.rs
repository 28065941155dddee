//! Two cells at a time, the sums of a parity in two registers of four.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

crate::interpolation::wide::kernel!(
    "avx2,fma",
    2,
    4,
    _mm256_setzero_pd,
    _mm256_loadu_pd,
    _mm256_storeu_pd,
    _mm256_set1_pd,
    _mm256_fmadd_pd
);
