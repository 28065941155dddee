//! The one error of the crate. Each variant carries what came and what was wanted.

use std::fmt;

/// A result whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// Why a series cannot be upscaled.
#[derive(Debug, Clone, PartialEq)]
pub enum Error {
    /// A factor of 0.
    Factor,
    /// A series of fewer than four points.
    Series {
        /// Points that came.
        got: usize,
    },
    /// A reference with too few finite samples.
    Reference {
        /// Finite samples that came.
        got: usize,
        /// Samples that the factor needs.
        wanted: usize,
    },
    /// A reference whose missing samples leave no whole block with its neighbours.
    Holes {
        /// Samples of a block.
        factor: usize,
    },
    /// More samples than are made in one call.
    TooLarge {
        /// Points of the series.
        points: usize,
        /// Samples of a block.
        factor: usize,
    },
    /// Limits that are NaN or in the wrong order.
    Limits {
        /// The lower one.
        low: f64,
        /// The upper one.
        high: f64,
    },
    /// A point of the series outside the limits.
    Outside {
        /// Which point.
        index: usize,
        /// Its value.
        got: f64,
        /// The limit that it passes: `low` or `high`.
        limit: &'static str,
        /// The limit's value.
        wanted: f64,
    },
    /// A band of fragments, which do not cover what they should.
    BandOfFragments,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Factor => f.write_str("factor must be at least 1, got 0"),
            Self::Series { got } => write!(f, "series must hold at least 4 points, got {got}"),
            Self::Reference { got, wanted } => {
                write!(f, "reference must hold at least 16 factor = {wanted} finite samples, got {got}")
            }
            Self::Holes { factor } => {
                write!(
                    f,
                    "reference must hold blocks of factor = {factor} samples without a missing one, got none"
                )
            }
            Self::TooLarge { points, factor } => {
                let most = crate::MOST_SAMPLES;
                write!(f, "series times factor must be at most {most} samples, got {points} x {factor}")
            }
            Self::Limits { low, high } => {
                write!(f, "low must be below high, and neither NaN, got low={low} and high={high}")
            }
            Self::Outside { index, got, limit, wanted } => {
                let side = if *limit == "low" { "at least" } else { "at most" };
                write!(f, "series must be {side} {limit} = {wanted}, got series[{index}] = {got}")
            }
            Self::BandOfFragments => f.write_str(
                "band must be False with method=\"fragments\", whose draws do not cover: got True",
            ),
        }
    }
}

impl std::error::Error for Error {}
