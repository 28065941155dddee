//! The Riemann-Siegel theta function θ, the phase of ζ on the critical line, and the Gram points.

pub(crate) mod asymptotic;

pub(crate) mod taylor;

mod function;

mod gram;

pub use function::theta;
pub use gram::gram_point;
