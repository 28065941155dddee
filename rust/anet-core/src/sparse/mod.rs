//! Sparse signatures of windows and the anomaly scores over their history.

mod channels;
pub mod encoder;
pub mod signature;
