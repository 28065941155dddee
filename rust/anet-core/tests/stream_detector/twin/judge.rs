//! From scores to p-values: five numbers, each under a line of its own, and a veto.

use crate::twin::moments::Moments;
use crate::twin::own_line::{LINE, OwnLine, Raised, TAIL};
use crate::twin::p_value::{AT_LINE, p_value};
use crate::twin::scales::WARM_UP;
use crate::twin::score::{FLATLINE, Parts, SCALED};

/// The components that ring alone, the line of each in its own deviations, and the first sample that may.
const QUIET: [(usize, f64, usize); 4] =
    [(FLATLINE, 17.0, 3000), (SCALED.len(), 5.0, 0), (SCALED.len() + 1, 5.0, 0), (SCALED.len() + 2, 8.0, 0)];

/// The p-value of a vetoed sample.
const HELD: f64 = 1e-3;

pub(crate) struct Judge {
    scale: Moments,
    line: OwnLine,
    quiet: [OwnLine; QUIET.len()],
    has_veto: bool,
}

impl Judge {
    /// With `adaptive` the stream raises its own lines, and its spikes are vetoed.
    pub(crate) fn new(adaptive: bool) -> Self {
        let line = || OwnLine::new(if adaptive { Raised::ByOwnPeaks } else { Raised::Never });
        Self {
            scale: Moments::start(4096.0, [30.0, 300.0], 0.0, 16.0),
            line: line(),
            quiet: std::array::from_fn(|_| line()),
            has_veto: adaptive,
        }
    }

    /// The p-value of a sample, and whether something beyond the ordinary line was held back and nothing else alarms.
    pub(crate) fn push(&mut self, t: usize, score: f64, spiky: bool, parts: &Parts) -> (f64, bool) {
        if t < WARM_UP {
            return (1.0, false);
        }
        let mut verdicts = vec![self.common(t, score, spiky)];
        for (line, (part, alone, from)) in self.quiet.iter_mut().zip(QUIET) {
            let z = LINE * parts[part].abs() / alone;
            // Below the tail a quiet number says nothing: it is 0 on a healthy stream, not the deviation of a score.
            if t >= from && z >= TAIL {
                verdicts.push(under(z, line.at(t, z)));
            }
        }
        let p_value = verdicts.iter().fold(1.0, |least: f64, &(p, _)| least.min(p));
        (p_value, p_value > AT_LINE && verdicts.iter().any(|&(_, held)| held))
    }

    fn common(&mut self, t: usize, score: f64, spiky: bool) -> (f64, bool) {
        let scale = self.scale.deviation().max(1.0);
        let d = score - self.scale.mean;
        self.scale.add(d.clamp(-5.0 * scale, 5.0 * scale));
        let z = d / scale;
        let verdict = under(z, self.line.at(t, z));
        let vetoed = self.has_veto && spiky && verdict.0 <= AT_LINE;
        if vetoed { (HELD, true) } else { verdict }
    }
}

/// The p-value under a line, and whether only that it is raised keeps it from alarming.
fn under(z: f64, line: f64) -> (f64, bool) {
    (p_value(z, line), z >= LINE && z < line)
}
