//! The columns that are wanted of a table, and what is read of each.

use std::collections::HashMap;

use crate::runlog::{NumberColumn, TextColumn};
use crate::table::time::{TimeColumn, TimeStyle};

/// What a column is read as.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ColumnKind {
    /// Numbers; `flags` reads `yes` and `off` as well.
    Number {
        /// Whether words for on and off are 1 and 0.
        flags: bool,
    },
    /// Texts, of which the changes are kept.
    Text,
    /// Names, as numbers of labels.
    Key,
    /// Times, in seconds since 1970 UTC; NaN where there is none.
    Time(TimeStyle),
}

/// A column that is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColumnSpec {
    /// The index of its field.
    pub field: usize,
    /// The index of a second field: the time of day beside a date.
    pub second: Option<usize>,
    /// What it is read as.
    pub kind: ColumnKind,
}

/// What was read of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnPiece {
    /// Of numbers.
    Numbers(NumberColumn),
    /// Of texts; before the first row of the piece the text is empty.
    Texts(TextColumn),
    /// Of names: a label's number a row, and the labels in the order in which they came.
    Keys(Vec<i64>, Vec<String>),
    /// Of times.
    Times(Vec<f64>),
}

/// A column that is being read.
#[derive(Debug)]
pub(crate) enum Builder {
    Numbers(NumberColumn, bool),
    Texts(TextColumn),
    Keys(Keys),
    Times(TimeColumn),
}

#[derive(Debug, Default)]
pub(crate) struct Keys {
    codes: Vec<i64>,
    labels: Vec<String>,
    known: HashMap<Vec<u8>, i64>,
}

impl Keys {
    pub(crate) fn push(&mut self, text: &[u8]) {
        let code = match self.known.get(text) {
            Some(&code) => code,
            None => self.add(text),
        };
        self.codes.push(code);
    }

    fn add(&mut self, text: &[u8]) -> i64 {
        let code = self.labels.len() as i64;
        self.labels.push(String::from_utf8_lossy(text).into_owned());
        self.known.insert(text.to_vec(), code);
        code
    }
}

impl Builder {
    pub(crate) fn new(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Number { flags } => Self::Numbers(NumberColumn::default(), flags),
            ColumnKind::Text => Self::Texts(TextColumn::default()),
            ColumnKind::Key => Self::Keys(Keys::default()),
            ColumnKind::Time(style) => Self::Times(TimeColumn::new(style)),
        }
    }

    /// What was read since the last call. Labels begin again: a column of ever new names stays bounded.
    pub(crate) fn take(&mut self) -> ColumnPiece {
        match self {
            Self::Numbers(column, _) => ColumnPiece::Numbers(std::mem::take(column)),
            Self::Texts(column) => ColumnPiece::Texts(std::mem::take(column)),
            Self::Keys(keys) => {
                let Keys { codes, labels, .. } = std::mem::take(keys);
                ColumnPiece::Keys(codes, labels)
            }
            Self::Times(column) => ColumnPiece::Times(column.take()),
        }
    }
}
