//! What the registers of a level can do: 64-bit words, side by side.

/// The 64-bit words of a register. A value is made from a proof that the processor has the register, or from another value.
pub(super) trait Lanes: Copy {
    /// The proof.
    type Proof: Copy;

    /// Words in the register.
    const WIDTH: usize;

    /// The first words of a slice that holds enough.
    fn load(proof: Self::Proof, words: &[u64]) -> Self;

    /// Writes the first words of a slice that has room.
    fn store(self, words: &mut [u64]);

    /// The same word in every lane.
    fn splat(proof: Self::Proof, word: u64) -> Self;

    /// Registers that hold the same word in every lane, one for each of `words`.
    // A loop, not `map`: a closure here is not compiled to the instructions of the level.
    #[inline(always)]
    fn splat_each<const N: usize>(proof: Self::Proof, words: &[u64; N]) -> [Self; N] {
        let mut registers = [Self::splat(proof, 0); N];
        for (register, word) in registers.iter_mut().zip(words) {
            *register = Self::splat(proof, *word);
        }
        registers
    }

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
    fn all_rounds_but_the_last<const WORDS: usize>(v: &mut [Self; 16], message: &[Self; WORDS]);
}
