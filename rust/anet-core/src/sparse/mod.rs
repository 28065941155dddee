//! Sparse signatures of windows and the anomaly scores over their history.

pub(crate) mod ahead;
pub mod anomaly;
mod bracket;
mod channels;
mod claims;
mod columns;
pub mod cosine;
pub mod encoder;
mod hasher;
mod highest;
pub mod history;
mod line;
mod median;
mod numbers;
mod postings;
mod ranking;
mod room;
pub mod saved;
pub mod scorer;
pub mod signature;
mod top;
mod window;

pub use window::Window;
