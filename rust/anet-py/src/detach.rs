//! When to release the interpreter.

use pyo3::prelude::*;

/// Work below this many elementary steps (about a nanosecond each) is done before another thread could be woken.
const WORTH_RELEASING: usize = 20_000;

/// Runs `work`, with the interpreter released when `steps` says that it takes long.
pub fn detached<T: Send>(py: Python<'_>, steps: usize, work: impl FnOnce() -> T + Send) -> T {
    if steps < WORTH_RELEASING { work() } else { py.detach(work) }
}
