//! Order statistics of numbers of which some may be missing.

/// From the median absolute deviation, and from the mean one, to the standard deviation of normal numbers.
const OF_MEDIAN: f64 = 1.4826;
const OF_MEAN: f64 = 1.2533;

/// The finite ones in order.
pub(super) fn sorted(values: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut known: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
    known.sort_unstable_by(f64::total_cmp);
    known
}

/// The value below which a share of sorted numbers lies; NaN of none.
pub(super) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    sorted[(share * last as f64).round() as usize]
}

/// The median; NaN of none.
pub(super) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    quantile(&sorted(values), 0.5)
}

/// The standard deviation as outliers hardly move it: by the median deviation from the median or, where that is larger, by the
/// mean one, which sees what a few of the numbers do regularly. At least what rounding makes of equal numbers.
pub(super) fn spread(values: impl IntoIterator<Item = f64>) -> f64 {
    let values = sorted(values);
    let middle = quantile(&values, 0.5);
    let least = 1e-9 * (f64::MIN_POSITIVE + middle.abs());
    let away = sorted(values.iter().map(|value| (value - middle).abs()));
    let by_median = OF_MEDIAN * quantile(&away, 0.5);
    let by_mean = OF_MEAN * mean(&away);
    by_median.max(by_mean).max(least).max(f64::MIN_POSITIVE)
}

/// The mean; NaN of none.
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
