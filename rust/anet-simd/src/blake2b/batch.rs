//! Batches of items, and their messages `"seed|channel|index|elevation"`.
//!
//! All messages start with the same seed, and the text between it and the elevation, a [`Label`], has at most two words. So a
//! message is put together by a few shifts, side by side in the lanes.

use crate::blake2b::compress::digest;
use crate::blake2b::key::Key;
use crate::blake2b::lanes::Lanes;
use crate::blake2b::text::elevation_texts;
use crate::blake2b::text::label::{LENGTH_AT, Label};

/// Items in a batch: the words of a register of AVX-512, the widest.
pub const LANES: usize = 8;

/// Longest message in words: a seed of 64 bytes, a label of 12 and an elevation of 8 are 84 bytes.
const LONGEST: usize = 11;

/// Bytes of a word.
const WORD: usize = 8;

/// Bits of a byte.
const BYTE: u64 = 8;

/// The start of every message: the seed, as key and as text.
#[derive(Debug, Clone)]
pub struct Prefix {
    key: Key,
    words: [u64; LONGEST],
    length: usize,
}

impl Prefix {
    /// The start of the messages with this seed.
    ///
    /// # Panics
    /// If the seed is longer than 64 bytes.
    pub fn new(seed: &str) -> Self {
        let mut words = [0; LONGEST];
        for (index, byte) in seed.bytes().enumerate() {
            words[index / WORD] |= u64::from(byte) << (BYTE * (index % WORD) as u64);
        }
        Self { key: Key::new(seed.as_bytes()), words, length: seed.len() }
    }

    /// The seed as key.
    pub fn key(&self) -> &Key {
        &self.key
    }
}

/// Eight items to be hashed. Lanes that were not set give some hash.
#[derive(Debug, Clone, Copy, Default)]
pub struct Batch {
    low: [u64; LANES],
    high: [u64; LANES],
    elevations: [f64; LANES],
}

impl Batch {
    /// Sets the item of a lane; its elevation lies in `0..=1`.
    ///
    /// # Panics
    /// If there is no such lane.
    #[inline(always)]
    pub fn set(&mut self, lane: usize, label: Label, elevation: f64) {
        [self.low[lane], self.high[lane]] = label.words();
        self.elevations[lane] = elevation;
    }
}

/// The hash of each item of each batch; see [`crate::Level::hashes`].
#[inline(always)]
pub(super) fn hashes<L: Lanes>(
    proof: L::Proof,
    prefix: &Prefix,
    batches: &[Batch],
    longest: usize,
    hashes: &mut [[u64; LANES]],
) {
    assert_eq!(batches.len(), hashes.len(), "one array of hashes a batch");
    // Three lengths, each compiled for itself: a short message leaves most of its words out of every round.
    match (prefix.length + longest + WORD).div_ceil(WORD) {
        0..=4 => of_words::<L, 4>(proof, prefix, batches, hashes),
        5..=6 => of_words::<L, 6>(proof, prefix, batches, hashes),
        _ => of_words::<L, LONGEST>(proof, prefix, batches, hashes),
    }
}

/// The hashes of messages of at most `WORDS` words.
///
/// The texts of all elevations come first, in the place of the hashes: each is a long chain, and many at a time keep a processor
/// busy.
#[inline(always)]
fn of_words<L: Lanes, const WORDS: usize>(
    proof: L::Proof,
    prefix: &Prefix,
    batches: &[Batch],
    hashes: &mut [[u64; LANES]],
) {
    for (batch, texts) in batches.iter().zip(&mut *hashes) {
        *texts = elevation_texts(&batch.elevations);
    }
    let seed: &[u64; WORDS] = prefix.words.first_chunk().expect("at most LONGEST words");
    let seed = L::splat_each(proof, seed);
    for (batch, hashes) in batches.iter().zip(hashes) {
        for lane in (0..LANES).step_by(L::WIDTH) {
            let label = [L::load(proof, &batch.low[lane..]), L::load(proof, &batch.high[lane..])];
            let mut message = seed;
            let length = append(proof, &mut message, prefix.length, label, L::load(proof, &hashes[lane..]));
            let counter = length.add(L::splat(proof, prefix.key.hashed));
            digest(proof, &prefix.key.state, &message, counter).store(&mut hashes[lane..]);
        }
        for hash in hashes {
            *hash = hash.swap_bytes();
        }
    }
}

/// Puts label and elevation behind a seed of `length` bytes, and returns the length of the message.
#[inline(always)]
fn append<L: Lanes>(proof: L::Proof, message: &mut [L], length: usize, [low, high]: [L; 2], text: L) -> L {
    let label_bytes = high.shift_right(L::splat(proof, LENGTH_AT));
    let high = high.xor(label_bytes.shift_left(L::splat(proof, LENGTH_AT)));
    // The elevation, shifted up by the label's length, falls on three words. A count that is negative here is huge as the
    // unsigned number that it is read as, and gives zero.
    let up = label_bytes.shift_left(L::splat(proof, 3));
    let tail = [
        low.or(text.shift_left(up)),
        high.or(text.shift_left(up.sub(L::splat(proof, 64))))
            .or(text.shift_right(L::splat(proof, 64).sub(up))),
        text.shift_right(L::splat(proof, 128).sub(up)),
    ];
    let first = length / WORD;
    let up = L::splat(proof, BYTE * (length % WORD) as u64);
    let down = L::splat(proof, 64).sub(up);
    let mut carried = L::splat(proof, 0);
    for (word, part) in message[first..].iter_mut().zip(tail.into_iter().chain([L::splat(proof, 0)])) {
        *word = word.or(part.shift_left(up)).or(carried);
        carried = part.shift_right(down);
    }
    label_bytes.add(L::splat(proof, (length + WORD) as u64))
}
