//! Columns as a data frame of whichever library is there.

use pyo3::exceptions::{PyImportError, PyModuleNotFoundError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyModule};

/// The libraries that are asked, in this order.
const LIBRARIES: [&str; 2] = ["pandas", "polars"];

/// A `DataFrame` of these columns: of the library that the program has imported, else of the first that is installed.
pub(crate) fn to_frame<'py>(columns: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyAny>> {
    library(columns.py())?.getattr("DataFrame")?.call1((columns,))
}

fn library(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    let loaded = py.import("sys")?.getattr("modules")?;
    let is_loaded = |name: &&str| loaded.contains(*name).unwrap_or(false);
    let imported = LIBRARIES.into_iter().find(is_loaded);
    for name in imported.into_iter().chain(LIBRARIES) {
        match py.import(name) {
            Err(error) if error.is_instance_of::<PyModuleNotFoundError>(py) => {}
            found => return found,
        }
    }
    Err(PyImportError::new_err("to_frame() needs pandas or polars: pip install pandas"))
}
