//! Elevations, sums and ranges against the standard library and against plain Rust.

use anet_simd::Level;
use proptest::prelude::*;

use crate::levels::Property;
use crate::runner::runner;

pub(crate) const PROPERTIES: &[Property] = &[
    ("elevations_are_close_to_the_tangent_and_the_same_bits_everywhere", elevations),
    ("elevations_of_what_overflowed_are_one_or_nan", overflowed),
    ("elevations_never_fall_as_numbers_grow", monotone),
    ("sums_have_the_same_bits_everywhere", sums),
    ("ranges_hold_what_a_filter_finds", ranges),
];

fn numbers() -> impl Strategy<Value = Vec<f64>> {
    let finite = prop_oneof![any::<f64>().prop_filter("finite", |x| x.is_finite()), -9.0..9.0, Just(0.1)];
    prop::collection::vec(finite, 0..700)
}

fn elevations(level: Level) {
    let same = |(x, centre, spread): (Vec<f64>, f64, f64)| {
        let mut got = vec![0.0; x.len()];
        let mut portable = got.clone();
        level.elevations(&x, centre, spread, 0.8, &mut got);
        Level::portable().elevations(&x, centre, spread, 0.8, &mut portable);
        for ((x, got), portable) in x.into_iter().zip(got).zip(portable) {
            prop_assert_eq!(got.to_bits(), portable.to_bits());
            let wanted = ((x - centre) / spread).abs().tanh() * 0.8;
            prop_assert!((got - wanted).abs() <= 1e-15 * wanted, "{} for {}", got, wanted);
        }
        Ok(())
    };
    runner(500).run(&(numbers(), -1.0..1.0, 1e-9..1e3), same).unwrap();
}

fn overflowed(level: Level) {
    let mut out = [0.0; 4];
    let x = [f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 1e300];
    level.elevations(&x, 0.0, 1.0, 1.0, &mut out);
    assert!(out[2].is_nan());
    assert_eq!([out[0], out[1], out[3]], [1.0; 3]);
}

fn monotone(level: Level) {
    let x: Vec<f64> = (0..400_000).map(|i| f64::from(i) * 5e-5).collect();
    let mut out = vec![0.0; x.len()];
    level.elevations(&x, 0.0, 1.0, 1.0, &mut out);
    assert!(out.is_sorted());
}

fn sums(level: Level) {
    let portable = Level::portable();
    let same = |(x, centre): (Vec<f64>, f64)| {
        prop_assert_eq!(level.sum(&x).to_bits(), portable.sum(&x).to_bits());
        let squares: Vec<f64> = x.iter().map(|x| (x - centre) * (x - centre)).collect();
        prop_assert_eq!(level.sum_of_squares(&x, centre).to_bits(), portable.sum(&squares).to_bits());
        let distances: Vec<f64> = x.iter().map(|x| (x - centre).abs()).collect();
        prop_assert_eq!(level.sum_of_distances(&x, centre).to_bits(), portable.sum(&distances).to_bits());
        Ok(())
    };
    runner(500).run(&(numbers(), -1.0..1.0), same).unwrap();
}

fn ranges(level: Level) {
    let same = |(x, low, high): (Vec<f64>, f64, f64)| {
        let mut indices = Vec::new();
        level.indices(&x, [low, high], &mut indices);
        let inside = |&index: &usize| low <= x[index] && x[index] < high;
        prop_assert_eq!(indices, (0..x.len()).filter(inside).collect::<Vec<_>>());
        let count = x.iter().filter(|x| **x >= low).count();
        prop_assert_eq!(level.count_at_least(&x, low), count);
        Ok(())
    };
    runner(500).run(&(numbers(), -9.0..9.0, -9.0..9.0), same).unwrap();
}
