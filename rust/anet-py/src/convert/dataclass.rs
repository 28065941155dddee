//! Lets a native class pass for a dataclass, without importing `dataclasses` before somebody asks.
//!
//! `dataclasses.fields`, `asdict`, `astuple`, `replace`, `is_dataclass` and an inheriting `@dataclass` look at two class
//! attributes. Both are descriptors here that build a twin with `dataclasses.make_dataclass` on first use and show the
//! twin's attribute. Equality, `repr`, `__init__` and setters stay the native class's own.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyList, PyString, PyTuple, PyType};

/// One field, in the order of the constructor.
pub(crate) struct Field {
    name: &'static str,
    annotation: &'static str,
    default: Option<&'static str>,
}

impl Field {
    /// A field without a default.
    pub(crate) const fn new(name: &'static str, annotation: &'static str) -> Self {
        Self { name, annotation, default: None }
    }

    /// What it is called.
    pub(crate) const fn name(&self) -> &'static str {
        self.name
    }

    /// A field whose default is a text.
    pub(crate) const fn text(name: &'static str, default: &'static str) -> Self {
        Self { name, annotation: "str", default: Some(default) }
    }

    fn specification<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        match self.default {
            None => (self.name, self.annotation).into_pyobject(py),
            Some(default) => (self.name, self.annotation, default).into_pyobject(py),
        }
    }
}

/// Gives `class` the attributes by which Python knows a dataclass.
pub(crate) fn describe(class: &Bound<'_, PyType>, fields: &'static [Field]) -> PyResult<()> {
    let py = class.py();
    let twin = Py::new(py, Twin { name: class.name()?.unbind(), fields, built: PyOnceLock::new() })?;
    for attribute in ["__dataclass_fields__", "__dataclass_params__"] {
        class.setattr(attribute, TwinAttribute { twin: twin.clone_ref(py), attribute })?;
    }
    class.setattr(intern!(py, "__match_args__"), PyTuple::new(py, fields.iter().map(|field| field.name))?)
}

/// The dataclass with the same fields, made when it is first needed.
#[pyclass(frozen)]
struct Twin {
    name: Py<PyString>,
    fields: &'static [Field],
    built: PyOnceLock<Py<PyAny>>,
}

impl Twin {
    fn get<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyAny>> {
        Ok(self.built.get_or_try_init(py, || self.build(py).map(Bound::unbind))?.bind(py))
    }

    fn build<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let fields = PyList::empty(py);
        for field in self.fields {
            fields.append(field.specification(py)?)?;
        }
        py.import("dataclasses")?.call_method1("make_dataclass", (&self.name, fields))
    }
}

/// A class attribute that shows the twin's attribute of the same name.
#[pyclass(frozen)]
struct TwinAttribute {
    twin: Py<Twin>,
    attribute: &'static str,
}

#[pymethods]
impl TwinAttribute {
    fn __get__<'py>(
        &self,
        py: Python<'py>,
        _instance: &Bound<'py, PyAny>,
        _owner: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.twin.get().get(py)?.getattr(self.attribute)
    }
}
