//! From whatever Python calls a series to `&[f64]`.
//!
//! Lists and tuples are read without NumPy; a contiguous float64 array is borrowed, not copied; everything else that
//! `numpy.asarray` understands becomes such an array first. Missing numbers are NaN, whatever their library calls them.

use std::ops::Deref;

use numpy::{PyArrayDescrMethods, PyArrayMethods, PyReadonlyArray1, PyUntypedArray, PyUntypedArrayMethods};
use pyo3::exceptions::{PyException, PyOverflowError, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString, PyTuple};

use crate::convert::missing::{is_masked, is_missing, unmasked};
use crate::error::{BindingError, type_error, value_error};

/// A one-dimensional series of float64, borrowed where it can be.
pub(crate) enum Series<'py> {
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
    pub(crate) fn read(name: &str, object: &Bound<'py, PyAny>) -> Result<Self, BindingError> {
        if let Ok(list) = object.cast_exact::<PyList>() {
            collect(name, list.len(), list.iter())
        } else if let Ok(tuple) = object.cast_exact::<PyTuple>() {
            collect(name, tuple.len(), tuple.iter())
        } else if let Some(array) = plain(object) {
            Ok(Self::Borrowed(array))
        } else {
            convert(name, object)
        }
    }
}

fn collect<'py>(
    name: &str,
    length: usize,
    items: impl Iterator<Item = Bound<'py, PyAny>>,
) -> Result<Series<'py>, BindingError> {
    let mut values = Vec::with_capacity(length);
    for item in items {
        let value = if is_missing(&item) { Ok(f64::NAN) } else { item.extract::<f64>() };
        values.push(value.or_else(|error| number(name, values.len(), &item, error))?);
    }
    Ok(Series::Owned(values))
}

/// What `numpy.asarray(list, dtype=float)` would make of an item that is not a float, without its surprises (text).
fn number(name: &str, index: usize, item: &Bound<'_, PyAny>, error: PyErr) -> Result<f64, BindingError> {
    if error.is_instance_of::<PyOverflowError>(item.py()) {
        return Err(value_error(format!("{name}[{index}] must fit a float64, got a larger integer")));
    }
    if !error.is_instance_of::<PyTypeError>(item.py()) {
        return Err(error.into());
    }
    let class = item.get_type().name()?;
    if item.len().is_ok() && !item.is_instance_of::<PyString>() {
        return Err(value_error(format!("{name} must be one-dimensional, got {class} as {name}[{index}]")));
    }
    Err(type_error(format!("{name} must hold real numbers, got {class} as {name}[{index}]")))
}

/// A contiguous, aligned array of native float64: what can be read where it lies.
fn plain<'py>(object: &Bound<'py, PyAny>) -> Option<PyReadonlyArray1<'py, f64>> {
    let array = object.extract::<PyReadonlyArray1<'py, f64>>().ok()?;
    (array.is_contiguous() && array.data().is_aligned() && !is_masked(object)).then_some(array)
}

/// A two-dimensional block of the argument `name`, row by row, and its shape.
pub(crate) fn block<'py>(
    name: &str,
    object: &Bound<'py, PyAny>,
) -> Result<((usize, usize), Series<'py>), BindingError> {
    let array = array_of(name, object)?;
    let [rows, columns] = array.shape()[..] else {
        let got = array.getattr(intern!(object.py(), "shape"))?;
        return Err(value_error(format!("{name} must be two-dimensional, got shape {got}")));
    };
    Ok(((rows, columns), copied(name, &flat(&array)?)?))
}

/// Lets NumPy read the object, and copies what is not plain.
fn convert<'py>(name: &str, object: &Bound<'py, PyAny>) -> Result<Series<'py>, BindingError> {
    let array = array_of(name, object)?;
    match array.shape() {
        [] => {
            let class = object.get_type().name()?;
            Err(type_error(format!("{name} must be a one-dimensional series, got {class}")))
        }
        [_] => copied(name, &array),
        [_, 1] => copied(name, &flat(&array)?),
        _ => Err(many_columns(name, object, &array)?),
    }
}

fn array_of<'py>(name: &str, object: &Bound<'py, PyAny>) -> Result<Bound<'py, PyUntypedArray>, BindingError> {
    let py = object.py();
    let numpy = py.import(intern!(py, "numpy"))?;
    let array = unmasked(object).and_then(|object| numpy.call_method1(intern!(py, "asarray"), (object,)));
    let array = array.map_err(|error| unreadable(name, object, error))?;
    Ok(array.cast_into::<PyUntypedArray>().map_err(PyErr::from)?)
}

fn flat<'py>(array: &Bound<'py, PyUntypedArray>) -> PyResult<Bound<'py, PyUntypedArray>> {
    let flat = array.call_method1(intern!(array.py(), "reshape"), (-1,))?;
    Ok(flat.cast_into::<PyUntypedArray>()?)
}

fn copied<'py>(name: &str, array: &Bound<'py, PyUntypedArray>) -> Result<Series<'py>, BindingError> {
    let py = array.py();
    match array.dtype().kind() {
        // Item by item, as a list: NumPy would read numbers out of texts.
        b'O' => Series::read(name, &array.call_method0(intern!(py, "tolist"))?),
        b'f' | b'i' | b'u' | b'b' => {
            let numpy = py.import(intern!(py, "numpy"))?;
            let array = numpy.call_method1(intern!(py, "require"), (array, "f8", "CA"))?;
            Ok(Series::Borrowed(array.extract::<PyReadonlyArray1<'py, f64>>()?))
        }
        _ => Err(type_error(format!("{name} must hold real numbers, got dtype {}", array.dtype()))),
    }
}

/// Says that there is more than one column; of a frame, how one of them is taken.
fn many_columns(
    name: &str,
    object: &Bound<'_, PyAny>,
    array: &Bound<'_, PyUntypedArray>,
) -> PyResult<BindingError> {
    let Some(first) = first_column(object) else {
        let shape = array.getattr(intern!(object.py(), "shape"))?;
        return Ok(value_error(format!("{name} must be one-dimensional, got shape {shape}")));
    };
    let (class, count, first) = (object.get_type().name()?, array.shape()[1], first.repr()?);
    Ok(value_error(format!(
        "{name} must be one column, got a {class} of {count}: take one, such as {name}[{first}]"
    )))
}

/// The name of the first column of a frame: pyarrow's tables call their names `column_names`.
fn first_column<'py>(frame: &Bound<'py, PyAny>) -> Option<Bound<'py, PyAny>> {
    let py = frame.py();
    let names = frame.getattr(intern!(py, "column_names")).or_else(|_| frame.getattr(intern!(py, "columns")));
    names.ok()?.try_iter().ok()?.next()?.ok()
}

/// Says in NumPy's or the object's own words why it is no series. An interrupt is not a reason: it goes on its way.
fn unreadable(name: &str, object: &Bound<'_, PyAny>, error: PyErr) -> BindingError {
    let py = object.py();
    if !error.is_instance_of::<PyException>(py) {
        return error.into();
    }
    let text = format!("{name} must hold real numbers: {}", error.value(py));
    let wrong_type = error.is_instance_of::<PyTypeError>(py);
    let refused = if wrong_type { type_error(text) } else { value_error(text) };
    refused.caused_by(py, error)
}
