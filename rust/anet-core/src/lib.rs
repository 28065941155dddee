//! Detects the moment a model or a stream starts to fail.
//!
//! Pure Rust: this crate knows no Python, does no I/O and does not panic on what a user gives it.
//! Arguments are checked once, at the edge, by the types of [`params`]; what lies behind them cannot fail.

mod detect;
mod episodes;
pub mod error;
pub mod metric;
pub mod monitor;
pub mod params;
pub mod pool;
pub mod runlog;
pub mod sparse;
pub mod state;
pub mod stats;

pub use detect::{
    Channel, ChannelCount, Component, Detection, DetectorOptions, DetectorSettings, Explanation, Match,
    Missing, RareToken, StreamDetector, Token, TokenEncoder, Verdict,
};
pub use episodes::{Episode, EpisodeRule, Episodes};
pub use error::{Error, Result};
