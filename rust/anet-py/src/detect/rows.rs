//! Samples of one or several channels as one run of numbers.

use numpy::{PyUntypedArray, PyUntypedArrayMethods};
use pyo3::intern;
use pyo3::prelude::*;

use crate::array::Series;
use crate::error::{Raised, value_error};
use crate::number::real;

/// One sample: a number, or one number a channel; `None` is a missing one.
pub fn sample(name: &str, object: &Bound<'_, PyAny>, channels: usize) -> Result<Vec<f64>, Raised> {
    if channels > 1 {
        return Ok(Series::read(name, object)?.to_vec());
    }
    Ok(vec![if object.is_none() { f64::NAN } else { real(name, object)? }])
}

/// Many samples, as `(n,)` for one channel, as `(n, channels)` for several.
pub fn samples<'py>(name: &str, object: &Bound<'py, PyAny>, channels: usize) -> Result<Series<'py>, Raised> {
    if channels == 1 {
        return Series::read(name, object);
    }
    let py = object.py();
    let array = py.import(intern!(py, "numpy"))?.call_method1(intern!(py, "asarray"), (object,))?;
    let shape = array.cast::<PyUntypedArray>().map_err(PyErr::from)?.shape().to_vec();
    if shape.len() != 2 || shape[1] != channels {
        let got = array.getattr(intern!(py, "shape"))?;
        return Err(value_error(format!("{name} must have shape (n, {channels}), got shape {got}")));
    }
    Series::read(name, &array.call_method1(intern!(py, "reshape"), (-1,))?)
}
