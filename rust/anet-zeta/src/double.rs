//! Numbers as unevaluated sums of two doubles, about 106 bits.

use crate::riemann_siegel::tables::ARTANH;

/// `high + low` with |low| at most half a unit in the last place of `high`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Double {
    /// The number, rounded.
    pub high: f64,
    /// What rounding left out.
    pub low: f64,
}

/// 2π.
pub const TURN: Double = Double { high: std::f64::consts::TAU, low: 2.449_293_598_294_706_4e-16 };

/// 1 / 2π.
pub const PER_TURN: Double = Double { high: 0.159_154_943_091_895_35, low: -9.839_338_337_591_243e-18 };

/// ln 2.
pub const LN_2: Double = Double { high: std::f64::consts::LN_2, low: 2.319_046_813_846_299_6e-17 };

impl Double {
    /// The exact sum of two doubles.
    #[inline(always)]
    pub fn sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let other = high - a;
        Self { high, low: (a - (high - other)) + (b - other) }
    }

    /// The exact sum of two doubles of which the first is the larger.
    #[inline(always)]
    pub fn ordered_sum(a: f64, b: f64) -> Self {
        let high = a + b;
        Self { high, low: b - (high - a) }
    }

    /// The exact product of two doubles.
    #[inline(always)]
    pub fn product(a: f64, b: f64) -> Self {
        let high = a * b;
        Self { high, low: a.mul_add(b, -high) }
    }

    /// Times a double.
    #[inline(always)]
    pub fn times(self, factor: f64) -> Self {
        let product = Self::product(self.high, factor);
        Self::ordered_sum(product.high, self.low.mul_add(factor, product.low))
    }

    /// Plus a double.
    #[inline(always)]
    pub fn plus(self, other: f64) -> Self {
        let sum = Self::sum(self.high, other);
        Self::ordered_sum(sum.high, sum.low + self.low)
    }

    /// A double.
    #[inline(always)]
    pub fn from(high: f64) -> Self {
        Self { high, low: 0.0 }
    }

    /// The sum of two.
    #[inline(always)]
    pub fn add(self, other: Self) -> Self {
        let high = Self::sum(self.high, other.high);
        let low = Self::sum(self.low, other.low);
        let inner = Self::ordered_sum(high.high, high.low + low.high);
        Self::ordered_sum(inner.high, inner.low + low.low)
    }

    /// The negative.
    #[inline(always)]
    pub fn negated(self) -> Self {
        Self { high: -self.high, low: -self.low }
    }

    /// The product of two.
    #[inline(always)]
    pub fn multiply(self, other: Self) -> Self {
        let product = Self::product(self.high, other.high);
        let cross = self.high.mul_add(other.low, self.low * other.high);
        Self::ordered_sum(product.high, product.low + cross)
    }

    /// The quotient of two.
    #[inline(always)]
    pub fn divide(self, other: Self) -> Self {
        let first = self.high / other.high;
        let rest = self.add(other.times(first).negated());
        let second = rest.high / other.high;
        let rest = rest.add(other.times(second).negated());
        Self::ordered_sum(first, second).plus(rest.high / other.high)
    }

    /// The natural logarithm of a positive number, to thirty digits.
    #[inline(always)]
    pub fn ln(self) -> Self {
        let exponent = (self.high * std::f64::consts::SQRT_2).to_bits() as i64 / (1 << 52) - 1023;
        let scale = f64::from_bits(((1023 - exponent) as u64) << 52);
        let mantissa = Self { high: self.high * scale, low: self.low * scale };
        let s = mantissa.plus(-1.0).divide(mantissa.plus(1.0));
        LN_2.times(exponent as f64).add(twice_artanh(s))
    }

    /// What is left of whole turns: in −½..½.
    #[inline(always)]
    pub fn fraction(self) -> Self {
        let high = self.high - self.high.round_ties_even();
        let sum = Self::sum(high, self.low);
        Self::sum(sum.high - sum.high.round_ties_even(), sum.low)
    }
}

/// 2 (s + s³/3 + s⁵/5 + ...), for |s| < 0.18.
#[inline(always)]
pub fn twice_artanh(s: Double) -> Double {
    // s²² is below 2^-53: from there on one double is enough.
    const SHORT: usize = 11;
    let square = s.multiply(s);
    let mut tail = 0.0f64;
    for [high, _] in ARTANH[SHORT..].iter().rev() {
        tail = tail.mul_add(square.high, *high);
    }
    let mut sum = Double::from(tail);
    for [high, low] in ARTANH[..SHORT].iter().rev() {
        sum = sum.multiply(square).add(Double { high: *high, low: *low });
    }
    sum.multiply(s)
}

/// The same for |s| < 1e-3, where only the first terms need two doubles.
#[inline(always)]
pub fn twice_artanh_of_small(s: Double) -> Double {
    let square = s.multiply(s);
    let z = square.high;
    let rest = z * (ARTANH[2][0] + z * (ARTANH[3][0] + z * ARTANH[4][0]));
    let third = Double { high: ARTANH[1][0], low: ARTANH[1][1] }.plus(rest);
    square.multiply(third).plus(2.0).multiply(s)
}
