//! Zeta zeros, approximate and true.

use pyo3::prelude::*;

mod certificate;
mod hardy;
mod refusal;
pub(crate) mod smooth;
pub(crate) mod zeros;

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    certificate::register(module)?;
    zeros::register(module)?;
    hardy::register(module)?;
    smooth::register(module)
}
