//! Sparse signatures of windows and the anomaly scores over their history.

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
mod median;
mod postings;
mod ranking;
pub mod saved;
pub mod scorer;
pub mod signature;
mod top;
mod window;

pub use window::Window;
