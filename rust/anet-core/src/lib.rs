//! Detects the moment a model or a stream starts to fail.
//!
//! Pure Rust: this crate knows no Python, does no I/O and does not panic on what a user gives it.
//! Arguments are checked once, at the edge, by the types of [`params`]; what lies behind them cannot fail.

pub mod detect;
pub mod episodes;
pub mod error;
mod metric;
pub mod monitor;
pub mod params;
pub mod pool;
pub mod runlog;
mod sparse;
pub mod state;
pub mod stats;

pub use error::{Error, Result};
pub use metric::{
    AnetSnapshot, Beta, FTotalWeights, Precursor, TrainingHistories, entropy_rate, f_total, processivity,
    theta_consistency,
};
pub use sparse::{
    AnomalyScore, EncoderScratch, MultiScaleAnomaly, ScorerScratch, SparseEncoder, SparseSignature,
    StreamScorer, Trace, TraceEvent, WindowSlices, sparse_cosine,
};
