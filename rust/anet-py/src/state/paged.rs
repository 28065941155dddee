//! Manifests, pages and orders between Python and the core.

use anet_core::state::{PageSize, Paged, Pages, Parameters};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyDict, PyMapping};

use crate::convert::bounded::bounded;
use crate::convert::integers::integers;
use crate::convert::number::integer;
use crate::error::{BindingError, type_error, value_error};

/// The manifest of an object.
pub(crate) fn manifest<'py, T: Parameters>(py: Python<'py>, object: &mut Paged<T>) -> Bound<'py, PyBytes> {
    PyBytes::new(py, &object.manifest())
}

/// The argument `page_bytes`.
pub(crate) fn size(page_bytes: Option<&Bound<'_, PyAny>>) -> Result<PageSize, BindingError> {
    match page_bytes {
        None => Ok(PageSize::DEFAULT),
        Some(bytes) => bounded("page_bytes", integer("page_bytes", bytes)?),
    }
}

/// Pages by number.
pub(crate) fn by_number(py: Python<'_>, pages: Pages) -> PyResult<Bound<'_, PyDict>> {
    let dict = PyDict::new(py);
    for (number, page) in pages {
        dict.set_item(number, PyBytes::new(py, &page))?;
    }
    Ok(dict)
}

/// A manifest and pages, read from Python before the object that they are for is locked.
pub(crate) struct Saved {
    manifest: PyBackedBytes,
    pages: Vec<(u64, PyBackedBytes)>,
}

impl Saved {
    /// Gives an object the memory that they hold.
    pub(crate) fn restore<T: Parameters>(&self, object: &mut Paged<T>) -> Result<(), BindingError> {
        Ok(object.restore(&self.manifest, self.pages.iter().map(|(number, page)| (*number, &page[..])))?)
    }
}

/// Reads a manifest and a mapping of pages by number.
pub(crate) fn read(manifest: &Bound<'_, PyAny>, pages: &Bound<'_, PyAny>) -> Result<Saved, BindingError> {
    let manifest = bytes("manifest", manifest)?;
    let pages =
        pages.cast::<PyMapping>().map_err(|_| wrong("pages", "a mapping of bytes by number", pages))?;
    let mut read = Vec::new();
    for item in pages.items()? {
        let (number, page): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
        let number = u64::try_from(integer("page number", &number)?).map_err(|_| {
            value_error(format!("page number must be at least 0 and fit 64 bits, got {number}"))
        })?;
        read.push((number, bytes("page", &page)?));
    }
    Ok(Saved { manifest, pages: read })
}

/// The order of each of n samples or rows, where one was given: `(argument, n)` is what they came as.
pub(crate) fn orders(
    order: Option<&Bound<'_, PyAny>>,
    (argument, count): (&str, usize),
) -> Result<Option<Vec<i64>>, BindingError> {
    let Some(order) = order else { return Ok(None) };
    let orders = integers("order", order)?;
    if orders.len() == count {
        Ok(Some(orders))
    } else {
        let got = orders.len();
        Err(value_error(format!("order and {argument} must have the same length, got {got} and {count}")))
    }
}

fn bytes(name: &str, object: &Bound<'_, PyAny>) -> Result<PyBackedBytes, BindingError> {
    object.extract().map_err(|_| wrong(name, "bytes", object))
}

fn wrong(name: &str, wanted: &str, object: &Bound<'_, PyAny>) -> BindingError {
    match object.get_type().name() {
        Ok(class) => type_error(format!("{name} must be {wanted}, got {class}")),
        Err(error) => error.into(),
    }
}
