//! The token by which callers choose instructions.

use crate::level::instructions::Instructions;
#[cfg(target_arch = "x86_64")]
use crate::level::instructions::{Avx2, Avx512};

/// A choice of instructions, made once. It costs nothing to copy and to keep, and every level gives the same bits.
///
/// ```
/// use anet_simd::Level;
/// let sums = Level::all_supported().into_iter().map(|level| level.sum(&[0.1; 100]));
/// assert!(sums.into_iter().all(|sum| sum == Level::portable().sum(&[0.1; 100])));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level(Instructions);

impl Level {
    /// The highest level that this processor supports.
    pub fn detect() -> Self {
        let highest = Self::avx512_if_supported().or_else(Self::avx2_if_supported);
        highest.unwrap_or_else(Self::portable)
    }

    /// Plain Rust, on every processor.
    pub fn portable() -> Self {
        Self(Instructions::Portable)
    }

    /// AVX2 and FMA, where this processor has them.
    pub fn avx2_if_supported() -> Option<Self> {
        #[cfg(target_arch = "x86_64")]
        return Avx2::detect().map(|avx2| Self(Instructions::Avx2(avx2)));
        #[cfg(not(target_arch = "x86_64"))]
        None
    }

    /// AVX-512 (F, BW, DQ and VL), where this processor has it.
    pub fn avx512_if_supported() -> Option<Self> {
        #[cfg(target_arch = "x86_64")]
        return Avx512::detect().map(|avx512| Self(Instructions::Avx512(avx512)));
        #[cfg(not(target_arch = "x86_64"))]
        None
    }

    /// Every level that this processor supports, the portable one first.
    pub fn all_supported() -> Vec<Self> {
        let wider = [Self::avx2_if_supported(), Self::avx512_if_supported()];
        std::iter::once(Self::portable()).chain(wider.into_iter().flatten()).collect()
    }

    /// Its name: `"portable"`, `"avx2"` or `"avx512"`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Instructions::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2(_) => "avx2",
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512(_) => "avx512",
        }
    }

    /// What a dispatch matches on.
    #[inline(always)]
    pub(crate) fn instructions(self) -> Instructions {
        self.0
    }
}
