//! Binding of `anet_core::detect` and of the alarms on it.

mod alarm;
mod arguments;
mod detection;
mod detector;
mod encoder;
mod explanation;
mod pool;
mod rows;

use pyo3::prelude::*;

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<detection::Detection>()?;
    module.add_class::<detection::Detections>()?;
    module.add_class::<explanation::Explanation>()?;
    module.add_class::<detector::StreamDetector>()?;
    module.add_class::<pool::StreamDetectorPool>()?;
    module.add_class::<encoder::WordEncoder>()?;
    module.add_class::<alarm::Alarms>()?;
    module.add_class::<alarm::Episode>()
}
