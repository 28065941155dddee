//! What a series is compared with: the run's own earlier block means, and what these say of its tails.

mod adaptive_threshold;
mod baselines;
mod block_mean;
mod peer_median;
mod sorted;
pub(crate) mod tail_correction;

pub(crate) use adaptive_threshold::AdaptiveThreshold;
pub(crate) use baselines::{Baseline, Baselines, Departures};
pub(crate) use peer_median::{PeerMedian, median_of_others};
pub(crate) use sorted::{insert, replace};
