//! One alarm of the monitor, as Python sees it.

use anet_core as core;
use anet_core::{NamedSignal, RuleAlarm};
use pyo3::prelude::*;
use pyo3::types::PyDict;

#[doc = doc!("Alarm")]
#[pyclass(frozen, get_all, module = "anet_lite")]
#[derive(Clone)]
pub struct Alarm {
    #[doc = doc!("Alarm.rule")]
    rule: &'static str,
    #[doc = doc!("Alarm.family")]
    family: &'static str,
    #[doc = doc!("Alarm.signal")]
    signal: String,
    #[doc = doc!("Alarm.step")]
    step: i64,
    #[doc = doc!("Alarm.row")]
    row: u64,
    #[doc = doc!("Alarm.value")]
    value: f64,
    #[doc = doc!("Alarm.expected")]
    expected: Option<f64>,
    #[doc = doc!("Alarm.ratio")]
    ratio: Option<f64>,
    #[doc = doc!("Alarm.spread")]
    spread: Option<f64>,
    #[doc = doc!("Alarm.strength")]
    strength: f64,
    #[doc = doc!("Alarm.per_10k")]
    per_10k: Option<f64>,
    #[doc = doc!("Alarm.since")]
    since: u64,
    #[doc = doc!("Alarm.length")]
    length: u64,
    #[doc = doc!("Alarm.incident")]
    incident: u64,
    #[doc = doc!("Alarm.groups")]
    groups: Vec<String>,
}

#[pymethods]
impl Alarm {
    #[doc = doc!("Alarm.to_dict")]
    pub fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("rule", self.rule)?;
        dict.set_item("family", self.family)?;
        dict.set_item("signal", &self.signal)?;
        dict.set_item("step", self.step)?;
        dict.set_item("row", self.row)?;
        dict.set_item("value", self.value)?;
        dict.set_item("expected", self.expected)?;
        dict.set_item("ratio", self.ratio)?;
        dict.set_item("spread", self.spread)?;
        dict.set_item("strength", self.strength)?;
        dict.set_item("per_10k", self.per_10k)?;
        dict.set_item("since", self.since)?;
        dict.set_item("length", self.length)?;
        dict.set_item("incident", self.incident)?;
        dict.set_item("groups", &self.groups)?;
        Ok(dict)
    }

    fn __repr__(&self) -> String {
        let ratio = self.ratio.map_or_else(String::new, |ratio| format!(", ratio={ratio:.3}"));
        format!(
            "Alarm('{}', family='{}', signal='{}', step={}{ratio}, strength={:.2})",
            self.rule, self.family, self.signal, self.step, self.strength
        )
    }
}

impl Alarm {
    /// The name of the rule.
    pub fn rule(&self) -> &'static str {
        self.rule
    }

    /// The row in which its incident opened.
    pub fn incident(&self) -> i64 {
        self.incident as i64
    }

    /// The alarms of the last row.
    pub fn all(monitor: &core::Monitor) -> Vec<Self> {
        monitor.alarms().iter().map(|alarm| Self::new(alarm, monitor)).collect()
    }

    fn new(alarm: &core::Alarm, monitor: &core::Monitor) -> Self {
        let named = alarm.named.and_then(|at| monitor.named().all().get(at)).map(NamedSignal::name);
        let RuleAlarm { rule, signal, row, step, value, expected, .. } = alarm.of_rule;
        Self {
            rule: rule.name(),
            family: rule.family().name(),
            signal: named.unwrap_or(signal.name()).to_owned(),
            step,
            row,
            value,
            expected,
            ratio: alarm.of_rule.ratio(),
            spread: alarm.of_rule.spread,
            strength: alarm.of_rule.strength,
            per_10k: alarm.of_rule.per_10k,
            since: alarm.of_rule.since,
            length: alarm.of_rule.length,
            incident: alarm.of_rule.incident,
            groups: alarm.groups.iter().map(|&index| monitor.groups()[index].name.clone()).collect(),
        }
    }
}
