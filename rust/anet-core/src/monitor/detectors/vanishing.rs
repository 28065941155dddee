//! The gradient falls and the loss does not: out of its band, or e-fold below its lowest within 16 steps.

use crate::monitor::alarm::score_table::Score;
use crate::monitor::alarm::scores::Board;
use crate::monitor::baseline::adaptive_threshold::OwnLine;
use crate::monitor::detectors::band::{CAP, fall};
use crate::monitor::input::series::{Blocks, Values};
use crate::state::fields;

const MEAN: usize = 16;
/// A gradient below this share of its early size is as good as none.
const NOTHING: f64 = 1e-12;
/// How much more a fall of the loss counts: a gradient that falls with its loss is healthy.
const LOSS_WEIGHT: f64 = 2.0;

/// Scores `fade_grad` and `vanish`.
#[derive(Debug, Clone, Copy)]
pub struct Vanishing {
    fade: OwnLine,
    clock: u64,
    grad: Lowest,
    loss: Lowest,
}

impl Default for Vanishing {
    fn default() -> Self {
        Self { fade: OwnLine::new(CAP), clock: 0, grad: Lowest::default(), loss: Lowest::default() }
    }
}

impl Vanishing {
    pub(crate) fn update(&mut self, values: &Values, blocks: &Blocks, board: &mut Board) {
        fall(Score::FadeGrad, &blocks.grad_8, &mut self.fade, board);
        if let Some((loss, grad)) = values.loss.zip(values.grad) {
            let falls = self.grad.push(self.clock, grad).zip(self.loss.push(self.clock, loss));
            self.clock += 1;
            if let Some((grad, loss)) = falls {
                let raw = grad - LOSS_WEIGHT * loss.max(0.0);
                board.set(Score::Vanish, raw, raw);
            }
        }
    }
}

impl Vanishing {
    /// The newest mean size of the gradient norm and its least, in units of the scale.
    pub(crate) fn grad_sizes(&self) -> (f64, f64) {
        let newest = self.clock.saturating_sub(1) as usize % MEAN;
        (self.grad.logs[newest].exp(), self.grad.least.exp())
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

fields!(Vanishing { fade, clock, grad, loss });

fields!(Lowest { sizes, logs, least });
