//! The spectral density of a reference, smooth enough to be read at any frequency.

use super::transform::forward;

/// Bins of an octave that the periodogram is averaged over.
const BINS: f64 = 6.0;
/// The least density, as a share of the mean: kriging divides by it.
const FLOOR: f64 = 1e-9;

/// A density S(f), linear between bins where both axes are logarithmic, and level beyond the first and the last.
pub(super) struct Spectrum {
    /// ln f and ln S of each bin.
    bins: Vec<(f64, f64)>,
}

impl Spectrum {
    /// `|DFT|² / length` of the mirrored reference, without its mean, averaged over sixth octaves.
    ///
    /// Missing samples are filled by lines between their neighbours, and the power is divided by the share of the others.
    pub(super) fn of(reference: &[f64]) -> Self {
        let present = reference.iter().filter(|x| x.is_finite()).count() as f64 / reference.len() as f64;
        let mut series = filled(reference);
        let mean = series.iter().sum::<f64>() / series.len() as f64;
        series.iter_mut().for_each(|x| *x -= mean);
        series.extend_from_within(..);
        let length = series.len();
        series[length / 2..].reverse();
        let weight = 1.0 / (length as f64 * present);
        let mut powers: Vec<f64> = forward(series).iter().map(|bin| bin.norm_sqr() * weight).collect();
        // A mirrored series has nothing at its highest frequency, whatever the reference has.
        powers.pop();
        Self { bins: averaged(&powers, length) }
    }

    /// S at the frequencies k / length, k = 0 to length / 2; at 0 as at 1 / length.
    pub(super) fn sampled(&self, length: usize) -> Vec<f64> {
        let mut segment = 0;
        let mut sampled: Vec<f64> = (1..=length / 2)
            .map(|k| {
                let frequency = (k as f64 / length as f64).ln();
                while segment < self.bins.len() && self.bins[segment].0 <= frequency {
                    segment += 1;
                }
                self.between(segment, frequency).exp()
            })
            .collect();
        sampled.insert(0, sampled[0]);
        sampled
    }

    /// ln S between the bins `segment − 1` and `segment`.
    fn between(&self, segment: usize, frequency: f64) -> f64 {
        match (segment.checked_sub(1).map(|before| self.bins[before]), self.bins.get(segment)) {
            (Some(before), Some(after)) => {
                before.1 + (frequency - before.0) / (after.0 - before.0) * (after.1 - before.1)
            }
            (Some(last), None) => last.1,
            (None, first) => first.map_or(0.0, |first| first.1),
        }
    }
}

/// The mean of ln f, and the logarithm of the mean power, of each sixth of an octave that holds a frequency.
fn averaged(powers: &[f64], length: usize) -> Vec<(f64, f64)> {
    let floor = FLOOR * powers.iter().sum::<f64>() / powers.len() as f64;
    let mut bins = vec![];
    let mut first = 1;
    while first < powers.len() {
        let bin = (BINS * (first as f64).log2()).floor();
        let last = (((bin + 1.0) / BINS).exp2().ceil() as usize).clamp(first + 1, powers.len());
        let count = (last - first) as f64;
        let frequency = (first..last).map(|k| (k as f64 / length as f64).ln()).sum::<f64>() / count;
        let power = powers[first..last].iter().sum::<f64>() / count;
        bins.push((frequency, power.max(floor).ln()));
        first = last;
    }
    bins
}

/// The series with lines through what is missing, level before the first sample and after the last.
pub(super) fn filled(series: &[f64]) -> Vec<f64> {
    let mut filled = series.to_vec();
    let mut last: Option<usize> = None;
    for (i, &x) in series.iter().enumerate().filter(|(_, x)| x.is_finite()) {
        let (start, from) = last.map_or((0, x), |last| (last, series[last]));
        for (j, hole) in filled[start..i].iter_mut().enumerate() {
            *hole = from + (x - from) * (j as f64 / (i - start) as f64);
        }
        last = Some(i);
    }
    if let Some(last) = last {
        filled[last + 1..].fill(series[last]);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_by_lines() {
        let nan = f64::NAN;
        assert_eq!(filled(&[nan, 1.0, nan, nan, 4.0, nan]), [1.0, 1.0, 2.0, 3.0, 4.0, 4.0]);
        assert!(filled(&[nan, nan]).iter().all(|x| x.is_nan()));
    }

    #[test]
    fn white_noise_has_a_level_density() {
        let random = crate::random::Random::new(5);
        let noise: Vec<f64> = (0..4096).map(|n| random.normal_pair(n).0).collect();
        let density = Spectrum::of(&noise).sampled(8192);
        // A bin here averages over 200 frequencies and more: a standard deviation of a tenth.
        assert!(density[2000..].iter().all(|density| (0.7..1.4).contains(density)));
    }
}
