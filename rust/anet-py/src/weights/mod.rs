//! Binding of `anet_weights`: files of weights, and what one pass over a tensor says.

use pyo3::prelude::*;

mod compare;
mod file;
mod refusal;

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<file::WeightsFile>()?;
    module.add_function(wrap_pyfunction!(compare::compare_weights, module)?)
}
