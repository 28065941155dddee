//! Z at a single height by the Riemann-Siegel formula.

use crate::arithmetic::integer_logarithms::IntegerLogarithms;
use crate::arithmetic::lanes::lanes;
use crate::arithmetic::phase::{cosine, exact_product, fraction};
use crate::riemann_siegel::correction::{Correction, main_sum_terms};
use crate::theta::taylor::ThetaSeries;

/// Z(t) for t ≥ 400, by its N terms, eight at a time, and the correction; `logs` must hold N numbers.
#[inline(always)]
pub(crate) fn hardy_z(t: f64, logs: &IntegerLogarithms) -> f64 {
    let terms = main_sum_terms(t);
    let theta = ThetaSeries::about(t, 0.0).at(&[t; 8])[0];
    let term = |n: usize| {
        let (product, rest) = exact_product(t, logs.high[n], logs.low[n]);
        cosine(fraction(theta - fraction(product) - rest)) * logs.amplitude[n]
    };
    let whole = terms / 8 * 8;
    let mut sum = [0.0f64; 8];
    for n in (0..whole).step_by(8) {
        sum = lanes!(lane => sum[lane] + term(n + lane));
    }
    let sum: f64 = sum.iter().sum::<f64>() + (whole..terms).map(term).sum::<f64>();
    2.0f64.mul_add(sum, Correction::new(t, terms).at(&[t; 8])[0])
}
