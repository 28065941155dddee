//! What the monitor says of one step.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use anet_core::metric;
use anet_core::monitor::{Panel, Row, Score, Signal, Status, Windows};
use pyo3::prelude::*;

use crate::error::{BindingError, value_error};
use crate::monitor::alarm::Alarm;

#[doc = doc!("Snapshot")]
#[pyclass(frozen, module = "anet_lite")]
pub struct Snapshot {
    status: Status,
    row: u64,
    step: i64,
    segment: Option<&'static str>,
    note: Option<(Arc<str>, u64)>,
    firing: u32,
    incident: u32,
    alarms: Vec<Alarm>,
    stirring: Vec<(&'static str, u64)>,
    batch_id: Option<Py<PyAny>>,
    windows: Windows,
    metrics: OnceLock<metric::Snapshot>,
    records_lost: AtomicU64,
}

#[pymethods]
impl Snapshot {
    #[doc = doc!("Snapshot.theta")]
    #[getter]
    fn theta(&self) -> f64 {
        self.metrics().theta
    }

    #[doc = doc!("Snapshot.sdot")]
    #[getter]
    fn sdot(&self) -> f64 {
        self.metrics().s_dot
    }

    #[doc = doc!("Snapshot.proc")]
    #[getter]
    fn proc(&self) -> f64 {
        self.metrics().processivity
    }

    #[doc = doc!("Snapshot.f_total")]
    #[getter]
    fn f_total(&self) -> f64 {
        self.metrics().f_total
    }

    #[doc = doc!("Snapshot.precursor")]
    #[getter]
    fn precursor(&self) -> bool {
        self.metrics().precursor
    }

    #[doc = doc!("Snapshot.zscore")]
    #[getter]
    fn zscore(&self) -> f64 {
        self.metrics().zscore
    }

    #[doc = doc!("Snapshot.status")]
    #[getter]
    pub fn status(&self) -> &'static str {
        self.status.name()
    }

    #[doc = doc!("Snapshot.row")]
    #[getter]
    pub fn row(&self) -> u64 {
        self.row
    }

    #[doc = doc!("Snapshot.step")]
    #[getter]
    pub fn step(&self) -> i64 {
        self.step
    }

    #[doc = doc!("Snapshot.segment")]
    #[getter]
    pub fn segment(&self) -> Option<&'static str> {
        self.segment
    }

    #[doc = doc!("Snapshot.note")]
    #[getter]
    fn note(&self) -> Option<(&str, u64)> {
        self.note.as_ref().map(|(text, row)| (&**text, *row))
    }

    #[doc = doc!("Snapshot.firing")]
    #[getter]
    fn firing(&self) -> Vec<&'static str> {
        names(self.firing)
    }

    #[doc = doc!("Snapshot.incident")]
    #[getter]
    fn incident(&self) -> Vec<&'static str> {
        names(self.incident)
    }

    #[doc = doc!("Snapshot.alarms")]
    #[getter]
    fn alarms(&self) -> Vec<Alarm> {
        self.alarms.clone()
    }

    #[doc = doc!("Snapshot.moved_first")]
    #[getter]
    fn moved_first(&self) -> Option<&'static str> {
        self.stirring.first().map(|stir| stir.0)
    }

    #[doc = doc!("Snapshot.stirring")]
    #[getter]
    fn stirring(&self) -> Vec<(&'static str, u64)> {
        self.stirring.clone()
    }

    #[doc = doc!("Snapshot.batch_id")]
    #[getter]
    fn batch_id(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.batch_id.as_ref().map(|id| id.clone_ref(py))
    }

    #[doc = doc!("Snapshot.records_lost")]
    #[getter]
    fn records_lost(&self) -> u64 {
        self.records_lost.load(Ordering::Relaxed)
    }

    #[doc = doc!("Snapshot._set_records_lost")]
    fn _set_records_lost(&self, count: u64) {
        self.records_lost.store(count, Ordering::Relaxed);
    }

    #[doc = doc!("Snapshot.recent")]
    fn recent(&self, signal: &str) -> Result<Vec<Option<f64>>, BindingError> {
        let signal = named(signal)?;
        Ok(self.windows.recent().map(|row| row.get(signal)).collect())
    }

    #[doc = doc!("Snapshot.window")]
    fn window(&self, signal: &str) -> Result<Vec<f64>, BindingError> {
        Ok(self.windows.trail(named(signal)?))
    }

    fn __repr__(&self) -> String {
        let alarms: Vec<&str> = self.alarms.iter().map(Alarm::rule).collect();
        let lost = match self.records_lost() {
            0 => String::new(),
            count => format!(", records_lost={count}"),
        };
        format!("Snapshot(step={}, status='{}', alarms={alarms:?}{lost})", self.step, self.status.name())
    }
}

/// The names of a set of scores.
fn names(bits: u32) -> Vec<&'static str> {
    let is_in = |score: &Score| bits & (1 << *score as u32) != 0;
    Score::ALL.into_iter().filter(is_in).map(Score::name).collect()
}

/// The signal of that name.
fn named(signal: &str) -> Result<Signal, BindingError> {
    Signal::ALL.into_iter().find(|known| known.name() == signal).ok_or_else(|| {
        let names = Signal::ALL.map(Signal::name).join(", ");
        value_error(format!("signal must be one of {names}, got '{signal}'"))
    })
}

impl Snapshot {
    /// What the panel says after a row.
    pub fn of(panel: &Panel, row: &Row, status: Status, batch_id: Option<Py<PyAny>>) -> Self {
        let whole = panel.whole();
        let at = whole.rows() - 1;
        let stirs = if panel.alarms().is_empty() { Vec::new() } else { whole.stirring() };
        Self {
            status,
            row: at,
            step: row.step.unwrap_or(at as i64),
            segment: whole.began().map(|reason| reason.name()),
            note: panel.notes().current.clone(),
            firing: whole.firing(),
            incident: whole.incident(),
            alarms: Alarm::all(panel),
            stirring: stirs.iter().map(|stir| (stir.score.name(), stir.began)).collect(),
            batch_id,
            windows: *whole.windows(),
            metrics: OnceLock::new(),
            records_lost: AtomicU64::new(0),
        }
    }

    /// The names of the scores that fire, and the row in which their incident opened, -1 where nothing fires.
    pub fn fired(&self) -> (String, i64) {
        let names: Vec<&str> = self.alarms.iter().map(Alarm::rule).collect();
        (names.join(";"), self.alarms.first().map_or(-1, Alarm::incident))
    }

    /// The signals of this step.
    pub fn newest(&self) -> [Option<f64>; Signal::ALL.len()] {
        self.windows.recent().last().map(Row::values).unwrap_or_default()
    }

    /// The six metrics, computed on first use.
    pub fn metrics(&self) -> &metric::Snapshot {
        self.metrics.get_or_init(|| self.windows.metrics())
    }
}
