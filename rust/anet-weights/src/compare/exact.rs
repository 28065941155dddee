//! Sums of a segment in double precision, number by number: what `lanes` computes, and where it cannot.

use super::segment::Numbers;
use super::sums::Sums;

/// The sums of finite numbers.
pub(super) fn exact(a: &Numbers, b: &Numbers, base: Option<&Numbers>) -> Sums {
    let mut sums = Sums::default();
    for (place, (&a, &b)) in a.iter().zip(b).enumerate() {
        let (a, b) = (f64::from(a), f64::from(b));
        sums.squares[0] += a * a;
        sums.squares[1] += b * b;
        sums.products += a * b;
        sums.distance_squares += (a - b) * (a - b);
        if let Some(base) = base {
            let o = f64::from(base[place]);
            sums.base_squares += o * o;
            sums.change_squares[0] += (a - o) * (a - o);
            sums.change_squares[1] += (b - o) * (b - o);
            sums.change_products += (a - o) * (b - o);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use anet_simd::Level;

    use super::super::lanes::{Changes, Weights};
    use super::super::segment::Segment;
    use super::super::sums::sums;
    use super::*;
    use crate::dtype::Float;

    fn segment(seed: u32, scale: f32) -> Segment {
        let number = |place: u32| {
            let bits = (place + 1).wrapping_mul(2_654_435_761).wrapping_mul(seed);
            scale * (f64::from(bits) / f64::from(u32::MAX) - 0.5) as f32
        };
        of((0..1024).map(number).collect())
    }

    fn of(numbers: Vec<f32>) -> Segment {
        let bytes: Vec<u8> = numbers.iter().flat_map(|x| x.to_le_bytes()).collect();
        let mut segment = Segment::new();
        segment.decode(Level::detect(), Float::F32, &bytes);
        segment
    }

    fn all(sums: &Sums) -> [f64; 8] {
        let Sums { squares: [a, b], change_squares: [t, u], .. } = *sums;
        [a, b, sums.products, sums.distance_squares, sums.base_squares, t, u, sums.change_products]
    }

    #[test]
    fn lanes_give_the_exact_sums() {
        let (a, b, o) = (segment(3, 1.0), segment(5, 2.0), segment(7, 1.0));
        let fast = all(&sums(Level::detect(), &a, &b, Some(&o)));
        let slow = all(&exact(&a.numbers, &b.numbers, Some(&o.numbers)));
        for (fast, slow) in fast.into_iter().zip(slow) {
            assert!((fast - slow).abs() < 1e-6 * 300.0, "{fast} for {slow}");
        }
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits() {
        let [a, b, o] = [3, 5, 7].map(|seed| segment(seed, 1.0).numbers);
        let on =
            |level: Level| (level.run(Weights { a: &a, b: &b }), level.run(Changes { a: &a, b: &b, o: &o }));
        for level in Level::all_supported() {
            assert_eq!(on(level), on(Level::portable()), "{}", level.name());
        }
    }

    #[test]
    fn what_is_not_finite_is_counted_and_then_zero() {
        let good = segment(3, 1.0);
        let (mut bad, mut zeroed) = (good.numbers.to_vec(), good.numbers.to_vec());
        (bad[3], bad[900], zeroed[3], zeroed[900]) = (f32::NAN, f32::INFINITY, 0.0, 0.0);
        let (bad, zeroed) = (of(bad), of(zeroed));
        assert_eq!((bad.not_finite, zeroed.not_finite), (2, 0));
        assert_eq!((&bad.numbers, bad.largest), (&zeroed.numbers, zeroed.largest));
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
