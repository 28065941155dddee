//! Z(t) at small heights, by the Euler-Maclaurin formula (Edwards 1974, section 6.4).
//!
//! ζ(s) = Σ_{n<M} n^-s + M^(1−s)/(s−1) + M^-s/2 + Σ_j B_2j/(2j)! s(s+1)...(s+2j−2) M^(−s−2j+1), s = ½ + it, and
//! Z = Re(e^{iθ} ζ). An error of θ by ε scales Z by cos ε and moves no zero.

use crate::double::{Double, PER_TURN};
use crate::logarithm::ln;
use crate::riemann_siegel::angle_turns::{Lanes, cosine, fraction, lanes, sine};
use crate::riemann_siegel::logarithms::Logarithms;
use crate::riemann_siegel::tables::{BERNOULLI, LONG_SINE};

/// Z(t) for t ≤ 420, `theta` being θ/2π, with `cut` terms, at least [`cut`].
#[inline(always)]
pub fn hardy_z(t: &Lanes, theta: &Lanes, cut: usize, logs: &Logarithms) -> Lanes {
    let mut sum = [Double::default(); 8];
    for n in 1..cut {
        let phase = phase(t, theta, n, logs);
        // The terms are many times the sum: what rounding them together would lose shows in the first zeros.
        for lane in 0..8 {
            let term = Double::product(cosine(phase[lane]), logs.amplitude[n - 1]);
            let total = Double::sum(sum[lane].high, term.high);
            sum[lane] = Double { high: total.high, low: sum[lane].low + (total.low + term.low) };
        }
    }
    let last = phase(t, theta, cut, logs);
    let (re, im) = tail(t, cut as f64);
    lanes!(lane => {
        let tail = cosine(last[lane]).mul_add(re[lane], -(sine(last[lane]) * im[lane]));
        logs.amplitude[cut - 1].mul_add(tail, sum[lane].low) + sum[lane].high
    })
}

/// Z(t) near a zero, right to about 3e-17: at small heights a unit in the last place of t is so small that the rounding of
/// [`hardy_z`] would show in the zeros.
#[inline(always)]
pub fn residue(t: &Lanes, cut: usize, logs: &Logarithms) -> Lanes {
    let theta = lanes!(lane => theta(t[lane]));
    let mut sum = [Double::default(); 8];
    for n in 1..cut {
        let root = inverse_root(n as f64, logs.amplitude[n - 1]);
        for lane in 0..8 {
            let wave = long_cosine(long_phase(t[lane], theta[lane], n, logs));
            sum[lane] = sum[lane].add(wave.multiply(root));
        }
    }
    let last = phase(t, &theta, cut, logs);
    let (re, im) = tail(t, cut as f64);
    lanes!(lane => {
        let tail = cosine(last[lane]).mul_add(re[lane], -(sine(last[lane]) * im[lane]));
        sum[lane].plus(logs.amplitude[cut - 1] * tail).high
    })
}

/// n^-½ in two doubles, from the rounded one.
#[inline(always)]
fn inverse_root(n: f64, root: f64) -> Double {
    let square = Double::product(root, root);
    let miss = (-n).mul_add(square.high, 1.0) - n * square.low;
    Double { high: root, low: 0.5 * root * miss }
}

/// [`phase`] in two doubles.
#[inline(always)]
fn long_phase(t: f64, theta: f64, n: usize, logs: &Logarithms) -> Double {
    let (high, low) = (logs.high[n - 1], logs.low[n - 1]);
    let product = t * high;
    let rest = t.mul_add(high, -product) + t * low;
    let difference = Double::sum(theta, -fraction(product));
    Double::sum(fraction(difference.high), difference.low - rest)
}

/// cos 2πr for |r| ≤ ½, to twenty digits: 1 − 2 sin²(πr).
#[inline(always)]
fn long_cosine(r: Double) -> Double {
    let square = r.multiply(r);
    let mut tail = 0.0f64;
    for [coefficient, _] in LONG_SINE[6..].iter().rev() {
        tail = tail.mul_add(square.high, *coefficient);
    }
    let mut sum = Double::from(tail);
    for [high, low] in LONG_SINE[..6].iter().rev() {
        sum = sum.multiply(square).add(Double { high: *high, low: *low });
    }
    let sine = sum.multiply(r);
    sine.multiply(sine).times(-2.0).plus(1.0)
}

/// How many terms to sum up to the height `t`.
pub fn cut(t: f64) -> usize {
    0.35f64.mul_add(t, 14.0) as usize
}

/// (θ(t) − t ln n) / 2π.
#[inline(always)]
fn phase(t: &Lanes, theta: &Lanes, n: usize, logs: &Logarithms) -> Lanes {
    let (high, low) = (logs.high[n - 1], logs.low[n - 1]);
    lanes!(lane => {
        let product = t[lane] * high;
        let rest = t[lane].mul_add(high, -product) + t[lane] * low;
        fraction(theta[lane] - fraction(product) - rest)
    })
}

/// θ(t) / 2π for t > 4, roughly.
#[inline(always)]
pub fn theta(t: f64) -> f64 {
    let u = t * PER_TURN.high;
    let inverse = 1.0 / t;
    let tail = inverse * (1.0 / 48.0 + inverse * inverse * (7.0 / 5760.0));
    fraction(0.5 * u * (ln(u).high - 1.0) - 0.0625 + tail * PER_TURN.high)
}

/// M/(s−1) + ½ + Σ_j B_2j/(2j)! s(s+1)...(s+2j−2) M^(1−2j), as real and imaginary part.
#[inline(always)]
fn tail(t: &Lanes, m: f64) -> (Lanes, Lanes) {
    let norm = lanes!(lane => m / t[lane].mul_add(t[lane], 0.25));
    let mut re: Lanes = lanes!(lane => (-0.5f64).mul_add(norm[lane], 0.5));
    let mut im: Lanes = lanes!(lane => -t[lane] * norm[lane]);
    // The product s(s+1)... over powers of M, two factors a term.
    let b = lanes!(lane => t[lane] / m);
    let (mut x, mut y) = ([0.5 / m; 8], b);
    for (j, coefficient) in BERNOULLI[..25].iter().enumerate() {
        for lane in 0..8 {
            re[lane] = coefficient.mul_add(x[lane], re[lane]);
            im[lane] = coefficient.mul_add(y[lane], im[lane]);
            for k in [2 * j + 1, 2 * j + 2] {
                let a = (0.5 + k as f64) / m;
                let turned = (x[lane] * a - y[lane] * b[lane], x[lane] * b[lane] + y[lane] * a);
                (x[lane], y[lane]) = turned;
            }
        }
    }
    (re, im)
}
