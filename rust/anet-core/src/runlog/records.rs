//! Whole lines out of pieces of a file, and the cells of one of JSON.

use crate::runlog::cell::Cell;
use crate::runlog::column::number;
use crate::runlog::json::{self, Value};
use crate::runlog::nonfinite::{NONFINITE, nonfinite};

/// How a file of records is spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// An object a line.
    JsonLines,
    /// Fields with this byte between them, under a header.
    Csv(u8),
}

/// Splits a file into lines, in one pass. Its bytes come in pieces of any length.
///
/// ```
/// use anet_core::runlog::LineSplitter;
/// let (mut splitter, mut lines) = (LineSplitter::default(), 0);
/// for piece in [b"{\"loss\":1.5}\n{\"lo".as_slice(), b"ss\":2}\n"] {
///     splitter.feed(piece, |_| Ok::<_, ()>(lines += 1)).unwrap();
/// }
/// assert_eq!(lines, 2);
/// ```
#[derive(Debug, Default)]
pub struct LineSplitter {
    /// The beginning of a line that has not ended yet.
    rest: Vec<u8>,
}

/// Bytes of a line beyond which it is handed on as it is: memory stays bounded, and no record is so long.
const LONGEST: usize = 1 << 26;

impl LineSplitter {
    /// Hands each line that ends in these bytes to `each`, without its newline. Blank lines are passed over.
    ///
    /// # Errors
    /// That of `each`.
    pub fn feed<E>(&mut self, bytes: &[u8], mut each: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let mut parts = bytes.split(|&byte| byte == b'\n').peekable();
        while let Some(part) = parts.next() {
            let ends = parts.peek().is_some();
            if !ends || !self.rest.is_empty() {
                self.rest.extend_from_slice(part);
            }
            if ends || self.rest.len() > LONGEST {
                let rest = std::mem::take(&mut self.rest);
                let line = if rest.is_empty() { part } else { &rest };
                if !line.iter().all(u8::is_ascii_whitespace) {
                    each(line)?;
                }
            }
        }
        Ok(())
    }

    /// Hands a last line that has no newline to `each`.
    ///
    /// # Errors
    /// That of `each`.
    pub fn finish<E>(&mut self, each: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        if self.rest.is_empty() { Ok(()) } else { self.feed(b"\n", each) }
    }
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
