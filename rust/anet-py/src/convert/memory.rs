//! Counts that cannot fit memory are refused before any work.

use crate::error::{BindingError, value_error};

/// Asks for the memory of `count` things of `bytes` each, and gives it back: where it cannot be had, the argument `name`
/// is refused. Without this the program would be ended when the memory runs out.
pub(crate) fn fits(name: &str, count: usize, bytes: usize) -> Result<(), BindingError> {
    let wanted = count.checked_mul(bytes);
    if wanted.is_some_and(|wanted| Vec::<u8>::new().try_reserve_exact(wanted).is_ok()) {
        return Ok(());
    }
    Err(value_error(format!("{name} must be small enough for memory, got {count}")))
}
