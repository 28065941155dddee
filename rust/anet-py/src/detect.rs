//! Binding of `anet_core::detect`.

mod detection;
mod detector;
mod rows;

use pyo3::prelude::*;

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<detection::Detection>()?;
    module.add_class::<detection::Detections>()?;
    module.add_class::<detector::StreamDetector>()
}
