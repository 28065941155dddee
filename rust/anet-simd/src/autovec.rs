//! Kernels that fuse their multiplications with their additions, compiled once for each instruction set.
//!
//! A fused multiply-add is rounded once, by definition, in hardware and in software alike; and a kernel is the same
//! sequence of operations on every level. So every level gives the same bits. They are written as plain Rust over fixed
//! numbers of lanes: the compiler turns these into the vectors of the level.
#![allow(unsafe_code)]

use crate::level::{Instructions, Level};

/// Work whose code is compiled again for each instruction set: `run` and all that it calls must be `#[inline(always)]`.
pub trait Kernel {
    /// What comes out.
    type Output;

    /// Does the work.
    fn run(self) -> Self::Output;
}

impl Level {
    /// Runs a kernel on this level.
    pub fn run<K: Kernel>(self, kernel: K) -> K::Output {
        match self.0 {
            Instructions::Portable => kernel.run(),
            // SAFETY: the only constructor of this level saw that the processor has AVX2 and FMA.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { avx2(kernel) },
            // SAFETY: the only constructor of this level saw that the processor has AVX2, FMA and AVX-512 F, DQ and VL.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { avx512(kernel) },
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
