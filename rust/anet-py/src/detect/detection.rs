//! What a detector says: of one sample, and of many.

use anet_core::detect::channel::Options;
use anet_core::detect::detector::Detection as Core;
use anet_core::detect::part::{PARTS, Part};
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// The parts that a detector with these options has.
fn present(options: Options) -> impl Iterator<Item = Part> {
    let has = move |part: &Part| match part {
        Part::Words => options.words,
        part if (*part as usize) > Part::Still as usize => options.long,
        _ => true,
    };
    Part::ALL.into_iter().filter(has)
}

#[doc = doc!("Detection")]
#[pyclass(frozen, module = "anet_lite")]
pub struct Detection {
    core: Core,
    options: Options,
}

impl Detection {
    pub fn new(core: Core, options: Options) -> Self {
        Self { core, options }
    }
}

#[pymethods]
impl Detection {
    #[doc = doc!("Detection.score")]
    #[getter]
    fn score(&self) -> f64 {
        self.core.score
    }

    #[doc = doc!("Detection.p_value")]
    #[getter]
    fn p_value(&self) -> f64 {
        self.core.p_value
    }

    #[doc = doc!("Detection.channel")]
    #[getter]
    fn channel(&self) -> usize {
        self.core.channel
    }

    #[doc = doc!("Detection.parts")]
    #[getter]
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for part in present(self.options) {
            dict.set_item(part.name(), self.core.parts[part as usize])?;
        }
        Ok(dict)
    }

    fn __repr__(&self) -> String {
        let Core { score, p_value, channel, .. } = self.core;
        format!("Detection(score={score:.4}, p_value={p_value:.3e}, channel={channel})")
    }
}

/// Column by column, as the core writes it.
pub struct Columns {
    score: Vec<f64>,
    p_value: Vec<f64>,
    channel: Vec<i64>,
    parts: Vec<(usize, Vec<f64>)>,
}

impl Columns {
    pub fn new(samples: usize, options: Options, with_parts: bool) -> Self {
        let column = || Vec::with_capacity(samples);
        let parts = present(options).filter(|_| with_parts).map(|part| (part as usize, column())).collect();
        Self { score: column(), p_value: column(), channel: Vec::with_capacity(samples), parts }
    }

    pub fn take(&mut self, detection: Core) {
        self.score.push(detection.score);
        self.p_value.push(detection.p_value);
        self.channel.push(detection.channel as i64);
        self.parts.iter_mut().for_each(|(part, column)| column.push(detection.parts[*part]));
    }
}

#[doc = doc!("Detections")]
#[pyclass(frozen, module = "anet_lite")]
pub struct Detections {
    #[doc = doc!("Detections.score")]
    #[pyo3(get)]
    score: Py<PyArray1<f64>>,
    #[doc = doc!("Detections.p_value")]
    #[pyo3(get)]
    p_value: Py<PyArray1<f64>>,
    #[doc = doc!("Detections.channel")]
    #[pyo3(get)]
    channel: Py<PyArray1<i64>>,
    #[doc = doc!("Detections.parts")]
    #[pyo3(get)]
    parts: Py<PyDict>,
}

impl Detections {
    pub fn new(py: Python<'_>, columns: Columns) -> PyResult<Self> {
        let parts = PyDict::new(py);
        for (part, column) in columns.parts {
            debug_assert!(part < PARTS);
            parts.set_item(Part::ALL[part].name(), PyArray1::from_vec(py, column))?;
        }
        Ok(Self {
            score: PyArray1::from_vec(py, columns.score).unbind(),
            p_value: PyArray1::from_vec(py, columns.p_value).unbind(),
            channel: PyArray1::from_vec(py, columns.channel).unbind(),
            parts: parts.unbind(),
        })
    }
}

#[pymethods]
impl Detections {
    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        self.score.bind(py).len()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Detections of {} samples", self.score.bind(py).len()?))
    }
}
