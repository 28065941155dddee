//! Z(t) by the Riemann-Siegel formula: 2 Σ_{n ≤ √(t/2π)} n^-½ cos(θ(t) − t ln n), the main sum, plus a correction.

pub(crate) mod correction;

mod correction_series;

pub(crate) mod single;

mod wave_tables;

mod rows;

pub(crate) mod scratch;

pub(crate) mod direct;

pub(crate) mod half_rate;
