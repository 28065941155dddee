//! The table of rules: a row has a rule's name, what it reads, and what it is compared with.
//!
//! All that the monitor knows of a rule is its row here and the detector that computes its score. The order of the rows
//! breaks ties of the first onset.

use crate::monitor::baseline::Baseline::{self, Grad1, Grad8, Grad32, Loss1, Loss32, Noise8, Update8};
use crate::monitor::input::Signal::{self, GradNorm, Loss, Noise, Rate, StepNorm};

use super::family::Family;

/// What a rule's score is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Statistic {
    /// The z of a block mean, on one side of its baseline: the detector `BlockZ` computes it from this row alone.
    BlockZ(Baseline, Side, Suppression),
    /// A statistic of its own, in a file of [`crate::monitor::detectors`].
    Own,
}

/// Where a z of a block mean is strange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Above the baseline.
    High,
    /// Below it.
    Low,
}

/// When a z scores nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suppression {
    /// Never.
    Never,
    /// While the loss is near zero, where single steps burst in health.
    NearZeroLoss,
}

/// What a raw value is divided by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Threshold {
    /// The run's own adaptive threshold, which is at least the first number. The quotient must exceed the second where one
    /// false alarm in 10,000 rows is asked for; the false-alarm rate moves it.
    Adaptive(f64, f64),
    /// The same number in every run. The false-alarm rate does not move it.
    Fixed(f64),
    /// What the detector raises by itself. The false-alarm rate does not move it.
    OfDetector,
}

struct RuleEntry {
    name: &'static str,
    family: Family,
    signal: Signal,
    statistic: Statistic,
    threshold: Threshold,
}

