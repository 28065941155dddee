//! AVX-512: eight words in a register, and rotations as one instruction.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use crate::blake2b::batch;
use crate::blake2b::batch::{Batch, LANES, Prefix};
use crate::blake2b::lanes::Lanes;
use crate::elementwise::range;
use crate::elementwise::range::MASKED;
use crate::elementwise::sum::{block, pairwise};
use crate::portable;

/// Whether this processor has every instruction that this file is compiled to.
pub fn supported() -> bool {
    crate::avx2::supported()
        && is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
}

/// Eight words. A value exists only inside the functions below, whose callers have made sure of [`supported`].
#[derive(Clone, Copy)]
struct Words(__m512i);

macro_rules! lanewise {
    ($($name:ident = $instruction:ident;)*) => {
        $(
            #[inline(always)]
            fn $name(self, other: Self) -> Self {
                // SAFETY: a `Words` exists only where AVX-512F does.
                Self(unsafe { $instruction(self.0, other.0) })
            }
        )*
    };
}

impl Lanes for Words {
    const WIDTH: usize = 8;

    lanewise! {
        add = _mm512_add_epi64;
        sub = _mm512_sub_epi64;
        xor = _mm512_xor_si512;
        or = _mm512_or_si512;
        shift_left = _mm512_sllv_epi64;
        shift_right = _mm512_srlv_epi64;
    }

    #[inline(always)]
    fn splat(word: u64) -> Self {
        // SAFETY: called only from the functions below, where AVX-512F is there.
        Self(unsafe { _mm512_set1_epi64(word as i64) })
    }

    #[inline(always)]
    fn load(words: &[u64]) -> Self {
        let words: &[u64; Self::WIDTH] = words.first_chunk().expect("a whole register");
        // SAFETY: the reference covers the 64 bytes that are read, and the load needs no alignment.
        Self(unsafe { _mm512_loadu_si512(words.as_ptr().cast()) })
    }

    #[inline(always)]
    fn store(self, words: &mut [u64]) {
        let words: &mut [u64; Self::WIDTH] = words.first_chunk_mut().expect("a whole register");
        // SAFETY: the reference covers the 64 bytes that are written, and the store needs no alignment.
        unsafe { _mm512_storeu_si512(words.as_mut_ptr().cast(), self.0) }
    }

    #[inline(always)]
    fn rotate_right<const BITS: i32>(self) -> Self {
        // SAFETY: a `Words` exists only where AVX-512F does.
        Self(unsafe { _mm512_ror_epi64::<BITS>(self.0) })
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
pub fn hashes(prefix: &Prefix, batches: &[Batch], longest: usize, hashes: &mut [[u64; LANES]]) {
    batch::hashes::<Words>(prefix, batches, longest, hashes);
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
pub fn elevations(x: &[f64], centre: f64, spread: f64, scale: f64, out: &mut [f64]) {
    portable::elevations(x, centre, spread, scale, out);
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
pub fn sum(x: &[f64]) -> f64 {
    pairwise(x, &|x| block(x, |x| x))
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
pub fn sum_of_squares(x: &[f64], centre: f64) -> f64 {
    pairwise(x, &|x| block(x, |x| (x - centre) * (x - centre)))
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
pub fn sum_of_distances(x: &[f64], centre: f64) -> f64 {
    pairwise(x, &|x| block(x, |x| (x - centre).abs()))
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
pub fn count_at_least(x: &[f64], bound: f64) -> usize {
    portable::count_at_least(x, bound)
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
pub fn indices(x: &[f64], range: [f64; 2], out: &mut Vec<usize>) {
    range::indices(x, range, out, mask);
}

/// Eight comparisons give eight bits.
#[inline(always)]
fn mask(x: &[f64; MASKED], [low, high]: [f64; 2]) -> u64 {
    let bits = |index: usize, x: &[f64; 8]| {
        // SAFETY: called only from `indices`, where AVX-512F is there; the reference covers the 64 bytes that are read.
        let inside = unsafe {
            let x = _mm512_loadu_pd(x.as_ptr());
            let above = _mm512_cmp_pd_mask::<_CMP_GE_OQ>(x, _mm512_set1_pd(low));
            _mm512_mask_cmp_pd_mask::<_CMP_LT_OQ>(above, x, _mm512_set1_pd(high))
        };
        u64::from(inside) << (8 * index)
    };
    x.as_chunks().0.iter().enumerate().fold(0, |mask, (index, x)| mask | bits(index, x))
}
