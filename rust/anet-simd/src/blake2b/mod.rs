//! BLAKE2b with a key and a digest of eight bytes (RFC 7693), of many short messages at once.
//!
//! A message is the text `"seed|channel|index|elevation"` of an item, the seed being the key as well. Eight items make a
//! batch. Their texts are put together in registers, a word of each item side by side, and are hashed there.

mod text;

mod batch;

mod compress;
mod key;
mod lanes;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;

use crate::level::Level;
use crate::level::dispatch::dispatch;

pub use batch::{Batch, LANES, Prefix};
pub use key::Key;
pub use text::{Label, SixDigits, Tag, elevation_texts};

impl Level {
    dispatch! {
        /// The hash of each item of each batch: the eight bytes of its digest, read as a big-endian integer.
        ///
        /// No label of an item is longer than `longest` bytes. Of an item with a longer label, or with an elevation outside
        /// `0..=1`, the hash is some number.
        ///
        /// # Panics
        /// If there is not one array of hashes for each batch.
        pub fn hashes(self, prefix: &Prefix, batches: &[Batch], longest: usize, hashes: &mut [[u64; LANES]]);
    }
}
