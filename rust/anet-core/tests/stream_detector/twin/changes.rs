//! What is judged instead of the rows: how they change.

/// Each row less the one before it, missing where either is.
pub(crate) fn differences(rows: &[f64]) -> Vec<f64> {
    let before = [f64::NAN].into_iter().chain(rows.iter().copied());
    rows.iter().zip(before).map(|(&x, before)| finite(x) - finite(before)).collect()
}

/// How much a counter grew in a row, evenly over the missing ones before; where it fell it began anew at 0.
pub(crate) fn growth(rows: &[f64]) -> Vec<f64> {
    let mut last: Option<(usize, f64)> = None;
    let of = |(row, &x): (usize, &f64)| {
        if !x.is_finite() {
            return f64::NAN;
        }
        let x = finite(x);
        let (at, before) = last.replace((row, x)).unwrap_or((0, f64::NAN));
        (if x < before { x } else { x - before }) / (row - at).max(1) as f64
    };
    rows.iter().enumerate().map(of).collect()
}

/// As large as may be squared; NaN where a row is missing.
fn finite(x: f64) -> f64 {
    if x.is_finite() { x.clamp(-1e150, 1e150) } else { f64::NAN }
}
