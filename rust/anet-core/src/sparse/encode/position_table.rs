//! The positions that the items of a window hash to, in descending order of elevation.

/// A free place in the table.
const FREE: u32 = u32::MAX;

/// Places in the table for each entry: at most an eighth are taken, so that a search mostly meets a free one at once.
const PLACES_PER_ENTRY: usize = 8;

/// 2^64 divided by the golden ratio: multiplying by it spreads the positions of a small dimension over the table
/// (Knuth, The Art of Computer Programming, vol. 3, 6.4).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A position with the highest elevation of the items that hash to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PositionEntry {
    pub(super) position: u64,
    /// The highest elevation of its items.
    pub(super) elevation: f64,
    /// The lowest of its items.
    pub(super) first: usize,
}

/// Distinct positions and a hash table of them; kept between windows for its memory.
#[derive(Debug, Clone, Default)]
pub(super) struct PositionTable {
    entries: Vec<PositionEntry>,
    /// Places in `entries`, by open addressing with linear probing.
    table: Vec<u32>,
}

impl PositionTable {
    /// Forgets all positions.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.table.clear();
    }

    /// Makes room for `more` entries.
    pub(super) fn reserve(&mut self, more: usize) {
        let places = (PLACES_PER_ENTRY * (self.entries.len() + more)).next_power_of_two();
        if places <= self.table.len() {
            return;
        }
        self.table.clear();
        self.table.resize(places, FREE);
        for place in 0..self.entries.len() {
            let found = self.search(self.entries[place].position).unwrap_err();
            self.table[found] = place as u32;
        }
    }

    /// Inserts a position, or keeps the entry that it has. Entries must come in descending order of elevation, and room
    /// for them must have been made.
    pub(super) fn insert(&mut self, entry: PositionEntry) {
        match self.search(entry.position) {
            Ok(place) => self.entries[place].first = self.entries[place].first.min(entry.first),
            Err(free) => {
                self.table[free] = self.entries.len() as u32;
                self.entries.push(entry);
            }
        }
    }

    /// Inserts a position out of order, or raises the entry that it has. [`PositionTable::sort`] must follow the last one.
    pub(super) fn insert_or_raise(&mut self, entry: PositionEntry) {
        match self.search(entry.position) {
            Ok(place) => self.entries[place].elevation = self.entries[place].elevation.max(entry.elevation),
            Err(_) => self.insert(entry),
        }
    }

    /// Puts entries that came out of order into theirs; equal ones stay as they came.
    pub(super) fn sort(&mut self) {
        self.entries.sort_by(|a, b| b.elevation.total_cmp(&a.elevation));
    }

    /// Notes that `item` hashes to `position` too; a position that is not in the table stays out.
    pub(super) fn note_item(&mut self, position: u64, item: usize) {
        if let Ok(place) = self.search(position) {
            self.entries[place].first = self.entries[place].first.min(item);
        }
    }

    /// The entries so far.
    pub(super) fn as_slice(&self) -> &[PositionEntry] {
        &self.entries
    }

    /// The item below which an unseen one could still change the order of the first `kept` entries.
    ///
    /// Equal elevations stand in the order of their first items, and only an item before the last but one of these can put
    /// one entry before another.
    pub(super) fn undecided(&self, kept: usize) -> usize {
        let ties = self.entries[..kept].chunk_by(|a, b| a.elevation == b.elevation);
        ties.filter_map(|tie| second_largest(tie.iter().map(|entry| entry.first))).max().unwrap_or(0)
    }

    /// Puts entries of equal elevation into the order of their first items. Nothing can be inserted any more.
    pub(super) fn order_ties(&mut self, kept: usize) {
        for tie in self.entries[..kept].chunk_by_mut(|a, b| a.elevation == b.elevation) {
            tie.sort_unstable_by_key(|entry| entry.first);
        }
    }

    /// The place of a position in `entries`, or the free place in the table where it belongs.
    fn search(&self, position: u64) -> Result<usize, usize> {
        let last = self.table.len() - 1;
        let mut at = (position.wrapping_mul(SPREAD) >> 32) as usize & last;
        loop {
            match self.table[at] {
                FREE => return Err(at),
                place if self.entries[place as usize].position == position => return Ok(place as usize),
                _ => at = (at + 1) & last,
            }
        }
    }
}

/// The second largest of the items, if there are two.
fn second_largest(items: impl Iterator<Item = usize>) -> Option<usize> {
    let (mut largest, mut second) = (None, None);
    for item in items {
        if largest < Some(item) {
            (largest, second) = (Some(item), largest);
        } else {
            second = second.max(Some(item));
        }
    }
    second
}
