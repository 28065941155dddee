//! Texts as arguments.

use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::{BindingError, class_of, type_error};

/// Reads the text argument `name`. What UTF-8 cannot carry, such as the lone surrogates in the name of a file that is not
/// UTF-8, is escaped: a run must not stop for it.
pub(crate) fn text(name: &str, object: &Bound<'_, PyAny>) -> Result<String, BindingError> {
    let given = object
        .cast::<PyString>()
        .map_err(|_| type_error(format!("{name} must be a str, got {}", class_of(object))))?;
    if let Ok(text) = given.to_cow() {
        return Ok(text.into_owned());
    }
    let escaped: Vec<u8> = given.call_method1("encode", ("utf-8", "backslashreplace"))?.extract()?;
    Ok(String::from_utf8_lossy(&escaped).into_owned())
}
