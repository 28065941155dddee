//! The latest signatures, and how like each of them a new one is.
//!
//! A ring of a smaller capacity is a suffix of a larger one, so one history serves every scale. Cosines come from an
//! inverted index: a query visits only the signatures that share a position with it, for each position about
//! `capacity · max_positions / dimension` of them, where comparing one by one would visit every position of every
//! signature. Elevations are divided by their norm when a signature enters, so that a cosine is a plain sum.

use std::collections::VecDeque;

use super::columns::{Columns, NONE};
use super::postings::{Entry, Postings};

/// The latest signatures, up to a capacity, indexed by position.
///
/// Memory follows what is held, not the capacity; once the history is full, a step allocates nothing unless a signature
/// is longer than those before.
#[derive(Debug, Clone)]
pub struct History {
    capacity: usize,
    index: Index,
    columns: Columns,
    /// The columns of each signature, oldest first.
    held: VecDeque<u32>,
    /// How many columns each signature has, oldest first.
    lengths: VecDeque<u32>,
    /// The slot that the next signature takes.
    next: usize,
    query: Vec<Entry>,
    /// The cosine of the query with the signature in each slot.
    cosines: Vec<f64>,
}

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

impl History {
    /// An empty history that will keep the latest `capacity` signatures.
    pub fn new(capacity: usize) -> Self {
        let short = capacity <= 1 << u16::BITS;
        Self {
            capacity,
            index: if short { Index::Short(Postings::new()) } else { Index::Long(Postings::new()) },
            columns: Columns::default(),
            held: VecDeque::new(),
            lengths: VecDeque::new(),
            next: 0,
            query: Vec::new(),
            cosines: Vec::new(),
        }
    }

    /// How many signatures are held.
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    /// The most signatures that it will hold.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Compares a signature with each that is held, then takes it in, dropping the oldest if full.
    ///
    /// Elevations must be finite. Where a position comes twice its last elevation counts. A signature whose norm is zero,
    /// or beyond what a double holds, has a cosine of zero with all.
    pub fn update(&mut self, signature: impl Iterator<Item = (i128, f64)>) -> Cosines<'_> {
        let (held, next) = (self.len(), self.next);
        self.read(signature);
        self.compare();
        self.push();
        let (newer, older) = self.cosines[..held].split_at(next.min(held));
        Cosines { newer, older }
    }

    /// Takes a signature apart into columns and weights, the norm divided out.
    fn read(&mut self, signature: impl Iterator<Item = (i128, f64)>) {
        self.query.clear();
        for (position, weight) in signature {
            let number = self.columns.number(position);
            let column = self.columns.column(number);
            if column.mark == NONE {
                column.mark = self.query.len() as u32;
                self.query.push(Entry { column: number, weight });
            } else {
                self.query[column.mark as usize].weight = weight;
            }
        }
        let norm = self.query.iter().map(|entry| entry.weight * entry.weight).sum::<f64>().sqrt();
        for entry in &mut self.query {
            self.columns.column(entry.column).mark = NONE;
            entry.weight = if norm == 0.0 { 0.0 } else { entry.weight / norm };
        }
    }

    fn compare(&mut self) {
        self.cosines.fill(0.0);
        each!(&mut self.index, postings => {
            postings.accumulate(&mut self.columns, &self.query, &mut self.cosines)
        });
    }

    fn push(&mut self) {
        if self.capacity == 0 {
            return;
        }
        if self.cosines.len() < self.capacity && self.next == self.cosines.len() {
            self.cosines.push(0.0);
        }
        let slot = self.next;
        each!(&mut self.index, postings => {
            self.query.iter().for_each(|entry| postings.append(&mut self.columns, *entry, slot))
        });
        reserve(&mut self.held, self.query.len());
        self.held.extend(self.query.iter().map(|entry| entry.column));
        self.lengths.push_back(self.query.len() as u32);
        self.next = (slot + 1) % self.capacity;
        if self.lengths.len() > self.capacity {
            self.drop_oldest();
        }
    }

    /// Comes after the newest went in, so that a column which both share is never given up between.
    fn drop_oldest(&mut self) {
        let length = self.lengths.pop_front().unwrap_or(0);
        each!(&mut self.index, postings => {
            self.held.drain(..length as usize).for_each(|column| postings.expire(&mut self.columns, column))
        });
    }

    /// Bytes that it occupies.
    pub fn bytes(&self) -> usize {
        self.columns.bytes()
            + each!(&self.index, postings => postings.bytes())
            + (self.held.capacity() + self.lengths.capacity()) * size_of::<u32>()
            + self.query.capacity() * size_of::<Entry>()
            + self.cosines.capacity() * size_of::<f64>()
    }
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

/// Makes room by an eighth, where a `VecDeque` would double.
fn reserve(items: &mut VecDeque<u32>, count: usize) {
    if items.len() + count > items.capacity() {
        items.reserve_exact(count.max(items.len() / 8));
    }
}
