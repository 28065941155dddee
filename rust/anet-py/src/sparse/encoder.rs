//! `SparseEncoder`.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, MutexGuard};

use anet_core::params::Seed;
use anet_core::{EncoderScratch, SparseEncoder as Core, SparseSignature as Signature};
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::convert::array::Series;
use crate::convert::bounded::bounded;
use crate::convert::number::{integer, real, truncated};
use crate::detach::detached;
use crate::error::{BindingError, value_error};
use crate::lock::lock;
use crate::sparse::signature::SparseSignature;

/// About what a sample costs: half a hash, three elevations and their share of the sort, in nanoseconds.
pub(super) const STEPS_PER_SAMPLE: usize = 40;

thread_local! {
    static SCRATCH: RefCell<EncoderScratch> = RefCell::default();
}

#[doc = doc!("SparseEncoder")]
#[pyclass(frozen, subclass, dict, weakref, module = "rh_sparse_anomaly")]
pub struct SparseEncoder(Mutex<Arc<Core>>);

impl SparseEncoder {
    fn lock<'a>(&'a self, py: Python<'_>) -> MutexGuard<'a, Arc<Core>> {
        lock(py, &self.0)
    }

    fn current(&self, py: Python<'_>) -> Arc<Core> {
        Arc::clone(&self.lock(py))
    }
}

#[pymethods]
impl SparseEncoder {
    /// Takes whatever the `__init__` of a subclass takes.
    #[new]
    #[pyo3(
        signature = (*_args, **_kwargs),
        text_signature = "(dimension=4096, max_positions=128, seed='rh_sparse')"
    )]
    fn __new__(
        _args: &Bound<'_, PyTuple>,
        _kwargs: Option<&Bound<'_, PyDict>>,
    ) -> Result<Self, BindingError> {
        Ok(Self(Mutex::new(Arc::new(encoder(None, None, None)?))))
    }

    #[pyo3(signature = (dimension=None, max_positions=None, seed=None))]
    fn __init__(
        &self,
        py: Python<'_>,
        dimension: Option<&Bound<'_, PyAny>>,
        max_positions: Option<&Bound<'_, PyAny>>,
        seed: Option<&Bound<'_, PyAny>>,
    ) -> Result<(), BindingError> {
        let made = encoder(dimension, max_positions, seed)?;
        *self.lock(py) = Arc::new(made);
        Ok(())
    }

    #[doc = doc!("SparseEncoder.D")]
    #[getter(D)]
    fn dimension(&self, py: Python<'_>) -> u64 {
        self.lock(py).dimension().get()
    }

    #[setter(D)]
    fn set_dimension(&self, value: &Bound<'_, PyAny>) -> Result<(), BindingError> {
        let dimension = bounded("D", truncated("D", value)?)?;
        let mut encoder = self.lock(value.py());
        *encoder = Arc::new(Core::new(dimension, encoder.max_positions(), encoder.seed().clone()));
        Ok(())
    }

    #[doc = doc!("SparseEncoder.K")]
    #[getter(K)]
    fn max_positions(&self, py: Python<'_>) -> u64 {
        self.lock(py).max_positions().get()
    }

    #[setter(K)]
    fn set_max_positions(&self, value: &Bound<'_, PyAny>) -> Result<(), BindingError> {
        let max_positions = bounded("K", truncated("K", value)?)?;
        let mut encoder = self.lock(value.py());
        *encoder = Arc::new(Core::new(encoder.dimension(), max_positions, encoder.seed().clone()));
        Ok(())
    }

    #[doc = doc!("SparseEncoder.seed")]
    #[getter]
    fn seed(&self, py: Python<'_>) -> String {
        self.lock(py).seed().get().to_owned()
    }

    #[setter]
    fn set_seed(&self, value: &Bound<'_, PyAny>) -> Result<(), BindingError> {
        let seed = text(value)?;
        let mut encoder = self.lock(value.py());
        *encoder = Arc::new(Core::new(encoder.dimension(), encoder.max_positions(), seed));
        Ok(())
    }

    #[doc = doc!("SparseEncoder.encode")]
    fn encode(&self, py: Python<'_>, x: &Bound<'_, PyAny>) -> Result<SparseSignature, BindingError> {
        let window = Series::read("x", x)?;
        let window: &[f64] = &window;
        let encoder = self.current(py);
        let signature = detached(py, STEPS_PER_SAMPLE * window.len(), || encode(&encoder, window));
        Ok(SparseSignature::new(signature, encoder.seed().get()))
    }

    #[doc = doc!("SparseEncoder._hpos")]
    fn _hpos(
        &self,
        py: Python<'_>,
        i: &Bound<'_, PyAny>,
        tag: &str,
        val: &Bound<'_, PyAny>,
    ) -> Result<u64, BindingError> {
        let index = i64::try_from(integer("i", i)?)
            .map_err(|_| value_error("i must fit 64 bits, got a larger integer".to_owned()))?;
        Ok(self.current(py).position(index, tag, real("val", val)?))
    }

    #[doc = doc!("SparseEncoder._safe")]
    #[staticmethod]
    fn _safe<'py>(arr: &Bound<'py, PyAny>) -> Result<Bound<'py, PyArray1<f64>>, BindingError> {
        let series = Series::read("arr", arr)?;
        let safe = series.iter().map(|x| if x.is_finite() { *x } else { 0.0 });
        Ok(PyArray1::from_iter(arr.py(), safe))
    }

    /// The parameters and whatever else was set on the object.
    fn __getstate__<'py>(slf: &Bound<'py, Self>) -> PyResult<((u64, u64, String), Bound<'py, PyAny>)> {
        let encoder = slf.get().current(slf.py());
        let seed = encoder.seed().get().to_owned();
        Ok(((encoder.dimension().get(), encoder.max_positions().get(), seed), slf.getattr("__dict__")?))
    }

    fn __setstate__(
        slf: &Bound<'_, Self>,
        state: ([Bound<'_, PyAny>; 3], Bound<'_, PyDict>),
    ) -> Result<(), BindingError> {
        let ([dimension, max_positions, seed], others) = state;
        slf.get().__init__(slf.py(), Some(&dimension), Some(&max_positions), Some(&seed))?;
        Ok(slf.getattr("__dict__")?.cast::<PyDict>().map_err(PyErr::from)?.update(others.as_mapping())?)
    }
}

/// An encoder from the arguments of a constructor, with the seed's defaults.
pub(super) fn encoder(
    dimension: Option<&Bound<'_, PyAny>>,
    max_positions: Option<&Bound<'_, PyAny>>,
    seed: Option<&Bound<'_, PyAny>>,
) -> Result<Core, BindingError> {
    let dimension = dimension.map_or(Ok(4096), |value| truncated("dimension", value))?;
    let max_positions = max_positions.map_or(Ok(128), |value| truncated("max_positions", value))?;
    let seed = seed.map_or_else(|| Ok(Seed::try_from("rh_sparse")?), |value| text(value))?;
    Ok(Core::new(bounded("dimension", dimension)?, bounded("max_positions", max_positions)?, seed))
}

fn encode(encoder: &Core, window: &[f64]) -> Signature {
    let mut signature = Signature::default();
    SCRATCH.with_borrow_mut(|scratch| encoder.encode_into(scratch, window, &mut signature));
    signature
}

/// `str(object)`, at most 64 bytes in UTF-8.
fn text(object: &Bound<'_, PyAny>) -> Result<Seed, BindingError> {
    Ok(Seed::try_from(&*object.str()?.to_cow()?)?)
}
