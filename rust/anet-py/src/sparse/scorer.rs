//! `StreamScorer`.

use std::sync::{Arc, Mutex, MutexGuard};

use anet_core::state::Paged;
use anet_core::{MultiScaleAnomaly, ScorerScratch, StreamScorer as Core};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyType};

use crate::convert::array::Series;
use crate::convert::bounded::bounded;
use crate::convert::number::{real_or_missing, truncated};
use crate::detach::{detached, locked_in_pieces};
use crate::error::BindingError;
use crate::lock::lock;
use crate::sparse::anomaly::{POSITIONS_PER_STEP, lengths, neighbours};
use crate::sparse::encoder::{STEPS_PER_SAMPLE, encoder};
use crate::sparse::scores::{Shape, StreamScore, StreamScores};
use crate::state::paged;
use crate::state::saved::{restore, save};

#[doc = doc!("StreamScorer")]
#[pyclass(frozen, weakref, module = "anet_lite")]
pub struct StreamScorer(Mutex<(Paged<Core>, ScorerScratch)>);

impl StreamScorer {
    pub fn from_core(core: Core) -> Self {
        Self(Mutex::new((Paged::new(core), ScorerScratch::default())))
    }

    fn lock<'a>(&'a self, py: Python<'_>) -> MutexGuard<'a, (Paged<Core>, ScorerScratch)> {
        lock(py, &self.0)
    }

    fn push_all(
        &self,
        py: Python<'_>,
        samples: &[f64],
        orders: Option<&[i64]>,
    ) -> Result<StreamScores, BindingError> {
        let scales = self.lock(py).0.anomaly().distinct_scales().to_vec();
        let width = 1 + scales.len();
        let mut rows = vec![f64::NAN; width * samples.len()];
        let cost = |(core, _): &(Paged<Core>, ScorerScratch)| steps(core);
        locked_in_pieces(py, &self.0, samples.len(), cost, |(core, scratch), piece| {
            let samples = &samples[piece.clone()];
            for (index, sample) in piece.clone().zip(samples) {
                core.enter_at(orders.map(|orders| orders[index]), [sample.to_bits()]);
            }
            let rows = &mut rows[piece.start * width..];
            core.look()
                .push_many(scratch, samples, |index, score| score.write(&mut rows[index * width..][..width]));
            Ok(())
        })?;
        Ok(StreamScores::from_rows(py, &scales, &rows, Shape::Line(samples.len()))?)
    }
}

