//! Values from Python to Rust and back.

pub mod array;
pub mod bounded;
pub mod dataclass;
pub mod elementwise;
#[expect(dead_code, reason = "the tables are about to use it")]
pub mod frame;
pub mod number;
pub mod out;
