//! `StreamDetector`.

use std::sync::{Mutex, MutexGuard};

use anet_core::state::Paged;
use anet_core::{DetectorOptions, StreamDetector as Core};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyType};

use crate::convert::{bounded, names};
use crate::detach::locked_in_pieces;
use crate::detect::arguments::{alarm_threshold, channels, describe, read, settings, since};
use crate::detect::detection::{Columns, Detection, Detections};
use crate::detect::explanation::Explanation;
use crate::detect::rows;
use crate::error::BindingError;
use crate::lock::lock;
use crate::state::paged;
use crate::state::saved::{restore, save};

/// About what a number costs, in nanoseconds.
pub(super) const STEPS_PER_NUMBER: usize = 4000;

#[doc = doc!("StreamDetector")]
#[pyclass(frozen, weakref, module = "anet_lite")]
pub struct StreamDetector(Mutex<Paged<Core>>);

impl StreamDetector {
    pub fn from_core(core: Core) -> Self {
        Self(Mutex::new(Paged::new(core)))
    }

    fn lock<'a>(&'a self, py: Python<'_>) -> MutexGuard<'a, Paged<Core>> {
        lock(py, &self.0)
    }

    fn made_with(&self, py: Python<'_>) -> (usize, DetectorOptions) {
        let core = self.lock(py);
        (core.channels().len(), core.settings().options)
    }

    /// The argument `channel`: a number or a name.
    fn place(&self, channel: &Bound<'_, PyAny>) -> Result<i128, BindingError> {
        let names = self.lock(channel.py()).settings().names.clone();
        names::place("channel", channel, &names)
    }

    fn push_all(
        &self,
        py: Python<'_>,
        (values, channels): (&[f64], usize),
        orders: Option<&[i64]>,
        mut columns: Columns,
    ) -> Result<Detections, BindingError> {
        let samples = values.len() / channels;
        let cost = |_: &_| STEPS_PER_NUMBER * channels;
        locked_in_pieces(py, &self.0, samples, cost, |core, piece| {
            for index in piece {
                let sample = &values[index * channels..][..channels];
                let order = orders.map(|orders| orders[index]);
                let found = core.enter_at(order, bits(sample)).push(sample)?;
                columns.take(found.score, found.p_value, found.channel, &found.parts);
            }
            Ok(())
        })?;
        Ok(columns.shaped(py, &[samples])?)
    }
}

