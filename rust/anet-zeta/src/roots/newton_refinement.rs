//! One more Newton step for the lowest zeros, where doubles are finer than the rounding of samples.

use crate::arithmetic::double_double::DoubleDouble;
use crate::arithmetic::integer_logarithms::IntegerLogarithms;
use crate::arithmetic::lanes::{Lanes, lanes};
use crate::euler_maclaurin::{cutoff, residual};
use crate::roots::root::Root;
use crate::sampling::block::Block;
use anet_simd::autovec::Kernel;

/// Below this height zeros are refined: from here on an ulp of t, 6e-14, is coarser than the error of a root.
const REFINED_BELOW: f64 = 256.0;

/// Refines the zeros of a block that lie below t = 256.
pub(crate) struct NewtonRefinement<'a> {
    /// Where they lie.
    pub(crate) block: Block,
    /// As roots of polynomials, which know the slope of Z.
    pub(crate) roots: &'a [Root],
    /// The zeros, in order.
    pub(crate) zeros: &'a mut [DoubleDouble],
    /// Logarithms of [`terms`] integers.
    pub(crate) logs: &'a IntegerLogarithms,
}

/// Whether some zeros of a block may be refined.
pub(crate) fn applies(block: &Block) -> bool {
    block.start < REFINED_BELOW
}

/// How many integers' logarithms the refinement of a block needs.
pub(crate) fn terms(block: &Block) -> usize {
    if applies(block) { cutoff(REFINED_BELOW) } else { 0 }
}

impl Kernel for NewtonRefinement<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { block, roots, zeros, logs } = self;
        let low = zeros.partition_point(|zero| zero.high < REFINED_BELOW);
        for (zeros, roots) in zeros[..low].chunks_mut(8).zip(roots.chunks(8)) {
            let t: Lanes = lanes!(lane => zeros[lane.min(zeros.len() - 1)].high);
            let residual = residual(&t, cutoff(t[7]), logs);
            for (lane, (zero, root)) in zeros.iter_mut().zip(roots).enumerate() {
                let slope = 2.0 * root.slope / block.spacing;
                *zero = DoubleDouble::two_sum(t[lane], -residual[lane] / slope);
            }
        }
    }
}
