//! Whether the coarse series moves as the reference's own coarse series does. If not, the reference is of something else.

use anet_core::{Beta, theta_consistency};

use crate::windows::{HOP, WINDOW, compared, quantile, spread, whole_windows};

/// Windows of the reference that each window is compared with.
const PEERS: usize = 16;
/// The share of the reference's own windows that lies below the line.
const BELOW: f64 = 0.05;
/// Windows of a reference from which it is judged by: 96 points. By fewer, one healthy series in four was called unlike.
const LEAST_WINDOWS: usize = 9;
/// Windows from which a 5 % quantile is one of them; of fewer it is guessed from their spread.
const FEW: usize = 20;
/// Standard deviations from the mean that a guessed line lies below.
const LINE_DEVIATIONS: f64 = 2.0;
/// How far the size of steps may lie outside of the reference's.
const SLACK: f64 = 1.1;
/// Standard deviations of the logarithm of sizes that are usual, whatever the least and the largest of a few were.
const SIZE_DEVIATIONS: f64 = 3.0;
/// The standard deviation that this logarithm has at least: that of the size of 31 independent normal steps.
const LEAST_SPREAD: f64 = 0.127;
/// The largest share of windows that may have steps of another size.
const MOST_OUT: f64 = 0.05;

/// What a reference says of a coarse series. NaN where either has too few points without a gap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Support {
    /// The median over windows of 32 points, every 8, of the median ϑ to 16 of the reference's windows.
    pub theta: f64,
    /// The 5 % quantile of the same for the reference's own windows, each compared with those that overlap it less than half;
    /// of fewer than 20 no more than two standard deviations below their mean.
    pub line: f64,
    /// The share of windows whose standard deviation of steps lies outside of the reference's, give or take a tenth. Those
    /// within three standard deviations of the mean logarithm are inside, too: a few windows do not show their range.
    pub scale_out: f64,
}

impl Support {
    /// Judges a coarse series by the reference's.
    pub(crate) fn judge(series: &[f64], reference: &[f64]) -> Self {
        let (windows, peers) = (whole_windows(series), whole_windows(reference));
        let kept = compared(&peers);
        let all: Vec<&[f64]> = kept.iter().map(|&(_, window)| window).collect();
        let chosen = spread(&all, PEERS);
        let of_series = compared(&windows).iter().map(|(_, window)| likeness(window, &chosen)).collect();
        let own = kept.iter().map(|&(start, window)| likeness(window, &spread(&apart(&kept, start), PEERS)));
        let line = line_of(own.collect());
        // Without a line there is nothing to hold it against.
        let theta = if line.is_nan() { f64::NAN } else { quantile(of_series, 0.5) };
        Self { theta, line, scale_out: scale_out(&windows, &peers) }
    }

    /// Whether there was enough to judge by.
    pub fn is_judged(&self) -> bool {
        !(self.theta.is_nan() || self.line.is_nan() || self.scale_out.is_nan())
    }

    /// `theta >= line` and `scale_out <= 0.05`.
    pub fn is_ok(&self) -> bool {
        self.theta >= self.line && self.scale_out <= MOST_OUT
    }
}

/// The windows that overlap the one at `start` less than half.
fn apart<'a>(windows: &[(usize, &'a [f64])], start: usize) -> Vec<&'a [f64]> {
    let far = windows.iter().filter(|(other, _)| other.abs_diff(start) > WINDOW / 2);
    far.map(|&(_, window)| window).collect()
}

/// The median ϑ of a window to others.
fn likeness(window: &[f64], others: &[&[f64]]) -> f64 {
    let thetas = others.iter().map(|other| theta_consistency(window, other, Beta::default()));
    quantile(thetas.collect(), 0.5)
}

/// What is below it is unlike the reference.
fn line_of(mut own: Vec<f64>) -> f64 {
    // In a short reference there are windows that all others overlap.
    own.retain(|likeness| !likeness.is_nan());
    if own.len() < LEAST_WINDOWS {
        return f64::NAN;
    }
    let few = own.len() < FEW;
    let (mean, deviation) = moments(&own);
    let quantile = quantile(own, BELOW);
    if few { quantile.min(mean - LINE_DEVIATIONS * deviation) } else { quantile }
}

fn scale_out(windows: &[(usize, &[f64])], reference: &[(usize, &[f64])]) -> f64 {
    if windows.is_empty() || reference.is_empty() {
        return f64::NAN;
    }
    let (least, most) =
        usual_sizes(reference.iter().map(|(_, window)| step_deviation(window).ln()).collect());
    let out = windows.iter().map(|(_, window)| step_deviation(window).ln());
    out.filter(|size| !(least..=most).contains(size)).count() as f64 / windows.len() as f64
}

/// Between which logarithms sizes of steps are usual.
fn usual_sizes(logarithms: Vec<f64>) -> (f64, f64) {
    let (mean, deviation) = moments(&logarithms);
    let reach = SIZE_DEVIATIONS * deviation.max(LEAST_SPREAD);
    let around =
        if reach.is_finite() { (mean - reach, mean + reach) } else { (f64::INFINITY, f64::NEG_INFINITY) };
    let (least, most) = logarithms.iter().fold(around, |(least, most), x| (least.min(*x), most.max(*x)));
    (least - SLACK.ln(), most + SLACK.ln())
}

/// Mean and standard deviation.
fn moments(values: &[f64]) -> (f64, f64) {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    (mean, (squares / values.len() as f64).sqrt())
}

/// The standard deviation of the steps of a window.
fn step_deviation(window: &[f64]) -> f64 {
    let count = (window.len() - 1) as f64;
    let mean = (window[window.len() - 1] - window[0]) / count;
    let squares = window.windows(2).map(|pair| pair[1] - pair[0] - mean);
    (squares.map(|step| step * step).sum::<f64>() / count).sqrt()
}

/// Points of a reference, without a gap, from which it is judged by.
pub const JUDGED_FROM: usize = WINDOW + (LEAST_WINDOWS - 1) * HOP;
