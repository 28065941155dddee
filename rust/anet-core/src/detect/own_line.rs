//! A stream whose healthy scores have a heavy tail raises its own line.

use crate::detect::p_value::{LINE, TAIL};
use crate::error::{Result, StateError};
use crate::state::{Reader, Writer};

/// Two high points further apart than this belong to two episodes.
const APART: u64 = 50;
/// Peaks older than this are forgotten.
const REMEMBERED: u64 = 4096;
/// Which of the highest peaks sets the line, and how far above it the line lies.
const RANK: usize = 4;
const FACTOR: f64 = 1.75;

/// The highest point of an episode.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Peak {
    t: u64,
    z: f64,
}

/// The peaks of the stream's own recent episodes, and the line that they give.
///
/// One peak sets nothing, and neither do three: a stream must be in the habit of such scores before the line rises.
#[derive(Debug, Clone)]
pub struct OwnLine {
    line: f64,
    last_high: Option<u64>,
    episode: Option<Peak>,
    peaks: Vec<Peak>,
}

impl OwnLine {
    /// The common line, until the stream shows a habit.
    pub fn new() -> Self {
        Self { line: LINE, last_high: None, episode: None, peaks: Vec::new() }
    }

    /// The line for a score that lies `z` deviations out at sample number `t`.
    pub fn push(&mut self, t: u64, z: f64) -> f64 {
        if z >= TAIL {
            if self.last_high.is_none_or(|last| t.saturating_sub(last) > APART) {
                self.begin(t);
            }
            self.last_high = Some(t);
            if self.episode.is_none_or(|peak| z > peak.z) {
                self.episode = Some(Peak { t, z });
            }
        }
        self.line
    }

    /// Lists the finished episode and draws the line for the one that begins.
    fn begin(&mut self, t: u64) {
        self.peaks.extend(self.episode.take());
        self.peaks.retain(|peak| t.saturating_sub(peak.t) <= REMEMBERED);
        let mut heights: Vec<f64> = self.peaks.iter().map(|peak| peak.z).collect();
        heights.sort_unstable_by(|a, b| b.total_cmp(a));
        let habit = heights.get(RANK - 1).map_or(LINE, |fourth| TAIL + FACTOR * (fourth - TAIL));
        self.line = habit.max(LINE);
    }

    /// Appends the fields.
    pub fn write(&self, out: &mut Writer) {
        out.f64(self.line);
        out.u64(self.last_high.map_or(u64::MAX, |t| t));
        let episode = self.episode.unwrap_or(Peak { t: u64::MAX, z: 0.0 });
        out.count(self.peaks.len());
        for peak in self.peaks.iter().chain([&episode]) {
            out.u64(peak.t);
            out.f64(peak.z);
        }
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`StateError`] for impossible fields.
    pub fn restore(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.line = from.f64()?;
        self.last_high = Some(from.u64()?).filter(|&t| t != u64::MAX);
        let count = from.count(16)?;
        self.peaks =
            (0..count).map(|_| Ok(Peak { t: from.u64()?, z: from.f64()? })).collect::<Result<_>>()?;
        self.episode = Some(Peak { t: from.u64()?, z: from.f64()? }).filter(|peak| peak.t != u64::MAX);
        let possible = (LINE..=f64::MAX).contains(&self.line) && self.peaks.iter().all(|peak| peak.z >= TAIL);
        if possible { Ok(()) } else { Err(StateError::Field { name: "line" }.into()) }
    }
}

impl Default for OwnLine {
    fn default() -> Self {
        Self::new()
    }
}
