//! The tokens of the last samples, and the signature that they make.

use std::sync::LazyLock;

use crate::detect::tokens::novelty::bag_signature::BagSignature;
use crate::detect::tokens::token::TOKENS_A_SAMPLE;
use crate::detect::tokens::token_counts::TokenCounts;
use crate::error::{Result, StateError};
use crate::state::fields;

/// Samples in a bag. Fitted by `make detection` (2026-11-24).
pub(crate) const BAG: usize = 16;
/// Added to each elevation, so that a bag of common tokens has a direction too.
const SMALLEST: f64 = 1e-12;

/// How often each slot occurs in the last 16 samples.
#[derive(Debug, Clone)]
pub(super) struct BagOfTokens {
    /// Samples so far.
    count: u64,
    /// The slots of the last samples: those of sample number t at t modulo 16.
    samples: [[u16; TOKENS_A_SAMPLE]; BAG],
    occurrences: Vec<u8>,
    /// One bit a slot that occurs: the way to visit them in order.
    present: Vec<u64>,
}

/// ln(1 + occurrences), looked up.
static WEIGHTS: LazyLock<[f64; BAG * TOKENS_A_SAMPLE + 1]> =
    LazyLock::new(|| std::array::from_fn(|occurrences| libm::log(1.0 + occurrences as f64)));

impl BagOfTokens {
    /// An empty bag over `size` slots.
    pub(super) fn new(size: usize) -> Self {
        Self {
            count: 0,
            samples: [[0; TOKENS_A_SAMPLE]; BAG],
            occurrences: vec![0; size],
            present: vec![0; size.div_ceil(64)],
        }
    }

    /// How many slots there are.
    pub(super) fn size(&self) -> usize {
        self.occurrences.len()
    }

    /// Samples so far, those that have left included.
    pub(super) fn samples(&self) -> u64 {
        self.count
    }

    /// Takes the slots of a sample in, and those of the sixteenth before it out.
    pub(super) fn push(&mut self, slots: &[u16; TOKENS_A_SAMPLE]) {
        let place = (self.count % BAG as u64) as usize;
        if self.count >= BAG as u64 {
            let leaving = self.samples[place];
            leaving.map(usize::from).into_iter().for_each(|slot| self.remove(slot));
        }
        self.insert_all(slots);
        self.samples[place] = *slots;
        self.count += 1;
    }

    fn insert_all(&mut self, slots: &[u16; TOKENS_A_SAMPLE]) {
        for slot in slots.map(usize::from) {
            self.occurrences[slot] += 1;
            self.present[slot / 64] |= 1 << (slot % 64);
        }
    }

    fn remove(&mut self, slot: usize) {
        self.occurrences[slot] -= 1;
        if self.occurrences[slot] == 0 {
            self.present[slot / 64] &= !(1 << (slot % 64));
        }
    }

    /// Writes the signature: ln(1 + occurrences) times the weight of the slot, the 128 highest (between equals the lower
    /// position), scaled to unit length. The weight is ln((9 N + 1) / (count + ½)), at least 0.
    pub(super) fn sign(&self, counts: &TokenCounts, signature: &mut BagSignature) {
        signature.slots.clear();
        signature.elevations.clear();
        let (tokens_log, logs, weights) = (counts.tokens_log(), counts.all_logs(), &*WEIGHTS);
        for (word, &bits) in self.present.iter().enumerate() {
            let mut bits = bits;
            while bits != 0 {
                let slot = word * 64 + bits.trailing_zeros() as usize;
                let occurrences = usize::from(self.occurrences[slot]);
                let weight = (tokens_log - logs[slot]).max(0.0);
                signature.slots.push(slot as u16);
                signature.elevations.push(weights[occurrences] * weight + SMALLEST);
                bits &= bits - 1;
            }
        }
        signature.keep_highest();
        signature.scale();
    }

    /// Counts the occurrences, which are not saved.
    fn recount(&mut self) -> Result<()> {
        if self.samples.iter().flatten().any(|&slot| usize::from(slot) >= self.size()) {
            return Err(StateError::Field { name: "bag of tokens" }.into());
        }
        self.occurrences.fill(0);
        self.present.fill(0);
        for place in 0..self.count.min(BAG as u64) as usize {
            let slots = self.samples[place];
            self.insert_all(&slots);
        }
        Ok(())
    }
}

fields!(BagOfTokens { count, samples } then recount);
