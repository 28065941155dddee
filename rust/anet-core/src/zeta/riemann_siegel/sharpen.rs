//! One more step of Newton's method for the lowest zeros, where doubles are finer than samples.

use super::euler_maclaurin::{cut, hardy_z, residue, theta};
use super::logarithms::Logarithms;
use super::turns::{Lanes, lanes};
use crate::kernel::fused::Kernel;
use crate::zeta::double::Double;

/// Above this height a double is coarse enough.
const HIGHEST: f64 = 200.0;

/// Distance over which Z' is taken.
const STEP: f64 = 1.0 / 1024.0;

/// Sharpens the zeros below [`HIGHEST`].
pub struct Sharpen<'a> {
    /// Zeros in order.
    pub zeros: &'a mut [Double],
    /// At least [`cut`] of the last.
    pub logs: &'a Logarithms,
}

impl Kernel for Sharpen<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let low = self.zeros.partition_point(|zero| zero.high < HIGHEST);
        for zeros in self.zeros[..low].chunks_mut(8) {
            let t: Lanes = lanes!(lane => zeros[lane.min(zeros.len() - 1)].high);
            let cut = cut(t[7]);
            let at = |t: &Lanes| hardy_z(t, &lanes!(lane => theta(t[lane])), cut, self.logs);
            let (above, below) = (at(&lanes!(lane => t[lane] + STEP)), at(&lanes!(lane => t[lane] - STEP)));
            let residue = residue(&t, cut, self.logs);
            for (lane, zero) in zeros.iter_mut().enumerate() {
                let slope = (above[lane] - below[lane]) / (2.0 * STEP);
                *zero = Double::sum(t[lane], -residue[lane] / slope);
            }
        }
    }
}
