//! The loss is many times what it was a moment ago. Needs no baseline, no progress and no warm-up.

use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use crate::monitor::detectors::{Context, Detector, Evidence, Observation};

/// Over the highest of the 64 losses before. Healthy real logs stay below 7.7, and one row of 160,000 of reinforcement and
/// adversarial learning is above 10 (90 real logs, 2026-11-30).
const TIMES: f64 = 16.0;
/// What the next loss must exceed, over the same, where a run had a burst before: single steps of heavy tails do not last.
const CONFIRMED: f64 = 2.0;

/// Rule `explosion`: the first burst of a run at once, later ones with the next loss.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Explosion {
    seen: bool,
    /// What a burst in the row before was compared with.
    pending: Option<f64>,
    compared: f64,
}

impl Detector for Explosion {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let progress = &seen.context.progress.loss;
        let Some(loss) = seen.loss().filter(|_| !progress.has_been_negative()) else { return };
        let highest = progress.recent_highest;
        let confirmed = self.pending.take().filter(|before| loss > CONFIRMED * before);
        // A hinge at zero bursts in health.
        let bursts = progress.usual > 0.0 && loss > TIMES * highest;
        let first = (bursts && !self.seen).then_some(highest);
        if bursts && self.seen {
            self.pending = Some(highest);
        }
        self.seen |= bursts;
        if let Some(compared) = confirmed.or(first) {
            self.compared = compared;
            scores.set(Rule::Explosion, loss / compared, (loss / (TIMES * compared)).max(1.0));
        }
    }

    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        (rule == Rule::Explosion).then(|| Evidence::compared(rule, context.given(rule), self.compared))
    }
}

fields!(Explosion { seen, pending, compared });
