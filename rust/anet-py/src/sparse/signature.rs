//! `SparseSignature`: to Python a mutable dataclass of two lists and four scalars.
//!
//! A signature that an encoder made keeps the core's vectors; each becomes a Python object when it is first looked at,
//! and from then on that object is the truth. So `encode` costs no Python objects that nobody reads.

use std::mem;
use std::sync::{Mutex, MutexGuard};

use anet_core::SparseSignature as Core;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::convert::dataclass;
use crate::convert::dataclass::Field;
use crate::lock::lock;
use crate::sparse::value::Value;

const VERSION: &str = "sparse-minimal-0.1";
const SALT_ID: &str = "rh_sparse";

const FIELDS: [Field; 6] = [
    Field::new("positions", "List[int]"),
    Field::new("elevations", "List[float]"),
    Field::new("dimension", "int"),
    Field::new("sparsity", "float"),
    Field::text("version", VERSION),
    Field::text("salt_id", SALT_ID),
];

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<SparseSignature>()?;
    dataclass::describe(&module.py().get_type::<SparseSignature>(), &FIELDS)
}

#[doc = doc!("SparseSignature")]
#[pyclass(frozen, subclass, dict, weakref, module = "rh_sparse_anomaly")]
pub struct SparseSignature(Mutex<[Value; FIELDS.len()]>);

impl SparseSignature {
    /// What an encoder made with a seed.
    pub fn new(signature: Core, seed: &str) -> Self {
        let sparsity = signature.sparsity();
        Self(Mutex::new([
            Value::Positions(signature.positions),
            Value::Elevations(signature.elevations),
            Value::Integer(signature.dimension),
            Value::Real(sparsity),
            Value::text(VERSION),
            Value::text(seed),
        ]))
    }

    /// The core's vectors, unless Python has seen one of them.
    pub fn native<T>(&self, py: Python<'_>, read: impl FnOnce(&[u64], &[f64]) -> T) -> Option<T> {
        match &*self.lock(py) {
            [Value::Positions(positions), Value::Elevations(elevations), ..] => {
                Some(read(positions, elevations))
            }
            _ => None,
        }
    }

    fn lock<'a>(&'a self, py: Python<'_>) -> MutexGuard<'a, [Value; FIELDS.len()]> {
        lock(py, &self.0)
    }

    /// Objects are made without the lock, for Python may come back here; of two makers the first wins.
    fn get<'py>(&self, py: Python<'py>, index: usize) -> PyResult<Bound<'py, PyAny>> {
        let value = self.lock(py)[index].copy(py);
        let made = value.object(py, FIELDS[index].name())?;
        let mut fields = self.lock(py);
        if let Value::Object(first) = &fields[index] {
            return Ok(first.bind(py).clone());
        }
        fields[index] = Value::Object(made.clone().unbind());
        Ok(made)
    }

    /// What was there before is dropped without the lock, for an object may do anything as it goes.
    fn set(&self, py: Python<'_>, index: usize, value: Value) {
        let before = mem::replace(&mut self.lock(py)[index], value);
        drop(before);
    }

    fn all<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        (0..FIELDS.len()).map(|index| self.get(py, index)).collect()
    }
}

