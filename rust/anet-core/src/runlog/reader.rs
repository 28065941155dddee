//! Columns out of lines of JSON.

use crate::error::{Error, Result};
use crate::runlog::column::{NumberColumn, TextColumn, number};
use crate::runlog::json::{self, Value};
use crate::runlog::nonfinite::{NONFINITE, nonfinite};
use crate::runlog::records::LineSplitter;

/// Takes bytes, gives columns.
///
/// ```
/// use anet_core::runlog::JsonReader;
/// let mut reader = JsonReader::new(vec!["loss".into()], vec![]);
/// reader.feed(b"{\"loss\":1.5}\n{\"lo").unwrap();
/// reader.feed(b"ss\":NaN}\n{\"lr\":1}\n").unwrap();
/// assert_eq!(reader.numbers()[0].values[0], 1.5);
/// assert_eq!(reader.numbers()[0].given, [true, true, false]);
/// ```
#[derive(Debug)]
pub struct JsonReader {
    splitter: LineSplitter,
    columns: Columns,
}

#[derive(Debug)]
struct Columns {
    names: Vec<String>,
    text_names: Vec<String>,
    numbers: Vec<NumberColumn>,
    texts: Vec<TextColumn>,
    rows: usize,
}

impl JsonReader {
    /// A reader of these columns. One that the file does not have stays without a value.
    pub fn new(numbers: Vec<String>, texts: Vec<String>) -> Self {
        let columns = Columns {
            numbers: vec![NumberColumn::default(); numbers.len()],
            texts: vec![TextColumn::default(); texts.len()],
            names: numbers,
            text_names: texts,
            rows: 0,
        };
        Self { splitter: LineSplitter::default(), columns }
    }

    /// Rows read.
    pub fn rows(&self) -> usize {
        self.columns.rows
    }

    /// The columns of numbers.
    pub fn numbers(&self) -> &[NumberColumn] {
        &self.columns.numbers
    }

    /// The columns of texts.
    pub fn texts(&self) -> &[TextColumn] {
        &self.columns.texts
    }

    /// Takes the next bytes of the file, and reads all rows that end in them.
    ///
    /// # Errors
    ///
    /// A line is not a JSON object. The rows before it are kept.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<()> {
        let Self { splitter, columns } = self;
        splitter.feed(bytes, |line| columns.take(line))
    }

    /// Reads a last row that has no newline; one that was torn is left out.
    pub fn finish(&mut self) {
        let Self { splitter, columns } = self;
        // The error is that of a torn line.
        let _torn = splitter.finish(|line| columns.take(line));
    }
}

impl Columns {
    fn take(&mut self, line: &[u8]) -> Result<()> {
        if json::object(line, |_, _| {}).is_none() {
            let shown = String::from_utf8_lossy(&line[..line.len().min(40)]).into_owned();
            return Err(Error::text("file", "JSON objects, one a line", shown));
        }
        self.object(line);
        Ok(())
    }

    /// Adds a row; the line is an object.
    fn object(&mut self, line: &[u8]) {
        self.begin_row();
        let (names, numbers) = (&self.names, &mut self.numbers);
        let (text_names, texts, row) = (&self.text_names, &mut self.texts, self.rows);
        let mut last: &[u8] = b"";
        json::object(line, |name, value| {
            let (Value::Text(raw) | Value::Bare(raw)) = value else { return };
            if let Some((at, value)) = index_of(names, name).and_then(|at| Some((at, number(raw)?))) {
                numbers[at].correct(value);
            }
            if let Some(at) = index_of(text_names, name) {
                texts[at].push(row, &json::unescaped(raw));
            }
            if name == NONFINITE.as_bytes() {
                last = raw;
            }
        });
        if !last.is_empty() {
            self.restore(&String::from_utf8_lossy(last));
        }
        self.rows += 1;
    }

    /// Puts back what JSON could not say.
    fn restore(&mut self, text: &str) {
        for (name, value) in nonfinite(text) {
            if let Some(at) = index_of(&self.names, name.as_bytes()) {
                self.numbers[at].correct(value);
            }
        }
    }

    fn begin_row(&mut self) {
        self.numbers.iter_mut().for_each(|column| column.push(None));
    }
}

fn index_of(names: &[String], wanted: &[u8]) -> Option<usize> {
    names.iter().position(|name| name.as_bytes() == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, piece: usize) -> JsonReader {
        let mut reader = JsonReader::new(vec!["loss".into(), "lr".into()], vec!["note".into()]);
        text.as_bytes().chunks(piece).for_each(|bytes| reader.feed(bytes).unwrap());
        reader.finish();
        reader
    }

    #[test]
    fn pieces_of_any_length_give_the_same_columns() {
        let text = "{\"loss\": 1.5, \"x\": {\"loss\": [2, \"}\"]}, \"note\": \"a \\\"b\\\"\\n\\u00e9\"}\n\n\
                    {\"lr\":-Infinity,\"loss\":null,\"note\":\"\",\"nonfinite\":\"loss=NaN\"}\r\n{\"lr\":\"inf\",\"loss\":\"x\"}\n{\"lr\":2}";
        for piece in [1, 2, 7, 1000] {
            let reader = read(text, piece);
            assert_eq!(reader.rows(), 4);
            let [loss, lr] = reader.numbers() else { panic!() };
            assert_eq!(loss.given, [true, true, false, false]);
            assert!(loss.values[0] == 1.5 && loss.values[1].is_nan());
            assert_eq!(lr.given, [false, true, true, true]);
            assert_eq!(lr.values[1..], [f64::NEG_INFINITY, f64::INFINITY, 2.0]);
            assert_eq!(reader.texts()[0].changes, [(0, "a \"b\"\n\u{e9}".to_owned()), (1, String::new())]);
        }
    }

    #[test]
    fn a_torn_last_line_is_left_out_and_another_named() {
        assert_eq!(read("{\"loss\":1.5}\n{\"loss\":2.", 5).rows(), 1);
        let mut reader = JsonReader::new(vec![], vec![]);
        let error = reader.feed(b"{}\nhello, {\n").unwrap_err();
        assert_eq!(error.to_string(), "file must be JSON objects, one a line, got hello, {");
        assert_eq!(reader.rows(), 1);
    }

    #[test]
    fn nothing_that_a_line_can_hold_panics() {
        for end in 0..40 {
            let line = &b"{\"a\\\"\":{\"b\":[1,\"\\\\\"]},\"c\":nul,\"d\":tr"[..end.min(36)];
            assert_eq!(json::object(line, |_, _| {}), None);
        }
        assert_eq!(json::object(b" {} ", |_, _| {}), Some(()));
    }
}
