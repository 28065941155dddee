//! The one error of the crate. Each variant carries the number that came; the domain stands in the text.

use std::fmt;

use crate::domain::{GRAM_INDICES, ORDINALS};

/// A result whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call was refused, or gave no result.
#[derive(Debug, Clone, PartialEq)]
pub enum Error {
    /// A height at which the function is not computed: its phases would lose their digits.
    HeightOutOfRange {
        /// The height.
        got: f64,
        /// The lowest that is computed, −∞ where there is none.
        lowest: f64,
        /// The highest.
        highest: f64,
    },
    /// An ordinal outside [`ORDINALS`].
    OrdinalOutOfRange {
        /// The ordinal.
        got: u64,
    },
    /// An index outside [`GRAM_INDICES`].
    GramIndexOutOfRange {
        /// The index.
        got: i64,
    },
    /// More heights than the memory can hold.
    OutOfMemory {
        /// How many.
        heights: usize,
    },
    /// Zeros whose count did not come out, however densely Z was sampled.
    Uncounted {
        /// The lowest height that was searched.
        from: f64,
        /// The highest.
        to: f64,
    },
    /// The search was ended by its callback.
    Stopped,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeightOutOfRange { got, lowest, highest } => {
                write!(f, "a height must be between {lowest:e} and {highest:e}, got {got}")
            }
            Self::OrdinalOutOfRange { got } => {
                write!(f, "an ordinal must be between {} and {}, got {got}", ORDINALS.start(), ORDINALS.end())
            }
            Self::GramIndexOutOfRange { got } => {
                let (first, last) = (GRAM_INDICES.start(), GRAM_INDICES.end());
                write!(f, "a Gram index must be between {first} and {last}, got {got}")
            }
            Self::OutOfMemory { heights } => write!(f, "{heights} heights do not fit the memory"),
            Self::Uncounted { from, to } => {
                write!(f, "the zeros between the heights {from} and {to} could not be counted: none is given")
            }
            Self::Stopped => f.write_str("the search was stopped"),
        }
    }
}

impl std::error::Error for Error {}
