//! From the positions of a query to the signatures that share them.
//!
//! A query visits only the signatures that share a position with it, for each position about
//! `capacity · max_positions / dimension` of them, where comparing one by one would visit every position of every signature.
//! (Zobel and Moffat, Inverted files for text search engines, ACM Computing Surveys 38, 2006.)

use crate::sparse::index::position_map::PositionMap;
use crate::sparse::index::posting_list::NONE;
use crate::sparse::index::postings::{Postings, QueryTerm};

/// The posting list of each position, and the postings of all.
#[derive(Debug, Clone)]
pub(super) struct InvertedIndex {
    map: PositionMap,
    postings: SlotWidth,
}

/// Six postings fit a cache line where 16 bits name a slot, five elsewhere.
#[derive(Debug, Clone)]
enum SlotWidth {
    Short(Postings<u16, 6>),
    Long(Postings<u32, 5>),
}

macro_rules! each {
    ($width:expr, $postings:ident => $work:expr) => {
        match $width {
            SlotWidth::Short($postings) => $work,
            SlotWidth::Long($postings) => $work,
        }
    };
}

impl InvertedIndex {
    /// An empty index of signatures in `slots` slots.
    pub(super) fn new(slots: usize) -> Self {
        let short = slots <= 1 << u16::BITS;
        let postings =
            if short { SlotWidth::Short(Postings::new()) } else { SlotWidth::Long(Postings::new()) };
        Self { map: PositionMap::default(), postings }
    }

    /// Finds the lists of a signature. Where a position comes twice its last weight counts.
    pub(super) fn read(&mut self, query: &mut Vec<QueryTerm>, signature: impl Iterator<Item = (i128, f64)>) {
        query.clear();
        for (position, weight) in signature {
            let number = self.map.number(position);
            let list = self.map.get_mut(number);
            if list.mark == NONE {
                list.mark = query.len() as u32;
                query.push(QueryTerm { list: number, weight });
            } else {
                query[list.mark as usize].weight = weight;
            }
        }
        query.iter().for_each(|term| self.map.get_mut(term.list).mark = NONE);
    }

    /// Adds `query · signature` to the sum of each slot.
    pub(super) fn accumulate(&self, query: &[QueryTerm], sums: &mut [f64]) {
        each!(&self.postings, postings => postings.accumulate(&self.map, query, sums));
    }

    /// Adds a signature, which takes a slot. `growth` is the number of postings to come, as a multiple of those held.
    pub(super) fn append(&mut self, query: &[QueryTerm], slot: usize, growth: f64) {
        each!(&mut self.postings, postings => {
            query.iter().for_each(|term| postings.append(&mut self.map, *term, slot, growth))
        });
    }

    /// Drops the oldest posting of each list.
    pub(super) fn expire(&mut self, lists: impl Iterator<Item = u32>) {
        each!(&mut self.postings, postings => lists.for_each(|list| postings.expire(&mut self.map, list)));
    }

    /// Forgets the lists of a query that hold nothing.
    pub(super) fn release_empty(&mut self, query: &[QueryTerm]) {
        for term in query {
            if self.map.get(term.list).held == 0 {
                self.map.release(term.list);
            }
        }
    }

    /// One more than the largest number of a list.
    pub(super) fn end(&self) -> usize {
        self.map.end()
    }

    /// The position of a list, and the weight of one of its postings: the oldest is number 0.
    pub(super) fn entry(&self, list: u32, posting: u32) -> (i128, f64) {
        let weight = each!(&self.postings, postings => postings.weight(self.map.get(list), posting));
        (self.map.position(list), weight)
    }

    /// The positions that have postings, each once.
    pub(super) fn positions(&self) -> impl Iterator<Item = i128> {
        self.map.lists_in_use().into_iter().map(|number| self.map.position(number))
    }

    /// Bytes that it occupies.
    pub(super) fn bytes(&self) -> usize {
        self.map.bytes() + each!(&self.postings, postings => postings.bytes())
    }
}
