//! Run logs: the writer of records, and the readers of rows and of columns.

use pyo3::prelude::*;

mod reader;
mod rows;
mod writer;

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    writer::register(module)?;
    rows::register(module)?;
    reader::register(module)
}
