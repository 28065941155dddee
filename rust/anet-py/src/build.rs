//! What was compiled, and what of it this processor runs.

use anet_simd::Level;
use pyo3::prelude::*;

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(levels, module)?)?;
    module.add_function(wrap_pyfunction!(is_checked, module)?)
}

#[doc = doc!("levels")]
#[pyfunction]
fn levels() -> Vec<&'static str> {
    Level::all_supported().into_iter().map(Level::name).collect()
}

#[doc = doc!("is_checked")]
#[pyfunction]
fn is_checked() -> bool {
    cfg!(debug_assertions)
}
