//! Sums of a segment in double precision, number by number: what `lanes` computes, and where it cannot.

use super::sums::{Segment, Sums};

/// The sums, with a number that is not finite counted and then taken for 0.
pub(super) fn exact(a: &Segment, b: &Segment, base: Option<&Segment>) -> Sums {
    let mut sums = Sums::default();
    for place in 0..a.len() {
        let mut not_finite = [0; 3];
        let [x, y, o] = [a[place], b[place], base.map_or(0.0, |base| base[place])];
        let finite = |x: f32, count: &mut u64| {
            if x.is_finite() {
                f64::from(x)
            } else {
                *count += 1;
                0.0
            }
        };
        let [in_a, in_b, in_base] = &mut not_finite;
        sums.add(finite(x, in_a), finite(y, in_b), base.map(|_| finite(o, in_base)));
        sums.not_finite[0] += not_finite[0];
        sums.not_finite[1] += not_finite[1];
        sums.base_not_finite += not_finite[2];
    }
    sums
}

impl Sums {
    fn add(&mut self, a: f64, b: f64, o: Option<f64>) {
        self.squares[0] += a * a;
        self.squares[1] += b * b;
        self.products += a * b;
        self.distance_squares += (a - b) * (a - b);
        self.largest[0] = self.largest[0].max(a.abs() as f32);
        self.largest[1] = self.largest[1].max(b.abs() as f32);
        if let Some(o) = o {
            self.add_changes(a - o, b - o, o);
        }
    }

    fn add_changes(&mut self, t: f64, u: f64, o: f64) {
        self.base_squares += o * o;
        self.base_largest = self.base_largest.max(o.abs() as f32);
        self.change_squares[0] += t * t;
        self.change_squares[1] += u * u;
        self.change_products += t * u;
        self.opposed += u64::from((t < 0.0) != (u < 0.0) && t != 0.0 && u != 0.0);
        self.moved += u64::from(t != 0.0 && u != 0.0);
    }
}

#[cfg(test)]
mod tests {
    use anet_simd::Level;

    use super::super::lanes::{Changes, Weights};
    use super::super::sums::sums;
    use super::*;

    fn segment(seed: u32, scale: f32) -> Segment {
        std::array::from_fn(|place| {
            let bits = (place as u32 + 1).wrapping_mul(2_654_435_761).wrapping_mul(seed);
            scale * (f64::from(bits) / f64::from(u32::MAX) - 0.5) as f32
        })
    }

    fn close(x: f64, y: f64, scale: f64) -> bool {
        (x - y).abs() <= 1e-5 * scale
    }

    #[test]
    fn lanes_give_the_exact_sums() {
        let (a, b, o) = (segment(3, 1.0), segment(5, 2.0), segment(7, 1.0));
        let (fast, slow) = (sums(Level::detect(), &a, &b, Some(&o)), exact(&a, &b, Some(&o)));
        assert!(close(fast.squares[0], slow.squares[0], slow.squares[0]));
        assert!(close(fast.products, slow.products, slow.squares[1]));
        assert!(close(fast.distance_squares, slow.distance_squares, slow.distance_squares));
        assert!(close(fast.change_squares[1], slow.change_squares[1], slow.change_squares[1]));
        assert!(close(fast.change_products, slow.change_products, slow.change_squares[1]));
        assert_eq!((fast.opposed, fast.moved), (slow.opposed, slow.moved));
        assert_eq!((fast.largest, fast.base_largest), (slow.largest, slow.base_largest));
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits() {
        let (a, b, o) = (segment(3, 1.0), segment(5, 2.0), segment(7, 1.0));
        let on = |level: Level| {
            (level.run(Weights { a: &a, b: &b }).sums, level.run(Changes { a: &a, b: &b, o: &o }).sums)
        };
        for level in Level::all_supported() {
            assert_eq!(on(level), on(Level::portable()), "{}", level.name());
        }
    }

    #[test]
    fn what_is_not_finite_is_counted_and_then_zero() {
        let (mut a, b) = (segment(3, 1.0), segment(5, 1.0));
        let mut with_zeros = a;
        (a[3], a[900], with_zeros[3], with_zeros[900]) = (f32::NAN, f32::INFINITY, 0.0, 0.0);
        let (got, want) = (sums(Level::detect(), &a, &b, None), exact(&with_zeros, &b, None));
        assert_eq!(got.not_finite, [2, 0]);
        assert_eq!(Sums { not_finite: [0, 0], ..got }, want);
    }

    #[test]
    fn numbers_that_single_precision_cannot_square_are_added_all_the_same() {
        for scale in [1e-30, 1e30] {
            let a = segment(3, scale);
            let got = sums(Level::detect(), &a, &a, None);
            assert!(got.squares[0] > 0.0 && got.squares[0].is_finite());
            assert_eq!(got.products, got.squares[0]);
        }
    }
}
