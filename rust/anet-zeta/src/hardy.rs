//! Hardy's function at any height, and which formula gives it there.

use std::f64::consts::TAU;

use crate::arithmetic::integer_logarithms::IntegerLogarithms;
use crate::arithmetic::phase::fraction;
use crate::domain::HIGHEST_HEIGHT;
use crate::error::{Error, Result};
use crate::euler_maclaurin;
use crate::riemann_siegel::correction::main_sum_terms;
use crate::riemann_siegel::single;
use crate::theta::theta;
use anet_simd::Level;
use anet_simd::autovec::Kernel;

/// From this height on the Riemann-Siegel formula gives Z: its eleven corrections leave less than 1e-17.
const RIEMANN_SIEGEL_FROM: f64 = 400.0;

/// Hardy's function Z(t) = e^{iθ(t)} ζ(½ + it) at many heights, in any order: it keeps the table that they share.
///
/// Z is real and even, and has the zeros of ζ on its critical line. Below |t| = 400 it is the Euler-Maclaurin formula,
/// above the Riemann-Siegel formula with ⌊√(t/2π)⌋ terms. Errors are about 1e-15 at small heights, 1e-14 at 10⁶ and 1e-12
/// at 10¹².
///
/// Sources: H. M. Edwards, *Riemann's Zeta Function* (1974), 6.4 and 7; W. Gabcke, thesis, Göttingen (1979).
///
/// ```
/// use anet_zeta::HardyZ;
/// let heights = [0.0, 14.134725141734695, 1e6];
/// let z = HardyZ::for_heights(&heights)?;
/// assert!((z.at(0.0) + 1.4603545088095868).abs() < 1e-14);
/// assert!(z.at(14.134725141734695).abs() < 1e-14);
/// assert!(z.at(2e6).is_nan());
/// # Ok::<(), anet_zeta::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct HardyZ {
    /// The largest |t| that the table serves.
    highest: f64,
    logs: IntegerLogarithms,
}

impl HardyZ {
    /// For heights whose magnitudes are up to the largest of `heights`; NaN is passed over.
    ///
    /// # Errors
    /// [`Error::HeightOutOfRange`] for a height beyond ±[`HIGHEST_HEIGHT`], where phases lose their digits.
    pub fn for_heights(heights: &[f64]) -> Result<Self> {
        if let Some(bad) = heights.iter().find(|t| t.abs() > HIGHEST_HEIGHT) {
            let (lowest, highest) = (-HIGHEST_HEIGHT, HIGHEST_HEIGHT);
            return Err(Error::HeightOutOfRange { got: *bad, lowest, highest });
        }
        let highest = heights.iter().fold(0.0f64, |highest, t| highest.max(t.abs()));
        let terms = main_sum_terms(highest).max(euler_maclaurin::cutoff(highest.min(RIEMANN_SIEGEL_FROM)));
        Ok(Self { highest, logs: IntegerLogarithms::new(terms + 1) })
    }

    /// How many terms the longest sum has: what one value costs.
    pub fn terms(&self) -> usize {
        self.logs.high.len()
    }

    /// Z(t); NaN for NaN and for a `t` beyond the heights that this was made for.
    pub fn at(&self, t: f64) -> f64 {
        match t.abs() {
            height if height <= self.highest => Level::detect().run(At { t: height, logs: &self.logs }),
            _ if t.is_nan() => t,
            _ => f64::NAN,
        }
    }
}

/// Hardy's function Z(t) = e^{iθ(t)} ζ(½ + it); NaN for NaN. For many heights take [`HardyZ`], which has the error bounds.
///
/// # Errors
/// [`Error::HeightOutOfRange`] for a `t` beyond ±[`HIGHEST_HEIGHT`].
///
/// ```
/// use anet_zeta::hardy_z;
/// assert!(hardy_z(14.134725141734695)?.abs() < 1e-14);
/// assert!(hardy_z(4e13).is_err());
/// # Ok::<(), anet_zeta::Error>(())
/// ```
pub fn hardy_z(t: f64) -> Result<f64> {
    Ok(HardyZ::for_heights(&[t])?.at(t))
}

struct At<'a> {
    t: f64,
    logs: &'a IntegerLogarithms,
}

impl Kernel for At<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let Self { t, logs } = self;
        if t < RIEMANN_SIEGEL_FROM {
            let turns = fraction(theta(t) / TAU);
            euler_maclaurin::hardy_z(&[t; 8], &[turns; 8], euler_maclaurin::cutoff(t), logs)[0]
        } else {
            single::hardy_z(t, logs)
        }
    }
}