#[pymethods]
impl SparseSignature {
    /// Takes whatever the `__init__` of a subclass takes.
    #[new]
    #[pyo3(
        signature = (*_args, **_kwargs),
        text_signature = "(positions, elevations, dimension, sparsity, version='sparse-minimal-0.1', salt_id='rh_sparse')"
    )]
    fn __new__(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        use Value::Missing;
        Self(Mutex::new([Missing, Missing, Missing, Missing, Value::text(VERSION), Value::text(SALT_ID)]))
    }

    #[pyo3(signature = (
        positions, elevations, dimension, sparsity, version=Value::text(VERSION), salt_id=Value::text(SALT_ID)
    ))]
    #[expect(clippy::too_many_arguments, reason = "the published signature")]
    fn __init__(
        &self,
        py: Python<'_>,
        #[pyo3(from_py_with = Value::given)] positions: Value,
        #[pyo3(from_py_with = Value::given)] elevations: Value,
        #[pyo3(from_py_with = Value::given)] dimension: Value,
        #[pyo3(from_py_with = Value::given)] sparsity: Value,
        #[pyo3(from_py_with = Value::given)] version: Value,
        #[pyo3(from_py_with = Value::given)] salt_id: Value,
    ) {
        let fields = [positions, elevations, dimension, sparsity, version, salt_id];
        fields.into_iter().enumerate().for_each(|(index, value)| self.set(py, index, value));
    }

    #[doc = doc!("SparseSignature.positions")]
    #[getter]
    fn positions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, 0)
    }

    #[setter]
    fn set_positions(&self, py: Python<'_>, #[pyo3(from_py_with = Value::given)] value: Value) {
        self.set(py, 0, value);
    }

    #[doc = doc!("SparseSignature.elevations")]
    #[getter]
    fn elevations<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, 1)
    }

    #[setter]
    fn set_elevations(&self, py: Python<'_>, #[pyo3(from_py_with = Value::given)] value: Value) {
        self.set(py, 1, value);
    }

    #[doc = doc!("SparseSignature.dimension")]
    #[getter]
    fn dimension<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, 2)
    }

    #[setter]
    fn set_dimension(&self, py: Python<'_>, #[pyo3(from_py_with = Value::given)] value: Value) {
        self.set(py, 2, value);
    }

    #[doc = doc!("SparseSignature.sparsity")]
    #[getter]
    fn sparsity<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, 3)
    }

    #[setter]
    fn set_sparsity(&self, py: Python<'_>, #[pyo3(from_py_with = Value::given)] value: Value) {
        self.set(py, 3, value);
    }

    #[doc = doc!("SparseSignature.version")]
    #[getter]
    fn version<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, 4)
    }

    #[setter]
    fn set_version(&self, py: Python<'_>, #[pyo3(from_py_with = Value::given)] value: Value) {
        self.set(py, 4, value);
    }

    #[doc = doc!("SparseSignature.salt_id")]
    #[getter]
    fn salt_id<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, 5)
    }

    #[setter]
    fn set_salt_id(&self, py: Python<'_>, #[pyo3(from_py_with = Value::given)] value: Value) {
        self.set(py, 5, value);
    }

    /// As a dataclass: equal to an object of the same class whose fields are equal.
    fn __eq__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let same = other.get_type().is(slf.get_type());
        match other.cast::<Self>() {
            Ok(other) if same => {
                let (left, right) = (slf.get().all(py)?, other.get().all(py)?);
                PyTuple::new(py, left)?.rich_compare(PyTuple::new(py, right)?, pyo3::basic::CompareOp::Eq)
            }
            _ => Ok(py.NotImplemented().into_bound(py)),
        }
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let values = slf.get().all(slf.py())?;
        let fields =
            FIELDS.iter().zip(values).map(|(field, value)| Ok(format!("{}={}", field.name(), value.repr()?)));
        let fields = fields.collect::<PyResult<Vec<_>>>()?.join(", ");
        Ok(format!("{}({fields})", slf.get_type().qualname()?))
    }

    /// The fields and whatever else was set on the object.
    fn __getstate__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyAny>)> {
        Ok((PyTuple::new(slf.py(), slf.get().all(slf.py())?)?, slf.getattr("__dict__")?))
    }

    fn __setstate__(
        slf: &Bound<'_, Self>,
        state: ([Py<PyAny>; FIELDS.len()], Bound<'_, PyDict>),
    ) -> PyResult<()> {
        let (fields, others) = state;
        for (index, value) in fields.into_iter().enumerate() {
            slf.get().set(slf.py(), index, Value::Object(value));
        }
        slf.getattr("__dict__")?.cast::<PyDict>()?.update(others.as_mapping())
    }

    /// A lock that is held belongs to somebody who keeps the fields alive.
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        let Ok(fields) = self.0.try_lock() else { return Ok(()) };
        fields.iter().try_for_each(|value| match value {
            Value::Object(object) => visit.call(object),
            _ => Ok(()),
        })
    }

    fn __clear__(&self) {
        let Ok(mut fields) = self.0.try_lock() else { return };
        let before = mem::replace(&mut *fields, [const { Value::Missing }; FIELDS.len()]);
        drop(fields);
        drop(before);
    }
}
