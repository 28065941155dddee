//! The one error of the crate. Each variant carries what came and what was wanted.

use std::fmt;

/// A result whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call was refused. A refused call has changed nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Error {
    /// A parameter outside its domain: `length must be at least 1, got 0`.
    OutOfDomain {
        /// The parameter, as this crate calls it.
        name: &'static str,
        /// What the domain is, to follow "must be".
        wanted: &'static str,
        /// What came.
        got: Got,
    },
    /// Two series that must have equal lengths.
    LengthsDiffer {
        /// The first series and its length.
        left: (&'static str, usize),
        /// The second series and its length.
        right: (&'static str, usize),
    },
    /// A series of gaps too short for one window and a comparison.
    TooFewGaps {
        /// Gaps that came.
        got: usize,
        /// Gaps that the window needs.
        wanted: usize,
    },
    /// Bytes that are not a saved state of the wanted kind.
    State(StateError),
}

/// The offending value, as far as it helps to read it.
#[derive(Debug, Clone, PartialEq)]
pub enum Got {
    /// A count.
    Integer(u64),
    /// A floating-point number.
    Float(f64),
    /// A short description, such as `65 bytes`.
    Text(String),
}

/// What is wrong with the bytes of a saved state.
#[derive(Debug, Clone, PartialEq)]
pub enum StateError {
    /// They do not begin as a saved state does.
    NotAState,
    /// They do not begin as a part of a paged state does.
    NotPart {
        /// `manifest` or `page`.
        part: &'static str,
        /// How it begins.
        wanted: &'static str,
    },
    /// They are a part of a paged state that was changed on its way.
    PartDamaged {
        /// Which part, such as `page 3`.
        part: String,
    },
    /// They are pages that were not taken with this manifest.
    Pages {
        /// Pages present.
        got: usize,
        /// Pages that the manifest was made with.
        wanted: usize,
    },
    /// They were written by another format version.
    Version {
        /// The version found.
        got: u16,
        /// The version that this build reads.
        wanted: u16,
    },
    /// They hold an object of another kind.
    Kind {
        /// The kind found.
        got: String,
        /// The kind that was asked for.
        wanted: &'static str,
    },
    /// They end early, or go on past the end.
    Length {
        /// Bytes present.
        got: usize,
        /// Bytes that the header or the field promises.
        wanted: u64,
    },
    /// Their checksum is wrong: some bytes were changed.
    Checksum {
        /// The checksum of the bytes.
        got: u32,
        /// The checksum that the file states.
        wanted: u32,
    },
    /// A field holds what no saved object could have held.
    Field {
        /// The field.
        name: &'static str,
    },
    /// They hold an object made with other parameters than the one they are loaded into.
    Parameters {
        /// The parameters found.
        got: String,
        /// The parameters of the object.
        wanted: String,
    },
}

impl Error {
    /// The same, of the field by this name where it knows none yet.
    pub(crate) fn in_field(self, name: &'static str) -> Self {
        match self {
            Self::State(StateError::Field { name: StateError::UNNAMED }) => StateError::Field { name }.into(),
            other => other,
        }
    }

    /// A count outside its domain.
    pub(crate) fn integer(name: &'static str, wanted: &'static str, got: u64) -> Self {
        Self::OutOfDomain { name, wanted, got: Got::Integer(got) }
    }

    /// A floating-point parameter outside its domain.
    pub(crate) fn float(name: &'static str, wanted: &'static str, got: f64) -> Self {
        Self::OutOfDomain { name, wanted, got: Got::Float(got) }
    }

    /// A parameter outside its domain that is best described in words.
    pub(crate) fn text(name: &'static str, wanted: &'static str, got: impl Into<String>) -> Self {
        Self::OutOfDomain { name, wanted, got: Got::Text(got.into()) }
    }
}

impl StateError {
    /// The name of a field whose reader knows none.
    pub(crate) const UNNAMED: &str = "value";
}

impl fmt::Display for Got {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => write!(f, "{value}"),
            Self::Float(value) => write!(f, "{value}"),
            Self::Text(value) => f.write_str(value),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfDomain { name, wanted, got } => write!(f, "{name} must be {wanted}, got {got}"),
            Self::LengthsDiffer { left, right } => write!(
                f,
                "{} and {} must have the same length, got {} and {}",
                left.0, right.0, left.1, right.1
            ),
            Self::TooFewGaps { got, wanted } => write!(f, "gaps must be at least {wanted}, got {got}"),
            Self::State(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAState => {
                f.write_str("state must begin with the bytes \"ANET\": this is not a saved state")
            }
            Self::NotPart { part, wanted } => {
                write!(
                    f,
                    "{part} must begin with the bytes \"{wanted}\": this is not a {part} of a paged state"
                )
            }
            Self::PartDamaged { part } => write!(f, "{part} is damaged: its bytes were changed"),
            Self::Pages { got, wanted } if got == wanted => {
                f.write_str("pages are not those of this manifest: some were taken before it or after it")
            }
            Self::Pages { got, wanted } => {
                write!(f, "pages are not those of this manifest: it has {wanted}, {got} present")
            }
            Self::Version { got, wanted } => {
                write!(f, "state has format version {got}, this build reads version {wanted}")
            }
            Self::Kind { got, wanted } => write!(f, "state holds a {got}, wanted a {wanted}"),
            Self::Length { got, wanted } => {
                write!(f, "state is damaged: {wanted} bytes expected, {got} present")
            }
            Self::Checksum { got, wanted } => {
                write!(f, "state is damaged: checksum {got:08x}, {wanted:08x} expected")
            }
            Self::Field { name } => write!(f, "state is damaged: impossible value in field {name}"),
            Self::Parameters { got, wanted } => {
                write!(f, "state was saved with {got}, this object has {wanted}")
            }
        }
    }
}

impl std::error::Error for Error {}

impl From<StateError> for Error {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}
