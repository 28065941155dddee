//! Noise with a spectrum, bent so that the coarse series comes out.

use realfft::num_complex::Complex;

use super::response::response;
use super::spectrum::{Spectrum, filled};
use super::transform::{Backward, forward};
use crate::coarse::{Coarse, Kind, Unit, mean};
use crate::random::Random;

/// What all draws of one series have in common.
pub(crate) struct Synthesis {
    /// The coarse series without its mean, mirrored and without holes.
    mirrored: Vec<f64>,
    mean: f64,
    /// Size of its steps over that of the reference's, point by point.
    ratios: Vec<f64>,
    density: Vec<f64>,
    /// `S conj(h) m / Σ |h|² S`, the sum over the frequencies that a coarse series takes for one.
    gain: Vec<Complex<f64>>,
    backward: Backward,
    factor: usize,
    kind: Kind,
}

impl Synthesis {
    pub(crate) fn new(series: &Coarse, reference: &[f64], factor: usize, kind: Kind, unit: Unit) -> Self {
        let whole = if unit == Unit::Steps { Coarse::of(reference, factor, kind, 0).whole() } else { 1.0 };
        let mut mirrored = filled(&series.values);
        // Between single samples the level would sag to that of the noise.
        let mean = mean(&mirrored);
        mirrored.iter_mut().for_each(|x| *x -= mean);
        mirror(&mut mirrored);
        let mut ratios: Vec<f64> = (0..series.len()).map(|i| unit.at(series, i) / whole).collect();
        mirror(&mut ratios);
        let length = mirrored.len() * factor;
        let density = Spectrum::of(reference).sampled(length);
        let gain = gain(&density, &response(kind, factor, length), factor);
        Self { mirrored, mean, ratios, density, gain, backward: Backward::new(length), factor, kind }
    }

    /// A draw at the full rate. Its coarse series is the wanted one but for rounding.
    pub(crate) fn draw(&self, random: Random) -> Vec<f64> {
        let mut values = self.backward.series(self.noise(random));
        for (block, ratio) in values.chunks_exact_mut(self.factor).zip(&self.ratios) {
            block.iter_mut().for_each(|x| *x *= ratio);
        }
        let bent = self.backward.series(self.kriged(&values));
        values.truncate(values.len() / 2);
        values.iter_mut().zip(bent).for_each(|(x, bend)| *x += self.mean + bend);
        values
    }

    /// The transform of Gaussian noise with the density: white noise has one of independent normal numbers.
    fn noise(&self, random: Random) -> Vec<Complex<f64>> {
        let half = self.density.len() - 1;
        let noise = self.density.iter().zip(0..).map(|(density, k): (&f64, usize)| {
            let (re, im) = random.normal_pair(k as u64);
            let is_real = k == 0 || k == half;
            let size = (density * half as f64 * if is_real { 2.0 } else { 1.0 }).sqrt();
            Complex::new(re * size, if is_real { 0.0 } else { im * size })
        });
        noise.collect()
    }

    /// The transform of the least unlikely series whose coarse one is what noise lacks.
    fn kriged(&self, noise: &[f64]) -> Vec<Complex<f64>> {
        let blocks = noise.chunks_exact(self.factor);
        let seen = blocks.map(|block| if self.kind == Kind::Mean { mean(block) } else { block[0] });
        let lacking = self.mirrored.iter().zip(seen).map(|(wanted, seen)| wanted - seen).collect();
        let residual = forward(lacking);
        let points = self.mirrored.len();
        let folded = |k: usize| match k % points {
            low if low < residual.len() => residual[low],
            high => residual[points - high].conj(),
        };
        self.gain.iter().enumerate().map(|(k, gain)| gain * folded(k)).collect()
    }
}

/// The gain of kriging. A frequency and those that differ from it by whole coarse rates are one to the coarse series.
fn gain(density: &[f64], response: &[Complex<f64>], factor: usize) -> Vec<Complex<f64>> {
    let half = density.len() - 1;
    let points = 2 * half / factor;
    let mut seen = vec![0.0; points];
    for k in 0..2 * half {
        let at = k.min(2 * half - k);
        seen[k % points] += response[at].norm_sqr() * density[at];
    }
    let gains = (0..=half).map(|k| response[k].conj() * (density[k] * factor as f64 / seen[k % points]));
    gains.collect()
}

/// Appends a series backwards to itself.
fn mirror(series: &mut Vec<f64>) {
    series.extend_from_within(..);
    let half = series.len() / 2;
    series[half..].reverse();
}
