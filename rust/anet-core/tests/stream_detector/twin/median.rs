//! Samples that nothing odd among them can spoil: the start of every scale.

/// All samples, cut at 20 robust deviations from their median; fewer than three are left as they are.
pub(crate) fn cut_about_median(x: &[f64]) -> Vec<f64> {
    if x.len() < 3 {
        return x.to_vec();
    }
    let center = median(x);
    let away: Vec<f64> = x.iter().map(|x| (x - center).abs()).collect();
    let least = away.iter().copied().filter(|&away| away > 0.0).reduce(f64::min);
    let usual = 1.4826 * median(&away);
    let limit = 20.0 * if usual > 0.0 { usual } else { least.unwrap_or(0.0) };
    x.iter().map(|x| x.clamp(center - limit, center + limit)).collect()
}

/// The middle one, or the mean of the two in the middle.
fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[half] } else { 0.5 * sorted[half - 1] + 0.5 * sorted[half] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_what_is_far_from_the_median() {
        assert_eq!(cut_about_median(&[1e9, 5.0]), [1e9, 5.0]);
        // The median is 3.5, the median distance a half.
        let cut = cut_about_median(&[1.0, 3.0, 3.0, 4.0, 4.0, 1e9]);
        assert!((cut[5] - (3.5 + 20.0 * 1.4826 * 0.5)).abs() < 1e-12, "{cut:?}");
        // Where most are equal, the nearest other one is the scale.
        assert_eq!(cut_about_median(&[0.0, 0.0, 0.0, 2.0, -100.0]), [0.0, 0.0, 0.0, 2.0, -40.0]);
    }
}
