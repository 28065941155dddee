//! The scores of one row, side by side.

use crate::monitor::alarm::incident::Memory;
use crate::monitor::alarm::score_table::Score;
use crate::monitor::baseline::adaptive_threshold::OwnLine;
use crate::monitor::baseline::tail_correction;

/// Raw values and scores of the row under way. A score that does not exist in this row is absent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Board {
    exists: u32,
    raw: [f64; Score::COUNT],
    score: [f64; Score::COUNT],
    /// By how much the run's own past asks a score to be higher; 0 and 1 are the same.
    caution: [f64; Score::COUNT],
}

impl Board {
    /// Enters a score: its raw value and that value over its line.
    pub(crate) fn set(&mut self, score: Score, raw: f64, value: f64) {
        self.exists |= 1 << score as u32;
        self.raw[score as usize] = raw;
        self.score[score as usize] = value;
    }

    /// Enters a z over its own line, with the farthest z of the baseline on its side.
    pub(crate) fn set_z(&mut self, score: Score, z: f64, value: f64, line: &OwnLine, farthest: f64) {
        self.set(score, z, value);
        self.warn(score, tail_correction::of_reach(farthest, line.line()) * line.swing());
    }

    /// Asks a score to be so many times higher, where the monitor remembers.
    pub(crate) fn warn(&mut self, score: Score, caution: f64) {
        self.caution[score as usize] = caution;
    }

    /// The raw value, before any line.
    pub fn raw(&self, score: Score) -> Option<f64> {
        self.has(score).then(|| self.raw[score as usize])
    }

    /// The raw value over its own or its fixed line.
    pub fn score(&self, score: Score) -> Option<f64> {
        self.has(score).then(|| self.score[score as usize])
    }

    /// The score as it is compared: with the baseline's own caution, where the monitor remembers.
    pub(crate) fn judged(&self, score: Score, memory: Memory) -> f64 {
        let value = self.score[score as usize];
        match memory {
            Memory::Kept => value / self.caution[score as usize].max(1.0),
            Memory::None => value,
        }
    }

    /// The scores over the line that decides: `k` for the scores on the knob.
    pub(crate) fn ratios(&self, k: f64, memory: Memory) -> impl Iterator<Item = (Score, f64)> + '_ {
        Score::ALL.into_iter().filter(|&score| self.has(score)).map(move |score| {
            let value = self.judged(score, memory);
            (score, if score.is_on_the_knob() { value / k } else { value })
        })
    }

    /// Whether one of the scores on the knob exists.
    pub(crate) fn has_any_on_the_knob(&self) -> bool {
        self.exists & ((1 << Score::ON_THE_KNOB) - 1) != 0
    }

    fn has(&self, score: Score) -> bool {
        self.exists & 1 << score as u32 != 0
    }
}
