//! Numbers as unevaluated sums of two doubles, about 106 bits.

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
}
