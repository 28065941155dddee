//! Shifts too small for a single sample: means over long windows against earlier ones.

use crate::twin::moments::Moments;
use crate::twin::phase::Phase;

/// Samples between two looks.
const EVERY: usize = 64;
/// The shortest silence after a start.
const SILENT: usize = 1500;

/// The largest deviation of any window, by size, at every sample; it holds until the next look. `y` is cut at 6.
pub(crate) fn slow(y: &[f64], phases: &[Phase]) -> Vec<f64> {
    let mut period = 0;
    let mut windows = Window::of_levels();
    let mut values = Vec::new();
    let mut z = 0.0;
    let at = |t: usize| {
        let phase = phases[t];
        let now = if phase.explained > 0.2 { phase.period } else { 0 };
        if now != period {
            (period, z) = (now, 0.0);
            values.clear();
            windows = if now == 0 { Window::of_levels() } else { Window::of_period(now, phase.deviation) };
        }
        values.push(if now == 0 { y[t] } else { phase.residual.clamp(-12.0, 12.0) });
        if (t + 1).is_multiple_of(EVERY) {
            let of_all = windows.iter_mut().map(|window| window.look(&values, now > 0, phase.deviation));
            z = of_all.fold(0.0, f64::max);
        }
        z
    };
    (0..y.len()).map(at).collect()
}

/// Means over so many samples.
struct Window {
    length: usize,
    /// The least deviation of such a mean, in deviations of a sample.
    floor: f64,
    earlier: Moments,
}

impl Window {
    fn of_levels() -> Vec<Self> {
        [64, 256, 1024].map(|length| Self::new(length, 0.5, 0.5)).into()
    }

    fn of_period(period: usize, deviation: f64) -> Vec<Self> {
        [period, 2 * period].map(|length| Self::new(length, 1.0, 0.2 * deviation)).into()
    }

    fn new(length: usize, floor: f64, deviation: f64) -> Self {
        let earlier = Moments::start(128.0, [16.0; 2], 0.0, deviation * deviation);
        Self { length, floor: floor / (length as f64).sqrt(), earlier }
    }

    /// How far the newest mean lies from earlier ones; then learns the one before it. 0 while that is not known.
    fn look(&mut self, values: &[f64], has_period: bool, deviation: f64) -> f64 {
        let deviation = if has_period { deviation } else { 1.0 };
        let scale = self.earlier.deviation().max(self.floor * deviation);
        let mean = |values: &[f64]| values.iter().sum::<f64>() / self.length as f64;
        let before = values.len().saturating_sub(self.length);
        let newest = &values[before..];
        let z = (mean(newest) - self.earlier.mean) / scale;
        if let Some(first) = before.checked_sub(self.length) {
            let d = mean(&values[first..before]) - self.earlier.mean;
            self.earlier.add(d.clamp(-3.0 * scale, 3.0 * scale));
        }
        let speaks = values.len() > SILENT.max(3 * self.length) && (!has_period || is_one_sided(newest));
        if speaks { z.abs() } else { 0.0 }
    }
}

/// A shift is, a jump of the phase is not.
fn is_one_sided(values: &[f64]) -> bool {
    values.iter().sum::<f64>().abs() >= 0.5 * values.iter().map(|value| value.abs()).sum::<f64>()
}
