//! Locks of objects that several Python threads may use.
//!
//! No Python runs while such a lock is held: what is to be read from Python is read before, and objects are built after.
//! Python may come back to the same object, from a property, a finalizer or a signal handler, and would then wait for
//! itself. Bytes, texts and numbers may be made under it, for nothing of the user's runs as they are.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;
use pyo3::sync::MutexExt;

/// Takes the lock; a thread that has to wait lets others run Python meanwhile.
pub(crate) fn lock<'a, T>(py: Python<'_>, mutex: &'a Mutex<T>) -> MutexGuard<'a, T> {
    mutex.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner)
}
