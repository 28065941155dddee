//! The product behind Dirichlet polynomials against the sums that define it.

use anet_simd::{DirichletBlock, HALF_OFFSETS, Level, OFFSETS, ROW_TILE};

use crate::levels::Property;

pub(crate) const PROPERTIES: &[Property] =
    &[("dirichlet_products_have_the_bits_of_fused_chains", fused_chains)];

const TERMS: usize = 37;
const STRIDE: usize = 40;
const ROWS: usize = 2 * ROW_TILE;

fn wave(count: usize, speed: f64) -> Vec<f64> {
    (0..count).map(|i| (speed * i as f64).sin()).collect()
}

/// One sum: over n in order, each product and its addition rounded once.
fn chain(row: usize, offset: usize, coefficients: &[f64], table: &[f64]) -> f64 {
    let place = |n: usize| offset / HALF_OFFSETS * table.len() / 2 + n * HALF_OFFSETS + offset % HALF_OFFSETS;
    (0..TERMS).fold(0.25, |sum, n| coefficients[row * STRIDE + n].mul_add(table[place(n)], sum))
}

fn fused_chains(level: Level) {
    let (re, im) = (wave(ROWS * STRIDE, 0.3), wave(ROWS * STRIDE, 0.7));
    let (cos, sin) = (wave(TERMS * OFFSETS, 1.1), wave(TERMS * OFFSETS, 0.9));
    let block = DirichletBlock { terms: TERMS, stride: STRIDE, re: &re, im: &im, cos: &cos, sin: &sin };
    let mut sums = vec![[[0.25; OFFSETS]; 4]; ROWS];
    level.add_dirichlet_product(block, &mut sums);
    for (row, sums) in sums.iter().enumerate() {
        for (sum, (a, b)) in sums.iter().zip([(&re, &cos), (&im, &sin), (&re, &sin), (&im, &cos)]) {
            let wanted: [f64; OFFSETS] = std::array::from_fn(|offset| chain(row, offset, a, b));
            assert_eq!(*sum, wanted, "row {row}");
        }
    }
}
