//! One column at a time.

use crate::dot_u8::{COLUMNS, ColumnSums, ComponentRow, QueryComponent};

pub(super) fn dot_u8(rows: &[ComponentRow], query: &[QueryComponent]) -> ColumnSums {
    let mut sums = [0_u16; COLUMNS];
    for &(row, value) in query {
        for (sum, &component) in sums.iter_mut().zip(&rows[usize::from(row)].0) {
            let product = (u32::from(component) * u32::from(value)) >> 8;
            *sum = sum.saturating_add(product as u16);
        }
    }
    ColumnSums(sums)
}

pub(super) fn columns_at_least(sums: &ColumnSums, least: u16) -> u128 {
    sums.0.iter().rev().fold(0, |bits, &value| bits << 1 | u128::from(value >= least))
}
