//! One row and one term at a time.

use crate::dirichlet_product::{DirichletBlock, DirichletSums, HALF_OFFSETS};

pub(super) fn add_dirichlet_product(block: DirichletBlock<'_>, sums: &mut [DirichletSums]) {
    block.check(sums.len());
    let half = block.cos.len() / 2;
    for (row, sums) in sums.iter_mut().enumerate() {
        for n in 0..block.terms {
            let (re, im) = (block.re[row * block.stride + n], block.im[row * block.stride + n]);
            for (first, table) in [(0, 0), (HALF_OFFSETS, half)] {
                let cos = &block.cos[table + n * HALF_OFFSETS..][..HALF_OFFSETS];
                let sin = &block.sin[table + n * HALF_OFFSETS..][..HALF_OFFSETS];
                add(&mut sums[0][first..], re, cos);
                add(&mut sums[1][first..], im, sin);
                add(&mut sums[2][first..], re, sin);
                add(&mut sums[3][first..], im, cos);
            }
        }
    }
}

fn add(sums: &mut [f64], factor: f64, waves: &[f64]) {
    for (sum, wave) in sums.iter_mut().zip(waves) {
        *sum = factor.mul_add(*wave, *sum);
    }
}
