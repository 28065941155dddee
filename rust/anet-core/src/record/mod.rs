//! What a monitor says of a step, as one line of JSON or CSV.
//!
//! Only the text is made here; writing it somewhere is the caller's. Every line has every column, in the same order
//! ([`schema`]), a float always has a point, and JSON, which has no NaN, gets `null` in the number and the last column,
//! `nonfinite`, that says which it was (`line`).

pub mod cell;
pub mod line;
pub mod schema;

pub use cell::{Cell, Kind};
pub use line::{Form, Line};
pub use schema::{COLUMNS, NONFINITE, Record};
