//! `StreamDetectorPool`.

use std::sync::{Mutex, MutexGuard};

use anet_core::params::Length;
use anet_core::pool::{Pool, Rows};
use anet_core::state::Paged;
use anet_core::{ChannelCount, Component, Detection, DetectorSettings, Names, StreamDetector as Core};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyIterator, PyList, PyType};

use crate::convert::array::{Series, block};
use crate::convert::bounded::bounded;
use crate::convert::integers::indices;
use crate::convert::memory;
use crate::convert::names::{self, CountOrNames, count_or_names};
use crate::convert::number::integer;
use crate::detach::locked_in_pieces;
use crate::detect::arguments::{self, alarm_threshold, describe, read, told};
use crate::detect::detection::{Columns, Detections};
use crate::detect::detector::{STEPS_PER_NUMBER, StreamDetector};
use crate::detect::explanation::Explanation;
use crate::error::{BindingError, value_error};
use crate::lock::lock;
use crate::state::paged;
use crate::state::saved::{restore, save};

/// More streams than this do not fit the memory of any machine that this would run on.
const MOST_STREAMS: i128 = 1 << 20;

/// What a stream takes as soon as it is made.
const BYTES_A_STREAM: usize = 105_000;

/// Streams that come and go as events: samples after one are not those without it.
const ADD: u64 = u64::MAX;
const REMOVE: u64 = u64::MAX - 1;

#[doc = doc!("StreamDetectorPool")]
#[pyclass(frozen, weakref, module = "anet_lite")]
pub struct StreamDetectorPool(Mutex<Paged<Pool<Core>>>);

impl StreamDetectorPool {
    fn lock<'a>(&'a self, py: Python<'_>) -> MutexGuard<'a, Paged<Pool<Core>>> {
        lock(py, &self.0)
    }

    /// Pushes `steps` rows of one sample a stream; the core answers stream by stream, Python wants row by row.
    fn detect(
        &self,
        py: Python<'_>,
        (steps, columns): (usize, usize),
        samples: &[f64],
        parts: bool,
    ) -> Result<Columns, BindingError> {
        let options = self.lock(py).blank().settings().options;
        let mut detections = Columns::new(samples.len(), options, parts, false);
        let cost = |pool: &Paged<Pool<Core>>| STEPS_PER_NUMBER * columns / pool.threads();
        locked_in_pieces(py, &self.0, steps, cost, |pool, piece| {
            let streams = pool.streams().len();
            if columns != streams {
                return Err(value_error(format!(
                    "samples must have one for each of {streams} streams, got {columns}"
                )));
            }
            let steps = piece.len();
            let samples = &samples[piece.start * streams..piece.end * streams];
            let rows = pool.enter(samples.iter().map(|x| x.to_bits())).push(steps, samples)?;
            let rows = rows.as_chunks::<WIDTH>().0;
            for place in 0..steps * streams {
                detections.take(&detection(rows[place % streams * steps + place / streams]), None);
            }
            Ok(())
        })?;
        Ok(detections)
    }

    /// Pushes rows into their streams, each an event, so that the digest does not depend on the pieces.
    fn detect_rows(&self, py: Python<'_>, rows: Rows<'_>, parts: bool) -> Result<Columns, BindingError> {
        let options = self.lock(py).blank().settings().options;
        let mut detections = Columns::new(rows.codes.len(), options, parts, false);
        self.lock(py).check_rows(rows)?;
        let cost = |pool: &Paged<Pool<Core>>| STEPS_PER_NUMBER / pool.threads();
        locked_in_pieces(py, &self.0, rows.codes.len(), cost, |pool, piece| {
            let (codes, values) = (&rows.codes[piece.clone()], &rows.values[piece.clone()]);
            let rows = Rows { codes, values, orders: rows.orders.map(|orders| &orders[piece]) };
            pool.check_rows(rows)?;
            for (index, (&code, x)) in codes.iter().zip(values).enumerate() {
                pool.enter_at(rows.orders.map(|orders| orders[index]), [code as u64, x.to_bits()]);
            }
            let scored = pool.look().score(rows)?;
            scored.as_chunks::<WIDTH>().0.iter().for_each(|&row| detections.take(&detection(row), None));
            Ok(())
        })?;
        Ok(detections)
    }
}

/// Numbers in a row of a detector.
const WIDTH: usize = 4 + Component::ALL.len();

fn detection([score, p_value, held, expected, parts @ ..]: [f64; WIDTH]) -> Detection {
    Detection { score, p_value, held: held > 0.0, expected, channel: 0, joint: false, parts }
}

