//! What starts again with each segment: a run after a change that its user announced is a new run.

use crate::monitor::alarm::{Incident, Onsets, WarmUp};
use crate::monitor::baseline::Baselines;
use crate::monitor::progress::Progress;
use crate::state::fields;

/// Rows of a segment in which only rules without a baseline can fire.
const WARM_UP: u64 = 64;

/// Why a segment began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is the first row.
    Start,
    /// The user announced a change.
    Note,
}

impl Reason {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Note => "note",
        }
    }
}

/// Baselines, incident and onsets of one stretch of a run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Segment {
    /// Rows of this segment so far.
    pub rows: u64,
    /// Whether an adaptive rule has had a score.
    pub learned: bool,
    /// The block means of the four series.
    pub baselines: Baselines,
    /// What it has learned.
    pub progress: Progress,
    /// The incident under way.
    pub incident: Incident,
    /// When each score rose.
    pub onsets: Onsets,
}

impl Segment {
    /// Whether the row under way, not yet counted, is past the warm-up.
    pub(crate) fn warm_up(&self) -> WarmUp {
        if self.rows >= WARM_UP { WarmUp::Over } else { WarmUp::UnderWay }
    }
}

fields!(Segment { rows, learned, baselines, progress, incident, onsets });
