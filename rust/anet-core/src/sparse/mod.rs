//! Sparse signatures of windows and the anomaly scores over their history.
//!
//! A window is encoded as a signature, the signature is compared with those before it, and the cosines become scores.

mod encode;
mod index;
mod score;
mod state;

pub use encode::{EncoderScratch, SparseEncoder, SparseSignature, WindowSlices, sparse_cosine};
pub use score::{AnomalyScore, MultiScaleAnomaly, ScorerScratch, StreamScorer, Trace, TraceEvent};
