//! From a number to nine words: where it is, how it moved, and where it was 1, 2, 4, ... 64 samples ago.

use std::fmt;

use crate::error::{Result, StateError};
use crate::state::codec::{Reader, Writer};

/// Words a sample.
pub const WORDS: usize = 9;
/// Distinct tokens: 13 levels, 25 steps, and 13 x 13 pairs at each of seven lags.
pub const TOKENS: usize = LEVELS + STEPS + LAGS.len() * PAIRS;

/// The lags of the pairs.
pub const LAGS: [usize; 7] = [1, 2, 4, 8, 16, 32, 64];

const LEVELS: usize = 13;
const STEPS: usize = 25;
const PAIRS: usize = LEVELS * LEVELS;
/// A power of two above the longest lag.
const REMEMBERED: usize = 128;

/// How many of a sample's tokens look back no more than `since` samples; they are the first.
pub fn whole(since: u64) -> usize {
    match since {
        0 => 1,
        _ => 2 + LAGS.iter().take_while(|&&lag| lag as u64 <= since).count(),
    }
}

/// What a token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// The level: whole deviations from the mean, rounded down.
    Level(i32),
    /// The difference to the sample before, in whole deviations, rounded down.
    Step(i32),
    /// The level now and the level `lag` samples ago.
    Pair {
        /// How long ago.
        lag: usize,
        /// The level now.
        now: i32,
        /// The level then.
        then: i32,
    },
}

impl Token {
    /// All tokens, in the order of their numbers.
    pub fn all() -> impl Iterator<Item = Self> {
        let levels = (-6..=6).map(Self::Level);
        let steps = (-12..=12).map(Self::Step);
        let pairs = LAGS.into_iter().flat_map(|lag| {
            (-6..=6).flat_map(move |now| (-6..=6).map(move |then| Self::Pair { lag, now, then }))
        });
        levels.chain(steps).chain(pairs)
    }

    /// The token with a number below [`TOKENS`].
    pub fn of(number: u16) -> Self {
        let number = i32::from(number);
        let (levels, steps) = (LEVELS as i32, STEPS as i32);
        if number < levels {
            return Self::Level(number - 6);
        }
        if number < levels + steps {
            return Self::Step(number - levels - 12);
        }
        let pair = number - levels - steps;
        let (lag, pair) = (LAGS[(pair as usize / PAIRS).min(LAGS.len() - 1)], pair % PAIRS as i32);
        Self::Pair { lag, now: pair / levels - 6, then: pair % levels - 6 }
    }

    /// The text that is hashed: `seed|tag|a|b`.
    pub fn text(self, seed: &str) -> String {
        match self {
            Self::Level(level) => format!("{seed}|u|{level}|0"),
            Self::Step(step) => format!("{seed}|d|{step}|0"),
            Self::Pair { lag, now, then } => format!("{seed}|p{lag}|{now}|{then}"),
        }
    }
}

/// As a person would say it: `level 2 to 3`, `step -1 to 0`, `level 2 after level -1, 8 samples apart`.
impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Level(level) => write!(f, "level {level} to {}", level + 1),
            Self::Step(step) => write!(f, "step {step} to {}", step + 1),
            Self::Pair { lag, now, then } => write!(f, "level {now} after level {then}, {lag} samples apart"),
        }
    }
}

/// Turns the scaled samples of one stream into the numbers of their tokens.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Levels, newest last, in a ring.
    levels: [i8; REMEMBERED],
    newest: usize,
    last: f64,
}

impl Tokens {
    /// Before the first sample.
    pub fn new() -> Self {
        Self { levels: [0; REMEMBERED], newest: 0, last: 0.0 }
    }

    /// The nine tokens of sample number `t`, which lies within ±6. The stream is taken to have stood at its first sample
    /// before that.
    pub fn push(&mut self, t: u64, value: f64) -> [u16; WORDS] {
        let level = value.floor() as i32;
        if t == 0 {
            self.levels = [level as i8; REMEMBERED];
            self.last = value;
        }
        let step = (value - self.last).floor() as i32;
        self.last = value;
        self.newest = (self.newest + 1) % REMEMBERED;
        self.levels[self.newest] = level as i8;
        let mut tokens = [0; WORDS];
        tokens[0] = (level + 6) as u16;
        tokens[1] = (LEVELS as i32 + step + 12) as u16;
        for (i, lag) in LAGS.into_iter().enumerate() {
            let first = LEVELS + STEPS + i * PAIRS;
            tokens[2 + i] = (first as i32 + (level + 6) * LEVELS as i32 + self.level(lag) + 6) as u16;
        }
        tokens
    }

    fn level(&self, lag: usize) -> i32 {
        i32::from(self.levels[(self.newest + REMEMBERED - lag) % REMEMBERED])
    }

    /// Appends the fields: levels from the oldest to the newest.
    pub fn write(&self, out: &mut Writer) {
        out.f64(self.last);
        (0..REMEMBERED).rev().for_each(|lag| out.u8(self.level(lag) as u8));
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`StateError`] for impossible fields.
    pub fn restore(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.last = from.f64()?;
        for level in &mut self.levels {
            *level = from.u8()? as i8;
        }
        self.newest = REMEMBERED - 1;
        let possible = self.last.abs() <= 6.0 && self.levels.iter().all(|level| level.abs() <= 6);
        if possible { Ok(()) } else { Err(StateError::Field { name: "levels" }.into()) }
    }
}

impl Default for Tokens {
    fn default() -> Self {
        Self::new()
    }
}
