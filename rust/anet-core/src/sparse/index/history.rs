//! The latest signatures, and how like each of them a new one is.
//!
//! A ring of a smaller capacity is a suffix of a larger one, so one history serves every scale. Cosines come from an
//! inverted index: a query visits only the signatures that share a position with it, for each position about
//! `capacity · max_positions / dimension` of them, where comparing one by one would visit every position of every
//! signature. Elevations are divided by their norm when a signature enters, so that a cosine is a plain sum.

use std::collections::VecDeque;
use std::ops::Range;

use crate::sparse::index::compact_queue::Numbers;
use crate::sparse::index::position_map::{Columns, NONE};
use crate::sparse::index::postings::{Entry, Postings};

/// The latest signatures, up to a capacity, indexed by position.
///
/// Memory follows what is held, not the capacity.
#[derive(Debug, Clone)]
pub struct History {
    capacity: usize,
    index: Index,
    columns: Columns,
    /// The columns of each signature, oldest first.
    held: Numbers,
    /// How many columns each signature has, oldest first.
    lengths: VecDeque<u32>,
    /// The slot that the next signature takes.
    next: usize,
    /// How many signatures it ever took in.
    taken: u64,
}

/// Room is made for so many times as many postings as there are, as long as the ring may hold so many.
const MOST_COMING: f64 = 1.5;

/// Six postings fit a cache line where 16 bits name a slot, five elsewhere.
#[derive(Debug, Clone)]
enum Index {
    Short(Postings<u16, 6>),
    Long(Postings<u32, 5>),
}

macro_rules! each {
    ($index:expr, $postings:ident => $work:expr) => {
        match $index {
            Index::Short($postings) => $work,
            Index::Long($postings) => $work,
        }
    };
}

/// The memory that a query works in: kept by the caller, who may use it for any number of histories.
///
/// Once the history is full, a step allocates nothing unless its signature is longer than those before.
#[derive(Debug, Clone, Default)]
pub struct Work {
    query: Vec<Entry>,
    /// The cosine of the query with the signature in each slot.
    cosines: Vec<f64>,
}

impl History {
    /// An empty history that will keep the latest `capacity` signatures.
    pub fn new(capacity: usize) -> Self {
        let short = capacity <= 1 << u16::BITS;
        Self {
            capacity,
            index: if short { Index::Short(Postings::new()) } else { Index::Long(Postings::new()) },
            columns: Columns::default(),
            held: Numbers::default(),
            lengths: VecDeque::new(),
            next: 0,
            taken: 0,
        }
    }

    /// How many signatures are held.
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// The slot that the oldest signature is in: 0 until the ring is full.
    pub(crate) fn oldest(&self) -> usize {
        if self.len() == self.capacity { self.next } else { 0 }
    }

