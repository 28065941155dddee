//! The metrics, and `ANETSnapshot`.

use std::hash::{DefaultHasher, Hash, Hasher};

use anet_core::{AnetSnapshot, Beta, FTotalWeights, Precursor, TrainingHistories};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyType;

use crate::convert::array::Series;
use crate::convert::bounded::bounded;
use crate::convert::dataclass;
use crate::convert::dataclass::Field;
use crate::detach::detached;
use crate::error::BindingError;

/// About what a sample costs in a Fourier transform and two logarithms, in nanoseconds.
const STEPS_OF_SPECTRUM: usize = 20;

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(theta_consistency, module)?)?;
    module.add_function(wrap_pyfunction!(entropy_rate, module)?)?;
    module.add_function(wrap_pyfunction!(processivity, module)?)?;
    module.add_function(wrap_pyfunction!(f_total, module)?)?;
    module.add_function(wrap_pyfunction!(two_second_precursor, module)?)?;
    module.add_function(wrap_pyfunction!(snapshot, module)?)?;
    module.add_class::<ANETSnapshot>()?;
    dataclass::describe(&module.py().get_type::<ANETSnapshot>(), &FIELDS)
}

mod argument {
    crate::convert::number::readers! {
        real -> f64: beta, s_dot, p, w_s, w_p, rate_hz, window_sec, z, theta, sdot, proc, f_total, zscore;
        integer -> i128: window;
        flag -> bool: precursor;
    }
}

#[doc = doc!("theta_consistency")]
#[pyfunction]
#[pyo3(signature = (noise_seq, ref_seq, beta=3.0))]
fn theta_consistency(
    py: Python<'_>,
    noise_seq: &Bound<'_, PyAny>,
    ref_seq: &Bound<'_, PyAny>,
    #[pyo3(from_py_with = argument::beta)] beta: f64,
) -> Result<f64, BindingError> {
    let beta = Beta::try_from(beta)?;
    let (noise, reference) = (Series::read("noise_seq", noise_seq)?, Series::read("ref_seq", ref_seq)?);
    let (noise, reference): (&[f64], &[f64]) = (&noise, &reference);
    let steps = STEPS_OF_SPECTRUM * noise.len().max(reference.len());
    Ok(detached(py, steps, || anet_core::theta_consistency(noise, reference, beta)))
}

#[doc = doc!("entropy_rate")]
#[pyfunction]
#[pyo3(signature = (values, window=32))]
fn entropy_rate(
    values: &Bound<'_, PyAny>,
    #[pyo3(from_py_with = argument::window)] window: i128,
) -> Result<f64, BindingError> {
    let values = Series::read("values", values)?;
    // Windows longer than the series are all alike, also those too long for a length.
    let window = bounded("window", window.min(values.len() as i128 + 1))?;
    Ok(anet_core::entropy_rate(&values, window))
}

#[doc = doc!("processivity")]
#[pyfunction]
fn processivity(grad_norms: &Bound<'_, PyAny>, step_norms: &Bound<'_, PyAny>) -> Result<f64, BindingError> {
    let (gradients, steps) =
        (Series::read("grad_norms", grad_norms)?, Series::read("step_norms", step_norms)?);
    Ok(anet_core::processivity(&gradients, &steps)?)
}

#[doc = doc!("f_total")]
#[pyfunction]
#[pyo3(signature = (s_dot, p, w_s=1.0, w_p=1.0))]
fn f_total(
    #[pyo3(from_py_with = argument::s_dot)] s_dot: f64,
    #[pyo3(from_py_with = argument::p)] p: f64,
    #[pyo3(from_py_with = argument::w_s)] w_s: f64,
    #[pyo3(from_py_with = argument::w_p)] w_p: f64,
) -> Result<f64, BindingError> {
    Ok(anet_core::f_total(s_dot, p, FTotalWeights::new(w_s, w_p)?))
}

#[doc = doc!("two_second_precursor")]
#[pyfunction]
#[pyo3(
    signature = (series, rate_hz=10.0, window_sec=2.0, z=2.5),
    text_signature = "(series, rate_hz=10, window_sec=2.0, z=2.5)"
)]
fn two_second_precursor(
    series: &Bound<'_, PyAny>,
    #[pyo3(from_py_with = argument::rate_hz)] rate_hz: f64,
    #[pyo3(from_py_with = argument::window_sec)] window_sec: f64,
    #[pyo3(from_py_with = argument::z)] z: f64,
) -> Result<(bool, f64), BindingError> {
    let precursor = Precursor::new(rate_hz, window_sec, z)?;
    let series = Series::read("series", series)?;
    Ok(precursor.score(&series))
}

