//! Proofs that the processor has certain instructions.
//!
//! A proof is a value without size. Outside of this file there are two ways to one: a [`crate::Level`] holds it, whose
//! constructors asked the processor; and `here` gives it to code that is itself compiled to the instructions.

/// The instructions of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Instructions {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    #[cfg(target_arch = "x86_64")]
    Avx512(Avx512),
}

/// The proof that the processor has AVX2 and FMA.
#[cfg(target_arch = "x86_64")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Avx2(());

#[cfg(target_arch = "x86_64")]
impl Avx2 {
    /// The proof, where the processor reports the instructions.
    pub(crate) fn detect() -> Option<Self> {
        let supported = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        supported.then_some(Self(()))
    }

    /// The proof for the code around the call: the compiler lets no other call it without `unsafe`.
    #[target_feature(enable = "avx2,fma")]
    #[inline]
    pub(crate) fn here() -> Self {
        Self(())
    }
}

/// The proof that the processor has AVX-512 F, BW, DQ and VL, and AVX2 and FMA besides.
#[cfg(target_arch = "x86_64")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Avx512(());

#[cfg(target_arch = "x86_64")]
impl Avx512 {
    /// The proof, where the processor reports the instructions.
    pub(crate) fn detect() -> Option<Self> {
        let supported = Avx2::detect().is_some()
            && is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl");
        supported.then_some(Self(()))
    }

    /// The proof for the code around the call: the compiler lets no other call it without `unsafe`.
    #[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
    #[inline]
    pub(crate) fn here() -> Self {
        Self(())
    }

    /// The lesser proof.
    #[inline(always)]
    pub(crate) fn avx2(self) -> Avx2 {
        Avx2(())
    }
}
