//! The one error of the crate. Texts out of a file stand in it escaped and cut.

use std::fmt;

/// A result whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// Why a file cannot be read, or tensors not be compared.
#[derive(Debug)]
pub enum Error {
    /// The operating system refused.
    Io(std::io::Error),
    /// It is a folder, a pipe or a device.
    NotAFile,
    /// It is shorter than the eight bytes that every file begins with.
    TooShort {
        /// Bytes of the file.
        size: u64,
    },
    /// The header is said to be longer than the file, or than any header may be.
    HeaderLength {
        /// Bytes that the file says.
        got: u64,
        /// Bytes that are possible.
        most: u64,
    },
    /// The header is not what JSON or the format allows.
    Header(serde_json::Error),
    /// Two tensors have one name.
    Twice {
        /// The name.
        name: String,
    },
    /// A tensor lies outside of the file, or ends before it begins.
    Outside {
        /// The tensor.
        name: String,
        /// Its first byte and the one after its last.
        offsets: (u64, u64),
        /// Bytes of data in the file.
        data: u64,
    },
    /// A tensor's bytes are more or fewer than its shape needs.
    Bytes {
        /// The tensor.
        name: String,
        /// Bytes that it has.
        got: u64,
        /// Bytes that its shape needs; `None` where they are beyond any file.
        wanted: Option<u64>,
    },
    /// Two tensors share bytes.
    Overlap {
        /// The two.
        names: [String; 2],
    },
    /// The file has no such tensor.
    NoTensor {
        /// The name.
        name: String,
    },
    /// The tensor's numbers are of a type that is not read.
    NotRead {
        /// The tensor.
        name: String,
        /// The type.
        dtype: String,
    },
    /// Tensors that are to be compared have different shapes.
    Shapes {
        /// The tensor.
        name: String,
    },
    /// Numbers that are asked for lie outside of the tensor.
    Range {
        /// The tensor.
        name: String,
        /// Numbers in it.
        length: u64,
    },
}

/// Characters of a name that are shown.
const SHOWN: usize = 80;

/// A text out of a file: control characters escaped, a long one cut.
fn shown(name: &str) -> String {
    let cut: String = name.chars().take(SHOWN).collect();
    format!("{cut:?}{}", if cut.len() < name.len() { "..." } else { "" })
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::NotAFile => f.write_str("not a file"),
            Self::TooShort { size } => {
                write!(f, "not safetensors: {size} bytes, where a file begins with 8 bytes of length")
            }
            Self::HeaderLength { got, most } => {
                write!(f, "not safetensors: a header of {got} bytes, where {most} are possible")
            }
            Self::Header(error) => write!(f, "the header is damaged: {}", shown_error(error)),
            Self::Twice { name } => write!(f, "the header names {} twice", shown(name)),
            Self::Outside { name, offsets: (begin, end), data } => {
                write!(f, "tensor {} lies outside of the file: {begin} to {end} of {data} bytes", shown(name))
            }
            Self::Bytes { name, got, wanted: Some(wanted) } => {
                write!(f, "tensor {} has {got} bytes, its shape needs {wanted}", shown(name))
            }
            Self::Bytes { name, got, wanted: None } => {
                write!(f, "tensor {} has {got} bytes, its shape needs more than any file has", shown(name))
            }
            Self::Overlap { names: [first, second] } => {
                write!(f, "tensors {} and {} share bytes", shown(first), shown(second))
            }
            Self::NoTensor { name } => write!(f, "there is no tensor {}", shown(name)),
            Self::NotRead { name, dtype } => {
                write!(f, "tensor {} is of type {}, which is not read", shown(name), shown(dtype))
            }
            Self::Shapes { name } => write!(f, "tensor {} has different shapes", shown(name)),
            Self::Range { name, length } => write!(f, "tensor {} has only {length} numbers", shown(name)),
        }
    }
}

/// What is wrong with JSON: it may quote the file.
fn shown_error(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.chars()
        .take(2 * SHOWN)
        .flat_map(|letter| {
            let harmless = letter == '"' || letter == '\'' || letter == '\\';
            if harmless { vec![letter] } else { letter.escape_debug().collect() }
        })
        .collect()
}

impl std::error::Error for Error {}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<serde_json::Error> for Error {
    /// What the operating system refused while the header was read stays what it is.
    fn from(error: serde_json::Error) -> Self {
        if error.is_io() { Self::Io(error.into()) } else { Self::Header(error) }
    }
}
