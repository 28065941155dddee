//! `Explanation`.

use anet_core::{DetectorOptions, Event, Explanation as Core};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::detect::detection::{Parts, parts_of};

#[doc = doc!("Explanation")]
#[pyclass(frozen, module = "anet_lite")]
pub struct Explanation {
    core: Core,
    name: Option<String>,
    options: DetectorOptions,
    parts: Parts,
}

impl Explanation {
    /// `parts` are those of the newest sample of its channel.
    pub(super) fn new(core: Core, name: Option<String>, options: DetectorOptions, parts: Parts) -> Self {
        Self { core, name, options, parts }
    }

    /// Of the event, where there is one.
    fn of_event<T>(&self, field: impl Fn(&Event) -> T) -> Option<T> {
        self.core.event.as_ref().map(field)
    }
}

#[rustfmt::skip]
/// What a dictionary of an explanation holds.
const FIELDS: [&str; 24] = [
    "samples", "score", "p_value", "rarity", "channel", "joint", "name", "shape", "direction", "value", "value_age",
    "usual_low", "usual_high", "since", "length", "season", "similar", "part", "parts", "contributions", "raw",
    "usual", "matches", "rare_tokens",
];

#[pymethods]
impl Explanation {
    #[doc = doc!("Explanation.samples")]
    #[getter]
    fn samples(&self) -> u64 {
        self.core.samples
    }

    #[doc = doc!("Explanation.score")]
    #[getter]
    fn score(&self) -> f64 {
        self.core.score
    }

    #[doc = doc!("Explanation.p_value")]
    #[getter]
    fn p_value(&self) -> f64 {
        self.core.p_value
    }

    #[doc = doc!("Explanation.part")]
    #[getter]
    fn part(&self) -> Option<&'static str> {
        self.core.part.map(|part| part.name())
    }

    #[doc = doc!("Explanation.contributions")]
    #[getter]
    fn contributions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (part, value) in &self.core.contributions {
            dict.set_item(part.name(), value)?;
        }
        Ok(dict)
    }

    #[doc = doc!("Explanation.raw")]
    #[getter]
    fn raw(&self) -> f64 {
        self.core.raw
    }

    #[doc = doc!("Explanation.usual")]
    #[getter]
    fn usual(&self) -> f64 {
        self.core.usual
    }

    #[doc = doc!("Explanation.matches")]
    #[getter]
    fn matches(&self) -> Vec<(u64, f64)> {
        self.core.matches.iter().map(|found| (found.age, found.distance)).collect()
    }

    #[doc = doc!("Explanation.rare_tokens")]
    #[getter]
    fn rare_tokens(&self) -> Vec<(String, u64, f64)> {
        self.core.rare_tokens.iter().map(|rare| (rare.token.to_string(), rare.age, rare.count)).collect()
    }

    #[doc = doc!("Explanation.channel")]
    #[getter]
    fn channel(&self) -> usize {
        self.core.channel
    }

    #[doc = doc!("Explanation.joint")]
    #[getter]
    fn joint(&self) -> bool {
        self.core.joint
    }

    #[doc = doc!("Explanation.parts")]
    #[getter]
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        parts_of(py, self.options, &self.parts)
    }

    #[doc = doc!("Explanation.name")]
    #[getter]
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    #[doc = doc!("Explanation.shape")]
    #[getter]
    fn shape(&self) -> Option<&'static str> {
        self.of_event(|event| event.shape.name())
    }

    #[doc = doc!("Explanation.direction")]
    #[getter]
    fn direction(&self) -> &'static str {
        self.of_event(|event| event.side.name()).unwrap_or("none")
    }

    #[doc = doc!("Explanation.value")]
    #[getter]
    fn value(&self) -> f64 {
        self.of_event(|event| event.value).unwrap_or(f64::NAN)
    }

    #[doc = doc!("Explanation.value_age")]
    #[getter]
    fn value_age(&self) -> Option<u64> {
        self.of_event(|event| event.age)
    }

    #[doc = doc!("Explanation.usual_low")]
    #[getter]
    fn usual_low(&self) -> f64 {
        self.of_event(|event| event.usual.0).unwrap_or(f64::NAN)
    }

    #[doc = doc!("Explanation.usual_high")]
    #[getter]
    fn usual_high(&self) -> f64 {
        self.of_event(|event| event.usual.1).unwrap_or(f64::NAN)
    }

    #[doc = doc!("Explanation.since")]
    #[getter]
    fn since(&self) -> Option<u64> {
        self.of_event(|event| event.since)
    }

    #[doc = doc!("Explanation.length")]
    #[getter]
    fn length(&self) -> Option<u64> {
        self.of_event(|event| event.length)
    }

    #[doc = doc!("Explanation.season")]
    #[getter]
    fn season(&self) -> Option<u64> {
        self.of_event(|event| event.season).flatten()
    }

    #[doc = doc!("Explanation.similar")]
    #[getter]
    fn similar(&self) -> Option<(u64, u64)> {
        let similar = self.of_event(|event| event.similar).flatten();
        similar.map(|similar| (similar.age, similar.length))
    }

    #[doc = doc!("Explanation.rarity")]
    #[getter]
    fn rarity(&self) -> f64 {
        1.0 / self.core.p_value
    }

    #[doc = doc!("Explanation.to_dict")]
    fn to_dict<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(slf.py());
        for name in FIELDS {
            dict.set_item(name, slf.getattr(name)?)?;
        }
        Ok(dict)
    }

    /// The words are Python's.
    fn __str__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import(intern!(slf.py(), "anet_lite.diagnosis.stream"))?.call_method1("sentence", (slf,))
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        Ok(format!("Explanation({})", Self::__str__(slf)?.repr()?))
    }
}
