//! What the average of two models loses when it is stored in a type of 16 or 8 bits.

use anet_simd::Kernel;

use super::lanes::{LANES, joined};
use super::segment::Numbers;
use crate::dtype::Float;

/// A type that rounds single precision.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rounding {
    /// 2^s + 1, which splits s bits off a number (Veltkamp 1968; Dekker 1971).
    split: f32,
    /// Below this a number is subnormal in the type.
    normal: f32,
    /// Added and taken away, it leaves a subnormal number's bits.
    shift: f32,
}

impl Rounding {
    /// The rounding of a type; `None` where it keeps single precision.
    pub(super) fn of(float: Float) -> Option<Self> {
        match float {
            Float::F64 | Float::F32 => None,
            // 8 of 24 bits are kept, and the exponents are the same.
            Float::Bf16 => Some(Self { split: 65_537.0, normal: 0.0, shift: 0.0 }),
            // 11 of 24 bits are kept; subnormal numbers are multiples of 2^-24, as single ones are from 1/2 to 1.
            Float::F16 => Some(Self { split: 8193.0, normal: f32::from_bits((127 - 14) << 23), shift: 0.75 }),
            // 3 and 4 of 24 bits; subnormal numbers are multiples of 2^-16 and 2^-9.
            Float::F8E5m2 => {
                Some(Self { split: 2_097_153.0, normal: f32::from_bits((127 - 14) << 23), shift: 192.0 })
            }
            Float::F8E4m3 => {
                Some(Self { split: 1_048_577.0, normal: f32::from_bits((127 - 6) << 23), shift: 24_576.0 })
            }
        }
    }

    #[inline(always)]
    fn rounded(self, x: f32) -> f32 {
        let high = self.split * x;
        let normal = high - (high - x);
        if x.abs() < self.normal { (x + self.shift) - self.shift } else { normal }
    }
}

/// Σ (r(m) - m)² over a segment, with m = (a + b) / 2.
pub(super) struct RoundingSquares<'a> {
    pub(super) a: &'a Numbers,
    pub(super) b: &'a Numbers,
    pub(super) rounding: Rounding,
}

impl Kernel for RoundingSquares<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let mut sums = [0.0_f32; LANES];
        for (a, b) in self.a.as_chunks::<LANES>().0.iter().zip(self.b.as_chunks::<LANES>().0) {
            for lane in 0..LANES {
                let m = 0.5 * (a[lane] + b[lane]);
                let e = self.rounding.rounded(m) - m;
                // Near the end of single precision the splitting overflows.
                sums[lane] += if e * e < f32::MAX { e * e } else { 0.0 };
            }
        }
        joined(sums)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eight_bits::{E4M3, E5M2};

    #[test]
    fn a_number_is_rounded_to_the_bits_of_the_type() {
        let bf16 = Rounding::of(Float::Bf16).expect("16 bits");
        assert_eq!(bf16.rounded(1.0 + 1.0 / 128.0), 1.0 + 1.0 / 128.0);
        assert_eq!(bf16.rounded(1.0 + 1.0 / 200.0), 1.0 + 1.0 / 128.0);
        assert_eq!(bf16.rounded(-3.145), -3.140_625);
        let f16 = Rounding::of(Float::F16).expect("16 bits");
        assert_eq!(f16.rounded(1.0 + 1.0 / 1024.0), 1.0 + 1.0 / 1024.0);
        assert_eq!(f16.rounded(0.1), 0.099_975_586);
        assert_eq!(f16.rounded(1e-6), 1.013_279e-6);
        assert!(Rounding::of(Float::F32).is_none());
    }

    #[test]
    fn every_number_of_eight_bits_is_itself_and_a_little_more_is_rounded_to_it() {
        for (float, table) in [(Float::F8E5m2, E5M2), (Float::F8E4m3, E4M3)] {
            let rounding = Rounding::of(float).expect("8 bits");
            for x in table.into_iter().filter(|x| x.is_finite()) {
                assert_eq!((rounding.rounded(x), rounding.rounded(1.01 * x)), (x, x));
            }
        }
    }
}
