//! Run logs: a monitor's answer to a step, as one line of JSON or CSV, and columns of numbers out of JSON lines.
//!
//! Only the text is made here; writing it somewhere is the caller's. Every line has every column, in the same order
//! ([`COLUMNS`]), a float always has a point, and JSON, which has no NaN, gets `null` in the number and the last column,
//! [`NONFINITE`], that names which it was ([`LineWriter`]).
//!
//! Bytes to read come in pieces of any length. [`LineSplitter`] makes lines of them, [`cells`] the cells of one, and
//! [`JsonReader`] keeps the columns that were asked for. A missing number and NaN stay apart: see
//! [`NumberColumn`]. What cannot be read as a number counts as missing. CSV is read as any [table](crate::table) is.

mod cell;
mod schema;
mod writer;

mod nonfinite;

mod column;
mod json;
mod reader;
mod records;

pub use cell::{Cell, ColumnKind};
pub use column::{NumberColumn, TextColumn};
pub use nonfinite::{NONFINITE, nonfinite};
pub use reader::JsonReader;
pub use records::{Form, LineSplitter, cells};
pub use schema::{COLUMNS, METRICS, Record};
pub use writer::LineWriter;
