//! Zeros of the Riemann zeta function on the critical line: true ones with a count, and smooth ones that stand in for them.
//!
//! ```
//! use anet_zeta::{Search, hardy_z, normalized_gaps};
//!
//! // The zeros of the ordinals 1 to 1000, on two threads.
//! let found = Search::new().threads(2).zeros(1, 1000)?;
//! assert_eq!(found.zeros[0], 14.134725141734695);
//! assert!(hardy_z(found.zeros[0])?.abs() < 1e-14);
//!
//! // Turing's method shows that none is missing: one integer lies between the bounds.
//! let upper = found.certificate.upper;
//! assert_eq!(upper.number(), Some(found.certificate.found));
//! assert!(upper.at_most - upper.at_least < 1.0);
//!
//! // Gaps in units of the mean gap: they average 1.
//! let gaps = normalized_gaps(&found.zeros);
//! assert!((gaps.iter().sum::<f64>() / gaps.len() as f64 - 1.0).abs() < 0.01);
//! # Ok::<(), anet_zeta::Error>(())
//! ```
//!
//! | | |
//! |---|---|
//! | [`zeros()`], [`zero_count`], [`Search`] | true zeros by their ordinals, and how many lie below a height |
//! | [`hardy_z`], [`HardyZ`], [`theta()`], [`gram_point`] | Hardy's function, its phase, and the Gram points |
//! | [`counting_function`], [`invert_counting_function`], [`SmoothHeights`], [`smooth_heights`] | the smooth count and its inverse |
//! | [`normalized_gaps`] | gaps between heights, in units of the mean gap |
//!
//! The way of a true zero, from module to module: [`theta()`] is the phase of ζ; `euler_maclaurin` and `riemann_siegel` give
//! Hardy's Z from it; `sampling` takes Z twice a mean gap on a grid that depends on the height alone, and interpolates it
//! within its band; `roots` refines sign changes to roots and finds close pairs by Z'/Z; `zeros` counts the roots by
//! Turing's method, and samples more densely where the count does not come out. Below them `arithmetic` holds numbers in two
//! doubles and angles in turns, and `tables` what `tools/zeta_tables.py` computed.
//!
//! Everything is floating point, numerically certified, not a proof. The same call gives the same bits on every instruction
//! set and any number of threads.

#![forbid(unsafe_code)]

mod domain;

mod error;

mod tables;

mod arithmetic;

mod smooth;

mod theta;

mod euler_maclaurin;

mod riemann_siegel;

mod hardy;

mod sampling;

mod roots;

mod zeros;

mod gaps;

pub use domain::{GRAM_INDICES, HIGHEST_COUNTED, HIGHEST_HEIGHT, ORDINALS};
pub use error::{Error, Result};
pub use gaps::normalized_gaps;
pub use hardy::{HardyZ, hardy_z};
pub use smooth::{
    Method, NEWTON_STEPS, SmoothHeights, TAU, counting_function, invert_counting_function, smooth_heights,
};
pub use theta::{gram_point, theta};
pub use zeros::{Search, TuringCount, ZeroCertificate, ZetaZeros, zero_count, zeros};
