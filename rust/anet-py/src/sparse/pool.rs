//! `StreamScorerPool`.

use std::sync::{Mutex, MutexGuard};

use anet_core::params::Length;
use anet_core::pool::Pool;
use anet_core::{Names, StreamScorer as Core};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyType};

use crate::convert::array::{Series, block};
use crate::convert::bounded::bounded;
use crate::convert::memory;
use crate::convert::names::{self, CountOrNames};
use crate::convert::number::truncated;
use crate::detach::locked_in_pieces;
use crate::error::{BindingError, value_error};
use crate::lock::lock;
use crate::sparse::scorer::{StreamScorer, describe, scorer, steps};
use crate::sparse::scores::{Shape, StreamScores};
use crate::state::saved::{restore, save};

/// More streams than this do not fit the memory of any machine that this would run on.
const MOST_STREAMS: i128 = 1 << 24;

#[doc = doc!("StreamScorerPool")]
#[pyclass(frozen, weakref, module = "anet_lite")]
pub struct StreamScorerPool(Mutex<Pool<Core>>);

impl StreamScorerPool {
    fn lock<'a>(&'a self, py: Python<'_>) -> MutexGuard<'a, Pool<Core>> {
        lock(py, &self.0)
    }

    fn scores(
        &self,
        py: Python<'_>,
        (rows, columns): (usize, usize),
        samples: &[f64],
        shape: impl FnOnce(usize) -> Shape,
    ) -> Result<StreamScores, BindingError> {
        let scales = self.lock(py).blank().anomaly().distinct_scales().to_vec();
        let width = 1 + scales.len();
        let mut scores = vec![0.0; samples.len() * width];
        let cost = |pool: &Pool<Core>| columns * pool.streams().first().map_or(0, steps) / pool.threads();
        locked_in_pieces(py, &self.0, rows, cost, |pool, piece| {
            let count = pool.streams().len();
            if columns != count {
                return Err(value_error(format!(
                    "values must have one for each of {count} streams, got {columns}"
                )));
            }
            let found = pool.push(piece.len(), &samples[piece.start * count..piece.end * count])?;
            let of_stream = (piece.len() * width).max(1);
            for (stream, found) in found.chunks(of_stream).enumerate() {
                scores[(stream * rows + piece.start) * width..][..found.len()].copy_from_slice(found);
            }
            Ok(())
        })?;
        Ok(StreamScores::from_rows(py, &scales, &scores, shape(columns))?)
    }
}

