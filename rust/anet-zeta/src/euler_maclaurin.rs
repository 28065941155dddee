//! Z(t) at small heights, by the Euler-Maclaurin formula (Edwards 1974, section 6.4).
//!
//! ζ(s) = Σ_{n<M} n^-s + M^(1−s)/(s−1) + M^-s/2 + Σ_j B_2j/(2j)! s(s+1)...(s+2j−2) M^(−s−2j+1), s = ½ + it, and
//! Z = Re(e^{iθ} ζ). An error of θ by ε scales Z by cos ε and moves no zero.

use crate::arithmetic::double_double::{DoubleDouble, INV_TWO_PI};
use crate::arithmetic::integer_logarithms::IntegerLogarithms;
use crate::arithmetic::lanes::{Lanes, lanes};
use crate::arithmetic::logarithm::ln;
use crate::arithmetic::phase::{cosine, exact_product, fraction, sine};
use crate::tables::{BERNOULLI, LONG_SINE};

/// Z(t) for t ≤ 420, within 1e-15; `theta` is θ/2π, and the sum goes up to n = `cutoff`, at least [`cutoff`].
#[inline(always)]
pub(crate) fn hardy_z(t: &Lanes, theta: &Lanes, cutoff: usize, logs: &IntegerLogarithms) -> Lanes {
    let mut sum = [DoubleDouble::default(); 8];
    for n in 1..cutoff {
        let phase = phase(t, theta, n, logs);
        // The terms are many times their sum: adding them in one double would show in the first zeros.
        for lane in 0..8 {
            let term = DoubleDouble::two_product(cosine(phase[lane]), logs.amplitude[n - 1]);
            let total = DoubleDouble::two_sum(sum[lane].high, term.high);
            sum[lane] = DoubleDouble { high: total.high, low: sum[lane].low + (total.low + term.low) };
        }
    }
    let last = phase(t, theta, cutoff, logs);
    let (re, im) = tail(t, cutoff as f64);
    lanes!(lane => {
        let tail = cosine(last[lane]).mul_add(re[lane], -(sine(last[lane]) * im[lane]));
        logs.amplitude[cutoff - 1].mul_add(tail, sum[lane].low) + sum[lane].high
    })
}

/// Z(t) near a zero, within 3e-17, by a sum in two doubles.
///
/// Below t = 256 a unit in the last place of t is so small that the rounding of [`hardy_z`] would show in the zeros.
#[inline(always)]
pub(crate) fn residual(t: &Lanes, cutoff: usize, logs: &IntegerLogarithms) -> Lanes {
    let theta = lanes!(lane => rough_theta(t[lane]));
    let mut sum = [DoubleDouble::default(); 8];
    for n in 1..cutoff {
        let root = inverse_root_in_two(n as f64, logs.amplitude[n - 1]);
        for lane in 0..8 {
            let wave = cosine_in_two(phase_in_two(t[lane], theta[lane], n, logs));
            sum[lane] = sum[lane].add(wave.multiply(root));
        }
    }
    let last = phase(t, &theta, cutoff, logs);
    let (re, im) = tail(t, cutoff as f64);
    lanes!(lane => {
        let tail = cosine(last[lane]).mul_add(re[lane], -(sine(last[lane]) * im[lane]));
        sum[lane].plus(logs.amplitude[cutoff - 1] * tail).high
    })
}

/// n^-½ in two doubles, from the rounded one.
#[inline(always)]
fn inverse_root_in_two(n: f64, root: f64) -> DoubleDouble {
    let square = DoubleDouble::two_product(root, root);
    let error = (-n).mul_add(square.high, 1.0) - n * square.low;
    DoubleDouble { high: root, low: 0.5 * root * error }
}

