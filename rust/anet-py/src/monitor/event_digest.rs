//! What happens to a monitor, as numbers for its event digest. The first is the kind, so that no two kinds look alike.

use anet_core::Row;

const ROW: u64 = 0;
const NOTE: u64 = 1;
const GROUP: u64 = 2;
const GROUP_ROW: u64 = 3;
const NAMED: u64 = 4;
const SIGNAL: u64 = 5;
const DROPPED_GROUP: u64 = 6;

pub(crate) fn row(row: &Row) -> impl Iterator<Item = u64> + use<> {
    let optional = |value: Option<u64>| [value.is_some().into(), value.unwrap_or(0)];
    let values = row.values().map(|value| value.map(f64::to_bits));
    let step = row.step.map(|step| step as u64);
    [ROW].into_iter().chain(values.into_iter().chain([step]).flat_map(optional))
}

/// A row with values of named signals, each by its index.
pub(crate) fn named_row(row: &Row, named: &[(usize, f64)]) -> impl Iterator<Item = u64> {
    let values = named.iter().flat_map(|&(index, value)| [NAMED, index as u64, value.to_bits()]);
    self::row(row).chain(values)
}

pub(crate) fn note(text: &str) -> impl Iterator<Item = u64> {
    [NOTE].into_iter().chain(text.bytes().map(u64::from))
}

pub(crate) fn signal(name: &str) -> impl Iterator<Item = u64> {
    [SIGNAL].into_iter().chain(name.bytes().map(u64::from))
}

pub(crate) fn group(name: &str) -> impl Iterator<Item = u64> {
    [GROUP].into_iter().chain(name.bytes().map(u64::from))
}

pub(crate) fn dropped_group(name: &str) -> impl Iterator<Item = u64> {
    [DROPPED_GROUP].into_iter().chain(name.bytes().map(u64::from))
}

pub(crate) fn group_row(index: usize, row: &Row) -> impl Iterator<Item = u64> + use<> {
    [GROUP_ROW, index as u64].into_iter().chain(self::row(row))
}
