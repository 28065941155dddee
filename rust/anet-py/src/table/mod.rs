//! Binding of `anet_core::table`: the reader of columns, and what a dialect is found by.

use pyo3::prelude::*;

mod find;
mod reader;

pub(crate) use reader::dialect;

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    reader::register(module)?;
    find::register(module)
}
