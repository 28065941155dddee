//! Binding of `anet_core::sparse`.

mod anomaly;
mod encoder;
mod entries;
mod signature;
mod value;

use pyo3::prelude::*;

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    signature::register(module)?;
    module.add_class::<encoder::SparseEncoder>()?;
    module.add_function(wrap_pyfunction!(anomaly::sparse_cosine, module)?)?;
    module.add_class::<anomaly::MultiScaleAnomaly>()
}
