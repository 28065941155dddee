//! The smooth count of zeros, and heights at which it takes given values.

pub(crate) mod counting;

pub(crate) mod inversion;

mod method;

mod taylor_blocks;

mod heights;

pub use counting::{TAU, counting_function};
pub use heights::{SmoothHeights, smooth_heights};
pub use inversion::{NEWTON_STEPS, invert_counting_function};
pub use method::Method;
