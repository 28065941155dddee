//! `Episodes` and `Episode`.

use std::sync::{Mutex, MutexGuard};

use anet_core::{Episode as CoreEpisode, EpisodeRule, Episodes as Core};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyType};

use crate::convert::array::Series;
use crate::convert::bounded::within;
use crate::detect::arguments::read;
use crate::error::BindingError;
use crate::lock::lock;
use crate::state::saved::{restore, save};

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Episodes>()?;
    module.add_class::<Episode>()
}

#[doc = doc!("Episode")]
#[pyclass(frozen, eq, module = "anet_lite")]
#[derive(PartialEq)]
pub struct Episode(CoreEpisode);

#[pymethods]
impl Episode {
    #[doc = doc!("Episode.start")]
    #[getter]
    fn start(&self) -> u64 {
        self.0.start
    }

    #[doc = doc!("Episode.peak")]
    #[getter]
    fn peak(&self) -> u64 {
        self.0.peak
    }

    #[doc = doc!("Episode.p_value")]
    #[getter]
    fn p_value(&self) -> f64 {
        self.0.p_value
    }

    #[doc = doc!("Episode.end")]
    #[getter]
    fn end(&self) -> Option<u64> {
        self.0.end
    }

    #[doc = doc!("Episode.to_dict")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let CoreEpisode { start, peak, p_value, end } = self.0;
        let dict = PyDict::new(py);
        dict.set_item("start", start)?;
        dict.set_item("peak", peak)?;
        dict.set_item("p_value", p_value)?;
        dict.set_item("end", end)?;
        Ok(dict)
    }

    fn __repr__(&self) -> String {
        let CoreEpisode { start, peak, p_value, end } = self.0;
        let end = end.map_or("None".to_owned(), |end| end.to_string());
        format!("Episode(start={start}, peak={peak}, p_value={p_value:.3e}, end={end})")
    }
}

#[doc = doc!("Episodes")]
#[pyclass(frozen, weakref, module = "anet_lite")]
pub struct Episodes(Mutex<Core>);

impl Episodes {
    fn lock<'a>(&'a self, py: Python<'_>) -> MutexGuard<'a, Core> {
        lock(py, &self.0)
    }
}

#[pymethods]
impl Episodes {
    #[new]
    #[pyo3(signature = (threshold=1e-4, merge=50, cooldown=0))]
    fn __new__(
        #[pyo3(from_py_with = read::threshold)] threshold: f64,
        #[pyo3(from_py_with = read::merge)] merge: i128,
        #[pyo3(from_py_with = read::cooldown)] cooldown: i128,
    ) -> Result<Self, BindingError> {
        let merge = within("merge", 2..=u32::MAX, merge)?;
        let cooldown = within("cooldown", 0..=u32::MAX, cooldown)?;
        Ok(Self(Mutex::new(Core::new(EpisodeRule::new(threshold, merge, cooldown)?))))
    }

    #[doc = doc!("Episodes.push")]
    fn push(&self, py: Python<'_>, #[pyo3(from_py_with = read::p_value)] p_value: f64) -> Option<Episode> {
        self.lock(py).push(p_value).map(Episode)
    }

    #[doc = doc!("Episodes.push_many")]
    fn push_many(&self, py: Python<'_>, p_values: &Bound<'_, PyAny>) -> Result<Vec<Episode>, BindingError> {
        let p_values = Series::read("p_values", p_values)?;
        let mut core = self.lock(py);
        let found = p_values.iter().filter_map(|&p_value| core.push(p_value));
        Ok(found.filter(|episode| episode.end.is_some()).map(Episode).collect())
    }

    #[doc = doc!("Episodes.finish")]
    fn finish(&self, py: Python<'_>) -> Option<Episode> {
        self.lock(py).finish().map(Episode)
    }

    #[doc = doc!("Episodes.open")]
    #[getter]
    fn open(&self, py: Python<'_>) -> Option<Episode> {
        self.lock(py).open().map(Episode)
    }

    #[doc = doc!("Episodes.to_bytes")]
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        save(py, &*self.lock(py))
    }

    #[doc = doc!("Episodes.from_bytes")]
    #[classmethod]
    fn from_bytes(_class: &Bound<'_, PyType>, data: &Bound<'_, PyAny>) -> Result<Self, BindingError> {
        Ok(Self(Mutex::new(restore(data)?)))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        Ok((slf.get_type().getattr("from_bytes")?, (slf.get().to_bytes(slf.py()),)))
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let rule = self.lock(py).rule();
        format!(
            "Episodes(threshold={:e}, merge={}, cooldown={})",
            rule.threshold(),
            rule.merge(),
            rule.cooldown()
        )
    }
}
