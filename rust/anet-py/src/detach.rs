//! When to release the interpreter.

use std::ops::Range;

use pyo3::prelude::*;

use crate::error::BindingError;

/// Work below this many elementary steps (about a nanosecond each) is done before another thread could be woken.
const WORTH_RELEASING: usize = 20_000;

/// Runs `work`, with the interpreter released where `steps` make it long.
pub(crate) fn detached<T: Send>(py: Python<'_>, steps: usize, work: impl FnOnce() -> T + Send) -> T {
    if steps < WORTH_RELEASING { work() } else { py.detach(work) }
}

/// Runs `work` on one piece of `0..total` after another, with the interpreter released. Between pieces a pending
/// signal, such as Ctrl-C, ends it.
pub(crate) fn in_pieces(
    py: Python<'_>,
    total: usize,
    piece: usize,
    mut work: impl FnMut(Range<usize>) -> anet_zeta::Result<()> + Send,
) -> Result<(), BindingError> {
    for start in (0..total).step_by(piece) {
        py.detach(|| work(start..total.min(start + piece)))?;
        py.check_signals()?;
    }
    Ok(())
}
