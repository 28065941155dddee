//! The signatures of the last bags, one at every eighth sample.

use std::collections::VecDeque;

use crate::detect::tokens::novelty::bag_of_tokens::BAG;
use crate::detect::tokens::novelty::bag_signature::{BagSignature, STRIDE};
use crate::error::{Result, StateError};
use crate::state::{Fields, Reader, Writer};

/// Signatures kept: the 128 of the largest scale, and those that still overlap the newest bag.
const KEPT: usize = 131;
/// Signatures of a page: 41 kB where they are long.
const A_PAGE: usize = 32;

/// The newest 131 signatures, the oldest first.
#[derive(Debug, Clone)]
pub(super) struct BagHistory(VecDeque<BagSignature>);

impl BagHistory {
    /// None yet.
    pub(super) fn new() -> Self {
        Self(VecDeque::with_capacity(KEPT))
    }

    /// The newest one.
    #[cfg(test)]
    pub(super) fn newest(&self) -> Option<&BagSignature> {
        self.0.back()
    }

    /// The one with an index, the oldest at 0.
    pub(super) fn get(&self, index: usize) -> &BagSignature {
        &self.0[index]
    }

    /// All of them, the oldest first.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &BagSignature> {
        self.0.iter()
    }

    /// How many of them, the oldest, do not overlap the bag at sample number `t`.
    pub(super) fn apart(&self, t: u64) -> usize {
        let overlapping = self.0.iter().rev().take_while(|old| old.end + BAG as u64 > t).count();
        self.0.len() - overlapping
    }

    /// Takes a copy, in no more memory than it needs; the oldest goes where there are 131.
    pub(super) fn push(&mut self, signature: &BagSignature) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(signature.clone());
    }

    /// Whether these are the signatures that `samples` samples leave: one at every eighth sample from the sixteenth on.
    pub(super) fn is_regular(&self, samples: u64) -> bool {
        let newest = samples.saturating_sub(1) / STRIDE;
        let first = BAG as u64 / STRIDE;
        let due = (newest + 1).saturating_sub(first).min(KEPT as u64);
        let ends = self.0.iter().rev().map(|signature| signature.end);
        self.0.len() as u64 == due && ends.zip((0..=newest).rev()).all(|(end, number)| end == number * STRIDE)
    }
}

/// The signatures stand in the order of a ring of 131, so that one more changes a single page.
impl Fields for BagHistory {
    fn save(&self, out: &mut Writer) {
        out.count(self.0.len());
        let mut signatures: Vec<&BagSignature> = self.0.iter().collect();
        signatures.sort_unstable_by_key(|signature| place(signature));
        let mut signatures = signatures.into_iter().peekable();
        for end in (0..KEPT).step_by(A_PAGE).map(|first| first + A_PAGE) {
            out.page_break();
            while let Some(signature) = signatures.next_if(|signature| place(signature) < end) {
                signature.save(out);
            }
        }
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let count = from.count(size_of::<u64>())?;
        if count > KEPT {
            return Err(StateError::Field { name: "history of signatures" }.into());
        }
        let mut signatures = vec![BagSignature::default(); count];
        signatures.iter_mut().try_for_each(|signature| signature.load(from))?;
        signatures.sort_by_key(|signature| signature.end);
        self.0.clear();
        self.0.extend(signatures);
        Ok(())
    }
}

/// The place of a signature in a ring of 131: the next signature has the next place.
fn place(signature: &BagSignature) -> usize {
    (signature.number() % KEPT as u64) as usize
}
