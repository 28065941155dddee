//! A line of JSON or CSV, cell by cell.

use crate::runlog::cell::{Cell, push_cell, push_csv, push_finite, push_integer, push_json};
use crate::runlog::nonfinite::{NONFINITE, csv_word, note};
use crate::runlog::records::Form;

/// A line that is being written.
///
/// ```
/// use anet_core::runlog::{Cell, Form, LineWriter};
/// let mut line = LineWriter::new(Form::JsonLines);
/// line.push("loss", Cell::Number(Some(f64::NAN)));
/// line.push("lr", Cell::Number(Some(1.0)));
/// assert_eq!(line.finish(), b"{\"loss\":null,\"lr\":1.0,\"nonfinite\":\"loss=NaN\"}\n");
/// ```
#[derive(Debug)]
pub struct LineWriter {
    form: Form,
    out: Vec<u8>,
    nonfinite: String,
}

impl LineWriter {
    /// An empty line.
    pub fn new(form: Form) -> Self {
        let mut out = Vec::with_capacity(512);
        if form == Form::JsonLines {
            out.push(b'{');
        }
        Self { form, out, nonfinite: String::new() }
    }

    /// The first line of a CSV: its names.
    pub fn header<'a>(delimiter: u8, names: impl IntoIterator<Item = &'a str>) -> Vec<u8> {
        let mut line = Self::new(Form::Csv(delimiter));
        for name in names {
            push_csv(name, delimiter, &mut line.out);
            line.out.push(delimiter);
        }
        push_csv(NONFINITE, delimiter, &mut line.out);
        line.out.push(b'\n');
        line.out
    }

    /// Adds the next cell.
    pub fn push(&mut self, name: &str, cell: Cell<'_>) {
        if let Cell::Number(Some(value)) = cell {
            note(name, value, &mut self.nonfinite);
        }
        match self.form {
            Form::JsonLines => {
                self.json(name, cell);
                self.out.push(b',');
            }
            Form::Csv(delimiter) => {
                self.csv(delimiter, cell);
                self.out.push(delimiter);
            }
        }
    }

    /// Adds the last cell, which lists what was not finite, and ends the line.
    pub fn finish(mut self) -> Vec<u8> {
        match self.form {
            Form::JsonLines => {
                self.json(NONFINITE, Cell::Text(&self.nonfinite.clone()));
                self.out.push(b'}');
            }
            Form::Csv(delimiter) => push_csv(&self.nonfinite, delimiter, &mut self.out),
        }
        self.out.push(b'\n');
        self.out
    }

    fn json(&mut self, name: &str, cell: Cell<'_>) {
        let out = &mut self.out;
        push_json(name, out);
        out.push(b':');
        match cell {
            Cell::Number(Some(value)) if value.is_finite() => push_finite(value, out),
            Cell::Number(_) | Cell::Flag(None) => out.extend(*b"null"),
            Cell::Integer(value) => push_integer(value, out),
            Cell::Flag(Some(value)) => out.extend(truth(value).as_bytes()),
            Cell::Text(text) => push_json(text, out),
        }
    }

    fn csv(&mut self, delimiter: u8, cell: Cell<'_>) {
        let out = &mut self.out;
        match cell {
            Cell::Number(Some(value)) if value.is_finite() => push_finite(value, out),
            Cell::Number(Some(value)) => out.extend(csv_word(value).as_bytes()),
            Cell::Number(None) | Cell::Flag(None) => {}
            Cell::Integer(value) => push_integer(value, out),
            Cell::Flag(Some(value)) => out.extend(truth(value).as_bytes()),
            Cell::Text(text) => push_cell(text, delimiter, out),
        }
    }
}

fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
