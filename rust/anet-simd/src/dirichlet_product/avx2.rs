//! Three rows and four offsets at a time.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use crate::dirichlet_product::ROW_TILE;

crate::dirichlet_product::wide::kernel!(
    "avx2,fma",
    ROW_TILE / 2,
    4,
    _mm256_setzero_pd,
    _mm256_loadu_pd,
    _mm256_storeu_pd,
    _mm256_set1_pd,
    _mm256_fmadd_pd
);