/// (θ(t) − t ln n) / 2π in two doubles, whole turns left out.
#[inline(always)]
fn phase_in_two(t: f64, theta: f64, n: usize, logs: &IntegerLogarithms) -> DoubleDouble {
    let (product, rest) = exact_product(t, logs.high[n - 1], logs.low[n - 1]);
    let difference = DoubleDouble::two_sum(theta, -fraction(product));
    DoubleDouble::two_sum(fraction(difference.high), difference.low - rest)
}

/// cos 2πr = 1 − 2 sin²(πr) for |r| ≤ ½, to twenty digits.
#[inline(always)]
fn cosine_in_two(r: DoubleDouble) -> DoubleDouble {
    // The terms from r¹³ on are below 4e-8: in one double each they leave twenty digits of the sum.
    const IN_TWO: usize = 6;
    let square = r.multiply(r);
    let mut tail = 0.0f64;
    for [coefficient, _] in LONG_SINE[IN_TWO..].iter().rev() {
        tail = tail.mul_add(square.high, *coefficient);
    }
    let mut sum = DoubleDouble::from(tail);
    for [high, low] in LONG_SINE[..IN_TWO].iter().rev() {
        sum = sum.multiply(square).add(DoubleDouble { high: *high, low: *low });
    }
    let sine = sum.multiply(r);
    sine.multiply(sine).times(-2.0).plus(1.0)
}

/// The cut-off M at the height `t`: the sum has M terms.
///
/// The tail falls if M is above t / 2π. With 0.35 t + 14 each of its terms is a quarter of the one before, or less.
pub(crate) fn cutoff(t: f64) -> usize {
    0.35f64.mul_add(t, 14.0) as usize
}

/// (θ(t) − t ln n) / 2π, whole turns left out.
#[inline(always)]
fn phase(t: &Lanes, theta: &Lanes, n: usize, logs: &IntegerLogarithms) -> Lanes {
    let (high, low) = (logs.high[n - 1], logs.low[n - 1]);
    lanes!(lane => {
        let (product, rest) = exact_product(t[lane], high, low);
        fraction(theta[lane] - fraction(product) - rest)
    })
}

/// θ(t) / 2π for t > 4, within 1e-6 turns: an error of θ moves no zero.
#[inline(always)]
pub(crate) fn rough_theta(t: f64) -> f64 {
    let u = t * INV_TWO_PI.high;
    let inverse = 1.0 / t;
    let tail = inverse * (1.0 / 48.0 + inverse * inverse * (7.0 / 5760.0));
    fraction(0.5 * u * (ln(u).high - 1.0) - 0.0625 + tail * INV_TWO_PI.high)
}

/// Terms of the tail: a quarter to the 25th power is below 1e-15, and the first term is small.
const TAIL_TERMS: usize = 25;

/// M/(s−1) + ½ + Σ_j B_2j/(2j)! s(s+1)...(s+2j−2) M^(1−2j), as real and imaginary part.
#[inline(always)]
fn tail(t: &Lanes, m: f64) -> (Lanes, Lanes) {
    let norm = lanes!(lane => m / t[lane].mul_add(t[lane], 0.25));
    let mut re: Lanes = lanes!(lane => (-0.5f64).mul_add(norm[lane], 0.5));
    let mut im: Lanes = lanes!(lane => -t[lane] * norm[lane]);
    // The product s(s+1)... over powers of M, two factors a term.
    let b = lanes!(lane => t[lane] / m);
    let (mut x, mut y) = ([0.5 / m; 8], b);
    for (j, coefficient) in BERNOULLI[..TAIL_TERMS].iter().enumerate() {
        for lane in 0..8 {
            re[lane] = coefficient.mul_add(x[lane], re[lane]);
            im[lane] = coefficient.mul_add(y[lane], im[lane]);
            for k in [2 * j + 1, 2 * j + 2] {
                let a = (0.5 + k as f64) / m;
                let next = (x[lane] * a - y[lane] * b[lane], x[lane] * b[lane] + y[lane] * a);
                (x[lane], y[lane]) = next;
            }
        }
    }
    (re, im)
}
