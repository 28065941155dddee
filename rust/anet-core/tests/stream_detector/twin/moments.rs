//! Exponentially weighted means and variances: `EW(half)` of the paper.

/// Mean and variance under weights that halve every `half` samples. The weight before the first sample may differ for both.
#[derive(Clone, Copy)]
pub(crate) struct Moments {
    decay: f64,
    weights: [f64; 2],
    pub(crate) mean: f64,
    pub(crate) variance: f64,
}

impl Moments {
    /// Has seen nothing.
    pub(crate) fn new(half: f64) -> Self {
        Self::start(half, [0.0; 2], 0.0, 0.0)
    }

    /// As if samples of these weights had given this mean and this variance.
    pub(crate) fn start(half: f64, weights: [f64; 2], mean: f64, variance: f64) -> Self {
        Self { decay: 0.5_f64.powf(1.0 / half), weights, mean, variance }
    }

    /// A sample that lies `d` from the mean. The caller may have cut it.
    pub(crate) fn add(&mut self, d: f64) {
        self.weights = self.weights.map(|weight| self.decay * weight + 1.0);
        let [of_mean, of_variance] = self.weights;
        self.mean += d / of_mean;
        self.variance = (1.0 - 1.0 / of_variance) * (self.variance + d * d / of_variance);
    }

    /// A sample.
    pub(crate) fn push(&mut self, x: f64) {
        self.add(x - self.mean);
    }

    pub(crate) fn deviation(&self) -> f64 {
        self.variance.sqrt()
    }
}

/// A running mean of squares, each cut at nine times the mean so far and the mean at least `least`.
#[derive(Clone, Copy)]
pub(crate) struct CutSquares {
    decay: f64,
    weight: f64,
    least: f64,
    pub(crate) mean: f64,
}

impl CutSquares {
    pub(crate) fn start(half: f64, weight: f64, mean: f64, least: f64) -> Self {
        Self { decay: 0.5_f64.powf(1.0 / half), weight, least, mean }
    }

    /// The error `e`, whose square is averaged.
    pub(crate) fn push(&mut self, e: f64) {
        self.weight = self.decay * self.weight + 1.0;
        let square = (e * e).min(9.0 * self.mean);
        self.mean = (self.mean + (square - self.mean) / self.weight).max(self.least);
    }
}

/// The mean of the last `count` values, or of all where there are fewer.
pub(crate) fn newest_mean(values: &[f64], count: usize) -> f64 {
    let newest = &values[values.len().saturating_sub(count)..];
    newest.iter().sum::<f64>() / newest.len() as f64
}
