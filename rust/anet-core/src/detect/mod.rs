//! The stream detector: [`StreamDetector`] is what a user holds, a [`Channel`] scores one number of each sample.
//!
//! A sample is normalised (`normalise`), measured by its shape (`shape`) and its tokens (`tokens`), put on the scale of each
//! component (`measures`, `component`), combined into one score (`combine`), and judged (`threshold`).

mod detector;
mod settings;

mod channel;
mod pool;

mod normalise;
mod shape;
mod tokens;

mod combine;
mod component;
mod measures;
mod threshold;

mod detection;
mod explanation;
mod neighbour;

pub use channel::{Channel, ChannelScore};
pub use component::Component;
pub use detection::Detection;
pub use detector::StreamDetector;
pub use explanation::{Explanation, RareToken};
pub use neighbour::Match;
pub use settings::{ChannelCount, DetectorOptions, DetectorSettings, Missing};
pub use tokens::{Token, TokenEncoder};
