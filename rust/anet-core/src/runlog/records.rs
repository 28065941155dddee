//! Whole records out of pieces of a file, and the cells of one.

use crate::runlog::cell::Cell;
use crate::runlog::column::number;
use crate::runlog::json::Value;
use crate::runlog::nonfinite::{NONFINITE, nonfinite};
use crate::runlog::{csv, json};

/// How a file of records is spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// An object a line.
    JsonLines,
    /// Fields with this byte between them, under a header.
    Csv(u8),
}

/// The bytes of one record.
#[derive(Debug, Clone, Copy)]
pub enum RawRecord<'a> {
    /// A line that should hold a JSON object.
    Line(&'a [u8]),
    /// The fields of a CSV, without quotes; doubled quotes stay doubled.
    Fields(&'a [&'a [u8]]),
}

/// Splits a file into records. Its bytes come in pieces of any length.
///
/// ```
/// use anet_core::runlog::{Form, RawRecord, RecordSplitter};
/// let (mut splitter, mut lines) = (RecordSplitter::new(Form::JsonLines), 0);
/// for piece in [b"{\"loss\":1.5}\n{\"lo".as_slice(), b"ss\":2}\n"] {
///     splitter.feed(piece, |_| Ok::<_, ()>(lines += 1)).unwrap();
/// }
/// assert_eq!(lines, 2);
/// ```
#[derive(Debug)]
pub struct RecordSplitter {
    form: Form,
    /// The beginning of a record that has not ended yet.
    rest: Vec<u8>,
}

impl RecordSplitter {
    /// A splitter at the beginning of a file.
    pub fn new(form: Form) -> Self {
        Self { form, rest: Vec::new() }
    }

    /// Hands each record that ends in these bytes to `each`. Blank lines of JSON are no records.
    ///
    /// # Errors
    /// That of `each`.
    pub fn feed<E>(
        &mut self,
        bytes: &[u8],
        mut each: impl FnMut(RawRecord<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let joined = if self.rest.is_empty() { None } else { Some([&self.rest, bytes].concat()) };
        let all = joined.as_deref().unwrap_or(bytes);
        let used = match self.form {
            Form::JsonLines => lines(all, &mut each)?,
            Form::Csv(delimiter) => records(all, delimiter, &mut each)?,
        };
        self.rest = all[used..].to_vec();
        Ok(())
    }

    /// Hands a last record that has no newline to `each`; a CSV's with an open quote is left out.
    ///
    /// # Errors
    /// That of `each`.
    pub fn finish<E>(&mut self, each: impl FnMut(RawRecord<'_>) -> Result<(), E>) -> Result<(), E> {
        if self.rest.is_empty() { Ok(()) } else { self.feed(b"\n", each) }
    }
}

fn lines<E>(bytes: &[u8], each: &mut impl FnMut(RawRecord<'_>) -> Result<(), E>) -> Result<usize, E> {
    let mut used = 0;
    while let Some(length) = bytes[used..].iter().position(|&byte| byte == b'\n') {
        let line = &bytes[used..used + length];
        used += length + 1;
        if !line.iter().all(u8::is_ascii_whitespace) {
            each(RawRecord::Line(line))?;
        }
    }
    Ok(used)
}

fn records<E>(
    bytes: &[u8],
    delimiter: u8,
    each: &mut impl FnMut(RawRecord<'_>) -> Result<(), E>,
) -> Result<usize, E> {
    let mut used = 0;
    let mut fields = Vec::new();
    while let Some(length) = csv::record(&bytes[used..], delimiter, |field| fields.push(field)) {
        used += length;
        each(RawRecord::Fields(&fields))?;
        fields.clear();
    }
    Ok(used)
}

/// Calls `each` with every name and cell of a line of JSON, and once more with each number that its last column names.
/// Returns `None`, without a call, where the line is not an object.
pub fn cells(line: &[u8], mut each: impl FnMut(&str, Cell<'_>)) -> Option<()> {
    json::object(line, |_, _| {})?;
    let mut last = String::new();
    json::object(line, |name, value| {
        let name = json::unescaped(name);
        match value {
            Value::Text(raw) => {
                let text = json::unescaped(raw);
                each(&name, Cell::Text(&text));
                if name == NONFINITE {
                    last = text;
                }
            }
            Value::Bare(b"true") => each(&name, Cell::Flag(Some(true))),
            Value::Bare(b"false") => each(&name, Cell::Flag(Some(false))),
            Value::Bare(raw) => each(&name, Cell::Number(number(raw))),
            Value::Nothing => each(&name, Cell::Number(None)),
        }
    });
    nonfinite(&last).for_each(|(name, value)| each(name, Cell::Number(Some(value))));
    Some(())
}

/// The texts that the fields of a CSV stand for.
pub fn texts(fields: &[&[u8]]) -> Vec<String> {
    fields.iter().map(|field| csv::text(field)).collect()
}
