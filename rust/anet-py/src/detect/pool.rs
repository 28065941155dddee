//! `StreamDetectorPool`.

use std::sync::{Mutex, MutexGuard};

use anet_core::params::Length;
use anet_core::pool::Pool;
use anet_core::{Component, DetectorOptions, StreamDetector as Core};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyType};

use crate::convert::array::Series;
use crate::convert::bounded::bounded;
use crate::convert::memory;
use crate::convert::number::integer;
use crate::detach::locked_in_pieces;
use crate::detect::arguments::{describe, read, settings};
use crate::detect::detection::{Columns, Detections};
use crate::detect::detector::{STEPS_PER_NUMBER, StreamDetector};
use crate::detect::rows;
use crate::error::{BindingError, value_error};
use crate::lock::lock;
use crate::state::saved::{restore, save};

/// More streams than this do not fit the memory of any machine that this would run on.
const MOST_STREAMS: i128 = 1 << 20;

/// What a stream takes as soon as it is made.
const BYTES_A_STREAM: usize = 88_000;

#[doc = doc!("StreamDetectorPool")]
#[pyclass(frozen, weakref, module = "anet_lite")]
pub struct StreamDetectorPool(Mutex<Pool<Core>>);

impl StreamDetectorPool {
    fn lock<'a>(&'a self, py: Python<'_>) -> MutexGuard<'a, Pool<Core>> {
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
        let mut detections = Columns::new(samples.len(), options, parts);
        let cost = |pool: &Pool<Core>| STEPS_PER_NUMBER * columns / pool.threads();
        locked_in_pieces(py, &self.0, steps, cost, |pool, piece| {
            let streams = pool.streams().len();
            if columns != streams {
                return Err(value_error(format!(
                    "samples must have one for each of {streams} streams, got {columns}"
                )));
            }
            let steps = piece.len();
            let rows = pool.push(steps, &samples[piece.start * streams..piece.end * streams])?;
            let rows = rows.as_chunks::<{ 2 + Component::ALL.len() }>().0;
            for place in 0..steps * streams {
                let [score, p_value, parts @ ..] = &rows[place % streams * steps + place / streams];
                detections.take(*score, *p_value, 0, parts);
            }
            Ok(())
        })?;
        Ok(detections)
    }
}

#[pymethods]
impl StreamDetectorPool {
    #[new]
    #[pyo3(
        signature = (n, seed=None, tokens=true, block_means=true, adaptive_threshold=true, missing="skip"),
        text_signature = "(n, seed='rh_sparse', tokens=True, block_means=True, adaptive_threshold=True, missing='skip')"
    )]
    fn __new__(
        #[pyo3(from_py_with = read::n)] n: i128,
        seed: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = read::tokens)] tokens: bool,
        #[pyo3(from_py_with = read::block_means)] block_means: bool,
        #[pyo3(from_py_with = read::adaptive_threshold)] adaptive_threshold: bool,
        missing: &str,
    ) -> Result<Self, BindingError> {
        let options = DetectorOptions { tokens, block_means, adaptive_threshold };
        let blank = Core::new(settings(seed, options, 1, missing)?);
        Ok(Self(Mutex::new(Pool::new(blank, count("n", n, 0)?))))
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
        let (shape, samples) = rows::block("samples", samples)?;
        Ok(self.detect(py, shape, &samples, parts)?.shaped(py, &[shape.0, shape.1])?)
    }

    #[doc = doc!("StreamDetectorPool.add")]
    #[pyo3(signature = (count=1))]
    fn add(
        &self,
        py: Python<'_>,
        #[pyo3(from_py_with = read::count)] count: i128,
    ) -> Result<(), BindingError> {
        let mut pool = self.lock(py);
        let more = self::count("count", count, pool.streams().len())?;
        pool.add(more);
        Ok(())
    }

    #[doc = doc!("StreamDetectorPool.remove")]
    fn remove(
        &self,
        py: Python<'_>,
        #[pyo3(from_py_with = read::index)] index: i128,
    ) -> Result<StreamDetector, BindingError> {
        let index = usize::try_from(index)
            .map_err(|_| value_error(format!("index must be at least 0, got {index}")))?;
        Ok(StreamDetector::from_core(self.lock(py).remove(index)?))
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
        self.lock(value.py()).set_threads(threads.get());
        Ok(())
    }

    #[doc = doc!("StreamDetectorPool.to_bytes")]
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        save(py, &*self.lock(py))
    }

    #[doc = doc!("StreamDetectorPool.from_bytes")]
    #[classmethod]
    fn from_bytes(_class: &Bound<'_, PyType>, data: &Bound<'_, PyAny>) -> Result<Self, BindingError> {
        Ok(Self(Mutex::new(restore(data)?)))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        Ok((slf.get_type().getattr("from_bytes")?, (slf.get().to_bytes(slf.py()),)))
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let pool = self.lock(py);
        format!("StreamDetectorPool({}, {})", pool.streams().len(), describe(pool.blank().settings()))
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
