//! Inverted lists: for each column the signatures that hold it, oldest first.
//!
//! A signature is named by the slot that it has in the ring. Signatures expire in the order in which they came, so each
//! list is a queue: it grows at its tail and shrinks at its head. Lists are chains of blocks, each a cache line long,
//! from one store.

use super::columns::{Columns, NONE};
use crate::kernel::prefetch;

/// A part of a signature: a column and the weight there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// The column's number.
    pub column: u32,
    /// Its elevation, in time divided by the norm of the signature.
    pub weight: f64,
}

/// A cache line: postings side by side, unused ones with a weight of zero.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
struct Block<S, const N: usize> {
    weights: [f64; N],
    slots: [S; N],
}

/// A number that names a slot of the ring.
pub trait Slot: Copy + Default {
    /// From a slot that is known to fit.
    fn from_slot(slot: usize) -> Self;
    /// Back to an index.
    fn index(self) -> usize;
}

impl Slot for u16 {
    fn from_slot(slot: usize) -> Self {
        slot as Self
    }
    fn index(self) -> usize {
        usize::from(self)
    }
}

impl Slot for u32 {
    fn from_slot(slot: usize) -> Self {
        slot as Self
    }
    fn index(self) -> usize {
        self as usize
    }
}

/// The memory that a query works in.
#[derive(Debug, Clone, Default)]
pub struct Route {
    walks: Vec<Walk>,
    visits: Vec<Visit>,
}

/// A walk along the blocks of a column: where it is, where its next visit is listed, how many there are left.
#[derive(Debug, Clone, Copy)]
struct Walk {
    block: u32,
    at: u32,
    left: u32,
}

/// A block to be read, and the weight of the query in its column.
#[derive(Debug, Clone, Copy)]
struct Visit {
    block: u32,
    weight: f64,
}

/// The lists of every column, `N` postings a block.
#[derive(Debug, Clone)]
pub struct Postings<S, const N: usize> {
    blocks: Vec<Block<S, N>>,
    /// The block after each in its chain; apart from the blocks, so that a walk stays in the cache.
    next: Vec<u32>,
    /// First of the chain of blocks that are free.
    free: u32,
}

impl<S: Slot, const N: usize> Postings<S, N> {
    /// No postings.
    pub fn new() -> Self {
        Self { blocks: Vec::new(), next: Vec::new(), free: NONE }
    }

    /// Adds `query · signature` to the sum of each signature, the columns in the order of the query.
    ///
    /// The blocks to visit are listed before any is read: so no read waits for another to say where it goes.
    pub fn accumulate(&self, columns: &mut Columns, query: &[Entry], route: &mut Route, sums: &mut [f64]) {
        self.list(columns, query, route);
        for visit in &route.visits {
            let block = &self.blocks[visit.block as usize];
            for (slot, weight) in block.slots.iter().zip(&block.weights) {
                sums[slot.index()] += visit.weight * weight;
            }
        }
    }

    /// Lists the blocks of every column. All columns are walked abreast, for each step along a chain waits for memory.
    fn list(&self, columns: &mut Columns, query: &[Entry], Route { walks, visits }: &mut Route) {
        walks.clear();
        visits.clear();
        for entry in query {
            let column = columns.column(entry.column);
            if column.blocks > 0 {
                walks.push(Walk { block: column.head, at: visits.len() as u32, left: column.blocks });
                let visit = Visit { block: column.head, weight: entry.weight };
                visits.resize(visits.len() + column.blocks as usize, visit);
            }
        }
        while !walks.is_empty() {
            walks.retain_mut(|walk| {
                prefetch(&self.blocks[walk.block as usize]);
                visits[walk.at as usize].block = walk.block;
                walk.at += 1;
                walk.left -= 1;
                if walk.left > 0 {
                    walk.block = self.next[walk.block as usize];
                }
                walk.left > 0
            });
        }
    }

    /// Adds the signature in `slot` to the list of a column.
    pub fn append(&mut self, columns: &mut Columns, entry: Entry, slot: usize) {
        let column = columns.column(entry.column);
        if column.tail == NONE {
            let block = self.take();
            (column.head, column.tail, column.first, column.end) = (block, block, 0, 0);
            column.blocks = 1;
        } else if usize::from(column.end) == N {
            let block = self.take();
            self.next[column.tail as usize] = block;
            (column.tail, column.end) = (block, 0);
            column.blocks += 1;
        }
        let block = &mut self.blocks[column.tail as usize];
        block.weights[usize::from(column.end)] = entry.weight;
        block.slots[usize::from(column.end)] = S::from_slot(slot);
        column.end += 1;
    }

    /// Drops the oldest posting of a column that has one, and returns its weight.
    pub fn expire(&mut self, columns: &mut Columns, number: u32) -> f64 {
        let column = columns.column(number);
        let head = column.head;
        let block = &mut self.blocks[head as usize];
        let weight = std::mem::take(&mut block.weights[usize::from(column.first)]);
        column.first += 1;
        if head == column.tail && column.first == column.end {
            (column.head, column.tail, column.blocks) = (NONE, NONE, 0);
            self.give(head);
            columns.release(number);
        } else if usize::from(column.first) == N {
            (column.head, column.first) = (self.next[head as usize], 0);
            column.blocks -= 1;
            self.give(head);
        }
        weight
    }

    fn take(&mut self) -> u32 {
        let empty = Block { weights: [0.0; N], slots: [S::default(); N] };
        if self.free == NONE {
            grow(&mut self.blocks);
            grow(&mut self.next);
            self.blocks.push(empty);
            self.next.push(NONE);
            return (self.blocks.len() - 1) as u32;
        }
        let number = self.free;
        self.free = self.next[number as usize];
        self.blocks[number as usize] = empty;
        number
    }

    fn give(&mut self, number: u32) {
        self.next[number as usize] = self.free;
        self.free = number;
    }

    /// Bytes that it occupies.
    pub fn bytes(&self) -> usize {
        self.blocks.capacity() * size_of::<Block<S, N>>() + self.next.capacity() * size_of::<u32>()
    }
}

/// Makes room for one more by an eighth, where `Vec` would double.
fn grow<T>(items: &mut Vec<T>) {
    if items.len() == items.capacity() {
        items.reserve_exact(items.len() / 8 + 64);
    }
}
