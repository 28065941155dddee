//! From positions to the columns of an index.
//!
//! Small positions find their column through a table of pages, others through a map; a page holds columns side by side.
//! What is allocated follows what is used: one small position costs its page and at most 8 KiB of table.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Positions from here on are looked up in a map.
const SMALL: usize = 1 << 16;

/// Columns in a page.
const PAGE: usize = 32;

/// No page, no run of lines, no entry.
pub const NONE: u32 = u32::MAX;

/// What an index keeps for each position: where its postings are, a queue that goes round in a run of lines.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The first line of the run.
    pub start: u32,
    /// Lines in the run.
    pub lines: u32,
    /// Where the oldest posting stands, counted from the start of the run.
    pub first: u32,
    /// How many postings there are.
    pub held: u32,
    /// Where the entry of the query that is being read stands, if it has one.
    pub mark: u32,
}

impl Column {
    const EMPTY: Self = Self { start: NONE, lines: 0, first: 0, held: 0, mark: NONE };
}

/// Which positions the columns of a page stand for.
#[derive(Debug, Clone)]
enum Page {
    /// Consecutive ones from the first on.
    Small { first: u32 },
    /// Any.
    Mapped { positions: Box<[i128; PAGE]> },
}

/// The columns in use. The number of a column stays valid until the column is released.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    columns: Vec<Column>,
    /// What each run of `PAGE` columns stands for.
    pages: Vec<Page>,
    /// The page of each run of `PAGE` small positions.
    table: Vec<u32>,
    map: HashMap<i128, u32, BuildHasherDefault<Fold>>,
    /// Mapped columns that stand for nothing.
    free: Vec<u32>,
}

impl Columns {
    /// The number of the column of `position`, made if there is none.
    pub fn number(&mut self, position: i128) -> u32 {
        match usize::try_from(position) {
            Ok(small) if small < SMALL => {
                let page = self.table.get(small / PAGE).copied().unwrap_or(NONE);
                let page = if page == NONE { self.add_small(small) } else { page };
                page * PAGE as u32 + (small % PAGE) as u32
            }
            _ => match self.map.get(&position) {
                Some(&number) => number,
                None => self.add_mapped(position),
            },
        }
    }

    /// The position that a column stands for.
    pub fn position(&self, number: u32) -> i128 {
        let (page, offset) = (number as usize / PAGE, number as usize % PAGE);
        match &self.pages[page] {
            Page::Small { first } => i128::from(*first) + offset as i128,
            Page::Mapped { positions } => positions[offset],
        }
    }

    /// The column of a number that [`Columns::number`] gave.
    pub fn get(&self, number: u32) -> &Column {
        &self.columns[number as usize]
    }

    /// One more than the largest number.
    pub fn end(&self) -> usize {
        self.columns.len()
    }

    /// The numbers of the columns that have postings.
    pub fn numbers_in_use(&self) -> Vec<u32> {
        let numbers = 0..self.columns.len() as u32;
        numbers.filter(|number| self.get(*number).held > 0).collect()
    }

    /// The column of a number, to be changed.
    pub fn column(&mut self, number: u32) -> &mut Column {
        &mut self.columns[number as usize]
    }

    /// Forgets a column that holds nothing any more.
    pub fn release(&mut self, number: u32) {
        if let Page::Mapped { positions } = &self.pages[number as usize / PAGE] {
            self.map.remove(&positions[number as usize % PAGE]);
            self.free.push(number);
        }
    }

    fn add_small(&mut self, position: usize) -> u32 {
        let index = position / PAGE;
        if index >= self.table.len() {
            self.table.resize((index + 1).next_power_of_two(), NONE);
        }
        self.table[index] = self.pages.len() as u32;
        self.add_page(Page::Small { first: (index * PAGE) as u32 })
    }

    fn add_mapped(&mut self, position: i128) -> u32 {
        if self.free.is_empty() {
            let first = self.add_page(Page::Mapped { positions: Box::new([0; PAGE]) }) * PAGE as u32;
            self.free.extend((first..first + PAGE as u32).rev());
        }
        let number = self.free.pop().unwrap_or_default();
        if let Page::Mapped { positions } = &mut self.pages[number as usize / PAGE] {
            positions[number as usize % PAGE] = position;
        }
        self.map.insert(position, number);
        number
    }

    fn add_page(&mut self, page: Page) -> u32 {
        if self.columns.len() == self.columns.capacity() {
            self.columns.reserve_exact(self.columns.len() / 8 / PAGE * PAGE + PAGE);
        }
        self.columns.extend([Column::EMPTY; PAGE]);
        self.pages.push(page);
        (self.pages.len() - 1) as u32
    }

    /// Bytes that it occupies, the map's own overhead estimated.
    pub fn bytes(&self) -> usize {
        let mapped = self.pages.iter().filter(|page| matches!(page, Page::Mapped { .. })).count();
        self.columns.capacity() * size_of::<Column>()
            + self.pages.capacity() * size_of::<Page>()
            + mapped * size_of::<[i128; PAGE]>()
            + (self.table.capacity() + self.free.capacity()) * size_of::<u32>()
            + self.map.capacity() * (size_of::<(i128, u32)>() + 1)
    }
}

/// A hash of positions. They are hashes themselves, or what a user chose for his own map: no defence is needed.
#[derive(Debug, Default)]
struct Fold(u64);

impl Hasher for Fold {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3));
    }

    fn write_i128(&mut self, position: i128) {
        self.0 = position as u64 ^ ((position >> 64) as u64).rotate_left(32);
    }

    /// Both halves of a product with the golden ratio: the map looks at the highest and at the lowest bits.
    fn finish(&self) -> u64 {
        let product = u128::from(self.0) * 0x9E37_79B9_7F4A_7C15;
        product as u64 ^ (product >> 64) as u64
    }
}
