//! The bounds of one query, and which signatures they leave.

use anet_simd::Level;
use anet_simd::NEAREST;
use anet_simd::{COLUMNS, ColumnSums};

/// Lanes of maxima: the fifth highest of these bounds the fifth highest of all from below.
const LANES: usize = 16;

/// Bounds of the cosines of a query, the newest signature first: each cosine times `unit` lies from `lower` to `upper`.
#[derive(Debug)]
pub(super) struct QueryBounds {
    pub(super) unit: f64,
    pub(super) lower: ColumnSums,
    pub(super) upper: ColumnSums,
}

impl QueryBounds {
    /// Which of the newest `scale` signatures can be among the five most similar of these, a bit for each, the newest lowest;
    /// a few others may be among them. Five are known to be `fifth` or more.
    pub(super) fn likely(&self, level: Level, scale: usize, fifth: f64) -> u128 {
        let scale = scale.min(COLUMNS);
        let least = fifth_of_lanes(&self.lower.0[..scale]).max((self.unit * fifth) as u16);
        level.columns_at_least(&self.upper, least) & (u128::MAX >> (COLUMNS - scale))
    }
}

/// At least five bounds are as high as the fifth highest of their maxima in lanes.
fn fifth_of_lanes(bounds: &[u16]) -> u16 {
    let mut lanes = [0; LANES];
    for chunk in bounds.chunks(LANES) {
        lanes.iter_mut().zip(chunk).for_each(|(highest, &bound)| *highest = bound.max(*highest));
    }
    let mut highest = [0; NEAREST];
    for mut lane in lanes {
        for place in &mut highest {
            (*place, lane) = (lane.max(*place), lane.min(*place));
        }
    }
    highest[NEAREST - 1]
}
