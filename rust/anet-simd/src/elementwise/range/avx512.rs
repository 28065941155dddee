//! Eight comparisons give eight bits.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use crate::elementwise::range;
use crate::elementwise::range::MASKED;

#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
pub(super) fn indices(x: &[f64], range: [f64; 2], out: &mut Vec<usize>) {
    range::indices(x, range, out, |x, range| mask(x, range));
}

#[target_feature(enable = "avx512f")]
#[inline]
fn mask(x: &[f64; MASKED], range: [f64; 2]) -> u64 {
    let mut mask = 0;
    for (index, x) in x.as_chunks().0.iter().enumerate() {
        mask |= u64::from(inside(x, range)) << (8 * index);
    }
    mask
}

#[target_feature(enable = "avx512f")]
#[inline]
fn inside(x: &[f64; 8], [low, high]: [f64; 2]) -> u8 {
    // SAFETY: the reference covers the 64 bytes that are read, and the load needs no alignment.
    let x = unsafe { _mm512_loadu_pd(x.as_ptr()) };
    let above = _mm512_cmp_pd_mask::<_CMP_GE_OQ>(x, _mm512_set1_pd(low));
    _mm512_mask_cmp_pd_mask::<_CMP_LT_OQ>(above, x, _mm512_set1_pd(high))
}
