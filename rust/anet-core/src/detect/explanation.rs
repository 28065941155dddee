//! What made the newest sample new: as data, and in one sentence.

use std::fmt;

use crate::detect::component::Part;
use crate::detect::tokens::tokens::Token;

/// A stretch of the past that resembles the newest one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// How many samples before the newest sample it ended.
    pub age: u64,
    /// How far it is: deviations a sample for shapes, one minus the cosine for words.
    pub distance: f64,
}

/// A token of one of the last samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sight {
    /// What was seen.
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
    /// The part that adds most to the score, or nothing while the detector is silent.
    pub part: Option<Part>,
    /// What each part of the winning sum adds, the most first.
    pub contributions: Vec<(Part, f64)>,
    /// The value of that part in its own units, and its usual value.
    pub raw: f64,
    /// The mean of that value so far.
    pub usual: f64,
    /// The nearest earlier stretches, where the part compares with such; the nearest first.
    pub stretches: Vec<Stretch>,
    /// The rarest tokens of the last samples; the rarest first.
    pub sights: Vec<Sight>,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(part) = self.part else {
            return write!(
                f,
                "Nothing is said of the first {} samples.",
                crate::detect::normalise::component_scale::SILENT
            );
        };
        match part {
            Part::Still => write!(f, "The stream moves less than it used to")?,
            Part::Rarity => self.write_rarest(f)?,
            Part::Block8Rarity | Part::Block64Rarity => {
                write!(f, "Means over {} samples stand where they rarely stood", part.block())?;
            }
            Part::Words => write!(f, "The last 16 samples use words that rarely came together")?,
            _ => write!(f, "The last {} samples have a shape that is new", part.reach())?,
        }
        if let Some(Stretch { age, distance }) = self.stretches.first() {
            write!(
                f,
                "; the most similar earlier stretch ended {age} samples before, at distance {distance:.2}"
            )?;
        }
        write!(f, " (part {}: {:.2}, usually {:.2}).", part.name(), self.raw, self.usual)
    }
}

impl Explanation {
    fn write_rarest(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Sight { token, age, count, .. }) = self.sights.first() else {
            return f.write_str("The last samples are rare");
        };
        write!(f, "The last samples are rare: {token} (in deviations from the recent mean), ")?;
        write!(f, "{age} samples before, was counted {count:.0} times in {} samples", self.samples)
    }
}
