//! Plain Rust.

use super::{LAGS, Smallest};

/// See [`super`].
pub fn slide(distances: &mut [i32; LAGS], past: &[i16], w: usize, candidates: usize, limit: i32) -> Smallest {
    let (newest, leaving) = (i32::from(past[0]), i32::from(past[w]));
    let (entering, left) = (&past[w + 1..][..LAGS], &past[2 * w + 1..][..LAGS]);
    for ((distance, &then), &before) in distances.iter_mut().zip(entering).zip(left) {
        let (enters, leaves) = (newest - i32::from(then), leaving - i32::from(before));
        *distance += enters * enters - leaves * leaves;
    }
    let mut smallest = Smallest::within(limit);
    distances[..candidates].iter().enumerate().for_each(|(i, &distance)| smallest.offer(distance, i));
    smallest
}
