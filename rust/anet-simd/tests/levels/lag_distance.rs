//! Distances of lag vectors against those computed anew at each step.

use anet_simd::{LAGS, LagDistances, Level, NEAREST};
use proptest::prelude::*;

use crate::levels::Property;
use crate::runner::runner;

pub(crate) const PROPERTIES: &[Property] = &[("slides_to_the_five_smallest_distances", slides)];

/// Values as the detector has them: all alike, few different ones, or anything within the bounds.
fn steps() -> impl Strategy<Value = Vec<i16>> {
    prop_oneof![Just(0..=0_i16), Just(-1..=1), Just(-1600..=1600)]
        .prop_flat_map(|values| prop::collection::vec(values, 1..200))
}

/// Squared distances of the newest w values to those that end w + 1, w + 2, ... values earlier.
fn naive_distances(past: &[i16], w: usize) -> Vec<i32> {
    let square = |lag: usize, i: usize| (i32::from(past[i]) - i32::from(past[lag + i])).pow(2);
    (w + 1..=w + LAGS).map(|lag| (0..w).map(|i| square(lag, i)).sum()).collect()
}

fn slides(level: Level) {
    let same = |(series, w, candidates): (Vec<i16>, usize, usize)| {
        let mut distances = Box::<LagDistances>::default();
        let mut past = vec![0; LAGS + 2 * w + 1];
        for value in series {
            past.rotate_right(1);
            past[0] = value;
            let smallest = level.slide(&mut distances, &past, w, candidates);
            let mut wanted = naive_distances(&past, w);
            prop_assert_eq!(&distances.0[..], &wanted[..]);
            wanted.truncate(candidates);
            wanted.resize(candidates + NEAREST, i32::MAX);
            wanted.sort_unstable();
            prop_assert_eq!(&smallest[..], &wanted[..NEAREST]);
        }
        Ok(())
    };
    let w = prop_oneof![Just(4_usize), Just(16), Just(64)];
    runner(100).run(&(steps(), w, 0..=LAGS), same).unwrap();
}
