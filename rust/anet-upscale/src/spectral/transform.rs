//! Real Fourier transforms there and back.

use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{ComplexToReal, RealFftPlanner};

/// The transform of a series, frequencies 0 to one half.
pub(super) fn forward(mut series: Vec<f64>) -> Vec<Complex<f64>> {
    let plan = RealFftPlanner::new().plan_fft_forward(series.len());
    let mut spectrum = plan.make_output_vec();
    plan.process(&mut series, &mut spectrum).expect("the buffers have the plan's lengths");
    spectrum
}

/// The way back to a series of an even length; a plan takes longer than a transform.
pub(super) struct Backward(Arc<dyn ComplexToReal<f64>>);

impl Backward {
    pub(super) fn new(length: usize) -> Self {
        Self(RealFftPlanner::new().plan_fft_inverse(length))
    }

    /// The series with this transform.
    pub(super) fn series(&self, mut spectrum: Vec<Complex<f64>>) -> Vec<f64> {
        let mut series = self.0.make_output_vec();
        // A series is real: at both ends its transform is, too.
        for end in [0, spectrum.len() - 1] {
            spectrum[end].im = 0.0;
        }
        self.0.process(&mut spectrum, &mut series).expect("the buffers have the plan's lengths");
        let length = series.len() as f64;
        series.iter_mut().for_each(|x| *x /= length);
        series
    }
}
