//! Sparse signatures of windows and the anomaly scores over their history.

pub mod anomaly;
mod channels;
mod columns;
pub mod cosine;
pub mod encoder;
pub mod history;
mod postings;
pub mod saved;
pub mod scorer;
pub mod signature;
mod top;
