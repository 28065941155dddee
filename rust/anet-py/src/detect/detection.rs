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
        Component::Season32 | Component::Season128 | Component::Place => true,
        _ => options.long || part.block() == 1,
    })
}

/// A value for each component, in their order.
pub(super) type Parts = [f64; Component::ALL.len()];

/// The parts that a detector with these options has, by name.
pub(super) fn parts_of<'py>(
    py: Python<'py>,
    options: DetectorOptions,
    parts: &Parts,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for part in present(options) {
        dict.set_item(part.name(), parts[part as usize])?;
    }
    Ok(dict)
}

#[doc = doc!("Detection")]
#[pyclass(frozen, module = "anet_lite")]
pub struct Detection {
    core: Core,
    options: DetectorOptions,
    band: (f64, f64),
}

impl Detection {
    /// `band` holds the ends of the quiet numbers, where they were asked for.
    pub fn new(core: Core, options: DetectorOptions, band: Option<(f64, f64)>) -> Self {
        Self { core, options, band: band.unwrap_or((f64::NAN, f64::NAN)) }
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

    #[doc = doc!("Detection.held")]
    #[getter]
    fn held(&self) -> bool {
        self.core.held
    }

    #[doc = doc!("Detection.expected")]
    #[getter]
    fn expected(&self) -> f64 {
        self.core.expected
    }

    #[doc = doc!("Detection.low")]
    #[getter]
    fn low(&self) -> f64 {
        self.band.0
    }

    #[doc = doc!("Detection.high")]
    #[getter]
    fn high(&self) -> f64 {
        self.band.1
    }

    #[doc = doc!("Detection.joint")]
    #[getter]
    fn joint(&self) -> bool {
        self.core.joint
    }

    #[doc = doc!("Detection.channel")]
    #[getter]
    fn channel(&self) -> usize {
        self.core.channel
    }

    #[doc = doc!("Detection.parts")]
    #[getter]
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        parts_of(py, self.options, &self.core.parts)
    }

    #[doc = doc!("Detection.to_dict")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("score", self.core.score)?;
        dict.set_item("p_value", self.core.p_value)?;
        dict.set_item("held", self.core.held)?;
        dict.set_item("expected", self.core.expected)?;
        dict.set_item("low", self.band.0)?;
        dict.set_item("high", self.band.1)?;
        dict.set_item("channel", self.core.channel)?;
        dict.set_item("joint", self.core.joint)?;
        dict.set_item("parts", self.parts(py)?)?;
        Ok(dict)
    }

    /// A row of numbers; no text in it comes from a user.
    fn _repr_html_(&self) -> String {
        let Core { score, p_value, channel, parts, .. } = self.core;
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
    held: Vec<bool>,
    expected: Vec<f64>,
    band: Option<(Vec<f64>, Vec<f64>)>,
    channel: Vec<i64>,
    joint: Vec<bool>,
    parts: Vec<(Component, Vec<f64>)>,
}

impl Columns {
    /// Room for `samples` of them, with the parts or without, with the bands or without.
    pub(super) fn new(samples: usize, options: DetectorOptions, with_parts: bool, with_band: bool) -> Self {
        let column = || Vec::with_capacity(samples);
        let parts = present(options).filter(|_| with_parts).map(|part| (part, column())).collect();
        Self {
            score: column(),
            p_value: column(),
            held: Vec::with_capacity(samples),
            expected: column(),
            band: with_band.then(|| (column(), column())),
            channel: Vec::with_capacity(samples),
            joint: Vec::with_capacity(samples),
            parts,
        }
    }

    /// Whether the bands are asked for.
    pub(super) fn has_band(&self) -> bool {
        self.band.is_some()
    }

    pub(super) fn take(&mut self, found: &Core, band: Option<(f64, f64)>) {
        self.score.push(found.score);
        self.p_value.push(found.p_value);
        self.held.push(found.held);
        self.expected.push(found.expected);
        if let (Some((lows, highs)), Some((low, high))) = (&mut self.band, band) {
            lows.push(low);
            highs.push(high);
        }
        self.channel.push(found.channel as i64);
        self.joint.push(found.joint);
        self.parts.iter_mut().for_each(|(part, column)| column.push(found.parts[*part as usize]));
    }

    /// The same as arrays of a shape.
    pub(super) fn shaped(self, py: Python<'_>, shape: &[usize]) -> PyResult<Detections> {
        let parts = PyDict::new(py);
        for (part, column) in self.parts {
            parts.set_item(part.name(), array(py, column, shape)?)?;
        }
        let (low, high) = self.band.unzip();
        let optional = |column: Option<Vec<f64>>| column.map(|column| array(py, column, shape)).transpose();
        Ok(Detections {
            score: array(py, self.score, shape)?,
            p_value: array(py, self.p_value, shape)?,
            held: array(py, self.held, shape)?,
            expected: array(py, self.expected, shape)?,
            low: optional(low)?,
            high: optional(high)?,
            channel: array(py, self.channel, shape)?,
            joint: array(py, self.joint, shape)?,
            parts: parts.unbind(),
        })
    }
}

fn array<T: numpy::Element>(py: Python<'_>, column: Vec<T>, shape: &[usize]) -> PyResult<Py<PyAny>> {
    Ok(PyArray1::from_vec(py, column).reshape(shape.to_vec())?.into_any().unbind())
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
    #[doc = doc!("Detections.held")]
    #[pyo3(get)]
    held: Py<PyAny>,
    #[doc = doc!("Detections.expected")]
    #[pyo3(get)]
    expected: Py<PyAny>,
    #[doc = doc!("Detections.low")]
    #[pyo3(get)]
    low: Option<Py<PyAny>>,
    #[doc = doc!("Detections.high")]
    #[pyo3(get)]
    high: Option<Py<PyAny>>,
    #[doc = doc!("Detections.channel")]
    #[pyo3(get)]
    channel: Py<PyAny>,
    #[doc = doc!("Detections.joint")]
    #[pyo3(get)]
    joint: Py<PyAny>,
    #[doc = doc!("Detections.parts")]
    #[pyo3(get)]
    parts: Py<PyDict>,
}

impl Detections {
    /// The arrays but for the parts, by name.
    fn columns(&self) -> Vec<(&'static str, &Py<PyAny>)> {
        let always = [
            ("score", &self.score),
            ("p_value", &self.p_value),
            ("held", &self.held),
            ("expected", &self.expected),
        ];
        let band = [("low", self.low.as_ref()), ("high", self.high.as_ref())];
        let band = band.into_iter().filter_map(|(name, column)| Some((name, column?)));
        always.into_iter().chain(band).chain([("channel", &self.channel), ("joint", &self.joint)]).collect()
    }
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
        for (name, column) in self.columns() {
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
