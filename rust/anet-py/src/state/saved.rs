//! Saved states between Python's bytes and the core.

use anet_core::state::State;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

use crate::error::{BindingError, type_error};

/// The byte form of an object.
pub(crate) fn save<'py>(py: Python<'py>, object: &impl State) -> Bound<'py, PyBytes> {
    PyBytes::new(py, &object.to_bytes())
}

/// An object from its byte form: `bytes`, or anything else that `bytes()` copies from a buffer.
pub(crate) fn restore<T: State>(data: &Bound<'_, PyAny>) -> Result<T, BindingError> {
    if let Ok(bytes) = data.extract::<PyBackedBytes>() {
        return Ok(T::from_bytes(&bytes)?);
    }
    let py = data.py();
    let view = py.import("builtins")?.getattr("memoryview")?.call1((data,));
    match view.and_then(|view| view.call_method0("tobytes")) {
        Ok(bytes) => Ok(T::from_bytes(bytes.cast::<PyBytes>().map_err(PyErr::from)?.as_bytes())?),
        Err(_) => Err(type_error(format!("data must be bytes, got {}", data.get_type().name()?))),
    }
}
