//! From a score to how often a healthy stream gives one so high.

use crate::detect::normalise::component_scale::SILENT;
use crate::detect::threshold::adaptive_threshold::OwnLine;
use crate::error::Result;
use crate::state::codec::{Reader, Writer};
use crate::stats::ewma::Ew;

/// p never falls below this.
const SMALLEST: f64 = 1e-300;
/// The p-value at the line.
const AT_LINE: f64 = 1e-4;
/// Where an ordinary stream has its line, in deviations of the score.
pub const LINE: f64 = 7.0;
/// How fast p falls beyond the line. This and [`LINE`] were fitted so that p is the rate of false alarm episodes on
/// healthy training curves and on clean synthetic series.
const SLOPE: f64 = 0.7;
/// From here on a score is on its way to an alarm.
pub const TAIL: f64 = 3.0;
/// A variance that the score has at least.
const FLOOR: f64 = 1.0;
const CUT: f64 = 5.0;

/// The running scale of the score, and the map from there to p.
#[derive(Debug, Clone)]
pub struct PValue {
    scale: Ew,
    line: Option<OwnLine>,
}

impl PValue {
    /// With the stream's own line, or with the common one.
    pub fn new(line: Option<OwnLine>) -> Self {
        Self { scale: Ew::with_prior(4096.0, 300.0, 0.0, 16.0), line }
    }

    /// The p-value of the score of sample number `t`, judged by the scores before it.
    pub fn push(&mut self, t: u64, score: f64) -> f64 {
        if t < SILENT {
            return 1.0;
        }
        let scale = self.scale.deviation().max(FLOOR);
        let d = score - self.scale.mean();
        self.scale.add(d.clamp(-CUT * scale, CUT * scale));
        let z = d / scale;
        let line = self.line.as_mut().map_or(LINE, |line| line.push(t, z));
        probability(z, line)
    }

    /// Appends the fields.
    pub fn write(&self, out: &mut Writer) {
        self.scale.write(out);
        if let Some(line) = &self.line {
            line.write(out);
        }
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`crate::error::StateError`] for impossible fields.
    pub fn restore(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.scale.restore(from)?;
        self.line.as_mut().map_or(Ok(()), |line| line.restore(from))
    }
}

/// Two exponentials that meet at z = 3: a slow one up to there, and one that passes 10⁻⁴ at the line.
fn probability(z: f64, line: f64) -> f64 {
    if z <= -1.0 {
        1.0
    } else if z < TAIL {
        let at_tail = libm::log(AT_LINE) + SLOPE * (LINE - TAIL);
        libm::exp(at_tail * (z + 1.0) / (TAIL + 1.0))
    } else {
        let z = TAIL + (LINE - TAIL) * (z - TAIL) / (line - TAIL);
        (AT_LINE * libm::exp(-SLOPE * (z - LINE))).max(SMALLEST)
    }
}
