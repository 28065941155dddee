//! A file of weights.

use std::path::PathBuf;

use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::refusal::refused;
use crate::error::BindingError;

#[doc = doc!("WeightsFile")]
#[pyclass(frozen, module = "anet_lite._native")]
pub(super) struct WeightsFile {
    pub(super) file: anet_weights::WeightsFile,
    pub(super) path: PathBuf,
}

/// Name, type and shape.
type Tensor<'py> = (String, String, Bound<'py, PyTuple>);

#[pymethods]
impl WeightsFile {
    #[new]
    fn new(py: Python<'_>, path: PathBuf) -> Result<Self, BindingError> {
        match py.detach(|| anet_weights::WeightsFile::open(&path)) {
            Ok(file) => Ok(Self { file, path }),
            Err(error) => Err(refused(&path, error)),
        }
    }

    #[doc = doc!("WeightsFile.tensors")]
    #[getter]
    fn tensors<'py>(&self, py: Python<'py>) -> PyResult<Vec<Tensor<'py>>> {
        let tensors = self.file.tensors().iter();
        let shown = |tensor: &anet_weights::TensorInfo| {
            let shape = PyTuple::new(py, &tensor.shape)?;
            Ok((tensor.name.clone(), tensor.dtype.name().to_owned(), shape))
        };
        tensors.map(shown).collect()
    }

    #[doc = doc!("WeightsFile.spans")]
    #[getter]
    fn spans(&self) -> Vec<(u64, u64)> {
        self.file.tensors().iter().map(|tensor| self.file.span(tensor)).collect()
    }

    #[doc = doc!("WeightsFile.read")]
    fn read<'py>(
        &self,
        py: Python<'py>,
        name: &str,
        start: u64,
        stop: u64,
    ) -> Result<Bound<'py, PyArray1<f32>>, BindingError> {
        let values = py.detach(|| self.file.tensor(name)?.read(start..stop));
        Ok(PyArray1::from_vec(py, values.map_err(|error| refused(&self.path, error))?))
    }
}
