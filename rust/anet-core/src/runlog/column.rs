//! What is kept of a column.

/// A column of numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NumberColumn {
    /// One value a row; 0 where none was given.
    pub values: Vec<f64>,
    /// Whether the row gave a value.
    pub given: Vec<bool>,
}

impl NumberColumn {
    /// Adds a row.
    pub(crate) fn push(&mut self, value: Option<f64>) {
        self.values.push(value.unwrap_or(0.0));
        self.given.push(value.is_some());
    }

    /// Changes the newest row.
    pub(crate) fn correct(&mut self, value: f64) {
        if let (Some(last), Some(given)) = (self.values.last_mut(), self.given.last_mut()) {
            (*last, *given) = (value, true);
        }
    }
}

/// A column of texts, of which most are like the one before: the rows where it changes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextColumn {
    /// Row and text, from the first that is not empty on.
    pub changes: Vec<(usize, String)>,
}

impl TextColumn {
    /// Adds the text of a row.
    pub(crate) fn push(&mut self, row: usize, text: &str) {
        if self.changes.last().map_or("", |last| last.1.as_str()) != text {
            self.changes.push((row, text.to_owned()));
        }
    }
}

/// Reads a number; NaN and infinities in any common spelling.
pub(crate) fn number(text: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(text).ok()?.trim();
    match text {
        "true" | "True" => Some(1.0),
        "false" | "False" => Some(0.0),
        _ => text.parse().ok(),
    }
}
