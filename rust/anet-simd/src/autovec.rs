//! Loops of a caller, compiled once for each level.
//!
//! They are written as plain Rust over fixed numbers of lanes, which the compiler turns into the vectors of the level. They
//! may fuse a multiplication with an addition ([`f64::mul_add`]): that is rounded once by definition, in hardware and in
//! software alike. So every level gives the same bits.

use crate::level::Level;
use crate::level::dispatch::dispatch;

/// Work whose code is compiled once for each level: `run` and all that it calls must be `#[inline(always)]`.
///
/// ```
/// use anet_simd::{Kernel, Level};
///
/// struct Square<'a>(&'a mut [f64]);
///
/// impl Kernel for Square<'_> {
///     type Output = ();
///
///     #[inline(always)]
///     fn run(self) {
///         for x in self.0 {
///             *x *= *x;
///         }
///     }
/// }
///
/// let mut x = [3.0; 100];
/// Level::detect().run(Square(&mut x));
/// assert_eq!(x, [9.0; 100]);
/// ```
pub trait Kernel {
    /// The result of the work.
    type Output;

    /// Does the work.
    fn run(self) -> Self::Output;
}

impl Level {
    dispatch! {
        /// Runs a kernel on the instructions of this level.
        pub fn run<K: Kernel>(self, kernel: K) -> K::Output {
            kernel.run()
        }
    }
}
