//! The number in a cell.

use std::borrow::Cow;

/// How a file writes its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberStyle {
    /// `.` or `,`.
    pub decimal: u8,
    /// Between groups of three digits, if anything: `,`, `.`, `'`, or a space, which is also a space that does not break.
    pub thousands: Option<u8>,
}

impl Default for NumberStyle {
    fn default() -> Self {
        Self { decimal: b'.', thousands: None }
    }
}

/// A number and the unit behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell<'a> {
    /// As it is written: `5 %` is 5.
    pub value: f64,
    /// `ms`, `%` or `""`.
    pub unit: &'a str,
}

const CURRENCIES: [&str; 12] = ["US$", "R$", "$", "€", "£", "¥", "￥", "₩", "₹", "USD", "EUR", "CHF"];
const LONGEST_UNIT: usize = 12;

/// Reads a number; NaN and infinities in any common spelling, a unit or a currency beside it.
///
/// Hexadecimal is none, nor is `true`. `None` for whatever else is none.
///
/// ```
/// use anet_core::table::{NumberStyle, read_number};
/// let value = |text: &'static str, decimal, thousands| {
///     read_number(text.as_bytes(), NumberStyle { decimal, thousands }).map(|cell| (cell.value, cell.unit))
/// };
/// assert_eq!(value("1,234.5", b'.', Some(b',')), Some((1234.5, "")));
/// assert_eq!(value("1.234,5 %", b',', Some(b'.')), Some((1234.5, "%")));
/// assert_eq!(value("$12", b'.', None), Some((12.0, "")));
/// assert_eq!(value("1,5", b'.', None), None);
/// assert_eq!(value("0x10", b'.', None), None);
/// ```
pub fn read_number(text: &[u8], style: NumberStyle) -> Option<Cell<'_>> {
    let text = std::str::from_utf8(text).ok()?.trim();
    if style.decimal == b'.'
        && style.thousands != Some(b'.')
        && let Ok(value) = text.parse()
    {
        return Some(Cell { value, unit: "" });
    }
    if let Some(value) = word(text) {
        return Some(Cell { value, unit: "" });
    }
    decorated(text, style)
}

/// What a word stands for.
fn word(text: &str) -> Option<f64> {
    const WORDS: [(&str, f64); 6] = [
        ("nan", f64::NAN),
        ("inf", f64::INFINITY),
        ("+inf", f64::INFINITY),
        ("-inf", f64::NEG_INFINITY),
        ("infinity", f64::INFINITY),
        ("-infinity", f64::NEG_INFINITY),
    ];
    WORDS.iter().find(|(word, _)| text.eq_ignore_ascii_case(word)).map(|&(_, value)| value)
}

/// A sign, a currency, digits, a unit; parentheses around a currency's loss.
fn decorated(text: &str, style: NumberStyle) -> Option<Cell<'_>> {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let (minus, text) = sign(inner.unwrap_or(text));
    let (behind, text) = sign(without_currency(text));
    let length = digits(text, style);
    let value: f64 = plain(&text[..length], style)?.parse().ok()?;
    let unit = unit_of(&text[length..])?;
    let negative = inner.is_some() != (minus != behind);
    Some(Cell { value: if negative { -value } else { value }, unit })
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn without_currency(text: &str) -> &str {
    let found = CURRENCIES.iter().find_map(|sign| text.strip_prefix(sign));
    found.map_or(text, str::trim_start)
}

/// Bytes that the digits take, with their separators and their exponent.
fn digits(text: &str, style: NumberStyle) -> usize {
    let mut end = 0;
    for (at, char) in text.char_indices() {
        let grouped = style.thousands.is_some_and(|sign| is_thousands(char, sign));
        let follows = text[at + char.len_utf8()..].starts_with(|next: char| next.is_ascii_digit());
        let point = char == char::from(style.decimal);
        if char.is_ascii_digit() || point || (grouped && follows) {
            end = at + char.len_utf8();
        } else {
            return end + exponent(&text[end..]);
        }
    }
    end
}

