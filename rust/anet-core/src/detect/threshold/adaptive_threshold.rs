//! A stream whose healthy scores have a heavy tail raises its own line.

use crate::detect::threshold::p_value::{LINE, TAIL};
use crate::error::{Result, StateError};
use crate::state::codec::{Reader, Writer};

/// Two high points further apart than this belong to two episodes.
const APART: u64 = 50;
/// What counts as a habit: so many peaks among the last so many samples. The line lies above the lowest of them.
struct Habit {
    rank: usize,
    remembered: u64,
    factor: f64,
}

/// A short habit, soon acquired, and a long one at half its rate, which tails show that are heavy but rare. The long one
/// asks for more peaks than a stream has true events of one size, or they would hide each other.
const HABITS: [Habit; 2] = [
    Habit { rank: 4, remembered: 4096, factor: 1.75 },
    Habit { rank: 16, remembered: REMEMBERED, factor: 2.0 },
];
/// Peaks older than this are forgotten.
const REMEMBERED: u64 = 32_768;

/// The highest point of an episode.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Peak {
    t: u64,
    z: f64,
}

impl Habit {
    /// The line that it gives, or none to speak of.
    fn line(&self, t: u64, peaks: &[Peak]) -> f64 {
        let recent = peaks.iter().filter(|peak| t.saturating_sub(peak.t) <= self.remembered);
        let mut heights: Vec<f64> = recent.map(|peak| peak.z).collect();
        heights.sort_unstable_by(|a, b| b.total_cmp(a));
        heights.get(self.rank - 1).map_or(LINE, |lowest| TAIL + self.factor * (lowest - TAIL))
    }
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
        self.line = HABITS.iter().fold(LINE, |line, habit| line.max(habit.line(t, &self.peaks)));
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
