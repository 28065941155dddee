//! Hardy's function, its phase and the Gram points.

use anet_zeta::{Error, GRAM_INDICES, HardyZ};
use pyo3::prelude::*;

use crate::convert::elementwise::Elementwise;
use crate::error::BindingError;
use crate::zeta::refusal::refused;

/// Terms of sums that are added between two looks at pending signals: a few milliseconds' work.
const TERMS: usize = 1 << 22;

/// What one value of theta costs, in terms of sums.
const THETA_TERMS: usize = 512;

/// What one Gram point costs, in terms of sums.
const GRAM_TERMS: usize = 4096;

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(hardy_z, module)?)?;
    module.add_function(wrap_pyfunction!(riemann_siegel_theta, module)?)?;
    module.add_function(wrap_pyfunction!(gram_point, module)?)
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
    let z = py.detach(|| HardyZ::for_heights(heights)).map_err(|error| refused("t", error))?;
    call.fill(py, (TERMS / z.terms()).max(1), |t| Ok(z.at(t)))?;
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
    call.fill(py, TERMS / THETA_TERMS, |t| Ok(anet_zeta::theta(t)))?;
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
    if let Some(n) = indices.iter().find(|n| !GRAM_INDICES.contains(n)) {
        // Before the first is written: `out` stays as it was.
        return Err(refused("n", Error::GramIndexOutOfRange { got: *n }));
    }
    call.fill(py, TERMS / GRAM_TERMS, anet_zeta::gram_point)?;
    Ok(call.finish()?)
}
