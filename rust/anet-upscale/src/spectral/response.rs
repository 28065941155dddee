//! How a point of the coarse series sees each frequency.

use realfft::num_complex::Complex;

use crate::coarse::Kind;

/// `h(f) = (1/m) Σ exp(2πi f j)` over a block's samples j at f = k / length, k = 0 to length / 2; 1 of single samples.
///
/// The sum is `exp(πi f (m − 1)) sin(πfm) / (m sin(πf))`. πfm takes few values, since m divides the length.
pub(super) fn response(kind: Kind, factor: usize, length: usize) -> Vec<Complex<f64>> {
    let (half, points) = (length / 2, length / factor);
    let one = Complex::new(1.0, 0.0);
    if kind == Kind::Sample {
        return vec![one; half + 1];
    }
    let angle = |k: usize, whole: usize| std::f64::consts::PI * (k as f64 / whole as f64);
    let of_block: Vec<_> = (0..2 * points).map(|k| Complex::cis(angle(k, points))).collect();
    let of_mean = |k: usize| {
        let (block, sample) = (of_block[k % (2 * points)], Complex::cis(angle(k, length)));
        block * sample.conj() * (block.im / (factor as f64 * sample.im))
    };
    std::iter::once(one).chain((1..=half).map(of_mean)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closed_form_is_the_sum() {
        for (k, seen) in response(Kind::Mean, 5, 40).into_iter().enumerate() {
            let terms = (0..5).map(|j| Complex::cis(std::f64::consts::TAU * (k * j) as f64 / 40.0));
            assert!((terms.sum::<Complex<f64>>() / 5.0 - seen).norm() < 1e-14, "{k}");
        }
    }
}
