//! The stream detector: one component a file; [`channel`] puts them together, [`detector`] is what a user holds.

pub mod channel;
pub mod combine;
pub mod component;
pub mod detector;
pub mod explanation;
pub mod normalise;
pub mod pool;
pub mod shape;
pub mod threshold;
pub mod tokens;
