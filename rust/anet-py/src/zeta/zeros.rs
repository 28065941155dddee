//! Binding of `anet_zeta::riemann_siegel`.

use std::sync::Mutex;

use anet_zeta::riemann_siegel as core;
use numpy::PyArray1;
use pyo3::prelude::*;

use crate::convert::elementwise::Elementwise;
use crate::convert::number::integer;
use crate::detach::in_pieces;
use crate::error::{BindingError, value_error};

/// Terms of sums that are added between two looks at pending signals: a few milliseconds' work.
const TERMS: usize = 1 << 22;

/// Fewer zeros than this are not worth a second thread.
const WORTH_A_THREAD: usize = 2_000;

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<TuringCount>()?;
    module.add_class::<ZeroCertificate>()?;
    module.add_class::<ZetaZeros>()?;
    module.add_function(wrap_pyfunction!(zeta_zeros, module)?)?;
    module.add_function(wrap_pyfunction!(hardy_z, module)?)?;
    module.add_function(wrap_pyfunction!(riemann_siegel_theta, module)?)?;
    module.add_function(wrap_pyfunction!(gram_point, module)?)?;
    module.add_function(wrap_pyfunction!(zero_count, module)?)
}

#[doc = doc!("TuringCount")]
#[pyclass(frozen, get_all, module = "rh_sparse_anomaly")]
pub struct TuringCount {
    #[doc = doc!("TuringCount.height")]
    height: f64,
    #[doc = doc!("TuringCount.at_least")]
    at_least: f64,
    #[doc = doc!("TuringCount.at_most")]
    at_most: f64,
    #[doc = doc!("TuringCount.number")]
    number: u64,
}

#[pymethods]
impl TuringCount {
    fn __repr__(&self) -> String {
        let Self { height, at_least, at_most, number } = self;
        format!("TuringCount(height={height:?}, at_least={at_least:?}, at_most={at_most:?}, number={number})")
    }
}

impl TuringCount {
    fn new(count: core::Count) -> Self {
        let core::Count { height, at_least, at_most } = count;
        Self { height, at_least, at_most, number: count.number().unwrap_or(0) }
    }
}

#[doc = doc!("ZeroCertificate")]
#[pyclass(frozen, get_all, module = "rh_sparse_anomaly")]
pub struct ZeroCertificate {
    #[doc = doc!("ZeroCertificate.lower")]
    lower: Option<Py<TuringCount>>,
    #[doc = doc!("ZeroCertificate.upper")]
    upper: Py<TuringCount>,
    #[doc = doc!("ZeroCertificate.found")]
    found: u64,
    #[doc = doc!("ZeroCertificate.refinements")]
    refinements: u32,
}

#[pymethods]
impl ZeroCertificate {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let lower = match &self.lower {
            None => "None".to_owned(),
            Some(lower) => lower.bind(py).repr()?.to_string(),
        };
        let (upper, found, refinements) = (self.upper.bind(py).repr()?, self.found, self.refinements);
        Ok(format!("ZeroCertificate(lower={lower}, upper={upper}, found={found}, refinements={refinements})"))
    }
}

#[doc = doc!("ZetaZeros")]
#[pyclass(frozen, get_all, module = "rh_sparse_anomaly")]
pub struct ZetaZeros {
    #[doc = doc!("ZetaZeros.zeros")]
    zeros: Py<PyArray1<f64>>,
    #[doc = doc!("ZetaZeros.low")]
    low: Py<PyArray1<f64>>,
    #[doc = doc!("ZetaZeros.certificate")]
    certificate: Py<ZeroCertificate>,
}

#[pymethods]
impl ZetaZeros {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (zeros, certificate) = (self.zeros.bind(py).repr()?, self.certificate.bind(py).repr()?);
        Ok(format!("ZetaZeros(zeros={zeros}, certificate={certificate})"))
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        self.zeros.bind(py).len()
    }
}

#[doc = doc!("zeta_zeros")]
#[pyfunction]
#[pyo3(signature = (start = None, count = None, full = false), text_signature = "(start=1, count=1, full=False)")]
fn zeta_zeros<'py>(
    py: Python<'py>,
    start: Option<&Bound<'py, PyAny>>,
    count: Option<&Bound<'py, PyAny>>,
    full: bool,
) -> Result<Bound<'py, PyAny>, BindingError> {
    let start = start.map_or(Ok(1), |start| integer("start", start))?;
    let count = count.map_or(Ok(1), |count| integer("count", count))?;
    let found = find(py, start, count)?;
    let zeros = PyArray1::from_vec(py, found.heights);
    if !full {
        return Ok(zeros.into_any());
    }
    let certificate = found.certificate;
    let lower = certificate.lower.map(|lower| Py::new(py, TuringCount::new(lower))).transpose()?;
    let upper = Py::new(py, TuringCount::new(certificate.upper))?;
    let (found_inside, refinements) = (certificate.found, certificate.refinements);
    let certificate = Py::new(py, ZeroCertificate { lower, upper, found: found_inside, refinements })?;
    let low = PyArray1::from_vec(py, found.low).unbind();
    Ok(Bound::new(py, ZetaZeros { zeros: zeros.unbind(), low, certificate })?.into_any())
}