#[pymethods]
impl StreamScorer {
    #[new]
    #[pyo3(
        signature = (window=None, dimension=None, max_positions=None, scales=None, knn_k=None, seed=None),
        text_signature = "(window=256, dimension=4096, max_positions=128, scales=(64, 256, 1024), knn_k=5, \
                          seed='rh_sparse')"
    )]
    fn __new__(
        window: Option<&Bound<'_, PyAny>>,
        dimension: Option<&Bound<'_, PyAny>>,
        max_positions: Option<&Bound<'_, PyAny>>,
        scales: Option<&Bound<'_, PyAny>>,
        knn_k: Option<&Bound<'_, PyAny>>,
        seed: Option<&Bound<'_, PyAny>>,
    ) -> Result<Self, BindingError> {
        Ok(Self::from_core(scorer(window, [dimension, max_positions, seed], scales, knn_k)?))
    }

    #[doc = doc!("StreamScorer.push")]
    fn push(&self, py: Python<'_>, x: &Bound<'_, PyAny>) -> Result<Option<StreamScore>, BindingError> {
        let x = real_or_missing("x", x)?;
        let mut guard = self.lock(py);
        let (core, scratch) = &mut *guard;
        let row = detached(py, steps(core), || {
            core.enter([x.to_bits()])
                .push(scratch, x)
                .map(|score| [&[score.combined], score.per_scale].concat())
        });
        let scales = core.anomaly().distinct_scales().to_vec();
        drop(guard);
        Ok(row.map(|row| StreamScore::from_row(py, &scales, &row)).transpose()?)
    }

    #[doc = doc!("StreamScorer.peek")]
    fn peek(&self, py: Python<'_>, x: &Bound<'_, PyAny>) -> Result<Option<StreamScore>, BindingError> {
        let x = real_or_missing("x", x)?;
        let mut guard = self.lock(py);
        let (core, scratch) = &mut *guard;
        let row = detached(py, steps(core), || {
            core.look().peek(scratch, x).map(|score| [&[score.combined], score.per_scale].concat())
        });
        let scales = core.anomaly().distinct_scales().to_vec();
        drop(guard);
        Ok(row.map(|row| StreamScore::from_row(py, &scales, &row)).transpose()?)
    }

    #[doc = doc!("StreamScorer.push_many")]
    #[pyo3(signature = (values, order=None))]
    fn push_many(
        &self,
        py: Python<'_>,
        values: &Bound<'_, PyAny>,
        order: Option<&Bound<'_, PyAny>>,
    ) -> Result<StreamScores, BindingError> {
        let samples = Series::read("values", values)?;
        let orders = paged::orders(order, ("values", samples.len()))?;
        self.push_all(py, &samples, orders.as_deref())
    }

    #[doc = doc!("StreamScorer.last_order")]
    #[getter]
    fn last_order(&self, py: Python<'_>) -> Option<i64> {
        self.lock(py).0.event_digest().last_order
    }

    #[doc = doc!("StreamScorer.manifest")]
    fn manifest<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        paged::manifest(py, &mut self.lock(py).0)
    }

    #[doc = doc!("StreamScorer.changed_pages")]
    #[pyo3(signature = (page_bytes=None), text_signature = "($self, page_bytes=65536)")]
    fn changed_pages<'py>(
        &self,
        py: Python<'py>,
        page_bytes: Option<&Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, PyDict>, BindingError> {
        let size = paged::size(page_bytes)?;
        let pages = self.lock(py).0.changed_pages(size);
        Ok(paged::by_number(py, pages)?)
    }

    #[doc = doc!("StreamScorer.restore")]
    fn restore(
        &self,
        py: Python<'_>,
        manifest: &Bound<'_, PyAny>,
        pages: &Bound<'_, PyAny>,
    ) -> Result<(), BindingError> {
        let saved = paged::read(manifest, pages)?;
        saved.restore(&mut self.lock(py).0)
    }

    #[doc = doc!("StreamScorer.window")]
    #[getter]
    fn window(&self, py: Python<'_>) -> usize {
        self.lock(py).0.window().get()
    }

    #[doc = doc!("StreamScorer.scales")]
    #[getter]
    fn scales(&self, py: Python<'_>) -> Vec<usize> {
        self.lock(py).0.anomaly().scales().iter().map(|scale| scale.get()).collect()
    }

    #[doc = doc!("StreamScorer.nbytes")]
    #[getter]
    fn nbytes(&self, py: Python<'_>) -> usize {
        self.lock(py).0.bytes()
    }

    #[doc = doc!("StreamScorer.to_bytes")]
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        save(py, &*self.lock(py).0)
    }

    #[doc = doc!("StreamScorer.from_bytes")]
    #[classmethod]
    fn from_bytes(_class: &Bound<'_, PyType>, data: &Bound<'_, PyAny>) -> Result<Self, BindingError> {
        Ok(Self::from_core(restore(data)?))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        Ok((slf.get_type().getattr("from_bytes")?, (slf.get().to_bytes(slf.py()),)))
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        describe("StreamScorer(", &self.lock(py).0)
    }
}

/// A scorer from the arguments of a constructor; those of the encoder come together.
pub(super) fn scorer(
    window: Option<&Bound<'_, PyAny>>,
    [dimension, max_positions, seed]: [Option<&Bound<'_, PyAny>>; 3],
    scales: Option<&Bound<'_, PyAny>>,
    knn_k: Option<&Bound<'_, PyAny>>,
) -> Result<Core, BindingError> {
    let window = bounded("window", window.map_or(Ok(256), |window| truncated("window", window))?)?;
    let encoder = Arc::new(encoder(dimension, max_positions, seed)?);
    Ok(Core::new(window, encoder, MultiScaleAnomaly::new(&lengths(scales)?, neighbours(knn_k)?)))
}

/// About what a push takes, in nanoseconds.
pub(super) fn steps(core: &Core) -> usize {
    STEPS_PER_SAMPLE * core.window().get() + core.anomaly().positions_held() / POSITIONS_PER_STEP
}

/// The call that makes a scorer with the same parameters.
pub(super) fn describe(opening: &str, core: &Core) -> String {
    let (encoder, anomaly) = (core.encoder(), core.anomaly());
    let scales: Vec<usize> = anomaly.scales().iter().map(|scale| scale.get()).collect();
    format!(
        "{opening}window={}, dimension={}, max_positions={}, scales={scales:?}, knn_k={}, seed={:?})",
        core.window().get(),
        encoder.dimension().get(),
        encoder.max_positions().get(),
        anomaly.neighbours(),
        encoder.seed().get(),
    )
}
