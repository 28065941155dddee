//! AVX-512: eight words in a register, and rotations as one instruction.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use crate::blake2b::batch::{Batch, LANES, Prefix};
use crate::blake2b::lanes::Lanes;
use crate::blake2b::{batch, compress};
use crate::level::instructions::Avx512;

/// Eight words. A value is made from the proof that the processor has AVX-512, or from another value.
#[derive(Clone, Copy)]
struct Words(__m512i);

macro_rules! lanewise {
    ($($name:ident = $instruction:ident;)*) => {
        $(
            #[inline(always)]
            fn $name(self, other: Self) -> Self {
                // SAFETY: there is a `Words`, so the processor has AVX-512F.
                Self(unsafe { $instruction(self.0, other.0) })
            }
        )*
    };
}

impl Lanes for Words {
    type Proof = Avx512;

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
    fn splat(_: Avx512, word: u64) -> Self {
        // SAFETY: the proof shows that the processor has AVX-512F.
        Self(unsafe { _mm512_set1_epi64(word as i64) })
    }

    #[inline(always)]
    fn load(_: Avx512, words: &[u64]) -> Self {
        let words: &[u64; Self::WIDTH] = words.first_chunk().expect("a whole register");
        // SAFETY: the proof shows that the processor has AVX-512F. The reference covers the 64 bytes that are read, and the load needs no alignment.
        Self(unsafe { _mm512_loadu_si512(words.as_ptr().cast()) })
    }

    #[inline(always)]
    fn store(self, words: &mut [u64]) {
        let words: &mut [u64; Self::WIDTH] = words.first_chunk_mut().expect("a whole register");
        // SAFETY: there is a `Words`, so the processor has AVX-512F. The reference covers the 64 bytes that are written, and the store needs no alignment.
        unsafe { _mm512_storeu_si512(words.as_mut_ptr().cast(), self.0) }
    }

    #[inline(always)]
    fn rotate_right<const BITS: i32>(self) -> Self {
        // SAFETY: there is a `Words`, so the processor has AVX-512F.
        Self(unsafe { _mm512_ror_epi64::<BITS>(self.0) })
    }

    #[inline(always)]
    fn all_rounds_but_the_last<const WORDS: usize>(v: &mut [Self; 16], message: &[Self; WORDS]) {
        compress::all_rounds_but_the_last(v, message);
    }
}

#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
pub(super) fn hashes(prefix: &Prefix, batches: &[Batch], longest: usize, hashes: &mut [[u64; LANES]]) {
    batch::hashes::<Words>(Avx512::here(), prefix, batches, longest, hashes);
}
