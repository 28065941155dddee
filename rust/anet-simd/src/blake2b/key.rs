//! Hashes with a key, of any message.
//!
//! A keyed hash compresses the key first, in a block of its own. That state depends on the key alone, so [`Key`] keeps it:
//! a message that fits one block then costs one compression.

use crate::blake2b::compress::{IV, compress};

/// Bytes in a block.
const BLOCK: usize = 128;

/// Digest length in bytes: the first state word is the digest.
const DIGEST: u64 = 8;

/// Parameter block, first word: digest length, key length, fan-out 1, depth 1.
const SEQUENTIAL: u64 = 0x0101_0000;

/// A key, compressed: the state that a hash with it starts from.
///
/// ```
/// use anet_simd::Key;
/// // hashlib.blake2b(b"abc", key=b"seed", digest_size=8)
/// assert_eq!(Key::new(b"seed").hash(b"abc"), 0xef8b_6a71_078b_8ba1);
/// ```
#[derive(Debug, Clone)]
pub struct Key {
    pub(super) state: [u64; 8],
    /// Bytes hashed so far: a block for a key, nothing without one.
    pub(super) hashed: u64,
    /// The hash of the empty message, whose last block is the key's.
    empty: u64,
}

impl Key {
    /// The state behind `key`; an empty key means a hash without one.
    ///
    /// # Panics
    /// If the key is longer than 64 bytes.
    pub fn new(key: &[u8]) -> Self {
        assert!(key.len() <= 64, "a BLAKE2b key has at most 64 bytes");
        let mut state = IV;
        state[0] ^= SEQUENTIAL | (key.len() as u64) << 8 | DIGEST;
        let hashed = if key.is_empty() { 0 } else { BLOCK as u64 };
        let block = words(&padded(key));
        let mut last = state;
        compress(&mut last, &block, hashed, u64::MAX);
        if !key.is_empty() {
            compress(&mut state, &block, hashed, 0);
        }
        Self { state, hashed, empty: last[0].swap_bytes() }
    }

    /// The hash of `message`, its eight bytes read as a big-endian integer.
    pub fn hash(&self, message: &[u8]) -> u64 {
        if message.is_empty() {
            return self.empty;
        }
        let mut state = self.clone();
        let whole = (message.len() - 1) / BLOCK * BLOCK;
        let (blocks, last) = message.split_at(whole);
        for block in blocks.as_chunks::<BLOCK>().0 {
            state.absorb(block);
        }
        let counter = state.hashed + last.len() as u64;
        compress(&mut state.state, &words(&padded(last)), counter, u64::MAX);
        state.state[0].swap_bytes()
    }

    /// Takes a block that is not the last one into the state.
    fn absorb(&mut self, block: &[u8; BLOCK]) {
        self.hashed += BLOCK as u64;
        compress(&mut self.state, &words(block), self.hashed, 0);
    }
}

/// A block of `bytes` and zeros.
fn padded(bytes: &[u8]) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    block[..bytes.len()].copy_from_slice(bytes);
    block
}

/// The words of a block, the first byte lowest.
fn words(block: &[u8; BLOCK]) -> [u64; 16] {
    let (words, _) = block.as_chunks::<8>();
    std::array::from_fn(|word| u64::from_le_bytes(words[word]))
}
