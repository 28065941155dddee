//! From whatever Python calls a series to `&[f64]`.
//!
//! Lists and tuples are read without NumPy; a contiguous float64 array is borrowed, not copied; everything else that
//! `numpy.asarray` understands becomes such an array first.

use std::ops::Deref;

use numpy::{PyArrayDescrMethods, PyArrayMethods, PyReadonlyArray1, PyUntypedArray, PyUntypedArrayMethods};
use pyo3::exceptions::{PyOverflowError, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};

use crate::error::{Raised, type_error, value_error};

/// A one-dimensional series of float64, borrowed where it can be.
pub enum Series<'py> {
    Borrowed(PyReadonlyArray1<'py, f64>),
    Owned(Vec<f64>),
}

impl Deref for Series<'_> {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        match self {
            Self::Borrowed(array) => array.as_slice().expect("only contiguous arrays are borrowed"),
            Self::Owned(values) => values,
        }
    }
}

impl<'py> Series<'py> {
    /// Reads the argument `name`.
    pub fn read(name: &str, object: &Bound<'py, PyAny>) -> Result<Self, Raised> {
        if let Ok(list) = object.cast_exact::<PyList>() {
            Ok(Self::Owned(collect(name, list.len(), list.iter())?))
        } else if let Ok(tuple) = object.cast_exact::<PyTuple>() {
            Ok(Self::Owned(collect(name, tuple.len(), tuple.iter())?))
        } else {
            Ok(Self::Borrowed(from_array(name, object)?))
        }
    }
}

fn collect<'py>(
    name: &str,
    length: usize,
    items: impl Iterator<Item = Bound<'py, PyAny>>,
) -> Result<Vec<f64>, Raised> {
    let mut values = Vec::with_capacity(length);
    for item in items {
        values.push(item.extract::<f64>().or_else(|error| number(name, values.len(), &item, error))?);
    }
    Ok(values)
}

/// What `numpy.asarray(list, dtype=float)` would make of an item that is not a float, without its surprises (text).
fn number(name: &str, index: usize, item: &Bound<'_, PyAny>, error: PyErr) -> Result<f64, Raised> {
    if item.is_none() {
        return Ok(f64::NAN);
    }
    if error.is_instance_of::<PyOverflowError>(item.py()) {
        return Err(value_error(format!("{name}[{index}] must fit a float64, got a larger integer")));
    }
    let class = item.get_type().name()?;
    if item.len().is_ok() && !item.is_instance_of::<pyo3::types::PyString>() {
        return Err(value_error(format!("{name} must be one-dimensional, got {class} as {name}[{index}]")));
    }
    Err(type_error(format!("{name} must hold real numbers, got {class} as {name}[{index}]")))
}

fn from_array<'py>(name: &str, object: &Bound<'py, PyAny>) -> Result<PyReadonlyArray1<'py, f64>, Raised> {
    if let Ok(array) = object.extract::<PyReadonlyArray1<'py, f64>>()
        && usable(&array)
    {
        return Ok(array);
    }
    let py = object.py();
    let numpy = py.import(intern!(py, "numpy"))?;
    let array = numpy
        .call_method1(intern!(py, "asarray"), (object,))?
        .cast_into::<PyUntypedArray>()
        .map_err(PyErr::from)?;
    check(name, object, &array)?;
    let flags = PyDict::new(py);
    flags.set_item("requirements", "CA")?;
    let plain = numpy
        .call_method(intern!(py, "require"), (array, "f8"), Some(&flags))
        .map_err(|error| unreadable(name, object, error))?;
    Ok(plain.extract::<PyReadonlyArray1<'py, f64>>()?)
}

fn usable(array: &PyReadonlyArray1<'_, f64>) -> bool {
    array.is_contiguous() && array.data().is_aligned()
}

fn check(name: &str, object: &Bound<'_, PyAny>, array: &Bound<'_, PyUntypedArray>) -> Result<(), Raised> {
    let kind = array.dtype().kind();
    if !b"fiubO".contains(&kind) {
        return Err(type_error(format!("{name} must hold real numbers, got dtype {}", array.dtype())));
    }
    if array.ndim() == 0 {
        let class = object.get_type().name()?;
        return Err(type_error(format!("{name} must be a one-dimensional series, got {class}")));
    }
    if array.ndim() != 1 {
        let shape = array.getattr("shape")?;
        return Err(value_error(format!("{name} must be one-dimensional, got shape {shape}")));
    }
    Ok(())
}

fn unreadable(name: &str, object: &Bound<'_, PyAny>, error: PyErr) -> Raised {
    if error.is_instance_of::<PyTypeError>(object.py()) {
        type_error(format!("{name} must hold real numbers: {}", error.value(object.py())))
    } else {
        value_error(format!("{name} must hold real numbers: {}", error.value(object.py())))
    }
}
