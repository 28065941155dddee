//! `StreamDetector`.

use std::sync::{Mutex, MutexGuard};

use anet_core::detect::channel::Options;
use anet_core::detect::detector::StreamDetector as Core;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyType};

use super::arguments::{describe, read, settings};
use super::detection::{Columns, Detection, Detections};
use super::explanation::Explanation;
use super::rows;
use crate::detach::detached;
use crate::error::Raised;
use crate::lock::lock;
use crate::saved::{restore, save};

/// About what a number costs, in nanoseconds.
pub const STEPS_PER_NUMBER: usize = 4000;

#[doc = doc!("StreamDetector")]
#[pyclass(frozen, weakref, module = "anet_lite")]
pub struct StreamDetector(Mutex<Core>);

impl StreamDetector {
    pub fn from_core(core: Core) -> Self {
        Self(Mutex::new(core))
    }

    fn lock<'a>(&'a self, py: Python<'_>) -> MutexGuard<'a, Core> {
        lock(py, &self.0)
    }
}

#[pymethods]
impl StreamDetector {
    #[new]
    #[pyo3(
        signature = (seed=None, words=true, long=true, own_line=true, channels=1, missing="skip"),
        text_signature = "(seed='rh_sparse', words=True, long=True, own_line=True, channels=1, missing='skip')"
    )]
    fn __new__(
        seed: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = read::words)] words: bool,
        #[pyo3(from_py_with = read::long)] long: bool,
        #[pyo3(from_py_with = read::own_line)] own_line: bool,
        #[pyo3(from_py_with = read::channels)] channels: i128,
        missing: &str,
    ) -> Result<Self, Raised> {
        Ok(Self::from_core(Core::new(settings(seed, Options { words, long, own_line }, channels, missing)?)))
    }

    #[doc = doc!("StreamDetector.push")]
    fn push(&self, x: &Bound<'_, PyAny>) -> Result<Detection, Raised> {
        let (channels, options) = {
            let core = self.lock(x.py());
            (core.channels().len(), core.settings().options)
        };
        let sample = rows::sample("x", x, channels)?;
        Ok(Detection::new(self.lock(x.py()).push(&sample)?, options))
    }

    #[doc = doc!("StreamDetector.push_many")]
    #[pyo3(signature = (values, *, parts=true))]
    fn push_many(
        &self,
        py: Python<'_>,
        values: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = read::parts)] parts: bool,
    ) -> Result<Detections, Raised> {
        let (channels, options) = {
            let core = self.lock(py);
            (core.channels().len(), core.settings().options)
        };
        let values = rows::samples("values", values, channels)?;
        let values: &[f64] = &values;
        let samples = values.len() / channels;
        let mut columns = Columns::new(samples, options, parts);
        let mut core = self.lock(py);
        let core = &mut *core;
        detached(py, STEPS_PER_NUMBER * values.len(), || {
            core.push_many(values, |found| {
                columns.take(found.score, found.p_value, found.channel, &found.parts)
            })
        })?;
        Ok(columns.shaped(py, &[samples])?)
    }

    #[doc = doc!("StreamDetector.explain")]
    #[pyo3(signature = (channel=None))]
    fn explain(&self, py: Python<'_>, channel: Option<&Bound<'_, PyAny>>) -> Result<Explanation, Raised> {
        let channel = channel.map(read::channel).transpose()?;
        Ok(Explanation(self.lock(py).explain(channel)?))
    }

    #[doc = doc!("StreamDetector.channels")]
    #[getter]
    fn channels(&self, py: Python<'_>) -> usize {
        self.lock(py).channels().len()
    }

    #[doc = doc!("StreamDetector.to_bytes")]
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        save(py, &*self.lock(py))
    }

    #[doc = doc!("StreamDetector.from_bytes")]
    #[classmethod]
    fn from_bytes(_class: &Bound<'_, PyType>, data: &Bound<'_, PyAny>) -> Result<Self, Raised> {
        Ok(Self::from_core(restore(data)?))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        Ok((slf.get_type().getattr("from_bytes")?, (slf.get().to_bytes(slf.py()),)))
    }

    fn __copy__(&self, py: Python<'_>) -> Self {
        Self::from_core(self.lock(py).clone())
    }

    fn __deepcopy__(&self, py: Python<'_>, _memo: &Bound<'_, PyDict>) -> Self {
        self.__copy__(py)
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let core = self.lock(py);
        format!("StreamDetector({}, channels={})", describe(core.settings()), core.channels().len())
    }
}
