//! Samples of one or several channels, or of one or several streams, as one run of numbers.

use numpy::{PyUntypedArray, PyUntypedArrayMethods};
use pyo3::intern;
use pyo3::prelude::*;

use crate::convert::array::Series;
use crate::convert::number::real;
use crate::error::{BindingError, value_error};

/// One sample: a number, or one number a channel; `None` is a missing one.
pub(super) fn sample(
    name: &str,
    object: &Bound<'_, PyAny>,
    channels: usize,
) -> Result<Vec<f64>, BindingError> {
    if channels == 1 {
        return Ok(vec![if object.is_none() { f64::NAN } else { real(name, object)? }]);
    }
    let sample = Series::read(name, object)?.to_vec();
    if sample.len() != channels {
        let got = sample.len();
        return Err(value_error(format!(
            "{name} must hold one number for each of {channels} channels, got {got}"
        )));
    }
    Ok(sample)
}

/// Many samples, as `(n,)` for one channel, as `(n, channels)` for several.
pub(super) fn samples<'py>(
    name: &str,
    object: &Bound<'py, PyAny>,
    channels: usize,
) -> Result<Series<'py>, BindingError> {
    if channels == 1 {
        return Series::read(name, object);
    }
    let ((rows, columns), values) = block(name, object)?;
    if columns != channels {
        let wanted = format!("{name} must have shape (n, {channels})");
        return Err(value_error(format!("{wanted}, got shape ({rows}, {columns})")));
    }
    Ok(values)
}

/// A two-dimensional block, row by row, and its shape.
pub(super) fn block<'py>(
    name: &str,
    object: &Bound<'py, PyAny>,
) -> Result<((usize, usize), Series<'py>), BindingError> {
    let py = object.py();
    let array = py.import(intern!(py, "numpy"))?.call_method1(intern!(py, "asarray"), (object,));
    let array = array
        .map_err(|error| value_error(format!("{name} must be a block of numbers: {}", error.value(py))))?;
    let shape = array.cast::<PyUntypedArray>().map_err(PyErr::from)?.shape().to_vec();
    let [rows, columns] = shape[..] else {
        let got = array.getattr(intern!(py, "shape"))?;
        return Err(value_error(format!("{name} must be two-dimensional, got shape {got}")));
    };
    Ok(((rows, columns), Series::read(name, &array.call_method1(intern!(py, "reshape"), (-1,))?)?))
}
