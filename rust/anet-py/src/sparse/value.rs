//! A field of a signature: what the core made, or what Python made or has seen.

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;

pub(super) enum Value {
    Missing,
    Positions(Vec<u64>),
    Elevations(Vec<f64>),
    Integer(u64),
    Real(f64),
    Text(Box<str>),
    Object(Py<PyAny>),
}

impl Value {
    /// The argument of a constructor, for `from_py_with`.
    pub(super) fn given(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self::Object(object.clone().unbind()))
    }

    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn copy(&self, py: Python<'_>) -> Self {
        match self {
            Self::Missing => Self::Missing,
            Self::Positions(positions) => Self::Positions(positions.clone()),
            Self::Elevations(elevations) => Self::Elevations(elevations.clone()),
            Self::Integer(value) => Self::Integer(*value),
            Self::Real(value) => Self::Real(*value),
            Self::Text(text) => Self::Text(text.clone()),
            Self::Object(object) => Self::Object(object.clone_ref(py)),
        }
    }

    /// As Python sees the field `name`.
    pub(super) fn object<'py>(self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::Missing => Err(PyAttributeError::new_err(format!("SparseSignature has no {name} yet"))),
            Self::Positions(positions) => positions.into_bound_py_any(py),
            Self::Elevations(elevations) => elevations.into_bound_py_any(py),
            Self::Integer(value) => value.into_bound_py_any(py),
            Self::Real(value) => value.into_bound_py_any(py),
            Self::Text(text) => text.into_bound_py_any(py),
            Self::Object(object) => Ok(object.into_bound(py)),
        }
    }
}
