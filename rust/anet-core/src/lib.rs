//! Detects the moment a model or a stream starts to fail.
//!
//! Pure Rust: this crate knows no Python, does no I/O and does not panic on what a user gives it.
//! Arguments are checked once, at the edge, by the types of [`check`]; what lies behind them cannot fail.

pub mod alarm;
pub mod check;
pub mod detect;
pub mod error;
pub mod kernel;
pub mod metric;
pub mod monitor;
pub mod paged;
pub mod record;
pub mod sparse;
pub mod state;
pub mod stream;
pub mod table;
pub mod trace;
pub mod zeta;

pub use error::{Error, Result};
