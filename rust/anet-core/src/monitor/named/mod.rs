//! Named signals: what a user measures beside the five, such as a reward, a divergence or an evaluation loss, each with the
//! direction that is bad.
//!
//! A [`NamedSignal`] keeps its own small baseline of values, so a signal that comes in every row and one that comes every 500
//! rows are judged alike (`levels`). It departs when the newest values leave their usual range on the bad side (`departure`);
//! an evaluation loss is judged by its rise over its best instead (`overfit`); what is not finite, and a count
//! of faults that is not 0, is told at once (`forbidden`). [`NamedSignals`] holds those of a run, and `known` the names that need no direction.

mod departure;
mod direction;
mod evidence;
mod forbidden;
mod known;
mod levels;
mod overfit;
mod signal;
mod signals;

pub use direction::Direction;
pub use known::{Meaning, known};
pub use signal::NamedSignal;
pub use signals::{LossMeaning, NamedSignals};
