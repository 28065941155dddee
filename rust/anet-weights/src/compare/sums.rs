//! The sums of a segment, by the way that is good for its numbers.

use anet_simd::Level;

use super::exact::exact;
use super::lanes::{Changes, Weights};
use super::segment::Segment;

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
}

/// The sums of a segment.
pub(super) fn sums(level: Level, a: &Segment, b: &Segment, base: Option<&Segment>) -> Sums {
    let is_held = |segment: &Segment| segment.largest == 0.0 || HELD.contains(&segment.largest);
    let (first, second, o) = (&*a.numbers, &*b.numbers, base.map(|base| &*base.numbers));
    if !(is_held(a) && is_held(b) && base.is_none_or(is_held)) {
        return exact(first, second, o);
    }
    let [squares_a, squares_b, products, distance_squares] = level.run(Weights { a: first, b: second });
    let changes = o.map(|o| level.run(Changes { a: first, b: second, o }));
    let [base_squares, changes_a, changes_b, change_products] = changes.unwrap_or_default();
    let (squares, change_squares) = ([squares_a, squares_b], [changes_a, changes_b]);
    Sums { squares, products, distance_squares, base_squares, change_squares, change_products }
}

impl Sums {
    /// Adds what comes behind.
    pub(super) fn join(&mut self, next: &Self) {
        for side in 0..2 {
            self.squares[side] += next.squares[side];
            self.change_squares[side] += next.change_squares[side];
        }
        self.products += next.products;
        self.distance_squares += next.distance_squares;
        self.base_squares += next.base_squares;
        self.change_products += next.change_products;
    }
}
