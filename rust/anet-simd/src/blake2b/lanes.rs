//! What a backend's registers can do: 64-bit words, side by side.

use crate::blake2b::compress;

/// Some 64-bit words that are worked on together.
pub trait Lanes: Copy {
    /// How many.
    const WIDTH: usize;

    /// The first words of a slice that holds enough.
    fn load(words: &[u64]) -> Self;

    /// Writes the first words of a slice that has room.
    fn store(self, words: &mut [u64]);

    /// The same word in every lane.
    fn splat(word: u64) -> Self;

    /// Sums modulo 2^64.
    fn add(self, other: Self) -> Self;

    /// Differences modulo 2^64.
    fn sub(self, other: Self) -> Self;

    /// Bits that differ.
    fn xor(self, other: Self) -> Self;

    /// Bits that are set in either.
    fn or(self, other: Self) -> Self;

    /// Rotations by 16, 24, 32 or 63 bits.
    fn rotate_right<const BITS: i32>(self) -> Self;

    /// Each word shifted up by its own count; a count of 64 and more gives zero.
    fn shift_left(self, counts: Self) -> Self;

    /// Each word shifted down by its own count; a count of 64 and more gives zero.
    fn shift_right(self, counts: Self) -> Self;

    /// The rounds of BLAKE2b, except for the last, of which a digest needs only a part. Message words past `WORDS` are zero.
    #[inline(always)]
    fn all_rounds_but_the_last<const WORDS: usize>(v: &mut [Self; 16], message: &[Self; WORDS]) {
        compress::all_rounds_but_the_last(v, message);
    }
}

impl Lanes for u64 {
    const WIDTH: usize = 1;

    #[inline(always)]
    fn load(words: &[u64]) -> Self {
        words[0]
    }

    #[inline(always)]
    fn store(self, words: &mut [u64]) {
        words[0] = self;
    }

    #[inline(always)]
    fn splat(word: u64) -> Self {
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
}
