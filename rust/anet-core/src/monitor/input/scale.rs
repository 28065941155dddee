//! The size that a signal has early in its life: what makes a loss of 1e-6 and a loss of 1e6 the same series.

use crate::state::fields;

const SAMPLES: usize = 16;
/// The 9th smallest of 16: the upper median.
const MIDDLE: usize = 8;
/// Keeps a signal of subnormal numbers from dividing by zero.
const SMALLEST: f64 = 1e-300;
/// No finite input becomes an infinity.
const LARGEST: f64 = 1e300;
/// Below a hundredth of the early size nothing is material: there the series is linear instead of logarithmic.
const LINEAR: f64 = 0.02;

/// The 9th smallest of the first 16 finite absolute values that are not zero, set once in the life of a monitor.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Scale {
    samples: [f64; SAMPLES],
    count: u64,
    scale: f64,
}

impl Scale {
    /// The value in units of the scale; `None` while the scale is unknown, in the row that completes it too.
    pub(crate) fn accept(&mut self, value: f64) -> Option<f64> {
        if self.is_known() {
            return Some((value / self.scale).clamp(-LARGEST, LARGEST));
        }
        if value != 0.0 {
            self.samples[self.count as usize % SAMPLES] = value.abs();
            self.count += 1;
        }
        if self.is_known() {
            let mut sorted = self.samples;
            sorted.sort_unstable_by(f64::total_cmp);
            self.scale = sorted[MIDDLE].max(SMALLEST);
        }
        None
    }

    /// The logarithm of a value in units of the scale, with its sign, linear near zero.
    pub(crate) fn compress(in_scale: f64) -> f64 {
        (in_scale / LINEAR).clamp(-LARGEST, LARGEST).asinh()
    }

    /// The value that [`Scale::compress`] made `y` of.
    pub(crate) fn restore(&self, y: f64) -> f64 {
        LINEAR * self.scale * y.sinh()
    }

    /// The scale, 0 while it is unknown.
    pub(crate) fn size(&self) -> f64 {
        self.scale
    }

    fn is_known(&self) -> bool {
        self.count >= SAMPLES as u64
    }
}

fields!(Scale { samples, count, scale });
