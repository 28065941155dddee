//! The rows of a file that is read as it grows, or that is looked at row by row.

use std::sync::Mutex;

use anet_core::runlog::{self, Cell, LineSplitter};
use anet_core::table::{Record, RecordSplitter};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error::BindingError;
use crate::lock::lock;
use crate::table::dialect;

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<JsonRows>()?;
    module.add_class::<CsvRows>()?;
    module.add_function(wrap_pyfunction!(decode_nonfinite, module)?)
}

#[doc = doc!("JsonRows")]
#[pyclass(frozen, module = "anet_lite._native")]
struct JsonRows(Mutex<LineSplitter>);

/// A row, or `None` for a line that is no object.
type JsonRow<'py> = Option<Bound<'py, PyDict>>;

#[pymethods]
impl JsonRows {
    #[new]
    fn new() -> Self {
        Self(Mutex::new(LineSplitter::default()))
    }

    #[doc = doc!("JsonRows.feed")]
    fn feed<'py>(&self, py: Python<'py>, data: &[u8]) -> PyResult<Vec<JsonRow<'py>>> {
        let mut lines = Lines::default();
        lock(py, &self.0).feed(data, |line| lines.take(line))?;
        lines.objects(py)
    }

    #[doc = doc!("JsonRows.finish")]
    fn finish<'py>(&self, py: Python<'py>) -> PyResult<Vec<JsonRow<'py>>> {
        let mut lines = Lines::default();
        lock(py, &self.0).finish(|line| lines.take(line))?;
        lines.objects(py)
    }
}

/// Lines copied under the lock, to be made objects of after it.
#[derive(Default)]
struct Lines {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Lines {
    fn take(&mut self, line: &[u8]) -> PyResult<()> {
        self.text.extend_from_slice(line);
        self.ends.push(self.text.len());
        Ok(())
    }

    fn objects<'py>(&self, py: Python<'py>) -> PyResult<Vec<JsonRow<'py>>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| object(py, &self.text[start..end])).collect()
    }
}

fn object<'py>(py: Python<'py>, line: &[u8]) -> PyResult<JsonRow<'py>> {
    let (row, mut failed) = (PyDict::new(py), Ok(()));
    let object = runlog::cells(line, |name, cell| {
        let set = match cell {
            Cell::Number(value) => row.set_item(name, value),
            Cell::Integer(value) => row.set_item(name, value),
            Cell::Flag(value) => row.set_item(name, value),
            Cell::Text(text) => row.set_item(name, text),
        };
        failed = std::mem::replace(&mut failed, Ok(())).and(set);
    });
    failed.map(|()| object.map(|()| row))
}

#[doc = doc!("CsvRows")]
#[pyclass(frozen, module = "anet_lite._native")]
struct CsvRows(Mutex<RecordSplitter>);

#[pymethods]
impl CsvRows {
    #[new]
    #[pyo3(signature = (delimiter=","))]
    fn new(delimiter: &str) -> Result<Self, BindingError> {
        Ok(Self(Mutex::new(RecordSplitter::new(dialect(delimiter, "\"", "")?))))
    }

    #[doc = doc!("CsvRows.feed")]
    fn feed(&self, py: Python<'_>, data: &[u8]) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        lock(py, &self.0).feed(data, |record| rows.push(fields(record)));
        rows
    }

    #[doc = doc!("CsvRows.finish")]
    fn finish(&self, py: Python<'_>) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        lock(py, &self.0).finish(|record| rows.push(fields(record)));
        rows
    }
}

fn fields(record: Record<'_>) -> Vec<String> {
    if record.is_blank() { Vec::new() } else { record.texts() }
}

#[doc = doc!("decode_nonfinite")]
#[pyfunction]
fn decode_nonfinite(text: &str) -> Vec<(&str, f64)> {
    runlog::nonfinite(text).collect()
}
