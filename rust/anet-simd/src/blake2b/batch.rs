//! The hashes by which items claim positions: of `"seed|channel|index|elevation"`, eight items at a time.
//!
//! The seed is the same in all messages, and what lies between it and the elevation is written once for each item of a
//! window ([`Label`]). So a message is put together by a few shifts, side by side in the lanes.

use crate::blake2b::compress::{Key, digest};
use crate::blake2b::label::{LENGTH_AT, Label};
use crate::blake2b::lanes::Lanes;
use crate::blake2b::six_digits::elevation_texts;

/// Items in a batch, whatever the width of the machine's registers.
pub const LANES: usize = 8;

/// Longest message in words: a seed of 64 bytes, a label of 12, an elevation of 8.
const LONGEST: usize = 11;

/// Bytes of a word.
const WORD: usize = 8;

/// Bits of a byte.
const BYTE: u64 = 8;

/// What starts every message, ready to be hashed: the seed as key and as text.
#[derive(Debug, Clone)]
pub struct Prefix {
    key: Key,
    words: [u64; LONGEST],
    length: usize,
}

impl Prefix {
    /// # Panics
    /// If the seed is longer than 64 bytes; [`anet_simd::params::Seed`] makes sure that it is not.
    pub fn new(seed: &str) -> Self {
        let mut words = [0; LONGEST];
        for (index, byte) in seed.bytes().enumerate() {
            words[index / WORD] |= u64::from(byte) << (BYTE * (index % WORD) as u64);
        }
        Self { key: Key::new(seed.as_bytes()), words, length: seed.len() }
    }

    /// The key alone.
    pub fn key(&self) -> &Key {
        &self.key
    }
}

/// Eight items to be hashed. Those that are not needed may hold anything.
#[derive(Debug, Clone, Copy, Default)]
pub struct Batch {
    low: [u64; LANES],
    high: [u64; LANES],
    elevations: [f64; LANES],
}

impl Batch {
    /// Sets one item; its elevation lies in `0..=1`.
    #[inline(always)]
    pub fn set(&mut self, lane: usize, label: Label, elevation: f64) {
        [self.low[lane], self.high[lane]] = label.words();
        self.elevations[lane] = elevation;
    }
}

/// The hash of each item of each batch, its eight bytes read as a big-endian integer. `longest` is a bound for the labels'
/// lengths.
#[inline(always)]
pub fn hashes<L: Lanes>(prefix: &Prefix, batches: &[Batch], longest: usize, hashes: &mut [[u64; LANES]]) {
    // Few lengths, each compiled for itself: a short message leaves most of its words out of every round.
    match (prefix.length + longest + WORD).div_ceil(WORD) {
        0..=4 => of_words::<L, 4>(prefix, batches, hashes),
        5..=6 => of_words::<L, 6>(prefix, batches, hashes),
        _ => of_words::<L, LONGEST>(prefix, batches, hashes),
    }
}

/// The texts of all elevations first, in the hashes' place: each is a long chain, and many at a time keep a processor busy.
#[inline(always)]
fn of_words<L: Lanes, const WORDS: usize>(prefix: &Prefix, batches: &[Batch], hashes: &mut [[u64; LANES]]) {
    for (batch, texts) in batches.iter().zip(&mut *hashes) {
        *texts = elevation_texts(&batch.elevations);
    }
    let seed: [L; WORDS] = std::array::from_fn(|word| L::splat(prefix.words[word]));
    for (batch, hashes) in batches.iter().zip(hashes) {
        for lane in (0..LANES).step_by(L::WIDTH) {
            let label = [L::load(&batch.low[lane..]), L::load(&batch.high[lane..])];
            let mut message = seed;
            let length = append(&mut message, prefix.length, label, L::load(&hashes[lane..]));
            let counter = length.add(L::splat(prefix.key.hashed));
            digest(&prefix.key.state, &message, counter).store(&mut hashes[lane..]);
        }
        for hash in hashes {
            *hash = hash.swap_bytes();
        }
    }
}

/// Puts label and elevation behind a seed of `length` bytes, and says how long the message is.
#[inline(always)]
fn append<L: Lanes>(message: &mut [L], length: usize, [low, high]: [L; 2], text: L) -> L {
    let label_bytes = high.shift_right(L::splat(LENGTH_AT));
    let high = high.xor(label_bytes.shift_left(L::splat(LENGTH_AT)));
    // The elevation, shifted up by the label's length, falls on three words. A count that is negative here is huge as the
    // unsigned number that it is read as, and gives zero.
    let up = label_bytes.shift_left(L::splat(3));
    let tail = [
        low.or(text.shift_left(up)),
        high.or(text.shift_left(up.sub(L::splat(64)))).or(text.shift_right(L::splat(64).sub(up))),
        text.shift_right(L::splat(128).sub(up)),
    ];
    let first = length / WORD;
    let up = L::splat(BYTE * (length % WORD) as u64);
    let down = L::splat(64).sub(up);
    let mut carried = L::splat(0);
    for (word, part) in message[first..].iter_mut().zip(tail.into_iter().chain([L::splat(0)])) {
        *word = word.or(part.shift_left(up)).or(carried);
        carried = part.shift_right(down);
    }
    label_bytes.add(L::splat((length + WORD) as u64))
}
