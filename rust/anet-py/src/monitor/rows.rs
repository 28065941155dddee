//! Rows of signals as tuples: the loss, the gradient norm, the step norm, the noise, the learning rate.

use anet_core::monitor::{Row, Signal};
use pyo3::prelude::*;

use crate::convert::number::real;
use crate::error::{BindingError, type_error, value_error};

/// Reads the argument `rows`; a signal that is `None`, or for which a row is too short, is absent.
pub fn read(rows: &Bound<'_, PyAny>) -> Result<Vec<Row>, BindingError> {
    let not_rows = |_| not_a_sequence("rows", "a sequence of rows", rows);
    rows.try_iter().map_err(not_rows)?.enumerate().map(|(at, row)| one(at, &row?)).collect()
}

fn one(at: usize, row: &Bound<'_, PyAny>) -> Result<Row, BindingError> {
    let name = format!("rows[{at}]");
    let mut values = [None; Signal::ALL.len()];
    let mut count = 0;
    let not_a_row = |_| not_a_sequence(&name, "a sequence of signals", row);
    for item in row.try_iter().map_err(not_a_row)? {
        let item = item?;
        if let (Some(value), Some(signal)) = (values.get_mut(count), Signal::ALL.get(count)) {
            let name = format!("{name} {}", signal.name());
            *value = if item.is_none() { None } else { Some(real(&name, &item)?) };
        }
        count += 1;
    }
    if count > values.len() {
        return Err(value_error(format!("{name} must hold at most 5 signals, got {count}")));
    }
    let [loss, grad_norm, step_norm, noise, lr] = values;
    Ok(Row { loss, grad_norm, step_norm, noise, lr, step: None })
}

fn not_a_sequence(name: &str, wanted: &str, object: &Bound<'_, PyAny>) -> BindingError {
    match object.get_type().name() {
        Ok(class) => type_error(format!("{name} must be {wanted}, got {class}")),
        Err(error) => error.into(),
    }
}
