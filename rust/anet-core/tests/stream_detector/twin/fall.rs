//! Steps that have become smaller than usual.

use crate::twin::moments::{Moments, newest_mean};

/// Samples between two looks, lengths of the windows, and the first sample that may ring.
const EVERY: usize = 8;
const LENGTHS: [usize; 3] = [32, 64, 128];
const FIRST: usize = 4000;

/// How far the logarithm of the mean step has fallen, of the window where it fell farthest; it holds until the next look. The
/// first sample counts as a step of 0.
pub(crate) fn fall(x: &[f64], y: &[f64]) -> Vec<f64> {
    let mut zeros = Moments::start(2048.0, [64.0; 2], 0.0, 0.0);
    let mut windows = LENGTHS.map(Window::new);
    let mut steps = Vec::new();
    let mut z = 0.0;
    let at = |t: usize| {
        let before = t.saturating_sub(1);
        steps.push((y[t] - y[before]).abs().min(6.0));
        if (t + 1).is_multiple_of(EVERY) {
            let farthest =
                windows.each_mut().map(|window| window.look(&steps)).into_iter().fold(0.0, f64::max);
            z = if t >= FIRST { farthest } else { 0.0 };
        }
        let often_rests = zeros.mean >= 0.03;
        zeros.push(f64::from(t > 0 && x[t] == x[before]));
        if often_rests { 0.0 } else { z }
    };
    (0..x.len()).map(at).collect()
}

struct Window {
    length: usize,
    usual: Option<Moments>,
}

impl Window {
    fn new(length: usize) -> Self {
        Self { length, usual: None }
    }

    /// Deviations below the usual; then learns the window before. The first one is the mean as it is.
    fn look(&mut self, steps: &[f64]) -> f64 {
        let log = |steps: &[f64]| (newest_mean(steps, self.length) + 0.001).ln();
        let Some(before) = steps.len().checked_sub(2 * self.length) else { return 0.0 };
        let earlier = log(&steps[..before + self.length]);
        let Some(usual) = &mut self.usual else {
            self.usual = Some(Moments::start(512.0, [64.0; 2], earlier, 0.09));
            return 0.0;
        };
        let scale = usual.deviation().max(0.6 / (self.length as f64).sqrt());
        let z = (usual.mean - log(steps)) / scale;
        usual.add((earlier - usual.mean).clamp(-3.0 * scale, 3.0 * scale));
        z
    }
}
