//! From scores to p-values: four numbers, each under a line of its own, and a veto.

use crate::twin::moments::Moments;
use crate::twin::own_line::{LINE, OwnLine, Raised, TAIL};
use crate::twin::p_value::p_value;
use crate::twin::scales::WARM_UP;

/// The line of each quiet number in its own deviations: slow, fall, still.
const QUIET: [f64; 3] = [5.0, 5.0, 17.0];

/// The p-value that a vetoed sample has at least.
const HELD: f64 = 1e-3;

pub(crate) struct Judge {
    scale: Moments,
    line: OwnLine,
    quiet: [OwnLine; 3],
    has_veto: bool,
}

impl Judge {
    /// With `adaptive` the stream raises its own lines, and its spikes are vetoed.
    pub(crate) fn new(adaptive: bool) -> Self {
        let raised = |raised| OwnLine::new(if adaptive { raised } else { Raised::Never });
        Self {
            scale: Moments::start(4096.0, [30.0, 300.0], 0.0, 9.0),
            line: raised(Raised::ByHabitsAndTail),
            quiet: std::array::from_fn(|_| raised(Raised::ByHabits)),
            has_veto: adaptive,
        }
    }

    /// The p-value of a sample, and whether it was held back. `quiet` are the quiet numbers, 0 where they have nothing to say.
    pub(crate) fn push(&mut self, t: usize, score: f64, spiky: bool, quiet: [f64; 3]) -> (f64, bool) {
        if t < WARM_UP {
            return (1.0, false);
        }
        let common = self.common(t, score);
        let held = self.has_veto && spiky && common < HELD;
        let common = if held { HELD } else { common };
        let quiet = (0..3).map(|i| self.of_quiet(t, i, quiet[i]));
        (quiet.fold(common, f64::min), held)
    }

    fn common(&mut self, t: usize, score: f64) -> f64 {
        let scale = self.scale.deviation().max(1.0);
        let d = score - self.scale.mean;
        self.scale.add(d.clamp(-5.0 * scale, 5.0 * scale));
        let z = d / scale;
        p_value(z, self.line.at(t, z))
    }

    /// Below the tail a quiet number says nothing: it is 0 on a healthy stream, not the deviation of a score.
    fn of_quiet(&mut self, t: usize, i: usize, z: f64) -> f64 {
        let z = LINE * z / QUIET[i];
        let line = self.quiet[i].at(t, z);
        if z < TAIL { 1.0 } else { p_value(z, line) }
    }
}
