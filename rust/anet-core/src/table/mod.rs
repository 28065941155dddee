//! Columns of numbers out of JSON lines and CSV, as fast as the disk gives them.
//!
//! Bytes come in pieces of any length ([`Reader::feed`]); only the columns that were asked for are kept. A number that
//! is missing is told from one that is NaN: see [`Numbers`]. What cannot be read as a number counts as missing.

mod column;
mod csv;
mod json;
mod reader;

pub use column::{Numbers, Texts};
pub use reader::{Form, Reader};
