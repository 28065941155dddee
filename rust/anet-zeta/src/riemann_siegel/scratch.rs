//! The memory of the main sums, kept from block to block.

use crate::riemann_siegel::rows::RowCoefficients;
use crate::riemann_siegel::wave_tables::WaveTables;
use anet_simd::dirichlet_product::Sums;

/// The memory of the main sums of a thread.
#[derive(Debug, Default)]
pub(crate) struct SumScratch {
    /// The tables that rows share.
    pub(super) waves: WaveTables,
    /// The coefficients of the rows.
    pub(super) rows: RowCoefficients,
    /// The sums of the rows.
    pub(super) sums: Vec<Sums>,
    /// Samples of F with its band centred on zero, real parts.
    pub(super) re: Vec<f64>,
    /// Their imaginary parts.
    pub(super) im: Vec<f64>,
}
