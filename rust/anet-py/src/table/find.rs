//! What the dialect of a table is found by: its records, its numbers, its times.

use anet_core::table::time::{TimeColumn, find_style};
use anet_core::table::{self, RecordSplitter, read_number};
use numpy::PyArray1;
use pyo3::prelude::*;

use crate::error::BindingError;
use crate::table::reader::{dialect, number_style, time_style, zone_of};

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(split_table, module)?)?;
    module.add_function(wrap_pyfunction!(read_cell, module)?)?;
    module.add_function(wrap_pyfunction!(find_time_style, module)?)?;
    module.add_function(wrap_pyfunction!(read_times, module)?)?;
    module.add_function(wrap_pyfunction!(missing_words, module)?)
}

/// A record: its line, the bytes up to its end, its fields.
type Split = (usize, usize, Vec<String>);

#[doc = doc!("split_table")]
#[pyfunction]
#[pyo3(signature = (data, delimiter, comment=""))]
fn split_table(data: &[u8], delimiter: &str, comment: &str) -> Result<Vec<Split>, BindingError> {
    let mut splitter = RecordSplitter::new(dialect(delimiter, "\"", comment)?);
    let mut rows = Vec::new();
    splitter.feed(data, |record| rows.push((record.line, record.end, record.texts())));
    splitter.finish(|record| rows.push((record.line, record.end.min(data.len()), record.texts())));
    Ok(rows)
}

#[doc = doc!("read_cell")]
#[pyfunction]
#[pyo3(signature = (text, decimal=".", thousands=""))]
fn read_cell<'a>(
    text: &'a str,
    decimal: &str,
    thousands: &str,
) -> Result<Option<(f64, &'a str)>, BindingError> {
    let style = number_style(decimal, thousands)?;
    Ok(read_number(text.as_bytes(), style).map(|cell| (cell.value, cell.unit)))
}

/// A style's name; whether it is ambiguous; has a date, a time of day, a year; could be a plain number.
type Found = (String, bool, bool, bool, bool, bool);

#[doc = doc!("find_time_style")]
#[pyfunction]
fn find_time_style(cells: Vec<String>) -> Option<Found> {
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let found = find_style(&cells)?;
    let style = found.style.to_string();
    Some((style, found.ambiguous, found.has_date, found.has_clock, found.has_year, found.weak))
}

type Times<'py> = (Bound<'py, PyArray1<f64>>, Option<i32>);

#[doc = doc!("read_times")]
#[pyfunction]
fn read_times<'py>(py: Python<'py>, cells: Vec<String>, style: &str) -> Result<Times<'py>, BindingError> {
    let mut column = TimeColumn::new(time_style(style)?);
    let seconds = cells.iter().map(|cell| column.read(cell.as_bytes()).unwrap_or(f64::NAN)).collect();
    Ok((PyArray1::from_vec(py, seconds), zone_of(column.zone())))
}

#[doc = doc!("missing_words")]
#[pyfunction]
fn missing_words() -> Vec<&'static str> {
    table::MISSING.to_vec()
}
