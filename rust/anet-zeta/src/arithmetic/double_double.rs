//! Double-double arithmetic: numbers as unevaluated sums of two doubles, about 106 bits.
//!
//! TwoSum is Knuth's, FastTwoSum is Dekker's (Numer. Math. 18 (1971) 224), TwoProduct needs a fused multiply-add.

use crate::tables::ARTANH;

/// `high + low` with |low| at most half a unit in the last place of `high`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct DoubleDouble {
    /// The number, rounded.
    pub(crate) high: f64,
    /// What rounding left out.
    pub(crate) low: f64,
}

/// 2π.
pub(crate) const TWO_PI: DoubleDouble =
    DoubleDouble { high: std::f64::consts::TAU, low: 2.449_293_598_294_706_4e-16 };

/// 1 / 2π.
pub(crate) const INV_TWO_PI: DoubleDouble =
    DoubleDouble { high: 0.159_154_943_091_895_35, low: -9.839_338_337_591_243e-18 };

/// ln 2.
pub(crate) const LN_2: DoubleDouble =
    DoubleDouble { high: std::f64::consts::LN_2, low: 2.319_046_813_846_299_6e-17 };

impl DoubleDouble {
    /// The exact sum of two doubles (TwoSum).
    #[inline(always)]
    pub(crate) fn two_sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let other = high - a;
        Self { high, low: (a - (high - other)) + (b - other) }
    }

    /// The exact sum of two doubles, the first the larger in magnitude (FastTwoSum).
    #[inline(always)]
    pub(crate) fn fast_two_sum(a: f64, b: f64) -> Self {
        let high = a + b;
        Self { high, low: b - (high - a) }
    }

    /// The exact product of two doubles (TwoProduct).
    #[inline(always)]
    pub(crate) fn two_product(a: f64, b: f64) -> Self {
        let high = a * b;
        Self { high, low: a.mul_add(b, -high) }
    }

    /// The product with a double.
    #[inline(always)]
    pub(crate) fn times(self, factor: f64) -> Self {
        let product = Self::two_product(self.high, factor);
        Self::fast_two_sum(product.high, self.low.mul_add(factor, product.low))
    }

    /// The sum with a double.
    #[inline(always)]
    pub(crate) fn plus(self, other: f64) -> Self {
        let sum = Self::two_sum(self.high, other);
        Self::fast_two_sum(sum.high, sum.low + self.low)
    }

    /// A double as a double-double.
    #[inline(always)]
    pub(crate) fn from(high: f64) -> Self {
        Self { high, low: 0.0 }
    }

    /// The sum of two double-doubles.
    #[inline(always)]
    pub(crate) fn add(self, other: Self) -> Self {
        let high = Self::two_sum(self.high, other.high);
        let low = Self::two_sum(self.low, other.low);
        let inner = Self::fast_two_sum(high.high, high.low + low.high);
        Self::fast_two_sum(inner.high, inner.low + low.low)
    }

    /// The negative.
    #[inline(always)]
    pub(crate) fn negated(self) -> Self {
        Self { high: -self.high, low: -self.low }
    }

    /// The product of two double-doubles.
    #[inline(always)]
    pub(crate) fn multiply(self, other: Self) -> Self {
        let product = Self::two_product(self.high, other.high);
        let cross = self.high.mul_add(other.low, self.low * other.high);
        Self::fast_two_sum(product.high, product.low + cross)
    }

    /// The quotient of two double-doubles.
    #[inline(always)]
    pub(crate) fn divide(self, other: Self) -> Self {
        let first = self.high / other.high;
        let rest = self.add(other.times(first).negated());
        let second = rest.high / other.high;
        let rest = rest.add(other.times(second).negated());
        Self::fast_two_sum(first, second).plus(rest.high / other.high)
    }

    /// The natural logarithm of a positive number, to thirty digits.
    #[inline(always)]
    pub(crate) fn ln(self) -> Self {
        let exponent = (self.high * std::f64::consts::SQRT_2).to_bits() as i64 / (1 << 52) - 1023;
        let scale = f64::from_bits(((1023 - exponent) as u64) << 52);
        let mantissa = Self { high: self.high * scale, low: self.low * scale };
        let s = mantissa.plus(-1.0).divide(mantissa.plus(1.0));
        LN_2.times(exponent as f64).add(twice_artanh(s))
    }

    /// What is left when whole units are left out: −½..½.
    #[inline(always)]
    pub(crate) fn fraction(self) -> Self {
        let high = self.high - self.high.round_ties_even();
        let sum = Self::two_sum(high, self.low);
        Self::two_sum(sum.high - sum.high.round_ties_even(), sum.low)
    }
}

/// 2 (s + s³/3 + s⁵/5 + ...), for |s| < 0.18.
#[inline(always)]
pub(crate) fn twice_artanh(s: DoubleDouble) -> DoubleDouble {
    // From s²² on, below 2^-53 of the first term, one double is enough.
    const SHORT: usize = 11;
    let square = s.multiply(s);
    let mut tail = 0.0f64;
    for [high, _] in ARTANH[SHORT..].iter().rev() {
        tail = tail.mul_add(square.high, *high);
    }
    let mut sum = DoubleDouble::from(tail);
    for [high, low] in ARTANH[..SHORT].iter().rev() {
        sum = sum.multiply(square).add(DoubleDouble { high: *high, low: *low });
    }
    sum.multiply(s)
}

/// [`twice_artanh`] for |s| < 1e-3, where only the first terms need two doubles.
#[inline(always)]
pub(crate) fn twice_artanh_of_small(s: DoubleDouble) -> DoubleDouble {
    let square = s.multiply(s);
    let z = square.high;
    let rest = z * (ARTANH[2][0] + z * (ARTANH[3][0] + z * ARTANH[4][0]));
    let third = DoubleDouble { high: ARTANH[1][0], low: ARTANH[1][1] }.plus(rest);
    square.multiply(third).plus(2.0).multiply(s)
}
