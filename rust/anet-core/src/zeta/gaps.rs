//! Gaps between neighbouring zeros, in units of the mean gap at their height.

use super::counting::TAU;

/// s = (γ' − γ) · ln(γ / 2π) / 2π for each height γ and the next one, γ'.
///
/// Heights that are not finite and positive are left out first; gaps that are not finite and positive are left out
/// afterwards, so unsorted heights are no error. Fewer than two heights have no gap.
///
/// ```
/// use anet_core::zeta::normalized_gaps;
/// let gaps = normalized_gaps(&[14.134725, f64::NAN, 21.022040, 25.010858]);
/// assert_eq!(gaps.len(), 2);
/// assert!((gaps[0] - 0.8887).abs() < 1e-4);
/// ```
pub fn normalized_gaps(heights: &[f64]) -> Vec<f64> {
    let usable = |height: &f64| height.is_finite() && *height > 0.0;
    let mut heights = heights.iter().copied().filter(usable);
    let Some(mut height) = heights.next() else { return Vec::new() };
    heights
        .map(|next| {
            let gap = (next - height) * density(height);
            height = next;
            gap
        })
        .filter(usable)
        .collect()
}

/// Mean number of zeros per unit of height.
fn density(height: f64) -> f64 {
    (height / TAU).ln() / TAU
}
