//! One line of JSON: the values of its outermost object, as the bytes that they are.

use std::str::Chars;

/// A value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// A string, without its quotes, escapes as they stand.
    Text(&'a [u8]),
    /// A number, `true`, `false`, or a bare `NaN`.
    Bare(&'a [u8]),
    /// `null`, an object or an array.
    Nothing,
}

/// Calls `each` with every name and value. Returns `None` where the line is not an object.
pub(crate) fn object<'a>(line: &'a [u8], mut each: impl FnMut(&'a [u8], Value<'a>)) -> Option<()> {
    let mut scan = Scan { line, at: 0 };
    scan.expect(b'{')?;
    if scan.peek()? == b'}' {
        scan.at += 1;
        return scan.end();
    }
    loop {
        scan.peek()?;
        let name = scan.string()?;
        scan.expect(b':')?;
        each(name, scan.value()?);
        match scan.next()? {
            b',' => {}
            b'}' => return scan.end(),
            _ => return None,
        }
    }
}

struct Scan<'a> {
    line: &'a [u8],
    at: usize,
}

impl<'a> Scan<'a> {
    /// The next byte that is not white space, which stays.
    fn peek(&mut self) -> Option<u8> {
        while self.line.get(self.at)?.is_ascii_whitespace() {
            self.at += 1;
        }
        Some(self.line[self.at])
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn expect(&mut self, wanted: u8) -> Option<()> {
        (self.next()? == wanted).then_some(())
    }

    fn end(&mut self) -> Option<()> {
        self.peek().is_none().then_some(())
    }

    fn string(&mut self) -> Option<&'a [u8]> {
        self.expect(b'"')?;
        let start = self.at;
        loop {
            match self.line.get(self.at)? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(&self.line[start..self.at - 1])
    }

    fn value(&mut self) -> Option<Value<'a>> {
        match self.peek()? {
            b'"' => self.string().map(Value::Text),
            b'{' | b'[' => self.nested(),
            _ => {
                let start = self.at;
                while !matches!(self.line.get(self.at)?, b',' | b'}' | b' ' | b'\t' | b'\r') {
                    self.at += 1;
                }
                let bare = &self.line[start..self.at];
                Some(if bare == b"null" { Value::Nothing } else { Value::Bare(bare) })
            }
        }
    }

    /// Passes over an object or an array.
    fn nested(&mut self) -> Option<Value<'a>> {
        let mut depth = 0;
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(Value::Nothing);
            }
        }
    }
}

/// The text that a string's bytes stand for.
pub(crate) fn unescaped(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    if !raw.contains(&b'\\') {
        return text.into_owned();
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text.chars());
    while let Some(char) = rest.next() {
        if char != '\\' {
            out.push(char);
            continue;
        }
        match rest.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('u') => out.push(unicode(&mut rest)),
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

/// The character after `\u`: four digits, or two surrogates of four.
fn unicode(rest: &mut Chars<'_>) -> char {
    let Some(first) = unit(rest) else { return char::REPLACEMENT_CHARACTER };
    let mut ahead = rest.clone();
    let second = ahead.next().zip(ahead.next()).filter(|next| *next == ('\\', 'u'));
    if let Some(pair) = second.and_then(|_| unit(&mut ahead)).and_then(|second| decoded([first, second])) {
        *rest = ahead;
        return pair;
    }
    decoded([first]).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn unit(rest: &mut Chars<'_>) -> Option<u16> {
    let digits: String = rest.by_ref().take(4).collect();
    u16::from_str_radix(&digits, 16).ok()
}

/// The one character that these UTF-16 units are, if they are one.
fn decoded<const N: usize>(units: [u16; N]) -> Option<char> {
    let mut found = char::decode_utf16(units);
    let first = found.next()?.ok();
    first.filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn surrogates_are_one_character_in_pairs_only() {
        assert_eq!(unescaped(br"a\ud83d\ude00b"), "a\u{1F600}b");
        assert_eq!(unescaped(br"\ud83d\u0041\ud83dx\ude00\u12"), "\u{FFFD}A\u{FFFD}x\u{FFFD}\u{12}");
    }
}
