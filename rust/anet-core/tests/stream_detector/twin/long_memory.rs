//! Shapes of pairs of samples against those of the last 8192.

use crate::twin::lag_vectors::{mean_distance, neighbours, whole_numbers};

const PAIR: usize = 2;
/// Pairs remembered.
const RING: usize = 4096;
/// Pairs of a shape: l32 and l64, by their samples.
pub(crate) const LENGTHS: [usize; 2] = [16, 32];
/// Before there are five candidates.
const EARLY: f64 = 0.4;

/// The distances of both lengths at every sample; those of a pair hold until the next one is whole. Kept in single precision.
pub(crate) fn long_memory(y: &[f64]) -> Vec<[f64; 2]> {
    let pairs = whole_numbers(y, PAIR);
    let tables = LENGTHS.map(|w| neighbours(&pairs, w, RING));
    let value = |t: usize, i: usize| {
        let found = ((t + 1) / PAIR).checked_sub(1).and_then(|pair| tables[i][pair].as_ref());
        found.map_or(EARLY, |found| f64::from(mean_distance(found, LENGTHS[i], 64.0) as f32))
    };
    (0..y.len()).map(|t| [value(t, 0), value(t, 1)]).collect()
}
