//! What reads bytes that somebody else may have written, each as a function of any bytes at all: it may refuse them, and must
//! not panic, hang or take memory out of proportion. What it accepts must work.
//!
//! The tests beside this folder drive them with damaged seeds, and the fuzzer of `fuzz/` with what it finds.

mod pages;
mod records;
mod states;
mod subjects;

/// A reader of bytes.
pub(crate) struct Target {
    /// What the fuzzer calls it.
    pub(crate) name: &'static str,
    /// Gives it bytes; returns whether they were accepted.
    pub(crate) run: fn(&[u8]) -> bool,
    /// Bytes that it accepts, to be damaged.
    pub(crate) seeds: fn() -> Vec<Vec<u8>>,
}

/// All of them.
pub(crate) const TARGETS: [Target; 16] = [
    states::target::<anet_core::MultiScaleAnomaly>("anomaly_state"),
    states::target::<anet_core::StreamScorer>("scorer_state"),
    states::target::<anet_core::Pool<anet_core::StreamScorer>>("scorer_pool_state"),
    states::target::<anet_core::StreamDetector>("detector_state"),
    states::target::<anet_core::Pool<anet_core::StreamDetector>>("detector_pool_state"),
    states::target::<anet_core::Episodes>("episodes_state"),
    states::target::<anet_core::RunMonitor>("run_monitor_state"),
    states::target::<anet_core::Monitor>("monitor_state"),
    states::target::<anet_core::Reference>("reference_state"),
    states::target::<anet_core::NamedSignals>("named_signals_state"),
    pages::RAW,
    pages::SEALED,
    records::LINES,
    records::JSON,
    records::RECORDS,
    records::TABLE,
];
