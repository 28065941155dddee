//! The postings of all lists: for each position the signatures that hold it, oldest first.
//!
//! A signature is named by the slot that it has in the ring. Signatures expire in the order in which they came, so each
//! list is a queue. A list has a run of cache lines, which its queue goes round: so a query reads it from end to end.

use crate::sparse::index::free_list::FreeList;
use crate::sparse::index::position_map::PositionMap;
use crate::sparse::index::posting_list::{NONE, PostingLine, PostingList, SlotNumber};
use anet_simd::prefetch;

/// A position of a signature, by the number of its posting list, and the weight there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct QueryTerm {
    /// The number of the list.
    pub(super) list: u32,
    /// The elevation, in time divided by the norm of the signature.
    pub(super) weight: f64,
}

/// Lists between the one that a query reads and the one that it prefetches. Chosen on 2026-11-24, as what follows; `make bench`
/// (`bench_anomaly`) measures them.
const PREFETCH_DISTANCE: usize = 8;

/// Lines of a list that are prefetched: the processor sees by itself where these lead.
const PREFETCHED_LINES: usize = 4;

/// Lines come by one part in 16 where `Vec` would double: memory follows what is held.
const SPARE: usize = 16;

/// The lines of every list, `N` postings a line.
#[derive(Debug, Clone)]
pub(super) struct Postings<S, const N: usize> {
    pub(super) lines: Vec<PostingLine<S, N>>,
    pub(super) free: FreeList,
}

impl<S: SlotNumber, const N: usize> Postings<S, N> {
    /// No postings.
    pub(super) fn new() -> Self {
        Self { lines: Vec::new(), free: FreeList::default() }
    }

    /// Adds `query · signature` to the sum of each signature, the lists in the order of the query.
    pub(super) fn accumulate(&self, map: &PositionMap, query: &[QueryTerm], sums: &mut [f64]) {
        for (at, term) in query.iter().enumerate() {
            if let Some(later) = query.get(at + PREFETCH_DISTANCE) {
                self.runs(map.get(later.list)).0.iter().take(PREFETCHED_LINES).for_each(prefetch);
            }
            let list = map.get(term.list);
            let (older, newer) = self.runs(list);
            let Some((first, older)) = older.split_first() else { continue };
            first.add_from(list.first as usize % N, term.weight, sums);
            older.iter().chain(newer).for_each(|line| line.add(term.weight, sums));
        }
    }

    /// The lines of a list that hold its postings, oldest first.
    #[inline(always)]
    fn runs(&self, list: &PostingList) -> (&[PostingLine<S, N>], &[PostingLine<S, N>]) {
        if list.held == 0 {
            return (&[], &[]);
        }
        let ring = &self.lines[list.start as usize..][..list.lines as usize];
        let (first, lane) = (list.first as usize / N, list.first as usize % N);
        let end = first + (lane + list.held as usize).div_ceil(N);
        (&ring[first..end.min(ring.len())], &ring[..end.saturating_sub(ring.len())])
    }

    /// Adds the signature in `slot` to a list. `growth` is the number of postings to come, as a multiple of those held.
    pub(super) fn append(&mut self, map: &mut PositionMap, term: QueryTerm, slot: usize, growth: f64) {
        let list = map.get_mut(term.list);
        if list.is_full::<N>() {
            self.grow(map, term.list, growth);
        }
        let list = map.get_mut(term.list);
        let end = list.first as usize + list.held as usize;
        let (line, lane) = (end / N, end % N);
        let line = if line < list.lines as usize { line } else { line - list.lines as usize };
        self.lines[list.start as usize + line].set(lane, slot, term.weight);
        list.held += 1;
    }

    /// Drops the oldest posting of a list that has one.
    pub(super) fn expire(&mut self, map: &mut PositionMap, number: u32) {
        let list = map.get_mut(number);
        list.held -= 1;
        list.first += 1;
        if list.first as usize == list.lines as usize * N {
            list.first = 0;
        }
        if list.held == 0 {
            self.free.give(list.start, list.lines);
            (list.start, list.lines, list.first) = (NONE, 0, 0);
            map.release(number);
        }
    }

    /// The weight of a posting of a list; the oldest is number 0.
    pub(super) fn weight(&self, list: &PostingList, number: u32) -> f64 {
        let at = (list.first + number) as usize;
        let (line, lane) = (at / N % list.lines as usize, at % N);
        self.lines[list.start as usize + line].weight(lane)
    }

    /// Moves a full list to where it has more lines.
    fn grow(&mut self, map: &mut PositionMap, number: u32, growth: f64) {
        if self.is_wasteful(FreeList::next(map.get(number).lines)) {
            self.lay_out(map, growth);
        }
        let list = map.get_mut(number);
        if !list.is_full::<N>() {
            return;
        }
        self.straighten(list);
        let lines = FreeList::next(list.lines);
        let start = self.take(lines);
        if list.lines > 0 {
            self.move_lines(list.start, list.lines, start);
            self.free.give(list.start, list.lines);
        }
        (list.start, list.lines) = (start, lines);
    }

    /// Lines that no list has: given back ones, or more at the end.
    fn take(&mut self, lines: u32) -> u32 {
        self.free.take(lines).unwrap_or_else(|| {
            let start = self.lines.len();
            self.resize(start + lines as usize, start / SPARE);
            start as u32
        })
    }

    /// Changes the number of lines; where that needs memory, asks for `spare` more.
    pub(super) fn resize(&mut self, lines: usize, spare: usize) {
        if lines > self.lines.capacity() {
            self.lines.reserve_exact(lines + spare - self.lines.len());
        }
        self.lines.resize(lines, PostingLine::empty());
    }

    /// Turns the ring of a list so that its oldest line comes first.
    pub(super) fn straighten(&mut self, list: &mut PostingList) {
        if list.lines > 0 {
            let ring = &mut self.lines[list.start as usize..][..list.lines as usize];
            ring.rotate_left(list.first as usize / N);
            list.first %= N as u32;
        }
    }

    pub(super) fn move_lines(&mut self, from: u32, count: u32, to: u32) {
        self.lines.copy_within(from as usize..(from + count) as usize, to as usize);
    }

    /// Bytes that they occupy.
    pub(super) fn bytes(&self) -> usize {
        self.lines.capacity() * size_of::<PostingLine<S, N>>() + self.free.bytes()
    }
}
