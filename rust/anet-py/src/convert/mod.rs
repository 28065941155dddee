//! Values from Python to Rust and back.

pub(crate) mod array;
pub(crate) mod bounded;
pub(crate) mod dataclass;
pub(crate) mod elementwise;
pub(crate) mod frame;
pub(crate) mod integers;
pub(crate) mod memory;
pub(crate) mod missing;
pub(crate) mod names;
pub(crate) mod number;
pub(crate) mod out;
pub(crate) mod text;
