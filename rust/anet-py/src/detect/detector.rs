//! `StreamDetector`.

use std::sync::{Mutex, MutexGuard, PoisonError};

use anet_core::check::Seed;
use anet_core::detect::channel::Options;
use anet_core::detect::detector::{Channels, Missing, Settings, StreamDetector as Core};
use anet_core::state::State;
use pyo3::prelude::*;
use pyo3::sync::MutexExt;
use pyo3::types::{PyBytes, PyDict, PyType};

use super::detection::{Columns, Detection, Detections};
use super::rows;
use crate::detach::detached;
use crate::error::{Raised, value_error};
use crate::number::integer;

/// About what a number costs, in nanoseconds.
const STEPS_PER_NUMBER: usize = 4000;

#[doc = doc!("StreamDetector")]
#[pyclass(frozen, weakref, module = "anet_lite")]
pub struct StreamDetector(Mutex<Core>);

impl StreamDetector {
    fn lock<'a>(&'a self, py: Python<'_>) -> MutexGuard<'a, Core> {
        self.0.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner)
    }
}

/// The arguments that every detector is made from.
pub fn settings(
    seed: &str,
    options: Options,
    channels: Option<&Bound<'_, PyAny>>,
    missing: &str,
) -> Result<Settings, Raised> {
    let missing = match missing {
        "skip" => Missing::Skip,
        "flag" => Missing::Flag,
        other => return Err(value_error(format!("missing must be 'skip' or 'flag', got '{other}'"))),
    };
    let channels = Channels::new(channels.map_or(Ok(1), |channels| integer("channels", channels))?)?;
    Ok(Settings { seed: Seed::new("seed", seed)?, options, channels, missing })
}

#[pymethods]
impl StreamDetector {
    #[new]
    #[pyo3(
        signature = (seed="rh_sparse", words=true, long=true, own_line=true, channels=None, missing="skip"),
        text_signature = "(seed='rh_sparse', words=True, long=True, own_line=True, channels=1, missing='skip')"
    )]
    fn new(
        seed: &str,
        words: bool,
        long: bool,
        own_line: bool,
        channels: Option<&Bound<'_, PyAny>>,
        missing: &str,
    ) -> Result<Self, Raised> {
        let settings = settings(seed, Options { words, long, own_line }, channels, missing)?;
        Ok(Self(Mutex::new(Core::new(settings))))
    }

    #[doc = doc!("StreamDetector.push")]
    fn push(&self, x: &Bound<'_, PyAny>) -> Result<Detection, Raised> {
        let mut core = self.lock(x.py());
        let channels = core.settings().channels.get();
        let options = core.settings().options;
        Ok(Detection::new(core.push(&rows::sample("x", x, channels)?)?, options))
    }

    #[doc = doc!("StreamDetector.push_many")]
    #[pyo3(signature = (values, *, parts=true))]
    fn push_many(
        &self,
        py: Python<'_>,
        values: &Bound<'_, PyAny>,
        parts: bool,
    ) -> Result<Detections, Raised> {
        let settings = self.lock(py).settings().clone();
        let channels = settings.channels.get();
        let values = rows::samples("values", values, channels)?;
        let values: &[f64] = &values;
        let mut columns = Columns::new(values.len() / channels, settings.options, parts);
        let mut core = self.lock(py);
        let core = &mut *core;
        detached(py, STEPS_PER_NUMBER * values.len(), || {
            core.push_many(values, |detection| columns.take(detection))
        })?;
        Ok(Detections::new(py, columns)?)
    }

    #[doc = doc!("StreamDetector.to_bytes")]
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.lock(py).to_bytes())
    }

    #[doc = doc!("StreamDetector.from_bytes")]
    #[staticmethod]
    fn from_bytes(data: &[u8]) -> Result<Self, Raised> {
        Ok(Self(Mutex::new(Core::from_bytes(data)?)))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let py = slf.py();
        Ok((py.get_type::<Self>().getattr("from_bytes")?, (slf.get().to_bytes(py),)))
    }

    fn __copy__(&self, py: Python<'_>) -> Self {
        Self(Mutex::new(self.lock(py).clone()))
    }

    fn __deepcopy__(&self, py: Python<'_>, _memo: &Bound<'_, PyDict>) -> Self {
        self.__copy__(py)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let class: Bound<'_, PyType> = slf.get_type();
        let core = slf.get().lock(slf.py());
        Ok(format!("{}({})", class.name()?, repr(core.settings())))
    }
}

/// The arguments that would make a detector with these settings.
pub fn repr(settings: &Settings) -> String {
    let title = |flag: bool| if flag { "True" } else { "False" };
    let Settings { seed, options, channels, missing } = settings;
    let missing = if *missing == Missing::Flag { "flag" } else { "skip" };
    format!(
        "seed='{}', words={}, long={}, own_line={}, channels={}, missing='{missing}'",
        seed.get(),
        title(options.words),
        title(options.long),
        title(options.own_line),
        channels.get(),
    )
}
