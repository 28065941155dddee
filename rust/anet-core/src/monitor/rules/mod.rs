//! What can fire: the table of rules and families, and the scores of one row.

mod escalation;
mod family;
mod row_scores;
mod rule_set;
mod table;

pub use escalation::Escalation;
pub use family::Family;
pub(crate) use family::{Fires, FirstRows, Repetition, Severity};
pub use row_scores::RowScores;
pub(crate) use rule_set::RuleSet;
pub use table::Rule;
pub(crate) use table::{Side, Statistic, Suppression, Threshold};
