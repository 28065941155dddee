//! Slices that do not fit are refused on every level that the processor supports: nothing is read past an end.

use std::panic::catch_unwind;

use anet_simd::{CELLS, DirichletBlock, Level, OFFSETS, PARITY_SUMS, REACH, ROW_TILE};

fn refuses(call: impl Fn(Level) + std::panic::UnwindSafe + Copy) -> bool {
    let refusals: Vec<bool> =
        Level::all_supported().into_iter().map(|level| catch_unwind(move || call(level)).is_err()).collect();
    assert!(refusals.iter().all(|refusal| *refusal == refusals[0]), "every level does the same");
    refusals[0]
}

#[test]
fn a_dirichlet_product_has_a_coefficient_a_row_and_a_wave_an_offset() {
    const ROWS: usize = 2 * ROW_TILE;
    let (numbers, waves) = ([0.5; ROWS * 40], [0.5; 37 * OFFSETS]);
    let block =
        DirichletBlock { terms: 37, stride: 40, re: &numbers, im: &numbers, cos: &waves, sin: &waves };
    let refused = |block: DirichletBlock<'_>, rows: usize| {
        refuses(|level| level.add_dirichlet_product(block, &mut vec![[[0.0; OFFSETS]; 4]; rows]))
    };
    assert!(!refused(block, ROWS));
    assert!(refused(DirichletBlock { re: &numbers[1..], ..block }, ROWS));
    assert!(refused(DirichletBlock { im: &numbers[1..], ..block }, ROWS));
    assert!(refused(DirichletBlock { stride: 36, ..block }, ROWS));
    assert!(refused(DirichletBlock { stride: usize::MAX, ..block }, ROWS));
    assert!(refused(DirichletBlock { terms: 38, ..block }, ROWS));
    assert!(refused(DirichletBlock { sin: &waves[OFFSETS..], ..block }, ROWS));
    assert!(refused(DirichletBlock { cos: &waves[1..], sin: &waves[1..], ..block }, ROWS));
    assert!(refused(block, ROWS - 1));
}

#[test]
fn an_interpolation_has_twenty_samples_on_either_side() {
    let (samples, weights) = ([0.5; 80], [[0.5; PARITY_SUMS]; REACH]);
    let refused = |samples: &[f64], left: usize| {
        let lefts = [30, 30, 30, 30, 30, left, 30, 30];
        refuses(|level| {
            let mut out = [[0.0; CELLS]; 2 * PARITY_SUMS];
            level.interpolate(samples, &lefts, [&weights; 2], &mut out);
        })
    };
    assert!(!refused(&samples, 19) && !refused(&samples, 59));
    assert!(refused(&samples, 18) && refused(&samples, 60) && refused(&samples, usize::MAX));
    assert!(refused(&samples[..39], 19));
}

#[test]
fn a_component_of_a_query_has_a_row() {
    assert!(refuses(|level| {
        level.dot_u8(&[], &[(0, 1)]);
    }));
}

#[test]
fn a_lag_has_a_past() {
    let slides = |groups: usize, values: usize, candidates: usize| {
        refuses(|level| {
            let mut distances = vec![anet_simd::LagGroup::default(); groups];
            level.slide(&mut distances, &vec![0; values], 4, candidates, &[0; 5]);
        })
    };
    let (groups, lags) = (anet_simd::SHORT_GROUPS, anet_simd::SHORT_GROUPS * anet_simd::GROUP);
    let enough = lags + 2 * 4 + 1;
    assert!(!slides(groups, enough, lags));
    assert!(
        slides(groups, enough - 1, lags) && slides(groups, enough, lags + 1) && slides(groups + 1, 9000, 1)
    );
}
