//! The gradient falls and the loss does not: e-fold below its lowest within 16 steps.

use crate::monitor::rules::{RowScores, Rule};
use crate::state::fields;

use super::{Context, Detector, Evidence, Observation};

/// Values of a mean.
const MEAN: usize = 16;
/// A gradient below this share of its early size is as good as none.
const NOTHING: f64 = 1e-12;
/// How much more a fall of the loss counts: a gradient that falls with its loss is healthy.
const LOSS_WEIGHT: f64 = 2.0;

/// Rule `vanish`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Vanishing {
    clock: u64,
    grad: Lowest,
    loss: Lowest,
}

impl Detector for Vanishing {
    #[inline(always)]
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
        let Some((loss, grad)) = seen.values.loss.zip(seen.values.grad) else { return };
        let falls = self.grad.push(self.clock, grad).zip(self.loss.push(self.clock, loss));
        self.clock += 1;
        if let Some((grad, loss)) = falls {
            scores.set_raw(Rule::Vanish, grad - LOSS_WEIGHT * loss.max(0.0));
        }
    }

    /// The newest mean size of the gradient norm, and its least.
    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
        let newest = self.clock.saturating_sub(1) as usize % MEAN;
        let (value, least) = (self.grad.logs[newest].exp(), self.grad.least.exp());
        let size = context.scales.grad.size();
        (rule == Rule::Vanish).then(|| Evidence::compared(rule, size * value, size * least))
    }
}

/// The logarithm of the mean size of the last 16 values, and its least value of at least 16 values ago.
#[derive(Debug, Clone, Copy)]
struct Lowest {
    sizes: [f64; MEAN],
    logs: [f64; MEAN],
    least: f64,
}

impl Default for Lowest {
    fn default() -> Self {
        Self { sizes: [0.0; MEAN], logs: [0.0; MEAN], least: f64::INFINITY }
    }
}

impl Lowest {
    /// How far the mean has fallen below its least, in logarithms.
    fn push(&mut self, clock: u64, value: f64) -> Option<f64> {
        let slot = clock as usize % MEAN;
        self.sizes[slot] = value.abs();
        if clock + 1 < MEAN as u64 {
            return None;
        }
        if clock + 1 >= 2 * MEAN as u64 {
            self.least = self.least.min(self.logs[slot]);
        }
        let log = (self.sizes.iter().sum::<f64>() / MEAN as f64).max(NOTHING).ln();
        self.logs[slot] = log;
        (clock + 1 >= 2 * MEAN as u64).then_some(self.least - log)
    }
}

fields!(Vanishing { clock, grad, loss });

fields!(Lowest { sizes, logs, least });
