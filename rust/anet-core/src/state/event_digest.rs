//! The events of an object, in 25 bytes.

/// 2^64 divided by the golden ratio: no two steps of the chain look alike.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Counts events, chains them into a digest, and keeps the highest of their orders.
///
/// A step of the chain is a bijection of what came before, and of the word that it takes: histories that differ in one word
/// stay apart while they take the same events. It guards against accidents, not against forgers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventDigest {
    /// Events so far.
    pub events: u64,
    /// The last word of the chain.
    pub chain: u64,
    /// The highest order of any event that had one.
    pub last_order: Option<i64>,
}

impl EventDigest {
    /// Chains an event, given as 64-bit words that tell it from every other.
    pub fn enter(&mut self, words: impl IntoIterator<Item = u64>) {
        self.events += 1;
        self.chain = words.into_iter().fold(chained(self.chain, self.events), chained);
    }

    /// Chains an event that has an order, such as a time in nanoseconds.
    pub fn enter_at(&mut self, order: i64, words: impl IntoIterator<Item = u64>) {
        self.enter([order as u64].into_iter().chain(words));
        self.last_order = self.last_order.max(Some(order));
    }
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014), a permutation of the words.
fn chained(digest: u64, word: u64) -> u64 {
    let z = digest.wrapping_add(STEP) ^ word;
    let z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ z >> 31
}
