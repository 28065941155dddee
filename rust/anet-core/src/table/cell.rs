//! The cells of a row, read and counted.

use crate::table::number::{NumberStyle, read_number};
use crate::table::tally::ColumnTally;
use crate::table::time::TimeColumn;
use crate::table::unit::{conversion, multiplier};
use crate::table::words::{flag, is_missing};

/// How the cells of a row are read.
pub(crate) struct Cells<'a> {
    pub(crate) style: NumberStyle,
    /// Words for a missing cell.
    pub(crate) missing: &'a [String],
    /// Numbers that stand for a missing one.
    pub(crate) numbers: &'a [f64],
    pub(crate) line: usize,
}

impl Cells<'_> {
    /// The number of a cell; `None` where it is missing or cannot be read.
    pub(crate) fn number(&self, text: &[u8], flags: bool, tally: &mut ColumnTally) -> Option<f64> {
        let found = if text.is_empty() { None } else { read_number(text, self.style) };
        let Some(cell) = found else { return self.word(text, flags, tally) };
        if self.numbers.contains(&cell.value) {
            tally.add_missing(text);
            return None;
        }
        if cell.unit.is_empty() && tally.unit.is_empty() {
            return Some(cell.value);
        }
        let value = in_unit(cell.value, cell.unit, tally);
        if value.is_none() {
            tally.add_unreadable(self.line, text);
        }
        value
    }

    fn word(&self, text: &[u8], flags: bool, tally: &mut ColumnTally) -> Option<f64> {
        let value = if flags { flag(text) } else { None };
        if value.is_none() {
            self.not_given(text, tally);
        }
        value
    }

    fn not_given(&self, text: &[u8], tally: &mut ColumnTally) {
        if text.is_empty() || is_missing(text, self.missing) {
            tally.add_missing(text);
        } else {
            tally.add_unreadable(self.line, text);
        }
    }

    /// The time of a cell, in seconds; NaN where it is missing or cannot be read.
    pub(crate) fn time(&self, text: &[u8], column: &mut TimeColumn, tally: &mut ColumnTally) -> f64 {
        let seconds = column.read(text);
        if seconds.is_none() {
            if text.eq_ignore_ascii_case(b"nat") || text.eq_ignore_ascii_case(b"nan") {
                tally.add_missing(text);
            } else {
                self.not_given(text, tally);
            }
        }
        seconds.unwrap_or(f64::NAN)
    }
}

/// A number in the unit of its column, which the first unit is; `None` where it cannot be converted.
fn in_unit(value: f64, unit: &str, tally: &mut ColumnTally) -> Option<f64> {
    if let Some(factor) = multiplier(unit) {
        tally.add_converted(unit);
        return Some(value * factor);
    }
    if tally.unit.is_empty() {
        unit.clone_into(&mut tally.unit);
    }
    if tally.unit == unit {
        return Some(value);
    }
    tally.add_converted(unit);
    if unit.is_empty() { Some(value) } else { conversion(unit, &tally.unit).map(|factor| value * factor) }
}
