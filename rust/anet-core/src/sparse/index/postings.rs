//! Inverted lists: for each column the signatures that hold it, oldest first.
//!
//! A signature is named by the slot that it has in the ring. Signatures expire in the order in which they came, so each
//! list is a queue. A column has a run of cache lines, which its queue goes round: so a query reads a list from end to end.

use crate::sparse::index::free_list::Room;
use crate::sparse::index::position_map::{Column, Columns, NONE};
use crate::sparse::index::posting_line::{Line, Slot};
use anet_simd::prefetch;

/// A part of a signature: a column and the weight there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// The column's number.
    pub column: u32,
    /// Its elevation, in time divided by the norm of the signature.
    pub weight: f64,
}

/// So many columns ahead a query asks for what it will read.
const AHEAD: usize = 8;

/// Of a longer list only the start is asked for: the processor sees by itself where that leads.
const ASKED: usize = 4;

/// More memory comes by one part in so many, where `Vec` would double.
const SPARE: usize = 16;

/// The lists of every column, `N` postings a line.
#[derive(Debug, Clone)]
pub struct Postings<S, const N: usize> {
    lines: Vec<Line<S, N>>,
    room: Room,
}

impl<S: Slot, const N: usize> Postings<S, N> {
    /// No postings.
    pub fn new() -> Self {
        Self { lines: Vec::new(), room: Room::default() }
    }

    /// Adds `query · signature` to the sum of each signature, the columns in the order of the query.
    pub fn accumulate(&self, columns: &Columns, query: &[Entry], sums: &mut [f64]) {
        for (at, entry) in query.iter().enumerate() {
            if let Some(later) = query.get(at + AHEAD) {
                self.runs(columns.get(later.column)).0.iter().take(ASKED).for_each(prefetch);
            }
            let column = columns.get(entry.column);
            let (older, newer) = self.runs(column);
            let Some((first, older)) = older.split_first() else { continue };
            first.add_from(column.first as usize % N, entry.weight, sums);
            older.iter().chain(newer).for_each(|line| line.add(entry.weight, sums));
        }
    }

    /// The lines of a column that hold its postings, oldest first.
    #[inline(always)]
    fn runs(&self, column: &Column) -> (&[Line<S, N>], &[Line<S, N>]) {
        if column.held == 0 {
            return (&[], &[]);
        }
        let ring = &self.lines[column.start as usize..][..column.lines as usize];
        let (first, lane) = (column.first as usize / N, column.first as usize % N);
        let end = first + (lane + column.held as usize).div_ceil(N);
        (&ring[first..end.min(ring.len())], &ring[..end.saturating_sub(ring.len())])
    }

    /// Adds the signature in `slot` to the list of a column. `coming` is how many times as many postings there will be.
    pub fn append(&mut self, columns: &mut Columns, entry: Entry, slot: usize, coming: f64) {
        let column = columns.column(entry.column);
        if is_full::<N>(column) {
            self.grow(columns, entry.column, coming);
        }
        let column = columns.column(entry.column);
        let end = column.first as usize + column.held as usize;
        let (line, lane) = (end / N, end % N);
        let line = if line < column.lines as usize { line } else { line - column.lines as usize };
        self.lines[column.start as usize + line].set(lane, slot, entry.weight);
        column.held += 1;
    }

    /// Drops the oldest posting of a column that has one.
    pub fn expire(&mut self, columns: &mut Columns, number: u32) {
        let column = columns.column(number);
        column.held -= 1;
        column.first += 1;
        if column.first as usize == column.lines as usize * N {
            column.first = 0;
        }
        if column.held == 0 {
            self.room.give(column.start, column.lines);
            (column.start, column.lines, column.first) = (NONE, 0, 0);
            columns.release(number);
        }
    }

    /// The weight of a posting of a column; the oldest is number 0.
    pub fn weight(&self, column: &Column, number: u32) -> f64 {
        let at = (column.first + number) as usize;
        let (line, lane) = (at / N % column.lines as usize, at % N);
        self.lines[column.start as usize + line].weight(lane)
    }

