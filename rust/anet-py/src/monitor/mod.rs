//! Binding of `anet_core::monitor`.

mod reference;
mod rows;

#[allow(clippy::module_inception, reason = "the file of the type that the folder is about")]
mod monitor;

mod alarm;
pub(crate) mod snapshot;
mod summary;
mod updates;

mod annotation;
pub(crate) mod event_digest;
pub(crate) mod named;
mod state_dict;
mod tombstones;

pub(crate) use monitor::{Monitor, STEPS_OF_ROW};

use pyo3::prelude::*;

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Monitor>()?;
    module.add_class::<monitor::MonitorGroup>()?;
    module.add_class::<reference::Reference>()?;
    module.add_class::<snapshot::Snapshot>()?;
    module.add_class::<updates::Updates>()?;
    module.add_class::<summary::RunSummary>()?;
    module.add_class::<summary::Incident>()?;
    module.add_function(wrap_pyfunction!(named::known_signal, module)?)?;
    module.add_class::<alarm::Alarm>()
}
