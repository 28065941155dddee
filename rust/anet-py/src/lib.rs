//! The Python face of `anet-core`: marshal, one core call, convert. Nothing is computed here.
#![forbid(unsafe_code)]

use pyo3::prelude::*;

/// The docstring that the stubs of `_native` give to a name, such as `doc!("SparseEncoder.encode")`.
macro_rules! doc {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/docs/", $name, ".md"))
    };
}

mod build;
mod convert;
mod detach;
mod detect;
mod episodes;
mod error;
mod lock;
mod metric;
mod monitor;
mod runlog;
mod sparse;
mod state;
mod table;
mod upscale;
mod weights;
mod zeta;

/// The compiled core: all that `anet_lite` and `rh_sparse_anomaly` compute.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    build::register(module)?;
    error::register(module)?;
    detect::register(module)?;
    episodes::register(module)?;
    metric::register(module)?;
    monitor::register(module)?;
    sparse::register(module)?;
    runlog::register(module)?;
    table::register(module)?;
    upscale::register(module)?;
    weights::register(module)?;
    zeta::register(module)?;
    // What is public is said once, by the two Python packages.
    module.delattr("__all__")
}
