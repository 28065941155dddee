//! Zeta zeros, approximate and true.

use pyo3::prelude::*;

mod certificate;
mod hardy;
mod refusal;
pub mod smooth;
pub mod zeros;

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    certificate::register(module)?;
    zeros::register(module)?;
    hardy::register(module)?;
    smooth::register(module)
}
