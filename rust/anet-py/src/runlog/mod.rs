//! Run logs: the writer of records and the reader of tables.

use pyo3::prelude::*;

pub mod reader;
pub mod writer;

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    writer::register(module)?;
    reader::register(module)
}
