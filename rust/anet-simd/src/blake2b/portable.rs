//! Plain Rust: one word in a register.

use crate::blake2b::batch::{Batch, LANES, Prefix};
use crate::blake2b::lanes::Lanes;
use crate::blake2b::{batch, compress};

pub(super) fn hashes(prefix: &Prefix, batches: &[Batch], longest: usize, hashes: &mut [[u64; LANES]]) {
    batch::hashes::<u64>((), prefix, batches, longest, hashes);
}

impl Lanes for u64 {
    type Proof = ();

    const WIDTH: usize = 1;

    #[inline(always)]
    fn load(_: (), words: &[u64]) -> Self {
        words[0]
    }

    #[inline(always)]
    fn store(self, words: &mut [u64]) {
        words[0] = self;
    }

    #[inline(always)]
    fn splat(_: (), word: u64) -> Self {
        word
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.wrapping_add(other)
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.wrapping_sub(other)
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        self ^ other
    }

    #[inline(always)]
    fn or(self, other: Self) -> Self {
        self | other
    }

    #[inline(always)]
    fn rotate_right<const BITS: i32>(self) -> Self {
        u64::rotate_right(self, BITS as u32)
    }

    #[inline(always)]
    fn shift_left(self, counts: Self) -> Self {
        if counts < 64 { self << counts } else { 0 }
    }

    #[inline(always)]
    fn shift_right(self, counts: Self) -> Self {
        if counts < 64 { self >> counts } else { 0 }
    }

    #[inline(always)]
    fn all_rounds_but_the_last<const WORDS: usize>(v: &mut [Self; 16], message: &[Self; WORDS]) {
        compress::all_rounds_but_the_last(v, message);
    }
}
