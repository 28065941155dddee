//! Binding of `anet_core::runlog`, and the monitor on what it read.

use std::sync::{Mutex, MutexGuard};

use anet_core::Row;
use anet_core::runlog::JsonReader as Core;
use numpy::PyArray1;
use pyo3::prelude::*;

use crate::convert::array::Series;
use crate::detach::{detached, locked_in_pieces};
use crate::error::BindingError;
use crate::lock::lock;
use crate::monitor::snapshot::Snapshot;
use crate::monitor::{Monitor, STEPS_OF_ROW, event_digest, named};

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<JsonReader>()?;
    module.add_function(wrap_pyfunction!(replay_rows, module)?)
}

#[doc = doc!("JsonReader")]
#[pyclass(frozen, module = "anet_lite._native")]
struct JsonReader {
    reader: Mutex<Core>,
}

type Numbers<'py> = (Bound<'py, PyArray1<f64>>, Bound<'py, PyArray1<bool>>);

#[pymethods]
impl JsonReader {
    #[new]
    #[pyo3(signature = (numbers, texts=Vec::new()))]
    fn new(numbers: Vec<String>, texts: Vec<String>) -> Self {
        Self { reader: Mutex::new(Core::new(numbers, texts)) }
    }

    #[doc = doc!("JsonReader.feed")]
    fn feed(&self, py: Python<'_>, data: &[u8]) -> Result<(), BindingError> {
        let mut reader = self.lock(py);
        let reader = &mut *reader;
        Ok(detached(py, data.len(), || reader.feed(data))?)
    }

    #[doc = doc!("JsonReader.finish")]
    fn finish(&self, py: Python<'_>) {
        self.lock(py).finish();
    }

    #[doc = doc!("JsonReader.rows")]
    #[getter]
    fn rows(&self, py: Python<'_>) -> usize {
        self.lock(py).rows()
    }

    #[doc = doc!("JsonReader.numbers")]
    fn numbers<'py>(&self, py: Python<'py>) -> Vec<Numbers<'py>> {
        let columns: Vec<_> = {
            let reader = self.lock(py);
            reader.numbers().iter().map(|column| (column.values.clone(), column.given.clone())).collect()
        };
        let array = |(values, given)| (PyArray1::from_vec(py, values), PyArray1::from_vec(py, given));
        columns.into_iter().map(array).collect()
    }

    #[doc = doc!("JsonReader.texts")]
    fn texts(&self, py: Python<'_>) -> Vec<Vec<(usize, String)>> {
        self.lock(py).texts().iter().map(|column| column.changes.clone()).collect()
    }
}

impl JsonReader {
    fn lock<'a>(&'a self, py: Python<'_>) -> MutexGuard<'a, Core> {
        lock(py, &self.reader)
    }
}

#[doc = doc!("replay_rows")]
#[pyfunction]
#[pyo3(signature = (monitor, signals, named=Vec::new()))]
fn replay_rows<'py>(
    py: Python<'py>,
    monitor: &Bound<'py, Monitor>,
    signals: Vec<Option<(Bound<'py, PyAny>, Bound<'py, PyAny>)>>,
    named: Vec<(String, Bound<'py, PyAny>, Bound<'py, PyAny>)>,
) -> Result<Vec<Snapshot>, BindingError> {
    let mut columns = Vec::with_capacity(6);
    for column in &signals {
        let read = |(values, given): &(Bound<'py, PyAny>, Bound<'py, PyAny>)| {
            Ok::<_, BindingError>((Series::read("signals", values)?, Series::read("signals", given)?))
        };
        columns.push(column.as_ref().map(read).transpose()?);
    }
    let columns: Vec<Option<(&[f64], &[f64])>> =
        columns.iter().map(|column| column.as_ref().map(|(values, given)| (&**values, &**given))).collect();
    let mut others = Vec::with_capacity(named.len());
    for (_, values, given) in &named {
        others.push((Series::read("named", values)?, Series::read("named", given)?));
    }
    let others: Vec<(&[f64], &[f64])> = others.iter().map(|(values, given)| (&**values, &**given)).collect();
    let lengths = columns.iter().flatten().chain(&others);
    let rows = lengths.map(|(values, given)| values.len().min(given.len())).min();
    let rows = rows.unwrap_or(0);
    let value = |column: usize, row: usize| {
        let (values, given) = (*columns.get(column)?)?;
        (given[row] != 0.0).then_some(values[row])
    };
    let names: Vec<_> = named.iter().map(|(name, ..)| name.as_str()).collect();
    let (mut found, mut values) = (Vec::new(), Vec::with_capacity(others.len()));
    let cost = |_: &_| STEPS_OF_ROW;
    locked_in_pieces(py, monitor.get().mutex(), rows, cost, |monitor, piece| {
        let indices = named::indices(monitor, names.iter().copied())?;
        for at in piece {
            let row = Row {
                loss: value(0, at),
                grad_norm: value(1, at),
                step_norm: value(2, at),
                noise: value(3, at),
                lr: value(4, at),
                step: value(5, at).map(|step| step as i64),
            };
            let given = indices.iter().zip(&others).filter(|(_, (_, given))| given[at] != 0.0);
            values.clear();
            values.extend(given.map(|(&index, (values, _))| (index, values[at])));
            let words = event_digest::named_row(&row, &values);
            let status = monitor.enter(words).update_named(&row, &values);
            if !monitor.alarms().is_empty() {
                found.push(Snapshot::of(monitor, &row, status, None));
            }
        }
        Ok(())
    })?;
    Ok(found)
}
