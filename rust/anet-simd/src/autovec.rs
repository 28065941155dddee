//! Kernels that fuse their multiplications with their additions, compiled once for each instruction set.
//!
//! A fused multiply-add is rounded once, by definition, in hardware and in software alike; and a kernel is the same
//! sequence of operations on every level. So every level gives the same bits. They are written as plain Rust over fixed
//! numbers of lanes: the compiler turns these into the vectors of the level.
#![allow(unsafe_code)]

use std::sync::OnceLock;

/// A choice of instruction set for fused kernels, made once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fused(Level);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// Work whose code is compiled again for each instruction set: `run` and all that it calls must be `#[inline(always)]`.
pub trait Kernel {
    /// What comes out.
    type Output;

    /// Does the work.
    fn run(self) -> Self::Output;
}

impl Fused {
    /// The fastest level that this processor can run.
    pub fn detect() -> Self {
        static FASTEST: OnceLock<Fused> = OnceLock::new();
        *FASTEST.get_or_init(|| Self::all_supported().pop().unwrap_or(Self::portable()))
    }

    /// Plain Rust, on every processor; slow on one without fused multiply-add.
    pub fn portable() -> Self {
        Self(Level::Portable)
    }

    /// Every level that this processor can run, the slowest first.
    #[cfg(target_arch = "x86_64")]
    pub fn all_supported() -> Vec<Self> {
        let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        let avx512 = avx2
            && is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl");
        let supported = [(true, Level::Portable), (avx2, Level::Avx2), (avx512, Level::Avx512)];
        supported.into_iter().filter(|(here, _)| *here).map(|(_, level)| Self(level)).collect()
    }

    /// Every level that this processor can run, the slowest first.
    #[cfg(not(target_arch = "x86_64"))]
    pub fn all_supported() -> Vec<Self> {
        vec![Self::portable()]
    }

    pub(crate) fn level(self) -> Level {
        self.0
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self.0 {
            Level::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => "avx512",
        }
    }

    /// Runs a kernel on this level.
    pub fn run<K: Kernel>(self, kernel: K) -> K::Output {
        match self.0 {
            Level::Portable => kernel.run(),
            // SAFETY: the only constructor of this level saw that the processor has AVX2 and FMA.
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => unsafe { avx2(kernel) },
            // SAFETY: the only constructor of this level saw that the processor has AVX2, FMA and AVX-512 F, DQ and VL.
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => unsafe { avx512(kernel) },
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn avx2<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,avx512f,avx512dq,avx512vl")]
fn avx512<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}
