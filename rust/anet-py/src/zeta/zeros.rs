//! Zeta zeros, and how many there are.

use std::ops::ControlFlow;
use std::sync::Mutex;

use anet_zeta::{Error, Search};
use numpy::PyArray1;
use pyo3::prelude::*;

use crate::convert::elementwise::Elementwise;
use crate::convert::memory;
use crate::convert::number::integer;
use crate::error::{BindingError, value_error};
use crate::zeta::certificate::ZetaZeros;
use crate::zeta::refusal::{ordinals, refused};

/// Fewer zeros than this are not worth a second thread.
const WORTH_A_THREAD: usize = 2_000;

/// A height and what rounding left of it, as they are found and as they are given: 8 bytes each.
const BYTES_A_ZERO: usize = 32;

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(zeta_zeros, module)?)?;
    module.add_function(wrap_pyfunction!(zero_count, module)?)
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
    if full {
        return Ok(ZetaZeros::new(py, found)?.into_any());
    }
    Ok(PyArray1::from_vec(py, found.zeros).into_any())
}

/// The zeros, with the interpreter released; signals are looked at between blocks.
pub(crate) fn find(py: Python<'_>, start: i128, count: i128) -> Result<anet_zeta::ZetaZeros, BindingError> {
    let (first, count) = ordinals(start, count)?;
    memory::fits("count", count, BYTES_A_ZERO)?;
    with_signals(py, threads(count), |search| search.zeros(first, count), BindingError::from)
}

fn threads(zeros: usize) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    cores.min(zeros / WORTH_A_THREAD).max(1)
}

/// Runs a search that a pending signal, such as Ctrl-C, ends; `refused` is the error of the core's refusal.
fn with_signals<T: Send>(
    py: Python<'_>,
    threads: usize,
    work: impl FnOnce(&Search<'_>) -> anet_zeta::Result<T> + Send,
    refused: impl FnOnce(Error) -> BindingError,
) -> Result<T, BindingError> {
    let raised = Mutex::new(None);
    let look_at_signals = |_| match Python::attach(|py| py.check_signals()) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            if let Ok(mut slot) = raised.lock() {
                *slot = Some(error);
            }
            ControlFlow::Break(())
        }
    };
    let search = Search::new().threads(threads).on_progress(&look_at_signals);
    match py.detach(|| work(&search)) {
        Ok(found) => Ok(found),
        Err(Error::Stopped) => Err(match raised.into_inner().ok().flatten() {
            Some(error) => error.into(),
            None => value_error("the search was interrupted".to_owned()),
        }),
        Err(error) => Err(refused(error)),
    }
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
    let counts = with_signals(py, 1, |search| search.zero_count(heights), |error| refused("T", error))?;
    let results = call.results.as_slice_mut().map_err(PyErr::from)?;
    for (result, count) in results.iter_mut().zip(counts) {
        *result = count as i64;
    }
    Ok(call.finish()?)
}
