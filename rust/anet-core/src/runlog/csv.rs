//! One record of a CSV: RFC 4180, with any delimiter.

/// Splits the first record off. Calls `each` with every field's bytes, without quotes; doubled quotes stay doubled.
/// Returns the length of the record with its newline, or `None` where the record does not end in these bytes.
pub(crate) fn record<'a>(bytes: &'a [u8], delimiter: u8, mut each: impl FnMut(&'a [u8])) -> Option<usize> {
    let mut at = 0;
    loop {
        let (field, end) = field(bytes, at, delimiter)?;
        each(field);
        at = end + 1;
        if bytes[end] == b'\n' {
            return Some(at);
        }
    }
}

/// A field, and where what ends it stands: the delimiter or the newline.
fn field(bytes: &[u8], start: usize, delimiter: u8) -> Option<(&[u8], usize)> {
    if *bytes.get(start)? == b'"' {
        let mut at = start + 1;
        loop {
            match bytes.get(at)? {
                b'"' if bytes.get(at + 1)? == &b'"' => at += 2,
                b'"' => break,
                _ => at += 1,
            }
        }
        let end = at + bytes[at..].iter().position(|&byte| byte == delimiter || byte == b'\n')?;
        return Some((&bytes[start + 1..at], end));
    }
    let end = start + bytes[start..].iter().position(|&byte| byte == delimiter || byte == b'\n')?;
    let field = &bytes[start..end];
    Some((field.strip_suffix(b"\r").unwrap_or(field), end))
}

/// The text that a field's bytes stand for.
pub(crate) fn text(raw: &[u8]) -> String {
    String::from_utf8_lossy(raw).replace("\"\"", "\"")
}
