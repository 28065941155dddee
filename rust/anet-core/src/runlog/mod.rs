//! Run logs: a monitor's answer to a step, as one line of JSON or CSV, and columns of numbers out of such files.
//!
//! Only the text is made here; writing it somewhere is the caller's. Every line has every column, in the same order
//! ([`COLUMNS`]), a float always has a point, and JSON, which has no NaN, gets `null` in the number and the last column,
//! [`NONFINITE`], that names which it was ([`LineWriter`]).
//!
//! Bytes to read come in pieces of any length. [`RecordSplitter`] makes records of them, [`cells`] the cells of one, and
//! [`TableReader`] keeps the columns that were asked for. A missing number and NaN stay apart: see
//! [`NumberColumn`]. What cannot be read as a number counts as missing.

mod cell;
mod schema;
mod writer;

mod nonfinite;

mod column;
mod csv;
mod json;
mod reader;
mod records;

pub use cell::{Cell, ColumnKind};
pub use column::{NumberColumn, TextColumn};
pub use nonfinite::{NONFINITE, nonfinite};
pub use reader::TableReader;
pub use records::{Form, RawRecord, RecordSplitter, cells, texts};
pub use schema::{COLUMNS, METRICS, Record};
pub use writer::LineWriter;
