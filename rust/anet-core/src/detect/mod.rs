//! The stream detector: [`StreamDetector`] is what a user holds, a [`Channel`] scores one number of each sample.
//!
//! A sample is normalised (`normalise`), measured by its shape (`shape`) and its tokens (`tokens`), put on the scale of each
//! component (`measures`, `component`), combined into one score (`combine`), and judged (`threshold`). What stood out is
//! described from the newest samples (`recent`, `event`), and so is what would not have (`quiet_range`).

mod detector;
mod settings;

mod change;
mod channel;
mod channels;
mod frozen;
mod joint;
mod pool;
mod silence;

mod normalise;
mod shape;
mod tokens;

mod forecast;
mod long_shapes;
mod patterns;
mod season;
mod slow;

mod combine;
mod component;
mod measures;
mod threshold;

mod detection;
mod event;
mod explanation;
mod neighbour;
mod quiet_range;
mod recent;

/// Samples that no stream lives to see: a saved state that claims more was not saved.
const LONGEST: u64 = 1 << 62;

pub use change::Change;
pub use channel::{Channel, ChannelScore};
pub use component::Component;
pub use detection::Detection;
pub use detector::StreamDetector;
pub use event::{Event, Shape, Side, Similar, Told};
pub use explanation::{Explanation, RareToken};
pub use neighbour::Match;
pub use settings::{ChannelCount, DetectorOptions, DetectorSettings, Missing, Seasons};
pub use tokens::{Token, TokenEncoder};
