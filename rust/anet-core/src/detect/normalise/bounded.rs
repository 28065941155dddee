//! Running moments that no short burst carries off.

use crate::detect::normalise::floor;
use crate::state::fields;
use crate::stats::ew_moments::EwMoments;

/// A sample further out than this many deviations counts as one at just this distance: the scale grows by 6.5 % a sample at
/// most, so one corrupt sample hides nothing.
const FAR: f64 = 10.0;
/// After so many far samples in a row the stream has changed, and is learned as it is.
const RUN: u32 = 24;

/// Exponentially weighted moments with bounded updates.
#[derive(Debug, Clone)]
pub(super) struct Bounded {
    moments: EwMoments,
    /// Far samples up to the newest one without a break.
    run: u32,
}

impl Bounded {
    /// Has seen nothing.
    pub(super) fn new(half_life: f64) -> Self {
        Self { moments: EwMoments::new(half_life), run: 0 }
    }

    pub(super) fn mean(&self) -> f64 {
        self.moments.mean()
    }

    pub(super) fn deviation(&self) -> f64 {
        self.moments.deviation()
    }

    /// The deviation, and not less than what rounding leaves of a constant.
    pub(super) fn scale(&self) -> f64 {
        self.deviation().max(floor(self.mean()))
    }

    /// Forgets all, and starts as if samples of total weight `weight` had given this mean and deviation.
    pub(super) fn restart(&mut self, weight: f64, mean: f64, deviation: f64) {
        self.moments.restart(weight, mean, deviation);
    }

    /// Takes a sample whole.
    pub(super) fn push_whole(&mut self, x: f64) {
        self.moments.push(x);
    }

    /// Takes a sample, cut where it is far and nothing says that the stream has changed: `often` says that far samples are
    /// usual now. True where it is far.
    pub(super) fn push(&mut self, x: f64, often: bool) -> bool {
        let d = x - self.mean();
        let limit = FAR * self.scale();
        let far = d.abs() > limit;
        let free = often || self.run >= RUN || self.deviation() <= floor(self.mean());
        self.moments.add(if far && !free { limit.copysign(d) } else { d });
        self.run = if far { self.run.saturating_add(1) } else { 0 };
        far
    }
}

fields!(Bounded { moments, run });
