//! `Explanation`.

use anet_core::Explanation as Core;
use pyo3::prelude::*;
use pyo3::types::PyDict;

#[doc = doc!("Explanation")]
#[pyclass(frozen, module = "anet_lite")]
pub struct Explanation(pub Core);

#[pymethods]
impl Explanation {
    #[doc = doc!("Explanation.samples")]
    #[getter]
    fn samples(&self) -> u64 {
        self.0.samples
    }

    #[doc = doc!("Explanation.score")]
    #[getter]
    fn score(&self) -> f64 {
        self.0.score
    }

    #[doc = doc!("Explanation.p_value")]
    #[getter]
    fn p_value(&self) -> f64 {
        self.0.p_value
    }

    #[doc = doc!("Explanation.part")]
    #[getter]
    fn part(&self) -> Option<&'static str> {
        self.0.part.map(|part| part.name())
    }

    #[doc = doc!("Explanation.contributions")]
    #[getter]
    fn contributions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (part, value) in &self.0.contributions {
            dict.set_item(part.name(), value)?;
        }
        Ok(dict)
    }

    #[doc = doc!("Explanation.raw")]
    #[getter]
    fn raw(&self) -> f64 {
        self.0.raw
    }

    #[doc = doc!("Explanation.usual")]
    #[getter]
    fn usual(&self) -> f64 {
        self.0.usual
    }

    #[doc = doc!("Explanation.matches")]
    #[getter]
    fn matches(&self) -> Vec<(u64, f64)> {
        self.0.matches.iter().map(|found| (found.age, found.distance)).collect()
    }

    #[doc = doc!("Explanation.rare_tokens")]
    #[getter]
    fn rare_tokens(&self) -> Vec<(String, u64, f64)> {
        self.0.rare_tokens.iter().map(|rare| (rare.token.to_string(), rare.age, rare.count)).collect()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Explanation('{}')", self.0)
    }
}
