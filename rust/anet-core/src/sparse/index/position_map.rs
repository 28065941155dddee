//! From positions to their posting lists.
//!
//! Small positions find their list through a table of pages, others through a map; a page holds lists side by side.
//! What is allocated follows what is used: one small position costs its page and at most 8 KiB of table.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::sparse::index::posting_list::{NONE, PostingList};

/// Positions from here on are looked up in a map: a table of them all would take more than 8 KiB.
const SMALL: usize = 1 << 16;

/// Lists in a page: one small position costs 640 bytes.
const PAGE: usize = 32;

/// The positions of the lists of a page.
#[derive(Debug, Clone)]
enum PositionPage {
    /// Consecutive ones from the first on.
    Small { first: u32 },
    /// Any.
    Mapped { positions: Box<[i128; PAGE]> },
}

/// The posting lists in use. The number of a list stays valid until the list is released.
#[derive(Debug, Clone, Default)]
pub(super) struct PositionMap {
    lists: Vec<PostingList>,
    /// The positions of each run of `PAGE` lists.
    pages: Vec<PositionPage>,
    /// The page of each run of `PAGE` small positions.
    table: Vec<u32>,
    map: HashMap<i128, u32, BuildHasherDefault<PositionHash>>,
    /// Mapped lists without a position.
    free: Vec<u32>,
}

impl PositionMap {
    /// The number of the list of `position`, made if there is none.
    pub(super) fn number(&mut self, position: i128) -> u32 {
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

    /// The position of a list.
    pub(super) fn position(&self, number: u32) -> i128 {
        let (page, offset) = (number as usize / PAGE, number as usize % PAGE);
        match &self.pages[page] {
            PositionPage::Small { first } => i128::from(*first) + offset as i128,
            PositionPage::Mapped { positions } => positions[offset],
        }
    }

    /// The list of a number that [`PositionMap::number`] gave.
    pub(super) fn get(&self, number: u32) -> &PostingList {
        &self.lists[number as usize]
    }

    /// One more than the largest number.
    pub(super) fn end(&self) -> usize {
        self.lists.len()
    }

    /// The numbers of the lists that have postings.
    pub(super) fn lists_in_use(&self) -> Vec<u32> {
        let numbers = 0..self.lists.len() as u32;
        numbers.filter(|number| self.get(*number).held > 0).collect()
    }

    /// The same, to be changed.
    pub(super) fn get_mut(&mut self, number: u32) -> &mut PostingList {
        &mut self.lists[number as usize]
    }

    /// Forgets a list that holds nothing any more.
    pub(super) fn release(&mut self, number: u32) {
        if let PositionPage::Mapped { positions } = &self.pages[number as usize / PAGE] {
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
        self.add_page(PositionPage::Small { first: (index * PAGE) as u32 })
    }

    fn add_mapped(&mut self, position: i128) -> u32 {
        if self.free.is_empty() {
            let first = self.add_page(PositionPage::Mapped { positions: Box::new([0; PAGE]) }) * PAGE as u32;
            self.free.extend((first..first + PAGE as u32).rev());
        }
        let number = self.free.pop().unwrap_or_default();
        if let PositionPage::Mapped { positions } = &mut self.pages[number as usize / PAGE] {
            positions[number as usize % PAGE] = position;
        }
        self.map.insert(position, number);
        number
    }

    fn add_page(&mut self, page: PositionPage) -> u32 {
        if self.lists.len() == self.lists.capacity() {
            self.lists.reserve_exact(self.lists.len() / 8 / PAGE * PAGE + PAGE);
        }
        self.lists.extend([PostingList::EMPTY; PAGE]);
        self.pages.push(page);
        (self.pages.len() - 1) as u32
    }

    /// Bytes that it occupies, the map's own overhead estimated.
    pub(super) fn bytes(&self) -> usize {
        let mapped = self.pages.iter().filter(|page| matches!(page, PositionPage::Mapped { .. })).count();
        self.lists.capacity() * size_of::<PostingList>()
            + self.pages.capacity() * size_of::<PositionPage>()
            + mapped * size_of::<[i128; PAGE]>()
            + (self.table.capacity() + self.free.capacity()) * size_of::<u32>()
            + self.map.capacity() * (size_of::<(i128, u32)>() + 1)
    }
}

/// A hash of positions. They are hashes themselves, or what a user chose for his own map: no defence is needed.
#[derive(Debug, Default)]
struct PositionHash(u64);

impl Hasher for PositionHash {
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
