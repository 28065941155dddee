//! Refusals that name the file: the crate gives the reason.

use std::path::Path;

use anet_weights::Error;
use pyo3::exceptions::PyOSError;

use crate::error::{BindingError, value_error};

/// The error of a file: what the operating system refuses is Python's own `OSError`.
pub(super) fn refused(path: &Path, error: Error) -> BindingError {
    match error {
        Error::Io(error) => {
            let text = error.to_string();
            let reason = text.split(" (os error").next().unwrap_or(&text).to_owned();
            PyOSError::new_err((error.raw_os_error(), reason, path.to_owned())).into()
        }
        other => value_error(format!("{}: {other}", path.display())),
    }
}
