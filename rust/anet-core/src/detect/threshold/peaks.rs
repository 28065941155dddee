//! The peaks of a stream's own recent episodes.

use crate::error::{Result, StateError};
use crate::state::fields;

/// A score beyond this many deviations belongs to an episode.
pub(super) const TAIL: f64 = 3.0;
/// Two such scores further apart than this many samples belong to two episodes, as by default in [`crate::Episodes`].
const APART: u64 = 50;
/// Samples after which a peak is forgotten.
pub(super) const OLDEST: u64 = 32_768;

/// The first highest score of an episode.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Peak {
    pub(super) t: u64,
    pub(super) z: f64,
}

/// The peaks of finished episodes, and the one that goes on.
#[derive(Debug, Clone, Default)]
pub(super) struct Peaks {
    last_high: Option<u64>,
    episode: Option<Peak>,
    finished: Vec<Peak>,
}

impl Peaks {
    /// Takes a score that lies `z` deviations out at sample number `t`. True where an episode begins with it.
    pub(super) fn push(&mut self, t: u64, z: f64) -> bool {
        if z < TAIL {
            return false;
        }
        let begins = self.last_high.is_none_or(|last| t.saturating_sub(last) > APART);
        if begins {
            self.finished.extend(self.episode.take());
            self.finished.retain(|peak| t.saturating_sub(peak.t) <= OLDEST);
        }
        self.last_high = Some(t);
        if self.episode.is_none_or(|peak| z > peak.z) {
            self.episode = Some(Peak { t, z });
        }
        begins
    }

    /// The heights of the finished episodes of the `window` samples before number `t`, the highest first.
    pub(super) fn heights(&self, t: u64, window: u64) -> Vec<f64> {
        let recent = self.finished.iter().filter(|peak| t.saturating_sub(peak.t) <= window);
        let mut heights: Vec<f64> = recent.map(|peak| peak.z).collect();
        heights.sort_unstable_by(|a, b| b.total_cmp(a));
        heights
    }

    fn check(&mut self) -> Result<()> {
        if self.finished.iter().chain(&self.episode).all(|peak| peak.z >= TAIL) {
            Ok(())
        } else {
            Err(StateError::Field { name: "peaks" }.into())
        }
    }
}

fields!(Peaks { last_high, episode, finished } then check);
fields!(Peak { t, z });
