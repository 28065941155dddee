//! What Python's libraries of data call a missing number.

use numpy::{PyArrayDescrMethods, PyUntypedArray, PyUntypedArrayMethods};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyFloat;

/// Whether the object is `None`, `pandas.NA`, `numpy.ma.masked` or a null of pyarrow.
///
/// They are known by the names of their classes: to compare with the objects, their libraries would be imported.
pub(crate) fn is_missing(object: &Bound<'_, PyAny>) -> bool {
    if object.is_instance_of::<PyFloat>() {
        return false;
    }
    object.is_none() || object.get_type().name().is_ok_and(|name| is_named_missing(&name.to_string(), object))
}

fn is_named_missing(class: &str, object: &Bound<'_, PyAny>) -> bool {
    match class {
        "NAType" | "MaskedConstant" => true,
        // pyarrow's scalars, `DoubleScalar` and so on, which know whether they hold a value.
        _ if class.ends_with("Scalar") => {
            let valid = object.getattr(intern!(object.py(), "is_valid"));
            valid.and_then(|valid| valid.extract::<bool>()).is_ok_and(|valid| !valid)
        }
        _ => false,
    }
}

/// Whether the object is a masked array, which passes for a plain one and would show what its mask hides.
pub(crate) fn is_masked(object: &Bound<'_, PyAny>) -> bool {
    object.cast::<PyUntypedArray>().is_ok() && object.hasattr(intern!(object.py(), "filled")).unwrap_or(false)
}

/// The array with NaN where the mask hides a number; any other object as it is.
pub(crate) fn unmasked<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if !is_masked(object) {
        return Ok(object.clone());
    }
    let py = object.py();
    let filled = |array: &Bound<'py, PyAny>| array.call_method1(intern!(py, "filled"), (f64::NAN,));
    match object.cast::<PyUntypedArray>().map_err(PyErr::from)?.dtype().kind() {
        b'O' => filled(object),
        b'f' | b'i' | b'u' | b'b' => filled(&object.call_method1(intern!(py, "astype"), ("f8",))?),
        _ => object.getattr(intern!(py, "data")),
    }
}
