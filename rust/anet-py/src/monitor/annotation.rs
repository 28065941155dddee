//! What was announced, as entries of a monitor's state.

use anet_core::Annotation;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error::BindingError;
use crate::monitor::state_dict::{damaged, field};

pub(crate) fn save(state: &Bound<'_, PyDict>, annotation: &Annotation) -> PyResult<()> {
    let (text, row) = annotation.current.as_ref().map_or((None, 0), |(text, row)| (Some(&**text), *row));
    state.set_item("note", text)?;
    state.set_item("note_row", row)?;
    state.set_item("pending_note", annotation.pending.as_deref())
}

pub(crate) fn saved(state: &Bound<'_, PyDict>) -> Result<Annotation, BindingError> {
    let text = |name| field(state, name)?.extract::<Option<String>>().map_err(|_| damaged(name));
    let row: u64 = field(state, "note_row")?.extract().map_err(|_| damaged("note_row"))?;
    let current = text("note")?.map(|text| (text.into(), row));
    Ok(Annotation { current, pending: text("pending_note")?.map(Into::into) })
}