#[pymethods]
impl StreamDetector {
    #[new]
    #[pyo3(
        signature = (
            seed=None, tokens=true, block_means=true, adaptive_threshold=true, channels=None, missing=None
        ),
        text_signature = "(seed='rh_sparse', tokens=True, block_means=True, adaptive_threshold=True, channels=1, missing='skip')"
    )]
    fn __new__(
        seed: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = read::tokens)] tokens: bool,
        #[pyo3(from_py_with = read::block_means)] block_means: bool,
        #[pyo3(from_py_with = read::adaptive_threshold)] adaptive_threshold: bool,
        channels: Option<&Bound<'_, PyAny>>,
        missing: Option<&Bound<'_, PyAny>>,
    ) -> Result<Self, BindingError> {
        let options = DetectorOptions { tokens, block_means, adaptive_threshold };
        Ok(Self::from_core(Core::new(settings(seed, options, self::channels(channels)?, missing)?)))
    }

    #[doc = doc!("StreamDetector.push")]
    fn push(&self, x: &Bound<'_, PyAny>) -> Result<Detection, BindingError> {
        let (channels, options) = self.made_with(x.py());
        let sample = rows::sample("x", x, channels)?;
        Ok(Detection::new(self.lock(x.py()).enter(bits(&sample)).push(&sample)?, options))
    }

    #[doc = doc!("StreamDetector.push_many")]
    #[pyo3(signature = (values, order=None, *, parts=true))]
    fn push_many(
        &self,
        py: Python<'_>,
        values: &Bound<'_, PyAny>,
        order: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = read::parts)] parts: bool,
    ) -> Result<Detections, BindingError> {
        let (channels, options) = self.made_with(py);
        let values = rows::samples("values", values, channels)?;
        let samples = values.len() / channels;
        let orders = paged::orders(order, ("values", samples))?;
        self.push_all(py, (&values, channels), orders.as_deref(), Columns::new(samples, options, parts))
    }

    #[doc = doc!("StreamDetector.last_order")]
    #[getter]
    fn last_order(&self, py: Python<'_>) -> Option<i64> {
        self.lock(py).event_digest().last_order
    }

    #[doc = doc!("StreamDetector.manifest")]
    fn manifest<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        paged::manifest(py, &mut self.lock(py))
    }

    #[doc = doc!("StreamDetector.changed_pages")]
    #[pyo3(signature = (page_bytes=None), text_signature = "($self, page_bytes=65536)")]
    fn changed_pages<'py>(
        &self,
        py: Python<'py>,
        page_bytes: Option<&Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, PyDict>, BindingError> {
        let size = paged::size(page_bytes)?;
        let pages = self.lock(py).changed_pages(size);
        Ok(paged::by_number(py, pages)?)
    }

    #[doc = doc!("StreamDetector.restore")]
    fn restore(
        &self,
        py: Python<'_>,
        manifest: &Bound<'_, PyAny>,
        pages: &Bound<'_, PyAny>,
    ) -> Result<(), BindingError> {
        let saved = paged::read(manifest, pages)?;
        saved.restore(&mut self.lock(py))
    }

    #[doc = doc!("StreamDetector.explain")]
    #[pyo3(signature = (channel=None, *, since=None))]
    fn explain(
        &self,
        py: Python<'_>,
        channel: Option<&Bound<'_, PyAny>>,
        since: Option<&Bound<'_, PyAny>>,
    ) -> Result<Explanation, BindingError> {
        let since = self::since(since)?;
        let channel = channel.map(|channel| self.place(channel)).transpose()?;
        let core = self.lock(py);
        let found = core.explain(channel.map(bounded::index), since);
        let found = found.map_err(|error| bounded::refused("channel", channel.unwrap_or(0), error))?;
        let name = core.settings().names.get(found.channel).map(str::to_owned);
        Ok(Explanation::new(found, name))
    }

    #[doc = doc!("StreamDetector.quiet_range")]
    #[pyo3(signature = (threshold=1e-4, channel=None), text_signature = "($self, threshold=0.0001, channel=None)")]
    fn quiet_range(
        &self,
        py: Python<'_>,
        #[pyo3(from_py_with = read::threshold)] threshold: f64,
        channel: Option<&Bound<'_, PyAny>>,
    ) -> Result<(f64, f64), BindingError> {
        let threshold = alarm_threshold(threshold)?;
        let channel = channel.map_or(Ok(0), |channel| self.place(channel))?;
        let core = self.lock(py).clone();
        let found = py.detach(|| core.quiet_range(threshold, bounded::index(channel)));
        found.map_err(|error| bounded::refused("channel", channel, error))
    }

    #[doc = doc!("StreamDetector.peek")]
    fn peek(&self, x: &Bound<'_, PyAny>) -> Result<Detection, BindingError> {
        let (channels, options) = self.made_with(x.py());
        let sample = rows::sample("x", x, channels)?;
        Ok(Detection::new(self.lock(x.py()).peek(&sample)?, options))
    }

    #[doc = doc!("StreamDetector.channel_names")]
    #[getter]
    fn channel_names(&self, py: Python<'_>) -> Vec<String> {
        self.lock(py).settings().names.as_slice().to_vec()
    }

    #[doc = doc!("StreamDetector.channels")]
    #[getter]
    fn channels(&self, py: Python<'_>) -> usize {
        self.lock(py).channels().len()
    }

    #[doc = doc!("StreamDetector.to_bytes")]
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        save(py, &**self.lock(py))
    }

    #[doc = doc!("StreamDetector.from_bytes")]
    #[classmethod]
    fn from_bytes(_class: &Bound<'_, PyType>, data: &Bound<'_, PyAny>) -> Result<Self, BindingError> {
        Ok(Self::from_core(restore(data)?))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        Ok((slf.get_type().getattr("from_bytes")?, (slf.get().to_bytes(slf.py()),)))
    }

    fn __copy__(&self, py: Python<'_>) -> Self {
        Self(Mutex::new(self.lock(py).clone()))
    }

    fn __deepcopy__(&self, py: Python<'_>, _memo: &Bound<'_, PyDict>) -> Self {
        self.__copy__(py)
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let core = self.lock(py);
        let names = &core.settings().names;
        let channels = if names.is_empty() {
            core.channels().len().to_string()
        } else {
            format!("{:?}", names.as_slice())
        };
        format!("StreamDetector({}, channels={channels})", describe(core.settings()))
    }
}

/// A sample as an event.
fn bits(sample: &[f64]) -> impl Iterator<Item = u64> {
    sample.iter().map(|x| x.to_bits())
}
