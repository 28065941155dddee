//! The noise fingerprint of a series: how its power spreads over frequencies.

use std::cell::RefCell;
use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};

use crate::metric::divergence::{Distribution, SpectrumSum};
use crate::stats::pairwise;

/// Length of the transform for a series of `samples`: `2^max(1, bits(samples − 1))`, where `bits` counts binary digits.
pub(super) fn transform_length(samples: usize) -> usize {
    samples.next_power_of_two().max(2)
}

/// Plans, scratch and results for the transform of two series at one length.
pub(super) struct Workspace {
    plan: Arc<dyn RealToComplex<f64>>,
    series: Vec<f64>,
    transformed: Vec<Complex<f64>>,
    scratch: Vec<Complex<f64>>,
    spectra: [Vec<f64>; 2],
}

impl Workspace {
    /// A workspace for transforms of `length` points, a power of two.
    pub(super) fn new(length: usize) -> Self {
        let plan = RealFftPlanner::new().plan_fft_forward(length);
        let bins = length / 2 + 1;
        Self {
            series: plan.make_input_vec(),
            transformed: plan.make_output_vec(),
            scratch: plan.make_scratch_vec(),
            spectra: [vec![0.0; bins], vec![0.0; bins]],
            plan,
        }
    }

    /// The fingerprints of two series: `|rfft(x − mean x)|²`, zero-padded to the length of the workspace, as
    /// distributions over the frequencies. An empty series is 1 at every frequency, with sum 1.
    pub(super) fn fingerprints(&mut self, left: &[f64], right: &[f64]) -> [Distribution<'_>; 2] {
        let sums = [self.power_spectrum(0, left), self.power_spectrum(1, right)];
        let [first, second] = &self.spectra;
        [Distribution::new(first, sums[0]), Distribution::new(second, sums[1])]
    }

    /// Fills one spectrum; returns its sum.
    fn power_spectrum(&mut self, index: usize, series: &[f64]) -> SpectrumSum {
        let spectrum = &mut self.spectra[index];
        if series.is_empty() {
            spectrum.fill(1.0);
            return SpectrumSum::Probability;
        }
        let mean = pairwise::mean(series);
        let (samples, padding) = self.series.split_at_mut(series.len());
        for (centred, x) in samples.iter_mut().zip(series) {
            *centred = x - mean;
        }
        padding.fill(0.0);
        self.plan
            .process_with_scratch(&mut self.series, &mut self.transformed, &mut self.scratch)
            .expect("the buffers were made by the plan");
        for (power, bin) in spectrum.iter_mut().zip(&self.transformed) {
            *power = bin.norm_sqr();
        }
        SpectrumSum::Power(pairwise::sum(spectrum, |power| power))
    }
}

/// Longest transform whose workspace a thread keeps: 2^16 points, about 4 MB.
const KEPT: usize = 16;

thread_local! {
    static WORKSPACES: RefCell<[Option<Workspace>; KEPT + 1]> = const { RefCell::new([const { None }; KEPT + 1]) };
}

/// Runs `work` with this thread's workspace for `length` points, made on first use.
pub(super) fn with_workspace<T>(length: usize, work: impl FnOnce(&mut Workspace) -> T) -> T {
    let power = length.trailing_zeros() as usize;
    if power > KEPT {
        return work(&mut Workspace::new(length));
    }
    WORKSPACES.with_borrow_mut(|kept| work(kept[power].get_or_insert_with(|| Workspace::new(length))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transform_is_as_long_as_the_next_power_of_two_and_at_least_two() {
        assert_eq!([0, 1, 2, 3, 64, 65].map(transform_length), [2, 2, 2, 4, 64, 128]);
    }
}
