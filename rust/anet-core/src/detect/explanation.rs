//! What made the newest sample strange: as data, and in one sentence.

use std::fmt;

use crate::detect::component::Component;
use crate::detect::neighbour::Match;
use crate::detect::normalise::WARM_UP;
use crate::detect::tokens::Token;

/// A token of one of the last samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RareToken {
    /// The token.
    pub token: Token,
    /// How many samples before the newest one.
    pub age: u64,
    /// How often it was counted, this time included; old counts fade.
    pub count: f64,
    /// ln((N + 1) / (count + ½)).
    pub surprise: f64,
}

/// Why the newest sample has its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Samples learned so far.
    pub samples: u64,
    /// The score.
    pub score: f64,
    /// The p-value.
    pub p_value: f64,
    /// The component that adds most to the score; none during the warm-up.
    pub part: Option<Component>,
    /// What each component of the largest sum adds, the most first.
    pub contributions: Vec<(Component, f64)>,
    /// The value of that component in its own units.
    pub raw: f64,
    /// The mean of that value so far.
    pub usual: f64,
    /// The nearest matches in the past, where the component looks for any; the nearest first.
    pub matches: Vec<Match>,
    /// The rarest tokens of the last samples; the rarest first.
    pub rare_tokens: Vec<RareToken>,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(part) = self.part else {
            return write!(f, "Nothing is said of the first {WARM_UP} samples.");
        };
        match part {
            Component::Flatline => write!(f, "The stream moves less than it used to")?,
            Component::Rarity => self.write_rarest(f)?,
            Component::Block8Rarity | Component::Block64Rarity => {
                write!(f, "Means over {} samples stand where they rarely stood", part.block())?;
            }
            Component::Tokens => write!(f, "The last 16 samples use tokens that rarely came together")?,
            _ => write!(f, "The last {} samples have a shape that is new", part.reach())?,
        }
        if let Some(Match { age, distance }) = self.matches.first() {
            write!(f, "; the nearest earlier match ended {age} samples before, at distance {distance:.2}")?;
        }
        write!(f, " (part {}: {:.2}, usually {:.2}).", part.name(), self.raw, self.usual)
    }
}

impl Explanation {
    fn write_rarest(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(RareToken { token, age, count, .. }) = self.rare_tokens.first() else {
            return f.write_str("The last samples are rare");
        };
        write!(f, "The last samples are rare: {token} (in deviations from the recent mean), ")?;
        write!(f, "{age} samples before, was counted {count:.0} times in {} samples", self.samples)
    }
}