macro_rules! rules {
    ($($(#[$only:meta])* $rule:ident: $name:literal, $family:ident, $signal:ident,
       $statistic:expr, $threshold:expr;)*) => {
        /// A rule that can fire.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Rule {
            $($(#[$only])* #[doc = concat!("`", $name, "`.")] $rule,)*
        }

        impl Rule {
            /// How many rules there are.
            pub const COUNT: usize = [$($(#[$only])* Self::$rule),*].len();

            /// All rules, in order.
            pub const ALL: [Self; Self::COUNT] = [$($(#[$only])* Self::$rule),*];

            const TABLE: [RuleEntry; Self::COUNT] = [$($(#[$only])* RuleEntry {
                name: $name,
                family: Family::$family,
                signal: $signal,
                statistic: $statistic,
                threshold: $threshold,
            }),*];
        }
    };
}

use Side::{High, Low};
use Statistic::{BlockZ, Own};
use Suppression::{NearZeroLoss, Never};
use Threshold::{Adaptive, Fixed, OfDetector};

/// Four standard deviations. With 5 the first study's recall was 0.885 for 0.886 (2026-11-24).
const Z: f64 = 4.0;
/// Of a cumulative sum. With 8 and 14 the first study's recall was 0.882 and 0.885 for 0.886 (2026-11-24).
const SUM: f64 = 10.0;
/// What the quotients must exceed at one asked false alarm: rules of the loss, rules of the gradient norm, the rest. Each rule
/// has its own, so that a signal which shows nothing makes no other rule deafer. Of real healthy logs and the zoo (2026-11-30).
const LOSS_LINE: f64 = 1.05;
const GRAD_LINE: f64 = 1.30;
const LINE: f64 = 1.50;
/// ln 30: a decay by ten is healthy.
const LN_30: f64 = 3.401_197_381_662_155_5;

rules! {
    // rule        name             family        signal    statistic                            threshold
    DriftLoss:    "drift_loss",    Drift,        Loss,     Own,                                 Adaptive(SUM, LOSS_LINE);
    DriftBoth:    "drift_both",    Drift,        Loss,     Own,                                 Adaptive(SUM, GRAD_LINE);
    LevelLoss:    "level_loss",    Level,        Loss,     BlockZ(Loss32, High, Never),         Adaptive(Z, LOSS_LINE);
    LevelGrad:    "level_grad",    Level,        GradNorm, BlockZ(Grad32, High, Never),         Adaptive(Z, GRAD_LINE);
    FadeGrad:     "fade_grad",     Vanishing,    GradNorm, BlockZ(Grad8, Low, Never),           Adaptive(Z, GRAD_LINE);
    JumpLoss:     "jump_loss",     Jump,         Loss,     BlockZ(Loss1, High, NearZeroLoss),   Adaptive(Z, LOSS_LINE);
    JumpGrad:     "jump_grad",     Jump,         GradNorm, BlockZ(Grad1, High, NearZeroLoss),   Adaptive(Z, GRAD_LINE);
    UpdateUp:     "update_up",     UpdateSize,   StepNorm, BlockZ(Update8, High, Never),        Adaptive(Z, LINE);
    UpdateDown:   "update_down",   UpdateSize,   StepNorm, BlockZ(Update8, Low, Never),         Adaptive(Z, LINE);
    NoiseFall:    "noise_fall",    NoiseShare,   Noise,    BlockZ(Noise8, Low, Never),          Adaptive(Z, LINE);
    // e-fold below the lowest.
    Vanish:       "vanish",        Vanishing,    GradNorm, Own,                                 Fixed(1.0);
    // e² times the best: 7.4 times.
    Drawdown:     "drawdown",      Drawdown,     Loss,     Own,                                 Fixed(2.0);
    LrJump:       "lr_jump",       LearningRate, Rate,     Own,                                 OfDetector;
    LrDrop:       "lr_drop",       LearningRate, Rate,     Own,                                 Fixed(LN_30);
    FrozenLoss:   "frozen_loss",   Frozen,       Loss,     Own,                                 OfDetector;
    FrozenGrad:   "frozen_grad",   Frozen,       GradNorm, Own,                                 OfDetector;
    FrozenStep:   "frozen_step",   Dead,         StepNorm, Own,                                 OfDetector;
    Nonfinite:    "nonfinite",     Nonfinite,    Loss,     Own,                                 Fixed(1.0);
    EarlyLoss:    "early_loss",    Reference,    Loss,     Own,                                 OfDetector;
    EarlyGrad:    "early_grad",    Reference,    GradNorm, Own,                                 OfDetector;
    EarlyUpdate:  "early_update",  Reference,    StepNorm, Own,                                 OfDetector;
    EarlyRate:    "early_rate",    Reference,    Rate,     Own,                                 OfDetector;
    // Against what the run itself has learned.
    Explosion:    "explosion",     Explosion,    Loss,     Own,                                 OfDetector;
    OverStart:    "over_start",    LostProgress, Loss,     Own,                                 OfDetector;
    GaveBack:     "gave_back",     LostProgress, Loss,     Own,                                 OfDetector;
    OverAll:      "over_all",      LostProgress, Loss,     Own,                                 OfDetector;
    EarlyRise:    "early_rise",    Early,        Loss,     Own,                                 OfDetector;
    EarlyBurst:   "early_burst",   Early,        GradNorm, Own,                                 OfDetector;
    Collapse:     "collapse",      Collapse,     Loss,     Own,                                 OfDetector;
    ResumedWorse: "resumed_worse", Resume,       Loss,     Own,                                 OfDetector;
    HigherAgain:  "higher_again",  Again,        Loss,     Own,                                 OfDetector;
    LongerAgain:  "longer_again",  Again,        Loss,     Own,                                 OfDetector;
    DeadGradient: "dead_gradient", Dead,         GradNorm, Own,                                 OfDetector;
    EarlyVanish:  "early_vanish",  Dead,         GradNorm, Own,                                 OfDetector;
    ZeroRate:     "zero_rate",     Dead,         Rate,     Own,                                 OfDetector;
    ChanceLevel:  "chance_level",  Dead,         Loss,     Own,                                 OfDetector;
    // Of a signal that the user named: `named` raises them, and the column of the signal says nothing.
    SignalRise:   "signal_rise",   NamedSignal,  Loss,     Own,                                 OfDetector;
    SignalFall:   "signal_fall",   NamedSignal,  Loss,     Own,                                 OfDetector;
    SignalNonfinite: "signal_nonfinite", Nonfinite, Loss,  Own,                                 OfDetector;
    Overfit:      "overfit",       Overfitting,  Loss,     Own,                                 OfDetector;
    SignalNonzero: "signal_nonzero", NamedSignal, Loss,    Own,                                 OfDetector;
    #[cfg(test)]
    NegativeRate: "negative_rate", LearningRate, Rate,     Own,                                 Fixed(1.0);
}

impl Rule {
    /// The bits of the rules with an adaptive threshold.
    pub(crate) const ADAPTIVE: u64 = {
        let (mut bits, mut at) = (0, 0);
        while at < Self::COUNT {
            if matches!(Self::TABLE[at].threshold, Adaptive(..)) {
                bits |= 1 << at;
            }
            at += 1;
        }
        bits
    };

    const fn row(self) -> &'static RuleEntry {
        &Self::TABLE[self as usize]
    }

    /// The name of the rule.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The family that the rule belongs to.
    pub fn family(self) -> Family {
        self.row().family
    }

    /// The signal that the rule is about.
    pub fn signal(self) -> Signal {
        self.row().signal
    }

    pub(crate) const fn statistic(self) -> Statistic {
        self.row().statistic
    }

    pub(crate) const fn threshold(self) -> Threshold {
        self.row().threshold
    }

    /// What the score must exceed where one false alarm in 10,000 rows is asked for; `None` where the rate does not move it.
    pub(crate) const fn at_one(self) -> Option<f64> {
        match self.threshold() {
            Adaptive(_, at_one) => Some(at_one),
            Fixed(_) | OfDetector => None,
        }
    }

    /// Whether the false-alarm rate moves what the score must exceed.
    pub fn is_adaptive(self) -> bool {
        Self::ADAPTIVE & 1 << self as u64 != 0
    }
}