#[pymethods]
impl StreamDetectorPool {
    #[new]
    #[pyo3(
        signature = (
            n, seed=None, tokens=true, long=true, adaptive_threshold=true, missing=None,
            *, season=None, warmup=64, difference=false, counter=false, small=false
        ),
        text_signature = "(n, seed='rh_sparse', tokens=True, long=True, adaptive_threshold=True, missing='skip', *, season=None, warmup=64, difference=False, counter=False, small=False)"
    )]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the constructor in Python")]
    fn __new__(
        n: &Bound<'_, PyAny>,
        seed: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = read::tokens)] tokens: bool,
        #[pyo3(from_py_with = read::long)] long: bool,
        #[pyo3(from_py_with = read::adaptive_threshold)] adaptive_threshold: bool,
        missing: Option<&Bound<'_, PyAny>>,
        season: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = read::warmup)] warmup: i128,
        #[pyo3(from_py_with = read::difference)] difference: bool,
        #[pyo3(from_py_with = read::counter)] counter: bool,
        #[pyo3(from_py_with = read::small)] small: bool,
    ) -> Result<Self, BindingError> {
        let blank = Core::new(DetectorSettings {
            seed: arguments::seed_or_default(seed)?,
            options: arguments::options(tokens, long, adaptive_threshold, small),
            season: arguments::season(season)?,
            warm_up: arguments::warmup(warmup)?,
            change: arguments::change(difference, counter)?,
            joint: false,
            channels: ChannelCount::ONE,
            names: Names::none(),
            missing: arguments::missing(missing)?,
        });
        Ok(Self(Mutex::new(Paged::new(match count_or_names("n", n)? {
            CountOrNames::Count(n) => Pool::new(blank, count("n", n, 0)?),
            CountOrNames::Names(names) => {
                count("n", names.len() as i128, 0)?;
                Pool::named(blank, Names::of("n", names)?)
            }
        }))))
    }

    #[doc = doc!("StreamDetectorPool.push")]
    #[pyo3(signature = (samples, *, parts=true))]
    fn push(
        &self,
        py: Python<'_>,
        samples: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = read::parts)] parts: bool,
    ) -> Result<Detections, BindingError> {
        let samples = Series::read("samples", samples)?;
        Ok(self.detect(py, (1, samples.len()), &samples, parts)?.shaped(py, &[samples.len()])?)
    }

    #[doc = doc!("StreamDetectorPool.push_many")]
    #[pyo3(signature = (samples, *, parts=true))]
    fn push_many(
        &self,
        py: Python<'_>,
        samples: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = read::parts)] parts: bool,
    ) -> Result<Detections, BindingError> {
        let (shape, samples) = block("samples", samples)?;
        Ok(self.detect(py, shape, &samples, parts)?.shaped(py, &[shape.0, shape.1])?)
    }

    #[doc = doc!("StreamDetectorPool.score")]
    #[pyo3(signature = (codes, values, order=None, *, parts=true))]
    fn score(
        &self,
        py: Python<'_>,
        codes: &Bound<'_, PyAny>,
        values: &Bound<'_, PyAny>,
        order: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = read::parts)] parts: bool,
    ) -> Result<Detections, BindingError> {
        let codes = indices("codes", codes)?;
        let values = Series::read("values", values)?;
        let orders = paged::orders(order, ("codes", codes.len()))?;
        let rows = Rows { codes: &codes, values: &values, orders: orders.as_deref() };
        Ok(self.detect_rows(py, rows, parts)?.shaped(py, &[codes.len()])?)
    }

    #[doc = doc!("StreamDetectorPool.last_orders")]
    #[getter]
    fn last_orders(&self, py: Python<'_>) -> Vec<Option<i64>> {
        self.lock(py).last_orders().to_vec()
    }

    #[doc = doc!("StreamDetectorPool.manifest")]
    fn manifest<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        paged::manifest(py, &mut self.lock(py))
    }

    #[doc = doc!("StreamDetectorPool.changed_pages")]
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

    #[doc = doc!("StreamDetectorPool.restore")]
    fn restore(
        &self,
        py: Python<'_>,
        manifest: &Bound<'_, PyAny>,
        pages: &Bound<'_, PyAny>,
    ) -> Result<(), BindingError> {
        let saved = paged::read(manifest, pages)?;
        saved.restore(&mut self.lock(py))
    }

    #[doc = doc!("StreamDetectorPool.add")]
    #[pyo3(signature = (count=None), text_signature = "($self, count=1)")]
    fn add(&self, py: Python<'_>, count: Option<&Bound<'_, PyAny>>) -> Result<(), BindingError> {
        let more = count.map_or(Ok(CountOrNames::Count(1)), |count| count_or_names("count", count))?;
        let mut pool = self.lock(py);
        self::count("count", more.len(), pool.streams().len())?;
        let added = more.len() as u64;
        names::add("count", pool.look(), more)?;
        pool.enter([ADD, added]);
        Ok(())
    }

    #[doc = doc!("StreamDetectorPool.remove")]
    fn remove(&self, index: &Bound<'_, PyAny>) -> Result<StreamDetector, BindingError> {
        let mut pool = self.lock(index.py());
        let place = names::index("index", index, &pool)?;
        let removed = pool.look().remove(place)?;
        pool.enter([REMOVE, place as u64]);
        Ok(StreamDetector::from_core(removed))
    }

    #[doc = doc!("StreamDetectorPool.names")]
    #[getter]
    fn names(&self, py: Python<'_>) -> Vec<String> {
        self.lock(py).names().as_slice().to_vec()
    }

    #[doc = doc!("StreamDetectorPool.index")]
    fn index(&self, stream: &Bound<'_, PyAny>) -> Result<usize, BindingError> {
        names::index("stream", stream, &self.lock(stream.py()))
    }

    #[doc = doc!("StreamDetectorPool.explain")]
    #[pyo3(signature = (stream, *, since=None, until=None), text_signature = "($self, stream, *, since=None, until=0)")]
    fn explain(
        &self,
        stream: &Bound<'_, PyAny>,
        since: Option<&Bound<'_, PyAny>>,
        until: Option<&Bound<'_, PyAny>>,
    ) -> Result<Explanation, BindingError> {
        let told = told(since, until)?;
        let pool = self.lock(stream.py());
        let index = names::index("stream", stream, &pool)?;
        let stream = &pool.streams()[index];
        let (found, parts) = (stream.explain(None, told)?, stream.channels()[0].last().parts);
        let name = pool.names().get(index).map(str::to_owned);
        Ok(Explanation::new(found, name, stream.settings().options, parts))
    }

    #[doc = doc!("StreamDetectorPool.quiet_range")]
    #[pyo3(signature = (stream, threshold=1e-4), text_signature = "($self, stream, threshold=0.0001)")]
    fn quiet_range(
        &self,
        stream: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = read::threshold)] threshold: f64,
    ) -> Result<(f64, f64), BindingError> {
        let threshold = alarm_threshold(threshold)?;
        let py = stream.py();
        let stream = {
            let pool = self.lock(py);
            pool.streams()[names::index("stream", stream, &pool)?].clone()
        };
        Ok(py.detach(|| stream.quiet_range(threshold, 0))?)
    }

    fn __getitem__(&self, stream: &Bound<'_, PyAny>) -> Result<StreamDetector, BindingError> {
        let pool = self.lock(stream.py());
        let index = names::index("stream", stream, &pool)?;
        Ok(StreamDetector::from_core(pool.streams()[index].clone()))
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        let streams: Vec<_> = self.lock(py).streams().to_vec();
        PyList::new(py, streams.into_iter().map(StreamDetector::from_core))?.try_iter()
    }

    fn __contains__(&self, name: &Bound<'_, PyAny>) -> bool {
        let py = name.py();
        name.extract::<String>().is_ok_and(|name| self.lock(py).names().place(&name).is_some())
    }

    fn __len__(&self, py: Python<'_>) -> usize {
        self.lock(py).streams().len()
    }

    #[doc = doc!("StreamDetectorPool.threads")]
    #[getter]
    fn threads(&self, py: Python<'_>) -> usize {
        self.lock(py).threads()
    }

    #[setter]
    fn set_threads(&self, value: &Bound<'_, PyAny>) -> Result<(), BindingError> {
        let threads = bounded::<Length>("threads", integer("threads", value)?)?;
        self.lock(value.py()).look().set_threads(threads.get());
        Ok(())
    }

    #[doc = doc!("StreamDetectorPool.to_bytes")]
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        save(py, &**self.lock(py))
    }

    #[doc = doc!("StreamDetectorPool.from_bytes")]
    #[classmethod]
    fn from_bytes(_class: &Bound<'_, PyType>, data: &Bound<'_, PyAny>) -> Result<Self, BindingError> {
        Ok(Self(Mutex::new(Paged::new(restore(data)?))))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        Ok((slf.get_type().getattr("from_bytes")?, (slf.get().to_bytes(slf.py()),)))
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let pool = self.lock(py);
        format!("StreamDetectorPool({}, {})", names::shown(&pool), describe(pool.blank().settings()))
    }
}

/// Reads a number of streams to be added to those that there are.
fn count(name: &'static str, count: i128, present: usize) -> Result<usize, BindingError> {
    if (0..=MOST_STREAMS - present as i128).contains(&count) {
        memory::fits(name, count as usize, BYTES_A_STREAM)?;
        return Ok(count as usize);
    }
    Err(value_error(format!(
        "{name} must be at least 0 and give at most {MOST_STREAMS} streams, got {count}"
    )))
}