#[doc = doc!("snapshot")]
#[pyfunction]
#[pyo3(
    signature = (loss_hist, grad_norms, step_norms, noise_seq, ref_seq, w_s=0.7, w_p=0.3, rate_hz=5.0),
    text_signature = "(loss_hist, grad_norms, step_norms, noise_seq, ref_seq, w_s=0.7, w_p=0.3, rate_hz=5)"
)]
#[expect(clippy::too_many_arguments, reason = "the published signature")]
fn snapshot(
    py: Python<'_>,
    loss_hist: &Bound<'_, PyAny>,
    grad_norms: &Bound<'_, PyAny>,
    step_norms: &Bound<'_, PyAny>,
    noise_seq: &Bound<'_, PyAny>,
    ref_seq: &Bound<'_, PyAny>,
    #[pyo3(from_py_with = argument::w_s)] w_s: f64,
    #[pyo3(from_py_with = argument::w_p)] w_p: f64,
    #[pyo3(from_py_with = argument::rate_hz)] rate_hz: f64,
) -> Result<ANETSnapshot, BindingError> {
    let weights = FTotalWeights::new(w_s, w_p)?;
    let precursor = Precursor::new(rate_hz, Precursor::WINDOW_SEC, Precursor::Z)?;
    let loss = Series::read("loss_hist", loss_hist)?;
    let gradients = Series::read("grad_norms", grad_norms)?;
    let updates = Series::read("step_norms", step_norms)?;
    let noise = Series::read("noise_seq", noise_seq)?;
    let reference = Series::read("ref_seq", ref_seq)?;
    let histories = TrainingHistories {
        loss: &loss,
        gradients: &gradients,
        steps: &updates,
        noise: &noise,
        reference: &reference,
    };
    let steps = STEPS_OF_SPECTRUM * noise.len().max(reference.len());
    Ok(ANETSnapshot(detached(py, steps, || AnetSnapshot::take(histories, weights, precursor))?))
}

const FIELDS: [Field; 6] = [
    Field::new("theta", "float"),
    Field::new("sdot", "float"),
    Field::new("proc", "float"),
    Field::new("f_total", "float"),
    Field::new("precursor", "bool"),
    Field::new("zscore", "float"),
];

#[doc = doc!("ANETSnapshot")]
#[pyclass(frozen, module = "anet_lite")]
pub struct ANETSnapshot(AnetSnapshot);

impl ANETSnapshot {
    /// The metrics themselves.
    pub fn inner(&self) -> &AnetSnapshot {
        &self.0
    }

    fn fields(&self) -> (f64, f64, f64, f64, bool, f64) {
        let AnetSnapshot { theta, s_dot, processivity, f_total, precursor, zscore } = self.0;
        (theta, s_dot, processivity, f_total, precursor, zscore)
    }
}

#[pymethods]
impl ANETSnapshot {
    #[new]
    fn new(
        #[pyo3(from_py_with = argument::theta)] theta: f64,
        #[pyo3(from_py_with = argument::sdot)] sdot: f64,
        #[pyo3(from_py_with = argument::proc)] proc: f64,
        #[pyo3(from_py_with = argument::f_total)] f_total: f64,
        #[pyo3(from_py_with = argument::precursor)] precursor: bool,
        #[pyo3(from_py_with = argument::zscore)] zscore: f64,
    ) -> Self {
        Self(AnetSnapshot { theta, s_dot: sdot, processivity: proc, f_total, precursor, zscore })
    }

    #[getter]
    fn theta(&self) -> f64 {
        self.0.theta
    }

    #[getter]
    fn sdot(&self) -> f64 {
        self.0.s_dot
    }

    #[getter]
    fn proc(&self) -> f64 {
        self.0.processivity
    }

    #[getter]
    fn f_total(&self) -> f64 {
        self.0.f_total
    }

    #[getter]
    fn precursor(&self) -> bool {
        self.0.precursor
    }

    #[getter]
    fn zscore(&self) -> f64 {
        self.0.zscore
    }

    fn __eq__(&self, other: &Self) -> bool {
        // As containers do: an object with a NaN equals itself.
        std::ptr::eq(self, other) || self.0 == other.0
    }

    fn __hash__(&self) -> u64 {
        let (theta, s_dot, processivity, f_total, precursor, zscore) = self.fields();
        let mut hasher = DefaultHasher::new();
        // Adding zero makes -0.0, which equals 0.0, hash like it.
        [theta, s_dot, processivity, f_total, zscore].map(|x| (x + 0.0).to_bits()).hash(&mut hasher);
        precursor.hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let values = self.fields().into_pyobject(py)?;
        let mut shown = Vec::with_capacity(FIELDS.len());
        for (field, value) in FIELDS.iter().zip(&values) {
            shown.push(format!("{}={}", field.name(), value.repr()?));
        }
        Ok(format!("ANETSnapshot({})", shown.join(", ")))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyType>, Py<PyAny>)> {
        Ok((slf.get_type(), slf.get().fields().into_py_any(slf.py())?))
    }
}
