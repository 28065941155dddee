//! Binding of `anet_core::detect`.

pub(crate) mod arguments;
mod detection;
mod detector;
mod encoder;
mod explanation;
mod pool;
mod rows;

use pyo3::prelude::*;

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<detection::Detection>()?;
    module.add_class::<detection::Detections>()?;
    module.add_class::<explanation::Explanation>()?;
    module.add_class::<detector::StreamDetector>()?;
    module.add_class::<pool::StreamDetectorPool>()?;
    module.add_class::<encoder::TokenEncoder>()
}
