//! The position of every token in the signature: hashed once for a seed, then only looked up.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::detect::tokens::token::{TOKENS, Token};
use crate::params::Seed;
use anet_simd::Key;

/// Size of the space that tokens are hashed into.
pub(crate) const DIMENSION: usize = 4096;

/// Hashed positions of the 1221 tokens.
///
/// position = first eight bytes, big-endian, of blake2b(digest_size 8, key = seed) of the token's text, mod 4096. Tokens
/// that collide share a position. Positions in use (1055 for the default seed) are numbered in their own order, so that
/// counts and signatures stay small.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Vocabulary {
    seed: Seed,
    slots: Vec<u16>,
    positions: Vec<u16>,
}

impl Vocabulary {
    /// Hashes the tokens.
    pub(crate) fn new(seed: &Seed) -> Self {
        let key = Key::new(seed.get().as_bytes());
        let position = |token: Token| (key.hash(token.text(seed.get()).as_bytes()) % DIMENSION as u64) as u16;
        let hashed: Vec<u16> = Token::all().map(position).collect();
        let mut positions = hashed.clone();
        positions.sort_unstable();
        positions.dedup();
        let slot = |position| positions.partition_point(|&other| other < position) as u16;
        Self { seed: seed.clone(), slots: hashed.into_iter().map(slot).collect(), positions }
    }

    /// The table of a seed: built once, then shared by all streams that are alive.
    pub(crate) fn shared(seed: &Seed) -> Arc<Self> {
        static KNOWN: Mutex<Vec<Weak<Vocabulary>>> = Mutex::new(Vec::new());
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|table| table.strong_count() > 0);
        if let Some(table) = known.iter().filter_map(Weak::upgrade).find(|table| table.seed == *seed) {
            return table;
        }
        let table = Arc::new(Self::new(seed));
        known.push(Arc::downgrade(&table));
        table
    }

    /// The seed.
    pub(crate) fn seed(&self) -> &Seed {
        &self.seed
    }

    /// How many positions are in use.
    pub(crate) fn size(&self) -> usize {
        self.positions.len()
    }

    /// The number of a token's position among those in use.
    pub(crate) fn slot(&self, token: u16) -> u16 {
        self.slots[usize::from(token)]
    }

    /// The position with a number.
    pub(crate) fn position(&self, slot: u16) -> u16 {
        self.positions[usize::from(slot)]
    }
}

const _: () = assert!(TOKENS == 1221);
