//! The sums of a segment, by the way that is good for its numbers.

use anet_simd::Level;

use super::exact::exact;
use super::lanes::{Changes, LaneChanges, LaneWeights, Weights};
use super::layout::SEGMENT;

/// The numbers of a segment, 0 from its end on.
pub(super) type Segment = [f32; SEGMENT];

/// Magnitudes whose squares and differences single precision holds. Of others the sums are taken in double.
const HELD: std::ops::RangeInclusive<f32> = 1e-10..=1e15;

/// Sums over a segment of two models, and of their base.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sums {
    pub(super) squares: [f64; 2],
    pub(super) products: f64,
    pub(super) distance_squares: f64,
    pub(super) base_squares: f64,
    pub(super) change_squares: [f64; 2],
    pub(super) change_products: f64,
    pub(super) opposed: u64,
    pub(super) moved: u64,
    pub(super) largest: [f32; 2],
    pub(super) base_largest: f32,
    pub(super) not_finite: [u64; 2],
    pub(super) base_not_finite: u64,
}

/// The sums of a segment.
pub(super) fn sums(level: Level, a: &Segment, b: &Segment, base: Option<&Segment>) -> Sums {
    let weights = level.run(Weights { a, b });
    let changes = base.map(|o| level.run(Changes { a, b, o })).unwrap_or_default();
    let is_held = weights.largest.iter().chain([&changes.largest]).all(|&x| x == 0.0 || HELD.contains(&x));
    if is_held && weights.is_finite() && changes.is_finite() {
        of_lanes(&weights, &changes)
    } else {
        exact(a, b, base)
    }
}

fn of_lanes(weights: &LaneWeights, changes: &LaneChanges) -> Sums {
    let ([a, b, products, distance_squares], [base_squares, t, u, change_products]) =
        (weights.sums, changes.sums);
    Sums {
        squares: [a, b],
        products,
        distance_squares,
        base_squares,
        change_squares: [t, u],
        change_products,
        opposed: changes.opposed,
        moved: changes.moved,
        largest: weights.largest,
        base_largest: changes.largest,
        ..Sums::default()
    }
}
