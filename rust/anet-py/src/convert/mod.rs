//! Values from Python to Rust and back.

pub mod array;
pub mod bounded;
pub mod dataclass;
pub mod elementwise;
pub mod frame;
pub mod number;
pub mod out;
