//! What a training loop can give in one step.

use crate::error::{Result, StateError};

use crate::state::{Fields, Reader, Writer};

/// A signal of the training loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Signal {
    /// The training loss.
    Loss,
    /// The global gradient norm, before clipping.
    GradNorm,
    /// The norm of the true parameter update.
    StepNorm,
    /// The gradient noise: distance of the gradient from its running mean.
    Noise,
    /// The learning rate.
    Rate,
}

impl Signal {
    /// All signals, in the order of [`Row::values`].
    pub const ALL: [Self; 5] = [Self::Loss, Self::GradNorm, Self::StepNorm, Self::Noise, Self::Rate];

    /// The name of the argument of `update`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::GradNorm => "grad_norm",
            Self::StepNorm => "step_norm",
            Self::Noise => "noise",
            Self::Rate => "lr",
        }
    }
}

/// One call of `update`: every signal may be absent, and any given value may be NaN or infinite.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Row {
    /// Training loss.
    pub loss: Option<f64>,
    /// Global gradient norm before clipping.
    pub grad_norm: Option<f64>,
    /// Norm of the true parameter update.
    pub step_norm: Option<f64>,
    /// Gradient noise.
    pub noise: Option<f64>,
    /// Learning rate.
    pub lr: Option<f64>,
    /// The caller's step number.
    pub step: Option<i64>,
}

impl Row {
    /// The five signals, in the order of [`Signal::ALL`].
    pub fn values(&self) -> [Option<f64>; 5] {
        [self.loss, self.grad_norm, self.step_norm, self.noise, self.lr]
    }

    /// The value of one signal.
    pub fn get(&self, signal: Signal) -> Option<f64> {
        self.values()[signal as usize]
    }

    /// Which signals are given.
    pub(crate) fn given(&self) -> SignalSet {
        self.select(|_| true)
    }

    /// Which signals are given and not finite.
    pub(crate) fn not_finite(&self) -> SignalSet {
        self.select(|value| !value.is_finite())
    }

    fn select(&self, wanted: impl Fn(f64) -> bool) -> SignalSet {
        let values = self.values();
        let bits = (0..5u8).filter(|&at| values[at as usize].is_some_and(&wanted));
        SignalSet(bits.fold(0, |set, at| set | 1 << at))
    }
}

/// A set of signals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct SignalSet(pub(crate) u8);

impl SignalSet {
    /// A set from its members.
    pub(crate) const fn of(signals: &[Signal]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < signals.len() {
            bits |= 1 << signals[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    /// Whether every member of `other` is in this set.
    pub(crate) fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The members of either set.
    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// How many signals are in the set.
    pub(crate) fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// The members, in the order of [`Signal::ALL`].
    pub(crate) fn iter(self) -> impl Iterator<Item = Signal> {
        Signal::ALL.into_iter().filter(move |&signal| self.contains(Self::of(&[signal])))
    }
}

impl Fields for SignalSet {
    fn save(&self, out: &mut Writer) {
        self.0.save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.0.load(from)?;
        let known = self.0 >> Signal::ALL.len() == 0;
        if known { Ok(()) } else { Err(StateError::Field { name: "signals" }.into()) }
    }
}
