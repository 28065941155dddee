//! A stream that moves less than it used to: `still`.

use crate::twin::moments::{Moments, newest_mean};

/// Nats of binomial surprise at the share of rests among the last 16 steps, at every sample.
pub(crate) fn flatline(x: &[f64]) -> Vec<f64> {
    let mut usual = Moments::start(2048.0, [200.0; 2], 0.1, 0.0);
    let mut step = Moments::new(2048.0);
    let mut rests = vec![0.0; 15];
    let at = |t: usize| {
        if t == 0 {
            return 0.0;
        }
        let d = (x[t] - x[t - 1]).abs();
        rests.push(f64::from(t > 1 && d <= 0.1 * step.mean));
        let surprise = if t >= 16 { surprise(newest_mean(&rests, 16), usual.mean) } else { 0.0 };
        usual.push(rests[rests.len() - 1]);
        let cut = t > 16 && step.mean > 0.0;
        step.push(if cut { d.min(3.0 * step.mean) } else { d });
        surprise
    };
    (0..x.len()).map(at).collect()
}

/// 16 times the divergence of the share s from the usual share p; 0 where the stream rests no more than usual.
fn surprise(s: f64, p: f64) -> f64 {
    if s <= p {
        return 0.0;
    }
    let p = p.clamp(1e-6, 1.0 - 1e-6);
    let moving = if s < 1.0 { (1.0 - s) * ((1.0 - s) / (1.0 - p)).ln() } else { 0.0 };
    16.0 * (s * (s / p).ln() + moving)
}
