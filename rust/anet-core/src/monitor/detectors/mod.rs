//! One detector a file: each computes the scores of its own rules, and gives the evidence of one that fires.
//!
//! A new detector is a file with a type that is a [`Detector`], its two lines here, and a row in the table of rules for each
//! rule that it scores. `negative_rate` is one, and its test shows that this is all.

mod block_z;
mod cusum;
mod dead;
mod drawdown;
mod evidence;
mod frozen;
mod learning_rate;
#[cfg(test)]
mod negative_rate;
mod nonfinite;
mod observation;
mod progress;
mod reference;
mod vanishing;

pub(crate) use dead::is_dead;
pub(crate) use evidence::Evidence;
pub(crate) use observation::{Context, LossHistory, Observation};
pub(crate) use progress::GIVEN_BACK;
pub use reference::Reference;

use crate::error::Result;
use crate::monitor::rules::{RowScores, Rule};
use crate::state::{Fields, Reader, Writer};

/// What computes the scores of some rules, row by row, with O(1) of state.
pub(crate) trait Detector: Default + Fields {
    /// Takes a row and enters the scores of its rules; a rule without a score in this row is left out.
    fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores);

    /// What stands behind a rule of this detector that fires in the row just taken; `None` for the rules of others.
    fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence>;

    /// A new segment begins: what depends on baselines is forgotten.
    fn restart(&mut self) {
        *self = Self::default();
    }
}

/// Lists the detectors once: the list holds them, updates them, asks them for evidence, saves and loads them.
macro_rules! detectors {
    ($($(#[$only:meta])* $field:ident: $detector:ty,)*) => {
        /// All detectors of a run.
        #[derive(Debug, Clone, Default)]
        pub(crate) struct Detectors {
            $($(#[$only])* $field: $detector,)*
        }

        impl Detectors {
            /// Lets each detector take a row.
            #[inline]
            pub(crate) fn update(&mut self, seen: &Observation<'_>, scores: &mut RowScores) {
                $($(#[$only])* self.$field.update(seen, scores);)*
            }

            /// What stands behind a rule that fires in the row just taken.
            pub(crate) fn evidence(&self, rule: Rule, context: &Context<'_>) -> Option<Evidence> {
                $($(#[$only])* { if let Some(found) = self.$field.evidence(rule, context) { return Some(found); } })*
                None
            }

            /// Begins a new segment.
            pub(crate) fn restart(&mut self) {
                $($(#[$only])* self.$field.restart();)*
            }
        }

        impl Fields for Detectors {
            fn save(&self, out: &mut Writer) {
                $($(#[$only])* self.$field.save(out);)*
            }

            fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
                $($(#[$only])* self.$field.load(from)?;)*
                Ok(())
            }
        }
    };
}

detectors! {
    block_z: block_z::BlockZ,
    cusum: cusum::Cusum,
    vanishing: vanishing::Vanishing,
    drawdown: drawdown::Drawdown,
    learning_rate: learning_rate::LearningRate,
    frozen: frozen::Frozen,
    nonfinite: nonfinite::Nonfinite,
    early_rows: reference::EarlyRows,
    explosion: progress::Explosion,
    lost_progress: progress::LostProgress,
    over_all: progress::OverAll,
    early: progress::Early,
    collapse: progress::Collapse,
    resumed: progress::Resumed,
    again: progress::Again,
    dead_gradient: dead::DeadGradient,
    zero_rate: dead::ZeroRate,
    chance_level: dead::ChanceLevel,
    #[cfg(test)]
    negative_rate: negative_rate::NegativeRate,
}

impl Detectors {
    /// Compares the first rows with those of good runs.
    pub(crate) fn set_reference(&mut self, reference: Option<Reference>) {
        self.early_rows.set_reference(reference);
    }

    /// The reference that the first rows are compared with.
    pub(crate) fn known(&self) -> Option<&Reference> {
        self.early_rows.known()
    }

    /// The reference that this run gives; `None` before 8 rows.
    pub(crate) fn reference(&self) -> Option<Reference> {
        self.early_rows.reference()
    }
}
