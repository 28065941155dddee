//! Four comparisons give four sign bits.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use crate::elementwise::range;
use crate::elementwise::range::MASKED;

#[target_feature(enable = "avx2,fma")]
pub(super) fn indices(x: &[f64], range: [f64; 2], out: &mut Vec<usize>) {
    range::indices(x, range, out, |x, range| mask(x, range));
}

#[target_feature(enable = "avx2,fma")]
#[inline]
fn mask(x: &[f64; MASKED], range: [f64; 2]) -> u64 {
    let mut mask = 0;
    for (index, x) in x.as_chunks().0.iter().enumerate() {
        mask |= u64::from(inside(x, range)) << (4 * index);
    }
    mask
}

#[target_feature(enable = "avx2,fma")]
#[inline]
fn inside(x: &[f64; 4], [low, high]: [f64; 2]) -> u32 {
    // SAFETY: the reference covers the 32 bytes that are read, and the load needs no alignment.
    let x = unsafe { _mm256_loadu_pd(x.as_ptr()) };
    let above = _mm256_cmp_pd::<_CMP_GE_OQ>(x, _mm256_set1_pd(low));
    let below = _mm256_cmp_pd::<_CMP_LT_OQ>(x, _mm256_set1_pd(high));
    _mm256_movemask_pd(_mm256_and_pd(above, below)) as u32
}
