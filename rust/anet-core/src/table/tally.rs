//! What could not be read as it stood, counted.

/// The first of some cells or rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The line, from 1.
    pub line: usize,
    /// What stands there; the beginning of it where it is long.
    pub text: String,
}

impl Example {
    pub(crate) fn new(line: usize, text: &[u8]) -> Self {
        const MOST: usize = 40;
        let text = String::from_utf8_lossy(text);
        let shown: String = text.chars().take(MOST).collect();
        let cut = if shown.len() < text.len() { "..." } else { "" };
        Self { line, text: shown + cut }
    }
}

/// What stood in a column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnTally {
    /// Cells with nothing in them.
    pub empty: usize,
    /// Words that were taken for a missing cell, as they were first written, and how often.
    pub missing: Vec<(String, usize)>,
    /// Cells that were neither.
    pub unreadable: usize,
    /// The first of them.
    pub first_unreadable: Option<Example>,
    /// The unit of the numbers.
    pub unit: String,
    /// Other units, whose numbers were converted to that one, and how often; `""` for numbers without any.
    pub converted: Vec<(String, usize)>,
}

/// Kinds of words that are told apart in a column.
const WORDS: usize = 16;

impl ColumnTally {
    pub(crate) fn add_missing(&mut self, text: &[u8]) {
        let text = text.trim_ascii();
        if text.is_empty() {
            self.empty += 1;
        } else {
            count(&mut self.missing, text);
        }
    }

    pub(crate) fn add_converted(&mut self, unit: &str) {
        count(&mut self.converted, unit.as_bytes());
    }

    pub(crate) fn add_unreadable(&mut self, line: usize, text: &[u8]) {
        self.unreadable += 1;
        self.first_unreadable.get_or_insert_with(|| Example::new(line, text));
    }
}

fn count(words: &mut Vec<(String, usize)>, text: &[u8]) {
    let known = words.iter().position(|(word, _)| word.as_bytes() == text);
    match known.or((words.len() == WORDS).then_some(WORDS - 1)) {
        Some(at) => words[at].1 += 1,
        None => words.push((String::from_utf8_lossy(text).into_owned(), 1)),
    }
}

/// What became of the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowTally {
    /// Rows read.
    pub rows: usize,
    /// Blank lines of a table of one column: each is a missing sample.
    pub blank: usize,
    /// The header once more.
    pub headers: usize,
    /// Sums below others.
    pub summaries: usize,
    /// Rows with fewer fields than the table; the others count as missing.
    pub short: usize,
    /// Rows with more fields; those too many were not read.
    pub long: usize,
    /// Lines of another number of fields, which were left out.
    pub left_out: usize,
    /// The first short or long one.
    pub first_ragged: Option<Example>,
    /// The first that was left out.
    pub first_left_out: Option<Example>,
}
