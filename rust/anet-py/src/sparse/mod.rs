//! Binding of `anet_core::sparse`.

mod anomaly;
mod encoder;
mod entries;
mod pool;
mod scorer;
mod scores;
mod signature;
mod trace;
mod value;

use pyo3::prelude::*;

pub(crate) use signature::SparseSignature;

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    signature::register(module)?;
    module.add_class::<encoder::SparseEncoder>()?;
    module.add_function(wrap_pyfunction!(anomaly::sparse_cosine, module)?)?;
    module.add_class::<anomaly::MultiScaleAnomaly>()?;
    module.add_class::<scores::StreamScore>()?;
    module.add_class::<scores::StreamScores>()?;
    module.add_class::<scorer::StreamScorer>()?;
    module.add_class::<pool::StreamScorerPool>()?;
    trace::register(module)
}
