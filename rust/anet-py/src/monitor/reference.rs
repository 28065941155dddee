//! A good run's first steps, as Python sees them.

use anet_core as core;
use anet_core::state::State;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyType};

use crate::error::{BindingError, class_of, type_error, value_error};
use crate::monitor::state_dict::{damaged, field};

const FORMAT: &str = "anet_lite.Reference";
const VERSION: i64 = 1;

#[doc = doc!("Reference")]
#[pyclass(frozen, module = "anet_lite")]
#[derive(Clone)]
pub struct Reference {
    pub inner: core::Reference,
    #[doc = doc!("Reference.learned_on")]
    #[pyo3(get)]
    pub learned_on: String,
}

#[pymethods]
impl Reference {
    #[doc = doc!("Reference.rows")]
    #[getter]
    fn rows(&self) -> u64 {
        self.inner.rows()
    }

    #[doc = doc!("Reference.runs")]
    #[getter]
    fn runs(&self) -> usize {
        self.inner.runs()
    }

    #[doc = doc!("Reference.joined")]
    #[classmethod]
    fn joined(_class: &Bound<'_, PyType>, references: &Bound<'_, PyAny>) -> Result<Self, BindingError> {
        let mut parts = Vec::new();
        for part in references.try_iter()? {
            let part = part?;
            let reference = part.cast::<Self>().map_err(|_| {
                type_error(format!("references must hold References, got {}", class_of(&part)))
            })?;
            parts.push(reference.get().clone());
        }
        let learned_on: Vec<&str> = parts.iter().map(|part| part.learned_on.as_str()).collect();
        let learned_on = learned_on.join("; ");
        let inner = core::Reference::joined(parts.iter().map(|part| &part.inner))
            .ok_or_else(|| value_error("references must hold at least one Reference, got none".to_owned()))?;
        Ok(Self { inner, learned_on })
    }

    #[doc = doc!("Reference.to_dict")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("format", FORMAT)?;
        dict.set_item("version", VERSION)?;
        dict.set_item("learned_on", &self.learned_on)?;
        dict.set_item("rows", self.rows())?;
        dict.set_item("curve", PyBytes::new(py, &self.inner.to_bytes()).call_method0("hex")?)?;
        Ok(dict)
    }

    #[doc = doc!("Reference.from_dict")]
    #[classmethod]
    fn from_dict(_class: &Bound<'_, PyType>, state: &Bound<'_, PyAny>) -> Result<Self, BindingError> {
        let dict = state
            .cast::<PyDict>()
            .map_err(|_| type_error(format!("state must be a dict, got {}", class_of(state))))?;
        if field(dict, "format")?.extract::<String>().ok().as_deref() != Some(FORMAT) {
            return Err(value_error(format!("state must have format '{FORMAT}': this is not a reference")));
        }
        let version: i64 = field(dict, "version")?.extract().map_err(|_| damaged("version"))?;
        if version != VERSION {
            return Err(value_error(format!(
                "state has version {version}, this build reads version {VERSION}"
            )));
        }
        let learned_on = field(dict, "learned_on")?.extract().map_err(|_| damaged("learned_on"))?;
        let hex = field(dict, "curve")?;
        let bytes = dict.py().get_type::<PyBytes>().call_method1("fromhex", (hex,));
        let bytes: Vec<u8> = bytes.and_then(|bytes| bytes.extract()).map_err(|_| damaged("curve"))?;
        Ok(Self { inner: core::Reference::from_bytes(&bytes)?, learned_on })
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyDict>,))> {
        let make = slf.get_type().getattr("from_dict")?;
        Ok((make, (slf.get().to_dict(slf.py())?,)))
    }

    fn __repr__(&self) -> String {
        format!("Reference(learned_on='{}', rows={})", self.learned_on, self.rows())
    }
}
