//! Distances of lag vectors against those computed anew at each step.

use anet_simd::{LAGS, LagDistances, Level, NEAREST, Nearest};
use proptest::prelude::*;

use crate::levels::Property;
use crate::runner::runner;

pub(crate) const PROPERTIES: &[Property] = &[("slides_to_the_five_smallest_distances", slides)];

/// Values as the detector has them: all alike, few different ones, or anything within the bounds.
fn steps() -> impl Strategy<Value = Vec<i16>> {
    prop_oneof![Just(0..=0_i16), Just(-1..=1), Just(-1600..=1600)]
        .prop_flat_map(|values| prop::collection::vec(values, 1..200))
}

/// Squared distances of the newest w values to those that end w + 1, w + 2, ... values before the first lags.
fn naive_distances(past: &[i16], w: usize, first: usize) -> Vec<i32> {
    let square = |lag: usize, i: usize| (i32::from(past[i]) - i32::from(past[lag + i])).pow(2);
    (first + w + 1..=first + w + LAGS).map(|lag| (0..w).map(|i| square(lag, i)).sum()).collect()
}

/// The five smallest by sorting all, of equals the first ones: distances, then places in ascending order.
fn naive_nearest(distances: &[i32]) -> Nearest {
    let mut sorted: Vec<(i32, u16)> = distances.iter().copied().zip(0..).collect();
    sorted.sort_unstable();
    sorted.truncate(NEAREST);
    let mut places: Vec<u16> = sorted.iter().map(|&(_, place)| place).collect();
    places.sort_unstable();
    places.resize(NEAREST, 0);
    let mut smallest: Vec<i32> = sorted.into_iter().map(|(distance, _)| distance).collect();
    smallest.resize(NEAREST, i32::MAX);
    Nearest { distances: smallest.try_into().unwrap(), places: places.try_into().unwrap() }
}

fn slides(level: Level) {
    let same = |(series, w, first, candidates): (Vec<i16>, usize, usize, usize)| {
        let mut distances = Box::<LagDistances>::default();
        let mut past = vec![0; first + LAGS + 2 * w + 1];
        for value in series {
            past.rotate_right(1);
            past[0] = value;
            let nearest = level.slide(&mut distances, &past, w, first, candidates);
            let wanted = naive_distances(&past, w, first);
            prop_assert_eq!(&distances.0[..], &wanted[..]);
            prop_assert_eq!(nearest, naive_nearest(&wanted[..candidates]));
        }
        Ok(())
    };
    let w = prop_oneof![Just(4_usize), Just(16), Just(64)];
    runner(100).run(&(steps(), w, prop_oneof![Just(0), Just(100)], 0..=LAGS), same).unwrap();
}
