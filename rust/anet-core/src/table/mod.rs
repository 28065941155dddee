//! Tables of text, in any dialect, as columns: bytes come in pieces of any length, columns go in pieces.
//!
//! [`RecordSplitter`] makes records of bytes, in one pass and bounded memory, whatever the quotes and the ends of lines.
//! [`TableReader`] reads the wanted fields of each record by their [`ColumnKind`]: as a number ([`NumberStyle`], with
//! units), a time (`time`), a text or a key. What it could not read it counts, with the first as an example
//! ([`ColumnTally`], [`RowTally`]): no row and no cell is passed over in silence.
//!
//! Which dialect a file has is not guessed here.

mod field;
mod splitter;

mod number;
mod unit;
mod words;

pub mod time;

mod cell;
mod column;
mod reader;
mod tally;

pub use column::{ColumnKind, ColumnPiece, ColumnSpec};
pub use field::Field;
pub use number::{Cell, NumberStyle, read_number};
pub use reader::{TableLayout, TableReader};
pub use splitter::{Delimiter, Dialect, Record, RecordSplitter, SplitterTally};
pub use tally::{ColumnTally, Example, RowTally};
pub use words::{MISSING, is_missing};
