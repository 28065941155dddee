//! What starts again with each segment: a run after a resume, or after a change that its user announced, is a new run.

use crate::monitor::alarm::incident::Incident;
use crate::monitor::alarm::onset::Stirring;
use crate::monitor::alarm::scores::Board;
use crate::monitor::detectors::band::Level;
use crate::monitor::detectors::cusum::{Drift, Persistence};
use crate::monitor::detectors::drawdown::Drawdown;
use crate::monitor::detectors::noise_share::NoiseShare;
use crate::monitor::detectors::spike::{Gate, Jump};
use crate::monitor::detectors::update_size::UpdateSize;
use crate::monitor::detectors::vanishing::Vanishing;
use crate::monitor::input::series::{Bands, Values};
use crate::state::fields;

/// Rows of a segment in which only `nonfinite` can fire.
const WARM_UP: u64 = 64;

/// Why a segment began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is the first row.
    Start,
    /// The user announced a change.
    Note,
    /// The step went back or stood still: a resume or a rollback.
    Rewind,
}

impl Reason {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Note => "note",
            Self::Rewind => "rewind",
        }
    }
}

/// Baselines, own lines, sums, incident: the memory of one stretch of a run.
#[derive(Debug, Clone, Copy, Default)]
pub struct Segment {
    /// Rows of this segment so far.
    pub rows: u64,
    /// Whether a score on the knob has existed.
    pub learned: bool,
    /// The block means of the four series.
    pub bands: Bands,
    /// The drift sums.
    pub drift: Drift,
    level: Level,
    jump: Jump,
    update_size: UpdateSize,
    noise_share: NoiseShare,
    /// The vanishing gradient.
    pub vanishing: Vanishing,
    /// The best loss.
    pub drawdown: Drawdown,
    /// The incident under way.
    pub incident: Incident,
    /// What moved first.
    pub stirring: Stirring,
}

impl Segment {
    /// Lets every detector that lives in a segment see the row.
    pub(crate) fn update(&mut self, values: &Values, loss_was_given: bool, board: &mut Board) {
        let blocks = self.bands.push(values);
        let gate = Gate::of(loss_was_given, self.bands.loss.median());
        let persistence =
            Persistence { loss: self.bands.loss.persistence(), grad: self.bands.grad.persistence() };
        self.drift.update(&blocks, persistence, board);
        self.level.update(&blocks, board);
        self.jump.update(&blocks, gate, board);
        self.update_size.update(&blocks, board);
        self.noise_share.update(&blocks, board);
        self.vanishing.update(values, &blocks, board);
        self.drawdown.update(&blocks, board);
        self.learned |= board.has_any_on_the_knob();
    }

    /// Whether the row under way, not yet counted, is past the warm-up.
    pub(crate) fn is_warm(&self) -> bool {
        self.rows >= WARM_UP
    }
}

fields!(Segment {
    rows,
    learned,
    bands,
    drift,
    level,
    jump,
    update_size,
    noise_share,
    vanishing,
    drawdown,
    incident,
    stirring,
});
