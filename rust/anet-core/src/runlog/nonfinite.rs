//! The last column of a record: which of its numbers are not finite, for JSON has no word for them.

use crate::runlog::column::number;

/// The column's name. An example of its text: `loss=NaN;grad_norm=Infinity`.
pub const NONFINITE: &str = "nonfinite";

/// Appends a number to the text, if it is not finite.
pub(crate) fn note(name: &str, value: f64, text: &mut String) {
    if !value.is_finite() {
        let between = if text.is_empty() { "" } else { ";" };
        text.extend([between, name, "=", word(value)]);
    }
}

/// Reads the names and the numbers out of the text; a part that is none is passed over.
///
/// ```
/// let found: Vec<_> = anet_core::runlog::nonfinite("loss=-Infinity;a=b=inf;x").collect();
/// assert_eq!(found, [("loss", f64::NEG_INFINITY), ("a=b", f64::INFINITY)]);
/// ```
pub fn nonfinite(text: &str) -> impl Iterator<Item = (&str, f64)> {
    text.split(';').filter_map(|part| {
        let (name, word) = part.rsplit_once('=')?;
        Some((name, number(word.as_bytes())?))
    })
}

/// JavaScript's words.
fn word(value: f64) -> &'static str {
    spelt(value, ["NaN", "Infinity", "-Infinity"])
}

/// The spelling that pandas, polars and DuckDB all take for a number in a CSV.
pub(crate) fn csv_word(value: f64) -> &'static str {
    spelt(value, ["NaN", "inf", "-inf"])
}

fn spelt(value: f64, [nan, above, below]: [&'static str; 3]) -> &'static str {
    if value.is_nan() {
        nan
    } else if value > 0.0 {
        above
    } else {
        below
    }
}
