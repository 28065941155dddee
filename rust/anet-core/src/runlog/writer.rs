//! A line of JSON or CSV, cell by cell.

use crate::runlog::cell::{Cell, csv_word, push_csv, push_finite, push_integer, push_json, word};
use crate::runlog::schema::NONFINITE;

/// How a line is spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// An object a line.
    JsonLines,
    /// Values with commas between them, under a header.
    Csv,
}

/// A line that is being written.
///
/// ```
/// use anet_core::runlog::{Cell, Form, Line};
/// let mut line = Line::new(Form::JsonLines);
/// line.push("loss", Cell::Number(Some(f64::NAN)));
/// line.push("lr", Cell::Number(Some(1.0)));
/// assert_eq!(line.finish(), b"{\"loss\":null,\"lr\":1.0,\"nonfinite\":\"loss=NaN\"}\n");
/// ```
#[derive(Debug)]
pub struct Line {
    form: Form,
    out: Vec<u8>,
    nonfinite: String,
}

impl Line {
    /// An empty line.
    pub fn new(form: Form) -> Self {
        let mut out = Vec::with_capacity(512);
        if form == Form::JsonLines {
            out.push(b'{');
        }
        Self { form, out, nonfinite: String::new() }
    }

    /// The first line of a CSV: its names.
    pub fn header<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<u8> {
        let mut line = Self::new(Form::Csv);
        for name in names {
            line.push("", Cell::Text(name));
        }
        push_csv(NONFINITE, &mut line.out);
        line.out.push(b'\n');
        line.out
    }

    /// Adds the next cell.
    pub fn push(&mut self, name: &str, cell: Cell<'_>) {
        if let Cell::Number(Some(value)) = cell {
            self.note(name, value);
        }
        match self.form {
            Form::JsonLines => self.json(name, cell),
            Form::Csv => self.csv(cell),
        }
        self.out.push(b',');
    }

    /// Adds the last cell, which says what was not finite, and ends the line.
    pub fn finish(mut self) -> Vec<u8> {
        match self.form {
            Form::JsonLines => {
                self.json(NONFINITE, Cell::Text(&self.nonfinite.clone()));
                self.out.push(b'}');
            }
            Form::Csv => push_csv(&self.nonfinite, &mut self.out),
        }
        self.out.push(b'\n');
        self.out
    }

    fn note(&mut self, name: &str, value: f64) {
        if !value.is_finite() {
            let between = if self.nonfinite.is_empty() { "" } else { ";" };
            self.nonfinite.extend([between, name, "=", word(value)]);
        }
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

    fn csv(&mut self, cell: Cell<'_>) {
        let out = &mut self.out;
        match cell {
            Cell::Number(Some(value)) if value.is_finite() => push_finite(value, out),
            Cell::Number(Some(value)) => out.extend(csv_word(value).as_bytes()),
            Cell::Number(None) | Cell::Flag(None) => {}
            Cell::Integer(value) => push_integer(value, out),
            Cell::Flag(Some(value)) => out.extend(truth(value).as_bytes()),
            Cell::Text(text) => push_csv(text, out),
        }
    }
}

fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