fn is_thousands(char: char, sign: u8) -> bool {
    match sign {
        b' ' => matches!(char, ' ' | '\u{a0}' | '\u{202f}'),
        b'\'' => matches!(char, '\'' | '\u{2019}'),
        _ => char == char::from(sign),
    }
}

/// Bytes of `e-5` at the beginning of a text.
fn exponent(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(['e', 'E']) else { return 0 };
    let unsigned = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let count = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    if count == 0 { 0 } else { text.len() - unsigned.len() + count }
}

/// The digits with a point and without what groups them; `None` where they are grouped as no number is.
fn plain(digits: &str, style: NumberStyle) -> Option<Cow<'_, str>> {
    let decimal = char::from(style.decimal);
    let Some(sign) = style.thousands else {
        return Some(if decimal == '.' {
            Cow::Borrowed(digits)
        } else {
            digits.replace(decimal, ".").into()
        });
    };
    let end = digits.find([decimal, 'e', 'E']).unwrap_or(digits.len());
    let groups: Vec<&str> = digits[..end].split(|char| is_thousands(char, sign)).collect();
    let (first, others) = groups.split_first()?;
    let is_grouped = others.is_empty()
        || (matches!(first.len(), 1..=3)
            && others.last().is_some_and(|last| last.len() == 3)
            && (others.iter().all(|group| group.len() == 3)
                || others[..others.len() - 1].iter().all(|group| group.len() == 2)));
    is_grouped.then(|| (groups.concat() + &digits[end..].replace(decimal, ".")).into())
}

/// The unit behind a number; `None` where it is no unit but something else that begins with digits.
fn unit_of(text: &str) -> Option<&str> {
    let unit = text.trim();
    let mut chars = unit.chars();
    let begins = chars.next().is_none_or(|first| first.is_alphabetic() || "%‰°€£¥$".contains(first));
    let goes_on = chars.all(|char| char.is_alphabetic() || "/%°²³·^*.".contains(char));
    (begins && goes_on && unit.chars().count() <= LONGEST_UNIT).then_some(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, decimal: u8, thousands: Option<u8>) -> Option<(f64, &str)> {
        read_number(text.as_bytes(), NumberStyle { decimal, thousands }).map(|cell| (cell.value, cell.unit))
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let cases: [(&str, u8, Option<u8>, f64, &str); 16] = [
            ("12.3 ms", b'.', None, 12.3, "ms"),
            ("1 234,5", b',', Some(b' '), 1234.5, ""),
            ("1\u{202f}234\u{a0}567", b',', Some(b' '), 1_234_567.0, ""),
            ("1'234.5", b'.', Some(b'\''), 1234.5, ""),
            ("12,34,567", b'.', Some(b','), 1_234_567.0, ""),
            ("-$1,234.50", b'.', Some(b','), -1234.5, ""),
            ("(1,234.50)", b'.', Some(b','), -1234.5, ""),
            ("$-5", b'.', None, -5.0, ""),
            ("1,5e-3", b',', None, 0.0015, ""),
            ("\u{2212}3", b'.', None, -3.0, ""),
            ("5MB/s", b'.', None, 5.0, "MB/s"),
            ("23 °C", b'.', None, 23.0, "°C"),
            ("5E", b'.', None, 5.0, "E"),
            ("-Infinity", b',', None, f64::NEG_INFINITY, ""),
            (",5", b',', None, 0.5, ""),
            ("1234,5", b',', Some(b'.'), 1234.5, ""),
        ];
        for (text, decimal, thousands, value, unit) in cases {
            assert_eq!(read(text, decimal, thousands), Some((value, unit)), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "",
            "0x10",
            "true",
            "1,2",
            "1.2.3",
            "2024-01-01",
            "12:30",
            "h3",
            "3a4",
            "1_000",
            "-",
            "e5",
            "1 2",
            "$",
            "%",
        ] {
            assert_eq!(read(text, b'.', None), None, "{text}");
        }
        for text in ["1,23.5", "12,34", "1234,567", ",123"] {
            assert_eq!(read(text, b'.', Some(b',')), None, "{text}");
        }
        assert_eq!(read("1.5", b',', Some(b'.')), None);
    }
}
