//! `WordEncoder`.

use anet_core::detect::detector::Settings;
use anet_core::detect::tokens::encoder::WordEncoder as Core;
use pyo3::prelude::*;

use crate::convert::array::Series;
use crate::detach::detached;
use crate::detect::arguments;
use crate::error::BindingError;
use crate::sparse::SparseSignature;

/// About what a sample costs, in nanoseconds.
const STEPS_PER_SAMPLE: usize = 500;

#[doc = doc!("WordEncoder")]
#[pyclass(frozen, weakref, module = "anet_lite")]
pub struct WordEncoder(Core);

#[pymethods]
impl WordEncoder {
    #[new]
    #[pyo3(signature = (seed=None), text_signature = "(seed='rh_sparse')")]
    fn __new__(seed: Option<&Bound<'_, PyAny>>) -> Result<Self, BindingError> {
        let seed = seed.map_or_else(|| Ok(Settings::default().seed), arguments::seed)?;
        Ok(Self(Core::new(&seed)))
    }

    #[doc = doc!("WordEncoder.seed")]
    #[getter]
    fn seed(&self) -> &str {
        self.0.seed().get()
    }

    #[doc = doc!("WordEncoder.encode")]
    fn encode(&self, py: Python<'_>, x: &Bound<'_, PyAny>) -> Result<SparseSignature, BindingError> {
        let window = Series::read("x", x)?;
        let window: &[f64] = &window;
        let signature = detached(py, STEPS_PER_SAMPLE * window.len(), || self.0.encode(window));
        Ok(SparseSignature::new(signature, self.seed()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (String,)) {
        (slf.get_type().into_any(), (slf.get().seed().to_owned(),))
    }

    fn __repr__(&self) -> String {
        format!("WordEncoder(seed='{}')", self.seed())
    }
}
