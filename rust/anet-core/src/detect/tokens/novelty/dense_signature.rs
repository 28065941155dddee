//! The cosine of one signature with many: the one is laid out by slot.

use std::cell::RefCell;

use crate::detect::tokens::novelty::bag_signature::BagSignature;
use crate::detect::tokens::token::TOKENS;

/// Places for slots: a power of two, by which the compiler sees that no slot lies outside.
const PLACES: usize = TOKENS.next_power_of_two();

/// A signature by slot, zeros between.
pub(super) struct DenseSignature([f64; PLACES]);

impl DenseSignature {
    /// Four partial sums, so that the order of additions is the same everywhere.
    pub(super) fn cosine(&self, old: &BagSignature) -> f64 {
        let term = |slot: u16, elevation: f64| self.0[usize::from(slot) % PLACES] * elevation;
        let mut sums = [0.0; 4];
        let slots = old.slots.chunks_exact(4);
        let elevations = old.elevations.chunks_exact(4);
        let rest = slots.remainder().iter().zip(elevations.remainder());
        let tail: f64 = rest.map(|(&slot, &elevation)| term(slot, elevation)).sum();
        for (slots, elevations) in slots.zip(elevations) {
            for lane in 0..4 {
                sums[lane] += term(slots[lane], elevations[lane]);
            }
        }
        (sums[0] + sums[1]) + (sums[2] + sums[3]) + tail
    }
}

/// Lays a signature out by slot for `look`, in memory that all streams of a thread share: only what was written is cleared,
/// and it stays in the cache.
pub(super) fn with_dense<T>(query: &BagSignature, look: impl FnOnce(&DenseSignature) -> T) -> T {
    thread_local!(static DENSE: RefCell<DenseSignature> = const { RefCell::new(DenseSignature([0.0; PLACES])) });
    DENSE.with_borrow_mut(|dense| {
        query.slots.iter().zip(&query.elevations).for_each(|(&slot, &e)| dense.0[usize::from(slot)] = e);
        let found = look(dense);
        query.slots.iter().for_each(|&slot| dense.0[usize::from(slot)] = 0.0);
        found
    })
}
