//! `sparse_cosine` and `MultiScaleAnomaly`.

use std::sync::{Mutex, MutexGuard};

use anet_core::MultiScaleAnomaly as Core;
use anet_core::params::Length;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple, PyType};

use crate::convert::bounded::bounded;
use crate::convert::number::{integer, truncated};
use crate::detach::detached;
use crate::error::{BindingError, type_error};
use crate::lock::lock;
use crate::sparse::entries;
use crate::sparse::entries::Entries;
use crate::state::saved::{restore, save};

const SCALES: [i128; 3] = [64, 256, 1024];
const NEIGHBOURS: i64 = 5;

/// Positions of a signature that a comparison takes a nanosecond for, about: a query visits only the shared ones.
pub(super) const POSITIONS_PER_STEP: usize = 16;

#[doc = doc!("sparse_cosine")]
#[pyfunction]
pub(super) fn sparse_cosine(a: &Bound<'_, PyAny>, b: &Bound<'_, PyAny>) -> Result<f64, BindingError> {
    Ok(anet_core::sparse_cosine(&entries::of_dict("a", a)?, &entries::of_dict("b", b)?))
}

#[doc = doc!("MultiScaleAnomaly")]
#[pyclass(frozen, subclass, dict, weakref, module = "rh_sparse_anomaly")]
pub struct MultiScaleAnomaly(Mutex<Core>);

impl MultiScaleAnomaly {
    fn lock<'a>(&'a self, py: Python<'_>) -> MutexGuard<'a, Core> {
        lock(py, &self.0)
    }

    /// What `self.to_dict(sig)` says: a subclass may say it otherwise.
    fn entries(slf: &Bound<'_, Self>, sig: &Bound<'_, PyAny>) -> Result<Entries, BindingError> {
        if slf.is_exact_instance_of::<Self>() {
            return entries::of_signature(sig);
        }
        entries::of_dict("to_dict(sig)", &slf.call_method1("to_dict", (sig,))?)
    }
}

#[pymethods]
impl MultiScaleAnomaly {
    /// Takes whatever the `__init__` of a subclass takes.
    #[new]
    #[pyo3(signature = (*_args, **_kwargs), text_signature = "(scales=(64, 256, 1024), knn_k=5)")]
    fn __new__(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        Self(Mutex::new(Core::new(&[], NEIGHBOURS)))
    }

    #[pyo3(signature = (scales=None, knn_k=None))]
    fn __init__(
        &self,
        py: Python<'_>,
        scales: Option<&Bound<'_, PyAny>>,
        knn_k: Option<&Bound<'_, PyAny>>,
    ) -> Result<(), BindingError> {
        let core = Core::new(&lengths(scales)?, neighbours(knn_k)?);
        *self.lock(py) = core;
        Ok(())
    }

    #[doc = doc!("MultiScaleAnomaly.scales")]
    #[getter]
    fn scales(&self, py: Python<'_>) -> Vec<usize> {
        self.lock(py).scales().iter().map(|scale| scale.get()).collect()
    }

    #[doc = doc!("MultiScaleAnomaly.knn_k")]
    #[getter]
    fn knn_k(&self, py: Python<'_>) -> i64 {
        self.lock(py).neighbours()
    }

    #[setter]
    fn set_knn_k(&self, value: &Bound<'_, PyAny>) -> Result<(), BindingError> {
        let knn_k = neighbours(Some(value))?;
        self.lock(value.py()).set_neighbours(knn_k);
        Ok(())
    }

    #[doc = doc!("MultiScaleAnomaly.to_dict")]
    #[staticmethod]
    fn to_dict<'py>(sig: &Bound<'py, PyAny>) -> Result<Bound<'py, PyDict>, BindingError> {
        let dict = PyDict::new(sig.py());
        for (position, elevation) in entries::of_signature(sig)? {
            dict.set_item(position, elevation)?;
        }
        Ok(dict)
    }

    #[doc = doc!("MultiScaleAnomaly.update_and_score")]
    fn update_and_score<'py>(
        slf: &Bound<'py, Self>,
        sig: &Bound<'py, PyAny>,
    ) -> Result<(f64, Bound<'py, PyDict>), BindingError> {
        let py = slf.py();
        let entries = Self::entries(slf, sig)?;
        let mut guard = slf.get().lock(py);
        let core = &mut *guard;
        let steps = core.signatures_held() * entries.len() / POSITIONS_PER_STEP;
        let score = |core: &mut Core| {
            core.update_and_score_entries(entries.into_iter())
                .map(|score| (score.combined, score.per_scale.to_vec()))
        };
        let (combined, scores) = detached(py, steps, || score(core))?;
        let scales = core.distinct_scales().to_vec();
        drop(guard);
        Ok((combined, per_scale(py, &scales, &scores)?))
    }

    #[doc = doc!("MultiScaleAnomaly.to_bytes")]
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        save(py, &*self.lock(py))
    }

    #[doc = doc!("MultiScaleAnomaly.from_bytes")]
    #[classmethod]
    fn from_bytes<'py>(
        class: &Bound<'py, PyType>,
        data: &Bound<'py, PyAny>,
    ) -> Result<Bound<'py, PyAny>, BindingError> {
        let core = restore(data)?;
        let object = class.call_method1("__new__", (class,))?;
        *object.cast::<Self>().map_err(PyErr::from)?.get().lock(class.py()) = core;
        Ok(object)
    }

    /// The byte form and whatever else was set on the object.
    fn __getstate__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyBytes>, Bound<'py, PyAny>)> {
        Ok((slf.get().to_bytes(slf.py()), slf.getattr("__dict__")?))
    }

    fn __setstate__(
        slf: &Bound<'_, Self>,
        state: (Bound<'_, PyAny>, Bound<'_, PyDict>),
    ) -> Result<(), BindingError> {
        let core = restore(&state.0)?;
        *slf.get().lock(slf.py()) = core;
        Ok(slf.getattr("__dict__")?.cast::<PyDict>().map_err(PyErr::from)?.update(state.1.as_mapping())?)
    }
}

/// `{scale: score}`.
pub(super) fn per_scale<'py>(
    py: Python<'py>,
    scales: &[usize],
    scores: &[f64],
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (scale, score) in scales.iter().zip(scores) {
        dict.set_item(scale, score)?;
    }
    Ok(dict)
}

/// Reads the argument `scales`.
pub(super) fn lengths(scales: Option<&Bound<'_, PyAny>>) -> Result<Vec<Length>, BindingError> {
    let Some(scales) = scales else {
        return SCALES.iter().map(|scale| bounded("scales", *scale)).collect();
    };
    let Ok(items) = scales.try_iter() else {
        return Err(type_error(format!("scales must be integers, got {}", scales.get_type().name()?)));
    };
    items.map(|item| bounded("scales", integer("scales", &item?)?)).collect()
}

/// Reads the argument `knn_k`: any integer, for it is clipped later.
pub(super) fn neighbours(knn_k: Option<&Bound<'_, PyAny>>) -> Result<i64, BindingError> {
    let clip = |k: i128| k.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
    knn_k.map_or(Ok(NEIGHBOURS), |knn_k| Ok(clip(truncated("knn_k", knn_k)?)))
}
