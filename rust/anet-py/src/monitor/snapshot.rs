//! The monitor's answer to one step.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use anet_core::{AnetSnapshot, MetricsWindow, Monitor, Row, Rule, Signal, Status};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::convert::text::text;
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
    newest: [Option<f64>; Signal::ALL.len()],
    named: Vec<(String, f64)>,
    known: Vec<String>,
    firing: Vec<&'static str>,
    incident: Vec<&'static str>,
    alarms: Vec<Alarm>,
    onset: Vec<(&'static str, u64)>,
    batch_id: Option<Py<PyAny>>,
    window: MetricsWindow,
    metrics: OnceLock<AnetSnapshot>,
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

    #[doc = doc!("Snapshot.loss")]
    #[getter]
    fn loss(&self) -> Option<f64> {
        self.newest[Signal::Loss as usize]
    }

    #[doc = doc!("Snapshot.grad_norm")]
    #[getter]
    fn grad_norm(&self) -> Option<f64> {
        self.newest[Signal::GradNorm as usize]
    }

    #[doc = doc!("Snapshot.step_norm")]
    #[getter]
    fn step_norm(&self) -> Option<f64> {
        self.newest[Signal::StepNorm as usize]
    }

    #[doc = doc!("Snapshot.noise")]
    #[getter]
    fn noise(&self) -> Option<f64> {
        self.newest[Signal::Noise as usize]
    }

    #[doc = doc!("Snapshot.lr")]
    #[getter]
    fn lr(&self) -> Option<f64> {
        self.newest[Signal::Rate as usize]
    }

    #[doc = doc!("Snapshot.signals")]
    #[getter]
    fn signals<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let signals = PyDict::new(py);
        self.named.iter().try_for_each(|(name, value)| signals.set_item(name, value))?;
        Ok(signals)
    }

    #[doc = doc!("Snapshot._known_signals")]
    #[getter]
    fn _known_signals(&self) -> Vec<String> {
        self.known.clone()
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
        self.firing.clone()
    }

    #[doc = doc!("Snapshot.incident")]
    #[getter]
    fn incident(&self) -> Vec<&'static str> {
        self.incident.clone()
    }

    #[doc = doc!("Snapshot.alarms")]
    #[getter]
    fn alarms(&self) -> Vec<Alarm> {
        self.alarms.clone()
    }

    #[doc = doc!("Snapshot.first_onset")]
    #[getter]
    fn first_onset(&self) -> Option<&'static str> {
        self.onset.first().map(|onset| onset.0)
    }

    #[doc = doc!("Snapshot.onset")]
    #[getter]
    fn onset(&self) -> Vec<(&'static str, u64)> {
        self.onset.clone()
    }

    #[doc = doc!("Snapshot.explain")]
    #[pyo3(signature = (lang="en"))]
    fn explain<'py>(slf: &Bound<'py, Self>, lang: &str) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("anet_lite.diagnosis")?.call_method1("explain", (slf, lang))
    }

    #[doc = doc!("Snapshot.to_dict")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("step", self.step)?;
        dict.set_item("row", self.row)?;
        dict.set_item("status", self.status())?;
        for (signal, value) in Signal::ALL.into_iter().zip(self.newest) {
            dict.set_item(signal.name(), value)?;
        }
        dict.set_item("signals", self.signals(py)?)?;
        for (name, value) in self.named_metrics() {
            dict.set_item(name, value)?;
        }
        dict.set_item("precursor", self.precursor())?;
        dict.set_item("segment", self.segment)?;
        dict.set_item("note", self.note())?;
        let alarms = self.alarms.iter().map(|alarm| alarm.to_dict(py)).collect::<PyResult<Vec<_>>>()?;
        dict.set_item("alarms", alarms)?;
        dict.set_item("firing", &self.firing)?;
        dict.set_item("incident", &self.incident)?;
        dict.set_item("onset", &self.onset)?;
        dict.set_item("first_onset", self.first_onset())?;
        dict.set_item("batch_id", self.batch_id(py))?;
        dict.set_item("records_lost", self.records_lost())?;
        Ok(dict)
    }

    fn _repr_html_(&self) -> String {
        let cell = |name: &str, value: String| format!("<tr><th>{name}</th><td>{value}</td></tr>");
        let alarms: Vec<&str> = self.alarms.iter().map(Alarm::rule).collect();
        let given = Signal::ALL
            .into_iter()
            .zip(self.newest)
            .filter_map(|(signal, value)| Some(cell(signal.name(), format!("{:.6}", value?))));
        let named = self.named.iter().map(|(name, value)| cell(&escaped(name), format!("{value:.6}")));
        let metrics = self.named_metrics().map(|(name, value)| cell(name, format!("{value:.4}")));
        let head = [
            cell("step", self.step.to_string()),
            cell("status", self.status().to_owned()),
            cell("alarms", alarms.join(", ")),
        ];
        format!(
            "<table>{}</table>",
            head.into_iter().chain(given).chain(named).chain(metrics).collect::<String>()
        )
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
    fn recent(&self, signal: &Bound<'_, PyAny>) -> Result<Vec<Option<f64>>, BindingError> {
        let signal = named(&text("signal", signal)?)?;
        Ok(self.window.recent().map(|row| row.get(signal)).collect())
    }

    #[doc = doc!("Snapshot.window")]
    fn window(&self, signal: &Bound<'_, PyAny>) -> Result<Vec<f64>, BindingError> {
        Ok(self.window.trail(named(&text("signal", signal)?)?))
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

/// A name as HTML has it.
fn escaped(name: &str) -> String {
    name.replace('&', "&amp;").replace('<', "&lt;")
}

/// The signal of that name.
fn named(signal: &str) -> Result<Signal, BindingError> {
    Signal::ALL.into_iter().find(|known| known.name() == signal).ok_or_else(|| {
        let names = Signal::ALL.map(Signal::name).join(", ");
        value_error(format!("signal must be one of {names}, got '{signal}'"))
    })
}

impl Snapshot {
    /// The monitor's answer to a row.
    pub fn of(monitor: &Monitor, row: &Row, status: Status, batch_id: Option<Py<PyAny>>) -> Self {
        let run = monitor.run();
        let at = run.rows() - 1;
        let onsets = if monitor.alarms().is_empty() { Vec::new() } else { run.onsets() };
        Self {
            status,
            row: at,
            step: row.step.unwrap_or(at as i64),
            segment: run.began().map(|reason| reason.name()),
            note: monitor.annotation().current.clone(),
            newest: row.values(),
            known: monitor.named().all().iter().map(|signal| signal.name().to_owned()).collect(),
            named: monitor.named().newest().map(|(name, value)| (name.to_owned(), value)).collect(),
            firing: run.firing().map(Rule::name).collect(),
            incident: run.incident().map(Rule::name).collect(),
            alarms: Alarm::all(monitor),
            onset: onsets.iter().map(|onset| (onset.rule.name(), onset.began)).collect(),
            batch_id,
            window: *run.window(),
            metrics: OnceLock::new(),
            records_lost: AtomicU64::new(0),
        }
    }

    /// Five of the six metrics; the sixth is a flag.
    fn named_metrics(&self) -> [(&'static str, f64); 5] {
        let AnetSnapshot { theta, s_dot, processivity, f_total, zscore, .. } = *self.metrics();
        [("theta", theta), ("sdot", s_dot), ("proc", processivity), ("f_total", f_total), ("zscore", zscore)]
    }

    /// The names of the rules that fire, and the row in which their incident opened, -1 where nothing fires.
    pub fn fired(&self) -> (String, i64) {
        let names: Vec<&str> = self.alarms.iter().map(Alarm::rule).collect();
        (names.join(";"), self.alarms.first().map_or(-1, Alarm::incident))
    }

    /// The signals of this step.
    pub fn newest(&self) -> [Option<f64>; Signal::ALL.len()] {
        self.newest
    }

    /// The six metrics, computed on first use.
    pub fn metrics(&self) -> &AnetSnapshot {
        self.metrics.get_or_init(|| self.window.metrics())
    }
}