#[pymethods]
impl StreamScorerPool {
    #[new]
    #[pyo3(
        signature = (n, window=None, dimension=None, max_positions=None, scales=None, knn_k=None, seed=None),
        text_signature = "(n, window=256, dimension=4096, max_positions=128, scales=(64, 256, 1024), knn_k=5, \
                          seed='rh_sparse')"
    )]
    fn __new__(
        n: &Bound<'_, PyAny>,
        window: Option<&Bound<'_, PyAny>>,
        dimension: Option<&Bound<'_, PyAny>>,
        max_positions: Option<&Bound<'_, PyAny>>,
        scales: Option<&Bound<'_, PyAny>>,
        knn_k: Option<&Bound<'_, PyAny>>,
        seed: Option<&Bound<'_, PyAny>>,
    ) -> Result<Self, BindingError> {
        let blank = scorer(window, [dimension, max_positions, seed], scales, knn_k)?;
        let n = count_or_names("n", n)?;
        let count = count("n", n.len(), 0)?;
        memory::fits("n", count, blank.bytes())?;
        Ok(Self(Mutex::new(match n {
            CountOrNames::Count(_) => Pool::new(blank, count),
            CountOrNames::Names(names) => Pool::named(blank, Names::of("n", names)?),
        })))
    }

    #[doc = doc!("StreamScorerPool.push")]
    fn push(&self, py: Python<'_>, values: &Bound<'_, PyAny>) -> Result<StreamScores, BindingError> {
        let samples = Series::read("values", values)?;
        self.scores(py, (1, samples.len()), &samples, Shape::Line)
    }

    #[doc = doc!("StreamScorerPool.push_many")]
    fn push_many(&self, py: Python<'_>, values: &Bound<'_, PyAny>) -> Result<StreamScores, BindingError> {
        let (shape, samples) = block("values", values)?;
        self.scores(py, shape, &samples, |streams| Shape::Block(shape.0, streams))
    }

    #[doc = doc!("StreamScorerPool.add")]
    #[pyo3(signature = (count=None), text_signature = "($self, count=1)")]
    fn add(&self, py: Python<'_>, count: Option<&Bound<'_, PyAny>>) -> Result<(), BindingError> {
        let more = count.map_or(Ok(CountOrNames::Count(1)), |more| count_or_names("count", more))?;
        let mut pool = self.lock(py);
        let count = self::count("count", more.len(), pool.streams().len())?;
        memory::fits("count", count, pool.blank().bytes())?;
        names::add("count", &mut pool, more)
    }

    #[doc = doc!("StreamScorerPool.remove")]
    fn remove(&self, index: &Bound<'_, PyAny>) -> Result<StreamScorer, BindingError> {
        let mut pool = self.lock(index.py());
        let place = names::index("index", index, &pool)?;
        Ok(StreamScorer::from_core(pool.remove(place)?))
    }

    #[doc = doc!("StreamScorerPool.names")]
    #[getter]
    fn names(&self, py: Python<'_>) -> Vec<String> {
        self.lock(py).names().as_slice().to_vec()
    }

    #[doc = doc!("StreamScorerPool.index")]
    fn index(&self, stream: &Bound<'_, PyAny>) -> Result<usize, BindingError> {
        names::index("stream", stream, &self.lock(stream.py()))
    }

    fn __contains__(&self, name: &Bound<'_, PyAny>) -> bool {
        let py = name.py();
        name.extract::<String>().is_ok_and(|name| self.lock(py).names().place(&name).is_some())
    }

    fn __len__(&self, py: Python<'_>) -> usize {
        self.lock(py).streams().len()
    }

    #[doc = doc!("StreamScorerPool.threads")]
    #[getter]
    fn threads(&self, py: Python<'_>) -> usize {
        self.lock(py).threads()
    }

    #[setter]
    fn set_threads(&self, value: &Bound<'_, PyAny>) -> Result<(), BindingError> {
        let threads = bounded::<Length>("threads", truncated("threads", value)?)?;
        self.lock(value.py()).set_threads(threads.get());
        Ok(())
    }

    #[doc = doc!("StreamScorerPool.nbytes")]
    #[getter]
    fn nbytes(&self, py: Python<'_>) -> usize {
        self.lock(py).streams().iter().map(Core::bytes).sum()
    }

    #[doc = doc!("StreamScorerPool.to_bytes")]
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        save(py, &*self.lock(py))
    }

    #[doc = doc!("StreamScorerPool.from_bytes")]
    #[classmethod]
    fn from_bytes(_class: &Bound<'_, PyType>, data: &Bound<'_, PyAny>) -> Result<Self, BindingError> {
        Ok(Self(Mutex::new(restore(data)?)))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        Ok((slf.get_type().getattr("from_bytes")?, (slf.get().to_bytes(slf.py()),)))
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let pool = self.lock(py);
        describe(&format!("StreamScorerPool({}, ", names::shown(&pool)), pool.blank())
    }
}

/// Reads names, or an integer as `int` would.
fn count_or_names(name: &str, object: &Bound<'_, PyAny>) -> Result<CountOrNames, BindingError> {
    let number = truncated(name, object).map(CountOrNames::Count);
    number.or_else(
        |error| if object.try_iter().is_ok() { names::count_or_names(name, object) } else { Err(error) },
    )
}

/// Reads a number of streams to be added to those that there are.
fn count(name: &'static str, count: i128, present: usize) -> Result<usize, BindingError> {
    let most = MOST_STREAMS - present as i128;
    if !(0..=most).contains(&count) {
        return Err(value_error(format!("{name} must be between 0 and {most}, got {count}")));
    }
    Ok(count as usize)
}
