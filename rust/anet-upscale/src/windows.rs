//! Windows of a coarse series, in which support is judged.

/// Points of a window.
pub(crate) const WINDOW: usize = 32;
/// Points from one window to the next.
pub(crate) const HOP: usize = 8;
/// Most windows whose spectra are compared, evenly over a series.
const MOST: usize = 1024;

/// The windows without a missing point: where each begins, and its points.
pub(crate) fn whole_windows(values: &[f64]) -> Vec<(usize, &[f64])> {
    let starts = (0..values.len().saturating_sub(WINDOW - 1)).step_by(HOP);
    let windows = starts.map(|start| (start, &values[start..start + WINDOW]));
    windows.filter(|(_, window)| window.iter().all(|x| x.is_finite())).collect()
}

/// As many of these as are compared at most.
pub(crate) fn compared<T: Copy>(all: &[T]) -> Vec<T> {
    spread(all, MOST)
}

/// `most` of these, evenly spread.
pub(crate) fn spread<T: Copy>(all: &[T], most: usize) -> Vec<T> {
    let count = all.len().min(most);
    (0..count).map(|n| all[n * all.len() / count]).collect()
}

/// The quantile `share`, linear between neighbours; NaN of nothing.
pub(crate) fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.retain(|x| !x.is_nan());
    values.sort_by(f64::total_cmp);
    let Some(last) = values.len().checked_sub(1) else { return f64::NAN };
    let place = share * last as f64;
    let (below, above) = (values[place.floor() as usize], values[place.ceil() as usize]);
    below + (above - below) * place.fract()
}
