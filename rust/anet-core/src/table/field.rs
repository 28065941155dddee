//! One field of a record, and the text that it stands for.

use std::borrow::Cow;

/// Where a field stands in the bytes of its record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Field {
    /// Its first byte; of one in quotes, the byte after the opening quote.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The quote that it begins with.
    pub quote: Option<u8>,
}

impl Field {
    /// The field's text: without its quotes, and without white space around it where it has none.
    ///
    /// What stands behind a closing quote belongs to it, as for Python's csv.
    pub fn text<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        let raw = &bytes[self.start..self.end];
        let Some(quote) = self.quote else { return Cow::Borrowed(raw.trim_ascii()) };
        match raw.iter().position(|&byte| byte == quote) {
            None => Cow::Borrowed(raw),
            Some(at) if raw[at + 1..].trim_ascii().is_empty() => Cow::Borrowed(&raw[..at]),
            Some(_) => Cow::Owned(unquoted(raw, quote)),
        }
    }

    /// Whether the field has no text.
    pub fn is_blank(&self, bytes: &[u8]) -> bool {
        bytes[self.start..self.end].iter().all(|&byte| byte.is_ascii_whitespace() || Some(byte) == self.quote)
    }
}

fn unquoted(raw: &[u8], quote: u8) -> Vec<u8> {
    let (mut out, mut inside, mut at) = (Vec::with_capacity(raw.len()), true, 0);
    while let Some(&byte) = raw.get(at) {
        let doubled = inside && byte == quote && raw.get(at + 1) == Some(&quote);
        if inside && byte == quote && !doubled {
            inside = false;
        } else {
            out.push(byte);
        }
        at += 1 + usize::from(doubled);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_taken_off_as_pythons_csv_does() {
        let text = |raw: &[u8]| {
            let field = Field { start: 1, end: raw.len(), quote: Some(b'"') };
            String::from_utf8(field.text(raw).into_owned()).unwrap()
        };
        assert_eq!(text(b"\"a\""), "a");
        assert_eq!(text(b"\"a\"\"b\""), "a\"b");
        assert_eq!(text(b"\"a\" "), "a");
        assert_eq!(text(b"\"a\"b\"c"), "ab\"c");
        assert_eq!(text(b"\" a"), " a");
    }
}
