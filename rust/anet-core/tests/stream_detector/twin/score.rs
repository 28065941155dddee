//! From components to one number, and the one that is judged.

/// Names, priors and order of the components that have a scale.
pub(crate) const SCALED: [(&str, (f64, f64)); 23] = [
    ("d4", (0.2, 0.2)),
    ("d16", (0.35, 0.3)),
    ("d32", (0.45, 0.3)),
    ("d64", (0.5, 0.3)),
    ("tokens", (0.15, 0.1)),
    ("rarity", (1.5, 0.7)),
    ("flatline", (1.0, 2.0)),
    ("b8_d8", (0.6, 0.3)),
    ("b8_d16", (0.6, 0.3)),
    ("b8_d32", (0.6, 0.3)),
    ("b8_rarity", (1.5, 0.7)),
    ("b64_d4", (0.6, 0.3)),
    ("b64_d8", (0.6, 0.3)),
    ("b64_d16", (0.6, 0.3)),
    ("b64_rarity", (1.5, 0.7)),
    ("b2_d16", (0.45, 0.3)),
    ("b2_d32", (0.5, 0.3)),
    ("r1", (0.4, 0.3)),
    ("r8", (0.4, 0.3)),
    ("r16", (0.4, 0.3)),
    ("r32", (0.4, 0.3)),
    ("season32", (0.3, 0.3)),
    ("season128", (0.3, 0.3)),
];
/// Those that are deviations already, after them.
pub(crate) const UNSCALED: [&str; 3] = ["drift", "fall", "place"];
pub(crate) const COUNT: usize = SCALED.len() + UNSCALED.len();
pub(crate) const FLATLINE: usize = 6;

/// Components in deviations.
pub(crate) type Parts = [f64; COUNT];

/// What the sums weigh the components by.
pub(crate) struct Weights {
    pub(crate) rho: f64,
    /// The share of the variance that the phase explains.
    pub(crate) explained: f64,
    pub(crate) long: bool,
}

impl Weights {
    /// The score: the largest of all sums.
    pub(crate) fn score(&self, z: &Parts) -> f64 {
        self.largest(z, z[17..21].iter().sum())
    }

    /// The same with each residual part cut at 5: what the p-value is taken from.
    pub(crate) fn judged(&self, z: &Parts) -> f64 {
        self.largest(z, z[17..21].iter().map(|z| z.min(5.0)).sum())
    }

    fn largest(&self, z: &Parts, residuals: f64) -> f64 {
        let c = |i: usize| z[i].min(5.0);
        let (rho, q) = (self.rho, 1.0 - self.rho);
        let shapes = z[0] + c(1) + q * (c(2) + c(3) / 2.0) + c(4) + 2.0 * q * c(5);
        let foretold = rho * residuals + rho * (1.0 + 2.0 * rho.powi(8)) * (c(15) + c(16));
        let eight = 0.8 * (c(7) + c(8) + c(9) / 2.0) + 2.0 * c(10) - 1.0;
        let sixty_four = 1.3 * (c(11) + c(12) + c(13) / 2.0 + c(14)) - 2.0;
        let phase = 3.0 * self.explained * (c(21) + c(22)) - 1.0;
        let largest = (shapes + foretold).max(z[FLATLINE]).max(phase);
        if self.long { largest.max(eight).max(sixty_four) } else { largest }
    }
}