    /// An empty history whose first signature takes a slot.
    pub(crate) fn beginning_at(capacity: usize, slot: usize) -> Self {
        Self { next: slot, ..Self::new(capacity) }
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    /// The most signatures that it will hold.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// How many positions all signatures held have together.
    pub fn positions(&self) -> usize {
        self.held.len()
    }

    /// Compares a signature with each that is held, then takes it in, dropping the oldest if full.
    ///
    /// Elevations must be finite. Where a position comes twice its last elevation counts. A signature whose norm is zero,
    /// or beyond what a double holds, has a cosine of zero with all.
    pub fn update<'a>(
        &mut self,
        work: &'a mut Work,
        signature: impl Iterator<Item = (i128, f64)>,
    ) -> Cosines<'a> {
        if self.capacity == 0 {
            return Cosines { newer: &[], older: &[] };
        }
        let (held, next) = (self.len(), self.next);
        self.compare(work, signature);
        self.take(&work.query);
        Cosines::new(&work.cosines, next.min(held))
    }

    /// The cosines that [`History::update`] would give, without taking the signature in.
    pub fn peek<'a>(
        &mut self,
        work: &'a mut Work,
        signature: impl Iterator<Item = (i128, f64)>,
    ) -> Cosines<'a> {
        self.compare(work, signature);
        for entry in &work.query {
            if self.columns.get(entry.column).held == 0 {
                self.columns.release(entry.column);
            }
        }
        Cosines::new(&work.cosines, self.next.min(self.len()))
    }

    /// Calls `visit` with each signature held in a slot that is `wanted`, oldest first: the slot, and its positions with their
    /// normalised elevations.
    pub(crate) fn replay(
        &self,
        wanted: impl Fn(usize) -> bool,
        mut visit: impl FnMut(usize, &[(i128, f64)]),
    ) {
        // How many postings of each column belong to older signatures.
        let mut older = vec![0_u32; self.columns.end()];
        let (mut start, mut signature) = (0, Vec::new());
        for (order, &length) in self.lengths.iter().enumerate() {
            let numbers = (start..start + length as usize).map(|at| self.held.get(at));
            start += length as usize;
            let slot = (self.oldest() + order) % self.len();
            if wanted(slot) {
                signature.clear();
                signature.extend(numbers.clone().map(|number| self.entry(number, older[number as usize])));
                visit(slot, &signature);
            }
            numbers.for_each(|number| older[number as usize] += 1);
        }
    }

    /// The position of a column, and the weight of one of its postings: the oldest is number 0.
    fn entry(&self, column: u32, posting: u32) -> (i128, f64) {
        let weight = each!(&self.index, postings => postings.weight(self.columns.get(column), posting));
        (self.columns.position(column), weight)
    }

    /// The positions of all signatures held, each once.
    pub(crate) fn held_positions(&self) -> impl Iterator<Item = i128> {
        self.columns.numbers_in_use().into_iter().map(|number| self.columns.position(number))
    }

    /// Which of all signatures ever taken in is the newest one in a range of slots.
    pub(crate) fn newest_in(&self, slots: Range<usize>) -> u64 {
        let (held, oldest) = (self.len(), self.oldest());
        let order = |slot| (slot + held - oldest) % held;
        let newest = (slots.start..slots.end.min(held)).map(order).max().unwrap_or(0);
        self.taken - held as u64 + newest as u64
    }

    /// Takes in a signature from [`History::replay`]; `None` where a position comes twice.
    pub(crate) fn restore(&mut self, work: &mut Work, signature: &[(i128, f64)]) -> Option<()> {
        self.read(&mut work.query, signature.iter().copied());
        self.take(&work.query);
        (work.query.len() == signature.len()).then_some(())
    }

    /// Finds the columns of a signature.
    fn read(&mut self, query: &mut Vec<Entry>, signature: impl Iterator<Item = (i128, f64)>) {
        query.clear();
        for (position, weight) in signature {
            let number = self.columns.number(position);
            let column = self.columns.column(number);
            if column.mark == NONE {
                column.mark = query.len() as u32;
                query.push(Entry { column: number, weight });
            } else {
                query[column.mark as usize].weight = weight;
            }
        }
        query.iter().for_each(|entry| self.columns.column(entry.column).mark = NONE);
    }

    fn compare(&mut self, work: &mut Work, signature: impl Iterator<Item = (i128, f64)>) {
        self.read(&mut work.query, signature);
        normalise(&mut work.query);
        work.cosines.clear();
        work.cosines.resize(self.len(), 0.0);
        let Work { query, cosines } = work;
        each!(&self.index, postings => postings.accumulate(&self.columns, query, cosines));
    }

    fn take(&mut self, query: &[Entry]) {
        let slot = self.next;
        let coming = MOST_COMING.min(self.capacity as f64 / (self.len() + 1) as f64).max(1.0);
        each!(&mut self.index, postings => {
            query.iter().for_each(|entry| postings.append(&mut self.columns, *entry, slot, coming))
        });
        self.held.extend(query.len(), query.iter().map(|entry| entry.column));
        self.lengths.push_back(query.len() as u32);
        self.next = (slot + 1) % self.capacity;
        self.taken += 1;
        if self.lengths.len() > self.capacity {
            self.drop_oldest();
        }
    }

    /// Comes after the newest went in, so that a column which both share is never given up between.
    fn drop_oldest(&mut self) {
        let length = self.lengths.pop_front().unwrap_or(0) as usize;
        each!(&mut self.index, postings => {
            (0..length).for_each(|at| postings.expire(&mut self.columns, self.held.get(at)))
        });
        self.held.drop_oldest(length);
    }

    /// Bytes that it occupies.
    pub fn bytes(&self) -> usize {
        self.columns.bytes()
            + each!(&self.index, postings => postings.bytes())
            + self.held.bytes()
            + self.lengths.capacity() * size_of::<u32>()
    }
}

/// Divides by the norm, so that a cosine is a plain sum.
fn normalise(query: &mut [Entry]) {
    let norm = query.iter().map(|entry| entry.weight * entry.weight).sum::<f64>().sqrt();
    let divide = |weight: f64| if norm == 0.0 { 0.0 } else { weight / norm };
    query.iter_mut().for_each(|entry| entry.weight = divide(entry.weight));
}

/// The cosines of one signature with those that were held before it.
#[derive(Debug, Clone, Copy)]
pub struct Cosines<'a> {
    /// The newest is the last.
    newer: &'a [f64],
    /// All older than `newer`; the newest is the last.
    older: &'a [f64],
}

impl<'a> Cosines<'a> {
    /// From the cosine of each slot, the newest signature being in the slot before `next`.
    fn new(cosines: &'a [f64], next: usize) -> Self {
        let (newer, older) = cosines.split_at(next);
        Self { newer, older }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.newer.len() + self.older.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Those of an age in `from..to`, in no order that matters; the newest has the age 0.
    pub fn aged(&self, from: usize, to: usize) -> [&'a [f64]; 2] {
        let split = self.newer.len();
        [
            part(self.newer, from.min(split), to.min(split)),
            part(self.older, from.max(split) - split, to.max(split) - split),
        ]
    }
}

/// From the end: skips `from`, stops at `to`.
fn part(numbers: &[f64], from: usize, to: usize) -> &[f64] {
    let end = numbers.len();
    &numbers[end - to.min(end)..end - from.min(end)]
}
