//! What the user has announced, and since when it holds.

use std::sync::Arc;

/// The announcement that opened the present segment, and the one that will open the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotation {
    /// Its text, and the first row of its segment.
    pub current: Option<(Arc<str>, u64)>,
    /// The text that the next row takes.
    pub pending: Option<Arc<str>>,
}

impl Annotation {
    /// Keeps a text until the next row.
    pub(crate) fn announce(&mut self, text: &str) {
        self.pending = Some(text.into());
    }

    /// Follows a row that opened a segment, announced or not.
    pub(crate) fn begin(&mut self, row: u64) {
        self.current = self.pending.take().map(|text| (text, row));
    }
}
