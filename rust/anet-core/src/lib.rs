//! Detects the moment a model or a stream starts to fail.
//!
//! Pure Rust: this crate knows no Python, does no I/O and does not panic on what a user gives it.
//! Arguments are checked once, at the edge, by the types of [`params`]; what lies behind them cannot fail.
//!
//! ```
//! use anet_core::{DetectorSettings, StreamDetector};
//!
//! let mut detector = StreamDetector::new(DetectorSettings::default());
//! let mut p_value = 1.0;
//! for t in 0..400 {
//!     let level = if t < 399 { 0.0 } else { 9.0 };
//!     p_value = detector.push(&[(f64::from(t) / 8.0).sin() + level])?.p_value;
//! }
//! assert!(p_value < 1e-3);
//! # Ok::<(), anet_core::Error>(())
//! ```
//!
//! # The way of the data
//! A sample of a stream goes through a [`StreamDetector`], which gives a score and a p-value; [`Episodes`] turn p-values into
//! episodes. A row of a training loop goes through a [`Monitor`], which gives a status and alarms, beside metrics such as
//! [`theta_consistency`]; [`runlog`] writes both as a record and reads them back. A [`SparseEncoder`] makes a window of
//! samples a signature, and [`MultiScaleAnomaly`] scores it against those before it. Whatever has a memory is saved by
//! [`state`], whole or by the pages that changed.
//!
//! | module | what |
//! |---|---|
//! | [`params`], [`error`] | bounded parameters as types, the one error |
//! | [`state`] | the byte form, whole or in pages |
//! | `stats` | running moments |
//! | `metric` | a documented metric a file; all in one: [`AnetSnapshot`] |
//! | `detect`: [`StreamDetector`], `episodes`: [`Episodes`] | the detector of streams, and the episodes of its alarms |
//! | `monitor`: [`Monitor`] | the monitor of training runs |
//! | `sparse` | signatures of windows, and the published anomaly score: [`StreamScorer`] |
//! | [`pool`], `names` | many streams, pushed in parallel threads; their names |
//! | [`runlog`] | records of a run: their writer and their readers |
//! | [`table`] | tables of text in any dialect, as columns |
#![forbid(unsafe_code)]

mod detect;
mod episodes;
pub mod error;
mod metric;
mod monitor;
mod names;
pub mod params;
pub mod pool;
pub mod runlog;
mod sparse;
pub mod state;
mod stats;
pub mod table;

pub use detect::{
    Change, Channel, ChannelCount, ChannelScore, Component, Detection, DetectorOptions, DetectorSettings,
    Event, Explanation, Match, Missing, RareToken, Seasons, Shape, Side, Similar, StreamDetector, Token,
    TokenEncoder, Told,
};
pub use episodes::{Episode, EpisodeRule, Episodes};
pub use error::{Error, Got, Result, StateError};
pub use metric::{
    AnetSnapshot, Beta, FTotalWeights, Precursor, TrainingHistories, entropy_rate, f_total, processivity,
    theta_consistency,
};
pub use monitor::{
    Alarm, Annotation, Direction, Escalation, FalseAlarmRate, Family, Group, IncidentRecord, LossMeaning,
    Meaning, MetricsWindow, Monitor, NamedSignal, NamedSignals, Onset, Reason, Reference, Row, RowScores,
    Rule, RuleAlarm, RunMonitor, RunSummary, Signal, Status, known_signal,
};
pub use names::Names;
pub use params::{Dimension, Length, MaxPositions, Seed};
pub use pool::{Pool, Rows, Stream};
pub use runlog::{LineWriter, Record};
pub use sparse::{
    AnomalyScore, EncoderScratch, MultiScaleAnomaly, ScorerScratch, SparseEncoder, SparseSignature,
    StreamScorer, Trace, TraceEvent, WindowSlices, sparse_cosine,
};
pub use state::{Manifest, PageSize, Paged, State};
