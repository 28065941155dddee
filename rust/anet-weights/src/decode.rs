//! From the bytes of a file to numbers in single precision.

use anet_simd::Kernel;

use crate::dtype::Float;
use crate::eight_bits::{E4M3, E5M2};

/// Decodes little-endian numbers. A finite double beyond single precision becomes the largest single number.
pub(crate) struct Decode<'a> {
    pub(crate) float: Float,
    pub(crate) bytes: &'a [u8],
    pub(crate) into: &'a mut [f32],
}

impl Kernel for Decode<'_> {
    /// The largest magnitude; not finite where a number is not.
    type Output = f32;

    #[inline(always)]
    fn run(self) -> f32 {
        let Self { float, bytes, into } = self;
        match float {
            Float::F64 => {
                each(bytes, into, |bytes| from_f64(f64::from_le_bytes(bytes)));
                largest_single(into)
            }
            Float::F32 => {
                each(bytes, into, f32::from_le_bytes);
                largest_single(into)
            }
            Float::Bf16 => {
                each(bytes, into, |bytes| from_bf16(u16::from_le_bytes(bytes)));
                from_bf16(largest_half(bytes))
            }
            Float::F16 => {
                let largest = largest_half(bytes);
                if largest < F16_INFINITY {
                    each(bytes, into, |bytes| from_finite_f16(u16::from_le_bytes(bytes)));
                    from_finite_f16(largest)
                } else {
                    each(bytes, into, |bytes| from_f16(u16::from_le_bytes(bytes)));
                    f32::INFINITY
                }
            }
            Float::F8E5m2 => {
                each(bytes, into, |[code]| E5M2[usize::from(code)]);
                largest_single(into)
            }
            Float::F8E4m3 => {
                each(bytes, into, |[code]| E4M3[usize::from(code)]);
                largest_single(into)
            }
        }
    }
}

/// Decodes each number.
#[inline(always)]
fn each<const WIDTH: usize>(bytes: &[u8], into: &mut [f32], number: impl Fn([u8; WIDTH]) -> f32) {
    for (value, bytes) in into.iter_mut().zip(bytes.as_chunks().0) {
        *value = number(*bytes);
    }
}

/// The largest magnitude, by its bits, among which infinity and NaN are above all numbers.
#[inline(always)]
fn largest_single(numbers: &[f32]) -> f32 {
    f32::from_bits(numbers.iter().fold(0, |largest, x| x.abs().to_bits().max(largest)))
}

/// The bits of the largest magnitude of numbers of 16 bits. A loop of its own goes through twice as many at a time.
#[inline(always)]
fn largest_half(bytes: &[u8]) -> u16 {
    let halves = bytes.as_chunks().0.iter();
    halves.fold(0, |largest, half| (u16::from_le_bytes(*half) & 0x7fff).max(largest))
}

#[inline(always)]
fn from_f64(x: f64) -> f32 {
    let largest = f64::from(f32::MAX);
    if x.is_finite() { x.clamp(-largest, largest) as f32 } else { x as f32 }
}

#[inline(always)]
fn from_bf16(half: u16) -> f32 {
    f32::from_bits(u32::from(half) << 16)
}

/// The bits of infinity without its sign.
const F16_INFINITY: u16 = 0x7c00;

/// Moves the sign and the fields of a half to those of a single number, by way of copies of the sign between them. The product
/// puts right the exponent, of subnormal numbers too.
#[inline(always)]
fn from_finite_f16(half: u16) -> f32 {
    const FIELDS: u32 = 0x8fff_e000;
    const TO_THE_112: f32 = f32::from_bits((112 + 127) << 23);
    let shifted = (i32::from(half.cast_signed()) << 13).cast_unsigned();
    f32::from_bits(shifted & FIELDS) * TO_THE_112
}

#[inline(always)]
fn from_f16(half: u16) -> f32 {
    let magnitude = half & 0x7fff;
    if magnitude < F16_INFINITY {
        return from_finite_f16(half);
    }
    let infinite = if magnitude == F16_INFINITY { f32::INFINITY } else { f32::NAN };
    infinite.copysign(if half == magnitude { 1.0 } else { -1.0 })
}

#[cfg(test)]
mod tests {
    use anet_simd::Level;

    use super::*;

    fn one(float: Float, bytes: &[u8]) -> f32 {
        let mut value = [0.0];
        let largest = Level::detect().run(Decode { float, bytes, into: &mut value });
        assert_eq!(largest.is_finite(), value[0].is_finite());
        assert!(largest == value[0].abs() || value[0].is_nan());
        value[0]
    }

    #[test]
    fn known_bits_give_known_numbers() {
        assert_eq!(one(Float::Bf16, &[0x80, 0x3f]), 1.0);
        assert_eq!(one(Float::Bf16, &[0x49, 0xc0]), -3.140_625);
        assert_eq!(one(Float::F16, &[0x00, 0x3c]), 1.0);
        assert_eq!(one(Float::F16, &[0xff, 0x7b]), 65504.0);
        assert_eq!(one(Float::F16, &[0x01, 0x80]), -(2.0_f32.powi(-24)));
        assert_eq!(one(Float::F16, &[0x00, 0xfc]), f32::NEG_INFINITY);
        assert!(one(Float::F16, &[0x01, 0x7e]).is_nan());
        assert_eq!(one(Float::F32, &0.1_f32.to_le_bytes()), 0.1);
        assert_eq!(one(Float::F64, &0.1_f64.to_le_bytes()), 0.1);
        assert_eq!(one(Float::F64, &(-1e300_f64).to_le_bytes()), f32::MIN);
        assert_eq!(one(Float::F64, &f64::INFINITY.to_le_bytes()), f32::INFINITY);
        assert_eq!(one(Float::F8E5m2, &[0xfb]), -57344.0);
        assert_eq!(one(Float::F8E4m3, &[0x7e]), 448.0);
        assert!(one(Float::F8E4m3, &[0xff]).is_nan());
    }

    #[test]
    fn every_half_is_its_value_on_every_instruction_set() {
        let halves: Vec<u16> = (0..=u16::MAX).collect();
        let bytes: Vec<u8> = halves.iter().flat_map(|half| half.to_le_bytes()).collect();
        for level in Level::all_supported() {
            let mut values = vec![0.0; halves.len()];
            level.run(Decode { float: Float::F16, bytes: &bytes, into: &mut values });
            for (&half, &value) in halves.iter().zip(&values) {
                let (exponent, fraction) = (i32::from(half >> 10 & 31), f32::from(half & 1023));
                let sign = if half >> 15 == 1 { -1.0_f32 } else { 1.0 };
                let want = match exponent {
                    0 => sign * fraction * 2.0_f32.powi(-24),
                    31 if fraction == 0.0 => sign * f32::INFINITY,
                    31 => f32::NAN,
                    _ => sign * (1024.0 + fraction) * 2.0_f32.powi(exponent - 25),
                };
                assert!(value == want || (value.is_nan() && want.is_nan()), "{half:#x} on {}", level.name());
            }
        }
    }
}
