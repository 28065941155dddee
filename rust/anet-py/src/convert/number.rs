//! Numbers as arguments, with errors that name them.

use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::PyInt;

use crate::convert::missing::is_missing;
use crate::error::{BindingError, type_error, value_error};

/// Reads the integer argument `name`: an `int` or whatever has `__index__`.
pub(crate) fn integer(name: &str, object: &Bound<'_, PyAny>) -> Result<i128, BindingError> {
    whole(object).map_err(|error| unreadable(name, "an integer", "128 bits", object, error))
}

/// In 64 bits first: Python hands out wider ones piece by piece.
fn whole(object: &Bound<'_, PyAny>) -> PyResult<i128> {
    object.extract::<i64>().map(i128::from).or_else(|_| object.extract())
}

/// Reads the real argument `name`: a `float`, an `int` or whatever has `__float__`.
pub(crate) fn real(name: &str, object: &Bound<'_, PyAny>) -> Result<f64, BindingError> {
    object.extract().map_err(|error| unreadable(name, "a real number", "a float64", object, error))
}

/// Reads the real argument `name`, NaN where it is missing.
pub(crate) fn real_or_missing(name: &str, object: &Bound<'_, PyAny>) -> Result<f64, BindingError> {
    if is_missing(object) { Ok(f64::NAN) } else { real(name, object) }
}

/// Reads the real argument `name`, if it was given.
pub(crate) fn real_or_none(
    name: &str,
    object: Option<&Bound<'_, PyAny>>,
) -> Result<Option<f64>, BindingError> {
    object.map(|object| real(name, object)).transpose()
}

/// Reads the integer argument `name` in 64 bits, if it was given.
pub(crate) fn whole_or_none(
    name: &str,
    object: Option<&Bound<'_, PyAny>>,
) -> Result<Option<i64>, BindingError> {
    let Some(object) = object else { return Ok(None) };
    let value = integer(name, object)?;
    i64::try_from(value).map(Some).map_err(|_| value_error(format!("{name} must fit 64 bits, got {value}")))
}

fn unreadable(name: &str, wanted: &str, room: &str, object: &Bound<'_, PyAny>, error: PyErr) -> BindingError {
    if error.is_instance_of::<PyOverflowError>(object.py()) {
        return value_error(format!("{name} must fit {room}, got a larger integer"));
    }
    match object.get_type().name() {
        Ok(class) => type_error(format!("{name} must be {wanted}, got {class}")),
        Err(error) => error.into(),
    }
}

/// Reads the argument `name` as `int(object)` would: a float is cut, a text is read.
pub(crate) fn truncated(name: &str, object: &Bound<'_, PyAny>) -> Result<i128, BindingError> {
    if let Ok(value) = whole(object) {
        return Ok(value);
    }
    let cut = object.py().get_type::<PyInt>().call1((object,));
    let cut = cut.map_err(|error| unreadable(name, "an integer", "128 bits", object, error))?;
    integer(name, &cut)
}

/// Reads the argument `name`: `True`, `False` or their NumPy twins.
pub(crate) fn flag(name: &str, object: &Bound<'_, PyAny>) -> Result<bool, BindingError> {
    object.extract().map_err(|error| unreadable(name, "a bool", "a bool", object, error))
}

/// Makes readers for `#[pyo3(from_py_with = ...)]`, one for each name: `readers! { real -> f64: beta, z }` gives
/// `beta` and `z`, which read the argument that they are named after.
macro_rules! readers {
    ($($read:ident -> $number:ty: $($name:ident),+;)+) => {$($(
        pub(crate) fn $name(object: &pyo3::Bound<'_, pyo3::PyAny>) -> pyo3::PyResult<$number> {
            Ok($crate::convert::number::$read(stringify!($name), object)?)
        }
    )+)+};
}
pub(crate) use readers;
