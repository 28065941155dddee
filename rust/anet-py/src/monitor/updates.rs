//! A monitor's answers to many rows.

use anet_core::Status;
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::convert::frame;
use crate::monitor::alarm::Alarm;

#[doc = doc!("Updates")]
#[pyclass(frozen, sequence, module = "anet_lite")]
#[derive(Default)]
pub struct Updates {
    /// A byte a row.
    status: Vec<Status>,
    /// All alarms, each with the index of its row here: most rows have none.
    alarms: Vec<(usize, Alarm)>,
}

#[pymethods]
impl Updates {
    #[doc = doc!("Updates.status")]
    #[getter]
    fn status(&self) -> Vec<&'static str> {
        self.status.iter().map(|status| status.name()).collect()
    }

    #[doc = doc!("Updates.alarms")]
    #[getter]
    fn alarms(&self) -> Vec<Alarm> {
        self.alarms.iter().map(|(_, alarm)| alarm.clone()).collect()
    }

    #[doc = doc!("Updates.to_frame")]
    fn to_frame<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let rules = |index| self.alarms_of(index).map(Alarm::rule).collect::<Vec<_>>().join(";");
        let columns = PyDict::new(py);
        columns.set_item("status", self.status())?;
        columns.set_item("alarms", (0..self.status.len()).map(rules).collect::<Vec<_>>())?;
        frame::to_frame(&columns)
    }

    fn __len__(&self) -> usize {
        self.status.len()
    }

    fn __getitem__(&self, index: isize) -> PyResult<(&'static str, Vec<Alarm>)> {
        let length = self.status.len();
        let at = if index < 0 { length.checked_add_signed(index) } else { Some(index as usize) };
        let Some((at, status)) = at.and_then(|at| Some((at, self.status.get(at)?))) else {
            return Err(PyIndexError::new_err(format!(
                "index {index} is out of range: there are {length} rows"
            )));
        };
        Ok((status.name(), self.alarms_of(at).cloned().collect()))
    }

    fn __repr__(&self) -> String {
        format!("Updates(rows={}, alarms={})", self.status.len(), self.alarms.len())
    }
}

impl Updates {
    /// Room for the rows that are to come.
    pub fn with_capacity(rows: usize) -> Self {
        Self { status: Vec::with_capacity(rows), alarms: Vec::new() }
    }

    /// Adds a row.
    pub fn push(&mut self, status: Status, alarms: Vec<Alarm>) {
        let index = self.status.len();
        self.status.push(status);
        self.alarms.extend(alarms.into_iter().map(|alarm| (index, alarm)));
    }

    fn alarms_of(&self, index: usize) -> impl Iterator<Item = &Alarm> {
        let first = self.alarms.partition_point(|&(at, _)| at < index);
        self.alarms[first..].iter().take_while(move |&&(at, _)| at == index).map(|(_, alarm)| alarm)
    }
}
