//! The items of a window by descending elevation, in tiers: only as many are sorted as are asked for.

use crate::sparse::encode::quantile_bracket::QuantileBracket;
use anet_simd::Level;

/// Passes after which a tier is taken as it is, though larger than it need be. Guesses
/// interpolate, so that only windows of extreme spread come so far.
const PASSES: usize = 12;

/// Above every elevation.
const TOP: f64 = 2.0;

/// Bits of a sort key that number the candidates: the published signatures of 128 positions take tiers far below 1024.
const NUMBER: u32 = 10;

/// An item and its elevation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    /// The elevation, above zero.
    pub(super) elevation: f64,
    /// The item: its place among the elevations.
    pub(super) item: usize,
}

/// Hands out candidates; kept between windows for its memory, and for a first guess at the next threshold.
#[derive(Debug, Clone)]
pub(super) struct PartialSort {
    /// The lowest elevation handed out, and the number of those.
    reached: (f64, usize),
    last_first_tier: f64,
    items: Vec<usize>,
    keys: Vec<u64>,
    tier: Vec<Candidate>,
}

impl Default for PartialSort {
    fn default() -> Self {
        Self { reached: (TOP, 0), last_first_tier: 0.5, items: vec![], keys: vec![], tier: vec![] }
    }
}

impl PartialSort {
    /// Forgets the window before.
    pub(super) fn start(&mut self) {
        self.reached = (TOP, 0);
    }

    /// The next candidates: about `wanted` of them, or all that are left. None of equal elevation is left behind.
    ///
    /// Sorted by descending elevation; those of equal elevation in the order of the items.
    pub(super) fn next(&mut self, level: Level, elevations: &[f64], wanted: usize) -> &[Candidate] {
        let low = self.threshold(level, elevations, self.reached.1.saturating_add(wanted));
        self.items.clear();
        level.indices(elevations, [low, self.reached.0], &mut self.items);
        self.reached = (low, self.reached.1 + self.items.len());
        self.sort(elevations);
        &self.tier
    }

    /// A bound with `wanted` elevations at or above it, or few more.
    fn threshold(&mut self, level: Level, elevations: &[f64], wanted: usize) -> f64 {
        // Zero is no elevation: the least number above it is the end of the list.
        let least = f64::from_bits(1);
        if wanted >= elevations.len() {
            return least;
        }
        let first_tier = self.reached.1 == 0;
        let mut bracket = QuantileBracket { low: (least, elevations.len()), high: self.reached };
        let enough = wanted.saturating_add(wanted / 16 + 4);
        let middle = (wanted + enough) as f64 / 2.0;
        // The window before is a good guess, unless it was of another kind: then one bound of this list bounds nothing.
        let remembered = first_tier && bracket.divided_by(self.last_first_tier);
        let mut guess = if remembered { self.last_first_tier } else { bracket.guess(middle, 1.0) };
        for _ in 0..PASSES {
            if bracket.low.1 <= enough || !bracket.divided_by(guess) {
                break;
            }
            bracket.narrow(guess, level.count_at_least(elevations, guess), wanted);
            guess = bracket.guess(middle, 1.0);
        }
        if first_tier {
            self.last_first_tier = bracket.low.0;
        }
        bracket.low.0
    }

    fn sort(&mut self, elevations: &[f64]) {
        self.tier.clear();
        let lowest = self.items.iter().map(|&item| elevations[item]).fold(1.0, f64::min);
        if self.items.len() >> NUMBER != 0 || distance(lowest) >> (u64::BITS - NUMBER) != 0 {
            let candidate = |&item: &usize| Candidate { elevation: elevations[item], item };
            self.tier.extend(self.items.iter().map(candidate));
            self.tier.sort_unstable_by(|a, b| b.elevation.total_cmp(&a.elevation).then(a.item.cmp(&b.item)));
            return;
        }
        // The usual case: an elevation's distance from one and a number fit one word, and words sort fast.
        self.keys.clear();
        let key = |(number, &item): (usize, &usize)| distance(elevations[item]) << NUMBER | number as u64;
        self.keys.extend(self.items.iter().enumerate().map(key));
        self.keys.sort_unstable();
        let candidate = |key: &u64| Candidate {
            elevation: f64::from_bits(1.0_f64.to_bits() - (key >> NUMBER)),
            item: self.items[(key & ((1 << NUMBER) - 1)) as usize],
        };
        self.tier.extend(self.keys.iter().map(candidate));
    }
}

/// The number of doubles between an elevation and one.
fn distance(elevation: f64) -> u64 {
    1.0_f64.to_bits() - elevation.to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_of_ties_spoils_no_later_guess() {
        let (level, mut sort) = (Level::detect(), PartialSort::default());
        let ties = [0.5; 600];
        let noise: Vec<f64> = (0..600).map(|i| f64::from(i * 7919 % 600 + 1) / 601.0).collect();
        for window in [&ties[..], &noise, &[1.0; 600], &noise, &[f64::from_bits(1); 600], &noise] {
            sort.start();
            let tier = sort.next(level, window, 100);
            assert!(tier.len() >= 100);
            assert!(window[0] == window[1] || tier.len() <= 110, "{} of 100", tier.len());
        }
    }
}
