//! `StreamDetector`.

use std::sync::{Mutex, MutexGuard};

use anet_core::state::Paged;
use anet_core::{DetectorOptions, DetectorSettings, StreamDetector as Core};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyType};

use crate::convert::{bounded, names};
use crate::detach::locked_in_pieces;
use crate::detect::arguments::{self, alarm_threshold, describe, read, told};
use crate::detect::detection::{Columns, Detection, Detections};
use crate::detect::explanation::Explanation;
use crate::detect::rows;
use crate::error::{BindingError, value_error};
use crate::lock::lock;
use crate::state::paged;
use crate::state::saved::{restore, save};

/// About what a number costs, in nanoseconds.
pub(super) const STEPS_PER_NUMBER: usize = 4000;

/// About how many times as much a sample costs where its band is asked for.
const BAND_COSTS: usize = 200;

/// Channels that can be judged together: the covariance of more fills memory and time.
const MOST_JOINT: usize = 64;

/// A freeze and a thaw as events: samples after one are not those without it.
const FREEZE: [u64; 1] = [u64::MAX];
const THAW: [u64; 1] = [u64::MAX - 1];

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
        let cost = STEPS_PER_NUMBER * channels * if columns.has_band() { BAND_COSTS } else { 1 };
        let cost = |_: &_| cost;
        locked_in_pieces(py, &self.0, samples, cost, |core, piece| {
            for index in piece {
                let sample = &values[index * channels..][..channels];
                let order = orders.map(|orders| orders[index]);
                let bands = columns.has_band().then(|| core.band());
                let found = core.enter_at(order, bits(sample)).push(sample)?;
                columns.take(&found, bands.map(|bands| bands[found.channel]));
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
            seed=None, tokens=true, long=true, adaptive_threshold=true, channels=None, missing=None,
            *, season=None, warmup=64, difference=false, counter=false, joint=false, small=false
        ),
        text_signature = "(seed='rh_sparse', tokens=True, long=True, adaptive_threshold=True, channels=1, missing='skip', *, season=None, warmup=64, difference=False, counter=False, joint=False, small=False)"
    )]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the constructor in Python")]
    fn __new__(
        seed: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = read::tokens)] tokens: bool,
        #[pyo3(from_py_with = read::long)] long: bool,
        #[pyo3(from_py_with = read::adaptive_threshold)] adaptive_threshold: bool,
        channels: Option<&Bound<'_, PyAny>>,
        missing: Option<&Bound<'_, PyAny>>,
        season: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = read::warmup)] warmup: i128,
        #[pyo3(from_py_with = read::difference)] difference: bool,
        #[pyo3(from_py_with = read::counter)] counter: bool,
        #[pyo3(from_py_with = read::joint)] joint: bool,
        #[pyo3(from_py_with = read::small)] small: bool,
    ) -> Result<Self, BindingError> {
        let (channels, names) = arguments::channels(channels)?;
        if joint && !(2..=MOST_JOINT).contains(&channels.get()) {
            let wanted = format!("joint needs from 2 to {MOST_JOINT} channels");
            return Err(value_error(format!("{wanted}, got {}", channels.get())));
        }
        Ok(Self::from_core(Core::new(DetectorSettings {
            seed: arguments::seed_or_default(seed)?,
            options: arguments::options(tokens, long, adaptive_threshold, small),
            season: arguments::season(season)?,
            warm_up: arguments::warmup(warmup)?,
            change: arguments::change(difference, counter)?,
            joint,
            channels,
            names,
            missing: arguments::missing(missing)?,
        })))
    }

    #[doc = doc!("StreamDetector.push")]
    #[pyo3(signature = (x, *, band=false))]
    fn push(
        &self,
        x: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = read::band)] band: bool,
    ) -> Result<Detection, BindingError> {
        let (channels, options) = self.made_with(x.py());
        let sample = rows::sample("x", x, channels)?;
        let mut core = self.lock(x.py());
        let bands = band.then(|| core.band());
        let found = core.enter(bits(&sample)).push(&sample)?;
        Ok(Detection::new(found, options, bands.map(|bands| bands[found.channel])))
    }

    #[doc = doc!("StreamDetector.push_many")]
    #[pyo3(signature = (values, order=None, *, parts=true, band=false))]
    fn push_many(
        &self,
        py: Python<'_>,
        values: &Bound<'_, PyAny>,
        order: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = read::parts)] parts: bool,
        #[pyo3(from_py_with = read::band)] band: bool,
    ) -> Result<Detections, BindingError> {
        let (channels, options) = self.made_with(py);
        let values = rows::samples("values", values, channels)?;
        let samples = values.len() / channels;
        let orders = paged::orders(order, ("values", samples))?;
        let columns = Columns::new(samples, options, parts, band);
        self.push_all(py, (&values, channels), orders.as_deref(), columns)
    }

    #[doc = doc!("StreamDetector.freeze")]
    fn freeze(&self, py: Python<'_>) {
        self.lock(py).enter(FREEZE).freeze();
    }

    #[doc = doc!("StreamDetector.thaw")]
    fn thaw(&self, py: Python<'_>) {
        self.lock(py).enter(THAW).thaw();
    }

    #[doc = doc!("StreamDetector.frozen")]
    #[getter]
    fn frozen(&self, py: Python<'_>) -> bool {
        self.lock(py).is_frozen()
    }

    #[doc = doc!("StreamDetector.period")]
    #[pyo3(signature = (channel=None))]
    fn period(
        &self,
        py: Python<'_>,
        channel: Option<&Bound<'_, PyAny>>,
    ) -> Result<Option<usize>, BindingError> {
        let channel = channel.map_or(Ok(0), |channel| self.place(channel))?;
        let found = self.lock(py).period(bounded::index(channel));
        found.map_err(|error| bounded::refused("channel", channel, error))
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
    #[pyo3(signature = (channel=None, *, since=None, until=None), text_signature = "($self, channel=None, *, since=None, until=0)")]
    fn explain(
        &self,
        py: Python<'_>,
        channel: Option<&Bound<'_, PyAny>>,
        since: Option<&Bound<'_, PyAny>>,
        until: Option<&Bound<'_, PyAny>>,
    ) -> Result<Explanation, BindingError> {
        let told = told(since, until)?;
        let channel = channel.map(|channel| self.place(channel)).transpose()?;
        let core = self.lock(py);
        let found = core.explain(channel.map(bounded::index), told);
        let found = found.map_err(|error| bounded::refused("channel", channel.unwrap_or(0), error))?;
        let name = core.settings().names.get(found.channel).map(str::to_owned);
        let parts = core.channels()[found.channel].last().parts;
        Ok(Explanation::new(found, name, core.settings().options, parts))
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
        Ok(Detection::new(self.lock(x.py()).peek(&sample)?, options, None))
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
