//! Which numbers of a slice lie in a range, found in bit masks of 64 numbers at a time.

/// How many numbers are at least `bound`.
#[inline(always)]
pub fn count_at_least(x: &[f64], bound: f64) -> usize {
    x.iter().map(|x| u64::from(*x >= bound)).sum::<u64>() as usize
}

/// Numbers under one mask.
pub const MASKED: usize = u64::BITS as usize;

/// Appends the indices of the numbers in `low..high`, in ascending order. `mask` gives the mask of 64 numbers.
#[inline(always)]
pub fn indices(
    x: &[f64],
    [low, high]: [f64; 2],
    out: &mut Vec<usize>,
    mask: impl Fn(&[f64; MASKED], [f64; 2]) -> u64,
) {
    let (chunks, rest) = x.as_chunks::<MASKED>();
    for (index, chunk) in chunks.iter().enumerate() {
        push(mask(chunk, [low, high]), index * MASKED, out);
    }
    let bits = rest.iter().enumerate().map(|(bit, x)| u64::from(low <= *x && *x < high) << bit);
    push(bits.sum(), x.len() - rest.len(), out);
}

#[inline(always)]
fn push(mut mask: u64, first: usize, out: &mut Vec<usize>) {
    while mask != 0 {
        out.push(first + mask.trailing_zeros() as usize);
        mask &= mask - 1;
    }
}

/// The mask of 64 numbers, in plain Rust.
#[inline(always)]
pub fn mask(x: &[f64; MASKED], [low, high]: [f64; 2]) -> u64 {
    x.iter().rev().fold(0, |mask, x| mask << 1 | u64::from(low <= *x && *x < high))
}
