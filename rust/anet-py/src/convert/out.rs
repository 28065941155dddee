//! Where results go: a new array, or the caller's.

use numpy::{PyArray1, PyArrayMethods, PyReadwriteArray1, PyUntypedArray, PyUntypedArrayMethods};
use pyo3::exceptions::PyMemoryError;
use pyo3::intern;
use pyo3::prelude::*;

use crate::error::{BindingError, type_error, value_error};

/// A new float64 array of `count` values, which the argument `name` asked for, or `out` if it is one.
pub(crate) fn given_or_new<'py>(
    py: Python<'py>,
    out: Option<&Bound<'py, PyAny>>,
    name: &str,
    count: i128,
) -> Result<PyReadwriteArray1<'py, f64>, BindingError> {
    match out {
        Some(out) => given(out, count),
        None => new(py, name, count),
    }
}

fn new<'py>(py: Python<'py>, name: &str, count: i128) -> Result<PyReadwriteArray1<'py, f64>, BindingError> {
    let too_large = || value_error(format!("{name} must be small enough for memory, got {count}"));
    let length =
        isize::try_from(count).ok().filter(|length| *length <= isize::MAX / 8).ok_or_else(too_large)?;
    let numpy = py.import(intern!(py, "numpy"))?;
    let array = numpy.call_method1(intern!(py, "empty"), (length,)).map_err(|error| {
        if error.is_instance_of::<PyMemoryError>(py) { too_large() } else { error.into() }
    })?;
    let array = array.cast_into::<PyArray1<f64>>().map_err(PyErr::from)?;
    Ok(array.readwrite())
}

fn given<'py>(out: &Bound<'py, PyAny>, count: i128) -> Result<PyReadwriteArray1<'py, f64>, BindingError> {
    let Ok(array) = out.cast::<PyUntypedArray>() else {
        return Err(type_error(format!(
            "out must be a NumPy array of float64, got {}",
            out.get_type().name()?
        )));
    };
    if array.shape() != [count.try_into().unwrap_or(usize::MAX)] {
        let shape = array.getattr(intern!(out.py(), "shape"))?;
        return Err(value_error(format!("out must have shape ({count},), got {shape}")));
    }
    let Ok(array) = out.cast::<PyArray1<f64>>() else {
        return Err(type_error(format!("out must be a NumPy array of float64, got dtype {}", array.dtype())));
    };
    if !array.is_c_contiguous() || !array.data().is_aligned() {
        return Err(value_error("out must be contiguous and aligned, got an array that is not".to_owned()));
    }
    array
        .try_readwrite()
        .map_err(|_| value_error("out must be writeable, got a read-only array or one in use".to_owned()))
}
