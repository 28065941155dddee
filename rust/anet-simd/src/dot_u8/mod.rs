//! Dot products of 128 vectors with one, all of them sparse: their components have eight bits, its components sixteen.
//!
//! The vectors stand in columns. A row holds one component of every vector, and only the rows of the query's components are
//! read. Of each product of a component and a value the lowest byte is dropped, so that sums fit sixteen bits.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;
#[cfg(target_arch = "x86_64")]
mod wide;

use crate::level::Level;
use crate::level::dispatch::dispatch;

/// Vectors that are compared together.
pub const COLUMNS: usize = 128;

/// One component of every vector, aligned to 128 bytes: no register straddles two cache lines.
#[derive(Debug, Clone, PartialEq, Eq)]
#[repr(align(128))]
pub struct ComponentRow(
    /// The component of the vector of each column.
    pub [u8; COLUMNS],
);

/// A number for every column, aligned to 64 bytes: no register straddles two cache lines.
#[derive(Debug, Clone, PartialEq, Eq)]
#[repr(align(64))]
pub struct ColumnSums(
    /// The number of each column.
    pub [u16; COLUMNS],
);

/// A component of the query, the vector that all are compared with: the number of its row, and its value.
pub type QueryComponent = (u16, u16);

impl Level {
    dispatch! {
        /// For each column of `rows` the sum of ⌊component · value / 256⌋ over the query, or 65,535 where it is more.
        ///
        /// # Panics
        /// If a component of the query has no row.
        pub fn dot_u8(self, rows: &[ComponentRow], query: &[QueryComponent]) -> ColumnSums;
    }

    dispatch! {
        /// The columns whose number is at least `least`: bit i for column i.
        pub fn columns_at_least(self, sums: &ColumnSums, least: u16) -> u128;
    }
}
