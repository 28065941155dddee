//! Parts of lists.

/// The newest `count`, or as many as there are.
pub(crate) fn newest<T>(values: &[T], count: usize) -> &[T] {
    &values[values.len().saturating_sub(count)..]
}

/// The newest `count` before the newest `skip`.
pub(crate) fn before<T>(values: &[T], skip: usize, count: usize) -> &[T] {
    newest(&values[..values.len().saturating_sub(skip)], count)
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// NaN of nothing.
pub(crate) fn upper_median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
