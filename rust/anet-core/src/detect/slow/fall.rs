//! Steps that grow small: half the noise, a switch that is stuck, counts that stay zero.

use std::cmp::Ordering;

use crate::detect::slow::level::UsualLevel;
use crate::error::{Result, StateError};
use crate::state::fields;
use crate::stats::ew_moments::EwMoments;

/// Samples of the windows, and of a block of their sums.
const WINDOWS: [usize; 3] = [32, 64, 128];
const BLOCK: usize = 8;
const BLOCKS: usize = 2 * WINDOWS[2] / BLOCK;
/// A step counts as this many deviations at most.
const LIMIT: f64 = 6.0;
/// Added to a mean before its logarithm is taken.
const LEAST_MEAN: f64 = 0.001;
/// Half-life of the usual logarithms in looks, and what they start with.
const HALF: f64 = 512.0;
const WEIGHT: f64 = 64.0;
const VARIANCE: f64 = 0.09;
/// The least deviation of a logarithm over W samples is so much over √W.
const LEAST: f64 = 0.6;
/// The first sample that it speaks of.
const FROM: u64 = 4000;
/// Silent where more than this share of the steps is exactly 0: there a fall is a rest like any other.
const RESTS: f64 = 0.03;
const RESTS_HALF: f64 = 2048.0;
const RESTS_WEIGHT: f64 = 64.0;

/// Logarithms of the mean step over several windows, each in deviations of earlier ones.
#[derive(Debug, Clone)]
pub(crate) struct Fall {
    last: f64,
    last_sample: f64,
    open: f64,
    z: f64,
    /// Sums of 8 steps: block number b at b modulo their number.
    sums: [f64; BLOCKS],
    usual: [UsualLevel; WINDOWS.len()],
    rests: EwMoments,
}

impl Fall {
    /// Has seen nothing.
    pub(crate) fn new() -> Self {
        Self {
            last: 0.0,
            last_sample: f64::NAN,
            open: 0.0,
            z: 0.0,
            sums: [0.0; BLOCKS],
            usual: WINDOWS.map(|_| UsualLevel::new(HALF, WEIGHT, 0.0, VARIANCE)),
            rests: EwMoments::with_prior(RESTS_HALF, RESTS_WEIGHT, 0.0, 0.0),
        }
    }

    /// How far the steps have fallen at sample number `t`, which is `x`, and `y` when normalised; in deviations, a new value every 8
    /// samples.
    pub(crate) fn push(&mut self, t: u64, x: f64, y: f64) -> f64 {
        let rests = self.rests.mean() >= RESTS;
        let step = (y - self.last).abs();
        self.last = y;
        self.open += step.min(LIMIT);
        self.rests.push(f64::from(x == self.last_sample));
        self.last_sample = x;
        if (t + 1).is_multiple_of(BLOCK as u64) {
            self.sums[(t / BLOCK as u64) as usize % BLOCKS] = std::mem::take(&mut self.open);
            self.look(t);
        }
        if rests { 0.0 } else { self.z }
    }

    fn look(&mut self, t: u64) {
        let block = (t / BLOCK as u64) as usize;
        let mut most = 0.0_f64;
        for (i, window) in WINDOWS.into_iter().enumerate() {
            let blocks = window / BLOCK;
            let logarithm = |before: usize| {
                let sum: f64 =
                    (before..before + blocks).map(|age| self.sums[(block + BLOCKS - age) % BLOCKS]).sum();
                libm::log(sum / window as f64 + LEAST_MEAN)
            };
            let least = LEAST / (window as f64).sqrt();
            let z = -self.usual[i].z(logarithm(0), least);
            most = most.max(z);
            match (block + 1).cmp(&(2 * blocks)) {
                Ordering::Less => {}
                Ordering::Equal => self.usual[i].set_mean(logarithm(blocks)),
                Ordering::Greater => self.usual[i].push(logarithm(blocks), least),
            }
        }
        self.z = if t >= FROM { most } else { 0.0 };
    }

    fn check(&mut self) -> Result<()> {
        let sum = |sum: &f64| (0.0..=LIMIT * BLOCK as f64).contains(sum);
        let possible =
            self.last.abs() <= 100.0 && sum(&self.open) && self.sums.iter().all(sum) && self.z.is_finite();
        if possible { Ok(()) } else { Err(StateError::Field { name: "fall of steps" }.into()) }
    }
}

fields!(Fall { last, last_sample, open, z, sums, usual, rests } then check);
