//! Inverted lists: for each column the signatures that hold it, oldest first.
//!
//! A signature is named by the slot that it has in the ring. Signatures expire in the order in which they came, so each
//! list is a queue: it grows at its tail and shrinks at its head. Lists are chains of blocks, each a cache line long,
//! from one store.

use super::columns::{Columns, NONE};

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
    next: u32,
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

/// Where the read of a query goes: a block, and the weight of the query in its column.
#[derive(Debug, Clone, Copy)]
pub struct Visit {
    block: u32,
    weight: f64,
}

/// The lists of every column, `N` postings a block.
#[derive(Debug, Clone)]
pub struct Postings<S, const N: usize> {
    blocks: Vec<Block<S, N>>,
    /// First of the blocks that are free, chained by `next`.
    free: u32,
}

impl<S: Slot, const N: usize> Postings<S, N> {
    /// No postings.
    pub fn new() -> Self {
        Self { blocks: Vec::new(), free: NONE }
    }

    /// Adds `query · signature` to the sum of each signature, the columns in the order of the query.
    ///
    /// The blocks are listed first and read after, so that no read waits for the one before to say where it goes.
    pub fn accumulate(
        &self,
        columns: &mut Columns,
        query: &[Entry],
        visits: &mut Vec<Visit>,
        sums: &mut [f64],
    ) {
        visits.clear();
        for entry in query {
            let mut block = columns.column(entry.column).head;
            while block != NONE {
                visits.push(Visit { block, weight: entry.weight });
                block = self.blocks[block as usize].next;
            }
        }
        for visit in visits {
            let block = &self.blocks[visit.block as usize];
            for (slot, weight) in block.slots.iter().zip(&block.weights) {
                sums[slot.index()] += visit.weight * weight;
            }
        }
    }

    /// Adds the signature in `slot` to the list of a column.
    pub fn append(&mut self, columns: &mut Columns, entry: Entry, slot: usize) {
        let column = columns.column(entry.column);
        if column.tail == NONE {
            let block = self.take();
            (column.head, column.tail, column.first, column.end) = (block, block, 0, 0);
        } else if usize::from(column.end) == N {
            let block = self.take();
            self.blocks[column.tail as usize].next = block;
            (column.tail, column.end) = (block, 0);
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
            (column.head, column.tail) = (NONE, NONE);
            self.give(head);
            columns.release(number);
        } else if usize::from(column.first) == N {
            (column.head, column.first) = (block.next, 0);
            self.give(head);
        }
        weight
    }

    fn take(&mut self) -> u32 {
        if self.free == NONE {
            grow(&mut self.blocks);
            self.blocks.push(Block { weights: [0.0; N], next: NONE, slots: [S::default(); N] });
            return (self.blocks.len() - 1) as u32;
        }
        let number = self.free;
        let block = &mut self.blocks[number as usize];
        self.free = block.next;
        block.next = NONE;
        block.weights = [0.0; N];
        number
    }

    fn give(&mut self, number: u32) {
        self.blocks[number as usize].next = self.free;
        self.free = number;
    }

    /// Bytes that it occupies.
    pub fn bytes(&self) -> usize {
        self.blocks.capacity() * size_of::<Block<S, N>>()
    }
}

/// Makes room for one more by an eighth, where `Vec` would double.
fn grow<T>(items: &mut Vec<T>) {
    if items.len() == items.capacity() {
        items.reserve_exact(items.len() / 8 + 64);
    }
}
