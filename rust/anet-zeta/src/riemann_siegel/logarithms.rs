//! Logarithms and inverse roots of the integers.

use crate::double::{Double, LN_2, PER_TURN, twice_artanh, twice_artanh_of_small};
use crate::riemann_siegel::angle_turns::{Lanes, lanes};

/// ln n / 2π in two doubles, and n^-½, for n = 1, 2, ...; index 0 is n = 1.
#[derive(Debug, Clone, Default)]
pub struct Logarithms {
    /// ln n, to thirty digits.
    natural: Vec<Double>,
    /// High words of ln n / 2π.
    pub high: Vec<f64>,
    /// Low words.
    pub low: Vec<f64>,
    /// n^-½.
    pub amplitude: Vec<f64>,
}

/// Those of eight numbers.
pub struct Eight {
    /// High words of ln n / 2π.
    pub high: Lanes,
    /// Low words.
    pub low: Lanes,
    /// n^-½.
    pub amplitude: Lanes,
}

impl Logarithms {
    /// Those of 1 to `count`.
    pub fn new(count: usize) -> Self {
        let mut table = Self::default();
        for n in 1..=count {
            let natural = table.following(n);
            let turns = natural.multiply(PER_TURN);
            table.natural.push(natural);
            table.high.push(turns.high);
            table.low.push(turns.low);
            table.amplitude.push(1.0 / (n as f64).sqrt());
        }
        table
    }

    /// Eight numbers from an index on; beyond the end the last one over and over.
    #[inline(always)]
    pub fn eight(&self, first: usize) -> Eight {
        let last = self.high.len() - 1;
        Eight {
            high: lanes!(lane => self.high[(first + lane).min(last)]),
            low: lanes!(lane => self.low[(first + lane).min(last)]),
            amplitude: lanes!(lane => self.amplitude[(first + lane).min(last)]),
        }
    }

    /// ln 2m = ln m + ln 2, and ln n = ln(n − 1) + 2 artanh(1 / (2n − 1)).
    fn following(&self, n: usize) -> Double {
        if n == 1 {
            return Double::default();
        }
        if n.is_multiple_of(2) {
            return self.natural[n / 2 - 1].add(LN_2);
        }
        let s = Double::from(1.0).divide(Double::from((2 * n - 1) as f64));
        match n {
            3 => Double::from(3.0).ln(),
            5..503 => self.natural[n - 2].add(twice_artanh(s)),
            _ => self.natural[n - 2].add(twice_artanh_of_small(s)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Logarithms;
    use crate::double::Double;

    #[test]
    fn the_recurrence_agrees_with_the_logarithm() {
        let table = Logarithms::new(3000);
        for n in [2, 3, 5, 7, 97, 503, 1023, 2999] {
            let got = table.natural[n - 1];
            let difference = got.add(Double::from(n as f64).ln().negated());
            assert!(difference.high.abs() < 1e-30, "{n}: {difference:?}");
        }
    }
}
