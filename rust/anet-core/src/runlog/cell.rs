//! One value of a record, and how it is spelt.

use std::io::Write as _;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// A float64, or nothing.
    Number,
    /// An integer.
    Integer,
    /// True or false, or nothing.
    Flag,
    /// A text, `""` where there is none.
    Text,
}

impl ColumnKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Number, Self::Integer, Self::Flag, Self::Text];

    /// The kind's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Flag => "flag",
            Self::Text => "text",
        }
    }
}

/// A value; `None` where there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Of a number column.
    Number(Option<f64>),
    /// Of an integer column.
    Integer(i64),
    /// Of a flag column.
    Flag(Option<bool>),
    /// Of a text column.
    Text(&'a str),
}

/// Writes a finite number as the shortest text that reads back as the same, always with a point: readers take a column
/// for integers when its first values have none.
pub(crate) fn push_finite(value: f64, out: &mut Vec<u8>) {
    let start = out.len();
    write!(out, "{value:?}").expect("a vector takes everything");
    let digits = &out[start..];
    if !digits.contains(&b'.') {
        let end = digits.iter().position(|&byte| byte == b'e').map_or(out.len(), |at| start + at);
        out.splice(end..end, *b".0");
    }
}

pub(crate) fn push_integer(value: i64, out: &mut Vec<u8>) {
    write!(out, "{value}").expect("a vector takes everything");
}

/// A JSON string: RFC 8259, section 7.
pub(crate) fn push_json(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend([b'\\', byte]),
            b'\n' => out.extend(*b"\\n"),
            0..0x20 => write!(out, "\\u{byte:04x}").expect("a vector takes everything"),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

/// The text of a cell of a record. One that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP advises;
/// a number stays as it is.
pub(crate) fn push_cell(text: &str, delimiter: u8, out: &mut Vec<u8>) {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err() {
        push_csv(&format!("'{text}"), delimiter, out);
    } else {
        push_csv(text, delimiter, out);
    }
}

/// A CSV field: quoted where it must be (RFC 4180), on one line in any case, so that a torn line can be recognised.
pub(crate) fn push_csv(text: &str, delimiter: u8, out: &mut Vec<u8>) {
    if !text.bytes().any(|byte| byte == delimiter || matches!(byte, b'"' | b'\n' | b'\r')) {
        out.extend(text.as_bytes());
        return;
    }
    out.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' => out.extend(*b"\"\""),
            b'\n' | b'\r' => out.push(b' '),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}
