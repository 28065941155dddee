//! The tokens of a sample: 1221 make up the vocabulary.

use std::fmt;

/// Tokens of a sample: its bin, its step, and a pair for each of seven lags.
pub(crate) const TOKENS_A_SAMPLE: usize = 2 + LAGS.len();
/// Distinct tokens: 13 bins, 25 steps, and 13 x 13 pairs at each of seven lags.
pub(crate) const TOKENS: usize = BINS + STEPS + LAGS.len() * PAIRS;
/// The lags of the pairs, in samples.
pub(crate) const LAGS: [usize; 7] = [1, 2, 4, 8, 16, 32, 64];

pub(super) const BINS: usize = 13;
pub(super) const STEPS: usize = 25;
pub(super) const PAIRS: usize = BINS * BINS;

/// What a token stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// The bin: whole deviations from the mean, rounded down.
    Bin(i32),
    /// The difference to the sample before, in whole deviations, rounded down.
    Step(i32),
    /// The bin now and the bin `lag` samples ago.
    Pair {
        /// How long ago.
        lag: usize,
        /// The bin now.
        now: i32,
        /// The bin then.
        then: i32,
    },
}

impl Token {
    /// All tokens, in the order of their numbers.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let bins = (-6..=6).map(Self::Bin);
        let steps = (-12..=12).map(Self::Step);
        let pairs = LAGS.into_iter().flat_map(|lag| {
            (-6..=6).flat_map(move |now| (-6..=6).map(move |then| Self::Pair { lag, now, then }))
        });
        bins.chain(steps).chain(pairs)
    }

    /// The token with a number below [`TOKENS`].
    pub(crate) fn of(number: u16) -> Self {
        let number = i32::from(number);
        let (bins, steps) = (BINS as i32, STEPS as i32);
        if number < bins {
            return Self::Bin(number - 6);
        }
        if number < bins + steps {
            return Self::Step(number - bins - 12);
        }
        let pair = number - bins - steps;
        let (lag, pair) = (LAGS[(pair as usize / PAIRS).min(LAGS.len() - 1)], pair % PAIRS as i32);
        Self::Pair { lag, now: pair / bins - 6, then: pair % bins - 6 }
    }

    /// The text that is hashed: `seed|tag|a|b`.
    pub(crate) fn text(self, seed: &str) -> String {
        match self {
            Self::Bin(bin) => format!("{seed}|u|{bin}|0"),
            Self::Step(step) => format!("{seed}|d|{step}|0"),
            Self::Pair { lag, now, then } => format!("{seed}|p{lag}|{now}|{then}"),
        }
    }
}

/// As a person would say it: `level 2 to 3`, `step -1 to 0`, `level 2 after level -1, 8 samples apart`.
impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bin(bin) => write!(f, "level {bin} to {}", bin + 1),
            Self::Step(step) => write!(f, "step {step} to {}", step + 1),
            Self::Pair { lag, now, then } => write!(f, "level {now} after level {then}, {lag} samples apart"),
        }
    }
}
