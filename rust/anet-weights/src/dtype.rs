//! The types of numbers that a file may hold.

/// A type of number, by the name that the format gives it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub struct Dtype(String);

/// The types whose numbers are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Float {
    F64,
    F32,
    F16,
    Bf16,
    F8E5m2,
    F8E4m3,
}

impl Dtype {
    /// Its name, such as `BF16`.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Bits of a number; `None` of a type that is not known here, which newer writers may have.
    pub fn bits(&self) -> Option<u64> {
        Some(match self.name() {
            "F4" => 4,
            "F6_E2M3" | "F6_E3M2" => 6,
            "BOOL" | "U8" | "I8" | "F8_E5M2" | "F8_E4M3" | "F8_E8M0" | "F8_E5M2FNUZ" | "F8_E4M3FNUZ" => 8,
            "U16" | "I16" | "F16" | "BF16" => 16,
            "U32" | "I32" | "F32" => 32,
            "U64" | "I64" | "F64" | "C64" => 64,
            _ => return None,
        })
    }

    /// The type as one that is read, where it is one.
    pub(crate) fn float(&self) -> Option<Float> {
        Some(match self.name() {
            "F64" => Float::F64,
            "F32" => Float::F32,
            "F16" => Float::F16,
            "BF16" => Float::Bf16,
            "F8_E5M2" => Float::F8E5m2,
            "F8_E4M3" => Float::F8E4m3,
            _ => return None,
        })
    }

    /// Whether its numbers are read and compared: `F64`, `F32`, `F16`, `BF16`, `F8_E5M2` and `F8_E4M3`.
    pub fn is_read(&self) -> bool {
        self.float().is_some()
    }
}

impl Float {
    /// Bytes of a number.
    pub(crate) fn width(self) -> usize {
        match self {
            Self::F64 => 8,
            Self::F32 => 4,
            Self::F16 | Self::Bf16 => 2,
            Self::F8E5m2 | Self::F8E4m3 => 1,
        }
    }
}
