//! How large the effect of an incident is: what decides between a warning and the end of a run.

use crate::error::Result;
use crate::monitor::progress::Progress;
use crate::state::{Fields, Reader, Writer};

use super::incident_record::IncidentRecord;

/// The part of its progress that the run has lost.
const LOST: f64 = 0.35;
/// Or the rise of its loss over the level before, as a part of that.
const RISE: f64 = 0.1;
/// Standard deviations from row to row that either must have. Medians of 8 are judged, which a single row does not move.
const CLEAR: f64 = 2.5;
/// Standard deviations that the progress must have: noise alone makes some in a long run.
const PROGRESS: f64 = 2.0;
/// Or the gradient norm over its level before, or under it.
const GRADIENT: (f64, f64) = (2.0, 0.1);

/// Whether the effect is one for which a run may be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It is visible to statistics only.
    Small,
    /// Much of what was learned is lost, or the gradient has another size.
    Large,
}

impl Effect {
    /// The effect of an incident in this row, against the levels before it.
    pub(crate) fn of(progress: &Progress, incident: &IncidentRecord) -> Self {
        let (loss, gradient) = (&progress.loss, &progress.gradient);
        let rise = loss.median - incident.before;
        let lost = loss.is_made()
            && loss.learned() >= PROGRESS * loss.spread
            && loss.median - loss.best() >= LOST * loss.learned();
        let risen = rise >= RISE * incident.before.abs();
        let of_loss = (lost || risen) && rise >= CLEAR * loss.spread;
        let of_gradient = gradient.mean >= GRADIENT.0 * incident.gradient
            || (gradient.median <= GRADIENT.1 * incident.gradient && loss.median >= incident.before);
        if of_loss || of_gradient { Self::Large } else { Self::Small }
    }
}

impl Fields for Effect {
    fn save(&self, out: &mut Writer) {
        (*self == Self::Large).save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let mut large = false;
        large.load(from)?;
        *self = if large { Self::Large } else { Self::Small };
        Ok(())
    }
}
