//! Scores of a signature against its past.
//!
//! Cosines become the score of each scale, these an anomaly's score, and that the score of a stream or of a trace.

mod anomaly;
mod scales;
mod scorer;
mod top_k;
mod trace;

pub use anomaly::MultiScaleAnomaly;
pub use scales::AnomalyScore;
pub(crate) use scales::ScaleSet;
pub use scorer::{ScorerScratch, StreamScorer};
pub use trace::{Trace, TraceEvent};
