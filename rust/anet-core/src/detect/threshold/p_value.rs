//! From a score to how often a healthy stream gives one as high.

use crate::detect::normalise::WARM_UP;
use crate::detect::settings::DetectorOptions;
use crate::detect::threshold::peaks_over_threshold::{PeaksOverThreshold, TAIL, THRESHOLD};
use crate::state::fields;
use crate::stats::ew_moments::EwMoments;

/// The smallest p-value.
const SMALLEST: f64 = 1e-300;
/// The p-value at the threshold.
const AT_THRESHOLD: f64 = 1e-4;
/// How fast ln p falls beyond the threshold, a deviation. This and [`THRESHOLD`] were fitted so that p is the rate of false
/// alarm episodes on healthy training curves and on the clean parts of synthetic series (`make detection`, 2026-11-24).
const SLOPE: f64 = 0.7;
/// The half-life of the score's scale, in samples: that of the components.
const HALF: f64 = 4096.0;
/// Weight and variance that the scale starts from: the weight of the components, and a deviation of 4 for a sum of six of them.
const PRIOR: (f64, f64) = (300.0, 16.0);
/// The least deviation of the score, in deviations of a component.
const FLOOR: f64 = 1.0;
/// A score further out moves the mean as one at this many deviations would.
const CUT: f64 = 5.0;

/// The running scale of the score, and the map from there to p.
#[derive(Debug, Clone)]
pub(crate) struct PValue {
    scale: EwMoments,
    threshold: Option<PeaksOverThreshold>,
}

impl PValue {
    /// Has seen nothing.
    pub(crate) fn new(options: DetectorOptions) -> Self {
        let threshold = options.adaptive_threshold.then(PeaksOverThreshold::new);
        Self { scale: EwMoments::with_prior(HALF, PRIOR.0, 0.0, PRIOR.1), threshold }
    }

    /// The p-value of the score of sample number `t`, judged by the scores before it.
    pub(crate) fn push(&mut self, t: u64, score: f64) -> f64 {
        if t < WARM_UP {
            return 1.0;
        }
        let scale = self.scale.deviation().max(FLOOR);
        let d = score - self.scale.mean();
        self.scale.add(d.clamp(-CUT * scale, CUT * scale));
        let z = d / scale;
        let threshold = self.threshold.as_mut().map_or(THRESHOLD, |own| own.push(t, z));
        probability(z, threshold)
    }
}

fields!(PValue { scale, [threshold] });

/// Two exponentials that meet at z = 3: a slow one up to there, and one that passes 10⁻⁴ at the threshold.
fn probability(z: f64, threshold: f64) -> f64 {
    if z <= -1.0 {
        1.0
    } else if z < TAIL {
        let at_tail = libm::log(AT_THRESHOLD) + SLOPE * (THRESHOLD - TAIL);
        libm::exp(at_tail * (z + 1.0) / (TAIL + 1.0))
    } else {
        let z = TAIL + (THRESHOLD - TAIL) * (z - TAIL) / (threshold - TAIL);
        (AT_THRESHOLD * libm::exp(-SLOPE * (z - THRESHOLD))).max(SMALLEST)
    }
}
