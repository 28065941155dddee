//! What a run has come to, as Python sees it.

use anet_core as core;
use anet_core::{IncidentRecord, Rule, Signal};
use pyo3::prelude::*;
use pyo3::types::PyDict;

#[doc = doc!("Incident")]
#[pyclass(frozen, get_all, module = "anet_lite")]
#[derive(Clone)]
pub struct Incident {
    #[doc = doc!("Incident.row")]
    row: u64,
    #[doc = doc!("Incident.step")]
    step: i64,
    #[doc = doc!("Incident.end")]
    end: Option<u64>,
    #[doc = doc!("Incident.rules")]
    rules: Vec<&'static str>,
    #[doc = doc!("Incident.worst")]
    worst: &'static str,
    #[doc = doc!("Incident.before")]
    before: Option<f64>,
    #[doc = doc!("Incident.peak")]
    peak: Option<f64>,
    #[doc = doc!("Incident.after")]
    after: Option<f64>,
    #[doc = doc!("Incident.is_back")]
    is_back: bool,
}

#[pymethods]
impl Incident {
    #[doc = doc!("Incident.to_dict")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("row", self.row)?;
        dict.set_item("step", self.step)?;
        dict.set_item("end", self.end)?;
        dict.set_item("rules", &self.rules)?;
        dict.set_item("worst", self.worst)?;
        dict.set_item("before", self.before)?;
        dict.set_item("peak", self.peak)?;
        dict.set_item("after", self.after)?;
        dict.set_item("is_back", self.is_back)?;
        Ok(dict)
    }

    fn __repr__(&self) -> String {
        let state = match (self.end, self.is_back) {
            (None, _) => "open",
            (Some(_), true) => "back",
            (Some(_), false) => "settled elsewhere",
        };
        let rules: Vec<String> = self.rules.iter().map(|rule| format!("'{rule}'")).collect();
        let (step, worst, rules) = (self.step, self.worst, rules.join(", "));
        format!("Incident(step={step}, {state}, worst='{worst}', rules=[{rules}])")
    }
}

impl Incident {
    fn of(record: &IncidentRecord, is_back: bool, level: f64) -> Self {
        let known = |value: f64| Some(value).filter(|value| !value.is_nan());
        let peak = if record.is_fall() { record.lowest } else { record.highest };
        Self {
            row: record.row,
            step: record.step,
            end: record.end,
            rules: record.rules().map(Rule::name).collect(),
            worst: record.worst.name(),
            before: known(record.before),
            peak: known(peak),
            after: known(level),
            is_back,
        }
    }
}

#[doc = doc!("RunSummary")]
#[pyclass(frozen, get_all, module = "anet_lite")]
pub struct RunSummary {
    #[doc = doc!("RunSummary.status")]
    status: &'static str,
    #[doc = doc!("RunSummary.worst")]
    worst: &'static str,
    #[doc = doc!("RunSummary.ruined")]
    ruined: bool,
    #[doc = doc!("RunSummary.rows")]
    rows: u64,
    #[doc = doc!("RunSummary.judged")]
    judged: u64,
    #[doc = doc!("RunSummary.needed")]
    needed: u64,
    #[doc = doc!("RunSummary.seen")]
    seen: Vec<&'static str>,
    #[doc = doc!("RunSummary.missing")]
    missing: Vec<&'static str>,
    #[doc = doc!("RunSummary.incidents")]
    incidents: Vec<Incident>,
    #[doc = doc!("RunSummary.incident_count")]
    incident_count: u64,
}

#[pymethods]
impl RunSummary {
    #[doc = doc!("RunSummary.to_dict")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("status", self.status)?;
        dict.set_item("worst", self.worst)?;
        dict.set_item("ruined", self.ruined)?;
        dict.set_item("rows", self.rows)?;
        dict.set_item("judged", self.judged)?;
        dict.set_item("needed", self.needed)?;
        dict.set_item("seen", &self.seen)?;
        dict.set_item("missing", &self.missing)?;
        let incidents = self.incidents.iter().map(|incident| incident.to_dict(py));
        dict.set_item("incidents", incidents.collect::<PyResult<Vec<_>>>()?)?;
        dict.set_item("incident_count", self.incident_count)?;
        Ok(dict)
    }

    fn __repr__(&self) -> String {
        format!(
            "RunSummary(status='{}', worst='{}', rows={}, judged={}, incidents={})",
            self.status, self.worst, self.rows, self.judged, self.incident_count
        )
    }
}

impl RunSummary {
    pub(crate) fn of(monitor: &core::Monitor) -> Self {
        let summary = monitor.summary();
        let (seen, missing) = summary.signals();
        let names = |signals: Vec<Signal>| signals.into_iter().map(Signal::name).collect();
        let level = summary.level();
        Self {
            status: summary.status.name(),
            worst: summary.worst.name(),
            ruined: summary.is_ruined(),
            rows: summary.rows(),
            judged: summary.judged(),
            needed: summary.needed(),
            seen: names(seen),
            missing: names(missing),
            incidents: summary.incidents().map(|(record, back)| Incident::of(record, back, level)).collect(),
            incident_count: summary.incident_count(),
        }
    }
}
