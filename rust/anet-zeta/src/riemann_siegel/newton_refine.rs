//! One more step of Newton's method for the lowest zeros, where doubles are finer than samples.

use crate::double::Double;
use crate::riemann_siegel::angle_turns::{Lanes, lanes};
use crate::riemann_siegel::euler_maclaurin::{cut, residue};
use crate::riemann_siegel::grid::Block;
use crate::riemann_siegel::logarithms::Logarithms;
use crate::riemann_siegel::roots::Root;
use anet_simd::Kernel;

/// Above this height a double is coarse enough.
pub const HIGHEST: f64 = 256.0;

/// Sharpens the zeros below [`HIGHEST`].
pub struct Sharpen<'a> {
    /// Where they lie.
    pub block: Block,
    /// As roots of polynomials, which know the slope of Z.
    pub roots: &'a [Root],
    /// Zeros in order.
    pub zeros: &'a mut [Double],
    /// At least [`cut`] of the last.
    pub logs: &'a Logarithms,
}

impl Kernel for Sharpen<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { block, roots, zeros, logs } = self;
        let low = zeros.partition_point(|zero| zero.high < HIGHEST);
        for (zeros, roots) in zeros[..low].chunks_mut(8).zip(roots.chunks(8)) {
            let t: Lanes = lanes!(lane => zeros[lane.min(zeros.len() - 1)].high);
            let residue = residue(&t, cut(t[7]), logs);
            for (lane, (zero, root)) in zeros.iter_mut().zip(roots).enumerate() {
                let slope = 2.0 * root.slope / block.spacing;
                *zero = Double::sum(t[lane], -residue[lane] / slope);
            }
        }
    }
}
