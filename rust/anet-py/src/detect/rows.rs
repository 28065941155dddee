//! Samples of one or several channels, or of one or several streams, as one run of numbers.

use pyo3::prelude::*;

use crate::convert::array::{Series, block};
use crate::convert::number::real_or_missing;
use crate::error::{BindingError, value_error};

/// One sample: a number, or one number a channel; a missing one is NaN.
pub(super) fn sample(
    name: &str,
    object: &Bound<'_, PyAny>,
    channels: usize,
) -> Result<Vec<f64>, BindingError> {
    if channels == 1 {
        return Ok(vec![real_or_missing(name, object)?]);
    }
    let sample = Series::read(name, object)?.to_vec();
    if sample.len() != channels {
        let got = sample.len();
        return Err(value_error(format!(
            "{name} must hold one number for each of {channels} channels, got {got}"
        )));
    }
    Ok(sample)
}

/// Many samples, as `(n,)` for one channel, as `(n, channels)` for several.
pub(super) fn samples<'py>(
    name: &str,
    object: &Bound<'py, PyAny>,
    channels: usize,
) -> Result<Series<'py>, BindingError> {
    if channels == 1 {
        return Series::read(name, object);
    }
    let ((rows, columns), values) = block(name, object)?;
    if columns != channels {
        let wanted = format!("{name} must have shape (n, {channels})");
        return Err(value_error(format!("{wanted}, got shape ({rows}, {columns})")));
    }
    Ok(values)
}
