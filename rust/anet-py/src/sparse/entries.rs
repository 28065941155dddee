//! From what Python takes for a signature to the core's positions and elevations.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::convert::number::{real, truncated};
use crate::error::{BindingError, type_error};
use crate::sparse::signature::SparseSignature;

/// Positions and elevations, side by side.
pub(super) type Entries = Vec<(i128, f64)>;

/// `zip(sig.positions, sig.elevations)`, each taken as `int()` and `float()` take it.
pub(super) fn of_signature(sig: &Bound<'_, PyAny>) -> Result<Entries, BindingError> {
    if let Ok(signature) = sig.cast_exact::<SparseSignature>()
        && let Some(entries) = signature.get().native(sig.py(), side_by_side)
    {
        return Ok(entries);
    }
    let (positions, elevations) = (items(sig, "positions")?, items(sig, "elevations")?);
    positions.zip(elevations).map(|(position, elevation)| entry(&position?, &elevation?)).collect()
}

/// The items of a dict of position: elevation.
pub(super) fn of_dict(name: &str, object: &Bound<'_, PyAny>) -> Result<Entries, BindingError> {
    match object.cast::<PyDict>() {
        Ok(dict) => dict.iter().map(|(position, elevation)| entry(&position, &elevation)).collect(),
        Err(_) => {
            let class = object.get_type().name()?;
            Err(type_error(format!("{name} must be a dict of position: elevation, got {class}")))
        }
    }
}

fn side_by_side(positions: &[u64], elevations: &[f64]) -> Entries {
    positions.iter().map(|position| i128::from(*position)).zip(elevations.iter().copied()).collect()
}

fn entry(position: &Bound<'_, PyAny>, elevation: &Bound<'_, PyAny>) -> Result<(i128, f64), BindingError> {
    Ok((truncated("positions", position)?, real("elevations", elevation)?))
}

fn items<'py>(
    sig: &Bound<'py, PyAny>,
    name: &str,
) -> Result<Bound<'py, pyo3::types::PyIterator>, BindingError> {
    match sig.getattr_opt(name)? {
        Some(value) => Ok(value.try_iter()?),
        None => Err(type_error(format!("sig must have {name}, got {}", sig.get_type().name()?))),
    }
}
