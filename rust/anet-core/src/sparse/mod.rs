//! Sparse signatures of windows and the anomaly scores over their history.

pub mod encode;
pub mod index;
pub mod score;
mod state;

pub use encode::window::Window;
