//! The one error of the crate. Each variant carries what came and what was wanted.

use std::fmt;

/// A result whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call was refused. A refused call has changed nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Error {
    /// An argument outside its domain: `t must be at least 14, got 3`.
    OutOfDomain {
        /// The argument, by the name that the user wrote.
        name: &'static str,
        /// What the domain is, to follow "must be".
        wanted: &'static str,
        /// What came.
        got: Got,
    },
    /// Zeta zeros whose count did not come out, however densely they were searched.
    Uncounted {
        /// The lowest height that was searched.
        from: f64,
        /// The highest.
        to: f64,
    },
}

/// The offending value.
#[derive(Debug, Clone, PartialEq)]
pub enum Got {
    /// An integer of any width.
    Integer(i128),
    /// A floating-point number.
    Float(f64),
}

impl Error {
    /// An integer argument outside its domain.
    pub fn integer(name: &'static str, wanted: &'static str, got: impl Into<i128>) -> Self {
        Self::OutOfDomain { name, wanted, got: Got::Integer(got.into()) }
    }

    /// A floating-point argument outside its domain.
    pub fn float(name: &'static str, wanted: &'static str, got: f64) -> Self {
        Self::OutOfDomain { name, wanted, got: Got::Float(got) }
    }
}

impl fmt::Display for Got {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => write!(f, "{value}"),
            Self::Float(value) => write!(f, "{value}"),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfDomain { name, wanted, got } => write!(f, "{name} must be {wanted}, got {got}"),
            Self::Uncounted { from, to } => {
                write!(f, "the zeros between the heights {from} and {to} could not be counted: none is given")
            }
        }
    }
}

impl std::error::Error for Error {}
