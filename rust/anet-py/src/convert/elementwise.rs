//! Functions of one number, over arrays of any shape: a number gives a number, an array an array of its shape.

use numpy::{
    Element, PyArray1, PyArrayDescrMethods, PyArrayDyn, PyArrayMethods, PyReadonlyArray1, PyReadwriteArray1,
    PyUntypedArray, PyUntypedArrayMethods, dtype,
};
use pyo3::exceptions::PyValueError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::detach::in_pieces;
use crate::error::{BindingError, type_error, value_error};

/// One call: what came in and where the results go, both seen as flat.
pub(crate) struct Elementwise<'py, T: Element, R: Element> {
    /// The arguments.
    pub(crate) arguments: PyReadonlyArray1<'py, T>,
    /// The results.
    pub(crate) results: PyReadwriteArray1<'py, R>,
    whole: Bound<'py, PyAny>,
    scalar: bool,
}

impl<'py, T: Element, R: Element> Elementwise<'py, T, R> {
    /// Reads the argument `name`, whose dtype must be of one of `kinds`, and makes or checks `out`.
    pub(crate) fn new(
        name: &str,
        object: &Bound<'py, PyAny>,
        kinds: &[u8],
        out: Option<&Bound<'py, PyAny>>,
    ) -> Result<Self, BindingError> {
        let py = object.py();
        let numpy = py.import(intern!(py, "numpy"))?;
        let array = numpy.call_method1(intern!(py, "asarray"), (object,)).map_err(|error| {
            let is_shape = error.is_instance_of::<PyValueError>(py);
            let told =
                || value_error(format!("{name} must be a number or numbers of one shape, got a ragged list"));
            if is_shape { told() } else { error.into() }
        })?;
        let array = array.cast_into::<PyUntypedArray>().map_err(PyErr::from)?;
        if !kinds.contains(&array.dtype().kind()) {
            let wanted = if kinds.contains(&b'f') { "real numbers" } else { "integers" };
            return Err(type_error(format!("{name} must hold {wanted}, got dtype {}", array.dtype())));
        }
        let options = PyDict::new(py);
        options.set_item("order", "C")?;
        options.set_item("copy", false)?;
        let plain = array.call_method(intern!(py, "astype"), (dtype::<T>(py),), Some(&options))?;
        let shape = array.getattr(intern!(py, "shape"))?;
        let whole = match out {
            None => numpy.call_method1(intern!(py, "empty"), (&shape, dtype::<R>(py)))?,
            Some(out) => checked::<R>(out, &shape)?,
        };
        let scalar = out.is_none() && array.ndim() == 0;
        Ok(Self { arguments: flat(&plain)?.readonly(), results: flat(&whole)?.readwrite(), whole, scalar })
    }

    /// Computes each result from its argument, `piece` of them between two looks at pending signals.
    pub(crate) fn fill(
        &mut self,
        py: Python<'_>,
        piece: usize,
        function: impl Fn(T) -> anet_zeta::Result<R> + Send + Sync,
    ) -> Result<(), BindingError>
    where
        T: Copy + Sync,
        R: Send,
    {
        let arguments = self.arguments.as_slice().map_err(PyErr::from)?;
        let results = self.results.as_slice_mut().map_err(PyErr::from)?;
        in_pieces(py, arguments.len(), piece, |range| {
            for (result, argument) in results[range.clone()].iter_mut().zip(&arguments[range]) {
                *result = function(*argument)?;
            }
            Ok(())
        })
    }

    /// The results as the caller expects them.
    pub(crate) fn finish(self) -> PyResult<Bound<'py, PyAny>> {
        drop(self.results);
        if self.scalar { self.whole.call_method0(intern!(self.whole.py(), "item")) } else { Ok(self.whole) }
    }
}

fn flat<'py, T: Element>(array: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyArray1<T>>> {
    Ok(array.call_method1(intern!(array.py(), "reshape"), (-1,))?.cast_into::<PyArray1<T>>()?)
}

fn checked<'py, R: Element>(
    out: &Bound<'py, PyAny>,
    shape: &Bound<'py, PyAny>,
) -> Result<Bound<'py, PyAny>, BindingError> {
    let wanted = dtype::<R>(out.py());
    let Ok(array) = out.cast::<PyUntypedArray>() else {
        return Err(type_error(format!(
            "out must be a NumPy array of {wanted}, got {}",
            out.get_type().name()?
        )));
    };
    let got = array.getattr(intern!(out.py(), "shape"))?;
    if !got.eq(shape)? {
        return Err(value_error(format!("out must have shape {shape}, got {got}")));
    }
    let Ok(array) = out.cast::<PyArrayDyn<R>>() else {
        return Err(type_error(format!(
            "out must be a NumPy array of {wanted}, got dtype {}",
            array.dtype()
        )));
    };
    if !array.is_c_contiguous() || !array.data().is_aligned() {
        return Err(value_error("out must be contiguous and aligned, got an array that is not".to_owned()));
    }
    if array.try_readwrite().is_err() {
        return Err(value_error("out must be writeable, got a read-only array or one in use".to_owned()));
    }
    Ok(out.clone())
}
