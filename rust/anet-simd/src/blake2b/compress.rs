//! The compression of BLAKE2b (RFC 7693, section 3.2), in as many lanes as a register has.

use crate::blake2b::lanes::Lanes;

/// The state that every hash starts from (RFC 7693, section 2.6).
pub(super) const IV: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

/// Order of the message words in each round (RFC 7693, section 2.7).
const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// Takes a block into the state. `counter` is the number of bytes so far; `last` is all ones for the last block, else 0.
pub(super) fn compress(state: &mut [u64; 8], message: &[u64; 16], counter: u64, last: u64) {
    let v = rounds((), state, message, counter, last);
    for word in 0..8 {
        state[word] ^= v[word] ^ v[word + 8];
    }
}

/// The digest words of messages of one block, one a lane. Message words past `WORDS` are zero.
#[inline(always)]
pub(super) fn digest<L: Lanes, const WORDS: usize>(
    proof: L::Proof,
    state: &[u64; 8],
    message: &[L; WORDS],
    counter: L,
) -> L {
    let state = L::splat_each(proof, state);
    let v = rounds(proof, &state, message, counter, L::splat(proof, u64::MAX));
    state[0].xor(v[0]).xor(v[8])
}

#[inline(always)]
fn rounds<L: Lanes, const WORDS: usize>(
    proof: L::Proof,
    state: &[L; 8],
    message: &[L; WORDS],
    counter: L,
    last: L,
) -> [L; 16] {
    let iv = L::splat_each(proof, &IV);
    let mut v: [L; 16] = std::array::from_fn(|word| if word < 8 { state[word] } else { iv[word - 8] });
    v[12] = v[12].xor(counter);
    v[14] = v[14].xor(last);
    L::all_rounds_but_the_last(&mut v, message);
    // The table of orders has ten rows: the last two rounds begin it anew.
    round::<L, WORDS, 1>(&mut v, message);
    v
}

/// Eleven rounds of the twelve.
#[inline(always)]
pub(super) fn all_rounds_but_the_last<L: Lanes, const WORDS: usize>(v: &mut [L; 16], message: &[L; WORDS]) {
    round::<L, WORDS, 0>(v, message);
    round::<L, WORDS, 1>(v, message);
    round::<L, WORDS, 2>(v, message);
    round::<L, WORDS, 3>(v, message);
    round::<L, WORDS, 4>(v, message);
    round::<L, WORDS, 5>(v, message);
    round::<L, WORDS, 6>(v, message);
    round::<L, WORDS, 7>(v, message);
    round::<L, WORDS, 8>(v, message);
    round::<L, WORDS, 9>(v, message);
    round::<L, WORDS, 0>(v, message);
}

/// Columns, then diagonals. The order is a constant, so that no table is read and no bound checked at run time.
#[inline(always)]
fn round<L: Lanes, const WORDS: usize, const ORDER: usize>(v: &mut [L; 16], message: &[L; WORDS]) {
    let word = |index: usize| message.get(SIGMA[ORDER][index]);
    mix(v, 0, [word(0), word(2), word(4), word(6)], [word(1), word(3), word(5), word(7)]);
    mix(v, 1, [word(8), word(10), word(12), word(14)], [word(9), word(11), word(13), word(15)]);
}

/// Four mixings side by side, a step of each in turn: each is a long chain, and four keep a processor busy.
///
/// The rows of the state are turned against each other by `turn` places.
#[inline(always)]
fn mix<L: Lanes>(v: &mut [L; 16], turn: usize, x: [Option<&L>; 4], y: [Option<&L>; 4]) {
    let at = |row: usize, column: usize| 4 * row + (column + row * turn) % 4;
    for (i, x) in x.into_iter().enumerate() {
        let (a, b, d) = (at(0, i), at(1, i), at(3, i));
        v[a] = plus(v[a], x).add(v[b]);
        v[d] = v[d].xor(v[a]).rotate_right::<32>();
    }
    for i in 0..4 {
        let (b, c, d) = (at(1, i), at(2, i), at(3, i));
        v[c] = v[c].add(v[d]);
        v[b] = v[b].xor(v[c]).rotate_right::<24>();
    }
    for (i, y) in y.into_iter().enumerate() {
        let (a, b, d) = (at(0, i), at(1, i), at(3, i));
        v[a] = plus(v[a], y).add(v[b]);
        v[d] = v[d].xor(v[a]).rotate_right::<16>();
    }
    for i in 0..4 {
        let (b, c, d) = (at(1, i), at(2, i), at(3, i));
        v[c] = v[c].add(v[d]);
        v[b] = v[b].xor(v[c]).rotate_right::<63>();
    }
}

/// A word past the end of a short message is zero; it is not added.
#[inline(always)]
fn plus<L: Lanes>(sum: L, word: Option<&L>) -> L {
    word.map_or(sum, |word| sum.add(*word))
}
