//! Entropy rate Ṡ: how much more spread the last window is than the one before.

use super::EPSILON;
use crate::check::Length;
use crate::stream::pairwise;

/// Fewest bins of a histogram, however short the window.
const FEWEST_BINS: usize = 8;

/// `Ṡ = H(last window) − H(the one before)` in nats; 0 for fewer than two windows.
///
/// H is the entropy of a histogram of `max(8, ⌊√window⌋)` equal-width bins over the window's own range. NaN or an
/// infinity in either window, or a range past the largest float64, gives NaN.
///
/// ```
/// use anet_core::{check::Length, metric::entropy_rate};
/// let still_then_busy = [0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 4.0];
/// let window = Length::new("window", 4).unwrap();
/// assert!((entropy_rate(&still_then_busy, window) - 4f64.ln()).abs() < 1e-9);
/// ```
pub fn entropy_rate(values: &[f64], window: Length) -> f64 {
    let window = window.get();
    let Some((rest, last)) = values.len().checked_sub(window).map(|start| values.split_at(start)) else {
        return 0.0;
    };
    let Some(start) = rest.len().checked_sub(window) else {
        return 0.0;
    };
    let mut histogram = Histogram::new(window.isqrt().max(FEWEST_BINS));
    histogram.entropy(last) - histogram.entropy(&rest[start..])
}

/// `numpy.histogram(values, bins, density=True)`, its rounding included: a sample on an edge must fall on the same side.
struct Histogram {
    edges: Vec<f64>,
    density: Vec<f64>,
}

impl Histogram {
    fn new(bins: usize) -> Self {
        Self { edges: vec![0.0; bins + 1], density: vec![0.0; bins] }
    }

    /// `−Σ p ln p` over the bins with p > 0, where `p = h / (Σh + ε)` and h is the density of a bin.
    fn entropy(&mut self, values: &[f64]) -> f64 {
        let Some((low, high)) = range(values) else {
            return f64::NAN;
        };
        self.spread_edges(low, high);
        self.count(values, high - low);
        self.divide_by_width(values.len() as f64);
        let sum = pairwise::sum(&self.density, |density| density) + EPSILON;
        let probabilities = self.density.iter().map(|density| density / sum);
        -probabilities.filter(|&p| p > 0.0).map(|p| p * p.ln()).sum::<f64>()
    }

    /// Edges as `numpy.linspace` rounds them.
    fn spread_edges(&mut self, low: f64, high: f64) {
        let bins = self.density.len();
        let (delta, step) = (high - low, (high - low) / bins as f64);
        for (index, edge) in self.edges.iter_mut().enumerate() {
            // A step that underflows would put every edge on the first one.
            let offset = if step == 0.0 { index as f64 / bins as f64 * delta } else { index as f64 * step };
            *edge = offset + low;
        }
        self.edges[bins] = high;
    }

    fn count(&mut self, values: &[f64], width: f64) {
        let low = self.edges[0];
        let bins = self.density.len();
        self.density.fill(0.0);
        for &x in values {
            let guess = (((x - low) / width) * bins as f64) as usize;
            let bin = self.settle(x, guess.min(bins - 1));
            self.density[bin] += 1.0;
        }
    }

    /// The bin that holds `x`, at most one from the guess: bin j holds `edge_j ≤ x < edge_{j+1}`, the last its end too.
    fn settle(&self, x: f64, guess: usize) -> usize {
        let bin = if x < self.edges[guess] { guess.saturating_sub(1) } else { guess };
        if x >= self.edges[bin + 1] && bin + 1 < self.density.len() { bin + 1 } else { bin }
    }

    /// Counts become densities. Where the range has fewer floats than edges, widths mean nothing and counts stay counts.
    fn divide_by_width(&mut self, samples: f64) {
        if self.edges.windows(2).any(|edge| edge[0] >= edge[1]) {
            return;
        }
        for (density, edge) in self.density.iter_mut().zip(self.edges.windows(2)) {
            *density = *density / (edge[1] - edge[0]) / samples;
        }
    }
}

/// Lowest and highest sample, half a unit below and above where they are equal; `None` unless all samples and the
/// distance of the two are finite.
fn range(values: &[f64]) -> Option<(f64, f64)> {
    let mut finite = true;
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for &x in values {
        finite &= x.is_finite();
        low = low.min(x);
        high = high.max(x);
    }
    let (low, high) = if low == high { (low - 0.5, high + 0.5) } else { (low, high) };
    (finite && (high - low).is_finite()).then_some((low, high))
}
