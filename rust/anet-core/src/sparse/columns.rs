//! From positions to columns of an index: directly where positions are small, through a map elsewhere.

use std::collections::HashMap;

/// Positions below this stand in a table; a table for more would be larger than what it indexes.
const DIRECT: usize = 1 << 16;

/// What an index keeps for each position: a FIFO of postings in chained blocks.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The block with the oldest posting.
    pub head: u32,
    /// The block with the newest posting.
    pub tail: u32,
    /// Where the entry of the query that is being read stands, if it has one.
    pub mark: u32,
    /// Index of the oldest posting in its block.
    pub first: u8,
    /// Index after the newest posting in its block.
    pub end: u8,
}

/// No block, no entry.
pub const NONE: u32 = u32::MAX;

impl Column {
    const EMPTY: Self = Self { head: NONE, tail: NONE, mark: NONE, first: 0, end: 0 };
}

/// The columns in use. A column number stays valid until the column is released.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Column number = position.
    direct: Vec<Column>,
    /// Column number = `DIRECT` + index.
    mapped: Vec<Column>,
    /// The position of each mapped column.
    positions: Vec<i128>,
    numbers: HashMap<i128, u32>,
    free: Vec<u32>,
}

impl Columns {
    /// The number of the column of `position`, made if there is none.
    pub fn number(&mut self, position: i128) -> u32 {
        match usize::try_from(position) {
            Ok(small) if small < self.direct.len() => small as u32,
            Ok(small) if small < DIRECT => self.widen(small),
            _ => self.map(position),
        }
    }

    /// The position that a column stands for.
    #[allow(dead_code)]
    pub fn position(&self, number: u32) -> i128 {
        match (number as usize).checked_sub(DIRECT) {
            None => i128::from(number),
            Some(index) => self.positions[index],
        }
    }

    /// The column of a number that [`Columns::number`] gave.
    pub fn column(&mut self, number: u32) -> &mut Column {
        match (number as usize).checked_sub(DIRECT) {
            None => &mut self.direct[number as usize],
            Some(index) => &mut self.mapped[index],
        }
    }

    /// Forgets a column that holds nothing any more.
    pub fn release(&mut self, number: u32) {
        if let Some(index) = (number as usize).checked_sub(DIRECT) {
            self.numbers.remove(&self.positions[index]);
            self.free.push(number);
        }
    }

    fn widen(&mut self, position: usize) -> u32 {
        let wanted = (position + 1).next_power_of_two();
        self.direct.reserve_exact(wanted - self.direct.len());
        self.direct.resize(wanted, Column::EMPTY);
        position as u32
    }

    fn map(&mut self, position: i128) -> u32 {
        if let Some(&number) = self.numbers.get(&position) {
            return number;
        }
        let number = self.free.pop().unwrap_or_else(|| {
            self.mapped.push(Column::EMPTY);
            self.positions.push(position);
            (DIRECT + self.mapped.len() - 1) as u32
        });
        self.positions[number as usize - DIRECT] = position;
        self.numbers.insert(position, number);
        number
    }

    /// Bytes that it occupies, the map's own overhead estimated.
    pub fn bytes(&self) -> usize {
        (self.direct.capacity() + self.mapped.capacity()) * size_of::<Column>()
            + self.positions.capacity() * size_of::<i128>()
            + self.free.capacity() * size_of::<u32>()
            + self.numbers.capacity() * (size_of::<(i128, u32)>() + 1)
    }
}
