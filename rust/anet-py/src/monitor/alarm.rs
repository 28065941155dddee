//! One alarm of the monitor, as Python sees it.

use anet_core::monitor as core;
use anet_core::monitor::{Panel, RolledUp};
use pyo3::prelude::*;

#[doc = doc!("Alarm")]
#[pyclass(frozen, get_all, module = "anet_lite")]
#[derive(Clone)]
pub struct Alarm {
    #[doc = doc!("Alarm.rule")]
    rule: &'static str,
    #[doc = doc!("Alarm.family")]
    family: &'static str,
    #[doc = doc!("Alarm.signal")]
    signal: &'static str,
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
    pub fn all(panel: &Panel) -> Vec<Self> {
        panel.alarms().iter().map(|rolled| Self::new(rolled, panel)).collect()
    }

    fn new(rolled: &RolledUp, panel: &Panel) -> Self {
        let core::Alarm { score, signal, row, step, value, expected, .. } = rolled.alarm;
        Self {
            rule: score.name(),
            family: score.family().name(),
            signal: signal.name(),
            step,
            row,
            value,
            expected,
            ratio: rolled.alarm.ratio(),
            spread: rolled.alarm.spread,
            strength: rolled.alarm.strength,
            per_10k: rolled.alarm.per_10k,
            since: rolled.alarm.since,
            length: rolled.alarm.length,
            incident: rolled.alarm.incident,
            groups: rolled.groups.iter().map(|&place| panel.groups()[place].name.clone()).collect(),
        }
    }
}
