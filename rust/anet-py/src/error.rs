//! The one place where the core's errors become Python's.
//!
//! Everything we raise is an `AnetError`, and also the built-in exception that a caller would expect:
//! `AnetValueError(AnetError, ValueError)`, `AnetTypeError(AnetError, TypeError)`.

use pyo3::exceptions::{PyException, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple, PyType};

/// What a binding function fails with: the core's error or Python's own.
pub(crate) struct BindingError(PyErr);

impl BindingError {
    /// The same error, with what led to it shown above it.
    pub(crate) fn caused_by(self, py: Python<'_>, cause: PyErr) -> Self {
        self.0.set_cause(py, Some(cause));
        self
    }
}

impl From<BindingError> for PyErr {
    fn from(raised: BindingError) -> Self {
        raised.0
    }
}

impl From<PyErr> for BindingError {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

impl From<anet_zeta::Error> for BindingError {
    fn from(error: anet_zeta::Error) -> Self {
        value_error(error.to_string())
    }
}

impl From<anet_core::Error> for BindingError {
    fn from(error: anet_core::Error) -> Self {
        value_error(error.to_string())
    }
}

/// A value of the right type that cannot be used.
pub(crate) fn value_error(text: String) -> BindingError {
    Python::attach(|py| raise(Exceptions::get(py).map(|all| &all.value), py, text))
}

/// An argument of the wrong type.
pub(crate) fn type_error(text: String) -> BindingError {
    Python::attach(|py| raise(Exceptions::get(py).map(|all| &all.kind), py, text))
}

fn raise(class: PyResult<&Py<PyType>>, py: Python<'_>, text: String) -> BindingError {
    BindingError(match class {
        Ok(class) => PyErr::from_type(class.bind(py).clone(), text),
        Err(error) => error,
    })
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let all = Exceptions::get(module.py())?;
    module.add("AnetError", &all.base)?;
    module.add("AnetValueError", &all.value)?;
    module.add("AnetTypeError", &all.kind)
}

struct Exceptions {
    base: Py<PyType>,
    value: Py<PyType>,
    kind: Py<PyType>,
}

impl Exceptions {
    fn get(py: Python<'_>) -> PyResult<&'static Self> {
        static ALL: PyOnceLock<Exceptions> = PyOnceLock::new();
        ALL.get_or_try_init(py, || Self::new(py))
    }

    fn new(py: Python<'_>) -> PyResult<Self> {
        let exception = py.get_type::<PyException>();
        let base = class(py, "AnetError", vec![exception], doc!("AnetError"))?;
        let value = class(
            py,
            "AnetValueError",
            vec![base.clone(), py.get_type::<PyValueError>()],
            doc!("AnetValueError"),
        )?;
        let kind = class(
            py,
            "AnetTypeError",
            vec![base.clone(), py.get_type::<PyTypeError>()],
            doc!("AnetTypeError"),
        )?;
        Ok(Self { base: base.unbind(), value: value.unbind(), kind: kind.unbind() })
    }
}

/// `type(name, bases, {...})`: PyO3's own helper takes a single base.
fn class<'py>(
    py: Python<'py>,
    name: &str,
    bases: Vec<Bound<'py, PyType>>,
    doc: &str,
) -> PyResult<Bound<'py, PyType>> {
    let members = PyDict::new(py);
    members.set_item("__module__", "anet_lite")?;
    members.set_item("__doc__", doc)?;
    let bases = PyTuple::new(py, bases)?;
    Ok(py.get_type::<PyType>().call1((name, bases, members))?.cast_into::<PyType>()?)
}

/// The name of an object's class, for the text of an error.
pub(crate) fn class_of(object: &Bound<'_, PyAny>) -> String {
    object.get_type().name().map_or_else(|_| "object".to_owned(), |name| name.to_string())
}
