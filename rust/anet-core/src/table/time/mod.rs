//! Times as people and programs write them, as seconds since 1970 in UTC.
//!
//! [`TimeStyle`] is how a column writes them, [`find_style`] finds it from some of its cells, and [`TimeColumn`] reads the
//! column. A time without a zone is read as if it were UTC's.

mod civil;
mod scan;

mod style;

mod column;
mod find;

pub use column::TimeColumn;
pub use find::{FoundStyle, find_style};
pub use scan::{Moment, Order, scan};
pub use style::{TimeStyle, TimeZone};
