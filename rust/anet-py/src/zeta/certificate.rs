//! What shows that no zero is missing.

use numpy::PyArray1;
use pyo3::prelude::*;

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<TuringCount>()?;
    module.add_class::<ZeroCertificate>()?;
    module.add_class::<ZetaZeros>()
}

#[doc = doc!("TuringCount")]
#[pyclass(frozen, get_all, module = "rh_sparse_anomaly")]
pub struct TuringCount {
    #[doc = doc!("TuringCount.height")]
    height: f64,
    #[doc = doc!("TuringCount.at_least")]
    at_least: f64,
    #[doc = doc!("TuringCount.at_most")]
    at_most: f64,
    #[doc = doc!("TuringCount.number")]
    number: u64,
}

#[pymethods]
impl TuringCount {
    fn __repr__(&self) -> String {
        let Self { height, at_least, at_most, number } = self;
        format!("TuringCount(height={height:?}, at_least={at_least:?}, at_most={at_most:?}, number={number})")
    }
}

impl From<anet_zeta::TuringCount> for TuringCount {
    fn from(count: anet_zeta::TuringCount) -> Self {
        let anet_zeta::TuringCount { height, at_least, at_most } = count;
        Self { height, at_least, at_most, number: count.number().unwrap_or(0) }
    }
}

#[doc = doc!("ZeroCertificate")]
#[pyclass(frozen, get_all, module = "rh_sparse_anomaly")]
pub struct ZeroCertificate {
    #[doc = doc!("ZeroCertificate.lower")]
    lower: Option<Py<TuringCount>>,
    #[doc = doc!("ZeroCertificate.upper")]
    upper: Py<TuringCount>,
    #[doc = doc!("ZeroCertificate.found")]
    found: u64,
    #[doc = doc!("ZeroCertificate.refinements")]
    refinements: u32,
}

#[pymethods]
impl ZeroCertificate {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let lower = match &self.lower {
            None => "None".to_owned(),
            Some(lower) => lower.bind(py).repr()?.to_string(),
        };
        let (upper, found, refinements) = (self.upper.bind(py).repr()?, self.found, self.refinements);
        Ok(format!("ZeroCertificate(lower={lower}, upper={upper}, found={found}, refinements={refinements})"))
    }
}

impl ZeroCertificate {
    fn new(py: Python<'_>, certificate: anet_zeta::ZeroCertificate) -> PyResult<Py<Self>> {
        let anet_zeta::ZeroCertificate { lower, upper, found, refinements } = certificate;
        let lower = lower.map(|lower| Py::new(py, TuringCount::from(lower))).transpose()?;
        let upper = Py::new(py, TuringCount::from(upper))?;
        Py::new(py, Self { lower, upper, found, refinements })
    }
}

#[doc = doc!("ZetaZeros")]
#[pyclass(frozen, get_all, module = "rh_sparse_anomaly")]
pub struct ZetaZeros {
    #[doc = doc!("ZetaZeros.zeros")]
    zeros: Py<PyArray1<f64>>,
    #[doc = doc!("ZetaZeros.low")]
    low: Py<PyArray1<f64>>,
    #[doc = doc!("ZetaZeros.certificate")]
    certificate: Py<ZeroCertificate>,
}

#[pymethods]
impl ZetaZeros {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (zeros, certificate) = (self.zeros.bind(py).repr()?, self.certificate.bind(py).repr()?);
        Ok(format!("ZetaZeros(zeros={zeros}, certificate={certificate})"))
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        self.zeros.bind(py).len()
    }
}

impl ZetaZeros {
    pub fn new(py: Python<'_>, found: anet_zeta::ZetaZeros) -> PyResult<Bound<'_, Self>> {
        let certificate = ZeroCertificate::new(py, found.certificate)?;
        let zeros = PyArray1::from_vec(py, found.zeros).unbind();
        let low = PyArray1::from_vec(py, found.low).unbind();
        Bound::new(py, Self { zeros, low, certificate })
    }
}
