//! Logarithms and inverse square roots of the integers: frequencies and amplitudes of the terms of ζ.

use crate::arithmetic::double_double::{DoubleDouble, INV_TWO_PI, LN_2, twice_artanh, twice_artanh_of_small};
use crate::arithmetic::lanes::{Lanes, lanes};

/// ln n / 2π in two doubles, and n^-½, for n = 1, 2, ...; index 0 is n = 1.
#[derive(Debug, Clone, Default)]
pub(crate) struct IntegerLogarithms {
    /// ln n, to thirty digits.
    natural: Vec<DoubleDouble>,
    /// High words of ln n / 2π.
    pub(crate) high: Vec<f64>,
    /// Low words.
    pub(crate) low: Vec<f64>,
    /// n^-½.
    pub(crate) amplitude: Vec<f64>,
}

/// The entries of eight numbers n.
pub(crate) struct EightLogarithms {
    /// High words of ln n / 2π.
    pub(crate) high: Lanes,
    /// Low words.
    pub(crate) low: Lanes,
    /// n^-½.
    pub(crate) amplitude: Lanes,
}

impl IntegerLogarithms {
    /// The entries of n = 1 to `count`.
    pub(crate) fn new(count: usize) -> Self {
        let mut table = Self::default();
        for n in 1..=count {
            let natural = table.following(n);
            let turns = natural.multiply(INV_TWO_PI);
            table.natural.push(natural);
            table.high.push(turns.high);
            table.low.push(turns.low);
            table.amplitude.push(1.0 / (n as f64).sqrt());
        }
        table
    }

    /// The entries of eight numbers from an index on; past the end of the table, its last entry again.
    #[inline(always)]
    pub(crate) fn eight(&self, first: usize) -> EightLogarithms {
        let last = self.high.len() - 1;
        EightLogarithms {
            high: lanes!(lane => self.high[(first + lane).min(last)]),
            low: lanes!(lane => self.low[(first + lane).min(last)]),
            amplitude: lanes!(lane => self.amplitude[(first + lane).min(last)]),
        }
    }

    /// ln n from the entries before it.
    ///
    /// ln 2m = ln m + ln 2, and ln n = ln(n − 1) + 2 artanh(1 / (2n − 1)). The series of the inverse hyperbolic tangent
    /// asks for |s| < 0.18, so n = 3 is computed alone; from n = 503 on s < 1e-3, where it is short.
    fn following(&self, n: usize) -> DoubleDouble {
        if n == 1 {
            return DoubleDouble::default();
        }
        if n.is_multiple_of(2) {
            return self.natural[n / 2 - 1].add(LN_2);
        }
        let s = DoubleDouble::from(1.0).divide(DoubleDouble::from((2 * n - 1) as f64));
        match n {
            3 => DoubleDouble::from(3.0).ln(),
            5..503 => self.natural[n - 2].add(twice_artanh(s)),
            _ => self.natural[n - 2].add(twice_artanh_of_small(s)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::IntegerLogarithms;
    use crate::arithmetic::double_double::DoubleDouble;

    #[test]
    fn the_recurrence_agrees_with_the_logarithm() {
        let table = IntegerLogarithms::new(3000);
        for n in [2, 3, 5, 7, 97, 503, 1023, 2999] {
            let got = table.natural[n - 1];
            let difference = got.add(DoubleDouble::from(n as f64).ln().negated());
            assert!(difference.high.abs() < 1e-30, "{n}: {difference:?}");
        }
    }
}
