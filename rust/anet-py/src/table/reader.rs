//! The reader of columns, and the texts that stand for its settings.

use std::sync::{Mutex, MutexGuard};

use anet_core::table::time::{TimeStyle, TimeZone};
use anet_core::table::{
    ColumnKind, ColumnPiece, ColumnSpec, Delimiter, Dialect, Example, NumberStyle, TableLayout, TableReader,
};
use numpy::PyArray1;
use pyo3::prelude::*;

use crate::detach::detached;
use crate::error::{BindingError, value_error};
use crate::lock::lock;

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<DelimitedReader>()
}

#[doc = doc!("DelimitedReader")]
#[pyclass(frozen, module = "anet_lite._native")]
struct DelimitedReader {
    reader: Mutex<TableReader>,
    columns: usize,
}

/// A column: what it is read as, its field, and a second field beside it.
type Column = (String, usize, Option<usize>);
type Place = Option<(usize, String)>;
/// Empty cells; words for missing ones; unreadable ones, the first of them; the unit, other units.
type Cells = (usize, Vec<(String, usize)>, usize, Place, String, Vec<(String, usize)>);

#[pymethods]
impl DelimitedReader {
    #[new]
    #[pyo3(signature = (
        columns, *, width, delimiter=",", quote="\"", comment="", decimal=".", thousands="", missing=None,
        header=Vec::new(), summaries=true, exact=false, line=1, longest_quote=1 << 20,
    ))]
    #[expect(clippy::too_many_arguments, reason = "by name, in Python")]
    fn new(
        columns: Vec<Column>,
        width: usize,
        delimiter: &str,
        quote: &str,
        comment: &str,
        decimal: &str,
        thousands: &str,
        missing: Option<Vec<String>>,
        header: Vec<String>,
        summaries: bool,
        exact: bool,
        line: usize,
        longest_quote: usize,
    ) -> Result<Self, BindingError> {
        let dialect = Dialect { columns: Some(width), longest_quote, ..dialect(delimiter, quote, comment)? };
        let missing = missing.unwrap_or_else(|| anet_core::table::MISSING.map(String::from).to_vec());
        let number = number_style(decimal, thousands)?;
        let layout = TableLayout { dialect, number, missing, header, summaries, exact };
        let specs = columns.iter().map(spec).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { columns: specs.len(), reader: Mutex::new(TableReader::new(layout, &specs, line)) })
    }

    #[doc = doc!("DelimitedReader.feed")]
    fn feed(&self, py: Python<'_>, data: &[u8]) {
        let mut reader = self.lock(py);
        let reader = &mut *reader;
        detached(py, data.len(), || reader.feed(data));
    }

    #[doc = doc!("DelimitedReader.finish")]
    fn finish(&self, py: Python<'_>) {
        self.lock(py).finish();
    }

    #[doc = doc!("DelimitedReader.rows")]
    #[getter]
    fn rows(&self, py: Python<'_>) -> usize {
        self.lock(py).rows().rows
    }

    #[doc = doc!("DelimitedReader.take")]
    fn take<'py>(&self, py: Python<'py>) -> PyResult<(usize, Vec<Bound<'py, PyAny>>)> {
        let (rows, pieces) = self.lock(py).take();
        let arrays: PyResult<Vec<_>> = pieces.into_iter().map(|piece| array(py, piece)).collect();
        Ok((rows, arrays?))
    }

    #[doc = doc!("DelimitedReader.zone")]
    fn zone(&self, py: Python<'_>, column: usize) -> Result<Option<i32>, BindingError> {
        self.check(column)?;
        Ok(zone_of(self.lock(py).zone(column)))
    }

    #[doc = doc!("DelimitedReader.cells")]
    fn cells(&self, py: Python<'_>, column: usize) -> Result<Cells, BindingError> {
        self.check(column)?;
        let tally = self.lock(py).tally(column).clone();
        let first = tally.first_unreadable.map(place);
        Ok((tally.empty, tally.missing, tally.unreadable, first, tally.unit, tally.converted))
    }

    #[doc = doc!("DelimitedReader.counts")]
    fn counts(&self, py: Python<'_>) -> Vec<(&'static str, usize)> {
        let reader = self.lock(py);
        let (rows, records) = (reader.rows(), reader.records());
        vec![
            ("blank", rows.blank),
            ("headers", rows.headers),
            ("summaries", rows.summaries),
            ("short", rows.short),
            ("long", rows.long),
            ("left_out", rows.left_out),
            ("too_long", records.too_long),
            ("unclosed", records.unclosed),
            ("first_unclosed", records.first_unclosed),
        ]
    }

    #[doc = doc!("DelimitedReader.examples")]
    fn examples(&self, py: Python<'_>) -> (Place, Place) {
        let rows = self.lock(py).rows().clone();
        (rows.first_ragged.map(place), rows.first_left_out.map(place))
    }
}

