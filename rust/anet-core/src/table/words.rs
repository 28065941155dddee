//! Words that are no numbers: what stands for a missing cell, for on and off, for a sum below a table.

/// What stands for a missing number, in lower case. `nan` is a number that is none, and not among them.
pub const MISSING: [&str; 24] = [
    "", "-", "--", "---", "?", ".", "na", "n/a", "#n/a", "#na", "n.a.", "<na>", "null", "(null)", "nil",
    "none", "missing", "no data", "nodata", "#div/0!", "#value!", "#ref!", "#num!", "#name?",
];

/// Whether a cell is missing, by a list of words in lower case.
pub fn is_missing<W: AsRef<str>>(text: &[u8], words: &[W]) -> bool {
    let text = text.trim_ascii();
    words.iter().any(|word| text.eq_ignore_ascii_case(word.as_ref().as_bytes()))
}

/// 1 for on, 0 for off.
pub(crate) fn flag(text: &[u8]) -> Option<f64> {
    const ON: [&str; 7] = ["yes", "on", "up", "ok", "y", "t", "true"];
    const OFF: [&str; 8] = ["no", "off", "down", "fail", "failed", "n", "f", "false"];
    if is_missing(text, &ON) { Some(1.0) } else { is_missing(text, &OFF).then_some(0.0) }
}

/// Whether a row's first cell says that the row sums others up.
pub(crate) fn is_summary(text: &[u8]) -> bool {
    const SUMS: [&str; 16] = [
        "total",
        "totals",
        "grand total",
        "sum",
        "subtotal",
        "average",
        "avg",
        "mean",
        "summe",
        "gesamt",
        "mittelwert",
        "moyenne",
        "totale",
        "合計",
        "総計",
        "平均",
    ];
    let text = text.trim_ascii();
    is_missing(text.strip_suffix(b":").unwrap_or(text), &SUMS)
}
