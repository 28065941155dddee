//! The names of the scores and of the families that people know them by.

use crate::monitor::input::signal::{Signal, SignalSet};

use Signal::{GradNorm, Loss, Noise, Rate, StepNorm};

/// One score. The order is that in which ties of "moved first" are broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs, reason = "the family files say what each of them sees")]
pub enum Score {
    DriftLoss,
    DriftBoth,
    LevelLoss,
    LevelGrad,
    FadeGrad,
    JumpLoss,
    JumpGrad,
    UpdateUp,
    UpdateDown,
    NoiseFall,
    Vanish,
    Drawdown,
    LrJump,
    LrDrop,
    FrozenLoss,
    FrozenGrad,
    FrozenStep,
    Nonfinite,
    EarlyLoss,
    EarlyGrad,
    EarlyUpdate,
    EarlyRate,
}

/// A family of scores: what an alarm calls its detector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs, reason = "each is a file of this folder")]
pub enum Family {
    Drift,
    Level,
    Jump,
    Vanishing,
    UpdateSize,
    NoiseShare,
    Drawdown,
    LearningRate,
    Frozen,
    Nonfinite,
    Reference,
}

impl Score {
    /// How many scores there are.
    pub const COUNT: usize = 22;

    /// All scores, in order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::DriftLoss,
        Self::DriftBoth,
        Self::LevelLoss,
        Self::LevelGrad,
        Self::FadeGrad,
        Self::JumpLoss,
        Self::JumpGrad,
        Self::UpdateUp,
        Self::UpdateDown,
        Self::NoiseFall,
        Self::Vanish,
        Self::Drawdown,
        Self::LrJump,
        Self::LrDrop,
        Self::FrozenLoss,
        Self::FrozenGrad,
        Self::FrozenStep,
        Self::Nonfinite,
        Self::EarlyLoss,
        Self::EarlyGrad,
        Self::EarlyUpdate,
        Self::EarlyRate,
    ];

    /// How many scores, from the first on, are compared with the knob's line instead of a fixed one.
    pub const ON_THE_KNOB: usize = 10;

    /// The name of the score.
    pub fn name(self) -> &'static str {
        const NAMES: [&str; Score::COUNT] = [
            "drift_loss",
            "drift_both",
            "level_loss",
            "level_grad",
            "fade_grad",
            "jump_loss",
            "jump_grad",
            "update_up",
            "update_down",
            "noise_fall",
            "vanish",
            "drawdown",
            "lr_jump",
            "lr_drop",
            "frozen_loss",
            "frozen_grad",
            "frozen_step",
            "nonfinite",
            "early_loss",
            "early_grad",
            "early_update",
            "early_rate",
        ];
        NAMES[self as usize]
    }

    /// The family that the score belongs to.
    pub fn family(self) -> Family {
        match self {
            Self::DriftLoss | Self::DriftBoth => Family::Drift,
            Self::LevelLoss | Self::LevelGrad => Family::Level,
            Self::JumpLoss | Self::JumpGrad => Family::Jump,
            Self::FadeGrad | Self::Vanish => Family::Vanishing,
            Self::UpdateUp | Self::UpdateDown => Family::UpdateSize,
            Self::NoiseFall => Family::NoiseShare,
            Self::Drawdown => Family::Drawdown,
            Self::LrJump | Self::LrDrop => Family::LearningRate,
            Self::FrozenLoss | Self::FrozenGrad | Self::FrozenStep => Family::Frozen,
            Self::Nonfinite => Family::Nonfinite,
            Self::EarlyLoss | Self::EarlyGrad | Self::EarlyUpdate | Self::EarlyRate => Family::Reference,
        }
    }

    /// The signal that the score is about.
    pub fn signal(self) -> Signal {
        match self {
            Self::DriftLoss | Self::DriftBoth | Self::LevelLoss | Self::JumpLoss | Self::EarlyLoss => Loss,
            Self::Drawdown | Self::FrozenLoss | Self::Nonfinite => Loss,
            Self::LevelGrad | Self::FadeGrad | Self::JumpGrad | Self::Vanish | Self::FrozenGrad => GradNorm,
            Self::UpdateUp | Self::UpdateDown | Self::FrozenStep => StepNorm,
            Self::EarlyGrad => GradNorm,
            Self::EarlyUpdate => StepNorm,
            Self::NoiseFall => Noise,
            Self::LrJump | Self::LrDrop | Self::EarlyRate => Rate,
        }
    }

    /// The signals without which the score cannot exist.
    pub(crate) const fn needs(self) -> SignalSet {
        match self {
            Self::DriftLoss | Self::LevelLoss | Self::JumpLoss => SignalSet::of(&[Loss]),
            Self::Drawdown | Self::FrozenLoss | Self::EarlyLoss => SignalSet::of(&[Loss]),
            Self::DriftBoth | Self::Vanish => SignalSet::of(&[Loss, GradNorm]),
            Self::LevelGrad | Self::FadeGrad | Self::JumpGrad => SignalSet::of(&[GradNorm]),
            Self::FrozenGrad | Self::EarlyGrad => SignalSet::of(&[GradNorm]),
            Self::UpdateUp | Self::UpdateDown | Self::EarlyUpdate => SignalSet::of(&[StepNorm, Rate]),
            Self::FrozenStep => SignalSet::of(&[StepNorm]),
            Self::NoiseFall => SignalSet::of(&[Noise, GradNorm]),
            Self::LrJump | Self::LrDrop | Self::EarlyRate => SignalSet::of(&[Rate]),
            Self::Nonfinite => SignalSet::of(&[]),
        }
    }

    /// Whether the score is compared with the knob's line: the others have a line of their own, fixed.
    pub fn is_on_the_knob(self) -> bool {
        (self as usize) < Self::ON_THE_KNOB
    }

    /// Whether the score counts whole things, so that it fires at its line and not only above it.
    pub(crate) fn is_a_count(self) -> bool {
        matches!(self.family(), Family::Frozen | Family::Nonfinite)
    }

    /// Whether the score does not wait for the warm-up.
    pub(crate) fn is_immediate(self) -> bool {
        matches!(self.family(), Family::Nonfinite | Family::Reference)
    }
}

impl Family {
    /// How many families there are.
    pub const COUNT: usize = 11;

    /// The name of the family.
    pub fn name(self) -> &'static str {
        const NAMES: [&str; Family::COUNT] = [
            "drift",
            "level",
            "jump",
            "vanishing",
            "update_size",
            "noise_share",
            "drawdown",
            "learning_rate",
            "frozen",
            "nonfinite",
            "reference",
        ];
        NAMES[self as usize]
    }

    /// Whether one alarm of the family is enough to call the run failing.
    pub(crate) fn is_grave(self) -> bool {
        use Family::{Drawdown, Frozen, LearningRate, Nonfinite, Vanishing};
        matches!(self, Nonfinite | Frozen | Vanishing | Drawdown | LearningRate)
    }

    /// Whether the family has a hard rule, which a memory of earlier alarms must not soften.
    pub(crate) fn is_hard(self) -> bool {
        matches!(self, Self::Nonfinite | Self::Frozen | Self::LearningRate)
    }
}