impl DelimitedReader {
    fn lock<'a>(&'a self, py: Python<'_>) -> MutexGuard<'a, TableReader> {
        lock(py, &self.reader)
    }

    fn check(&self, column: usize) -> Result<(), BindingError> {
        if column < self.columns {
            return Ok(());
        }
        Err(value_error(format!("column must be below {}, got {column}", self.columns)))
    }
}

fn place(example: Example) -> (usize, String) {
    (example.line, example.text)
}

fn array(py: Python<'_>, piece: ColumnPiece) -> PyResult<Bound<'_, PyAny>> {
    match piece {
        ColumnPiece::Numbers(column) => {
            let (values, given) =
                (PyArray1::from_vec(py, column.values), PyArray1::from_vec(py, column.given));
            Ok((values, given).into_pyobject(py)?.into_any())
        }
        ColumnPiece::Texts(column) => column.changes.into_pyobject(py),
        ColumnPiece::Keys(codes, labels) => {
            Ok((PyArray1::from_vec(py, codes), labels).into_pyobject(py)?.into_any())
        }
        ColumnPiece::Times(seconds) => Ok(PyArray1::from_vec(py, seconds).into_any()),
    }
}

fn spec((kind, field, second): &Column) -> Result<ColumnSpec, BindingError> {
    let kind = match kind.as_str() {
        "number" => ColumnKind::Number { flags: false },
        "flag" => ColumnKind::Number { flags: true },
        "text" => ColumnKind::Text,
        "key" => ColumnKind::Key,
        other => ColumnKind::Time(time_style(other)?),
    };
    Ok(ColumnSpec { field: *field, second: *second, kind })
}

pub(super) fn time_style(name: &str) -> Result<TimeStyle, BindingError> {
    name.parse().map_err(|()| {
        let wanted = "s, ms, us, ns, excel, matlab, day first or month first";
        value_error(format!("time style must be {wanted}, got '{name}'"))
    })
}

/// Seconds ahead of UTC, 0 where there are several zones.
pub(super) fn zone_of(zone: TimeZone) -> Option<i32> {
    match zone {
        TimeZone::Unwritten => None,
        TimeZone::Ahead(seconds) => Some(seconds),
        TimeZone::Several => Some(0),
    }
}

pub(crate) fn dialect(delimiter: &str, quote: &str, comment: &str) -> Result<Dialect, BindingError> {
    let delimiter = match byte("delimiter", delimiter)? {
        Some(b' ') => Delimiter::Spaces,
        Some(byte) if byte != b'\n' && byte != b'\r' => Delimiter::Byte(byte),
        _ => return Err(value_error("delimiter must be one byte, got ''".to_owned())),
    };
    let (quote, comment) = (byte("quote", quote)?, byte("comment", comment)?);
    Ok(Dialect { quote, comment, ..Dialect::new(delimiter) })
}

pub(super) fn number_style(decimal: &str, thousands: &str) -> Result<NumberStyle, BindingError> {
    let decimal = byte("decimal", decimal)?.unwrap_or(b'.');
    let thousands = byte("thousands", thousands)?;
    if !matches!(decimal, b'.' | b',') {
        return Err(value_error(format!("decimal must be '.' or ',', got '{}'", char::from(decimal))));
    }
    if thousands.is_some_and(|sign| sign == decimal || !b",.' ".contains(&sign)) {
        let text = "thousands must be ',', '.', \"'\" or ' ', and not the decimal sign";
        return Err(value_error(format!("{text}, got '{}'", char::from(thousands.unwrap_or_default()))));
    }
    Ok(NumberStyle { decimal, thousands })
}

fn byte(name: &str, text: &str) -> Result<Option<u8>, BindingError> {
    match text.as_bytes() {
        [] => Ok(None),
        &[byte] => Ok(Some(byte)),
        _ => Err(value_error(format!("{name} must be one byte, got '{text}'"))),
    }
}
