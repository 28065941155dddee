//! AVX2: four words in a register.
#![allow(unsafe_code)]

mod rounds;

use std::arch::asm;
use std::arch::x86_64::*;

use crate::blake2b::batch;
use crate::blake2b::batch::{Batch, LANES, Prefix};
use crate::blake2b::lanes::Lanes;
use crate::level::instructions::Avx2;

/// Four words. A value is made from the proof that the processor has AVX2, or from another value.
#[derive(Clone, Copy)]
struct Words(__m256i);

macro_rules! lanewise {
    ($($name:ident = $instruction:ident;)*) => {
        $(
            #[inline(always)]
            fn $name(self, other: Self) -> Self {
                // SAFETY: there is a `Words`, so the processor has AVX2.
                Self(unsafe { $instruction(self.0, other.0) })
            }
        )*
    };
}

impl Lanes for Words {
    type Proof = Avx2;

    const WIDTH: usize = 4;

    lanewise! {
        add = _mm256_add_epi64;
        sub = _mm256_sub_epi64;
        xor = _mm256_xor_si256;
        or = _mm256_or_si256;
        shift_left = _mm256_sllv_epi64;
        shift_right = _mm256_srlv_epi64;
    }

    #[inline(always)]
    fn splat(_: Avx2, word: u64) -> Self {
        // SAFETY: the proof shows that the processor has AVX2.
        Self(unsafe { _mm256_set1_epi64x(word as i64) })
    }

    #[inline(always)]
    fn load(_: Avx2, words: &[u64]) -> Self {
        let words: &[u64; Self::WIDTH] = words.first_chunk().expect("a whole register");
        // SAFETY: the proof shows that the processor has AVX2. The reference covers the 32 bytes that are read, and the load needs no alignment.
        Self(unsafe { _mm256_loadu_si256(words.as_ptr().cast()) })
    }

    #[inline(always)]
    fn store(self, words: &mut [u64]) {
        let words: &mut [u64; Self::WIDTH] = words.first_chunk_mut().expect("a whole register");
        // SAFETY: there is a `Words`, so the processor has AVX2. The reference covers the 32 bytes that are written, and the store needs no alignment.
        unsafe { _mm256_storeu_si256(words.as_mut_ptr().cast(), self.0) }
    }

    #[inline(always)]
    fn all_rounds_but_the_last<const WORDS: usize>(v: &mut [Self; 16], message: &[Self; WORDS]) {
        // SAFETY: there is a `Words`, so the processor has AVX2.
        unsafe { rounds::all_but_the_last(v, message) }
    }

    /// AVX2 rotates by whole bytes with a shuffle; the rotation by 63 doubles and brings the top bit round.
    #[inline(always)]
    fn rotate_right<const BITS: i32>(self) -> Self {
        // SAFETY: there is a `Words`, so the processor has AVX2.
        Self(unsafe {
            match BITS {
                16 => down_by_2_bytes(self.0),
                24 => down_by_3_bytes(self.0),
                32 => down_by_4_bytes(self.0),
                _ => _mm256_or_si256(_mm256_add_epi64(self.0, self.0), _mm256_srli_epi64::<63>(self.0)),
            }
        })
    }
}

/// Rotations by shuffles that the compiler cannot look into: where it can, it takes one apart into up to four.
macro_rules! shuffles {
    ($($name:ident: $instruction:literal $(with $order:path)?;)*) => {
        $(
            #[target_feature(enable = "avx2")]
            #[inline]
            fn $name(mut words: __m256i) -> __m256i {
                // SAFETY: one instruction that this function is compiled for; if it reads, then the 32 bytes of a static.
                unsafe {
                    asm!(
                        $instruction,
                        inout(ymm_reg) words,
                        $(sym $order,)?
                        options(pure, readonly, nostack, preserves_flags)
                    );
                }
                words
            }
        )*
    };
}

shuffles! {
    down_by_2_bytes: "vpshufb {0}, {0}, ymmword ptr [rip + {1}]" with DOWN_BY_2_BYTES;
    down_by_3_bytes: "vpshufb {0}, {0}, ymmword ptr [rip + {1}]" with DOWN_BY_3_BYTES;
    down_by_4_bytes: "vpshufd {0}, {0}, 0xb1";
}

/// An order of bytes for each half of a register.
#[repr(C, align(32))]
struct Order([[u64; 2]; 2]);

static DOWN_BY_2_BYTES: Order = Order([[0x0100_0706_0504_0302, 0x0908_0f0e_0d0c_0b0a]; 2]);
static DOWN_BY_3_BYTES: Order = Order([[0x0201_0007_0605_0403, 0x0a09_080f_0e0d_0c0b]; 2]);

#[target_feature(enable = "avx2,fma")]
pub(super) fn hashes(prefix: &Prefix, batches: &[Batch], longest: usize, hashes: &mut [[u64; LANES]]) {
    batch::hashes::<Words>(Avx2::here(), prefix, batches, longest, hashes);
}
