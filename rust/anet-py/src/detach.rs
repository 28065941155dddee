//! When to release the interpreter.

use std::ops::Range;
use std::sync::Mutex;

use pyo3::prelude::*;

use crate::error::BindingError;
use crate::lock::lock;

/// Work below this many elementary steps (about a nanosecond each) is done before another thread could be woken.
const WORTH_RELEASING: usize = 20_000;

/// Elementary steps between two looks at pending signals: well under 0.2 s, so that Ctrl-C is felt to work at once. In
/// pieces a third as long a pool of 300 detectors costs a quarter more, for each stream is in the cache for fewer rows.
const PIECE: usize = 60_000_000;

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

/// Runs `work` on `0..total` as [`detached`] does, in pieces of about [`PIECE`] steps; `steps` tells what one index costs.
///
/// Between pieces the object is unlocked, for a signal handler may look at it; a signal that raises ends the call.
pub(crate) fn locked_in_pieces<T: Send>(
    py: Python<'_>,
    object: &Mutex<T>,
    total: usize,
    steps: impl Fn(&T) -> usize,
    mut work: impl FnMut(&mut T, Range<usize>) -> Result<(), BindingError> + Send,
) -> Result<(), BindingError> {
    let mut start = 0_usize;
    loop {
        let mut guard = lock(py, object);
        let object = &mut *guard;
        let each = steps(object).max(1);
        let end = total.min(start.saturating_add((PIECE / each).max(1)));
        detached(py, each.saturating_mul(end - start), || work(object, start..end))?;
        drop(guard);
        if end == total {
            return Ok(());
        }
        py.check_signals()?;
        start = end;
    }
}
