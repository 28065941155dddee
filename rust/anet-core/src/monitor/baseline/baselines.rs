//! The seven baselines of the four series.

use crate::monitor::input::{Scale, Series, SeriesValues};
use crate::state::fields;

use super::block_mean::{BlockMean, Departure, Usual};

/// Single values against 64 others over 128 steps, behind a gap of 16.
type Single = BlockMean<1, 64, 2, 8>;
/// Means of 8 against 32 others, behind a gap of 8.
type Eight = BlockMean<8, 32, 4, 2>;
/// Means of 32 against 20 others, behind a gap of 32.
type ThirtyTwo = BlockMean<32, 20, 8, 4>;

/// What is material, in logarithms: 2 % of the loss, 5 % of the gradient or of the noise-to-gradient ratio, 10 % of the
/// update. With half and twice as much the first study's recall was 0.879 and 0.885 for 0.886 (2026-11-24).
const LOSS: f64 = 0.02;
const GRAD: f64 = 0.05;
const UPDATE: f64 = 0.10;

/// One of the baselines: a series and the length of its blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Baseline {
    Loss1,
    Grad1,
    Loss32,
    Grad32,
    Grad8,
    Update8,
    Noise8,
}

impl Baseline {
    const COUNT: usize = 7;

    /// The series whose block means it holds.
    pub(crate) fn series(self) -> Series {
        match self {
            Self::Loss1 | Self::Loss32 => Series::Loss,
            Self::Grad1 | Self::Grad8 | Self::Grad32 => Series::Grad,
            Self::Update8 => Series::Update,
            Self::Noise8 => Series::Noise,
        }
    }
}

/// All baselines of a segment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Baselines {
    loss_1: Single,
    grad_1: Single,
    loss_32: ThirtyTwo,
    grad_32: ThirtyTwo,
    grad_8: Eight,
    update_8: Eight,
    noise_8: Eight,
}

/// How far the newest block mean of each baseline has departed from it, where it moved in this row.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Departures([Option<Departure>; Baseline::COUNT]);

impl Default for Baselines {
    fn default() -> Self {
        Self {
            loss_1: Single::new(LOSS),
            grad_1: Single::new(GRAD),
            loss_32: ThirtyTwo::new(LOSS),
            grad_32: ThirtyTwo::new(GRAD),
            grad_8: Eight::new(GRAD),
            update_8: Eight::new(UPDATE),
            noise_8: Eight::new(GRAD),
        }
    }
}

impl Baselines {
    /// Pushes what the row has. They are entered where they lie, for to move them costs 1 % of a row.
    pub(crate) fn push(&mut self, values: &SeriesValues, departures: &mut Departures) {
        // In the order of `Baseline`.
        let Departures([loss_1, grad_1, loss_32, grad_32, grad_8, update_8, noise_8]) = departures;
        if let Some(loss) = values.loss.map(Scale::compress) {
            self.loss_1.push(loss, loss_1);
            self.loss_32.push(loss, loss_32);
        }
        if let Some(grad) = values.grad.map(Scale::compress) {
            self.grad_1.push(grad, grad_1);
            self.grad_8.push(grad, grad_8);
            self.grad_32.push(grad, grad_32);
        }
        if let Some(update) = values.update {
            self.update_8.push(update, update_8);
        }
        if let Some(noise) = values.noise {
            self.noise_8.push(noise, noise_8);
        }
    }

    /// Mean, median and spread of a baseline.
    pub(crate) fn usual(&self, baseline: Baseline) -> Usual {
        match baseline {
            Baseline::Loss1 => self.loss_1.usual(),
            Baseline::Grad1 => self.grad_1.usual(),
            Baseline::Loss32 => self.loss_32.usual(),
            Baseline::Grad32 => self.grad_32.usual(),
            Baseline::Grad8 => self.grad_8.usual(),
            Baseline::Update8 => self.update_8.usual(),
            Baseline::Noise8 => self.noise_8.usual(),
        }
    }

    /// The median of single losses, once their baseline is full.
    pub(crate) fn median_loss(&self) -> Option<f64> {
        self.loss_1.median()
    }

    /// The lag-1 autocorrelations of single losses and of single gradient norms.
    pub(crate) fn autocorrelations(&self) -> (f64, f64) {
        (self.loss_1.autocorrelation(), self.grad_1.autocorrelation())
    }
}

impl Departures {
    /// The departure from one baseline.
    #[inline]
    pub(crate) fn of(&self, baseline: Baseline) -> Option<&Departure> {
        self.0[baseline as usize].as_ref()
    }
}

fields!(Baselines { loss_1, grad_1, loss_32, grad_32, grad_8, update_8, noise_8 });
