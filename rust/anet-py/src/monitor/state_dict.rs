//! The entries of a monitor's `state_dict`.

use anet_core::State;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::error::{BindingError, value_error};

pub(crate) const FORMAT: &str = "anet_lite.Monitor";
pub(crate) const VERSION: i64 = 1;

pub(crate) fn hex<'py>(py: Python<'py>, part: &impl State) -> PyResult<Bound<'py, PyAny>> {
    PyBytes::new(py, &part.to_bytes()).call_method0("hex")
}

pub(crate) fn check_header(state: &Bound<'_, PyDict>) -> Result<(), BindingError> {
    let format: Option<String> = field(state, "format")?.extract().ok();
    if format.as_deref() != Some(FORMAT) {
        return Err(value_error(format!("state must have format '{FORMAT}': this is not a monitor's state")));
    }
    match field(state, "version")?.extract::<i64>() {
        Ok(VERSION) => Ok(()),
        Ok(version) => {
            Err(value_error(format!("state has version {version}, this build reads version {VERSION}")))
        }
        Err(_) => Err(damaged("version")),
    }
}

pub(crate) fn of_hex<T: State>(state: &Bound<'_, PyDict>, name: &str) -> Result<T, BindingError> {
    let bytes = state.py().get_type::<PyBytes>().call_method1("fromhex", (field(state, name)?,));
    let bytes = bytes.map_err(|_| damaged(name))?;
    let bytes = bytes.cast::<PyBytes>().map_err(|_| damaged(name))?;
    Ok(T::from_bytes(bytes.as_bytes())?)
}

pub(crate) fn field<'py>(state: &Bound<'py, PyDict>, name: &str) -> Result<Bound<'py, PyAny>, BindingError> {
    state
        .get_item(name)?
        .ok_or_else(|| value_error(format!("state has no entry '{name}': this is not a monitor's state")))
}

pub(crate) fn damaged(name: &str) -> BindingError {
    value_error(format!("state is damaged: impossible value in entry '{name}'"))
}
