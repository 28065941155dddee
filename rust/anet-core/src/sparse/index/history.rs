//! The latest signatures, and how like each of them a new one is.
//!
//! A ring of a smaller capacity is a suffix of a larger one, so one history serves every scale. Cosines come from an inverted
//! index. Elevations are divided by their norm when a signature enters, so that a cosine is a plain sum.

use std::collections::VecDeque;

use crate::sparse::index::compact_queue::CompactQueue;
use crate::sparse::index::cosines::Cosines;
use crate::sparse::index::inverted_index::InvertedIndex;
use crate::sparse::index::postings::QueryTerm;

/// The latest signatures, up to a capacity, indexed by position.
///
/// Memory follows what is held, not the capacity.
#[derive(Debug, Clone)]
pub(crate) struct SignatureHistory {
    pub(super) capacity: usize,
    pub(super) index: InvertedIndex,
    /// The posting lists of each signature, oldest first.
    pub(super) lists: CompactQueue,
    /// The number of posting lists of each signature, oldest first.
    pub(super) lengths: VecDeque<u32>,
    /// The slot that the next signature takes.
    pub(super) next: usize,
    /// Signatures that it ever took in.
    pub(super) taken: u64,
}

/// Lists get lines for 1.5 times the postings that there are, as long as the ring may hold more. Chosen on 2026-11-24;
/// `make bench` (`bench_anomaly`) measures it.
const MOST_GROWTH: f64 = 1.5;

/// The memory that a query works in: kept by the caller, who may use it for any number of histories.
///
/// Once the history is full, a step allocates nothing unless its signature is longer than those before.
#[derive(Debug, Clone, Default)]
pub(crate) struct QueryScratch {
    pub(super) query: Vec<QueryTerm>,
    /// The cosine of the query with the signature in each slot.
    cosines: Vec<f64>,
}

impl SignatureHistory {
    /// An empty history that will keep the latest `capacity` signatures.
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            capacity,
            index: InvertedIndex::new(capacity),
            lists: CompactQueue::default(),
            lengths: VecDeque::new(),
            next: 0,
            taken: 0,
        }
    }

    /// Signatures held.
    pub(crate) fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Positions of all signatures held, together.
    pub(crate) fn positions(&self) -> usize {
        self.lists.len()
    }

    /// Compares a signature with each that is held, then takes it in, dropping the oldest if full.
    ///
    /// Elevations must be finite. Where a position comes twice its last elevation counts. A signature whose norm is zero,
    /// or beyond what a double holds, has a cosine of zero with all.
    pub(crate) fn update<'a>(
        &mut self,
        scratch: &'a mut QueryScratch,
        signature: impl Iterator<Item = (i128, f64)>,
    ) -> Cosines<'a> {
        if self.capacity == 0 {
            return Cosines::NONE;
        }
        let (held, next) = (self.len(), self.next);
        self.compare(scratch, signature);
        self.take(&scratch.query);
        Cosines::new(&scratch.cosines, next.min(held))
    }

    /// The cosines that [`SignatureHistory::update`] would give, without taking the signature in.
    pub(crate) fn peek<'a>(
        &mut self,
        scratch: &'a mut QueryScratch,
        signature: impl Iterator<Item = (i128, f64)>,
    ) -> Cosines<'a> {
        self.compare(scratch, signature);
        self.index.release_empty(&scratch.query);
        Cosines::new(&scratch.cosines, self.next.min(self.len()))
    }

    fn compare(&mut self, scratch: &mut QueryScratch, signature: impl Iterator<Item = (i128, f64)>) {
        let QueryScratch { query, cosines } = scratch;
        self.index.read(query, signature);
        normalise(query);
        cosines.clear();
        cosines.resize(self.len(), 0.0);
        self.index.accumulate(query, cosines);
    }

    pub(super) fn take(&mut self, query: &[QueryTerm]) {
        let growth = MOST_GROWTH.min(self.capacity as f64 / (self.len() + 1) as f64).max(1.0);
        self.index.append(query, self.next, growth);
        self.lists.extend(query.len(), query.iter().map(|term| term.list));
        self.lengths.push_back(query.len() as u32);
        self.next = (self.next + 1) % self.capacity;
        self.taken += 1;
        if self.lengths.len() > self.capacity {
            self.drop_oldest();
        }
    }

    /// Comes after the newest went in, so that a list which both share is never given up between.
    fn drop_oldest(&mut self) {
        let length = self.lengths.pop_front().unwrap_or(0) as usize;
        self.index.expire((0..length).map(|at| self.lists.get(at)));
        self.lists.drop_oldest(length);
    }

    /// Bytes that it occupies.
    pub(crate) fn bytes(&self) -> usize {
        self.index.bytes() + self.lists.bytes() + self.lengths.capacity() * size_of::<u32>()
    }
}

/// Divides by the norm, so that a cosine is a plain sum.
fn normalise(query: &mut [QueryTerm]) {
    let norm = query.iter().map(|term| term.weight * term.weight).sum::<f64>().sqrt();
    let divide = |weight: f64| if norm == 0.0 { 0.0 } else { weight / norm };
    query.iter_mut().for_each(|term| term.weight = divide(term.weight));
}
