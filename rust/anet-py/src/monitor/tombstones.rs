//! The head of a tombstone log, travelling in a monitor's state.

use std::sync::Mutex;

use pyo3::exceptions::PyRuntimeWarning;
use pyo3::ffi::c_str;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error::{BindingError, class_of, type_error};
use crate::lock::lock;
use crate::monitor::state_dict::{damaged, field};

/// The log that a monitor was given, and the mark that its last loaded state had.
pub(crate) struct Tombstones {
    log: Option<Py<PyAny>>,
    loaded: Mutex<Option<Mark>>,
}

/// How long a log was, and the hash of its newest record then.
#[derive(Clone)]
pub(crate) struct Mark {
    head: String,
    records: u64,
}

impl Tombstones {
    /// Takes a log: whatever has a head, a number of records, and can say whether it holds a head.
    pub(crate) fn of(log: Option<Bound<'_, PyAny>>) -> Result<Self, BindingError> {
        if let Some(log) = &log {
            for name in ["head", "records", "holds"] {
                if !log.hasattr(name)? {
                    return Err(type_error(format!(
                        "tombstones must be a TombstoneLog, got {}",
                        class_of(log)
                    )));
                }
            }
        }
        Ok(Self { log: log.map(Bound::unbind), loaded: Mutex::new(None) })
    }

    pub(crate) fn log(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.log.as_ref().map(|log| log.clone_ref(py))
    }

    /// The entry of the state: the log as it now is, or the mark that was loaded where there is no log.
    pub(crate) fn mark<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        let mark = match &self.log {
            Some(log) => Some(Mark::of(log.bind(py))?),
            None => lock(py, &self.loaded).clone(),
        };
        mark.map(|mark| mark.entry(py)).transpose()
    }

    /// Keeps the mark of a state that was loaded.
    pub(crate) fn load(&self, py: Python<'_>, mark: Option<Mark>) {
        *lock(py, &self.loaded) = mark;
    }

    /// Warns where the log does not go on from the mark of a state.
    pub(crate) fn compare(&self, py: Python<'_>, mark: Option<&Mark>) -> Result<(), BindingError> {
        let (Some(log), Some(mark)) = (&self.log, mark) else { return Ok(()) };
        if log.bind(py).call_method1("holds", (&mark.head,))?.is_truthy()? {
            return Ok(());
        }
        let category = py.get_type::<PyRuntimeWarning>();
        let text = c_str!(
            "the tombstone log does not hold the head of the loaded state: records were cut off or altered, or it is \
             another log; compare them by: anet-lite tombstones verify"
        );
        Ok(PyErr::warn(py, &category, text, 1)?)
    }
}

impl Mark {
    /// The mark in a saved state.
    pub(crate) fn saved(state: &Bound<'_, PyDict>) -> Result<Option<Self>, BindingError> {
        let entry = field(state, "tombstones")?;
        if entry.is_none() {
            return Ok(None);
        }
        let entry = entry.cast::<PyDict>().map_err(|_| damaged("tombstones"))?;
        let head = field(entry, "head")?.extract().map_err(|_| damaged("tombstones"))?;
        let records = field(entry, "records")?.extract().map_err(|_| damaged("tombstones"))?;
        Ok(Some(Self { head, records }))
    }

    fn of(log: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self { head: log.getattr("head")?.extract()?, records: log.getattr("records")?.extract()? })
    }

    fn entry<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let entry = PyDict::new(py);
        entry.set_item("head", &self.head)?;
        entry.set_item("records", self.records)?;
        Ok(entry)
    }
}