/// The zeros, with the interpreter released; signals are looked at between blocks.
pub fn find(py: Python<'_>, start: i128, count: i128) -> Result<core::Zeros, BindingError> {
    let (first, count) = core::ordinals("start", start, "count", count)?;
    with_signals(py, threads(count), |options| core::zeros(first, count, options))
}

fn threads(work: usize) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    cores.min(work / WORTH_A_THREAD).max(1)
}

fn with_signals<T: Send>(
    py: Python<'_>,
    threads: usize,
    work: impl FnOnce(&core::Options<'_>) -> Result<T, core::Stopped> + Send,
) -> Result<T, BindingError> {
    let raised = Mutex::new(None);
    let go_on = |_| match Python::attach(|py| py.check_signals()) {
        Ok(()) => true,
        Err(error) => raised.lock().map(|mut slot| *slot = Some(error)).is_err(),
    };
    let options = core::Options::new().threads(threads).watched(&go_on);
    match py.detach(|| work(&options)) {
        Ok(found) => Ok(found),
        Err(core::Stopped::Error(error)) => Err(error.into()),
        Err(core::Stopped::Asked) => Err(match raised.into_inner().ok().flatten() {
            Some(error) => error.into(),
            None => value_error("the search was interrupted".to_owned()),
        }),
    }
}

#[doc = doc!("hardy_z")]
#[pyfunction]
#[pyo3(signature = (t, out = None))]
fn hardy_z<'py>(
    py: Python<'py>,
    t: &Bound<'py, PyAny>,
    out: Option<&Bound<'py, PyAny>>,
) -> Result<Bound<'py, PyAny>, BindingError> {
    let mut call = Elementwise::<f64, f64>::new("t", t, b"fiub", out)?;
    let heights = call.arguments.as_slice().map_err(PyErr::from)?;
    let results = call.results.as_slice_mut().map_err(PyErr::from)?;
    let z = py.detach(|| core::HardyZ::for_heights(heights))?;
    in_pieces(py, heights.len(), (TERMS / z.terms()).max(1), |piece| {
        for (result, t) in results[piece.clone()].iter_mut().zip(&heights[piece]) {
            *result = z.at(*t);
        }
        Ok(())
    })?;
    Ok(call.finish()?)
}

#[doc = doc!("riemann_siegel_theta")]
#[pyfunction]
#[pyo3(signature = (t, out = None))]
fn riemann_siegel_theta<'py>(
    py: Python<'py>,
    t: &Bound<'py, PyAny>,
    out: Option<&Bound<'py, PyAny>>,
) -> Result<Bound<'py, PyAny>, BindingError> {
    let mut call = Elementwise::<f64, f64>::new("t", t, b"fiub", out)?;
    let heights = call.arguments.as_slice().map_err(PyErr::from)?;
    let results = call.results.as_slice_mut().map_err(PyErr::from)?;
    in_pieces(py, heights.len(), TERMS / 512, |piece| {
        for (result, t) in results[piece.clone()].iter_mut().zip(&heights[piece]) {
            *result = core::theta(*t);
        }
        Ok(())
    })?;
    Ok(call.finish()?)
}

#[doc = doc!("gram_point")]
#[pyfunction]
#[pyo3(signature = (n, out = None))]
fn gram_point<'py>(
    py: Python<'py>,
    n: &Bound<'py, PyAny>,
    out: Option<&Bound<'py, PyAny>>,
) -> Result<Bound<'py, PyAny>, BindingError> {
    let mut call = Elementwise::<i64, f64>::new("n", n, b"iub", out)?;
    let indices = call.arguments.as_slice().map_err(PyErr::from)?;
    indices.iter().try_for_each(|n| core::check_gram_index((*n).into()))?;
    let results = call.results.as_slice_mut().map_err(PyErr::from)?;
    in_pieces(py, indices.len(), TERMS / 4096, |piece| {
        for (result, n) in results[piece.clone()].iter_mut().zip(&indices[piece]) {
            *result = core::gram_point((*n).into())?;
        }
        Ok(())
    })?;
    Ok(call.finish()?)
}

#[doc = doc!("zero_count")]
#[pyfunction]
#[pyo3(signature = (T, out = None))]
#[expect(non_snake_case, reason = "the customary letter")]
fn zero_count<'py>(
    py: Python<'py>,
    T: &Bound<'py, PyAny>,
    out: Option<&Bound<'py, PyAny>>,
) -> Result<Bound<'py, PyAny>, BindingError> {
    let mut call = Elementwise::<f64, i64>::new("T", T, b"fiub", out)?;
    let heights = call.arguments.as_slice().map_err(PyErr::from)?;
    let counts = with_signals(py, 1, |options| core::zero_count(heights, options))?;
    let results = call.results.as_slice_mut().map_err(PyErr::from)?;
    for (result, count) in results.iter_mut().zip(counts) {
        *result = count as i64;
    }
    Ok(call.finish()?)
}
