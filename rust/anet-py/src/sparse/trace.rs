//! `anomaly_trace_from_rh`.

use anet_core::params::{Length, Seed};
use anet_core::{Error, MultiScaleAnomaly, SparseEncoder, Trace, TraceEvent};
use anet_zeta::{Method, NEWTON_STEPS, invert_counting_function, normalized_gaps};
use numpy::PyReadwriteArray1;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyInt, PyList};

use crate::convert::bounded::{bounded, out_of_domain};
use crate::convert::number::integer;
use crate::convert::out::given_or_new;
use crate::detach::in_pieces;
use crate::error::{BindingError, value_error};
use crate::zeta::smooth::Source;

/// Heights, and windows, between two looks at pending signals: some ten milliseconds' work.
const HEIGHTS: usize = 1 << 15;
const WINDOWS: usize = 1024;

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(anomaly_trace_from_rh, module)?)
}

#[doc = doc!("anomaly_trace_from_rh")]
#[pyfunction]
#[pyo3(
    signature = (K_zeros = None, window = None, scales = None, dim = None, topk = None, knn_k = None, seed = None,
                 inject_jolt = true, method = "newton"),
    text_signature = "(K_zeros=3000, window=256, scales=(64, 256, 1024), dim=4096, topk=128, knn_k=5, \
                      seed='rh_sparse_demo', inject_jolt=True, method='newton')"
)]
#[expect(non_snake_case, reason = "the published keyword")]
#[expect(clippy::too_many_arguments, reason = "the published signature")]
fn anomaly_trace_from_rh<'py>(
    py: Python<'py>,
    K_zeros: Option<&Bound<'py, PyAny>>,
    window: Option<&Bound<'py, PyAny>>,
    scales: Option<&Bound<'py, PyAny>>,
    dim: Option<&Bound<'py, PyAny>>,
    topk: Option<&Bound<'py, PyAny>>,
    knn_k: Option<&Bound<'py, PyAny>>,
    seed: Option<&Bound<'py, PyAny>>,
    inject_jolt: bool,
    method: &str,
) -> Result<Bound<'py, PyList>, BindingError> {
    let encoder = SparseEncoder::new(
        bounded("dim", or("dim", dim, 4096)?)?,
        bounded("topk", or("topk", topk, 128)?)?,
        Seed::try_from(text(seed, "rh_sparse_demo")?.as_str())?,
    );
    let neighbours = or("knn_k", knn_k, 5)?.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
    let anomaly = MultiScaleAnomaly::new(&lengths(scales, &[64, 256, 1024])?, neighbours);
    let window = bounded("window", or("window", window, 256)?)?;
    let event = if inject_jolt { TraceEvent::Jolt } else { TraceEvent::None };
    let heights = heights(py, or("K_zeros", K_zeros, 3000)?, Source::named(method)?)?;
    let gaps = normalized_gaps(heights.as_slice().map_err(PyErr::from)?);
    rows(py, Trace::new(gaps, window, event, encoder, anomaly).map_err(too_few)?)
}

/// In the published words where the gaps are too few.
fn too_few(error: Error) -> BindingError {
    match error {
        Error::TooFewGaps { .. } => value_error("Increase K_zeros or decrease window size.".to_owned()),
        other => other.into(),
    }
}

fn or(name: &str, object: Option<&Bound<'_, PyAny>>, default: i128) -> Result<i128, BindingError> {
    object.map_or(Ok(default), |object| integer(name, object))
}

fn text(object: Option<&Bound<'_, PyAny>>, default: &str) -> PyResult<String> {
    object.map_or(Ok(default.to_owned()), |object| Ok(object.str()?.to_cow()?.into_owned()))
}

fn lengths(object: Option<&Bound<'_, PyAny>>, default: &[i128]) -> Result<Vec<Length>, BindingError> {
    let values = match object {
        None => default.to_vec(),
        Some(object) => {
            object.try_iter()?.map(|item| integer("scales", &item?)).collect::<Result<_, BindingError>>()?
        }
    };
    values.into_iter().map(|value| bounded("scales", value)).collect()
}

/// The heights; the published ones to the last bit: windows of nearly equal gaps show it in their hashes.
fn heights<'py>(
    py: Python<'py>,
    count: i128,
    source: Source,
) -> Result<PyReadwriteArray1<'py, f64>, BindingError> {
    if count < 0 {
        return Err(out_of_domain("K_zeros", "at least 0", count));
    }
    let mut array = given_or_new(py, None, "K_zeros", count)?;
    let heights = array.as_slice_mut().map_err(PyErr::from)?;
    if !matches!(source, Source::Smooth(Method::Newton)) {
        source.fill(py, heights)?;
        return Ok(array);
    }
    in_pieces(py, heights.len(), HEIGHTS, |ordinals| {
        for below in ordinals {
            heights[below] = invert_counting_function((below + 1) as f64, NEWTON_STEPS);
        }
        Ok(())
    })?;
    Ok(array)
}

fn rows<'py>(py: Python<'py>, mut trace: Trace) -> Result<Bound<'py, PyList>, BindingError> {
    let scales = trace.anomaly().distinct_scales().to_vec();
    let (mut windows, mut scores) = (Vec::new(), Vec::new());
    in_pieces(py, trace.remaining(), WINDOWS, |steps| {
        trace.run(steps.len(), |index, score| {
            windows.push((index, score.combined));
            scores.extend_from_slice(score.per_scale);
        });
        Ok(())
    })?;
    let keys: Vec<_> = scales.iter().map(|scale| PyInt::new(py, *scale)).collect();
    let list = PyList::empty(py);
    for (number, (index, combined)) in windows.into_iter().enumerate() {
        let per_scale = PyDict::new(py);
        for (key, score) in keys.iter().zip(&scores[number * keys.len()..]) {
            per_scale.set_item(key, score)?;
        }
        list.append((index, combined, per_scale))?;
    }
    Ok(list)
}