    /// Moves a full column to where it has more room.
    fn grow(&mut self, columns: &mut Columns, number: u32, coming: f64) {
        if self.is_untidy(Room::next(columns.get(number).lines)) {
            self.lay_out(columns, coming);
        }
        let column = columns.column(number);
        if !is_full::<N>(column) {
            return;
        }
        self.straighten(column);
        let lines = Room::next(column.lines);
        let start = self.take(lines);
        if column.lines > 0 {
            self.move_lines(column.start, column.lines, start);
            self.room.give(column.start, column.lines);
        }
        (column.start, column.lines) = (start, lines);
    }

    /// Whether to lay out all lines anew rather than ask for more memory.
    fn is_untidy(&self, lines: u32) -> bool {
        let full = self.lines.len() + lines as usize > self.lines.capacity();
        full && !self.room.has(lines) && self.room.is_wasted(self.lines.len())
    }

    /// Lines that no column has: given back ones, or more at the end.
    fn take(&mut self, lines: u32) -> u32 {
        self.room.take(lines).unwrap_or_else(|| {
            let start = self.lines.len();
            self.make(start + lines as usize, start / SPARE);
            start as u32
        })
    }

    /// Makes so many lines of it; where that needs memory, asks for some to spare.
    fn make(&mut self, lines: usize, spare: usize) {
        if lines > self.lines.capacity() {
            self.lines.reserve_exact(lines + spare - self.lines.len());
        }
        self.lines.resize(lines, Line::empty());
    }

    /// Turns the ring of a column so that its oldest line comes first.
    fn straighten(&mut self, column: &mut Column) {
        if column.lines > 0 {
            let ring = &mut self.lines[column.start as usize..][..column.lines as usize];
            ring.rotate_left(column.first as usize / N);
            column.first %= N as u32;
        }
    }

    fn move_lines(&mut self, from: u32, count: u32, to: u32) {
        self.lines.copy_within(from as usize..(from + count) as usize, to as usize);
    }

    /// Gives every column the room that it is likely to need.
    ///
    /// In place: all are pushed together at the start, then, the last one first, moved to where they belong.
    fn lay_out(&mut self, columns: &mut Columns, coming: f64) {
        let mut order = columns.numbers_in_use();
        order.sort_unstable_by_key(|number| columns.get(*number).start);
        let packed = self.pack(columns, &order);
        let postings: usize = order.iter().map(|number| columns.get(*number).held as usize).sum();
        let usual = postings as f64 / order.len().max(1) as f64;
        let lines = order.iter().map(|number| {
            let column = columns.column(*number);
            let postings = Room::postings(column.held, usual, coming) + column.first as usize;
            column.lines = Room::rounded(postings.div_ceil(N).max(used::<N>(column)) as u32);
            column.lines as usize
        });
        let total: usize = lines.sum();
        self.make(total.max(packed), 0);
        let mut end = total as u32;
        for number in order.iter().rev() {
            let column = columns.column(*number);
            end -= column.lines;
            self.move_lines(column.start, used::<N>(column) as u32, end);
            column.start = end;
        }
        self.lines.truncate(total);
        self.room = Room::default();
    }

    /// Pushes what columns use together at the start, and returns how much that is.
    fn pack(&mut self, columns: &mut Columns, order: &[u32]) -> usize {
        let mut end = 0;
        for number in order {
            let column = columns.column(*number);
            self.straighten(column);
            let used = used::<N>(column) as u32;
            self.move_lines(column.start, used, end);
            column.start = end;
            end += used;
        }
        end as usize
    }

    /// Bytes that it occupies.
    pub fn bytes(&self) -> usize {
        self.lines.capacity() * size_of::<Line<S, N>>() + self.room.bytes()
    }
}

/// Whether the next posting would meet the line of the oldest one.
fn is_full<const N: usize>(column: &Column) -> bool {
    column.first as usize % N + column.held as usize == column.lines as usize * N
}

/// Lines that hold postings.
fn used<const N: usize>(column: &Column) -> usize {
    (column.first as usize % N + column.held as usize).div_ceil(N)
}
