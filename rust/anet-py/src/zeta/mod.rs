//! Zeta zeros, approximate and true.

use pyo3::prelude::*;

pub mod smooth;
pub mod zeros;

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    zeros::register(module)?;
    smooth::register(module)
}
