//! Run logs: what a monitor says of a step, as one line of JSON or CSV, and columns of numbers out of such files.
//!
//! Only the text is made here; writing it somewhere is the caller's. Every line has every column, in the same order
//! ([`schema`]), a float always has a point, and JSON, which has no NaN, gets `null` in the number and the last column,
//! `nonfinite`, that says which it was ([`writer`]).
//!
//! Bytes to read come in pieces of any length ([`Reader::feed`]); only the columns that were asked for are kept. A number
//! that is missing is told from one that is NaN: see [`Numbers`]. What cannot be read as a number counts as missing.

pub mod cell;
mod column;
mod csv;
mod json;
mod reader;
pub mod schema;
pub mod writer;

pub use cell::{Cell, Kind};
pub use column::{Numbers, Texts};
pub use reader::{Form as TableForm, Reader};
pub use schema::{COLUMNS, NONFINITE, Record};
pub use writer::{Form, Line};
