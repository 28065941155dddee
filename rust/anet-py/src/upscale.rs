//! Binding of `anet_upscale`.

use anet_upscale::{Kind, Task, Texture, Upscaled, upscale};
use numpy::PyArray1;
use pyo3::prelude::*;

use crate::convert::array::Series;
use crate::convert::bounded::out_of_domain;
use crate::convert::number::real_or_none;
use crate::detach::detached;
use crate::error::{BindingError, value_error};

/// About what a sample costs, in nanoseconds.
const STEPS_OF_SAMPLE: usize = 200;

/// One array a limit.
type Ends<'py> = (Bound<'py, PyArray1<f64>>, Bound<'py, PyArray1<f64>>);
/// ϑ, its line, the share of another size, whether that was judged, whether all is well.
type Judged = (f64, f64, f64, bool, bool);
/// Values, support, the band, how much of the reference it covers.
type Answer<'py> = (Bound<'py, PyArray1<f64>>, Judged, Option<Ends<'py>>, f64);

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(upscale_series, module)?)
}

mod argument {
    crate::convert::number::readers! {
        integer -> i128: factor, seed;
        flag -> bool: band;
    }
}

#[doc = doc!("upscale_series")]
#[pyfunction]
#[pyo3(signature = (series, factor, reference, kind="mean", method="fragments", seed=0, low=None, high=None, band=false))]
#[expect(clippy::too_many_arguments, reason = "one for each of the public function")]
fn upscale_series<'py>(
    py: Python<'py>,
    series: &Bound<'py, PyAny>,
    #[pyo3(from_py_with = argument::factor)] factor: i128,
    reference: &Bound<'py, PyAny>,
    kind: &str,
    method: &str,
    #[pyo3(from_py_with = argument::seed)] seed: i128,
    low: Option<&Bound<'py, PyAny>>,
    high: Option<&Bound<'py, PyAny>>,
    #[pyo3(from_py_with = argument::band)] band: bool,
) -> Result<Answer<'py>, BindingError> {
    let (series, reference) = (Series::read("series", series)?, Series::read("reference", reference)?);
    let task = Task {
        series: &series,
        factor: usize::try_from(factor).map_err(|_| out_of_domain("factor", "at least 1", factor))?,
        reference: &reference,
        kind: kind_of(kind)?,
        texture: texture_of(method)?,
        seed: u64::try_from(seed)
            .map_err(|_| out_of_domain("seed", "from 0 to 18446744073709551615", seed))?,
        low: real_or_none("low", low)?.unwrap_or(f64::NEG_INFINITY),
        high: real_or_none("high", high)?.unwrap_or(f64::INFINITY),
        band,
    };
    let steps = STEPS_OF_SAMPLE.saturating_mul(task.series.len()).saturating_mul(task.factor);
    let found = detached(py, steps, || upscale(&task)).map_err(|error| value_error(error.to_string()))?;
    Ok(answer(py, found))
}

fn kind_of(kind: &str) -> Result<Kind, BindingError> {
    match kind {
        "mean" => Ok(Kind::Mean),
        "sample" => Ok(Kind::Sample),
        other => Err(value_error(format!("kind must be \"mean\" or \"sample\", got {other:?}"))),
    }
}

fn texture_of(method: &str) -> Result<Texture, BindingError> {
    match method {
        "fragments" => Ok(Texture::Fragments),
        "spectral" => Ok(Texture::Spectral),
        other => Err(value_error(format!("method must be \"fragments\" or \"spectral\", got {other:?}"))),
    }
}

fn answer(py: Python<'_>, Upscaled { values, support, band, coverage }: Upscaled) -> Answer<'_> {
    let array = |values| PyArray1::from_vec(py, values);
    let judged = (support.theta, support.line, support.scale_out, support.is_judged(), support.is_ok());
    (array(values), judged, band.map(|band| (array(band.low), array(band.high))), coverage)
}
