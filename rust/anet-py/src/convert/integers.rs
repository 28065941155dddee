//! A series of 64-bit integers as an argument: orders, or the streams of rows.

use numpy::{PyArrayMethods, PyReadonlyArray1};
use pyo3::prelude::*;

use crate::convert::number::integer;
use crate::error::{BindingError, type_error, value_error};

/// Reads the argument `name`: an int64 array as it lies, anything else one integer after the other.
pub(crate) fn integers(name: &str, object: &Bound<'_, PyAny>) -> Result<Vec<i64>, BindingError> {
    if let Ok(array) = object.extract::<PyReadonlyArray1<'_, i64>>() {
        return Ok(array.to_vec().map_err(PyErr::from)?);
    }
    let Ok(items) = object.try_iter() else {
        let class = object.get_type().name()?;
        return Err(type_error(format!("{name} must be a sequence of integers, got {class}")));
    };
    let fits = |value: i128| {
        i64::try_from(value).map_err(|_| value_error(format!("{name} must fit 64 bits, got {value}")))
    };
    items.map(|item| fits(integer(name, &item?)?)).collect()
}

/// Reads the argument `name` as indices.
pub(crate) fn indices(name: &str, object: &Bound<'_, PyAny>) -> Result<Vec<usize>, BindingError> {
    let index = |value: i64| {
        usize::try_from(value).map_err(|_| value_error(format!("{name} must be at least 0, got {value}")))
    };
    integers(name, object)?.into_iter().map(index).collect()
}
