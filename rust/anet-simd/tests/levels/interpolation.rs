//! The interpolation about cells against the sums that define it.

use anet_simd::{CELLS, Level, PARITY_SUMS, REACH, Weights};

use crate::levels::Property;

pub(crate) const PROPERTIES: &[Property] = &[("interpolations_have_the_bits_of_fused_chains", fused_chains)];

fn wave(i: usize, speed: f64) -> f64 {
    (speed * (i + 1) as f64).sin()
}

fn samples() -> Vec<f64> {
    (0..80).map(|i| wave(i, 0.3)).collect()
}

fn weights(speed: f64) -> Weights {
    std::array::from_fn(|i| std::array::from_fn(|k| wave(PARITY_SUMS * i + k, speed)))
}

fn fused_chains(level: Level) {
    let (samples, even, odd) = (samples(), weights(0.7), weights(1.1));
    let lefts = [19, 20, 23, 24, 30, 41, 59, 33];
    let mut got = [[2.0; CELLS]; 2 * PARITY_SUMS];
    level.interpolate(&samples, &lefts, [&even, &odd], &mut got);
    for (cell, left) in lefts.into_iter().enumerate() {
        let sides = |i: usize| (samples[left + 1 + i], samples[left - i]);
        for k in 0..PARITY_SUMS {
            let even = (0..REACH).fold(0.0, |sum, i| even[i][k].mul_add(sides(i).0 + sides(i).1, sum));
            let odd = (0..REACH).fold(0.0, |sum, i| odd[i][k].mul_add(sides(i).0 - sides(i).1, sum));
            assert_eq!([got[2 * k][cell], got[2 * k + 1][cell]], [even, odd], "cell {cell}, sum {k}");
        }
    }
}
