//! Six rows and eight offsets at a time.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use crate::dirichlet_product::ROW_TILE;

crate::dirichlet_product::wide::kernel!(
    "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl",
    ROW_TILE,
    8,
    _mm512_setzero_pd,
    _mm512_loadu_pd,
    _mm512_storeu_pd,
    _mm512_set1_pd,
    _mm512_fmadd_pd
);
