//! The numbers of eight bits: a sign, an exponent, and the mantissa behind it (Open Compute Project, OFP8, 2023).

/// Five bits of exponent: the upper half of an F16 number, with its infinity and NaN.
pub(crate) const E5M2: [f32; 256] = table(2, 15, Top::Infinity);
/// Four bits of exponent, no infinity; only what has all bits is NaN.
pub(crate) const E4M3: [f32; 256] = table(3, 7, Top::OneNan);

/// What the codes with the largest exponent are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Top {
    Infinity,
    OneNan,
}

/// The number of each code.
const fn table(mantissa_bits: u32, bias: i32, top: Top) -> [f32; 256] {
    let mut numbers = [0.0; 256];
    let mut code = 0;
    while code < 128 {
        let number = magnitude(code, mantissa_bits, bias, top);
        numbers[code as usize] = number;
        numbers[code as usize + 128] = -number;
        code += 1;
    }
    numbers
}

const fn magnitude(code: u32, mantissa_bits: u32, bias: i32, top: Top) -> f32 {
    let (exponent, mantissa) = (code >> mantissa_bits, code & ((1 << mantissa_bits) - 1));
    let is_top = exponent == 127 >> mantissa_bits;
    match top {
        Top::Infinity if is_top => {
            if mantissa == 0 {
                f32::INFINITY
            } else {
                f32::NAN
            }
        }
        Top::OneNan if code == 127 => f32::NAN,
        // Subnormal numbers have the exponent of the least normal ones, and no leading 1.
        _ if exponent == 0 => mantissa as f32 * power(1 - bias - mantissa_bits as i32),
        _ => (mantissa | 1 << mantissa_bits) as f32 * power(exponent as i32 - bias - mantissa_bits as i32),
    }
}

/// 2^exponent, for exponents of normal numbers.
const fn power(exponent: i32) -> f32 {
    f32::from_bits(((exponent + 127) as u32) << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_both_types_are_those_of_the_specification() {
        assert_eq!((E5M2[0x7b], E5M2[0x04], E5M2[0x01]), (57_344.0, 2.0_f32.powi(-14), 2.0_f32.powi(-16)));
        assert_eq!((E4M3[0x7e], E4M3[0x08], E4M3[0x01]), (448.0, 2.0_f32.powi(-6), 2.0_f32.powi(-9)));
        assert_eq!((E5M2[0x3c], E4M3[0x38], E4M3[0xb8]), (1.0, 1.0, -1.0));
        assert_eq!((E5M2[0x7c], E5M2[0xfc]), (f32::INFINITY, f32::NEG_INFINITY));
        assert!(
            (0x7d..0x80).all(|code: usize| E5M2[code].is_nan()) && E4M3[0x7f].is_nan() && E4M3[0xff].is_nan()
        );
        assert_eq!(E4M3.iter().filter(|x| !x.is_finite()).count(), 2);
    }

    #[test]
    fn larger_codes_are_larger_numbers() {
        for table in [E5M2, E4M3] {
            let finite: Vec<f32> = table[..128].iter().copied().filter(|x| x.is_finite()).collect();
            assert!(finite.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
