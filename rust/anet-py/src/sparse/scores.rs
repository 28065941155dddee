//! What streams answer: one score, or arrays of them.

use numpy::{PyArray1, PyArrayMethods};
use pyo3::basic::CompareOp;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::convert::frame;
use crate::sparse::anomaly::per_scale;

#[doc = doc!("StreamScore")]
#[pyclass(frozen, module = "anet_lite")]
pub struct StreamScore {
    #[doc = doc!("StreamScore.combined")]
    #[pyo3(get)]
    combined: f64,
    #[doc = doc!("StreamScore.per_scale")]
    #[pyo3(get)]
    per_scale: Py<PyDict>,
}

impl StreamScore {
    /// From the row of a stream: the combined score, then the score of each scale.
    pub fn from_row(py: Python<'_>, scales: &[usize], row: &[f64]) -> PyResult<Self> {
        Ok(Self { combined: row[0], per_scale: per_scale(py, scales, &row[1..])?.unbind() })
    }

    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        (self.combined, &self.per_scale).into_pyobject(py)
    }
}

#[pymethods]
impl StreamScore {
    #[new]
    fn __new__(combined: f64, per_scale: Py<PyDict>) -> Self {
        Self { combined, per_scale }
    }

    fn __getnewargs__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.fields(py)
    }

    #[doc = doc!("StreamScore.to_dict")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let fields = PyDict::new(py);
        fields.set_item("combined", self.combined)?;
        fields.set_item("per_scale", self.per_scale.bind(py).copy()?)?;
        Ok(fields)
    }

    fn __eq__<'py>(&self, py: Python<'py>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        match other.cast::<Self>() {
            Ok(other) => self.fields(py)?.rich_compare(other.get().fields(py)?, CompareOp::Eq),
            Err(_) => Ok(py.NotImplemented().into_bound(py)),
        }
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let fields = self.fields(py)?;
        Ok(format!(
            "StreamScore(combined={}, per_scale={})",
            fields.get_item(0)?.repr()?,
            fields.get_item(1)?.repr()?
        ))
    }
}

#[doc = doc!("StreamScores")]
#[pyclass(frozen, module = "anet_lite")]
pub struct StreamScores {
    #[doc = doc!("StreamScores.combined")]
    #[pyo3(get)]
    combined: Py<PyAny>,
    #[doc = doc!("StreamScores.per_scale")]
    #[pyo3(get)]
    per_scale: Py<PyDict>,
    shape: Shape,
}

/// How the arrays of [`StreamScores`] lie.
#[derive(Clone, Copy)]
pub enum Shape {
    /// One-dimensional: a score for each step of one stream, or for each stream at one step.
    Line(usize),
    /// Two-dimensional: a row for each step, in it a score for each stream.
    Block(usize, usize),
}

impl StreamScores {
    /// From rows: those of the first stream step by step, then those of the next.
    pub fn from_rows(py: Python<'_>, scales: &[usize], rows: &[f64], shape: Shape) -> PyResult<Self> {
        let array = |column: usize| column_of(py, rows, 1 + scales.len(), column, shape);
        let per_scale = PyDict::new(py);
        for (index, scale) in scales.iter().enumerate() {
            per_scale.set_item(scale, array(1 + index)?)?;
        }
        Ok(Self { combined: array(0)?.unbind(), per_scale: per_scale.unbind(), shape })
    }
}

#[pymethods]
impl StreamScores {
    #[doc = doc!("StreamScores.to_frame")]
    fn to_frame<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let columns = PyDict::new(py);
        if let Shape::Block(steps, streams) = self.shape {
            let of =
                |place: fn(usize, usize) -> usize| (0..steps * streams).map(move |at| place(at, streams));
            columns.set_item("step", PyArray1::from_iter(py, of(|at, streams| at / streams)))?;
            columns.set_item("stream", PyArray1::from_iter(py, of(|at, streams| at % streams)))?;
        }
        let flat = |scores: &Bound<'py, PyAny>| scores.call_method1(intern!(py, "reshape"), (-1,));
        columns.set_item("combined", flat(self.combined.bind(py))?)?;
        for (scale, scores) in self.per_scale.bind(py) {
            columns.set_item(format!("scale_{scale}"), flat(&scores)?)?;
        }
        frame::to_frame(&columns)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (combined, per_scale) = (self.combined.bind(py).repr()?, self.per_scale.bind(py).repr()?);
        Ok(format!("StreamScores(combined={combined}, per_scale={per_scale})"))
    }
}

fn column_of<'py>(
    py: Python<'py>,
    rows: &[f64],
    width: usize,
    column: usize,
    shape: Shape,
) -> PyResult<Bound<'py, PyAny>> {
    match shape {
        Shape::Line(length) => {
            let scores = (0..length).map(|index| rows[index * width + column]);
            Ok(PyArray1::from_vec(py, scores.collect()).into_any())
        }
        Shape::Block(steps, streams) => {
            let at = |step, stream| rows[(stream * steps + step) * width + column];
            let scores = (0..steps).flat_map(|step| (0..streams).map(move |stream| at(step, stream)));
            Ok(PyArray1::from_vec(py, scores.collect()).reshape([steps, streams])?.into_any())
        }
    }
}
