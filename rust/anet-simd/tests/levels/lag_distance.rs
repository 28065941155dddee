//! Distances of lag vectors against those computed anew at each step.

use anet_simd::{GROUP, LONG_GROUPS, LagGroup, Level, NEAREST, Nearest, SHORT_GROUPS};
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
fn naive_distances(past: &[i16], w: usize, lags: usize) -> Vec<i32> {
    let square = |lag: usize, i: usize| (i32::from(past[i]) - i32::from(past[lag + i])).pow(2);
    (w + 1..=w + lags).map(|lag| (0..w).map(|i| square(lag, i)).sum()).collect()
}

/// The five smallest by sorting all, of equals the first ones.
fn naive_nearest(distances: &[i32]) -> Nearest {
    let mut sorted: Vec<(i32, u16)> = distances.iter().copied().zip(0..).collect();
    sorted.sort_unstable();
    sorted.resize(sorted.len() + NEAREST, (i32::MAX, 0));
    let five = |i: usize| sorted[i];
    Nearest { distances: std::array::from_fn(|i| five(i).0), places: std::array::from_fn(|i| five(i).1) }
}

fn slides(level: Level) {
    let same = |(series, w, groups, share): (Vec<i16>, usize, usize, f64)| {
        let lags = groups * GROUP;
        let candidates = (share * lags as f64) as usize;
        let mut distances = vec![LagGroup::default(); groups];
        let mut past = vec![0; lags + 2 * w + 1];
        // None, the last ones, or any.
        let mut guess = [0; NEAREST];
        for (step, value) in series.into_iter().enumerate() {
            past.rotate_right(1);
            past[0] = value;
            if step % 3 == 1 {
                guess = std::array::from_fn(|i| ((i + 1) * step * 37 % lags) as u16);
            }
            let nearest = level.slide(&mut distances, &past, w, candidates, &guess);
            guess = nearest.places;
            let wanted = naive_distances(&past, w, lags);
            prop_assert!(distances.iter().flat_map(|group| group.0).eq(wanted.iter().copied()));
            prop_assert_eq!(nearest, naive_nearest(&wanted[..candidates]));
        }
        Ok(())
    };
    let w = prop_oneof![Just(4_usize), Just(16), Just(64)];
    let groups = prop_oneof![4 => Just(SHORT_GROUPS), 1 => Just(LONG_GROUPS)];
    runner(100).run(&(steps(), w, groups, 0.0..=1.0), same).unwrap();
}
