//! The Python face of `anet-core`: marshal, one core call, convert. Nothing is computed here.

use pyo3::prelude::*;

/// The docstring that the stubs of `_native` give to a name, such as `doc!("SparseEncoder.encode")`.
macro_rules! doc {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/docs/", $name, ".md"))
    };
}

mod alarm;
mod array;
mod dataclass;
mod detach;
mod detect;
mod elementwise;
mod error;
mod lock;
mod metric;
mod monitor;
mod notes;
mod number;
mod out;
mod paged;
mod record;
mod reference;
mod saved;
mod sparse;
mod table;
mod tombstones;
mod trace;
mod training;
mod zeros;
mod zeta;

/// The compiled core: all that `anet_lite` and `rh_sparse_anomaly` compute.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    error::register(module)?;
    detect::register(module)?;
    metric::register(module)?;
    monitor::register(module)?;
    record::register(module)?;
    sparse::register(module)?;
    table::register(module)?;
    trace::register(module)?;
    zeros::register(module)?;
    zeta::register(module)?;
    // What is public is said once, by the two Python packages.
    module.delattr("__all__")
}
