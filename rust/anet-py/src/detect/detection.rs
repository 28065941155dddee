//! A detector's answers: to one sample, and to many.

use anet_core::{Component, Detection as Core, DetectorOptions};
use numpy::{PyArray1, PyArrayMethods};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::convert::frame::to_frame;

/// The components that a detector with these options has.
fn present(options: DetectorOptions) -> impl Iterator<Item = Component> {
    Component::ALL.into_iter().filter(move |&part| match part {
        Component::Tokens => options.tokens,
        _ => options.block_means || part.block() == 1,
    })
}

#[doc = doc!("Detection")]
#[pyclass(frozen, module = "anet_lite")]
pub struct Detection {
    core: Core,
    options: DetectorOptions,
}

impl Detection {
    pub fn new(core: Core, options: DetectorOptions) -> Self {
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

    #[doc = doc!("Detection.to_dict")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("score", self.core.score)?;
        dict.set_item("p_value", self.core.p_value)?;
        dict.set_item("channel", self.core.channel)?;
        dict.set_item("parts", self.parts(py)?)?;
        Ok(dict)
    }

    /// A row of numbers; no text in it comes from a user.
    fn _repr_html_(&self) -> String {
        let Core { score, p_value, channel, parts } = self.core;
        let mut cells = vec![
            ("score", format!("{score:.4}")),
            ("p_value", format!("{p_value:.3e}")),
            ("channel", channel.to_string()),
        ];
        cells.extend(present(self.options).map(|part| (part.name(), format!("{:.2}", parts[part as usize]))));
        let row = |tag: &str, of: fn(&(&str, String)) -> String| -> String {
            cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", of(cell))).collect()
        };
        let (head, body) = (row("th", |cell| cell.0.to_owned()), row("td", |cell| cell.1.clone()));
        format!("<table><thead><tr>{head}</tr></thead><tbody><tr>{body}</tr></tbody></table>")
    }

    fn __repr__(&self) -> String {
        let Core { score, p_value, channel, .. } = self.core;
        format!("Detection(score={score:.4}, p_value={p_value:.3e}, channel={channel})")
    }
}

/// Detections column by column.
pub(super) struct Columns {
    score: Vec<f64>,
    p_value: Vec<f64>,
    channel: Vec<i64>,
    parts: Vec<(Component, Vec<f64>)>,
}

impl Columns {
    /// Room for `samples` of them, with the parts or without.
    pub(super) fn new(samples: usize, options: DetectorOptions, with_parts: bool) -> Self {
        let column = || Vec::with_capacity(samples);
        let parts = present(options).filter(|_| with_parts).map(|part| (part, column())).collect();
        Self { score: column(), p_value: column(), channel: Vec::with_capacity(samples), parts }
    }

    pub(super) fn take(
        &mut self,
        score: f64,
        p_value: f64,
        channel: usize,
        parts: &[f64; Component::ALL.len()],
    ) {
        self.score.push(score);
        self.p_value.push(p_value);
        self.channel.push(channel as i64);
        self.parts.iter_mut().for_each(|(part, column)| column.push(parts[*part as usize]));
    }

    /// The same as arrays of a shape.
    pub(super) fn shaped(self, py: Python<'_>, shape: &[usize]) -> PyResult<Detections> {
        let array = |column| {
            Ok::<_, PyErr>(PyArray1::from_vec(py, column).reshape(shape.to_vec())?.into_any().unbind())
        };
        let parts = PyDict::new(py);
        for (part, column) in self.parts {
            parts.set_item(part.name(), array(column)?)?;
        }
        let channel = PyArray1::from_vec(py, self.channel).reshape(shape.to_vec())?.into_any().unbind();
        Ok(Detections {
            score: array(self.score)?,
            p_value: array(self.p_value)?,
            channel,
            parts: parts.unbind(),
        })
    }
}

#[doc = doc!("Detections")]
#[pyclass(frozen, module = "anet_lite")]
pub struct Detections {
    #[doc = doc!("Detections.score")]
    #[pyo3(get)]
    score: Py<PyAny>,
    #[doc = doc!("Detections.p_value")]
    #[pyo3(get)]
    p_value: Py<PyAny>,
    #[doc = doc!("Detections.channel")]
    #[pyo3(get)]
    channel: Py<PyAny>,
    #[doc = doc!("Detections.parts")]
    #[pyo3(get)]
    parts: Py<PyDict>,
}

#[pymethods]
impl Detections {
    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        self.score.bind(py).len()
    }

    #[doc = doc!("Detections.to_frame")]
    fn to_frame<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let columns = PyDict::new(py);
        let shape = self.score.bind(py).getattr("shape")?;
        if shape.len()? == 2 {
            let places = py.import("numpy")?.call_method1("indices", (shape,))?;
            columns.set_item("step", places.get_item(0)?.call_method0("ravel")?)?;
            columns.set_item("stream", places.get_item(1)?.call_method0("ravel")?)?;
        }
        for (name, column) in [("score", &self.score), ("p_value", &self.p_value), ("channel", &self.channel)]
        {
            columns.set_item(name, column.bind(py).call_method0("ravel")?)?;
        }
        for (name, column) in self.parts.bind(py) {
            columns.set_item(name, column.call_method0("ravel")?)?;
        }
        to_frame(&columns)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Detections(shape={})", self.score.bind(py).getattr("shape")?.str()?))
    }
}
